"""Reading the printed board and targets from their files, every fault told at once."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from goldenthread.board.data.model import (
    KINDS,
    NO_TARGET,
    POLARITIES,
    RATINGS,
    Direction,
    PrintedBoard,
    PrintedIndicator,
    PrintedRow,
    PrintedValue,
    Target,
)
from goldenthread.dataset.packaged.marked import Marked, read_marked

NUMBER = re.compile(r"(\d+(?:\.\d+)?)%?")
TARGET_KEYS = ("printed", "kind", "value", "low", "high", "belongs_to")
ROW_KEYS = (
    "title", "frequency", "unit", "basis", "provider", "polarity", "direction", "target", "rationale",
    "contradicts", "values",
)  # fmt: skip
ROW_NEEDS = tuple(key for key in ROW_KEYS if key not in ("rationale", "contradicts"))
BENCHMARKS = ("national", "regional", "comparator")


def load_printed(path: Path) -> PrintedBoard:
    """The printed board in the file. Raises DataFileError listing every fault with its line."""
    top = read_marked(path)
    parts = top.mapping(("title", "printed", "periods", "indicators"), needed=("title", "periods", "indicators"))
    periods = tuple(period.text() for period in parts["periods"].each()) if "periods" in parts else ()
    indicators = tuple(
        _indicator(entry, periods) for entry in (parts["indicators"].each() if "indicators" in parts else ())
    )
    _no_id_twice(top, indicators)
    top.faults.raise_any()
    return PrintedBoard(title=parts["title"].text(), periods=periods, indicators=indicators)


def target_from(entry: Marked) -> tuple[Target, int | None]:
    """A target and the row it belongs to (None for the row it stands on); faults for what makes no sense."""
    parts = entry.mapping(TARGET_KEYS, needed=("kind",))
    kind = next((kind for kind in KINDS if "kind" in parts and parts["kind"].text() == kind), None)
    if kind is None:
        entry.faults.add(entry.line, f"the target's kind must be one of {', '.join(KINDS)}.")
        return NO_TARGET, None
    value, low, high = (parts[name].number() if name in parts else None for name in ("value", "low", "high"))
    needed: tuple[str, ...] = {"value": ("value",), "share of total": ("value",), "range": ("low", "high")}.get(
        kind, ()
    )
    given = {name for name, number in (("value", value), ("low", low), ("high", high)) if number is not None}
    if given != set(needed):
        wants = " and ".join(needed) if needed else "no number"
        entry.faults.add(entry.line, f"a target of kind '{kind}' takes {wants}.")
    if low is not None and high is not None and low > high:
        entry.faults.add(entry.line, f"the range's low end {low:g} is above its high end {high:g}.")
    printed = parts["printed"].text() if "printed" in parts else ""
    belongs_to = parts["belongs_to"].whole() if "belongs_to" in parts else None
    return Target(kind=kind, printed=printed, value=value, low=low, high=high), belongs_to


def _indicator(entry: Marked, periods: tuple[str, ...]) -> PrintedIndicator:
    parts = entry.mapping(
        ("no", "id", "section", "notes", "benchmarks", "rows"), needed=("no", "id", "section", "rows")
    )
    id = parts["id"].text() if "id" in parts else ""
    read = [
        _row(row, id, number, periods)
        for number, row in enumerate(parts["rows"].each() if "rows" in parts else (), start=1)
    ]
    benchmarks = {
        kind: _benchmark(value, periods)
        for kind, value in (parts["benchmarks"].mapping(BENCHMARKS).items() if "benchmarks" in parts else ())
    }
    return PrintedIndicator(
        no=parts["no"].whole() if "no" in parts else 0,
        id=id,
        section=parts["section"].text() if "section" in parts else "",
        rows=_with_moved_targets(entry, read),
        notes=tuple(note.text() for note in parts["notes"].each()) if "notes" in parts else (),
        benchmarks=benchmarks,
    )


def _with_moved_targets(entry: Marked, read: list[tuple[PrintedRow, int | None]]) -> tuple[PrintedRow, ...]:
    """The rows, a target that is printed on one row and belongs to another being given to the other."""
    rows = [row for row, _ in read]
    for row, belongs_to in read:
        if belongs_to is None or belongs_to == row.row:
            continue
        if not 1 <= belongs_to <= len(rows):
            entry.faults.add(entry.line, f"{row.key}: its target belongs to row {belongs_to}, which there is not.")
            continue
        moved = replace(row.target, printed_on_row=row.row)
        rows[belongs_to - 1] = replace(rows[belongs_to - 1], target=moved)
        rows[row.row - 1] = replace(row, target=NO_TARGET)
    return tuple(rows)


def _row(entry: Marked, id: str, number: int, periods: tuple[str, ...]) -> tuple[PrintedRow, int | None]:
    parts = entry.mapping(ROW_KEYS, needed=ROW_NEEDS)

    def text(name: str) -> str:
        return parts[name].text() if name in parts else ""

    polarity = next((polarity for polarity in POLARITIES if polarity == text("polarity")), None)
    if polarity is None:
        entry.faults.add(parts["polarity"].line, f"'{text('polarity')}' is not a polarity.")
    target, belongs_to = target_from(parts["target"]) if "target" in parts else (NO_TARGET, None)
    row = PrintedRow(
        indicator=id,
        row=number,
        title=text("title"),
        frequency=text("frequency"),
        unit=text("unit"),
        basis=text("basis"),
        provider=text("provider"),
        polarity=polarity or "",
        direction=_direction(parts["direction"]) if "direction" in parts else Direction(),
        target_printed=target.printed,
        target=replace(target, rationale=text("rationale")),
        contradicts=text("contradicts"),
        values=_values(parts["values"], periods) if "values" in parts else {},
    )
    return row, belongs_to


def _direction(entry: Marked) -> Direction:
    parts = entry.mapping(("printed", "arrow", "rating"), needed=("printed", "arrow", "rating"))
    texts = {name: value.text() for name, value in parts.items()}
    rating = next((rating for rating in RATINGS if rating == texts.get("rating")), None)
    if rating is None:
        entry.faults.add(entry.line, f"'{texts.get('rating')}' is not a rating.")
    return Direction(texts.get("printed", ""), texts.get("arrow", ""), rating or "")


def _benchmark(entry: Marked, periods: tuple[str, ...]) -> dict[str, PrintedValue]:
    parts = entry.mapping(("frequency", "provider", "values"), needed=("values",))
    return _values(parts["values"], periods) if "values" in parts else {}


def _values(entry: Marked, periods: tuple[str, ...]) -> dict[str, PrintedValue]:
    parts = entry.mapping(periods, needed=periods)
    return {period: _value(value) for period, value in parts.items() if period in periods}


def _value(entry: Marked) -> PrintedValue:
    parts = entry.mapping(("printed", "value"), needed=("printed", "value"))
    printed = parts["printed"].text() if "printed" in parts else ""
    value = parts["value"].number() if "value" in parts else None
    match = NUMBER.fullmatch(printed)
    if (float(match.group(1)) if match else None) != value:
        entry.faults.add(entry.line, f"printed '{printed}' is not the value {value}.")
    return PrintedValue(printed, value)


def _no_id_twice(top: Marked, indicators: tuple[PrintedIndicator, ...]) -> None:
    ids = [indicator.id for indicator in indicators]
    for id in sorted({id for id in ids if ids.count(id) > 1}):
        top.faults.add(top.line, f"indicator {id} is given twice.")
