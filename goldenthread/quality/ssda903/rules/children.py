"""Rules on who the child is: sex, date of birth, ethnicity, pupil number, and that the child has episodes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from goldenthread.quality.conditions import (
    Expr,
    among,
    birthday,
    blank,
    blank_or_not_among,
    col,
    count_in,
    differ,
    given,
    is_true,
    not_a_date,
    plus_days,
)
from goldenthread.quality.rule import Lazy, Rule, Severity, Year
from goldenthread.quality.run import is_empty
from goldenthread.quality.ssda903.codes import FEMALE, MALE, RESPITE, codes, sexes
from goldenthread.quality.ssda903.views import Ssda903Views

SOURCE = "DfE, SSDA903 validation rules, rule "
HEADER = ("Header",)
BOTH_YEARS = ("Header", "Header_last")
WITH_EPISODES = ("Episodes", "Header")
HEADER_AND_LATEST = {"Header": "row", "Episodes": "latest_row"}
OTHER_MODULES = ("AD1", "Missing", "OC2", "PlacedAdoption", "PrevPerm", "Reviews")

UNKNOWN_UPN = r"^UN[1-5]$"
REAL_UPN = r"^[ABCDEFGHJKLMNPQRTUVWXYZ]([0-9]{12}|[0-9]{11}[A-Z])$"
"""A letter other than I, O and S, then twelve digits, or eleven and a letter for a temporary number."""
SCHOOL_AGE = 5
SCHOOL_YEAR_STARTS = (9, 1)
A_WEEK = 7

UPN_STANDS: Expr = (
    is_true(col("UPN") == col("last_header_UPN"))
    | blank("UPN", "last_header_UPN")
    | (blank("last_header_UPN") | is_true(col("last_header_UPN").str.contains(UNKNOWN_UPN)))
    & is_true(col("UPN").str.contains(REAL_UPN))
    | is_true((col("last_header_UPN") == "UN1") & (col("UPN") == "UN2"))
    | is_true(blank("last_header_UPN") & (col("UPN") == "UN4"))
)
"""The same as last year, a number where none was known, or one of the two reasons that may follow."""


def _same_sex(column: str) -> Expr:
    return is_true(among(column, MALE) & among(f"last_header_{column}", MALE)) | is_true(
        among(column, FEMALE) & among(f"last_header_{column}", FEMALE)
    )


def _of_school_age(year: Year) -> Expr:
    month, day = SCHOOL_YEAR_STARTS
    return col("DOB") < date(year.start.year - SCHOOL_AGE, month, day)


def _no_number(views: Ssda903Views, year: Year) -> Mapping[str, Lazy]:
    children = views.view("Header").filter(blank("UPN") & given("episodes") & ~is_true(col("all_respite")))
    episodes = views.tables["Episodes"].filter(~is_true(among("LS", RESPITE)))
    return {"Header": children, "Episodes": episodes.join(children.select("CHILD"), on="CHILD", how="inner")}


def _without_episodes(views: Ssda903Views, year: Year) -> Mapping[str, Lazy]:
    filled = (table for table in OTHER_MODULES if not is_empty(views, table))
    return {table: views.view(table).filter(given("CHILD") & blank("episodes")) for table in filled}


RULES: tuple[Rule, ...] = (
    Rule(
        code="101",
        says="The child's sex is missing, or is no code that may be used this year. Choose one from the list.",
        fields=("Header.SEX",),
        needs=HEADER,
        source=SOURCE + "101",
        on="Header",
        where=lambda year: blank_or_not_among("SEX", sexes(year)),
        examples="""
            Header 1 SEX=X  !
            Header 2 SEX=U
            Header 3 SEX=1  !  # boundary: the code until 2023/24
            Header 4        !  # missing
        """,
    ),
    Rule(
        code="102",
        says="The child's date of birth is missing, or is not a date of the calendar. Write it as day/month/year.",
        fields=("Header.DOB",),
        needs=HEADER,
        source=SOURCE + "102",
        on="Header",
        where=blank("DOB_text") | not_a_date("DOB"),
        examples="""
            Header 1 DOB=31/06/2015  !
            Header 2 DOB=30/06/2015     # boundary
            Header 3                 !  # missing
        """,
    ),
    Rule(
        code="103",
        says="The child's ethnicity is missing, or is no code. Ask, and choose one from the list.",
        fields=("Header.ETHNIC",),
        needs=HEADER,
        source=SOURCE + "103",
        on="Header",
        where=lambda year: blank_or_not_among("ETHNIC", codes("ethnicity", year)),
        examples="""
            Header 1 ETHNIC=WHITE  !
            Header 2 ETHNIC=WBRI
            Header 3 ETHNIC=REFU      # boundary: they would not say
            Header 4               !  # missing
        """,
    ),
    Rule(
        code="168",
        says="This is no unique pupil number, nor UN1 to UN5 for one that is not known. Correct it.",
        fields=("Header.UPN",),
        needs=HEADER,
        source=SOURCE + "168",
        on="Header",
        where=given("UPN") & ~col("UPN").str.contains(REAL_UPN) & ~col("UPN").str.contains(UNKNOWN_UPN),
        examples="""
            Header 1 UPN=I123456789012   !
            Header 2 UPN=H123456789012
            Header 3 UPN=H12345678901A      # boundary: a temporary number
            Header 4 UPN=UN6             !
            Header 5                        # missing
        """,
    ),
    Rule(
        code="202",
        says="The child's sex is not that of last year's return. Correct the one that is wrong.",
        fields=("Header.SEX",),
        needs=BOTH_YEARS,
        source=SOURCE + "202",
        on="Header",
        where=given("last_header_row") & differ("SEX", "last_header_SEX") & ~_same_sex("SEX"),
        examples="""
            Header      1 SEX=F  !
            Header_last 1 SEX=M
            Header      2 SEX=F     # boundary: the same, as it was written before
            Header_last 2 SEX=2
            Header      3        !  # missing this year
            Header_last 3 SEX=M
            Header      4 SEX=F
        """,
    ),
    Rule(
        code="203",
        says="The child's date of birth is not that of last year's return. Correct the one that is wrong.",
        fields=("Header.DOB",),
        needs=BOTH_YEARS,
        source=SOURCE + "203",
        on="Header",
        where=given("last_header_row") & differ("DOB_text", "last_header_DOB_text"),
        examples="""
            Header      1 DOB=02/06/2015  !  # boundary: one day
            Header_last 1 DOB=01/06/2015
            Header      2 DOB=01/06/2015
            Header_last 2 DOB=01/06/2015
            Header      3                    # missing: in both
            Header_last 3
        """,
    ),
    Rule(
        code="204",
        says="The child's ethnicity is not that of last year's return. Check which one is right.",
        fields=("Header.ETHNIC",),
        needs=BOTH_YEARS,
        source=SOURCE + "204",
        on="Header",
        where=given("last_header_row") & differ("ETHNIC", "last_header_ETHNIC"),
        examples="""
            Header      1 ETHNIC=WBRI  !
            Header_last 1 ETHNIC=MOTH
            Header      2 ETHNIC=WBRI
            Header_last 2 ETHNIC=WBRI
            Header      3 ETHNIC=WBRI     # boundary: not returned last year
            Header      4              !  # missing this year
            Header_last 4 ETHNIC=WBRI
        """,
    ),
    Rule(
        code="208",
        says="The pupil number is not that of last year's return. Correct the one that is wrong.",
        fields=("Header.UPN",),
        needs=BOTH_YEARS,
        source=SOURCE + "208",
        on="Header",
        where=given("last_header_row") & ~UPN_STANDS,
        examples="""
            Header      1 UPN=H123456789012  !
            Header_last 1 UPN=H123456789011
            Header      2 UPN=H123456789012     # boundary: it was not known before
            Header_last 2 UPN=UN1
            Header      3 UPN=UN3            !
            Header_last 3 UPN=UN4
            Header      4                    !  # missing this year
            Header_last 4 UPN=UN1
        """,
    ),
    Rule(
        code="209",
        says="The child is of school age and should have a pupil number; UN1 is for younger children. Ask the school.",
        fields=("Header.UPN", "Header.DOB"),
        needs=HEADER,
        source=SOURCE + "209",
        on="Header",
        where=lambda year: (col("UPN") == "UN1") & _of_school_age(year),
        examples="""
            Header 1 UPN=UN1 DOB=31/08/2020  !
            Header 2 UPN=UN1 DOB=01/09/2020     # boundary: starts school a year later
            Header 3 UPN=UN2 DOB=31/08/2015
            Header 4 UPN=UN1                    # missing
        """,
    ),
    Rule(
        code="210",
        says="UN4 is for a child who came into care in the last week of the year; this child came earlier. Get the "
        "pupil number.",
        fields=("Header.UPN", "Episodes.DECOM"),
        needs=WITH_EPISODES,
        source=SOURCE + "210",
        on="Header",
        where=(col("UPN") == "UN4") & (col("first_DECOM") < plus_days(col("year_end"), -A_WEEK)),
        points=HEADER_AND_LATEST,
        examples="""
            Header   1 UPN=UN4              !
            Episodes 1 DECOM=23/03/2026     !
            Header   2 UPN=UN4                 # boundary: a week to the day
            Episodes 2 DECOM=24/03/2026
            Header   3 UPN=UN3
            Episodes 3 DECOM=01/06/2025
            Header   4 UPN=UN4                 # missing
            Episodes 4
        """,
    ),
    Rule(
        code="232",
        says="The child's sex is returned as unknown. Record it if it can be known.",
        fields=("Header.SEX",),
        needs=HEADER,
        source=SOURCE + "232",
        on="Header",
        where=col("SEX") == "U",
        severity=Severity.QUERY,
        years=(2025, None),
        examples="""
            Header 1 SEX=U  !
            Header 2 SEX=F
            Header 3 SEX=X     # boundary: no code at all is for rule 101
            Header 4           # missing
        """,
    ),
    Rule(
        code="301",
        says="The child is shown as born after the year. Correct the date of birth, or leave the child for next year.",
        fields=("Header.DOB",),
        needs=HEADER,
        source=SOURCE + "301",
        on="Header",
        where=col("DOB") > col("year_end"),
        examples="""
            Header 1 DOB=01/04/2026  !
            Header 2 DOB=31/03/2026     # boundary
            Header 3                    # missing
        """,
    ),
    Rule(
        code="351",
        says="The young person was over 25 when the year began, and is nobody's care leaver any more. Correct the date "
        "of birth, or remove the child.",
        fields=("Header.DOB",),
        needs=HEADER,
        source=SOURCE + "351",
        on="Header",
        where=birthday(25, "DOB") < col("year_start"),
        examples="""
            Header 1 DOB=31/03/2000  !
            Header 2 DOB=01/04/2000     # boundary: 25 on the first day
            Header 3                    # missing
        """,
    ),
    Rule(
        code="442",
        says="The child's pupil number is missing. Give it, or one of UN1 to UN5 for why it is not known.",
        fields=("Header.UPN",),
        needs=WITH_EPISODES,
        source=SOURCE + "442",
        search=_no_number,
        examples="""
            Header   1            !
            Episodes 1 LS=C2      !
            Header   2               # missing, but only short breaks: boundary
            Episodes 2 LS=V4
            Header   3 UPN=UN1
            Episodes 3 LS=C2
            Header   4
        """,
    ),
    Rule(
        code="444",
        says="Two children are returned with one pupil number. Correct the one that is wrong.",
        fields=("Header.UPN",),
        needs=HEADER,
        source=SOURCE + "444",
        on="Header",
        where=(count_in("UPN", given("UPN")) > 1) & ~col("UPN").str.contains(UNKNOWN_UPN),
        years=(2026, None),
        examples="""
            Header 1 UPN=H123456789012  !
            Header 2 UPN=H123456789012  !
            Header 3 UPN=H123456789011     # boundary: one digit
            Header 4 UPN=UN1
            Header 5 UPN=UN1
            Header 6                       # missing
            Header 7
        """,
    ),
    Rule(
        code="1012",
        says="The child has no episode this year, and so nothing but a care leaver's row. Return the episodes, or "
        "remove this row.",
        fields=tuple(f"{table}.CHILD" for table in OTHER_MODULES),
        needs=("Episodes",),
        source=SOURCE + "1012",
        search=_without_episodes,
        examples="""
            OC2      1  !
            Reviews  2  !
            Episodes 3
            Reviews  3     # boundary: one episode is enough
            OC3      4
            Reviews  -     # missing
        """,
    ),
    Rule(
        code="EPI",
        says="The child is in the header without an episode or a care leaver's row. Return the episodes, or remove the "
        "child.",
        fields=("Header.CHILD",),
        needs=HEADER,
        source=SOURCE + "EPI",
        on="Header",
        where=given("CHILD") & blank("episodes") & blank("oc3_row"),
        severity=Severity.QUERY,
        examples="""
            Header   1  !
            Header   2     # boundary: a care leaver
            OC3      2
            Header   3
            Episodes 3
            Header   -     # missing
        """,
    ),
    Rule(
        code="NoE",
        says="The child was in care before this year began, and last year's return has no episode. Check the start "
        "date, or correct last year's return.",
        fields=("Episodes.DECOM",),
        needs=("Episodes", "Episodes_last"),
        source=SOURCE + "NoE",
        on="Episodes",
        where=(col("nth") == 1) & (col("DECOM") < col("year_start")) & blank("last_episodes"),
        severity=Severity.QUERY,
        examples="""
            Episodes      1 DECOM=31/03/2025  !
            Episodes      2 DECOM=01/04/2025     # boundary
            Episodes      3 DECOM=01/06/2024
            Episodes_last 3 DECOM=01/06/2024
            Episodes      4                      # missing
        """,
    ),
)
