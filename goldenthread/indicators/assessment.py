"""Assessments and section 47 enquiries: how many, how long they take, and how soon the child is seen."""

from __future__ import annotations

from dataclasses import replace

import narwhals as nw

from goldenthread.dataset.engines import Lazy
from goldenthread.dataset.store import Dataset
from goldenthread.dates import with_working_days_between
from goldenthread.indicators.clocks import clocks
from goldenthread.indicators.model import Basis, Indicator, Rows, Unit
from goldenthread.indicators.rows import Parts, flow, pick, true
from goldenthread.indicators.shared import shared
from goldenthread.indicators.sources import BOARD, CIN_STATISTICS, JOURNEY
from goldenthread.indicators.timely import answered

CENSUS_LIMIT = "single_assessment_45wd_census"
SEEN_AT_ONCE, SEEN_SOON = "child_seen_24h_york", "child_seen_5wd_york"
BANDS = {"0-10": (0, 10), "11-30": (11, 30), "31-45": (31, None)}
"""The printed bands in working days; the last ends on the day the assessment was due."""


@shared
def _assessments(dataset: Dataset) -> Lazy:
    """Completed single assessments with `days`, the working days from start (day 0) to authorisation, and `due_on`."""
    single = dataset.lazy("assessments").filter(
        ~nw.col("authorised_on").is_null() & nw.coalesce(nw.col("kind") == "single", nw.lit(True))
    )
    due = clocks(dataset, CENSUS_LIMIT).select(nw.col("trigger_row_id").alias("assessment_id"), "due_on")
    counted = with_working_days_between(single, "started_on", "authorised_on", "days")
    return counted.join(due, on="assessment_id", how="left")


def _completed(first: int, last: int | None, *, over: bool = False) -> Rows:
    """The rows of a band: from `first` to `last` working days, or to (with `over`, past) the day it was due."""

    def rows(dataset: Dataset) -> Parts:
        days, by_due_day = nw.col("days"), nw.col("authorised_on") <= nw.col("due_on")
        upper = by_due_day if last is None else days <= last
        inside = ~by_due_day if over else (days >= first) & upper
        known = ~days.is_null() & ~nw.col("due_on").is_null()
        counted = known & true(days >= 0)
        return flow(
            _assessments(dataset),
            "assessments",
            "assessment_id",
            "authorised_on",
            denominator=counted,
            numerator=counted & true(inside),
            reason=pick((~known, "no_days"), (~counted, "backwards"), (inside, "inside"), otherwise="outside"),
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
    return answered(clocks(dataset, SEEN_AT_ONCE), "section_47_enquiries")


def _seen_after_referral(dataset: Dataset) -> Parts:
    return answered(clocks(dataset, SEEN_SOON), "referrals")


_BAND_REASONS = (
    ("inside", "The working days taken fall in this band (the day it started is day 0)."),
    ("outside", "The working days taken fall outside this band."),
    ("backwards", "Left out: authorised before it started, which cannot be right."),
    ("no_days", "Left out: a date is outside the years whose bank holidays are held, so no day was due."),
)

_WITHIN_45 = Indicator(
    id="CSC020",
    row="within-45",
    printed_row=4,
    section="Assessments and section 47",
    title="Single assessments completed within 45 working days",
    question="Are assessments finished in the time allowed?",
    numerator="Single assessments authorised in the period, by the day they were due: 45 working days after the start",
    denominator="Single assessments authorised in the period",
    exclusions="Initial and core assessments; assessments authorised before they started",
    unit=Unit.PERCENT,
    basis=Basis.YEAR_TO_DATE,
    places=2,
    source=f"{BOARD}, CSC020; {CIN_STATISTICS}; the start day is day 0, as in the DfE's published duration bands",
    national_definition="ASSESS_45 (year to 31 March by authorisation, one decimal place). "
    "The due day is the obligation's; as published, what counts is every assessment completed, not every one due",
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

_ANY_RECORD = (
    "It prints no record to read either. What the standard asks is that a social worker sees the child, so the first "
    "of the enquiry, an assessment or a visit at which the child was seen stops the clock, and not one field alone"
)
READING_24H = (
    "The report prints no trigger; the clock starts with the enquiry, whose start is by the CIN census the strategy "
    f"discussion that decided on it. {_ANY_RECORD}"
)
READING_5WD = (
    "The report does not say whether the clock starts at the referral or at its allocation; it starts on the day the "
    f"referral is accepted for assessment. {_ANY_RECORD}"
)

SEEN_24H = Indicator(
    id="SEEN_24H",
    row="",
    section="Assessments and section 47",
    title="Children seen within 24 hours of a section 47 enquiry starting",
    question="Is a child who may be suffering harm seen at once?",
    numerator="Enquiries in which the child was first seen within the hours allowed after the enquiry started",
    denominator="Section 47 enquiries that started in the period",
    exclusions="Enquiries still within their hours, and those that ended within them",
    unit=Unit.PERCENT,
    basis=Basis.YEAR_TO_DATE,
    places=2,
    source=f"{JOURNEY} (Assessment Teams). {READING_24H}",
    national_definition="None: guidance asks that a child be seen in a time that fits the risk",
    missing="No record that the child was seen, on the enquiry, an assessment or a visit, is not in time. "
    "Where a time of day is missing, the whole day is allowed.",
    needs=("section_47_enquiries", "section_47_enquiries.child_first_seen_on"),
    flow=_seen_after_enquiry,
    rules=(SEEN_AT_ONCE,),
    reasons=(
        ("in_time", "The child was first seen within the time allowed."),
        ("late", "The child was first seen after the time allowed."),
        ("not_done", "No day on which the child was seen is recorded."),
        ("not_yet_due", "Left out: the child has not been seen, and there is time yet."),
        ("ended_first", "Left out: it ended, with the child not seen, before the time was up."),
    ),
)

SEEN_5WD = replace(
    SEEN_24H,
    id="SEEN_5WD",
    title="Children seen within 5 working days of the referral that led to an assessment",
    question="Is a child who is being assessed seen soon?",
    numerator="Referrals after which the child was first seen within the working days allowed",
    denominator="Referrals accepted in the period, for an assessment or a strategy discussion",
    exclusions="Referrals still within their days, and those closed or assessed within them",
    source=f"{JOURNEY} (Assessment Teams). {READING_5WD}",
    national_definition="None: a York practice standard",
    missing="No record that the child was seen, on an assessment, an enquiry or a visit, is not in time. "
    "A referral with no decision recorded counts from the day it was received, if it went on.",
    needs=("referrals", "assessments.child_first_seen_on"),
    flow=_seen_after_referral,
    rules=(SEEN_SOON,),
)

INDICATORS = (*ASSESSMENT_BANDS, WITHIN_45, ENQUIRIES, SEEN_24H, SEEN_5WD)
