"""Rules on decisions that a child should, or should no longer, be placed for adoption (PlacedAdoption)."""

from __future__ import annotations

from collections.abc import Mapping

from goldenthread.quality.conditions import (
    Expr,
    any_given,
    any_in,
    blank,
    col,
    given,
    is_true,
    not_a_date,
    not_among,
)
from goldenthread.quality.rule import Lazy, Rule, Year
from goldenthread.quality.ssda903.codes import CONTINUES, codes
from goldenthread.quality.ssda903.views import Ssda903Views

SOURCE = "DfE, SSDA903 validation rules, rule "
DECISIONS = ("PlacedAdoption",)
BOTH_YEARS = ("PlacedAdoption", "PlacedAdoption_last")
OWN_ROW: Mapping[str, str] = {"PlacedAdoption": "row"}

SAME_DECISION: Expr = is_true(col("DATE_PLACED") == col("other_DATE_PLACED"))
ANOTHER_DECISION: Expr = (col("DATE_PLACED") != col("other_DATE_PLACED")) & ~any_in("row", SAME_DECISION)
"""Beside last year's: the date differs from this one of last year's, and is the same as none of them."""
CARE_ENDED: Expr = is_true(col("latest_REC") != CONTINUES)


def _date(code: str, column: str, what: str) -> Rule:
    return Rule(
        code=code,
        says=f"The date of the decision that the child should {what} be placed for adoption is not a date of the "
        "calendar. Write it as day/month/year.",
        fields=(f"PlacedAdoption.{column}",),
        needs=DECISIONS,
        source=SOURCE + code,
        on="PlacedAdoption",
        where=not_a_date(column),
        examples=f"""
            PlacedAdoption 1 {column}=31/06/2025  !
            PlacedAdoption 2 {column}=30/06/2025     # boundary
            PlacedAdoption 3 {column}=30/06/25    !
            PlacedAdoption 4                         # missing
        """,
    )


def _decided_before_but_not_returned(views: Ssda903Views, year: Year) -> Mapping[str, Lazy]:
    known = views.last["PlacedAdoption"].filter(given("DATE_PLACED_text")).select("CHILD").unique()
    earlier = views.tables["PlacedAdoption"].filter(given("CHILD") & (col("DATE_PLACED") < year.start))
    return {"PlacedAdoption": earlier.join(known, on="CHILD", how="anti")}


RULES: tuple[Rule, ...] = (
    _date("115", "DATE_PLACED", "now"),
    _date("116", "DATE_PLACED_CEASED", "no longer"),
    Rule(
        code="117",
        says="A decision on placing the child for adoption is dated after the year, or after the child left care. "
        "Correct the decision's date or the end of care.",
        fields=(
            "PlacedAdoption.DATE_PLACED",
            "PlacedAdoption.DATE_PLACED_CEASED",
            "Episodes.DEC",
            "Episodes.REC",
            "Episodes.DECOM",
        ),
        needs=("Episodes", "PlacedAdoption"),
        source=SOURCE + "117",
        on="PlacedAdoption",
        where=(col("DATE_PLACED") > col("year_end"))
        | (col("DATE_PLACED_CEASED") > col("year_end"))
        | CARE_ENDED & (col("DATE_PLACED") > col("latest_DEC"))
        | CARE_ENDED & (col("DATE_PLACED_CEASED") > col("latest_DEC")),
        points={"PlacedAdoption": "row", "Episodes": "latest_row"},
        examples="""
            PlacedAdoption 1 DATE_PLACED=01/04/2026                            !
            Episodes       1 DECOM=01/06/2024                                  !
            PlacedAdoption 2 DATE_PLACED_CEASED=02/06/2025                     !
            Episodes       2 DECOM=01/06/2024 DEC=01/06/2025 REC=E4A           !
            PlacedAdoption 3 DATE_PLACED=01/06/2025                               # boundary: the last day of care
            Episodes       3 DECOM=01/06/2024 DEC=01/06/2025 REC=E4A
            PlacedAdoption 4                                                      # missing
            Episodes       4 DECOM=01/06/2024 DEC=01/06/2025 REC=E4A
        """,
    ),
    Rule(
        code="118",
        says="The decision that the child should no longer be placed for adoption is dated before this year, or before "
        "the child was looked after. Correct the date.",
        fields=("PlacedAdoption.DATE_PLACED_CEASED", "Episodes.DECOM", "Episodes.LS"),
        needs=("Episodes", "PlacedAdoption"),
        source=SOURCE + "118",
        on="PlacedAdoption",
        where=(col("DATE_PLACED_CEASED") < col("year_start"))
        | ~is_true(col("all_respite")) & (col("DATE_PLACED_CEASED") < col("first_DECOM")),
        points={"PlacedAdoption": "row", "Episodes": "first_row"},
        examples="""
            PlacedAdoption 1 DATE_PLACED_CEASED=31/03/2025    !
            Episodes       1 DECOM=01/06/2024                 !
            PlacedAdoption 2 DATE_PLACED_CEASED=31/05/2025    !
            Episodes       2 DECOM=01/06/2025                 !
            PlacedAdoption 3 DATE_PLACED_CEASED=01/06/2025       # boundary
            Episodes       3 DECOM=01/06/2025
            PlacedAdoption 4                                     # missing
            Episodes       4 DECOM=01/06/2025
        """,
    ),
    Rule(
        code="119",
        says="A decision against placing for adoption needs both its date and its reason. Give the one that is "
        "missing, or clear the other.",
        fields=("PlacedAdoption.DATE_PLACED_CEASED", "PlacedAdoption.REASON_PLACED_CEASED"),
        needs=DECISIONS,
        source=SOURCE + "119",
        on="PlacedAdoption",
        where=blank("DATE_PLACED_CEASED_text") != blank("REASON_PLACED_CEASED"),
        examples="""
            PlacedAdoption 1 DATE_PLACED_CEASED=01/06/2025                            !
            PlacedAdoption 2 REASON_PLACED_CEASED=RD1                                 !
            PlacedAdoption 3 DATE_PLACED_CEASED=01/06/2025 REASON_PLACED_CEASED=RD1      # boundary: both
            PlacedAdoption 4                                                             # missing: neither
        """,
    ),
    Rule(
        code="120",
        says="This is not a code for the reason that the decision was reversed. Choose one from the list.",
        fields=("PlacedAdoption.REASON_PLACED_CEASED",),
        needs=DECISIONS,
        source=SOURCE + "120",
        on="PlacedAdoption",
        where=lambda year: not_among("REASON_PLACED_CEASED", codes("adoption_reversed_reason", year)),
        examples="""
            PlacedAdoption 1 REASON_PLACED_CEASED=RD0  !
            PlacedAdoption 2 REASON_PLACED_CEASED=RD1
            PlacedAdoption 3 REASON_PLACED_CEASED=RD4     # boundary: the last of the list
            PlacedAdoption 4                              # missing
        """,
    ),
    Rule(
        code="522",
        says="The decision to place the child for adoption is later than the decision to do so no longer. Correct one "
        "of the two dates.",
        fields=("PlacedAdoption.DATE_PLACED", "PlacedAdoption.DATE_PLACED_CEASED"),
        needs=DECISIONS,
        source=SOURCE + "522",
        on="PlacedAdoption",
        where=col("DATE_PLACED") > col("DATE_PLACED_CEASED"),
        examples="""
            PlacedAdoption 1 DATE_PLACED=02/06/2025 DATE_PLACED_CEASED=01/06/2025  !
            PlacedAdoption 2 DATE_PLACED=01/06/2025 DATE_PLACED_CEASED=01/06/2025     # boundary
            PlacedAdoption 3 DATE_PLACED_CEASED=01/06/2025                            # missing
        """,
    ),
    Rule(
        code="559",
        says="The decision to place the child for adoption was made before this year, but last year's return does not "
        "have it. Check the date.",
        fields=("PlacedAdoption.DATE_PLACED",),
        needs=BOTH_YEARS,
        source=SOURCE + "559",
        search=_decided_before_but_not_returned,
        examples="""
            PlacedAdoption      1 DATE_PLACED=31/03/2025  !
            PlacedAdoption_last 1
            PlacedAdoption      2 DATE_PLACED=01/04/2025     # boundary: this year
            PlacedAdoption_last 2
            PlacedAdoption      3 DATE_PLACED=01/06/2024
            PlacedAdoption_last 3 DATE_PLACED=01/06/2024
            PlacedAdoption      4                            # missing
            PlacedAdoption_last 4
        """,
    ),
    Rule(
        code="560",
        says="The decision to place the child for adoption has another date than last year, though that decision was "
        "not reversed. Correct the date, or return the reversal.",
        fields=("PlacedAdoption.DATE_PLACED", "PlacedAdoption.DATE_PLACED_CEASED"),
        needs=BOTH_YEARS,
        source=SOURCE + "560",
        on=BOTH_YEARS,
        where=ANOTHER_DECISION & blank("other_DATE_PLACED_CEASED_text"),
        points=OWN_ROW,
        examples="""
            PlacedAdoption      1 DATE_PLACED=02/06/2024  !
            PlacedAdoption_last 1 DATE_PLACED=01/06/2024
            PlacedAdoption      2 DATE_PLACED=01/06/2024     # boundary
            PlacedAdoption_last 2 DATE_PLACED=01/06/2024
            PlacedAdoption      3 DATE_PLACED=02/06/2025
            PlacedAdoption_last 3 DATE_PLACED=01/06/2024 DATE_PLACED_CEASED=01/09/2024
            PlacedAdoption      4                            # missing
            PlacedAdoption_last 4 DATE_PLACED=01/06/2024
        """,
    ),
    Rule(
        code="561",
        says="The decision to place the child for adoption is the one of last year, which last year's return shows as "
        "reversed. Remove it, or give the date of a new decision.",
        fields=("PlacedAdoption.DATE_PLACED",),
        needs=BOTH_YEARS,
        source=SOURCE + "561",
        on=BOTH_YEARS,
        where=SAME_DECISION & given("other_DATE_PLACED_CEASED"),
        points=OWN_ROW,
        examples="""
            PlacedAdoption      1 DATE_PLACED=01/06/2024  !
            PlacedAdoption_last 1 DATE_PLACED=01/06/2024 DATE_PLACED_CEASED=01/09/2024
            PlacedAdoption      2 DATE_PLACED=02/06/2024     # boundary
            PlacedAdoption_last 2 DATE_PLACED=01/06/2024 DATE_PLACED_CEASED=01/09/2024
            PlacedAdoption      3 DATE_PLACED=01/06/2024
            PlacedAdoption_last 3 DATE_PLACED=01/06/2024
            PlacedAdoption      4                            # missing
            PlacedAdoption_last 4 DATE_PLACED_CEASED=01/09/2024
        """,
    ),
    Rule(
        code="563",
        says="The decision to place the child for adoption no longer is given, but not the decision to place. Give its "
        "date.",
        fields=(
            "PlacedAdoption.DATE_PLACED",
            "PlacedAdoption.REASON_PLACED_CEASED",
            "PlacedAdoption.DATE_PLACED_CEASED",
        ),
        needs=DECISIONS,
        source=SOURCE + "563",
        on="PlacedAdoption",
        where=any_given("DATE_PLACED_CEASED_text", "REASON_PLACED_CEASED") & blank("DATE_PLACED_text"),
        examples="""
            PlacedAdoption 1 DATE_PLACED_CEASED=01/06/2025                         !
            PlacedAdoption 2 REASON_PLACED_CEASED=RD1                              !  # boundary: the reason alone
            PlacedAdoption 3 DATE_PLACED=01/06/2024 DATE_PLACED_CEASED=01/06/2025
            PlacedAdoption 4                                                          # missing: nothing at all
        """,
    ),
    Rule(
        code="579",
        says="A new decision to place the child for adoption starts while the one before it is open, or before it was "
        "reversed. Correct the dates.",
        fields=("PlacedAdoption.DATE_PLACED", "PlacedAdoption.DATE_PLACED_CEASED"),
        needs=DECISIONS,
        source=SOURCE + "579",
        on="PlacedAdoption",
        where=given("prev_row")
        & (blank("prev_DATE_PLACED_CEASED") | is_true(col("DATE_PLACED") < col("prev_DATE_PLACED_CEASED"))),
        examples="""
            PlacedAdoption 1 DATE_PLACED=01/04/2025 DATE_PLACED_CEASED=02/06/2025
            PlacedAdoption 1 DATE_PLACED=01/06/2025                                !
            PlacedAdoption 2 DATE_PLACED=01/04/2025 DATE_PLACED_CEASED=01/06/2025
            PlacedAdoption 2 DATE_PLACED=01/06/2025                                   # boundary: on the same day
            PlacedAdoption 3 DATE_PLACED=01/04/2025
            PlacedAdoption 3 DATE_PLACED=01/06/2025                                !
            PlacedAdoption 4                                                          # missing
            PlacedAdoption 4 DATE_PLACED=01/06/2025
        """,
    ),
    Rule(
        code="583",
        says="A later decision to place the child for adoption is given, and this one was not reversed. Give the date "
        "of its reversal, or remove the one that is not needed.",
        fields=("PlacedAdoption.DATE_PLACED", "PlacedAdoption.DATE_PLACED_CEASED"),
        needs=DECISIONS,
        source=SOURCE + "583",
        on="PlacedAdoption",
        where=given("next_row") & blank("DATE_PLACED_CEASED_text"),
        examples="""
            PlacedAdoption 1 DATE_PLACED=01/04/2025                                !
            PlacedAdoption 1 DATE_PLACED=01/06/2025                                   # boundary: the latest
            PlacedAdoption 2 DATE_PLACED=01/04/2025 DATE_PLACED_CEASED=01/05/2025
            PlacedAdoption 2 DATE_PLACED=01/06/2025
            PlacedAdoption 3                                                          # missing
            PlacedAdoption 3 DATE_PLACED=01/06/2025
        """,
    ),
    Rule(
        code="584",
        says="The decision to place the child for adoption has another date than last year, when it was reversed. "
        "Check that a new decision was made on this date.",
        fields=("PlacedAdoption.DATE_PLACED",),
        needs=BOTH_YEARS,
        source=SOURCE + "584",
        on=BOTH_YEARS,
        where=ANOTHER_DECISION & given("other_DATE_PLACED_CEASED"),
        points=OWN_ROW,
        examples="""
            PlacedAdoption      1 DATE_PLACED=02/06/2025  !
            PlacedAdoption_last 1 DATE_PLACED=01/06/2024 DATE_PLACED_CEASED=01/09/2024
            PlacedAdoption      2 DATE_PLACED=01/06/2024     # boundary
            PlacedAdoption_last 2 DATE_PLACED=01/06/2024 DATE_PLACED_CEASED=01/09/2024
            PlacedAdoption      3 DATE_PLACED=02/06/2025
            PlacedAdoption_last 3 DATE_PLACED=01/06/2024
            PlacedAdoption      4                            # missing
            PlacedAdoption_last 4 DATE_PLACED=01/06/2024 DATE_PLACED_CEASED=01/09/2024
        """,
    ),
)
