"""Rules on what one episode of care holds: dates that are dates, codes that are codes, an end after the start."""

from __future__ import annotations

from datetime import date

from goldenthread.quality.conditions import among, blank, col, given, not_a_date, not_among
from goldenthread.quality.rule import Condition, Rule
from goldenthread.quality.ssda903.codes import FOSTER, NEEDS, codes

SOURCE = "DfE, SSDA903 validation rules, rule "
EPISODES = ("Episodes",)
FIRST_DAY_OF_THE_ACT = date(1991, 10, 14)
"""The Children Act 1989 came into force; no episode of care under it is earlier."""
PLACEMENT_ORDERS_BEGAN = date(2005, 12, 1)
"""Legal status E1 came with the Adoption and Children Act 2002, whose placement orders began in December 2005."""


def _code_rule(code: str, column: str, where: Condition, what: str, examples: str) -> Rule:
    return Rule(
        code=code,
        says=f"This is not a {what} that may be used this year. Choose one from the list.",
        fields=(f"Episodes.{column}",),
        needs=EPISODES,
        source=SOURCE + code,
        on="Episodes",
        where=where,
        examples=examples,
    )


RULES: tuple[Rule, ...] = (
    Rule(
        code="141",
        says="The episode's start date is not a date of the calendar. Write it as day/month/year.",
        fields=("Episodes.DECOM",),
        needs=EPISODES,
        source=SOURCE + "141",
        on="Episodes",
        where=not_a_date("DECOM"),
        examples="""
            Episodes 1 DECOM=31/06/2025  !
            Episodes 2 DECOM=30/06/2025     # boundary
            Episodes 3 DECOM=01/06/25    !  # the century is left out
            Episodes 4                      # missing
        """,
    ),
    _code_rule("143", "RNE", lambda year: not_among("RNE", codes("new_episode_reason", year)), "reason for it", """
        Episodes 1 RNE=X  !
        Episodes 2 RNE=S
        Episodes 3 RNE=SP !  # boundary: two codes are no code
        Episodes 4           # missing
    """),
    _code_rule("144", "LS", lambda year: not_among("LS", codes("legal_status", year)), "legal status", """
        Episodes 1 LS=C9  !
        Episodes 2 LS=C2
        Episodes 3 LS=V1  !  # boundary: next to V2
        Episodes 4           # missing
    """),
    _code_rule("145", "CIN", not_among("CIN", NEEDS), "category of need", """
        Episodes 1 CIN=X1 !
        Episodes 2 CIN=N8    # boundary: the last of the list
        Episodes 3 CIN=N9 !  # known to the CIN census, not to this return
        Episodes 4           # missing
    """),
    Rule(
        code="147",
        says="The episode's end date is not a date of the calendar. Write it as day/month/year.",
        fields=("Episodes.DEC",),
        needs=EPISODES,
        source=SOURCE + "147",
        on="Episodes",
        where=not_a_date("DEC"),
        examples="""
            Episodes 1 DEC=38/04/2025  !
            Episodes 2 DEC=30/04/2025     # boundary
            Episodes 3 DEC=30/04/25    !
            Episodes 4                    # missing
        """,
    ),
    Rule(
        code="148",
        says="The episode has an end date without a reason, or a reason without an end date. Give both or neither.",
        fields=("Episodes.DEC", "Episodes.REC"),
        needs=EPISODES,
        source=SOURCE + "148",
        on="Episodes",
        where=(given("DEC_text") & blank("REC")) | (blank("DEC_text") & given("REC")),
        examples="""
            Episodes 1 DEC=01/05/2025           !
            Episodes 2 DEC=01/05/2025 REC=X1
            Episodes 3 REC=X1                   !
            Episodes 4 DEC=31/06/2025 REC=X1       # boundary: no date, but something is coded
            Episodes 5                             # missing: both blank
        """,
    ),
    _code_rule("149", "REC", lambda year: not_among("REC", codes("care_end_reason", year)), "reason for an end", """
        Episodes 1 REC=X  !
        Episodes 2 REC=X1
        Episodes 3 REC=E4 !  # boundary: neither E4A nor E4B
        Episodes 4           # missing
    """),
    Rule(
        code="353",
        says="The episode starts before the Children Act came into force. Check the start date.",
        fields=("Episodes.DECOM",),
        needs=EPISODES,
        source=SOURCE + "353",
        on="Episodes",
        where=col("DECOM") < FIRST_DAY_OF_THE_ACT,
        examples="""
            Episodes 1 DECOM=13/10/1991  !
            Episodes 2 DECOM=14/10/1991     # boundary
            Episodes 3                      # missing
        """,
    ),
    Rule(
        code="354",
        says="The episode starts after the collection year. Correct its start, or leave it for next year's return.",
        fields=("Episodes.DECOM",),
        needs=EPISODES,
        source=SOURCE + "354",
        on="Episodes",
        where=col("DECOM") > col("year_end"),
        examples="""
            Episodes 1 DECOM=01/04/2026  !
            Episodes 2 DECOM=31/03/2026     # boundary
            Episodes 3                      # missing
        """,
    ),
    Rule(
        code="355",
        says="The episode starts and ends on one day. Check both dates; an episode of less than a day is not returned.",
        fields=("Episodes.DECOM", "Episodes.DEC"),
        needs=EPISODES,
        source=SOURCE + "355",
        on="Episodes",
        where=col("DECOM") == col("DEC"),
        examples="""
            Episodes 1 DECOM=01/05/2025 DEC=01/05/2025  !
            Episodes 2 DECOM=01/05/2025 DEC=02/05/2025     # boundary
            Episodes 3 DECOM=01/05/2025                    # missing
        """,
    ),
    Rule(
        code="356",
        says="The episode ends before it starts. Correct one of the two dates.",
        fields=("Episodes.DECOM", "Episodes.DEC"),
        needs=EPISODES,
        source=SOURCE + "356",
        on="Episodes",
        where=col("DEC") < col("DECOM"),
        examples="""
            Episodes 1 DECOM=02/05/2025 DEC=01/05/2025  !
            Episodes 2 DECOM=02/05/2025 DEC=02/05/2025     # boundary
            Episodes 3 DECOM=02/05/2025                    # missing
        """,
    ),
    Rule(
        code="385",
        says="The episode ends after the collection year. Correct the end date, or leave the episode open.",
        fields=("Episodes.DEC",),
        needs=EPISODES,
        source=SOURCE + "385",
        on="Episodes",
        where=col("DEC") > col("year_end"),
        examples="""
            Episodes 1 DEC=01/04/2026  !
            Episodes 2 DEC=31/03/2026     # boundary
            Episodes 3                    # missing
        """,
    ),
    Rule(
        code="446",
        says="Placement orders did not exist when this episode started. Correct the legal status or the start date.",
        fields=("Episodes.LS", "Episodes.DECOM"),
        needs=EPISODES,
        source=SOURCE + "446",
        on="Episodes",
        where=among("LS", ["E1"]) & (col("DECOM") < PLACEMENT_ORDERS_BEGAN),
        examples="""
            Episodes 1 LS=E1 DECOM=30/11/2005  !
            Episodes 2 LS=E1 DECOM=01/12/2005     # boundary
            Episodes 3 LS=C2 DECOM=30/11/2005
            Episodes 4 LS=E1                      # missing
        """,
    ),
    Rule(
        code="516",
        says="Care ended with a special guardianship order to the foster carer, but the child was not in foster care. "
        "Correct the placement or the reason.",
        fields=("Episodes.REC", "Episodes.PLACE"),
        needs=EPISODES,
        source=SOURCE + "516",
        on="Episodes",
        where=among("REC", ["E45", "E46"]) & not_among("PLACE", FOSTER),
        examples="""
            Episodes 1 REC=E45 PLACE=K2  !
            Episodes 2 REC=E46 PLACE=U6     # boundary: the last of the foster placements
            Episodes 3 REC=E47 PLACE=K2
            Episodes 4 REC=E45              # missing
        """,
    ),
)  # fmt: skip
