"""Children looked after and care leavers: rates, stability of placements, activity and accommodation."""

from __future__ import annotations

from goldenthread.indicators.published.measure import (
    POPULATION,
    Measure,
)

LOOKED_AFTER = "cla_number_and_rate"
STABILITY = "la_cla_placement_stability"
ACTIVITY = "la_care_leavers_activity"
ACCOMMODATION = "la_care_leavers_accommodation"

LOOKED_AFTER_RATES = tuple(
    Measure(
        id=id,
        definition=id,
        title=f"Children {what} per 10,000 children",
        file=LOOKED_AFTER,
        numerator=("children_count",),
        denominator=POPULATION,
        published="rate_per_10000",
        unit="per 10,000",
        places=0,
        where=(("population_type", population_type),),
    )
    for id, what, population_type in (
        ("CLA_RATE", "looked after at 31 March", "Children looked after on 31 March each year"),
        ("CLA_START", "starting to be looked after", "Children starting to be looked after each year"),
        ("CLA_CEASE", "ceasing to be looked after", "Children ceasing to be looked after each year"),
    )
)

PLACEMENT_STABILITY = tuple(
    Measure(
        id=id,
        definition=definition,
        title=title,
        file=STABILITY,
        numerator=("children_count",),
        denominator=("children_count",),
        published="children_percent",
        places=0,
        where=(("cla_group", group), ("placement_stability", part)),
        out_of=(("placement_stability", "Total children"),),
    )
    for id, definition, title, group, part in (
        (
            "CLA_3PLUS",
            "CLA_3PLUS",
            "Children looked after with three or more placements in the year",
            "CLA on 31 March",
            "With 3 or more placements during the year",
        ),
        (
            "CLA_3PLUS_2Y",
            "",
            "Children looked after two years with three or more placements in the two years",
            "CLA 2 years on 31 March",
            "With 3 or more placements during the previous 2 years",
        ),
        (
            "CLA_LONG_STABLE",
            "CLA_LONG_STABLE",
            "Children under 16 looked after two and a half years, with one carer for two",
            "Children looked after continuously for at least 2.5 years on 31 March aged under 16 years",
            "Living with the same carer for at least 2 years",
        ),
    )
)

AGES = (("", "19 to 21", "19 to 21 years"), ("_17_18", "17 to 18", "17 to 18 years"))


def _care_leavers(id: str, title: str, file: str, breakdown: str, total: str, definition: str) -> tuple[Measure, ...]:
    """The measure for each of the two age groups; the headline definition is of those aged 19 to 21."""
    return tuple(
        Measure(
            id=f"{id}{ending}",
            definition=definition if not ending else "",
            title=f"Care leavers aged {ages}: {title}",
            file=file,
            numerator=("care_leaver_count",),
            denominator=("care_leaver_count",),
            published="care_leaver_percent",
            places=0,
            where=(("care_leaver_age", age_code), ("breakdown", breakdown)),
            out_of=(("breakdown", total),),
        )
        for ending, ages, age_code in AGES
    )


CARE_LEAVERS = tuple(
    measure
    for id, definition, title, breakdown in (
        ("CL_EET", "CL_EET", "in education, employment or training", "Total in education, employment or training"),
        ("CL_NEET", "CL_NEET", "in none of these", "Total not in education, employment or training"),
        ("CL_UNKNOWN", "", "activity not known", "Total information not known"),
        ("CL_HIGHER", "", "in higher education", "Higher education i.e. studies beyond A level"),
        ("CL_EDUCATION", "", "in other education", "Education other than higher education"),
        ("CL_APPRENTICE", "", "in an apprenticeship", "In an apprenticeship"),
        ("CL_WORK", "", "in training or employment", "In training or employment"),
        (
            "CL_WORK_OTHER",
            "",
            "in training or employment other than an apprenticeship",
            "In training or employment (excl. apprenticeship)",
        ),
        (
            "CL_NEET_ILL",
            "",
            "in none, through illness or disability",
            "Not in education, training or employment, owing to illness or disability",
        ),
        (
            "CL_NEET_PARENT",
            "",
            "in none, through pregnancy or parenting",
            "Not in education, training or employment, owing to pregnancy or parenting",
        ),
        (
            "CL_NEET_OTHER",
            "",
            "in none, for another reason",
            "Not in education, training or employment, owing to other reasons",
        ),
    )
    for measure in _care_leavers(id, title, ACTIVITY, breakdown, "Total", definition)
) + tuple(
    measure
    for id, definition, title, breakdown in (
        ("CL_ACCOM", "CL_ACCOM", "in suitable accommodation", "Accommodation considered suitable"),
        ("CL_ACCOM_NOT", "", "in unsuitable accommodation", "Accommodation considered unsuitable"),
        ("CL_ACCOM_UNKNOWN", "", "accommodation not known", "No information"),
    )
    for measure in _care_leavers(id, title, ACCOMMODATION, breakdown, "Suitability total", definition)
)

LOOKED_AFTER_CHILDREN: tuple[Measure, ...] = (*LOOKED_AFTER_RATES, *PLACEMENT_STABILITY, *CARE_LEAVERS)
