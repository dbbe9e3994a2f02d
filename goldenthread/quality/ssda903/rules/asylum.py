"""Rules on unaccompanied asylum-seeking children (UASC), and the date on which a child stopped being one."""

from __future__ import annotations

from goldenthread.quality.conditions import (
    Expr,
    any_given,
    birthday,
    blank,
    blank_or_not_among,
    col,
    differ,
    given,
    is_true,
    not_a_date,
)
from goldenthread.quality.rule import Rule, Severity

SOURCE = "DfE, SSDA903 validation rules, rule "
BOTH_YEARS = ("UASC", "UASC_last")
HEADERS = ("Header", "Header_last")
HEADER_AND_ROW = {"Header": "row", "UASC": "uasc_row"}
YOUNGEST_EXPECTED = 11
"""Unaccompanied children are nearly all older; a younger one is worth a second look."""

ASYLUM, NOT_ASYLUM = col("UASC") == "1", col("UASC") == "0"
ASYLUM_LAST, NOT_LAST = col("last_header_UASC") == "1", col("last_header_UASC") == "0"
CEASED_BEFORE: Expr = is_true(col("last_uasc_DUC") < col("year_start")) & blank("uasc_DUC_text")
"""Last year's return says that it ended before this year, and this year's says nothing more."""

RULES: tuple[Rule, ...] = (
    Rule(
        code="104",
        says="The date on which the child stopped being an unaccompanied asylum seeker is no date, or is before this "
        "year. Correct it.",
        fields=("UASC.DUC",),
        needs=("UASC",),
        source=SOURCE + "104",
        on="UASC",
        where=is_true(not_a_date("DUC")) | is_true(col("DUC") < col("year_start")),
        examples="""
            UASC 1 DUC=31/06/2025  !
            UASC 2 DUC=31/03/2025  !
            UASC 3 DUC=01/04/2025     # boundary
            UASC 4                    # missing
        """,
    ),
    Rule(
        code="105",
        says="Whether the child is an unaccompanied asylum seeker is missing, or is neither 0 nor 1. Say which.",
        fields=("Header.UASC",),
        needs=("Header.UASC", "xml"),
        source=SOURCE + "105",
        on="Header",
        where=blank_or_not_among("UASC", ["0", "1"]),
        examples="""
            format xml
            Header 1 UASC=2  !
            Header 2 UASC=0
            Header 3 UASC=01 !  # boundary
            Header 4         !  # missing
        """,
    ),
    Rule(
        code="205A",
        says="The child was an unaccompanied asylum seeker last year and is none this year, but the dates do not show "
        "when that ended. Correct the status or the dates.",
        fields=("Header.UASC", "UASC.DUC", "Header.CHILD"),
        needs=BOTH_YEARS,
        source=SOURCE + "205A",
        on="Header",
        where=ASYLUM_LAST & NOT_ASYLUM & ~CEASED_BEFORE,
        points=HEADER_AND_ROW,
        examples="""
            Header      1 UASC=0            !
            Header_last 1 UASC=1
            UASC_last   1 DUC=01/04/2025
            Header      2 UASC=0
            Header_last 2 UASC=1
            UASC_last   2 DUC=31/03/2025       # boundary: the last day of last year
            UASC        3
            Header      3 UASC=1
            Header_last 3 UASC=1
            Header      4                      # missing
            Header_last 4 UASC=1
        """,
    ),
    Rule(
        code="205B",
        says="The child is an unaccompanied asylum seeker this year as last, but the date on which that ended is not "
        "the one of last year. Correct the date.",
        fields=("UASC.DUC", "Header.UASC"),
        needs=BOTH_YEARS,
        source=SOURCE + "205B",
        on="Header",
        where=ASYLUM_LAST & ASYLUM & given("last_uasc_DUC_text") & differ("uasc_DUC_text", "last_uasc_DUC_text"),
        points=HEADER_AND_ROW,
        examples="""
            Header      1 UASC=1            !
            UASC        1 DUC=02/06/2025    !
            Header_last 1 UASC=1
            UASC_last   1 DUC=01/06/2025
            Header      2 UASC=1
            UASC        2 DUC=01/06/2025       # boundary: the same
            Header_last 2 UASC=1
            UASC_last   2 DUC=01/06/2025
            Header      3 UASC=1
            UASC        3 DUC=01/06/2025       # missing last year: it has ended since
            Header_last 3 UASC=1
            UASC_last   3
        """,
    ),
    Rule(
        code="205C",
        says="The child is no unaccompanied asylum seeker this year or last, and yet a date is given on which that "
        "ended. Correct the status, or remove the date.",
        fields=("UASC.DUC", "Header.UASC"),
        needs=BOTH_YEARS,
        source=SOURCE + "205C",
        on="Header",
        where=NOT_LAST & NOT_ASYLUM & any_given("uasc_DUC_text", "last_uasc_DUC_text"),
        points=HEADER_AND_ROW,
        examples="""
            Header      1 UASC=0            !
            UASC        1 DUC=01/06/2025    !
            Header_last 1 UASC=0
            Header      2 UASC=0
            UASC        2                      # boundary: a row without a date
            Header_last 2 UASC=0
            UASC_last   2
            Header      3 UASC=0
            UASC        3 DUC=01/06/2025       # missing last year
            Header_last 3
        """,
    ),
    Rule(
        code="205D",
        says="The child is an unaccompanied asylum seeker this year and was none last year, when already looked after. "
        "Correct the status of one year.",
        fields=("Header.UASC", "Header.CHILD"),
        needs=HEADERS,
        source=SOURCE + "205D",
        on="Header",
        where=ASYLUM & given("last_header_row") & ~is_true(ASYLUM_LAST) & given("last_header_UASC"),
        points=HEADER_AND_ROW,
        examples="""
            Header      1 UASC=1  !
            Header_last 1 UASC=0
            Header      2 UASC=1     # boundary: new this year
            Header      3 UASC=1
            Header_last 3 UASC=1
            Header      4            # missing
            Header_last 4 UASC=0
        """,
    ),
    Rule(
        code="231",
        says="An unaccompanied asylum seeker as young as this is rare. Check the date of birth.",
        fields=("Header.DOB", "Header.UASC"),
        needs=("Header",),
        source=SOURCE + "231",
        on="Header",
        where=ASYLUM & (birthday(YOUNGEST_EXPECTED, "DOB") > col("year_end")),
        severity=Severity.QUERY,
        years=(2025, None),
        examples="""
            Header 1 UASC=1 DOB=01/04/2015  !
            Header 2 UASC=1 DOB=31/03/2015     # boundary: eleven on the last day
            Header 3 UASC=0 DOB=01/04/2015
            Header 4 UASC=1                    # missing
        """,
    ),
    Rule(
        code="303",
        says="A date is given on which the child stopped being an unaccompanied asylum seeker, but the child is not "
        "marked as one. Correct the status, or remove the date.",
        fields=("UASC.DUC", "Header.UASC"),
        needs=("Header", "UASC"),
        source=SOURCE + "303",
        on="UASC",
        where=given("DUC_text") & (col("header_UASC") != "1"),
        points={"UASC": "row", "Header": "header_row"},
        examples="""
            UASC   1 DUC=01/06/2025  !
            Header 1 UASC=0          !
            UASC   2 DUC=01/06/2025
            Header 2 UASC=1
            UASC   3                    # boundary: no date
            Header 3 UASC=0
            UASC   4 DUC=01/06/2025     # missing
            Header 4
        """,
    ),
    Rule(
        code="304",
        says="The child stopped being an unaccompanied asylum seeker after turning 18, the latest day there is. "
        "Correct the date.",
        fields=("UASC.DUC", "UASC.DOB"),
        needs=("UASC",),
        source=SOURCE + "304",
        on="UASC",
        where=col("DUC") > birthday(18, "DOB"),
        examples="""
            UASC 1 DUC=02/06/2025 DOB=01/06/2007  !
            UASC 2 DUC=01/06/2025 DOB=01/06/2007     # boundary: the birthday
            UASC 3 DUC=02/06/2025                    # missing
        """,
    ),
)
