"""A return as built from the record: its tables as text, and the row of the record behind each of their rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import polars as pl

ORIGIN = {"child_id": pl.String, "record": pl.String, "record_id": pl.String}


@dataclass(frozen=True, slots=True)
class Built:
    """One return, as at a day.

    `tables` maps the return's own table names to frames of text (String columns under the return's own names,
    blanks null), row for row what a reader of the written file would find. `origins` maps the same names to frames
    of as many rows in the same order: `child_id` the child in the record, `record` the canonical table, `record_id`
    its key (parts joined with "|"), null where a row is made from no one row. `notes` say what the return could not
    hold, each a sentence.
    """

    kind: str
    as_at: date
    tables: Mapping[str, pl.DataFrame]
    origins: Mapping[str, pl.DataFrame]
    notes: tuple[str, ...] = field(default=())

    def __post_init__(self) -> None:
        for name, frame in self.tables.items():
            if name not in self.origins or self.origins[name].height != frame.height:
                raise ValueError(f"Table {name} of the {self.kind} return has rows without an origin")
