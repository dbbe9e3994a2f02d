"""What a reader could not use: every rejected cell or row, with its place, its value and the reason."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, fields

import polars as pl


@dataclass(frozen=True, slots=True)
class Reject:
    """One thing that was not loaded.

    `place` is the sheet of a workbook, the table of a return or the element of an XML file; `row` is the row or
    line as a person would find it in that file (1 for the first); `column` is empty when the whole row is lost.
    `what_to_do` says how to mend it. `whole_row` is true when the row was not loaded at all.
    """

    file: str
    place: str
    row: int | None
    column: str
    value: str
    reason: str
    what_to_do: str = ""
    whole_row: bool = False


@dataclass(slots=True)
class Rejects:
    """The rejects of one reading, in the order they were met."""

    found: list[Reject] = field(default_factory=list)

    def add(self, reject: Reject) -> None:
        self.found.append(reject)

    def extend(self, rejects: Iterable[Reject]) -> None:
        self.found.extend(rejects)

    def __len__(self) -> int:
        return len(self.found)

    def frame(self) -> pl.DataFrame:
        """One row a reject, with the columns of `Reject`."""
        names = [part.name for part in fields(Reject)]
        rows = [[getattr(reject, name) for name in names] for reject in self.found]
        schema = {name: pl.String() for name in names} | {"row": pl.Int64(), "whole_row": pl.Boolean()}
        return pl.DataFrame(rows, schema=schema, orient="row")


class RefusedFile(Exception):
    """A file that is not read at all: hostile, truncated, or not what it says it is. The message says why."""
