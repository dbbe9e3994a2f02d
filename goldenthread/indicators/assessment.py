"""Assessments and section 47 enquiries: how many, how long they take, and how soon the child is seen."""

from __future__ import annotations

from dataclasses import replace

import narwhals as nw

from goldenthread.dataset.engines import Lazy
from goldenthread.dataset.store import Dataset
from goldenthread.dates import with_working_days_between
from goldenthread.indicators.front_door import BOARD, CIN_STATISTICS, met_in_hours
from goldenthread.indicators.limits import limit, limit_number
from goldenthread.indicators.model import Basis, Indicator, Rows, Unit
from goldenthread.indicators.rows import Parts, flow, pick, true
from goldenthread.indicators.shared import shared

CENSUS_LIMIT = "single_assessment_45wd_census"
BANDS = {"0-10": (0, 10), "11-30": (11, 30), "31-45": (31, None)}
"""The printed bands in working days; the last ends at the limit of the statute book."""


@shared
def _assessments(dataset: Dataset) -> Lazy:
    """Completed single assessments with `days`, the working days from start (day 0) to authorisation."""
    single = dataset.lazy("assessments").filter(
        ~nw.col("authorised_on").is_null() & nw.coalesce(nw.col("kind") == "single", nw.lit(True))
    )
    return with_working_days_between(single, "started_on", "authorised_on", "days")


def _completed(first: int, last: int | None, *, over: bool = False) -> Rows:
    """The rows of a band: from `first` to `last` working days, or to (with `over`, past) the statute book's limit."""

    def rows(dataset: Dataset) -> Parts:
        longest = limit_number(CENSUS_LIMIT)
        days = nw.col("days")
        upper = longest if last is None else last
        inside = days > longest if over else (days >= first) & (days <= upper)
        counted = true(days >= 0)
        return flow(
            _assessments(dataset),
            "assessments",
            "assessment_id",
            "authorised_on",
            denominator=counted,
            numerator=counted & true(inside),
            reason=pick((days.is_null(), "no_days"), (~counted, "backwards"), (inside, "inside"), otherwise="outside"),
        )

    return rows


def _initiated(dataset: Dataset) -> Parts:
    return flow(
        dataset.lazy("section_47_enquiries"),
        "section_47_enquiries",
        "section_47_id",
        "started_on",
        reason="started",
    )


def _seen_after_enquiry(dataset: Dataset) -> Parts:
    met = met_in_hours(
        dataset.lazy("section_47_enquiries"), "started", "child_first_seen", limit("child_seen_24h_york")
    )
    return _seen(met, "section_47_enquiries", "section_47_id", "started_on")


def _seen_after_referral(dataset: Dataset) -> Parts:
    referred = dataset.lazy("referrals").select("referral_id", nw.col("received_on").alias("referred_on"))
    frame = dataset.lazy("assessments").join(referred, on="referral_id", how="left")
    frame = frame.with_columns(nw.coalesce(nw.col("referred_on"), nw.col("started_on")).alias("from_on"))
    met = met_in_hours(frame, "from", "child_first_seen", limit("child_seen_5wd_york"))
    return _seen(met, "assessments", "assessment_id", "from_on")


def _seen(met: Lazy, table: str, row_id: str, on: str) -> Parts:
    unseen = nw.col("child_first_seen_on").is_null()
    return flow(
        met,
        table,
        row_id,
        on,
        numerator=nw.col("in_time"),
        reason=pick((nw.col("in_time"), "in_time"), (unseen, "not_seen"), otherwise="late"),
    )


_BAND_REASONS = (
    ("inside", "The working days taken fall in this band (the day it started is day 0)."),
    ("outside", "The working days taken fall outside this band."),
    ("backwards", "Left out: authorised before it started, which cannot be right."),
    ("no_days", "Left out: a date is outside the years whose bank holidays are held."),
)

_WITHIN_45 = Indicator(
    id="CSC020",
    row="within-45",
    printed_row=4,
    section="Assessments and section 47",
    title="Single assessments completed within 45 working days",
    question="Are assessments finished in the time allowed?",
    numerator="Single assessments authorised in the period, 45 working days or fewer after they started",
    denominator="Single assessments authorised in the period",
    exclusions="Initial and core assessments; assessments authorised before they started",
    unit=Unit.PERCENT,
    basis=Basis.YEAR_TO_DATE,
    places=2,
    source=f"{BOARD}, CSC020; {CIN_STATISTICS}; the start day is day 0, as in the DfE's published duration bands",
    national_definition="ASSESS_45 (year to 31 March by authorisation, one decimal place)",
    published="",
    missing="An assessment without an authorisation date is not complete. One of unknown kind is taken as single.",
    needs=("assessments", "assessments.authorised_on"),
    flow=_completed(0, None),
    rules=(CENSUS_LIMIT,),
    reasons=_BAND_REASONS,
)


def _band(number: int, row: str, first: int, last: int | None) -> Indicator:
    words = f"{first} to {45 if last is None else last} working days"
    return replace(
        _WITHIN_45,
        row=row,
        printed_row=number,
        title=f"Single assessments completed in {words}",
        numerator=f"Single assessments authorised in the period, {words} after they started",
        national_definition="None for this band",
        flow=_completed(first, last),
    )


ASSESSMENT_BANDS = (
    *(_band(number, row, *band) for number, (row, band) in enumerate(BANDS.items(), start=1)),
    _WITHIN_45,
    replace(
        _WITHIN_45,
        row="over-45",
        printed_row=5,
        title="Single assessments completed in more than 45 working days",
        numerator="Single assessments authorised in the period, more than 45 working days after they started",
        national_definition="None for this band",
        flow=_completed(0, None, over=True),
    ),
)

WITHIN_45 = replace(
    _WITHIN_45,
    id="EFL3",
    row="",
    printed_row=1,
    source=f"{BOARD}, EFL3 (printed twice: it is the CSC020 row for 45 working days); {CIN_STATISTICS}",
    published="ASSESS_45",
)

ENQUIRIES = Indicator(
    id="CSC050",
    row="",
    section="Assessments and section 47",
    title="Section 47 enquiries started per 10,000 children",
    question="How many child protection enquiries begin, for the size of the child population?",
    numerator="Section 47 enquiries that started in the period",
    denominator="Children aged 0 to 17, mid-year estimate of the year before the financial year's end",
    exclusions="None",
    unit=Unit.RATE_PER_10000,
    basis=Basis.YEAR_TO_DATE,
    places=2,
    source=f"{BOARD}, CSC050; {CIN_STATISTICS}",
    national_definition="S47_RATE (year to 31 March, one decimal place)",
    published="S47_RATE",
    missing="An enquiry always has a start date; nothing else is read.",
    needs=("section_47_enquiries",),
    flow=_initiated,
    denominator_population=True,
    reasons=(("started", "An enquiry started on this day."),),
)

SEEN_24H = Indicator(
    id="SEEN_24H",
    row="",
    section="Assessments and section 47",
    title="Children seen within 24 hours of a section 47 enquiry starting",
    question="Is a child who may be suffering harm seen at once?",
    numerator="Enquiries in which the child was first seen within the hours allowed after the enquiry started",
    denominator="Section 47 enquiries that started in the period",
    exclusions="None",
    unit=Unit.PERCENT,
    basis=Basis.YEAR_TO_DATE,
    places=2,
    source="York overview of children's services, 24 September 2019, journey table (Assessment Teams)",
    national_definition="None: guidance asks that a child be seen in a time that fits the risk",
    missing="No record that the child was seen is not in time. Where a time of day is missing, the whole "
    "day is allowed.",
    needs=("section_47_enquiries", "section_47_enquiries.child_first_seen_on"),
    flow=_seen_after_enquiry,
    rules=("child_seen_24h_york",),
    reasons=(
        ("in_time", "The child was first seen within the time allowed."),
        ("late", "The child was first seen after the time allowed."),
        ("not_seen", "No day on which the child was seen is recorded."),
    ),
)

SEEN_5WD = replace(
    SEEN_24H,
    id="SEEN_5WD",
    title="Children seen within 5 working days of the referral that led to an assessment",
    question="Is a child who is being assessed seen soon?",
    numerator="Assessments in which the child was first seen within the working days allowed after the referral",
    denominator="Assessments whose referral was received in the period",
    source="York overview of children's services, 24 September 2019, journey table (Assessment Teams); the "
    "trigger is not "
    "printed, and the referral is taken",
    national_definition="None: a York practice standard",
    missing="No record that the child was seen is not in time. An assessment with no referral counts from "
    "its own start.",
    needs=("assessments", "assessments.child_first_seen_on"),
    flow=_seen_after_referral,
    rules=("child_seen_5wd_york",),
)

INDICATORS = (*ASSESSMENT_BANDS, WITHIN_45, ENQUIRIES, SEEN_24H, SEEN_5WD)
