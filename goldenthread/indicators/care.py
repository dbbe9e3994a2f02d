"""Who is looked after, where, and for how long: the frames that the looked-after indicators share."""

from __future__ import annotations

import narwhals as nw

from goldenthread.dataset.engines import Lazy
from goldenthread.dataset.store import Dataset
from goldenthread.indicators.ordering import in_order
from goldenthread.indicators.rows import FOREVER, Parts, spans, things, together, true
from goldenthread.indicators.shared import shared
from goldenthread.indicators.timelines import (
    at_least,
    birthdays,
    from_month,
    lasting_months,
    latest,
    to_year_end,
    until,
    within,
)

SECTION = "Looked-after children"
ADULT = 18
FOSTER = "U"
RESIDENTIAL = ("K1", "K2", "K3", "H5")
"""Secure units, children's homes and hostels; supported accommodation (K3) took over from hostels (H5) in 2023."""
WITH_CURRENT_CARER = ("A3", "A5")
"""Placed for adoption with the current foster carer: the carer does not change, so it is no new placement."""


@shared
def care_periods(dataset: Dataset) -> Lazy:
    """Periods of being looked after, short-term breaks left out unless not known to be, with all their columns."""
    return dataset.lazy("care_periods").filter(~true(nw.col("short_breaks_only")))


@shared
def looked_after(dataset: Dataset) -> Lazy:
    """Periods of being looked after as things, to the eighteenth birthday at the latest."""
    periods = things(care_periods(dataset), "care_periods", "care_period_id", "started_on", "ended_on")
    return until(periods, birthdays(dataset, ADULT, "adult_on"), "adult_on")


@shared
def looked_after_a_year(dataset: Dataset) -> Lazy:
    """Periods that have lasted twelve months, both ends counted: since 1 April, on 31 March following."""
    return from_month(looked_after(dataset), 12, less_a_day=True)


@shared
def placements(dataset: Dataset) -> Lazy:
    """Placements as the measures of stability count them: `child_id`, `placement_id`, `begins`, `ends`, `kind`.

    Temporary absences and placements of less than a day are left out, and a move to being placed for adoption with the
    same carer, or back to the same home after a temporary absence, carries the earlier placement on.
    """
    order = ["started_on", "placement_id"]
    held = dataset.lazy("placements")
    away = true(nw.col("temporary")) | true(nw.col("placement_type").str.starts_with("T"))
    end = nw.coalesce(nw.col("ended_on"), nw.lit(FOREVER))
    held = held.filter(~away & (nw.col("started_on") < end)).with_columns(end.alias("ends"))
    home = nw.coalesce(nw.col("urn"), nw.col("postcode"))
    held = in_order(
        held.with_columns(home.alias("home")),
        ("child_id",),
        order,
        before={
            "home_before": "home",
            "type_before": "placement_type",
            "ended_before": "ends",
            "period_before": "care_period_id",
        },
    )
    same_period = true(nw.col("care_period_id") == nw.col("period_before"))
    carer_adopts = true(nw.col("placement_type").is_in(list(WITH_CURRENT_CARER))) & true(
        nw.col("ended_before") >= nw.col("started_on")
    )
    back_home = (
        same_period
        & true(nw.col("home") == nw.col("home_before"))
        & true(nw.col("placement_type") == nw.col("type_before"))
    )
    carried_on = nw.when(carer_adopts | back_home).then(nw.lit(0)).otherwise(nw.lit(1))
    held = in_order(held.with_columns(carried_on.alias("new")), ("child_id",), order, running_sum={"number": "new"})
    return held.group_by("child_id", "number").agg(
        nw.col("placement_id").min().alias("placement_id"),
        nw.col("started_on").min().alias("begins"),
        nw.col("ends").max().alias("ends"),
        nw.col("placement_type").max().alias("kind"),
    )


@shared
def homes(dataset: Dataset) -> Lazy:
    """Where a child is placed: `child_id`, `begins`, `ends`, `placement_type`, `location`, `distance`.

    Temporary absences are left out; a placement ends when the next begins.
    """
    away = true(nw.col("temporary")) | true(nw.col("placement_type").str.starts_with("T"))
    held = (
        dataset.lazy("placements")
        .filter(~away)
        .select(
            "child_id",
            "placement_id",
            nw.col("started_on").alias("begins"),
            nw.coalesce(nw.col("ended_on"), nw.lit(FOREVER)).alias("ends"),
            "placement_type",
            "location",
            "distance",
        )
    )
    return latest(held, "placement_id").drop("placement_id")


def events_in_year(frame: Lazy, day: str, number: int = 1) -> Lazy:
    """Pieces of a child on whose every day at least `number` of the events fell in the twelve months to that day."""
    pieces = lasting_months(frame.select("child_id", day), day, 12)
    # All pieces being a year long, one is running exactly while the latest is.
    held = pieces.select("child_id", "begins", "ends")
    return latest(held) if number == 1 else at_least(number, held)


def running_in_year(frame: Lazy, start: str, end: str, *keep: str) -> Lazy:
    """Pieces on whose every day something had run at some time in the twelve months to that day.

    From the day `start` until twelve months after `end`, which may be empty. `keep` names columns to carry along.
    """
    past = lasting_months(frame.with_columns(nw.coalesce(nw.col(end), nw.lit(FOREVER)).alias("left")), "left", 12)
    begun = past.with_columns(nw.col(start).alias("begins")).filter(nw.col("begins") < nw.col("ends"))
    return begun.select("child_id", *keep, "begins", "ends")


def share(things_counted: Lazy, pieces: Lazy, *, met: str, otherwise: str) -> Parts:
    """Rows of a share: `things_counted` in the denominator, and their parts within `pieces` in the numerator too."""
    return together(
        spans(things_counted, numerator=False, reason=otherwise),
        spans(within(things_counted, pieces), denominator=False, numerator=True, reason=met),
    )


@shared
def first_starts(dataset: Dataset) -> Lazy:
    """A child's first start in each financial year, as a thing that lasts from that day to the end of the year."""
    frame = _in_year(dataset, "started_on")
    made = in_order(frame, ("child_id", "ends"), ("begins", "row_id"), before={"other": "begins"})
    return made.filter(nw.col("other").is_null()).drop("other")


@shared
def last_ceasings(dataset: Dataset) -> Lazy:
    """A child's last ceasing so far in each financial year, as a thing that lasts until a later one or the year's end.

    Keeps `end_reason`.
    """
    frame = _in_year(dataset, "ended_on")
    made = in_order(frame, ("child_id", "ends"), ("begins", "row_id"), after={"other": "begins"})
    return made.with_columns(nw.coalesce(nw.col("other"), nw.col("ends")).alias("ends")).drop("other")


def _in_year(dataset: Dataset, day: str) -> Lazy:
    frame = to_year_end(care_periods(dataset).filter(~nw.col(day).is_null()), day)
    kept = frame.select("child_id", "care_period_id", "end_reason", "begins", "ends")
    return things(kept, "care_periods", "care_period_id", "begins", "ends", "end_reason")
