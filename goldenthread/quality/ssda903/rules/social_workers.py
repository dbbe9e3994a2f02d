"""Rules on who the child's social worker was, and when (SWEpisodes)."""

from __future__ import annotations

from datetime import date

from goldenthread.quality.conditions import (
    Expr,
    any_blank,
    any_in,
    blank,
    blank_or_not_among,
    col,
    given,
    is_true,
    not_a_partial_date,
    not_among,
    plus_days,
)
from goldenthread.quality.rule import Rule
from goldenthread.quality.ssda903.codes import CONTINUES, RESPITE, codes

SOURCE = "DfE, SSDA903 validation rules, rule "
WORKERS = ("SWEpisodes",)
SINCE_2024, SINCE_2025, SINCE_2026 = (2024, None), (2025, None), (2026, None)
REASONS_COLLECTED_FROM = date(2023, 4, 1)
"""Social worker episodes, with the reason for a change, have been returned since the collection of 2023/24."""
LAST_DAYS = 5
"""Days before the end of the year in which an episode that ends needs one that follows: see docs on deviations."""

DATED_OPEN: Expr = given("SW_DECOM") & blank("SW_DEC")
LAST_ENDED: Expr = col("SW_DEC").max().over("CHILD")
LAST_ROW: Expr = col("row").max().over("CHILD")
NOBODY_AT_FIRST: Expr = (col("sw_since") > col("year_start")) & (col("sw_since") > col("first_DECOM"))
"""Looked after in the year before any social worker is returned. A child not known before may have had none."""
STILL_LOOKED_AFTER: Expr = ~is_true(not_among("REC", [CONTINUES])) & ~is_true(col("DEC") < col("DECOM"))
"""No reason says that care ended. An end before its start is no end."""


def _date(code: str, column: str, what: str) -> Rule:
    return Rule(
        code=code,
        says=f"The date on which the social worker {what} is not a date of the calendar. Write day/month/year, with ZZ "
        "for a part that is not known.",
        fields=(f"SWEpisodes.{column}",),
        needs=WORKERS,
        source=SOURCE + code,
        on="SWEpisodes",
        where=not_a_partial_date(column),
        years=SINCE_2024,
        examples=f"""
            SWEpisodes 1 {column}=31/06/2025  !
            SWEpisodes 2 {column}=30/06/2025
            SWEpisodes 3 {column}=ZZ/06/2025     # boundary: the day is not known
            SWEpisodes 4                         # missing
        """,
    )


RULES: tuple[Rule, ...] = (
    Rule(
        code="SW01aSTG1",
        says="A social worker episode needs the worker's number and the day it started. Give both.",
        fields=("SWEpisodes.SW_ID", "SWEpisodes.SW_DECOM"),
        needs=WORKERS,
        source=SOURCE + "SW01aSTG1",
        on="SWEpisodes",
        where=any_blank("SW_ID", "SW_DECOM_text"),
        years=SINCE_2025,
        examples="""
            SWEpisodes 1 SW_ID=SW1                        !
            SWEpisodes 2 SW_DECOM=01/06/2025              !
            SWEpisodes 3 SW_ID=SW1 SW_DECOM=ZZ/ZZ/ZZZZ       # boundary: not known, but said so
            SWEpisodes 4                                  !  # missing
        """,
    ),
    Rule(
        code="SW01bSTG1",
        says="A social worker episode needs the worker's number, the day it started and the reason for the change. "
        "Give all three.",
        fields=("SWEpisodes.SW_ID", "SWEpisodes.SW_DECOM", "SWEpisodes.SW_REASON"),
        needs=WORKERS,
        source=SOURCE + "SW01bSTG1",
        on="SWEpisodes",
        where=any_blank("SW_ID", "SW_DECOM_text")
        | blank("SW_REASON") & ~is_true(col("SW_DECOM") < REASONS_COLLECTED_FROM),
        years=SINCE_2025,
        examples="""
            SWEpisodes 1 SW_ID=SW1 SW_DECOM=01/04/2023                   !
            SWEpisodes 2 SW_ID=SW1 SW_DECOM=31/03/2023                      # boundary: before reasons were asked
            SWEpisodes 3 SW_ID=SW1 SW_DECOM=01/06/2025 SW_REASON=MANAGE
            SWEpisodes 4                                                 !  # missing
        """,
    ),
    Rule(
        code="SW02STG1",
        says="A social worker's number starts with SW (registered) or XX (an agency's or another number). Correct it.",
        fields=("SWEpisodes.SW_ID",),
        needs=WORKERS,
        source=SOURCE + "SW02STG1",
        on="SWEpisodes",
        where=~col("SW_ID").str.contains("^(SW|XX)"),
        years=SINCE_2024,
        examples="""
            SWEpisodes 1 SW_ID=AB123   !
            SWEpisodes 2 SW_ID=SW123
            SWEpisodes 3 SW_ID=1SW23   !  # boundary: not at the start
            SWEpisodes 4 SW_ID=XX1
            SWEpisodes 5                  # missing
        """,
    ),
    _date("SW04STG1", "SW_DECOM", "started"),
    _date("SW05STG1", "SW_DEC", "ended"),
    Rule(
        code="SW06STG2",
        says="The social worker started after the collection year. Correct the date, or leave it for next year.",
        fields=("SWEpisodes.SW_DECOM",),
        needs=WORKERS,
        source=SOURCE + "SW06STG2",
        on="SWEpisodes",
        where=col("SW_DECOM") > col("year_end"),
        years=SINCE_2024,
        examples="""
            SWEpisodes 1 SW_DECOM=01/04/2026  !
            SWEpisodes 2 SW_DECOM=31/03/2026     # boundary
            SWEpisodes 3                         # missing
        """,
    ),
    Rule(
        code="SW07STG2",
        says="The social worker's episode ended outside the collection year. Correct the date, or leave it out.",
        fields=("SWEpisodes.SW_DEC",),
        needs=WORKERS,
        source=SOURCE + "SW07STG2",
        on="SWEpisodes",
        where=(col("SW_DEC") < col("year_start")) | (col("SW_DEC") > col("year_end")),
        years=SINCE_2024,
        examples="""
            SWEpisodes 1 SW_DEC=31/03/2025  !
            SWEpisodes 2 SW_DEC=01/04/2025     # boundary
            SWEpisodes 3 SW_DEC=01/04/2026  !
            SWEpisodes 4                       # missing
        """,
    ),
    Rule(
        code="SW08STG2",
        says="The child's next social worker has started, and this episode has no end. Give its end.",
        fields=("SWEpisodes.SW_DEC",),
        needs=WORKERS,
        source=SOURCE + "SW08STG2",
        on="SWEpisodes",
        where=given("next_row") & blank("SW_DEC_text"),
        years=SINCE_2024,
        examples="""
            SWEpisodes 1 SW_DECOM=01/06/2025                      !
            SWEpisodes 1 SW_DECOM=01/09/2025                         # boundary: the latest may be open
            SWEpisodes 2 SW_DECOM=01/06/2025 SW_DEC=01/09/2025
            SWEpisodes 2 SW_DECOM=01/09/2025
            SWEpisodes 3                                             # missing
            SWEpisodes 3 SW_DECOM=01/09/2025
        """,
    ),
    Rule(
        code="SW09STG2",
        says="The social worker's episode starts and ends on one day. Check both dates.",
        fields=("SWEpisodes.SW_DECOM", "SWEpisodes.SW_DEC"),
        needs=WORKERS,
        source=SOURCE + "SW09STG2",
        on="SWEpisodes",
        where=col("SW_DECOM") == col("SW_DEC"),
        years=SINCE_2024,
        examples="""
            SWEpisodes 1 SW_DECOM=01/06/2025 SW_DEC=01/06/2025  !
            SWEpisodes 2 SW_DECOM=01/06/2025 SW_DEC=02/06/2025     # boundary
            SWEpisodes 3 SW_DECOM=01/06/2025                       # missing
        """,
    ),
    Rule(
        code="SW10STG2",
        says="This social worker started before the one before had ended. Correct one of the two dates.",
        fields=("SWEpisodes.SW_DECOM",),
        needs=WORKERS,
        source=SOURCE + "SW10STG2",
        on="SWEpisodes",
        where=col("SW_DECOM") < col("prev_SW_DEC"),
        years=SINCE_2024,
        examples="""
            SWEpisodes 1 SW_DECOM=01/06/2025 SW_DEC=02/09/2025
            SWEpisodes 1 SW_DECOM=01/09/2025                      !
            SWEpisodes 2 SW_DECOM=01/06/2025 SW_DEC=01/09/2025
            SWEpisodes 2 SW_DECOM=01/09/2025                         # boundary
            SWEpisodes 3 SW_DECOM=01/06/2025                         # missing
            SWEpisodes 3 SW_DECOM=01/09/2025
        """,
    ),
    Rule(
        code="SW11bSTG2",
        says="The child's last social worker ended in the last days of the year, and nobody follows. Give the worker "
        "who took over.",
        fields=("SWEpisodes.SW_DEC",),
        needs=WORKERS,
        source=SOURCE + "SW11bSTG2",
        on="SWEpisodes",
        where=given("CHILD")
        & (col("row") == LAST_ROW)
        & (col("year_end") > LAST_ENDED)
        & (plus_days(col("year_end"), -LAST_DAYS) <= LAST_ENDED)
        & ~any_in("CHILD", DATED_OPEN),
        years=SINCE_2024,
        examples="""
            SWEpisodes 1 SW_DECOM=01/06/2025 SW_DEC=26/03/2026  !  # boundary: five days before
            SWEpisodes 2 SW_DECOM=01/06/2025 SW_DEC=25/03/2026
            SWEpisodes 3 SW_DECOM=01/06/2025 SW_DEC=30/03/2026
            SWEpisodes 3 SW_DECOM=30/03/2026
            SWEpisodes 4 SW_DECOM=01/06/2025 SW_DEC=31/03/2026
            SWEpisodes 5 SW_DECOM=01/06/2025                       # missing
        """,
    ),
    Rule(
        code="SW12STG2",
        says="The child is looked after at the end of the year, and the social workers of the whole year are not all "
        "returned. Give every one of the year.",
        fields=("SWEpisodes.SW_DECOM", "Episodes.DECOM"),
        needs=("Episodes", "SWEpisodes"),
        source=SOURCE + "SW12STG2",
        on="Episodes",
        where=(col("nth") == col("of"))
        & blank_or_not_among("LS", RESPITE)
        & STILL_LOOKED_AFTER
        & (blank("sw_episodes") | NOBODY_AT_FIRST | is_true(col("REC") == CONTINUES)),
        years=SINCE_2024,
        examples="""
            Episodes   1 DECOM=01/06/2025               !
            Episodes   2 DECOM=01/06/2025               !
            SWEpisodes 2 SW_DECOM=02/06/2025
            Episodes   3 DECOM=01/06/2025                  # boundary: from the first day of care
            SWEpisodes 3 SW_DECOM=01/06/2025
            Episodes   4 DECOM=01/06/2025 LS=V4
            Episodes   5 DECOM=01/06/2025 DEC=01/09/2025 REC=E4A
            Episodes   6                                   # missing
        """,
    ),
    Rule(
        code="SW13STG1",
        says="This is not a code for the reason that the social worker changed. Choose one from the list.",
        fields=("SWEpisodes.SW_REASON",),
        needs=WORKERS,
        source=SOURCE + "SW13STG1",
        on="SWEpisodes",
        where=lambda year: not_among("SW_REASON", codes("worker_change_reason", year)),
        years=SINCE_2024,
        examples="""
            SWEpisodes 1 SW_REASON=XXXXXX   !
            SWEpisodes 2 SW_REASON=MANAGE
            SWEpisodes 3 SW_REASON=OTHER    !  # boundary: it is OTHERS
            SWEpisodes 4                       # missing
        """,
    ),
    Rule(
        code="SW17STG2",
        says="None of the child's social worker episodes is open at the end of the year. Leave the present one open.",
        fields=("SWEpisodes.SW_DEC", "SWEpisodes.SW_DECOM"),
        needs=WORKERS,
        source=SOURCE + "SW17STG2",
        on="SWEpisodes",
        where=(col("nth") == col("of")) & ~any_in("CHILD", DATED_OPEN),
        years=SINCE_2026,
        examples="""
            SWEpisodes 1 SW_DECOM=01/06/2025 SW_DEC=01/09/2025
            SWEpisodes 1 SW_DECOM=01/09/2025 SW_DEC=31/03/2026  !
            SWEpisodes 2 SW_DECOM=01/06/2025 SW_DEC=01/09/2025     # boundary: the next one is open
            SWEpisodes 2 SW_DECOM=01/09/2025
            SWEpisodes 3                                           # missing
        """,
    ),
)
