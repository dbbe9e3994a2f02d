"""Child protection plans for children who have had one before."""

from __future__ import annotations

from dataclasses import replace

import narwhals as nw

from goldenthread.dataset.engines import Lazy
from goldenthread.dataset.store import Dataset
from goldenthread.dates import with_plus_months
from goldenthread.indicators.child_protection.plans import SECTION, own_plans
from goldenthread.indicators.model import Basis, Indicator, Rows, Unit
from goldenthread.indicators.ordering import in_order
from goldenthread.indicators.rows import Parts, flow, pick, true
from goldenthread.indicators.shared import shared
from goldenthread.indicators.sources import BOARD, CIN_STATISTICS

AGAIN_MONTHS, AGAIN_LONGER_MONTHS = 12, 24
"""The windows of the printed indicator 65a and of the regional data set it is compared with."""


@shared
def _started(dataset: Dataset) -> Lazy:
    """Plans with the child's plan before this one and, where none is held, the source's own count of earlier plans."""
    order = ["started_on", "cp_plan_id"]
    reckoned = nw.coalesce(nw.col("ended_on"), nw.col("started_on")).alias("reckoned_on")
    dated = own_plans(dataset).with_columns(reckoned)
    return in_order(dated, ("child_id",), order, before={"earlier_start": "started_on", "earlier_end": "reckoned_on"})


def _plan_starts(frame: Lazy, met: nw.Expr, reason: nw.Expr) -> Parts:
    return flow(frame, "cp_plans", "cp_plan_id", "started_on", numerator=met, reason=reason)


def _again_ever(dataset: Dataset) -> Parts:
    again = ~nw.col("earlier_start").is_null() | true(nw.col("previous_plans") > 0)
    return _plan_starts(_started(dataset), again, pick((again, "again"), otherwise="first"))


AGAIN_EVER = Indicator(
    id="65",
    row="",
    section=SECTION,
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


AGAIN_12M = replace(
    AGAIN_EVER,
    id="65a",
    title="Child protection plans that follow an earlier one within 12 months",
    question="How often does a child need protecting again soon?",
    numerator="Plans started in the period within 12 months of the end of the child's previous plan",
    source=f"{BOARD}, 65a",
    national_definition="None",
    published="",
    missing="An earlier plan that has no end date is reckoned from its start; "
    "one only counted by the source has no date, and is not taken to be recent.",
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

INDICATORS = (AGAIN_EVER, AGAIN_12M, AGAIN_2Y)
