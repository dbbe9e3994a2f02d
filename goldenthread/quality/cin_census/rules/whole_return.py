"""Rules on the return as a whole, and on its header."""

from __future__ import annotations

import narwhals as nw

from goldenthread.quality.cin_census.words import of_the_return, within_year
from goldenthread.quality.conditions import blank, col, given, is_true, not_among
from goldenthread.quality.rule import Lazy, Rule, Severity, Year
from goldenthread.quality.run import Views

GUIDE = "DfE, CIN census validation rules"
MARCH, LAST_OF_MARCH = 3, 31
SEX_SINCE = 2025
FEWEST_DISABILITIES = 8
MOST_WITHOUT_SEX = 2
"""Per cent."""


def _more_plans_than_conferences(views: Views, year: Year) -> Lazy:
    counted = {("ChildProtectionPlans", "CPPstartDate"): 1, ("CINdetails", "DateOfInitialCPC"): -1}
    counted[("Section47", "DateOfInitialCPC")] = -1
    each = [
        views.view(table).filter(within_year(day)).with_columns(more=nw.lit(by)).select("more")
        for (table, day), by in counted.items()
    ]
    return nw.concat(each).select(col("more").sum()).filter(col("more") > 0)


def _many_without_sex(views: Views, year: Year) -> Lazy:
    if year.number < SEX_SINCE:
        unknown = blank("GenderCurrent") | is_true(col("GenderCurrent") == "0")
    else:
        unknown = blank("Sex") | is_true(col("Sex") == "U")
    born = views.view("ChildIdentifiers").filter(blank("ExpectedPersonBirthDate_text"))
    share = born.select(unknown=nw.when(unknown).then(nw.lit(1)).otherwise(nw.lit(0)).sum(), children=nw.len())
    return share.filter(col("unknown") * 100 > col("children") * MOST_WITHOUT_SEX)


def _few_disability_codes(views: Views, year: Year) -> Lazy:
    used = views.view("Disabilities").filter(not_among("Disability", ["NONE"])).select("Disability").unique()
    return used.select(codes=nw.len()).filter(col("codes") < FEWEST_DISABILITIES)


def _never_more_than_one(views: Views, year: Year) -> Lazy:
    known = views.view("Disabilities").filter(not_among("Disability", ["NONE"]) & given("LAchildID"))
    each = known.group_by("LAchildID").agg(codes=col("Disability").n_unique())
    return each.select(col("codes").max()).filter(col("codes") == 1)


RULES: tuple[Rule, ...] = (
    Rule(
        code="100",
        says="The reference date must be 31 March of the year the census ends in. Correct the header.",
        fields=("Header.ReferenceDate",),
        needs=("Header",),
        source=f"{GUIDE}, rule 100",
        on="Header",
        where=blank("ReferenceDate")
        | (col("ReferenceDate").dt.month() != MARCH)
        | (col("ReferenceDate").dt.day() != LAST_OF_MARCH)
        | (col("ReferenceDate").dt.year() != col("Year")),
        examples="""
            Header - Year=2026 ReferenceDate=2026-03-31
            Header - Year=2026 ReferenceDate=2026-03-30 !    # boundary: a day early
            Header - Year=2026 ReferenceDate=2025-03-31 !
            Header - Year=2026 !                             # missing
        """,
    ),
    Rule(
        code="2883",
        says="More child protection plans began in the year than initial conferences were held. Add the conferences.",
        fields=("ChildProtectionPlans.CPPstartDate", "CINdetails.DateOfInitialCPC", "Section47.DateOfInitialCPC"),
        needs=("ChildProtectionPlans", "CINdetails", "Section47"),
        source=f"{GUIDE}, rule 2883",
        search=of_the_return(_more_plans_than_conferences),
        examples="""
            whole return !
            ChildProtectionPlans 1 CPPstartDate=2025-04-01
            ChildProtectionPlans 2 CPPstartDate=2026-03-31
            CINdetails           1 DateOfInitialCPC=2025-03-31     # boundary: held the day before the year
            CINdetails           1                                 # missing
            Section47            2 DateOfInitialCPC=2026-03-31
        """,
    ),
    Rule(
        code="2886Q",
        says="More than 2% of the children, unborn ones apart, have no sex recorded. Record it, or explain the gaps.",
        fields=("ChildIdentifiers.Sex", "ChildIdentifiers.GenderCurrent", "ChildIdentifiers.ExpectedPersonBirthDate"),
        needs=("ChildIdentifiers",),
        source=f"{GUIDE}, rule 2886Q; of GenderCurrent until 2023-24",
        search=of_the_return(_many_without_sex),
        severity=Severity.QUERY,
        examples="""
            whole return !
            ChildIdentifiers 1 Sex=M
            ChildIdentifiers 2 Sex=U
            ChildIdentifiers 3                                       # missing counts as not recorded
            ChildIdentifiers 4 ExpectedPersonBirthDate=2026-05-01    # boundary: not yet born, so not counted
        """,
    ),
    Rule(
        code="2887Q",
        says="Fewer than 8 of the disability codes are used in the whole return. Check that every kind is recorded.",
        fields=("Disabilities.Disability",),
        needs=("Disabilities",),
        source=f"{GUIDE}, rule 2887Q",
        search=of_the_return(_few_disability_codes),
        severity=Severity.QUERY,
        examples="""
            whole return !
            Disabilities 1 Disability=MOB
            Disabilities 2 Disability=HAND
            Disabilities 3 Disability=PC
            Disabilities 4 Disability=INC
            Disabilities 5 Disability=COMM
            Disabilities 6 Disability=LD
            Disabilities 7 Disability=HEAR     # boundary: the seventh
            Disabilities 8 Disability=NONE
            Disabilities 9                     # missing
        """,
    ),
    Rule(
        code="2888Q",
        says="No child has more than one disability recorded. Check that all of a child's disabilities are given.",
        fields=("Disabilities.Disability",),
        needs=("Disabilities",),
        source=f"{GUIDE}, rule 2888Q",
        search=of_the_return(_never_more_than_one),
        severity=Severity.QUERY,
        examples="""
            whole return !
            Disabilities 1 Disability=MOB
            Disabilities 2 Disability=HAND
            Disabilities 2 Disability=NONE     # boundary: none is not a second disability
            Disabilities 3                     # missing
        """,
    ),
)
