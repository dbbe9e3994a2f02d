"""Referrals, need, assessment and protection: the Department's files A2, B1, C1, C2, C4, D3, D5 and D6."""

from __future__ import annotations

from goldenthread.indicators.published.measure import (
    POPULATION,
    KnownException,
    Measure,
)

A2 = "a2_section47_icpc_cpp"
B1 = "b1_children_in_need"
C1 = "c1_children_in_need_referrals"
C2 = "c2_children_in_need_assessments"
C4 = "c4_children_in_need_section_47s"
D3 = "d3_cpps_subsequent_plan"
D5 = "d5_cpps_at31march_by_duration"
D6 = "d6_cpps_reviewed_within_timescales"

# The 2024 releases were made before the mid-2022 and mid-2023 estimates were revised; the population file is revised.
OLDER_POPULATION = KnownException(
    years=(2023, 2024),
    why="2023 and 2024 rates were published on population estimates that have since been revised",
)

ONE_HALF_ROUNDED_DOWN = KnownException(
    years=(2017,),
    areas=("893",),
    why="one authority's exact half (69 of 240) was printed rounded down",
)

REFERRALS = (
    Measure(
        id="REF_RATE",
        definition="REF_RATE",
        title="Referrals in the year per 10,000 children",
        file=C1,
        numerator=("referral_count",),
        denominator=POPULATION,
        published="",
        unit="per 10,000",
    ),
    Measure(
        id="REREF_12M",
        definition="REREF_12M",
        title="Referrals within 12 months of an earlier one, of all referrals",
        file=C1,
        numerator=("rereferral_count",),
        denominator=("referral_count",),
        published="rereferral_percent",
    ),
    Measure(
        id="REREF_12M_CHILD",
        title="Children referred again within 12 months, of children referred",
        file=C1,
        numerator=("rereferral_child_count",),
        denominator=("referral_child_count",),
        published="rereferral_child_percent",
    ),
    Measure(
        id="REF_NFA",
        definition="REF_NFA",
        title="Referrals that led to no further action",
        file=C1,
        numerator=("no_further_action_count",),
        denominator=("referral_count",),
        published="no_further_action_percent",
    ),
    Measure(
        id="REF_NOT_IN_NEED",
        definition="REF_NOT_IN_NEED",
        title="Referrals assessed and found not to be in need",
        file=C1,
        numerator=("not_in_need_count",),
        denominator=("referral_count",),
        published="not_in_need_percent",
    ),
)

IN_NEED = (
    Measure(
        id="CIN_RATE",
        definition="CIN_RATE",
        title="Episodes of need open at 31 March per 10,000 children",
        file=B1,
        numerator=("At31_episodes",),
        denominator=POPULATION,
        published="",
        unit="per 10,000",
    ),
    Measure(
        id="ASSESS_RATE",
        title="Assessments completed in the year per 10,000 children",
        file=C2,
        numerator=("Assessments_completed",),
        denominator=POPULATION,
        published="Assessments_completed_rate",
        unit="per 10,000",
        known=(OLDER_POPULATION,),
    ),
    Measure(
        id="ASSESS_45",
        definition="ASSESS_45",
        title="Assessments completed within 45 working days",
        file=C2,
        numerator=("Same_day", "1-10_days", "11-20_days", "21-30_days", "31-40_days", "41-45_days"),
        denominator=("Assessments_completed",),
        published="",
    ),
)


def _conferences(id: str, title: str, column: str, definition: str = "") -> Measure:
    return Measure(
        id=id,
        definition=definition,
        title=title,
        file=C4,
        numerator=(column,),
        denominator=POPULATION,
        published=f"{column}_rate",
        unit="per 10,000",
        known=(OLDER_POPULATION,),
    )


PROTECTION = (
    _conferences("S47_RATE", "Section 47 enquiries started per 10,000 children", "Section47", "S47_RATE"),
    _conferences("S47_CHILD_RATE", "Children with a section 47 enquiry per 10,000 children", "Section47_child"),
    _conferences("ICPC_RATE", "Initial conferences held per 10,000 children", "ICPC", "ICPC_RATE"),
    _conferences("ICPC_CHILD_RATE", "Children with an initial conference per 10,000 children", "ICPC_child"),
    Measure(
        id="ICPC_15",
        definition="ICPC_15",
        title="Initial conferences within 15 working days of the section 47 enquiry starting",
        file=C4,
        numerator=("Duration_0-10_days", "Duration_11-15_days"),
        denominator=("ICPC",),
        published="",
    ),
    Measure(
        id="CPP_START_RATE",
        definition="CPP_START_RATE",
        title="Child protection plans started per 10,000 children",
        file=D3,
        numerator=("CPP_start",),
        denominator=POPULATION,
        published="",
        unit="per 10,000",
    ),
    Measure(
        id="CPP_REPEAT_EVER",
        definition="CPP_REPEAT_EVER",
        title="Plans started that were a second or later plan",
        file=D3,
        numerator=("CPP_subsequent",),
        denominator=("CPP_start",),
        published="CPP_subsequent_percent",
    ),
    Measure(
        id="CPP_RATE",
        definition="CPP_RATE",
        title="Child protection plans open at 31 March per 10,000 children",
        file=D5,
        numerator=("CPP_At31",),
        denominator=POPULATION,
        published="",
        unit="per 10,000",
    ),
    Measure(
        id="CPP_REVIEW",
        definition="CPP_REVIEW",
        title="Children on a plan three months or more whose reviews were all in time",
        file=D6,
        numerator=("Reviewed_within_timescales",),
        denominator=("CPP_At31_3Months",),
        published="Reviewed_within_timescales_percent",
    ),
)

DURATIONS = tuple(
    Measure(
        id=id,
        definition=id if id == "CPP_2Y_ACTIVE" else "",
        title=f"Plans open at 31 March that had lasted {how_long}",
        file=D5,
        numerator=(column,),
        denominator=("CPP_At31",),
        published=f"{column}_percent",
        known=(ONE_HALF_ROUNDED_DOWN,) if id == "CPP_6M_1Y" else (),
    )
    for id, how_long, column in (
        ("CPP_TO_3M", "three months or less", "3_months_or_less"),
        ("CPP_3M_6M", "over three and up to six months", "more_than_3_months_6_months"),
        ("CPP_6M_1Y", "over six months and under a year", "more_than_6_months_less_than_1_year"),
        ("CPP_1Y_2Y", "a year and under two", "1_year_less_than_2_years"),
        ("CPP_2Y_ACTIVE", "two years or more", "2_years_or_more"),
    )
)

NATIONAL_RATES = tuple(
    Measure(
        id=id,
        title=f"England: {title} per 10,000 children",
        file=A2,
        numerator=("number",),
        denominator=POPULATION,
        published="rate",
        unit="per 10,000",
        where=(("category_type", category),),
        known=(OLDER_POPULATION,),
    )
    for id, title, category in (
        ("A2_S47", "section 47 enquiries", "Section 47s in the year"),
        ("A2_S47_CHILD", "children with a section 47 enquiry", "Children subject to a Section 47 in the year"),
        ("A2_ICPC", "initial conferences", "ICPCs in the year"),
        ("A2_ICPC_CHILD", "children with an initial conference", "Children subject to an ICPC in the year"),
        ("A2_CPP", "plans open at 31 March", "CPP at 31 March"),
        ("A2_CPP_START", "plans started", "CPPs starting in the year"),
        ("A2_CPP_START_CHILD", "children starting a plan", "Children starting CPPs in the year"),
        ("A2_CPP_END", "plans ended", "CPPs ending in the year"),
        ("A2_CPP_END_CHILD", "children ending a plan", "Children ending CPPs in the year"),
    )
)

# Only the share of ended plans answers a published definition here: D3 and D6 answer the other two for every area. (For
# 2022 this file counts 14,990 second or later plans, 23.3 per cent; D3 and the later releases say 22.7.)
NATIONAL_SHARES = tuple(
    Measure(
        id=id,
        definition=definition,
        title=f"England: {title}",
        file=A2,
        numerator=("number",),
        denominator=("number",),
        published="percent",
        where=(("category_type", part),),
        out_of=(("category_type", whole),),
    )
    for id, definition, title, part, whole in (
        (
            "A2_CPP_REVIEW",
            "",
            "children on a plan three months or more reviewed in time",
            "CPP for 3 months or more reviewed within timescales",
            "Children subject to a CPP for 3 months or more",
        ),
        (
            "A2_CPP_REPEAT",
            "",
            "plans started that were a second or later plan",
            "CPPs starting which were a second or subsequent plan",
            "CPPs starting in the year",
        ),
        (
            "A2_CPP_2Y_CEASED",
            "CPP_2Y_CEASED",
            "plans ended that had lasted two years or more",
            "CPPs ending that had lasted two years or more",
            "CPPs ending in the year",
        ),
    )
)

CHILDREN_IN_NEED: tuple[Measure, ...] = (
    *REFERRALS,
    *IN_NEED,
    *PROTECTION,
    *DURATIONS,
    *NATIONAL_RATES,
    *NATIONAL_SHARES,
)
