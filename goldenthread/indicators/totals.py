"""Running totals of what indicators' rows add up to on each day: any window or day is a difference of two of them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from goldenthread.indicators.grouping import NOT_KNOWN

SCALE = 12_000_000
"""Parts of a unit that sums are kept in: a twelfth of a hundredth of a full-time equivalent is still whole."""

EPOCH = date(1970, 1, 1).toordinal()
TALLIES = ("numerator", "denominator", "per_day")

CHANGES: dict[str, pl.DataType] = {
    "owner": pl.Int64(),
    "day": pl.Date(),
    **{name: pl.Int64() for tally in TALLIES for name in (tally, f"count_{tally}")},
}
"""What is added on each day, of whose rows: in parts of `SCALE` or, where its name says so, in units."""


@dataclass(frozen=True, slots=True)
class Totals:
    """Running totals to the end of each day on which anything changed: numerator, denominator, and growth a day."""

    days: list[int]
    numerator: list[int]
    denominator: list[int]
    per_day: list[int]

    def to(self, day: date) -> tuple[int, int]:
        """Numerator and denominator, in parts of `SCALE`, to the end of a day."""
        place = bisect_right(self.days, day.toordinal()) - 1
        if place < 0:
            return 0, 0
        return self.numerator[place] + self.per_day[place] * day.toordinal(), self.denominator[place]

    @property
    def nothing(self) -> bool:
        """Whether there is nothing on any day."""
        return not (any(self.numerator) or any(self.denominator) or any(self.per_day))


NO_TOTALS = Totals([], [], [], [])


def running_totals(frames: Sequence[pl.DataFrame], owners: Sequence[int]) -> dict[int, dict[str, Totals]]:
    """Running totals of what was added, by its owner (of each frame, the number in `owners`) and group.

    All together is the group named by nothing. Of the rows that were split, what the groups leave is the group
    `NOT_KNOWN`. Each frame's changes are few (one a day at most), so they are put together here.
    """
    whole, split = _stacked(frames, owners, grouped=False), _stacked(frames, owners, grouped=True)
    labels, parts, place = [""], [whole], pl.lit(0, pl.Int64)
    if any("group" in frame.columns for frame in frames):
        known = split.filter(pl.col("group") != "")
        left = pl.concat([whole, known.drop("group").with_columns(-pl.col(TALLIES))])
        parts = [whole.with_columns(group=pl.lit("")), known, left.with_columns(group=pl.lit(NOT_KNOWN))]
        labels = list(dict.fromkeys(("", *known["group"].unique().sort(), NOT_KNOWN)))
        place = pl.col("group").cast(pl.Enum(labels)).to_physical().cast(pl.Int64)
    # Sorted by a whole number and not by names; of the changes on one day, the last has the running total.
    series = (pl.col("owner") * len(labels) + place).alias("series")
    changes = pl.concat(parts, how="diagonal").drop_nulls("day").with_columns(series)
    ordered = changes.sort("series", "day").select(
        "series", pl.col("day").cast(pl.Int32).cast(pl.Int64) + EPOCH, pl.col(TALLIES).cum_sum().over("series")
    )
    last = pl.any_horizontal(pl.col(name).ne_missing(pl.col(name).shift(-1)) for name in ("series", "day"))
    return _cut(ordered.filter(last), labels)


def _cut(ordered: pl.DataFrame, labels: Sequence[str]) -> dict[int, dict[str, Totals]]:
    """The running totals of each owner and group, which stand under one another by their number."""
    columns = [ordered[name].to_list() for name in ("day", *TALLIES)]
    found: dict[int, dict[str, Totals]] = {}
    start = 0
    for series, number in ordered.group_by("series", maintain_order=True).len().iter_rows():
        owner, label = divmod(series, len(labels))
        found.setdefault(owner, {})[labels[label]] = Totals(*(column[start : start + number] for column in columns))
        start += number
    return found


def _stacked(frames: Sequence[pl.DataFrame], owners: Sequence[int], *, grouped: bool) -> pl.DataFrame:
    """The frames that have a group, or those that have none, with their owner and the tallies in parts of `SCALE`."""
    numbered = [
        frame.hstack([pl.Series("owner", [owner], pl.Int64).new_from_index(0, frame.height)])
        for frame, owner in zip(frames, owners, strict=True)
        if ("group" in frame.columns) == grouped
    ]
    stacked = pl.concat([pl.DataFrame(schema=CHANGES | {"group": pl.String()}), *numbered], how="diagonal_relaxed")
    parts = [pl.col(name).fill_null(0) + pl.col(f"count_{name}").fill_null(0) * SCALE for name in TALLIES]
    return stacked.select("owner", "day", *parts, *(("group",) if grouped else ()))


def by_group(found: Mapping[str, Totals], *, grouped: bool) -> dict[str, Totals]:
    """Running totals of all together (the group named by nothing), of each group, and what they leave, if anything."""
    totals = {"": found.get("", NO_TOTALS)}
    if not grouped:
        return totals
    totals |= {name: found[name] for name in sorted(found) if name not in ("", NOT_KNOWN)}
    left = found.get(NOT_KNOWN, NO_TOTALS)
    return totals if left.nothing else totals | {NOT_KNOWN: left}
