"""Rules on looked-after children who are mothers, and the birth of their first child."""

from __future__ import annotations

from collections.abc import Mapping

import narwhals as nw

from goldenthread.quality.conditions import (
    Expr,
    among,
    any_given,
    birthday,
    blank,
    blank_or_not_among,
    col,
    differ,
    given,
    is_true,
    not_a_date,
    not_among,
)
from goldenthread.quality.rule import Lazy, Rule, Year
from goldenthread.quality.ssda903.codes import CONTINUES, FEMALE, MALE, RESPITE
from goldenthread.quality.ssda903.views import Ssda903Views

SOURCE = "DfE, SSDA903 validation rules, rule "
HEADER = ("Header",)
BOTH_YEARS = ("Header", "Header_last")
WITH_EPISODES = ("Episodes", "Header")
YOUNGEST_MOTHER = 11
CARE_ENDED: Expr = is_true(col("latest_REC") != CONTINUES)


def _completed_for_short_breaks(views: Ssda903Views, year: Year) -> Mapping[str, Lazy]:
    mothers = views.view("Header").filter(col("all_respite") & given("MOTHER"))
    reviewed = views.view("Reviews").filter(col("all_respite") & any_given("REVIEW_text", "REVIEW_CODE"))
    children = nw.concat([mothers.select("CHILD"), reviewed.select("CHILD")], how="vertical").unique()
    episodes = views.tables["Episodes"].join(children, on="CHILD", how="inner")
    return {"Header": mothers, "Reviews": reviewed, "Episodes": episodes}


RULES: tuple[Rule, ...] = (
    Rule(
        code="165",
        says="Whether the child is a mother is answered with 0 or 1, and only of girls. Correct it.",
        fields=("Header.MOTHER", "Header.SEX"),
        needs=("Episodes", "Header", "OC3"),
        source=SOURCE + "165",
        on="Header",
        where=not_among("MOTHER", ["0", "1"]) | (given("MOTHER") & is_true(among("SEX", MALE))),
        examples="""
            Episodes 9
            OC3      9
            Header   1 SEX=F MOTHER=2  !
            Header   2 SEX=F MOTHER=0
            Header   3 SEX=M MOTHER=0  !  # boundary: not asked of a boy
            Header   4 SEX=M              # missing
        """,
    ),
    Rule(
        code="171",
        says="The first child's date of birth is not a date of the calendar. Write it as day/month/year.",
        fields=("Header.MC_DOB",),
        needs=HEADER,
        source=SOURCE + "171",
        on="Header",
        where=not_a_date("MC_DOB"),
        examples="""
            Header 1 MC_DOB=31/06/2025  !
            Header 2 MC_DOB=30/06/2025     # boundary
            Header 3                       # missing
        """,
    ),
    Rule(
        code="174",
        says="A first child's date of birth is given, but the young person is male. Correct the sex, or remove the "
        "date.",
        fields=("Header.SEX", "Header.MC_DOB"),
        needs=HEADER,
        source=SOURCE + "174",
        on="Header",
        where=among("SEX", MALE) & given("MC_DOB_text"),
        examples="""
            Header 1 SEX=M MC_DOB=01/06/2025  !
            Header 2 SEX=F MC_DOB=01/06/2025
            Header 3 SEX=U MC_DOB=01/06/2025     # boundary: not known to be male
            Header 4 SEX=M                       # missing
        """,
    ),
    Rule(
        code="207",
        says="Last year's return says that the child is a mother, and this year's does not. Correct one of the two.",
        fields=("Header.MOTHER",),
        needs=("Episodes", "Header", "Header_last"),
        source=SOURCE + "207",
        on="Header",
        where=(col("last_header_MOTHER") == "1") & blank_or_not_among("MOTHER", ["1"]) & given("episodes"),
        examples="""
            Header      1 MOTHER=0  !
            Header_last 1 MOTHER=1
            Episodes    1
            Header      2 MOTHER=1     # boundary: became a mother this year
            Header_last 2 MOTHER=0
            Episodes    2
            Header      3           !  # missing this year
            Header_last 3 MOTHER=1
            Episodes    3
            Header      4 MOTHER=0
            Header_last 4 MOTHER=1
        """,
    ),
    Rule(
        code="393",
        says="The child is looked after, and whether she is a mother is not said. Say 0 for no or 1 for yes.",
        fields=("Header.MOTHER",),
        needs=WITH_EPISODES,
        source=SOURCE + "393",
        on="Header",
        where=among("SEX", FEMALE) & blank("MOTHER") & given("episodes") & ~is_true(col("all_respite")),
        examples="""
            Header   1 SEX=F           !
            Episodes 1 LS=C2
            Header   2 SEX=F              # boundary: short breaks only
            Episodes 2 LS=V4
            Header   3 SEX=F MOTHER=0
            Episodes 3 LS=C2
            Header   4                    # missing
            Episodes 4 LS=C2
        """,
    ),
    Rule(
        code="399",
        says="The child is on short breaks only, of which neither motherhood nor reviews are asked. Remove them, or "
        "correct the legal status.",
        fields=("Header.MOTHER", "Episodes.LS", "Reviews.REVIEW", "Reviews.REVIEW_CODE"),
        needs=("Episodes", "Header", "Reviews"),
        source=SOURCE + "399",
        search=_completed_for_short_breaks,
        examples="""
            Episodes 1 LS=V3               !
            Header   1 MOTHER=0            !
            Episodes 2 LS=V4               !
            Reviews  2 REVIEW_CODE=PN1     !
            Episodes 3 LS=V3
            Episodes 3 LS=C2
            Header   3 MOTHER=0               # boundary: not only short breaks
            Episodes 4 LS=V3
            Header   4                        # missing
        """,
    ),
    Rule(
        code="607",
        says="Care ended this year, and whether the girl is a mother is not said. Say 0 for no or 1 for yes.",
        fields=("Header.MOTHER", "Header.SEX", "Episodes.DEC", "Episodes.REC", "Episodes.LS"),
        needs=WITH_EPISODES,
        source=SOURCE + "607",
        on="Episodes",
        where=not_among("REC", [CONTINUES])
        & (col("DEC") >= col("year_start"))
        & (col("DEC") <= col("year_end"))
        & ~is_true(among("LS", RESPITE))
        & among("header_SEX", FEMALE)
        & blank("header_MOTHER"),
        points={"Episodes": "row", "Header": "header_row"},
        examples="""
            Header   1 SEX=F                            !
            Episodes 1 DEC=31/03/2026 REC=E4A LS=C2     !
            Header   2 SEX=F                               # boundary: the last day of last year
            Episodes 2 DEC=31/03/2025 REC=E4A LS=C2
            Header   3 SEX=F MOTHER=0
            Episodes 3 DEC=01/06/2025 REC=E4A LS=C2
            Header   4                                     # missing
            Episodes 4 DEC=01/06/2025 REC=E4A LS=C2
        """,
    ),
    Rule(
        code="611",
        says="The child is a mother, but her first child's date of birth is not given. Give it.",
        fields=("Header.MOTHER", "Header.MC_DOB"),
        needs=HEADER,
        source=SOURCE + "611",
        on="Header",
        where=(col("MOTHER") == "1") & blank("MC_DOB_text"),
        examples="""
            Header 1 MOTHER=1                    !
            Header 2 MOTHER=1 MC_DOB=01/06/2025
            Header 3 MOTHER=0                       # boundary: not a mother
            Header 4                                # missing
        """,
    ),
    Rule(
        code="612",
        says="A first child's date of birth is given, but the child is not marked as a mother. Correct one.",
        fields=("Header.SEX", "Header.MOTHER", "Header.MC_DOB"),
        needs=HEADER,
        source=SOURCE + "612",
        on="Header",
        where=given("MC_DOB_text") & blank_or_not_among("MOTHER", ["1"]) & ~is_true(among("SEX", MALE)),
        examples="""
            Header 1 SEX=F MOTHER=0 MC_DOB=01/06/2025  !
            Header 2 SEX=F MOTHER=1 MC_DOB=01/06/2025
            Header 3 SEX=M MOTHER=0 MC_DOB=01/06/2025     # boundary: rule 174 is for boys
            Header 4 SEX=F MC_DOB=01/06/2025           !  # missing
        """,
    ),
    Rule(
        code="620",
        says="The child is said to be a mother, and was under 11 when the year began. Check both dates of birth.",
        fields=("Header.DOB", "Header.MOTHER"),
        needs=HEADER,
        source=SOURCE + "620",
        on="Header",
        where=(col("MOTHER") == "1") & (birthday(YOUNGEST_MOTHER, "DOB") > col("year_start")),
        examples="""
            Header 1 MOTHER=1 DOB=02/04/2014  !
            Header 2 MOTHER=1 DOB=01/04/2014     # boundary: eleven on the first day
            Header 3 MOTHER=0 DOB=02/04/2014
            Header 4 MOTHER=1                    # missing
        """,
    ),
    Rule(
        code="621",
        says="The mother is shown as born no earlier than her child. Correct one of the two dates of birth.",
        fields=("Header.DOB", "Header.MC_DOB"),
        needs=HEADER,
        source=SOURCE + "621",
        on="Header",
        where=col("MC_DOB") <= col("DOB"),
        examples="""
            Header 1 DOB=01/06/2015 MC_DOB=01/06/2015  !  # boundary: one day
            Header 2 DOB=01/06/2009 MC_DOB=01/06/2025
            Header 3 DOB=01/06/2015 MC_DOB=31/05/2015  !
            Header 4 DOB=01/06/2015                       # missing
        """,
    ),
    Rule(
        code="624",
        says="The first child's date of birth is not that of last year's return. Correct the one that is wrong.",
        fields=("Header.MC_DOB",),
        needs=BOTH_YEARS,
        source=SOURCE + "624",
        on="Header",
        where=given("last_header_MC_DOB_text") & differ("MC_DOB_text", "last_header_MC_DOB_text"),
        examples="""
            Header      1 MC_DOB=02/06/2024  !  # boundary: one day
            Header_last 1 MC_DOB=01/06/2024
            Header      2 MC_DOB=01/06/2024
            Header_last 2 MC_DOB=01/06/2024
            Header      3                    !  # missing this year
            Header_last 3 MC_DOB=01/06/2024
            Header      4 MC_DOB=01/06/2025
            Header_last 4
        """,
    ),
    Rule(
        code="625",
        says="The first child was born after the year, or after the mother left care. Correct the dates.",
        fields=("Header.MC_DOB", "Episodes.DEC"),
        needs=WITH_EPISODES,
        source=SOURCE + "625",
        on="Header",
        where=(col("MC_DOB") > col("year_end")) | CARE_ENDED & (col("MC_DOB") > col("latest_DEC")),
        points={"Header": "row", "Episodes": "latest_row"},
        examples="""
            Header   1 MC_DOB=01/04/2026                      !
            Episodes 1 DECOM=01/06/2024                       !
            Header   2 MC_DOB=02/06/2025                      !
            Episodes 2 DECOM=01/06/2024 DEC=01/06/2025 REC=E8 !
            Header   3 MC_DOB=01/06/2025                         # boundary: the last day of care
            Episodes 3 DECOM=01/06/2024 DEC=01/06/2025 REC=E8
            Header   4                                           # missing
            Episodes 4 DECOM=01/06/2024
        """,
    ),
    Rule(
        code="626",
        says="The first child was born before this year, but last year's return says that she was no mother. Correct "
        "one of the two.",
        fields=("Header.MOTHER", "Header.MC_DOB"),
        needs=BOTH_YEARS,
        source=SOURCE + "626",
        on="Header",
        where=(col("MOTHER") == "1") & (col("last_header_MOTHER") == "0") & (col("MC_DOB") < col("year_start")),
        examples="""
            Header      1 MOTHER=1 MC_DOB=31/03/2025  !
            Header_last 1 MOTHER=0
            Header      2 MOTHER=1 MC_DOB=01/04/2025     # boundary
            Header_last 2 MOTHER=0
            Header      3 MOTHER=1 MC_DOB=31/03/2025     # missing last year
            Header_last 3
        """,
    ),
    Rule(
        code="628",
        says="The young person was not looked after this year, and of a care leaver motherhood is not asked. Clear it.",
        fields=("Header.MOTHER",),
        needs=("Episodes", "Header", "OC3"),
        source=SOURCE + "628",
        on="Header",
        where=given("MOTHER") & blank("episodes") & any_given("oc3_IN_TOUCH", "oc3_ACTIV", "oc3_ACCOM"),
        examples="""
            Header   1 MOTHER=0      !
            OC3      1 IN_TOUCH=YES
            Header   2 MOTHER=0         # boundary: looked after too
            OC3      2 IN_TOUCH=YES
            Episodes 2
            Header   3                  # missing
            OC3      3 IN_TOUCH=YES
        """,
    ),
)
