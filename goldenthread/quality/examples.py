"""A rule's own examples: a few rows drawn as text, of which those marked must be found and no other may be.

One row a line: the table (`Episodes_last` is last year's), the child, and `COLUMN=value` for what the row holds; a
value with spaces stands in quotation marks, and `-` for the child is a row without one. `!` at the end marks a row
that must be found. A comment follows `#`; a rule's examples say which row is the `boundary` and which `missing`.
Before the rows may stand `period 01/04/2025 31/03/2026`, `year 2026`, `format xml`, `authority E06000014`, and
`provider URN=... POSTCODE=...` or `postcode ...` for reference data. A line that is only `whole return !` says that
the return as a whole must be found at fault.
"""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

import polars as pl

MUST_BE_FOUND = "!"
NO_CHILD = "-"


@dataclass(slots=True)
class Example:
    """`tables` and `previous` as `check` takes them; `expected` the rows that must be found, by table."""

    year: int = 2026
    period: tuple[date, date] | None = None
    reference: dict[str, object] = field(default_factory=dict)
    tables: dict[str, pl.DataFrame] = field(default_factory=dict)
    previous: dict[str, pl.DataFrame] = field(default_factory=dict)
    expected: dict[str, set[int]] = field(default_factory=dict)
    whole_return: bool = False
    comments: str = ""


Row = dict[str, str | None]


def read_examples(text: str, child: str, last: str = "_last") -> Example:
    """The example drawn in `text`; `child` is the return's column for it. ValueError for a line not understood."""
    example = Example()
    rows: dict[str, list[Row]] = {}
    reference: dict[str, list[Row]] = {}
    for line in text.splitlines():
        words = shlex.split(line, comments=True)
        example.comments += line.partition("#")[2] + "\n"
        if words and not _setting(words, example, reference):
            _row(words, line, child, rows, example)
    for table, held in rows.items():
        into = example.previous if table.endswith(last) else example.tables
        into[table.removesuffix(last)] = frame_of(held)
    for name, held in reference.items():
        example.reference[f"{name}s"] = frame_of(held)
    return example


def frame_of(rows: list[Row]) -> pl.DataFrame:
    """Rows of text as a frame; a column that a row does not name is missing there."""
    columns = list(dict.fromkeys(name for row in rows for name in row))
    return pl.DataFrame(
        {name: [row.get(name) for row in rows] for name in columns}, schema=dict.fromkeys(columns, pl.String)
    )


def _setting(words: list[str], example: Example, reference: dict[str, list[Row]]) -> bool:
    match words:
        case ["period", start, end]:
            example.period = (_day(start), _day(end))
        case ["year", number]:
            example.year = int(number)
        case ["format", name]:
            example.reference["format"] = name
        case ["authority", code]:
            example.reference["local_authority"] = code
        case ["provider" | "postcode" as kind, *cells]:
            reference.setdefault(kind, []).append(dict(_cells(cells)))
        case ["whole", "return", "!"]:
            example.whole_return = True
        case _:
            return False
    return True


def _row(words: list[str], line: str, child: str, rows: dict[str, list[Row]], example: Example) -> None:
    if len(words) < 2:
        raise ValueError(f"An example's row names its table and its child: {line.strip()!r}")
    table, who, *cells = words
    held = rows.setdefault(table, [])
    if cells and cells[-1] == MUST_BE_FOUND:
        cells = cells[:-1]
        example.expected.setdefault(table, set()).add(len(held))
    held.append({child: None if who == NO_CHILD else who} | dict(_cells(cells)))


def _cells(cells: list[str]) -> Mapping[str, str | None]:
    made: dict[str, str | None] = {}
    for cell in cells:
        name, equals, value = cell.partition("=")
        if not equals:
            raise ValueError(f"{cell!r} is not COLUMN=value")
        made[name] = value or None
    return made


def _day(text: str) -> date:
    return datetime.strptime(text, "%d/%m/%Y").date()
