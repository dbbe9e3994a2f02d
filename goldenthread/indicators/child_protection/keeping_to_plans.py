"""Whether child protection plans are kept to: reviews, visits and core groups when they are due."""

from __future__ import annotations

from dataclasses import replace

import narwhals as nw

from goldenthread.dataset.engines import Lazy
from goldenthread.dataset.store import Dataset
from goldenthread.indicators.child_protection.plans import ELSEWHERES, SAFEGUARDING, SECTION, plans
from goldenthread.indicators.clocks import clocks, closed_on
from goldenthread.indicators.limits import limit_number
from goldenthread.indicators.model import Basis, Indicator, Unit
from goldenthread.indicators.rows import Parts, earlier, plus_days, spans, together
from goldenthread.indicators.sources import CIN_STATISTICS
from goldenthread.indicators.timelines import from_month
from goldenthread.indicators.timely import kept_up

FIRST_REVIEW, LATER_REVIEWS = "cp_review_first_3m", "cp_review_subsequent_6m"
VISIT = "cp_plan_visit"
FIRST_CORE_GROUP, LATER_CORE_GROUPS = "core_group_first_10wd", "core_group_subsequent"


def _reviewed(dataset: Dataset) -> Parts:
    """Plans of three months or more, in time until the first day on which a review was late."""
    lasting = from_month(plans(dataset), limit_number(FIRST_REVIEW))
    joined = lasting.join(_first_breach(dataset), on="row_id", how="inner")
    kept = joined.with_columns(earlier(nw.col("breached_on"), nw.col("ends")).alias("ends"))
    return together(
        spans(joined, numerator=False, reason="late"),
        spans(kept, denominator=False, numerator=True, reason="in_time"),
    )


def _first_breach(dataset: Dataset) -> Lazy:
    """Of each plan with a review to be held: `row_id`, and `breached_on`, the day after one was due and not held."""
    found = clocks(dataset, FIRST_REVIEW, LATER_REVIEWS)
    late = nw.when(closed_on() > nw.col("due_on")).then(plus_days(nw.col("due_on"), 1))
    due = found.select("child_id", "trigger_on", late.alias("breached_on"))
    of_plan = due.join(plans(dataset).select("child_id", "row_id", "begins", "ends"), on="child_id", how="inner")
    begun = (nw.col("trigger_on") >= nw.col("begins")) & (nw.col("trigger_on") < nw.col("ends"))
    return of_plan.filter(begun).group_by("row_id").agg(nw.col("breached_on").min())


REVIEWS = Indicator(
    id="CPP_REVIEW",
    row="",
    section=SECTION,
    title="Child protection plans reviewed in time",
    question="Are plans looked at again when they should be?",
    numerator="Plans of at least three months, every review of which was held by the day it was due: "
    "the first within three months, the rest within six of the one before",
    denominator="Plans open at the end of the day that had lasted at least three months",
    exclusions=ELSEWHERES,
    unit=Unit.PERCENT,
    basis=Basis.SNAPSHOT,
    places=1,
    source=CIN_STATISTICS,
    national_definition="CPP_REVIEW (31 March)",
    missing="No review held by its due day is a late review. A source that records no reviews at all cannot answer.",
    needs=("cp_plans", "conferences"),
    spans=_reviewed,
    rules=(FIRST_REVIEW, LATER_REVIEWS),
    reasons=(
        ("in_time", "Every review due by this day was held in time."),
        ("late", "A review due by this day was late or has not been held."),
    ),
)


def _visited(dataset: Dataset) -> Parts:
    return kept_up(plans(dataset), clocks(dataset, VISIT))


VISITS = Indicator(
    id="CP_VISIT_20D",
    row="",
    section=SECTION,
    title="Children on a plan visited within the 20 days of the local standard",
    question="Are children on a plan seen as often as they should be?",
    numerator="Those for whom no visit is overdue: "
    "the last one, or the start of the plan, is no further back than the standard allows",
    denominator="Plans open at the end of the day for which a visit is to be made",
    exclusions=ELSEWHERES,
    unit=Unit.PERCENT,
    basis=Basis.SNAPSHOT,
    places=1,
    source=f"{SAFEGUARDING}: every 20 days, read as working days",
    national_definition="None: no national frequency",
    missing="A visit not said to have missed the child is taken to have seen the child. No visit is no visit. "
    "A source that records no such visits at all cannot answer.",
    needs=("cp_plans", "visits"),
    spans=_visited,
    rules=(VISIT,),
    reasons=(
        ("in_time", "The last visit, or the start of the plan, is no further back than the standard allows."),
        ("overdue", "The next visit is overdue: the day it was due by has passed."),
        ("no_date", "Left out: no visit was to be made, because the child has died or moved away or none is recorded."),
    ),
)


def _core_groups(dataset: Dataset) -> Parts:
    return kept_up(plans(dataset), clocks(dataset, FIRST_CORE_GROUP, LATER_CORE_GROUPS))


CORE_GROUPS = replace(
    VISITS,
    id="CORE_GROUP_4W",
    title="Core groups held in timescale",
    question="Do the people carrying out the plan meet as often as they should?",
    numerator="Those for whom no core group is overdue: the first after the plan starts, then each after the last",
    denominator="Plans open at the end of the day for which a core group is to be held",
    source=f"{SAFEGUARDING}: every four weeks",
    national_definition="None: guidance sets the first core group only",
    missing="No core group recorded is no core group. A source that records none at all cannot answer.",
    needs=("cp_plans", "core_groups"),
    spans=_core_groups,
    rules=(FIRST_CORE_GROUP, LATER_CORE_GROUPS),
    reasons=(
        ("in_time", "The last core group, or the start of the plan, is no further back than the standard allows."),
        ("overdue", "The next core group is overdue: the day it was due by has passed."),
        ("no_date", "Left out: no core group was to be held, because the child has died or moved away."),
    ),
)

INDICATORS = (REVIEWS, VISITS, CORE_GROUPS)
