"""Figures: every indicator asked for, over every period asked for, in one pass over the tables.

Each indicator's rows are added up once by the day they begin or stop to count, whatever the number of periods. Running
totals of those sums then give any window (a flow) or any day (spans) by subtraction, so that three hundred snapshots
cost no more than one. Sums are of whole numbers, so that every engine adds them to the same total, whatever the order.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import date, timedelta
from typing import TypeAlias

import narwhals as nw
import polars as pl

from goldenthread.dataset.engines import Lazy
from goldenthread.dataset.store import Dataset
from goldenthread.dates import plus_months, quarter, year_to_date
from goldenthread.indicators import population as people
from goldenthread.indicators.answerable import filled, filled_plans, lacking
from goldenthread.indicators.clocks import as_asked
from goldenthread.indicators.grouping import Dimension, with_group
from goldenthread.indicators.model import Basis, Figure, Indicator, Rows, Unit
from goldenthread.indicators.population import Population
from goldenthread.indicators.rounding import scaled_ratio
from goldenthread.indicators.rows import FOREVER, Condition, Part, Parts, written_out
from goldenthread.indicators.totals import SCALE, Totals, by_group, running_totals

MULTIPLIER = {Unit.PERCENT: 100, Unit.RATE_PER_10000: 10_000}
ONE_DAY = timedelta(days=1)

FIGURES_SCHEMA: dict[str, pl.DataType] = {
    "indicator": pl.String(),
    "on": pl.Date(),
    "start": pl.Date(),
    "numerator": pl.Float64(),
    "denominator": pl.Float64(),
    "value": pl.Float64(),
    "group": pl.String(),
}

Sums: TypeAlias = dict[Rows, dict[str, Totals]]


def figures(
    dataset: Dataset,
    indicators: Iterable[Indicator],
    ends: Sequence[date],
    by: Dimension | str | None = None,
    known_on: date | None = None,
    *,
    basis: Basis | None = None,
) -> pl.DataFrame:
    """One row a figure, with the columns of `Figure`: every indicator for the period that ends on each of `ends`.

    `by` splits every figure; `group` is then the group, "Not known", or empty for all together. `known_on` leaves out
    what was recorded after that day. `basis` asks the flows for another period than their own (a month, a quarter). A
    span indicator keeps its own: one whose `basis` was changed to a month has no figure, because its children are
    counted once a year. The value is None where the denominator is nothing or not known; numerator, denominator and
    value are where the dataset lacks what the indicator needs. Raises ValueError for a dimension there is not.
    """
    made = worked_out(dataset, indicators, ends, by, known_on, basis=basis)
    columns = {field.name: [getattr(figure, field.name) for figure in made] for field in fields(Figure)}
    return pl.DataFrame(columns, schema=FIGURES_SCHEMA)


def worked_out(
    dataset: Dataset,
    indicators: Iterable[Indicator],
    ends: Sequence[date],
    by: Dimension | str | None = None,
    known_on: date | None = None,
    *,
    basis: Basis | None = None,
) -> list[Figure]:
    """The figures of `figures`, each as a value, by indicator, group and end."""
    wanted, dimension = tuple(indicators), None if by is None else Dimension(by)
    seen = as_asked(dataset, wanted, known_on)
    totals, children, found = _collected(seen, wanted, dimension)
    made: list[Figure] = []
    for indicator in wanted:
        period = basis if basis and indicator.flow else indicator.basis
        unknown = bool(lacking(seen, indicator, found)) or not _askable(indicator, period)
        for group, total in totals[indicator.rows].items():
            made += [_figure(indicator, period, end, group, None if unknown else total, children) for end in ends]
    return made


def first_day(period: Basis, end: date) -> date:
    """The first day of the period of that kind that ends on `end`; the day itself for a snapshot."""
    match period:
        case Basis.YEAR_TO_DATE:
            return year_to_date(end).first
        case Basis.ROLLING_12_MONTHS:
            return plus_months(end + ONE_DAY, -12)
        case Basis.THREE_YEARS:
            return plus_months(end + ONE_DAY, -36)
        case Basis.MONTH:
            return end.replace(day=1)
        case Basis.QUARTER:
            return quarter(end).first
        case Basis.SNAPSHOT:
            return end


def _askable(indicator: Indicator, period: Basis) -> bool:
    return indicator.flow is not None or period in (Basis.SNAPSHOT, Basis.YEAR_TO_DATE)


def _collected(
    dataset: Dataset, indicators: Sequence[Indicator], by: Dimension | None
) -> tuple[Sums, Population, frozenset[str]]:
    """Running totals by rows and group, the population, and the needed columns that hold anything: one collection."""
    sources = {indicator.rows: indicator for indicator in indicators}
    needs = filled_plans(dataset, indicators)
    plans: list[Lazy] = [people.rows(dataset), *needs.values()]
    owners: list[int] = []
    for number, (rows, indicator) in enumerate(sources.items()):
        parts = rows(dataset)
        made = [plan for part in parts for plan in changes(part)]
        if by is not None:
            grouped = with_group(dataset, written_out(parts), by, flow=indicator.flow is not None)
            made += [plan for part in _as_parts(grouped, indicator) for plan in changes(part, "group")]
        owners += [number] * len(made)
        plans += made
    estimates, *results = dataset.collect(*plans)
    found = filled(dict(zip(needs, results, strict=False)))
    running = running_totals(results[len(needs) :], owners)
    totals = {rows: by_group(running.get(number, {}), grouped=by is not None) for number, rows in enumerate(sources)}
    return totals, people.population(dataset.manifest, estimates, by), found


def _as_parts(rows: Lazy, indicator: Indicator) -> Parts:
    """Rows already written out, with a group, as a part again."""
    tally = (nw.col("in_numerator"), nw.col("in_denominator"), nw.col("amount"), nw.col("weight"))
    if indicator.flow is not None:
        return (Part(rows, None, "row_id", "on", "child_id", *tally, None, ""),)
    return (Part(rows, None, "row_id", "", "child_id", *tally, nw.col("per_day"), ""),)


def changes(part: Part, *group: str) -> list[Lazy]:
    """Plans of what is added on each day: `day`, and of `numerator`, `denominator` and `per_day` those that are not
    nought.

    In whole parts of `SCALE`; in units, where the column's name begins with `count_`. Spans take away again what they
    added, on the day they end.
    """
    numerator = _tally(part.numerator, part.amount, "numerator")
    denominator = _tally(part.denominator, part.weight, "denominator")
    per_day = {} if part.per_day is None else _tally(part.numerator, part.per_day, "per_day")
    columns = numerator | denominator | per_day
    if not columns:
        return []
    if part.on:
        return [_added(part.counted(), part.on, group, columns)]
    frame = part.counted()
    closed = frame.filter(nw.col("ends") < nw.lit(FOREVER))
    return [_added(frame, "begins", group, columns), _added(closed, "ends", group, columns, sign=-1)]


def _tally(met: Condition, amount: nw.Expr | None, name: str) -> dict[str, nw.Expr]:
    """The column to add up, or none where there is nothing to add. What is not known adds nothing."""
    if met is False:
        return {}
    if amount is None:
        return {f"count_{name}": nw.lit(1) if met is True else met.cast(nw.Int64)}
    parts = (amount.cast(nw.Float64) * float(SCALE)).round(0).cast(nw.Int64)
    return {name: parts if met is True else nw.when(met).then(parts)}


def _added(frame: Lazy, day: str, group: tuple[str, ...], columns: Mapping[str, nw.Expr], *, sign: int = 1) -> Lazy:
    kept = frame.select(*group, nw.col(day).alias("day"), *(made.alias(name) for name, made in columns.items()))
    sums = (nw.col(name).sum() for name in columns)
    return kept.group_by(*group, "day").agg(*(each if sign > 0 else each * sign for each in sums))


def _figure(
    indicator: Indicator, period: Basis, end: date, group: str, total: Totals | None, children: Population
) -> Figure:
    start = first_day(period, end)
    if total is None:
        return Figure(indicator.key, end, start, None, None, None, group)
    numerator, denominator = total.to(end)
    if indicator.flow is not None:
        before = total.to(start - ONE_DAY)
        numerator, denominator = numerator - before[0], denominator - before[1]
    if indicator.unit is Unit.COUNT:
        counted = scaled_ratio(numerator, SCALE, places=indicator.places)
        value = None if counted is None else counted / 10**indicator.places
        return Figure(indicator.key, end, start, numerator / SCALE, None, value, group)
    if indicator.denominator_population:
        of = children.for_period_ending(end, group)
        value = _value(indicator, numerator, of and of * SCALE)
        return Figure(indicator.key, end, start, numerator / SCALE, None if of is None else float(of), value, group)
    value = _value(indicator, numerator, denominator)
    return Figure(indicator.key, end, start, numerator / SCALE, denominator / SCALE, value, group)


def _value(indicator: Indicator, numerator: int, denominator: int | None) -> float | None:
    if denominator is None:
        return None
    scaled = scaled_ratio(numerator, denominator, multiplier=MULTIPLIER.get(indicator.unit, 1), places=indicator.places)
    return None if scaled is None else scaled / int(10**indicator.places)
