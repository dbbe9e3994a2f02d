"""One row of the board, put together from its line and its figures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from goldenthread.board.comparators import benchmarks
from goldenthread.board.control import chart
from goldenthread.board.direction import assurance, travel
from goldenthread.board.layout import Line
from goldenthread.board.model import Benchmark, BoardRow, Cell, Definition
from goldenthread.board.present import day_text
from goldenthread.board.series import (
    by_month,
    grows_with_the_year,
    month_cells,
    month_ends,
    months_of,
    previous_year_ends,
)
from goldenthread.board.targets import judge
from goldenthread.dates import financial_year_of
from goldenthread.indicators.model import Figure, Indicator

Figures = Mapping[str, Mapping[date, Figure]]
"""Figures by the key of their indicator and the last day of their period."""

OLDEST_BENCHMARK = 2017


@dataclass(frozen=True, slots=True)
class Asked:
    """What the board was asked for: the day, how many months, since when the dataset holds history, and a command."""

    as_at: date
    months: int
    history_from: date | None
    dataset: str


def board_row(line: Line, figures: Figures, asked: Asked, missing: str) -> BoardRow:
    """The row. `missing` says why its dataset cannot answer it, and is empty when it can."""
    indicator = line.indicator
    why = missing or ("" if indicator else "No indicator answers this row.")
    own = {} if why or indicator is None else figures.get(indicator.key, {})
    years = previous_year_ends(asked.as_at)
    previous = tuple(period_cell(year_label(end), end, own.get(end), asked, why) for end in years)
    current = period_cell(current_label(asked.as_at), asked.as_at, own.get(asked.as_at), asked, why)
    series = _series(indicator, figures, asked) if indicator and not why else ()
    values = [cell.value for cell in series if cell.value is not None]
    judged = chart(values)
    judged_target = judge(current.value, line.target, line.polarity, total=_total(line, figures, asked))
    return BoardRow(
        section=line.section,
        id=line.id,
        row=line.row,
        key=line.key,
        title=line.title,
        frequency=line.frequency,
        basis=line.basis,
        unit=line.unit,
        places=line.places,
        previous=previous,
        current=current,
        target=line.target,
        target_judgement="none" if _part_of_year(line, asked.as_at) else judged_target,
        polarity=line.polarity,
        travel=travel(judged, len(values), line.polarity, _since_last_year(line, previous[-1], current)),
        printed_travel=line.printed.direction.printed if line.printed else "",
        benchmarks=latest_benchmarks(line, asked.as_at),
        rationale=line.target.rationale,
        chart=judged,
        assurance=assurance(judged, line.target, line.polarity, line.unit),
        series=series,
        series_of=months_of(indicator) if indicator else "",
        notes=tuple(_notes(line, asked)),
        printed_notes=line.printed_notes,
        definition=_definition(indicator),
        explain=_explain(indicator, asked) if indicator else "",
        not_computed=why or _never(previous, current),
    )


def _since_last_year(line: Line, before: Cell, now: Cell) -> float | None:
    if before.value is None or now.value is None or grows_with_the_year(line.basis, line.unit):
        return None
    return now.value - before.value


def year_label(end: date) -> str:
    """The heading of the financial year that ends on `end`: 2018/19."""
    return f"{end.year - 1}/{end.year % 100:02d}"


def current_label(as_at: date) -> str:
    """The heading of the current column: the quarter of the financial year when it ends on the day, else the day."""
    started = financial_year_of(as_at)
    quarters = {(6, 30): "Q1", (9, 30): "Q2", (12, 31): "Q3", (3, 31): "Q4"}
    quarter = quarters.get((as_at.month, as_at.day))
    year = f"{started}/{(started + 1) % 100:02d}"
    return f"{year} {quarter}" if quarter else f"{year} to {as_at.day} {as_at:%b}"


def period_cell(label: str, on: date, figure: Figure | None, asked: Asked, why: str) -> Cell:
    """The figure as a cell, or an empty one that says why there is none."""
    if why or figure is None:
        return Cell(label, on, on, None, None, None, why=why or "No figure was worked out for this period.")
    if asked.history_from and figure.start < asked.history_from:
        said = f"The dataset's history begins on {day_text(asked.history_from)}, within or after this period."
        return Cell(label, figure.start, on, None, None, None, why=said)
    return Cell(label, figure.start, on, figure.value, figure.numerator, figure.denominator, why=figure.why_none)


def latest_benchmarks(line: Line, as_at: date) -> tuple[Benchmark, ...]:
    """National, regional and comparator figures, each of the latest complete year held."""
    latest = financial_year_of(as_at)  # the year whose 31 March has passed
    years = [benchmarks(line.id, year, line.row) for year in range(latest, OLDEST_BENCHMARK - 1, -1)]
    return tuple(
        next(
            (
                Benchmark(kind, held.value, held.year, held.name, held.source, held.caution)
                for held in (getattr(year, kind) for year in years)
                if held is not None and held.value is not None
            ),
            Benchmark(kind, None, None),
        )
        for kind in ("national", "regional", "comparator")
    )


def _series(indicator: Indicator, figures: Figures, asked: Asked) -> tuple[Cell, ...]:
    since = asked.history_from
    ends = [end for end in month_ends(asked.as_at, asked.months) if not since or end.replace(day=1) >= since]
    return month_cells(ends, figures.get(by_month(indicator).key, {}))


def _total(line: Line, figures: Figures, asked: Asked) -> float | None:
    """What a share-of-total target is a share of: the row's own denominator, or all children looked after."""
    if line.target.kind != "share of total":
        return None
    for key in (line.key, "EFL1"):
        figure = figures.get(key, {}).get(asked.as_at)
        total = figure and (figure.denominator if key == line.key else figure.numerator)
        if total:
            return total
    return None


def _part_of_year(line: Line, as_at: date) -> bool:
    """Whether the current value is a count that is still growing towards its year's end."""
    grows = grows_with_the_year(line.basis, line.unit)
    return grows and (as_at.month, as_at.day) != (3, 31)


def _notes(line: Line, asked: Asked) -> Iterator[str]:
    if line.printed and line.printed.contradicts:
        yield f"On the board printed in August 2019: {_lower_first(line.printed.contradicts)}"
    if _part_of_year(line, asked.as_at):
        yield (
            f"{current_label(asked.as_at)} counts from 1 April and is part of a year: it is not to be set beside the "
            "whole years, the benchmarks or the target, and is not judged against it."
        )
    if line.indicator and line.indicator.national_definition is None:
        yield "No national definition exists: the counting is local."


def _definition(indicator: Indicator | None) -> Definition | None:
    if indicator is None:
        return None
    return Definition(
        indicator.question,
        indicator.numerator,
        indicator.denominator,
        indicator.exclusions,
        indicator.source,
        indicator.national_definition,
    )


def _explain(indicator: Indicator, asked: Asked) -> str:
    key = f'"{indicator.key}"' if " " in indicator.key else indicator.key
    return f"goldenthread explain --dataset {asked.dataset} --as-at {asked.as_at} {key}"


def _never(previous: tuple[Cell, ...], current: Cell) -> str:
    return "" if any(cell.value is not None for cell in (*previous, current)) else current.why


def _lower_first(text: str) -> str:
    return text[:1].lower() + text[1:]


def figures_by_key(figures: Iterable[Figure]) -> Figures:
    """The figures of no group, by indicator and last day."""
    found: dict[str, dict[date, Figure]] = {}
    for figure in figures:
        if not figure.group:
            found.setdefault(figure.indicator, {})[figure.on] = figure
    return found
