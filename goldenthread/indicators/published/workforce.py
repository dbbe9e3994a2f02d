"""The social work workforce: vacancies, agency, turnover, cover, caseload and absence."""

from __future__ import annotations

from goldenthread.indicators.published.measure import (
    FULL_TIME_EQUIVALENT,
    HEADS,
    Measure,
)

WORKFORCE = "csww_indicators"
FTE_REMARK = "full-time equivalents are published to 0.1, so some rates cannot be reached exactly"
# Working days in a full-time year to 30 September. The published method says 253; the published rates follow from 254
# in the two years that hold a 29 February (every authority, within the rounding of counts), and from 253 in the rest.
WORKING_DAYS_A_YEAR = 253
WORKING_DAYS_IN_A_LEAP_YEAR = 254
LEAP_YEARS = (2020, 2024)


def _workforce(
    id: str, title: str, numerator: str, denominator: tuple[str, ...], published: str, *, heads: bool = False
) -> Measure:
    return Measure(
        id=id,
        definition="" if heads or id.startswith("WF_COVER") else id,
        title=title,
        file=WORKFORCE,
        numerator=(numerator,),
        denominator=denominator,
        published=published,
        within=HEADS if heads else FULL_TIME_EQUIVALENT,
        remark="" if heads else FTE_REMARK,
    )


SOCIAL_WORKERS = (
    _workforce(
        "WF_VAC",
        "Social worker posts vacant, of posts filled and vacant",
        "vacancy_fte",
        ("vacancy_fte", "inpost_fte"),
        "vacancy_rate_fte",
    ),
    _workforce(
        "WF_AGENCY",
        "Agency social workers, of agency and employed",
        "agency_fte",
        ("agency_fte", "inpost_fte"),
        "agency_rate_fte",
    ),
    _workforce(
        "WF_AGENCY_HEADS",
        "Agency social workers, of agency and employed, by heads",
        "agency_headcount",
        ("agency_headcount", "inpost_headcount"),
        "agency_rate_headcount",
        heads=True,
    ),
    _workforce(
        "WF_TURN",
        "Social workers who left in the year, of those in post at its end",
        "leavers_fte",
        ("inpost_fte",),
        "turnover_rate_fte",
    ),
    _workforce(
        "WF_TURN_HEADS",
        "Social workers who left in the year, of those in post at its end, by heads",
        "leavers_headcount",
        ("inpost_headcount",),
        "turnover_rate_headcount",
        heads=True,
    ),
    _workforce(
        "WF_COVER",
        "Agency social workers covering a vacancy, of agency social workers",
        "agency_cover_fte",
        ("agency_fte",),
        "agency_cover_rate_fte",
    ),
    _workforce(
        "WF_COVER_VACANCY",
        "Vacancies covered by an agency social worker",
        "agency_cover_fte",
        ("vacancy_fte",),
        "vacancy_agency_cover_rate_fte",
    ),
    Measure(
        id="WF_CASELOAD",
        definition="WF_CASELOAD",
        title="Cases for each full-time equivalent social worker who holds any",
        file=WORKFORCE,
        numerator=("cases",),
        denominator=("case_holders_fte",),
        published="caseload_fte",
        unit="average",
        within=HEADS,
        denominator_within=FULL_TIME_EQUIVALENT,
        remark=FTE_REMARK,
    ),
    Measure(
        id="WF_ABSENCE",
        definition="WF_ABSENCE",
        title="Working days lost to sickness, of working days of those in post",
        file=WORKFORCE,
        numerator=("working_days_lost_fte",),
        denominator=("inpost_fte",),
        published="absence_rate_fte",
        denominator_times=WORKING_DAYS_A_YEAR,
        denominator_times_in=tuple((year, WORKING_DAYS_IN_A_LEAP_YEAR) for year in LEAP_YEARS),
        within=FULL_TIME_EQUIVALENT,
        remark=FTE_REMARK,
    ),
)
