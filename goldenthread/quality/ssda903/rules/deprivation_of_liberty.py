"""Rules on orders that deprive a child of liberty (DoLO), returned from 2026/27."""

from __future__ import annotations

from collections.abc import Callable

from goldenthread.quality.conditions import Expr, among, blank, col, given, is_true, not_a_date, not_among, overlaps
from goldenthread.quality.rule import Rule, Severity
from goldenthread.quality.ssda903.codes import CONTINUES

SOURCE = "DfE, SSDA903 validation rules 2026/27, rule "
ORDERS = ("DoLo",)
EPISODES_TOO = ("DoLo", "Episodes")
OWN_ROW = {"DoLo": "row"}
SINCE = (2027, None)
FORBIDDEN = ("K1", "P1", "R5", "K3")
"""Secure children's homes, with parents, young offender institutions, supported accommodation."""
EXPECTED = ("K2", "R1", "R2", "R3", "S1", "Z11", "Z12", "Z13", "Z14")
"""Where a child under such an order is usually placed: homes, hospitals, residential schools, other placements."""

AT_THE_TIME: Expr = ((col("DOLO_START") <= col("other_DEC")) | (blank("other_DEC") & given("DOLO_START"))) & (
    (col("DOLO_END") > col("other_DECOM")) | (blank("DOLO_END") & given("other_DECOM"))
)
"""The order and the episode share days."""


def _rule(code: str, says: str, fields: tuple[str, ...], where: Expr, examples: str) -> Rule:
    return Rule(
        code=code,
        says=says,
        fields=fields,
        needs=ORDERS,
        source=SOURCE + code,
        on="DoLo",
        where=where,
        years=SINCE,
        examples="year 2027\n" + examples,
    )


def _placed(code: str, where: Callable[[str], Expr], says: str, severity: Severity, wrong: str, right: str) -> Rule:
    return Rule(
        code=code,
        says=says,
        fields=("DoLo.DOLO_START", "Episodes.PLACE"),
        needs=EPISODES_TOO,
        source=SOURCE + code,
        on=EPISODES_TOO,
        where=AT_THE_TIME & where("other_PLACE"),
        severity=severity,
        years=SINCE,
        examples=f"""
            year 2027
            DoLo     1 DOLO_START=01/06/2026                       !
            Episodes 1 DECOM=01/05/2026 PLACE={wrong}              !
            DoLo     2 DOLO_START=01/06/2026
            Episodes 2 DECOM=01/05/2026 PLACE={right}
            DoLo     3 DOLO_START=02/06/2026                          # boundary: the placement ended the day before
            Episodes 3 DECOM=01/05/2026 DEC=01/06/2026 PLACE={wrong}
            DoLo     4                                                # missing
            Episodes 4 DECOM=01/05/2026 PLACE={wrong}
        """,
    )


def _date(code: str, column: str, what: str) -> Rule:
    return _rule(
        code,
        f"The date on which the order {what} is not a date of the calendar. Write it as day/month/year.",
        (f"DoLo.{column}",),
        not_a_date(column),
        f"""
            DoLo 1 {column}=31/06/2026  !
            DoLo 2 {column}=30/06/2026     # boundary
            DoLo 3                         # missing
        """,
    )


RULES: tuple[Rule, ...] = (
    _date("700", "DOLO_START", "started"),
    _date("701", "DOLO_END", "ended"),
    _rule(
        "702",
        "The order ended before it started. Correct one of the two dates.",
        ("DoLo.DOLO_START", "DoLo.DOLO_END"),
        col("DOLO_END") < col("DOLO_START"),
        """
            DoLo 1 DOLO_START=02/06/2026 DOLO_END=01/06/2026  !
            DoLo 2 DOLO_START=01/06/2026 DOLO_END=01/06/2026     # boundary
            DoLo 3 DOLO_START=01/06/2026                         # missing
        """,
    ),
    _rule(
        "703",
        "The order started after the collection year. Correct the date, or leave it for next year's return.",
        ("DoLo.DOLO_START",),
        col("DOLO_START") > col("year_end"),
        """
            DoLo 1 DOLO_START=01/04/2027  !
            DoLo 2 DOLO_START=31/03/2027     # boundary
            DoLo 3                           # missing
        """,
    ),
    _rule(
        "704",
        "The order ended outside the collection year. Correct the date, or leave the order out.",
        ("DoLo.DOLO_END",),
        (col("DOLO_END") < col("year_start")) | (col("DOLO_END") > col("year_end")),
        """
            DoLo 1 DOLO_END=31/03/2026  !
            DoLo 2 DOLO_END=01/04/2026     # boundary
            DoLo 3 DOLO_END=01/04/2027  !
            DoLo 4                         # missing
        """,
    ),
    Rule(
        code="705",
        says="An order started while another of this child's was open. Give the end of the earlier one, or correct the "
        "dates.",
        fields=("DoLo.DOLO_START", "DoLo.DOLO_END"),
        needs=ORDERS,
        source=SOURCE + "705",
        on=("DoLo", "DoLo"),
        where=overlaps("DOLO_START", "DOLO_END"),
        points=OWN_ROW,
        years=SINCE,
        examples="""
            year 2027
            DoLo 1 DOLO_START=01/06/2026
            DoLo 1 DOLO_START=03/06/2026                      !
            DoLo 2 DOLO_START=01/06/2026 DOLO_END=04/06/2026
            DoLo 2 DOLO_START=04/06/2026                         # boundary: made anew on the day the last one ended
            DoLo 3                                               # missing
            DoLo 3 DOLO_START=04/06/2026
        """,
    ),
    Rule(
        code="706",
        says="Last year's return ended with an open order, and this year's does not have it. Return it, with its end "
        "if it has ended.",
        fields=("Header.CHILD", "DoLo.DOLO_START"),
        needs=("DoLo", "DoLo_last"),
        source=SOURCE + "706",
        on=("Header", "DoLo_last"),
        where=given("other_DOLO_START") & blank("other_DOLO_END_text") & ~col("other_carried_on"),
        points={"Header": "row"},
        years=SINCE,
        examples="""
            year 2027
            Header    1                          !
            DoLo      1 DOLO_START=02/03/2026
            DoLo_last 1 DOLO_START=01/03/2026
            Header    2
            DoLo      2 DOLO_START=01/03/2026       # boundary: the same day
            DoLo_last 2 DOLO_START=01/03/2026
            Header    3                             # missing
            DoLo_last 3
        """,
    ),
    Rule(
        code="707",
        says="The child's care has ended, and this order has no end. Give its date.",
        fields=("DoLo.DOLO_END",),
        needs=EPISODES_TOO,
        source=SOURCE + "707",
        on="DoLo",
        where=blank("DOLO_END_text") & given("latest_DEC") & not_among("latest_REC", [CONTINUES]),
        points=OWN_ROW,
        years=SINCE,
        examples="""
            year 2027
            DoLo     1 DOLO_START=01/06/2026                         !
            Episodes 1 DECOM=01/05/2026 DEC=01/07/2026 REC=E4A
            DoLo     2 DOLO_START=01/06/2026 DOLO_END=01/07/2026        # boundary: ended with care
            Episodes 2 DECOM=01/05/2026 DEC=01/07/2026 REC=E4A
            DoLo     3 DOLO_START=01/06/2026                            # missing: care has no end
            Episodes 3 DECOM=01/05/2026
        """,
    ),
    _rule(
        "708",
        "The order is dated before the child was born. Correct the date, or the date of birth.",
        ("DoLo.DOLO_START", "DoLo.DOLO_END", "DoLo.DOB"),
        is_true(col("DOLO_START") < col("DOB")) | is_true(col("DOLO_END") < col("DOB")),
        """
            DoLo 1 DOB=02/06/2026 DOLO_START=01/06/2026  !
            DoLo 2 DOB=01/06/2026 DOLO_START=01/06/2026     # boundary
            DoLo 3 DOLO_START=01/06/2026                    # missing
        """,
    ),
    _placed(
        "709",
        lambda place: not_among(place, (*EXPECTED, *FORBIDDEN)),
        "A child under such an order is in a placement where that is not expected. Check the placement and the order.",
        Severity.QUERY,
        "U6",
        "K2",
    ),
    _placed(
        "710",
        lambda place: among(place, FORBIDDEN),
        "A child under such an order cannot be in this kind of placement. Correct the placement, or the order's dates.",
        Severity.ERROR,
        "K1",
        "K2",
    ),
)
