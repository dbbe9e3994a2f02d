"""Rules on how this year's first episode carries on from last year's return."""

from __future__ import annotations

from goldenthread.quality.conditions import Expr, apart, blank, col, differ, given, is_true
from goldenthread.quality.rule import Condition, Rule, Year
from goldenthread.quality.ssda903.codes import NEAR_ENOUGH, codes

SOURCE = "DfE, SSDA903 validation rules, rule "
BOTH_YEARS = ("Episodes", "Episodes_last")
CARRIED_ON: Expr = (col("nth") == 1) & given("last_latest_row") & blank("last_latest_DEC_text")
"""The child's first episode of the year, where last year's return ended with one still open."""


def _carried_on(code: str, column: str, what: str, values: tuple[str, str]) -> Rule:
    one, other = values
    return Rule(
        code=code,
        says=f"{what} differs from that of the episode still open in last year's return. Correct this year's, or show "
        "the change as a new episode.",
        fields=(f"Episodes.{column}",),
        needs=_needs(column),
        source=SOURCE + code,
        on="Episodes",
        where=_changed(column),
        examples=f"""
            Episodes      1 DECOM=01/06/2024 {column}={one}    !
            Episodes_last 1 DECOM=01/06/2024 {column}={other}
            Episodes      2 DECOM=01/06/2024 {column}={one}
            Episodes      2 DECOM=01/06/2025 {column}={other}     # boundary: not the first
            Episodes_last 2 DECOM=01/06/2024 {column}={one}
            Episodes      3 DECOM=01/06/2025 {column}={one}       # last year's had ended
            Episodes_last 3 DECOM=01/06/2024 {column}={other} DEC=01/09/2024
            Episodes      4 DECOM=01/06/2024 {column}={one}    !  # missing last year
            Episodes_last 4 DECOM=01/06/2024
        """,
    )


def _needs(column: str) -> tuple[str, ...]:
    derived = column in {"PL_LA", "PL_LOCATION", "PL_DISTANCE"}
    return (f"Episodes.{column}", f"Episodes_last.{column}") if derived else BOTH_YEARS


def _changed(column: str) -> Condition:
    if column == "PLACE":
        return _place_changed
    if column == "PL_DISTANCE":
        far = apart("PL_DISTANCE", "last_latest_PL_DISTANCE", NEAR_ENOUGH)
        return CARRIED_ON & (far | (blank("PL_DISTANCE") != blank("last_latest_PL_DISTANCE")))
    return CARRIED_ON & differ(column, f"last_latest_{column}")


def _place_changed(year: Year) -> Expr:
    # A code that was retired between the two years has to be replaced, which is no contradiction.
    retired = given("last_latest_PLACE") & ~is_true(col("last_latest_PLACE").is_in(list(codes("placement_type", year))))
    return CARRIED_ON & differ("PLACE", "last_latest_PLACE") & ~retired


RULES: tuple[Rule, ...] = (
    Rule(
        code="502",
        says="Last year's return ended with an open episode, and this year's first episode starts on another day. "
        "Return that episode first, with its own start date.",
        fields=("Episodes.DECOM",),
        needs=BOTH_YEARS,
        source=SOURCE + "502",
        on="Episodes",
        where=CARRIED_ON & (col("DECOM") != col("last_latest_DECOM")),
        examples="""
            Episodes      1 DECOM=02/06/2024  !
            Episodes_last 1 DECOM=01/06/2024
            Episodes      2 DECOM=01/06/2024     # boundary
            Episodes_last 2 DECOM=01/06/2024
            Episodes      3 DECOM=02/06/2025
            Episodes_last 3 DECOM=01/06/2024 DEC=01/07/2024
            Episodes      4                      # missing
            Episodes_last 4 DECOM=01/06/2024
        """,
    ),
    _carried_on("503A", "RNE", "The reason for the new episode", ("P", "S")),
    _carried_on("503B", "LS", "The legal status", ("C1", "C2")),
    _carried_on("503C", "CIN", "The category of need", ("N1", "N2")),
    _carried_on("503D", "PLACE", "The placement type", ("U6", "K2")),
    _carried_on("503E", "PLACE_PROVIDER", "The placement provider", ("PR1", "PR4")),
    _carried_on("503F", "URN", "Ofsted's number for the home", ("SC111111", "SC222222")),
    _carried_on("503G", "PL_DISTANCE", "The distance from home", ("10.2", "10.4")),
    _carried_on("503H", "PL_LA", "The authority of the placement", ("E06000014", "E06000011")),
    _carried_on("503J", "PL_LOCATION", "The placement location", ("IN", "OUT")),
    Rule(
        code="562",
        says="The child's first episode began before this year, but last year's return has no open episode that it "
        "carries on. Check the start date, and last year's last episode.",
        fields=("Episodes.DECOM",),
        needs=BOTH_YEARS,
        source=SOURCE + "562",
        on="Episodes",
        where=(col("nth") == 1) & (col("DECOM") < col("year_start")) & given("last_latest_DEC"),
        examples="""
            Episodes      1 DECOM=31/03/2025  !
            Episodes_last 1 DECOM=01/06/2024 DEC=01/09/2024
            Episodes      2 DECOM=01/04/2025     # boundary
            Episodes_last 2 DECOM=01/06/2024 DEC=01/09/2024
            Episodes      3 DECOM=01/06/2024
            Episodes_last 3 DECOM=01/06/2024
            Episodes      4 DECOM=01/06/2024     # missing: nothing of the child last year
        """,
    ),
)
