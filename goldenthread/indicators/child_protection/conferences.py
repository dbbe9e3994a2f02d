"""Initial child protection conferences: how many, and how soon after the enquiry."""

from __future__ import annotations

import narwhals as nw

from goldenthread.dataset.engines import Lazy
from goldenthread.dataset.store import Dataset
from goldenthread.indicators.child_protection.plans import SECTION
from goldenthread.indicators.clocks import clocks
from goldenthread.indicators.model import Basis, Indicator, Unit
from goldenthread.indicators.rows import Parts, flow, pick, true
from goldenthread.indicators.sources import CIN_STATISTICS, JOURNEY

INITIAL = ("initial", "pre_birth")
FROM_ENQUIRY = "s47_to_icpc_15wd"


def _held(dataset: Dataset) -> Parts:
    frame = dataset.lazy("conferences").filter(nw.col("kind").is_in([*INITIAL, "transfer_in"]))
    return flow(frame, "conferences", "conference_id", "held_on", reason="held")


CONFERENCES = Indicator(
    id="ICPC_RATE",
    row="",
    section=SECTION,
    title="Initial child protection conferences per 10,000 children",
    question="How many children come to conference, for the size of the child population?",
    numerator="Initial conferences held in the period, every one, pre-birth and transfer-in conferences among them",
    denominator="Children aged 0 to 17, mid-year estimate of the year before the financial year's end",
    exclusions="Review conferences",
    unit=Unit.RATE_PER_10000,
    basis=Basis.YEAR_TO_DATE,
    places=1,
    source=CIN_STATISTICS,
    national_definition="ICPC_RATE",
    missing="A conference always has a day and a kind; nothing else is read.",
    needs=("conferences",),
    flow=_held,
    denominator_population=True,
    reasons=(("held", "An initial conference was held on this day."),),
)


def _held_in_time(dataset: Dataset) -> Parts:
    began, due, held = nw.col("began_on"), nw.col("due_on"), nw.col("held_on")
    before = true(held < began)
    in_time = true(held <= due) & ~before
    return flow(
        _with_clock(dataset),
        "conferences",
        "conference_id",
        "held_on",
        numerator=in_time,
        reason=pick((in_time, "in_time"), (before, "before_enquiry"), (due.is_null(), "no_enquiry"), otherwise="late"),
    )


def _with_clock(dataset: Dataset) -> Lazy:
    """Initial conferences with `began_on` and `due_on` of the clock of their enquiry.

    That is the clock the conference answered; or that of the enquiry it is linked to, where an earlier conference of
    the same enquiry had answered it already, or it was held before the enquiry began.
    """
    found = clocks(dataset, FROM_ENQUIRY)
    began, due = nw.col("trigger_on"), nw.col("due_on")
    answered = found.filter(~nw.col("satisfied_row_id").is_null()).select(
        nw.col("satisfied_row_id").alias("conference_id"), began.alias("began_on"), due.alias("due_on")
    )
    linked = found.select(
        nw.col("trigger_row_id").alias("section_47_id"), began.alias("linked_from"), due.alias("linked_due")
    )
    frame = dataset.lazy("conferences").filter(nw.col("kind").is_in(list(INITIAL)))
    frame = frame.select("child_id", "conference_id", "section_47_id", "held_on")
    frame = frame.join(answered, on="conference_id", how="left").join(linked, on="section_47_id", how="left")
    return frame.with_columns(
        nw.coalesce(nw.col("began_on"), nw.col("linked_from")).alias("began_on"),
        nw.coalesce(nw.col("due_on"), nw.col("linked_due")).alias("due_on"),
    )


CONFERENCE_15 = Indicator(
    id="ICPC_15",
    row="",
    section=SECTION,
    title="Initial conferences within 15 working days of the section 47 enquiry",
    question="Is a child brought to conference in time?",
    numerator="Initial conferences held on or after the strategy discussion that opened the enquiry, "
    "and by the day its conference was due",
    denominator="Initial conferences held in the period, every one",
    exclusions="Transfer-in conferences, which no enquiry opens",
    unit=Unit.PERCENT,
    basis=Basis.YEAR_TO_DATE,
    places=1,
    source=f"{JOURNEY} (Assessment Teams); {CIN_STATISTICS}",
    national_definition="ICPC_15 (year to 31 March). The due day is the obligation's; but, as published, "
    "it is of the conferences held, not of those due: an enquiry still waiting for its conference is not in it",
    missing="A conference of no known enquiry stays in the denominator and is not in time, as in the published count.",
    needs=("conferences", "section_47_enquiries"),
    flow=_held_in_time,
    rules=(FROM_ENQUIRY,),
    reasons=(
        ("in_time", "Held by the day it was due after the strategy discussion."),
        ("late", "Held after the day it was due."),
        ("before_enquiry", "Held before the enquiry it is linked to began, so not counted as in time."),
        ("no_enquiry", "No section 47 enquiry is known that it answers, so nothing says when it was due."),
    ),
)

INDICATORS = (CONFERENCES, CONFERENCE_15)
