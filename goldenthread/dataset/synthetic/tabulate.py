"""From columns of numbers to canonical tables: days, codes and links, cut at the as-at day, with recording times.

A fact that lies after the as-at day has not happened: a row whose required day is later is left out, a later day is
left empty, and so is a code that hangs on it. Everything else is recorded some time after it happens, mostly the same
day.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import polars as pl

from goldenthread.dataset.schema import Column, Kind, Table
from goldenthread.dataset.synthetic.chance import NONE, Mask, Real, Whole, known, stream
from goldenthread.dataset.tables import TABLES

DAY_US = 86_400_000_000
MINUTE_US = 60_000_000
NO_TIME = -(2**62)
"""A moment that is not known."""

PLANNED = frozenset({"due_on", "expected_on", "extended_until", "order_ends_on", "conference_target_on", "begins_on"})
"""Days that may lie ahead: they are plans, not happenings."""

LONG_BEFORE = frozenset({"born_on", "died_on", "unaccompanied_until", "valid_from"})
"""Days that say nothing of when the row was recorded."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """One of `labels` for each row, by position; -1 for none. `after` names the day the choice was made on."""

    labels: pl.Series
    position: Whole
    after: Whole | None = None


Cells: TypeAlias = Whole | Real | Mask | Chosen | pl.Series


def codes(labels: tuple[str, ...] | list[str], position: Whole, after: Whole | None = None) -> Chosen:
    """The code at each position, empty at -1; where `after` is given, empty until that day has come."""
    return Chosen(pl.Series(labels, dtype=pl.String), position, after)


def constant(label: str, count: int) -> Chosen:
    """The same code in every row."""
    return codes((label,), np.zeros(count, dtype=np.int64))


def yes_where(mask: Mask, sure: Mask | None = None) -> Whole:
    """A flag column: 1, 0, or -1 where it is not known."""
    flags = mask.astype(np.int64)
    return flags if sure is None else np.where(sure, flags, -1)


def numbered(prefix: str, first: int, count: int) -> pl.Series:
    """`count` identifiers from `first`, such as R000000001."""
    numbers = pl.Series(np.arange(first, first + count, dtype=np.int64)).cast(pl.String).str.zfill(9)
    return (pl.Series([prefix]) + numbers) if count else pl.Series([], dtype=pl.String)


@dataclass(slots=True)
class Tabulator:
    """Makes the tables of one district. `first` is the number its identifiers start from; `clerk` gives who writes up
    what no one worker is said to have recorded."""

    seed: int
    district: int
    as_at: int
    first: int
    clerk: Callable[[Whole], Chosen] | None = None

    def identifiers(self, prefix: str, count: int) -> pl.Series:
        return numbered(prefix, self.first, count)

    def table(
        self, name: str, cells: Mapping[str, Cells], *, by: Chosen | None = None, recorded_on: Whole | None = None
    ) -> pl.DataFrame:
        """The rows of table `name` that are known on the as-at day.

        `by` says who recorded each row; `recorded_on` the day it was recorded, where no day of the row says so.
        """
        table = TABLES[name]
        if unknown := set(cells) - set(table.schema):
            raise ValueError(f"Table {name} has no columns {sorted(unknown)}")
        kept = self._happened(table, cells)
        columns = {
            column.name: self._column(column, cells[column.name], kept)
            for column in table.columns
            if column.name in cells
        }
        if "recorded_at" in table.schema:
            times, day = self._recorded(table, cells, kept, recorded_on)
            columns |= times
            if by is not None:
                columns["recorded_by"] = _text(by, kept, self.as_at)
            elif self.clerk is not None:
                columns["recorded_by"] = _text(self.clerk(day), known(day), self.as_at)
        return pl.DataFrame(columns)

    def _happened(self, table: Table, cells: Mapping[str, Cells]) -> Mask:
        kept: Mask | None = None
        for column in table.columns:
            found = cells.get(column.name)
            if column.required and column.kind is Kind.DAY and isinstance(found, np.ndarray):
                day = found.astype(np.int64)
                come = known(day) & (day <= self.as_at)
                kept = come if kept is None else kept & come
        return np.ones(_height(cells), dtype=np.bool_) if kept is None else kept

    def _column(self, column: Column, cells: Cells, kept: Mask) -> pl.Series:
        if isinstance(cells, Chosen):
            return _text(cells, kept, self.as_at)
        if isinstance(cells, pl.Series):
            return cells.filter(pl.Series(kept))
        if column.kind is Kind.NUMBER:
            return pl.Series(cells[kept].astype(np.float64), nan_to_null=True)
        values: Whole = cells[kept].astype(np.int64)
        match column.kind:
            case Kind.DAY:
                unsure = ~known(values) if column.name in PLANNED else ~known(values) | (values > self.as_at)
                return _nulled(values.astype(np.int32), unsure, pl.Date())
            case Kind.MOMENT:
                unsure = (values <= NO_TIME // 2) | (values >= (self.as_at + 1) * DAY_US)
                return _nulled(values, unsure, pl.Datetime("us"))
            case Kind.FLAG:
                return _nulled(values == 1, values < 0, pl.Boolean())
            case _:
                return _nulled(values, values <= NONE // 2, pl.Int64())

    def _recorded(
        self, table: Table, cells: Mapping[str, Cells], kept: Mask, recorded_on: Whole | None
    ) -> tuple[dict[str, pl.Series], Whole]:
        """When the row, and each later fact of it, was recorded, by the as-at day; and the day of the first."""
        rng = stream(self.seed, self.district, f"recording {table.name}")
        happened = self._happenings(table, cells, kept)
        if recorded_on is not None:
            happened["recorded_at"] = recorded_on[kept]
        moments = self._moments(table, cells, kept)
        base = happened.pop("recorded_at", np.full(int(kept.sum()), self.as_at))
        base = np.where(known(base), base, self.as_at)
        created = np.maximum(_written(rng, base, self.as_at), moments.pop("recorded_at", NO_TIME))
        times = {"recorded_at": pl.Series(created).cast(pl.Datetime("us"))}
        for name, days in happened.items():
            written = np.maximum(np.maximum(_written(rng, days, self.as_at), created), moments.get(name, NO_TIME))
            times[name] = _nulled(written, ~known(days), pl.Datetime("us"))
        return times, base

    def _happenings(self, table: Table, cells: Mapping[str, Cells], kept: Mask) -> dict[str, Whole]:
        """For each recording time, the day it follows: the row's own first day, or the last of the later facts."""
        happened: dict[str, Whole] = {}
        for column in table.columns:
            found = cells.get(column.name)
            if column.kind is not Kind.DAY or not isinstance(found, np.ndarray) or column.known is None:
                continue
            if column.name in PLANNED or column.name in LONG_BEFORE:
                continue
            day = found[kept].astype(np.int64)
            days = np.where(day > self.as_at, NONE, day)
            before = happened.get(column.known)
            if before is None:
                happened[column.known] = days
            elif column.known != "recorded_at" or not known(before).all():
                happened[column.known] = np.maximum(before, days)
        return happened

    def _moments(self, table: Table, cells: Mapping[str, Cells], kept: Mask) -> dict[str, Whole]:
        """For each recording time, the latest clock time of a fact that it follows."""
        latest: dict[str, Whole] = {}
        for column in table.columns:
            found = cells.get(column.name)
            if column.kind is Kind.MOMENT and column.known and isinstance(found, np.ndarray):
                come = np.where(found[kept] < (self.as_at + 1) * DAY_US, found[kept], NO_TIME)
                latest[column.known] = np.maximum(latest.get(column.known, NO_TIME), come)
        return latest


def at_time(rng: np.random.Generator, days: Whole, earliest: float = 8.0, latest: float = 18.0) -> Whole:
    """A clock time on each day, in microseconds since 1970; unknown days stay unknown."""
    minutes = ((earliest + rng.random(len(days)) * (latest - earliest)) * 60).astype(np.int64)
    return np.where(known(days), np.where(known(days), days, 0) * DAY_US + minutes * MINUTE_US, NO_TIME)


def _written(rng: np.random.Generator, days: Whole, as_at: int) -> Whole:
    """Most are written up the same or the next day, some within a fortnight, a few weeks later."""
    fate = rng.random(len(days))
    lag = np.where(fate < 0.62, 0.0, np.where(fate < 0.86, 1 + 2 * fate, 0.0))
    lag = np.where((fate >= 0.86) & (fate < 0.98), 3 + (fate - 0.86) * 75, lag)
    lag = np.where(fate >= 0.98, 12 + (fate - 0.98) * 2400, lag).astype(np.int64)
    minutes = (9 * 60 + rng.random(len(days)) * 540).astype(np.int64)
    return np.where(known(days), np.minimum(days + lag, as_at), 0) * DAY_US + minutes * MINUTE_US


def _nulled(values: np.ndarray, unsure: Mask, dtype: pl.DataType) -> pl.Series:
    series = pl.Series(values).cast(dtype)
    if not unsure.any():
        return series
    return pl.select(pl.when(pl.Series(~unsure)).then(series)).to_series()


def _text(cells: Chosen, kept: Mask, as_at: int) -> pl.Series:
    position = cells.position[kept]
    if cells.after is not None:
        after = cells.after[kept]
        position = np.where(known(after) & (after <= as_at), position, -1)
    labels = cells.labels
    if (position < 0).any():
        labels = labels.extend_constant(None, 1)
        position = np.where(position < 0, len(labels) - 1, position)
    return labels.gather(pl.Series(position.astype(np.uint32)))


def _height(cells: Mapping[str, Cells]) -> int:
    first = next(iter(cells.values()))
    return len(first.position) if isinstance(first, Chosen) else len(first)
