"""Rules on periods when a child is missing, or away from placement without authorisation."""

from __future__ import annotations

from goldenthread.quality.conditions import (
    Expr,
    any_in,
    blank,
    col,
    given,
    is_true,
    not_a_date,
    not_among,
    overlaps,
)
from goldenthread.quality.rule import Rule
from goldenthread.quality.ssda903.codes import CONTINUES, codes

SOURCE = "DfE, SSDA903 validation rules, rule "
MISSING = ("Missing",)
EPISODES_TOO = ("Episodes", "Missing")
BESIDE_EPISODES = ("Missing", "Episodes")
OWN_ROW = {"Missing": "row"}
UNSPECIFIED_CEASE = "E8"
"""Care ceased for any other reason, which is what care that ends while the child is missing ends with."""


def _in_other(day: str) -> Expr:
    """The day is one on which the other row's episode lasted, its first and last included."""
    begun = col(day) >= col("other_DECOM")
    return begun & (blank("other_DEC") | (col(day) <= col("other_DEC")))


IN_CARE_AT_START: Expr = any_in("row", is_true(_in_other("MIS_START")))
IN_CARE_AT_END: Expr = any_in("row", is_true(_in_other("MIS_END")))
LOOKED_AFTER_STILL: Expr = any_in("row", blank("other_period_end"))
STILL_OPEN: Expr = blank("MIS_END_text")


def _date(code: str, column: str, what: str) -> Rule:
    return Rule(
        code=code,
        says=f"The date on which the child {what} is not a date of the calendar. Write it as day/month/year.",
        fields=(f"Missing.{column}",),
        needs=MISSING,
        source=SOURCE + code,
        on="Missing",
        where=not_a_date(column),
        examples=f"""
            Missing 1 {column}=31/06/2025  !
            Missing 2 {column}=30/06/2025     # boundary
            Missing 3 {column}=30/06/25    !
            Missing 4                         # missing
        """,
    )


def _incomplete(code: str, present: str, absent: str, says: str, value: str, other: str) -> Rule:
    written = absent if absent == "MISSING" else f"{absent}_text"
    return Rule(
        code=code,
        says=says,
        fields=(f"Missing.{present}", f"Missing.{absent}"),
        needs=MISSING,
        source=SOURCE + code,
        on="Missing",
        where=given(present if present == "MISSING" else f"{present}_text") & blank(written),
        examples=f"""
            Missing 1 {present}={value}                    !
            Missing 2 {present}={value} {absent}={other}
            Missing 3 {absent}={other}                        # boundary: the other way round
            Missing 4                                         # missing: neither
        """,
    )


RULES: tuple[Rule, ...] = (
    _date("1004", "MIS_START", "went missing"),
    _date("1005", "MIS_END", "was found or came back"),
    Rule(
        code="1006",
        says="Say M for missing or A for away without authorisation; this is neither.",
        fields=("Missing.MISSING",),
        needs=MISSING,
        source=SOURCE + "1006",
        on="Missing",
        where=lambda year: not_among("MISSING", codes("missing_kind", year)),
        examples="""
            Missing 1 MISSING=X   !
            Missing 2 MISSING=M
            Missing 3 MISSING=MA  !  # boundary: both at once
            Missing 4                # missing
        """,
    ),
    _incomplete(
        "564",
        "MISSING",
        "MIS_START",
        "The child was missing or away, but the date it began is not given. Give the date.",
        "M",
        "01/06/2025",
    ),
    _incomplete(
        "565",
        "MIS_START",
        "MISSING",
        "The date it began is given, but not whether the child was missing or away. Say M or A.",
        "01/06/2025",
        "M",
    ),
    _incomplete(
        "566",
        "MIS_END",
        "MISSING",
        "The date it ended is given, but not whether the child was missing or away. Say M or A.",
        "01/06/2025",
        "A",
    ),
    Rule(
        code="567",
        says="The child is shown as found before going missing. Correct one of the two dates.",
        fields=("Missing.MIS_START", "Missing.MIS_END"),
        needs=MISSING,
        source=SOURCE + "567",
        on="Missing",
        where=col("MIS_END") < col("MIS_START"),
        examples="""
            Missing 1 MIS_START=02/06/2025 MIS_END=01/06/2025  !
            Missing 2 MIS_START=01/06/2025 MIS_END=01/06/2025     # boundary
            Missing 3 MIS_START=01/06/2025                        # missing
        """,
    ),
    Rule(
        code="570",
        says="The child went missing after the collection year. Correct the date, or leave it for next year's return.",
        fields=("Missing.MIS_START",),
        needs=MISSING,
        source=SOURCE + "570",
        on="Missing",
        where=col("MIS_START") > col("year_end"),
        examples="""
            Missing 1 MIS_START=01/04/2026  !
            Missing 2 MIS_START=31/03/2026     # boundary
            Missing 3                          # missing
        """,
    ),
    Rule(
        code="571",
        says="The missing period ended outside the collection year. Correct the date, or leave the period out.",
        fields=("Missing.MIS_END",),
        needs=MISSING,
        source=SOURCE + "571",
        on="Missing",
        where=(col("MIS_END") < col("year_start")) | (col("MIS_END") > col("year_end")),
        examples="""
            Missing 1 MIS_END=31/03/2025  !
            Missing 2 MIS_END=01/04/2025     # boundary
            Missing 3 MIS_END=31/03/2026
            Missing 4 MIS_END=01/04/2026  !
            Missing 5                        # missing
        """,
    ),
    Rule(
        code="574",
        says="Two missing periods of this child overlap, or one started while another was open. Correct the dates.",
        fields=("Missing.MIS_START", "Missing.MIS_END"),
        needs=MISSING,
        source=SOURCE + "574",
        on=("Missing", "Missing"),
        where=overlaps("MIS_START", "MIS_END"),
        points=OWN_ROW,
        examples="""
            Missing 1 MIS_START=01/06/2025 MIS_END=04/06/2025
            Missing 1 MIS_START=03/06/2025 MIS_END=09/06/2025  !
            Missing 2 MIS_START=01/06/2025 MIS_END=04/06/2025
            Missing 2 MIS_START=04/06/2025 MIS_END=09/06/2025     # boundary: gone again on the day of coming back
            Missing 3 MIS_START=01/06/2025
            Missing 3 MIS_START=03/06/2025                     !  # neither has ended
            Missing 4 MIS_END=04/06/2025                          # missing
            Missing 4 MIS_END=05/06/2025
        """,
    ),
    Rule(
        code="575",
        says="The episode in which the child went missing has ended, so the missing period needs an end too. Give its "
        "date.",
        fields=("Missing.MIS_END",),
        needs=EPISODES_TOO,
        source=SOURCE + "575",
        on=BESIDE_EPISODES,
        where=STILL_OPEN & _in_other("MIS_START") & given("other_DEC"),
        points=OWN_ROW,
        examples="""
            Missing  1 MIS_START=01/06/2025                      !
            Episodes 1 DECOM=01/05/2025 DEC=01/07/2025
            Missing  2 MIS_START=01/06/2025                         # boundary: that episode is open
            Episodes 2 DECOM=01/04/2025 DEC=01/05/2025
            Episodes 2 DECOM=01/05/2025
            Missing  3 MIS_START=01/06/2025 MIS_END=02/06/2025
            Episodes 3 DECOM=01/05/2025 DEC=01/07/2025
            Missing  4                                              # missing
            Episodes 4 DECOM=01/05/2025 DEC=01/07/2025
        """,
    ),
    Rule(
        code="576",
        says="Last year's return ended with the child missing, and this year's does not have that period. Return it, "
        "with the date on which it ended.",
        fields=("Header.CHILD", "Missing.MIS_START"),
        needs=("Missing", "Missing_last"),
        source=SOURCE + "576",
        on=("Header", "Missing_last"),
        where=given("other_MIS_START") & blank("other_MIS_END_text") & ~col("other_carried_on"),
        points={"Header": "row"},
        examples="""
            Header       1                         !
            Missing      1 MIS_START=02/03/2025
            Missing_last 1 MIS_START=01/03/2025
            Header       2
            Missing      2 MIS_START=01/03/2025       # boundary: the same day
            Missing_last 2 MIS_START=01/03/2025
            Header       3
            Missing_last 3 MIS_START=01/03/2025 MIS_END=02/03/2025
            Header       4                            # missing
            Missing_last 4
        """,
    ),
    Rule(
        code="577",
        says="The child's care ended while this missing period had not. Give the date it ended, on or before the end "
        "of care.",
        fields=("Missing.MIS_END",),
        needs=EPISODES_TOO,
        source=SOURCE + "577",
        on=BESIDE_EPISODES,
        where=given("MIS_START")
        & (
            STILL_OPEN & (is_true(_in_other("MIS_START")) & given("other_period_end") | ~LOOKED_AFTER_STILL)
            | given("MIS_END") & ~IN_CARE_AT_END
        ),
        points=OWN_ROW,
        examples="""
            Missing  1 MIS_START=01/06/2025                       !
            Episodes 1 DECOM=01/05/2025 DEC=01/07/2025
            Missing  2 MIS_START=01/06/2025 MIS_END=02/07/2025    !
            Episodes 2 DECOM=01/05/2025 DEC=01/07/2025
            Missing  3 MIS_START=01/06/2025 MIS_END=01/07/2025       # boundary: the last day of care
            Episodes 3 DECOM=01/05/2025 DEC=01/07/2025
            Missing  4 MIS_START=01/06/2025
            Episodes 4 DECOM=01/05/2025 DEC=01/07/2025
            Episodes 4 DECOM=01/07/2025
            Missing  5                                               # missing
            Episodes 5 DECOM=01/05/2025 DEC=01/07/2025
        """,
    ),
    Rule(
        code="578",
        says="The child went missing after care had ended. Correct the date, or the end of care.",
        fields=("Missing.MIS_START",),
        needs=EPISODES_TOO,
        source=SOURCE + "578",
        on=BESIDE_EPISODES,
        where=(col("MIS_START") > col("other_period_end")) & ~IN_CARE_AT_START,
        points=OWN_ROW,
        examples="""
            Missing  1 MIS_START=02/07/2025               !
            Episodes 1 DECOM=01/05/2025 DEC=01/07/2025
            Missing  2 MIS_START=01/07/2025                  # boundary: the last day of care
            Episodes 2 DECOM=01/05/2025 DEC=01/07/2025
            Missing  3 MIS_START=02/07/2025
            Episodes 3 DECOM=01/05/2025 DEC=01/06/2025
            Episodes 3 DECOM=02/07/2025
            Missing  4                                       # missing
            Episodes 4 DECOM=01/05/2025 DEC=01/07/2025
        """,
    ),
    Rule(
        code="580",
        says="The child was missing when care ended, so the reason must be E8. Correct the reason, or the missing "
        "period.",
        fields=("Episodes.REC", "Missing.MIS_END"),
        needs=EPISODES_TOO,
        source=SOURCE + "580",
        on=("Episodes", "Missing"),
        where=not_among("REC", [CONTINUES, UNSPECIFIED_CEASE])
        & (col("other_MIS_START") <= col("DEC"))
        & (blank("other_MIS_END_text") | (col("other_MIS_END") >= col("DEC"))),
        examples="""
            Episodes 1 DEC=01/07/2025 REC=E4A                          !
            Missing  1 MIS_START=01/06/2025                            !
            Episodes 2 DEC=01/07/2025 REC=E4A
            Missing  2 MIS_START=01/06/2025 MIS_END=30/06/2025            # boundary: back the day before
            Episodes 3 DEC=01/07/2025 REC=E8
            Missing  3 MIS_START=01/06/2025
            Episodes 4 REC=E4A                                            # missing
            Missing  4 MIS_START=01/06/2025
        """,
    ),
    Rule(
        code="581",
        says="The child went missing before starting to be looked after. Correct the date, or the start of care.",
        fields=("Missing.MIS_START",),
        needs=EPISODES_TOO,
        source=SOURCE + "581",
        on="Missing",
        where=col("MIS_START") < col("first_DECOM"),
        examples="""
            Missing  1 MIS_START=31/05/2025  !
            Episodes 1 DECOM=01/06/2025
            Missing  2 MIS_START=01/06/2025     # boundary
            Episodes 2 DECOM=01/06/2025
            Missing  3                          # missing
            Episodes 3 DECOM=01/06/2025
        """,
    ),
    Rule(
        code="586",
        says="The missing period is dated before the child was born. Correct the date, or the date of birth.",
        fields=("Missing.MIS_START", "Missing.MIS_END", "Missing.DOB"),
        needs=MISSING,
        source=SOURCE + "586",
        on="Missing",
        where=is_true(col("MIS_START") < col("DOB")) | is_true(col("MIS_END") < col("DOB")),
        examples="""
            Missing 1 DOB=02/06/2025 MIS_START=01/06/2025  !
            Missing 2 DOB=01/06/2025 MIS_START=01/06/2025     # boundary
            Missing 3 DOB=02/06/2025 MIS_END=01/06/2025    !
            Missing 4 MIS_START=01/06/2025                    # missing
        """,
    ),
)
