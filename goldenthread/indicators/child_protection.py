"""Child protection: conferences, plans, plans again, reviews, visits, core groups and time on a plan.

Over the usual length: ten indicators on one set of plans, which share the frames below.
"""

from __future__ import annotations

from dataclasses import replace

import narwhals as nw

from goldenthread.dataset.engines import Lazy
from goldenthread.dataset.store import Dataset
from goldenthread.dates import with_plus_months, with_working_days_between
from goldenthread.indicators.front_door import BOARD, CIN_STATISTICS
from goldenthread.indicators.limits import limit, limit_number, local_limit
from goldenthread.indicators.model import Basis, Indicator, Rows, Unit
from goldenthread.indicators.ordering import in_order
from goldenthread.indicators.rows import (
    Parts,
    day_number,
    earlier,
    flow,
    pick,
    plus_days,
    spans,
    things,
    together,
    true,
)
from goldenthread.indicators.shared import shared
from goldenthread.indicators.timelines import from_month, latest, up_to, with_limit, within

JOURNEY = "York overview of children's services, 24 September 2019, journey table (Safeguarding Intervention Service)"
PLAN = ("child_id", "cp_plan_id")
INITIAL = ("initial", "pre_birth")
MOST_DAYS = 729
"""Two years as the published definition counts them: a plan that has lasted more than 729 days."""
AGAIN_MONTHS, AGAIN_LONGER_MONTHS = 12, 24
"""The windows of the printed indicator 65a and of the regional data set it is compared with."""


@shared
def plans(dataset: Dataset) -> Lazy:
    """Child protection plans of this authority as things, `row_id` being the plan's."""
    ours = dataset.lazy("cp_plans").filter(~true(nw.col("temporary_other_authority")))
    return things(ours, "cp_plans", "cp_plan_id", "started_on", "ended_on")


def _held(dataset: Dataset) -> Parts:
    frame = dataset.lazy("conferences").filter(nw.col("kind").is_in([*INITIAL, "transfer_in"]))
    return flow(frame, "conferences", "conference_id", "held_on", reason="held")


def _held_in_time(dataset: Dataset) -> Parts:
    enquiries = dataset.lazy("section_47_enquiries").select("section_47_id", nw.col("started_on").alias("enquiry_on"))
    frame = dataset.lazy("conferences").filter(nw.col("kind").is_in(list(INITIAL)))
    frame = with_working_days_between(
        frame.join(enquiries, on="section_47_id", how="left"), "enquiry_on", "held_on", "days"
    )
    days, longest = nw.col("days"), limit_number("s47_to_icpc_15wd")
    inside = (days >= 0) & (days <= longest)
    return flow(
        frame,
        "conferences",
        "conference_id",
        "held_on",
        numerator=inside,
        reason=pick(
            (inside, "in_time"),
            (nw.col("enquiry_on").is_null(), "no_enquiry"),
            (days < 0, "before_enquiry"),
            otherwise="late",
        ),
    )


@shared
def _started(dataset: Dataset) -> Lazy:
    """Plans with the child's plan before this one. The source's own count of earlier plans stands where none
    is held."""
    order = ["started_on", "cp_plan_id"]
    ours = dataset.lazy("cp_plans").filter(~true(nw.col("temporary_other_authority")))
    dated = ours.with_columns(nw.coalesce(nw.col("ended_on"), nw.col("started_on")).alias("reckoned_on"))
    return in_order(dated, ("child_id",), order, before={"earlier_start": "started_on", "earlier_end": "reckoned_on"})


def _again_ever(dataset: Dataset) -> Parts:
    again = ~nw.col("earlier_start").is_null() | true(nw.col("previous_plans") > 0)
    return _plan_starts(_started(dataset), again, pick((again, "again"), otherwise="first"))


def _again_within(months: int) -> Rows:
    def rows(dataset: Dataset) -> Parts:
        frame = with_plus_months(_started(dataset), "earlier_end", months, "window_ends")
        again = true(nw.col("started_on") <= nw.col("window_ends"))
        none_held = nw.col("earlier_start").is_null()
        reason = pick(
            (again, "soon"),
            (none_held & (nw.col("previous_plans") > 0), "unknown_when"),
            (none_held, "first"),
            otherwise="long_ago",
        )
        return _plan_starts(frame, again, reason)

    return rows


def _plan_starts(frame: Lazy, met: nw.Expr, reason: nw.Expr) -> Parts:
    return flow(frame, "cp_plans", "cp_plan_id", "started_on", numerator=met, reason=reason)


def _open(dataset: Dataset) -> Parts:
    return spans(plans(dataset), reason="open")


def _long(dataset: Dataset) -> Parts:
    long_from = plus_days(nw.col("begins"), MOST_DAYS + 1)
    open_plans = plans(dataset)
    long = open_plans.with_columns(long_from.alias("begins"))
    short = open_plans.with_columns(earlier(long_from, nw.col("ends")).alias("ends"))
    return together(spans(short, numerator=False, reason="short"), spans(long, reason="long"))


def _long_when_ended(dataset: Dataset) -> Parts:
    ours = dataset.lazy("cp_plans").filter(~true(nw.col("temporary_other_authority")))
    long = true(plus_days(nw.col("started_on"), MOST_DAYS) < nw.col("ended_on"))
    return flow(
        ours, "cp_plans", "cp_plan_id", "ended_on", numerator=long, reason=pick((long, "long"), otherwise="short")
    )


def _duration(dataset: Dataset) -> Parts:
    return spans(plans(dataset), amount=-day_number(nw.col("begins")), per_day=nw.lit(1.0), reason="open")


def _reviewed(dataset: Dataset) -> Parts:
    """Plans of three months or more, in time until the first day on which a review was late."""
    first, later = limit("cp_review_first_3m"), limit("cp_review_subsequent_6m")
    open_plans = plans(dataset)
    lasting = from_month(open_plans, limit_number("cp_review_first_3m"))
    reviews = dataset.lazy("conferences").filter(nw.col("kind") == "review")
    met = reviews.select("child_id", nw.col("held_on").alias("point"), nw.lit(1).alias("order"))
    owned = open_plans.select(
        "child_id", "row_id", nw.col("begins").alias("plan_begins"), nw.col("ends").alias("plan_ends")
    )
    held = met.join(owned, on="child_id", how="inner").filter(
        (nw.col("point") > nw.col("plan_begins")) & (nw.col("point") <= nw.col("plan_ends"))
    )
    start = owned.with_columns(nw.col("plan_begins").alias("point"), nw.lit(0).alias("order"))
    names = ["row_id", "point", "order", "plan_ends"]
    points = nw.concat([start.select(names), held.select(names)], how="vertical")
    points = in_order(points, ("row_id",), ("point", "order"), after={"next": "point"})
    points = with_limit(with_limit(points, "point", first, "due_first"), "point", later, "due_later")
    due = nw.when(nw.col("order") == 0).then(nw.col("due_first")).otherwise(nw.col("due_later"))
    late = points.with_columns(due.alias("due")).filter(
        true(nw.coalesce(nw.col("next"), nw.col("plan_ends")) > nw.col("due"))
    )
    breached = late.group_by("row_id").agg(nw.col("due").min().alias("due"))
    joined = lasting.join(breached, on="row_id", how="left")
    broken = plus_days(nw.col("due"), 1)
    kept = joined.with_columns(earlier(broken, nw.col("ends")).alias("ends"))
    return together(
        spans(joined, numerator=False, reason="late"),
        spans(kept, denominator=False, numerator=True, reason="in_time"),
    )


def _visited(dataset: Dataset) -> Parts:
    visits = dataset.lazy("visits").filter(
        (nw.col("kind") == "child_protection") & nw.coalesce(nw.col("seen"), nw.lit(True))
    )
    return _kept_up(dataset, visits.select("child_id", nw.col("visited_on").alias("day")), "cp_plan_visit")


def _core_groups(dataset: Dataset) -> Parts:
    held = dataset.lazy("core_groups").select("child_id", nw.col("held_on").alias("day"))
    return _kept_up(dataset, held, "core_group_subsequent", first="core_group_first_10wd")


def _kept_up(dataset: Dataset, events: Lazy, rule: str, first: str = "") -> Parts:
    """Open plans, in time while the last event (or the start) is no further back than the standard allows.

    Before anything is due on a new plan, nothing is late: the start of the plan sets the first clock running.
    """
    allowed = local_limit(rule)
    open_plans = plans(dataset)
    starts = up_to(
        open_plans.select("child_id", nw.col("begins").alias("day")), "day", limit(first) if first else allowed
    )
    after = up_to(events, "day", allowed)
    clocks = [each.select("child_id", "begins", "ends") for each in (starts, after)]
    pieces = latest(nw.concat(clocks, how="vertical"), "ends")
    return together(
        spans(open_plans, numerator=False, reason="overdue"),
        spans(within(open_plans, pieces), denominator=False, numerator=True, reason="in_time"),
    )


_PLAN_RATE = Indicator(
    id="EFL2",
    row="",
    section="Child protection plans",
    title="Children on a child protection plan per 10,000 children",
    question="How many children are protected by a plan, for the size of the child population?",
    numerator="Child protection plans open at the end of the day",
    denominator="Children aged 0 to 17, mid-year estimate of the year before the financial year's end",
    exclusions="Another authority's plan held here for a time",
    unit=Unit.RATE_PER_10000,
    basis=Basis.SNAPSHOT,
    places=2,
    source=f"{BOARD}, EFL2; {CIN_STATISTICS}",
    national_definition="CPP_RATE (31 March, one decimal place)",
    published="CPP_RATE",
    missing="A plan without an end date is open. A plan not said to be another authority's is this one's.",
    needs=("cp_plans",),
    spans=_open,
    denominator_population=True,
    reasons=(("open", "The plan was open on this day."),),
)

CONFERENCES = Indicator(
    id="ICPC_RATE",
    row="",
    section="Child protection plans",
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

CONFERENCE_15 = Indicator(
    id="ICPC_15",
    row="",
    section="Child protection plans",
    title="Initial conferences within 15 working days of the section 47 enquiry",
    question="Is a child brought to conference in time?",
    numerator="Initial conferences held 0 to 15 working days after the strategy discussion that opened the enquiry",
    denominator="Initial conferences held in the period, every one",
    exclusions="Transfer-in conferences, which no enquiry opens",
    unit=Unit.PERCENT,
    basis=Basis.YEAR_TO_DATE,
    places=1,
    source=f"York journey table (Assessment Teams), 24 September 2019; {CIN_STATISTICS}",
    national_definition="ICPC_15 (year to 31 March)",
    missing="A conference linked to no enquiry stays in the denominator and is not in time, as in the published count.",
    needs=("conferences", "section_47_enquiries"),
    flow=_held_in_time,
    rules=("s47_to_icpc_15wd",),
    reasons=(
        ("in_time", "Held within the working days allowed after the strategy discussion."),
        ("late", "Held after the working days allowed."),
        ("before_enquiry", "Held before the enquiry it is linked to began, so not counted as in time."),
        ("no_enquiry", "No section 47 enquiry is linked, so its working days cannot be counted."),
    ),
)

AGAIN_EVER = Indicator(
    id="65",
    row="",
    section="Child protection plans",
    title="Child protection plans that are a second or later one",
    question="How often does a child need protecting again?",
    numerator="Plans started in the period for children with any earlier plan in this authority, however long ago",
    denominator="Plans started in the period (a child can count twice)",
    exclusions="Plans in other authorities; another authority's plan held here for a time",
    unit=Unit.PERCENT,
    basis=Basis.YEAR_TO_DATE,
    places=2,
    source=f"{BOARD}, 65; {CIN_STATISTICS}",
    national_definition="CPP_REPEAT_EVER (year to 31 March, one decimal place)",
    published="CPP_REPEAT_EVER",
    missing="Earlier plans are those held, or those the source counted; with neither, the plan is the first.",
    needs=("cp_plans",),
    flow=_again_ever,
    reasons=(
        ("again", "The child had an earlier plan."),
        ("first", "No earlier plan of the child is held or counted."),
    ),
)

AGAIN_12M = replace(
    AGAIN_EVER,
    id="65a",
    title="Child protection plans that follow an earlier one within 12 months",
    question="How often does a child need protecting again soon?",
    numerator="Plans started in the period within 12 months of the end of the child's previous plan",
    source=f"{BOARD}, 65a",
    national_definition="None",
    published="",
    missing="An earlier plan that has no end date is reckoned from its start; one only counted by the "
    "source has no date, "
    "and is not taken to be recent.",
    flow=_again_within(AGAIN_MONTHS),
    rules=("cp_second_plan_12m",),
    reasons=(
        ("soon", "The child's previous plan ended within the window."),
        ("long_ago", "The child's previous plan ended before the window."),
        ("unknown_when", "The source counts an earlier plan but holds no date for it."),
        ("first", "No earlier plan of the child is held or counted."),
    ),
)

AGAIN_2Y = replace(
    AGAIN_12M,
    id="CPP_REPEAT_2Y",
    title="Child protection plans that follow an earlier one within two years",
    numerator="Plans started in the period within two years of the end of the child's previous plan",
    source="Regional data set named in York's rationale for 65a; a local measure",
    national_definition="None: a local measure (CPP_REPEAT_2Y)",
    flow=_again_within(AGAIN_LONGER_MONTHS),
    rules=(),
)

LONG_OPEN = Indicator(
    id="CPP_2Y_ACTIVE",
    row="",
    section="Child protection plans",
    title="Open child protection plans that have lasted two years or more",
    question="Do children stay on plans without change?",
    numerator="Plans open at the end of the day that have lasted more than 729 days",
    denominator="Plans open at the end of the day",
    exclusions="Another authority's plan held here for a time",
    unit=Unit.PERCENT,
    basis=Basis.SNAPSHOT,
    places=1,
    source=f"{CIN_STATISTICS}; the published figures follow from open plans alone, whatever the dictionary's text says",
    national_definition="CPP_2Y_ACTIVE (31 March)",
    missing="A plan without an end date is open.",
    needs=("cp_plans",),
    spans=_long,
    rules=("cp_plan_2_years",),
    reasons=(
        ("long", "The plan had lasted more than 729 days."),
        ("short", "The plan had lasted 729 days or fewer."),
    ),
)

LONG_ENDED = replace(
    LONG_OPEN,
    id="CPP_2Y_CEASED",
    title="Ended child protection plans that lasted two years or more",
    numerator="Plans that ended in the period after more than 729 days",
    denominator="Plans that ended in the period (a child can count twice)",
    basis=Basis.YEAR_TO_DATE,
    source=CIN_STATISTICS,
    national_definition="CPP_2Y_CEASED (year to 31 March)",
    missing="A plan without an end date has not ended.",
    flow=_long_when_ended,
    spans=None,
)

DURATION = Indicator(
    id="CP_DURATION",
    row="",
    section="Child protection plans",
    title="Average days on a child protection plan",
    question="How long have children now on a plan been on it?",
    numerator="Days from the start of each open plan to this day",
    denominator="Plans open at the end of the day",
    exclusions="Another authority's plan held here for a time",
    unit=Unit.AVERAGE_DAYS,
    basis=Basis.SNAPSHOT,
    places=0,
    source=f"{JOURNEY}: duration on plan, not further defined",
    national_definition="None: the published measures are the shares of plans over two years",
    missing="A plan without an end date is open.",
    needs=("cp_plans",),
    spans=_duration,
    reasons=(("open", "The plan was open on this day; the amount is its days so far."),),
)

REVIEWS = Indicator(
    id="CPP_REVIEW",
    row="",
    section="Child protection plans",
    title="Child protection plans reviewed in time",
    question="Are plans looked at again when they should be?",
    numerator="Plans of at least three months, every review of which was in time: the first within three "
    "months, the rest "
    "within six of the one before",
    denominator="Plans open at the end of the day that had lasted at least three months",
    exclusions="Another authority's plan held here for a time",
    unit=Unit.PERCENT,
    basis=Basis.SNAPSHOT,
    places=1,
    source=CIN_STATISTICS,
    national_definition="CPP_REVIEW (31 March)",
    missing="No review held by its due day is a late review.",
    needs=("cp_plans", "conferences"),
    spans=_reviewed,
    rules=("cp_review_first_3m", "cp_review_subsequent_6m"),
    reasons=(
        ("in_time", "Every review due by this day was held in time."),
        ("late", "A review due by this day was late or has not been held."),
    ),
)

VISITS = Indicator(
    id="CP_VISIT_20D",
    row="",
    section="Child protection plans",
    title="Children on a plan visited within the 20 days of the local standard",
    question="Are children on a plan seen as often as they should be?",
    numerator="Open plans whose child was last visited (or whose plan started) no longer ago than the standard allows",
    denominator="Plans open at the end of the day",
    exclusions="Another authority's plan held here for a time",
    unit=Unit.PERCENT,
    basis=Basis.SNAPSHOT,
    places=1,
    source=f"{JOURNEY}: every 20 days, read as working days",
    national_definition="None: no national frequency",
    missing="A visit not said to have missed the child is taken to have seen the child. No visit is no visit.",
    needs=("cp_plans", "visits"),
    spans=_visited,
    rules=("cp_plan_visit",),
    reasons=(
        ("in_time", "The last visit, or the start of the plan, is no further back than the standard allows."),
        ("overdue", "The last visit is further back than the standard allows."),
    ),
)

CORE_GROUPS = replace(
    VISITS,
    id="CORE_GROUP_4W",
    title="Core groups held in timescale",
    question="Do the people carrying out the plan meet as often as they should?",
    numerator="Open plans whose core group last met (or whose plan started) no longer ago than the standard allows",
    source=f"{JOURNEY}: every four weeks",
    national_definition="None: guidance sets the first core group only",
    missing="No core group recorded is no core group.",
    needs=("cp_plans", "core_groups"),
    spans=_core_groups,
    rules=("core_group_first_10wd", "core_group_subsequent"),
    reasons=(
        ("in_time", "The last core group, or the start of the plan, is no further back than the standard allows."),
        ("overdue", "The last core group is further back than the standard allows."),
    ),
)

INDICATORS = (
    _PLAN_RATE,
    AGAIN_EVER,
    AGAIN_12M,
    AGAIN_2Y,
    CONFERENCES,
    CONFERENCE_15,
    LONG_OPEN,
    LONG_ENDED,
    DURATION,
    REVIEWS,
    VISITS,
    CORE_GROUPS,
)
