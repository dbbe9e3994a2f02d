"""Benchmarks of the board: what was printed for 2017 and 2018, and published figures from 2019 on.

A year is the one in which 31 March falls (for the workforce, 30 September). Nothing is estimated. A figure that its
source does not show has no value and says so; one worked out from published figures is marked derived.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from goldenthread.board.data import COMPARATORS, COMPARATORS_ABOUT
from goldenthread.board.data.model import PrintedValue, row_number
from goldenthread.board.targets import printed_board
from goldenthread.dataset.packaged.marked import Faults, Marked, read_marked
from goldenthread.dataset.packaged.population import population, population_for_year_ending
from goldenthread.dataset.packaged.rows import csv_rows

__all__ = [
    "About",
    "Benchmark",
    "Benchmarks",
    "BoardLink",
    "Comparator",
    "Measure",
    "all_comparators",
    "benchmarks",
    "comparators",
    "comparators_about",
    "load_about",
    "load_comparators",
    "population",
    "population_for_year_ending",
]

Status = Literal["published", "not available", "derived", "printed"]
STATUSES: tuple[Status, ...] = ("published", "not available", "derived")
KINDS = ("authority", "region", "national", "neighbour", "neighbours mean", "neighbours median")
COMPARATOR_COLUMNS = ("measure", "time_period", "kind", "area", "name", "value", "status", "how_seen")
# The printed board's benchmark columns that hold a whole year, by the year in which its 31 March falls.
PRINTED_YEARS = MappingProxyType({2017: "2016/2017", 2018: "2017/2018"})


@dataclass(frozen=True, slots=True)
class Comparator:
    """One figure of one area and year. ``area`` is empty for an average of neighbours."""

    measure: str
    year: int
    kind: str
    area: str
    name: str
    value: float | None
    status: Status
    how_seen: str


@dataclass(frozen=True, slots=True)
class Measure:
    """What a comparator measures: its title in our words, its unit, and whose statistics it comes from."""

    id: str
    title: str
    unit: str
    source: str


@dataclass(frozen=True, slots=True)
class BoardLink:
    """The measure that stands beside a row of the board, and how it differs where it does."""

    measure: str
    caution: str


@dataclass(frozen=True)
class About:
    """What is said of the comparators as a whole."""

    source: str
    licence: str
    attribution: str
    how_seen: str
    neighbours_year: int
    neighbours_average: str
    measures: Mapping[str, Measure]
    board: Mapping[tuple[str, int], BoardLink]
    not_found: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Benchmark:
    """A figure to set beside a row of the board: where it is from, how it was seen, and any caution."""

    value: float | None
    name: str
    year: int
    status: Status
    source: str
    how_seen: str
    caution: str = ""


@dataclass(frozen=True, slots=True)
class Benchmarks:
    """The benchmarks of a row for a year; None where there is none. ``own`` is the authority's published figure."""

    national: Benchmark | None = None
    regional: Benchmark | None = None
    comparator: Benchmark | None = None
    own: Benchmark | None = None


def benchmarks(indicator_id: str, year: int, row: int | str = 1) -> Benchmarks:
    """England, region and statistical neighbours for a row of the board, or for a published measure, in a year.

    2017 and 2018 are those printed on the board; later years are the published comparators. Neighbours are given by
    the average the comparators file chooses (the median), worked out for 2025 only. Empty where nothing is held.
    """
    number = row_number(row)
    if year in PRINTED_YEARS and number == 1:
        return _printed(indicator_id, year)
    about = comparators_about()
    own_measure = BoardLink(indicator_id, "") if indicator_id in about.measures else None
    link = about.board.get((indicator_id, number), own_measure)
    if link is None:
        return Benchmarks()
    found = {one.kind: one for one in comparators(link.measure, year)}

    def of(kind: str) -> Benchmark | None:
        return _benchmark(found[kind], link.caution) if kind in found else None

    neighbours = f"neighbours {about.neighbours_average}"
    return Benchmarks(of("national"), of("region"), of(neighbours), of("authority"))


def comparators(measure: str, year: int | None = None) -> tuple[Comparator, ...]:
    """Every figure held of a measure, or of one year of it: authority, region, England, each neighbour, averages."""
    return tuple(one for one in all_comparators() if one.measure == measure and year in (None, one.year))


@cache
def all_comparators() -> tuple[Comparator, ...]:
    """Every packaged comparator, in the order of the file."""
    return load_comparators(COMPARATORS, comparators_about())


@cache
def comparators_about() -> About:
    """What the packaged comparators are and where they come from."""
    return load_about(COMPARATORS_ABOUT)


def load_comparators(path: Path, about: About) -> tuple[Comparator, ...]:
    """Read a comparators file. Raises DataFileError listing every fault with its line."""
    faults = Faults(path)
    found = []
    seen: set[tuple[str, str, str, str]] = set()
    for line, row in csv_rows(path, COMPARATOR_COLUMNS):
        key = (row["measure"], row["time_period"], row["kind"], row["area"])
        if key in seen:
            faults.add(line, f"{' '.join(part for part in key if part)} is given twice.")
        seen.add(key)
        if row["measure"] not in about.measures:
            faults.add(line, f"measure '{row['measure']}' is not described in {COMPARATORS_ABOUT.name}.")
        if row["kind"] not in KINDS:
            faults.add(line, f"kind '{row['kind']}' must be one of {', '.join(KINDS)}.")
        found.append(_comparator(row, line, faults))
    faults.raise_any()
    return tuple(found)


def load_about(path: Path) -> About:
    """Read the description of the comparators. Raises DataFileError listing every fault with its line."""
    top = read_marked(path)
    texts = ("source", "licence", "attribution", "how_seen")
    needed = (*texts, "neighbours", "measures", "board", "not_found")
    parts = top.mapping((*needed, "status", "authority", "national_only"), needed=needed)
    top.faults.raise_any()
    neighbours = parts["neighbours"].mapping(("year", "average", "why", "areas"), needed=("year", "average"))
    measures = {id: _measure(id, entry) for id, entry in parts["measures"].items()}
    board = dict(_link(entry, measures) for entry in parts["board"].each())
    about = About(
        source=parts["source"].text().strip(),
        licence=parts["licence"].text().strip(),
        attribution=parts["attribution"].text().strip(),
        how_seen=parts["how_seen"].text().strip(),
        neighbours_year=neighbours["year"].whole() if "year" in neighbours else 0,
        neighbours_average=neighbours["average"].text() if "average" in neighbours else "",
        measures=MappingProxyType(measures),
        board=MappingProxyType(board),
        not_found=tuple(entry.text() for entry in parts["not_found"].each()),
    )
    top.faults.raise_any()
    return about


def _comparator(row: dict[str, str], line: int, faults: Faults) -> Comparator:
    if not row["time_period"].isdigit():
        faults.add(line, f"time_period '{row['time_period']}' is not a year.")
    status = next((status for status in STATUSES if status == row["status"]), None)
    if status is None:
        faults.add(line, f"status '{row['status']}' must be one of {', '.join(STATUSES)}.")
    elif (row["value"] == "") != (status == "not available"):
        faults.add(line, f"status '{status}' does not go with the value '{row['value']}'.")
    value: float | None = None
    if row["value"]:
        try:
            value = float(row["value"])
        except ValueError:
            faults.add(line, f"value '{row['value']}' is not a number.")
    return Comparator(
        measure=row["measure"],
        year=int(row["time_period"]) if row["time_period"].isdigit() else 0,
        kind=row["kind"],
        area=row["area"],
        name=row["name"],
        value=value,
        status=status or "not available",
        how_seen=row["how_seen"],
    )


def _measure(id: str, entry: Marked) -> Measure:
    keys = ("title", "unit", "source")
    parts = entry.mapping(keys, needed=keys)
    return Measure(id, *(parts[key].text() if key in parts else "" for key in keys))


def _link(entry: Marked, measures: Mapping[str, Measure]) -> tuple[tuple[str, int], BoardLink]:
    parts = entry.mapping(("id", "row", "measure", "caution"), needed=("id", "row", "measure"))
    id = parts["id"].text() if "id" in parts else ""
    row = parts["row"].whole() if "row" in parts else 0
    measure = parts["measure"].text() if "measure" in parts else ""
    if measure not in measures:
        entry.faults.add(entry.line, f"measure '{measure}' is not described.")
    if not any(one.indicator == id and one.row == row for one in printed_board().rows):
        entry.faults.add(entry.line, f"the printed board has no row {row} of {id}.")
    return (id, row), BoardLink(measure, parts["caution"].text() if "caution" in parts else "")


def _benchmark(found: Comparator, caution: str) -> Benchmark:
    measure = comparators_about().measures[found.measure]
    return Benchmark(
        value=found.value,
        name=found.name,
        year=found.year,
        status=found.status,
        source=measure.source,
        how_seen=found.how_seen,
        caution=caution,
    )


def _printed(indicator_id: str, year: int) -> Benchmarks:
    indicator = next((one for one in printed_board().indicators if one.id == indicator_id), None)
    if indicator is None:
        return Benchmarks()
    names = {"national": "England", "regional": "Yorkshire and The Humber", "comparator": "Statistical neighbours"}

    def of(kind: str) -> Benchmark | None:
        value: PrintedValue | None = indicator.benchmarks.get(kind, {}).get(PRINTED_YEARS[year])
        if value is None or value.value is None:
            return None
        return Benchmark(value.value, names[kind], year, "printed", "York's board, August 2019", "on the printed page")

    return Benchmarks(of("national"), of("regional"), of("comparator"))
