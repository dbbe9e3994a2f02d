"""Child protection plans: how many are open, and how long they last."""

from __future__ import annotations

from dataclasses import replace

import narwhals as nw

from goldenthread.dataset.engines import Lazy
from goldenthread.dataset.store import Dataset
from goldenthread.indicators.model import Basis, Indicator, Unit
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
from goldenthread.indicators.sources import BOARD, CIN_STATISTICS, JOURNEY

SECTION = "Child protection plans"
SAFEGUARDING = f"{JOURNEY} (Safeguarding Intervention Service)"
ELSEWHERES = "Another authority's plan held here for a time"
MOST_DAYS = 729
"""Two years as the published definition counts them: a plan that has lasted more than 729 days."""


def own_plans(dataset: Dataset) -> Lazy:
    """Child protection plans of this authority, with all their columns."""
    return dataset.lazy("cp_plans").filter(~true(nw.col("temporary_other_authority")))


@shared
def plans(dataset: Dataset) -> Lazy:
    """Child protection plans of this authority as things, `row_id` being the plan's."""
    return things(own_plans(dataset), "cp_plans", "cp_plan_id", "started_on", "ended_on")


def _open(dataset: Dataset) -> Parts:
    return spans(plans(dataset), reason="open")


ON_A_PLAN = Indicator(
    id="EFL2",
    row="",
    section=SECTION,
    title="Children on a child protection plan per 10,000 children",
    question="How many children are protected by a plan, for the size of the child population?",
    numerator="Child protection plans open at the end of the day",
    denominator="Children aged 0 to 17, mid-year estimate of the year before the financial year's end",
    exclusions=ELSEWHERES,
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


def _long(dataset: Dataset) -> Parts:
    long_from = plus_days(nw.col("begins"), MOST_DAYS + 1)
    open_plans = plans(dataset)
    long = open_plans.with_columns(long_from.alias("begins"))
    short = open_plans.with_columns(earlier(long_from, nw.col("ends")).alias("ends"))
    return together(spans(short, numerator=False, reason="short"), spans(long, reason="long"))


LONG_OPEN = Indicator(
    id="CPP_2Y_ACTIVE",
    row="",
    section=SECTION,
    title="Open child protection plans that have lasted two years or more",
    question="Do children stay on plans without change?",
    numerator="Plans open at the end of the day that have lasted more than 729 days",
    denominator="Plans open at the end of the day",
    exclusions=ELSEWHERES,
    unit=Unit.PERCENT,
    basis=Basis.SNAPSHOT,
    places=1,
    source=f"{CIN_STATISTICS}; the published figures follow from open plans alone, whatever the dictionary's text says",
    national_definition="CPP_2Y_ACTIVE (31 March). It counts days; "
    "the statute book's alert (cp_plan_2_years) counts calendar years, so the alert's due date is not used",
    missing="A plan without an end date is open.",
    needs=("cp_plans",),
    spans=_long,
    reasons=(
        ("long", "The plan had lasted more than 729 days."),
        ("short", "The plan had lasted 729 days or fewer."),
    ),
)


def _long_when_ended(dataset: Dataset) -> Parts:
    long = true(plus_days(nw.col("started_on"), MOST_DAYS) < nw.col("ended_on"))
    reason = pick((long, "long"), otherwise="short")
    return flow(own_plans(dataset), "cp_plans", "cp_plan_id", "ended_on", numerator=long, reason=reason)


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


def _duration(dataset: Dataset) -> Parts:
    return spans(plans(dataset), amount=-day_number(nw.col("begins")), per_day=nw.lit(1.0), reason="open")


DURATION = Indicator(
    id="CP_DURATION",
    row="",
    section=SECTION,
    title="Average days on a child protection plan",
    question="How long have children now on a plan been on it?",
    numerator="Days from the start of each open plan to this day",
    denominator="Plans open at the end of the day",
    exclusions=ELSEWHERES,
    unit=Unit.AVERAGE_DAYS,
    basis=Basis.SNAPSHOT,
    places=0,
    source=f"{SAFEGUARDING}: duration on plan, not further defined",
    national_definition="None: the published measures are the shares of plans over two years",
    missing="A plan without an end date is open.",
    needs=("cp_plans",),
    spans=_duration,
    reasons=(("open", "The plan was open on this day; the amount is its days so far."),),
)

RATES = (ON_A_PLAN,)
LENGTHS = (LONG_OPEN, LONG_ENDED, DURATION)
