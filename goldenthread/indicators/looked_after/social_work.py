"""Whether looked-after children keep their social worker, and are visited when they should be."""

from __future__ import annotations

from dataclasses import replace

import narwhals as nw

from goldenthread.dataset.store import Dataset
from goldenthread.indicators.care import care_periods, looked_after, running_in_year, share
from goldenthread.indicators.clocks import clocks
from goldenthread.indicators.looked_after.numbers import LOOKED_AFTER
from goldenthread.indicators.model import Unit
from goldenthread.indicators.rows import Parts
from goldenthread.indicators.sources import JOURNEY, LOOKED_AFTER_STATISTICS
from goldenthread.indicators.timelines import at_least
from goldenthread.indicators.timely import kept_up

MANY_WORKERS = 3
"""The published measure's own number."""
VISIT_RULES = (
    "lac_visit_first_1wk",
    "lac_visit_first_year_6wk",
    "lac_visit_until_18_3m",
    "lac_visit_other_6wk",
    "lac_visit_long_term_foster_6m",
    "lac_visit_parents_unassessed_weekly",
    "lac_visit_parents_unassessed_6wk",
    "lac_visit_connected_weekly",
    "lac_visit_connected_4wk",
    "lac_visit_care_order_home_1wk",
    "lac_visit_care_order_home_6wk",
)
"""Every visit that regulation 28 of SI 2010/959 sets a time for; a test holds them to the statute book."""


def _many_workers(dataset: Dataset) -> Parts:
    ever_looked_after = care_periods(dataset).select("child_id")
    held = dataset.lazy("allocations").join(ever_looked_after, on="child_id", how="semi")
    held = held.filter(~nw.col("worker_id").is_null())
    each = at_least(1, running_in_year(held, "started_on", "ended_on", "worker_id"), by=("child_id", "worker_id"))
    pieces = at_least(MANY_WORKERS, each.select("child_id", "begins", "ends"))
    return share(looked_after(dataset), pieces, met="many", otherwise="few")


CHANGES_OF_WORKER = replace(
    LOOKED_AFTER,
    id="CLA_SW3",
    title="Looked-after children with three or more social workers in the last 12 months",
    question="Do children in care keep their social worker?",
    numerator="Those with three or more different workers allocated in the twelve months to the day",
    denominator="Children looked after at the end of the day",
    unit=Unit.PERCENT,
    places=0,
    source=LOOKED_AFTER_STATISTICS,
    national_definition="CLA_SW3 (the year to 31 March)",
    published="",
    missing="An allocation without an end date is open; one to no named worker is not counted.",
    needs=("care_periods", "allocations"),
    denominator_population=False,
    spans=_many_workers,
    reasons=(
        ("many", "Three or more different workers in the twelve months to this day."),
        ("few", "Fewer than three different workers recorded in the twelve months to this day."),
    ),
)


def _visited(dataset: Dataset) -> Parts:
    return kept_up(looked_after(dataset), clocks(dataset, *VISIT_RULES))


VISITS = replace(
    CHANGES_OF_WORKER,
    id="LAC_VISIT",
    title="Looked-after children visited in timescale",
    question="Are children in care seen as often as the regulations require?",
    numerator="Those for whom no visit is overdue: a week after a placement begins, six weeks apart in its first year, "
    "and then as the placement and the legal status require",
    denominator="Children looked after at the end of the day for whom a visit is to be made",
    places=1,
    source=f"{JOURNEY} (Achieved Permanence): statutory visiting timescales",
    national_definition="None: the regulations set the timescales and no measure",
    missing="No visit recorded is no visit. Where nothing says how often a placement must be visited, no visit is due. "
    "A source that records no such visits at all cannot answer.",
    needs=("care_periods", "placements", "visits"),
    spans=_visited,
    rules=VISIT_RULES,
    reasons=(
        ("in_time", "Every visit due by this day has been made, or its day has not passed."),
        ("overdue", "A visit is overdue: the day it was due by has passed."),
        (
            "no_date",
            "Left out: no visit is due, as no placement is recorded or nothing says how often to visit it.",
        ),
    ),
)

INDICATORS = (CHANGES_OF_WORKER, VISITS)
