"""Reading the code sets' files, with every fault reported at once."""

from __future__ import annotations

import csv
from datetime import date
from functools import cache
from pathlib import Path

from goldenthread.codesets.model import Code, CodeSet, CodeSetFault

FOLDER = Path(__file__).parent / "data"
HEADINGS = ["code", "label", "valid_from", "valid_to"]


@cache
def code_set(name: str) -> CodeSet:
    """The set of that name; CodeSetFault when there is none or its file is wrong."""
    path = FOLDER / f"{name}.csv"
    if not path.is_file():
        raise CodeSetFault(f"There is no code set {name!r}; the sets are {', '.join(code_set_names())}.")
    return read_code_set(path)


def code_set_names() -> tuple[str, ...]:
    """The names of all code sets, in order."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.csv")))


def read_code_set(path: Path) -> CodeSet:
    """The set in the file; CodeSetFault listing every wrong line."""
    with path.open(encoding="utf-8", newline="") as opened:
        lines = list(csv.reader(opened))
    if not lines or lines[0] != HEADINGS:
        raise CodeSetFault(f"{path.name}, line 1: the columns must be {', '.join(HEADINGS)}.")
    faults: list[str] = []
    entries: dict[str, Code] = {}
    for number, cells in enumerate(lines[1:], start=2):
        try:
            entry = _entry(cells)
            if entry.code in entries:
                raise ValueError(f"the code {entry.code!r} is there twice")
            entries[entry.code] = entry
        except ValueError as fault:
            faults.append(f"{path.name}, line {number}: {fault}.")
    if not entries and not faults:
        faults.append(f"{path.name}: no codes.")
    if faults:
        raise CodeSetFault("\n".join(faults))
    return CodeSet(path.stem, tuple(entries.values()))


def _entry(cells: list[str]) -> Code:
    if len(cells) != len(HEADINGS):
        raise ValueError(f"{len(cells)} cells where {len(HEADINGS)} are wanted")
    code, label, begun, retired = cells
    if not code or code != code.strip():
        raise ValueError(f"the code {code!r} is empty or has spaces round it")
    if not label or label != label.strip():
        raise ValueError(f"the label {label!r} is empty or has spaces round it")
    entry = Code(code, label, _day(begun), _day(retired))
    if entry.valid_from and entry.valid_to and entry.valid_from > entry.valid_to:
        raise ValueError(f"retired on {retired}, before its first day {begun}")
    return entry


def _day(cell: str) -> date | None:
    try:
        return date.fromisoformat(cell) if cell else None
    except ValueError:
        raise ValueError(f"{cell!r} is no date; write 2025-03-31") from None
