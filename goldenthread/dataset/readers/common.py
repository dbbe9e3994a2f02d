"""What every reader shares: its result, and the parsing of whole columns of text with each rejected cell listed.

A reader first turns its file into frames of text with the line of each row in `LINE`, then names, for each column
it wants, the heading it comes from and how it is parsed (`Field`), and calls `parse_columns`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import polars as pl

from goldenthread.dataset.rejects import Reject, Rejects
from goldenthread.dataset.store import Source
from goldenthread.dataset.values import Parser

LINE = "_line"
"""The column that says where a row stands in its file: sheet row, CSV line or XML line, 1 being the first."""

MOST_LISTED = 100_000
"""Rejects of one column listed one by one; the rest are listed as a number."""


@dataclass(frozen=True, slots=True)
class Tally:
    """Rows of one list, table or element of a source: how many came in, and how many gave a canonical row.

    `sheet` is what rejects call the place, where that is not `place` itself.
    """

    place: str
    rows_in: int
    rows_out: int
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class ReadResult:
    """What a reader made of its files.

    `tables`: canonical frames by table name. `rejects`: cells and rows not loaded. `warnings`: what was loaded
    and yet deserves a look (the same shape as a reject). `notes`: what is said once about a whole file. `as_at`: the
    day the files speak of, given or found in them; `as_at_because` says where it was found. `authority`: the
    nine-character or three-digit code when the files name it. `tallies`: rows in and out, place by place.
    `history_from`: the first day from which the files hold everything that happened, when they have one.
    """

    tables: dict[str, pl.DataFrame]
    rejects: Rejects
    sources: tuple[Source, ...]
    warnings: Rejects = field(default_factory=Rejects)
    notes: tuple[str, ...] = ()
    as_at: date | None = None
    as_at_because: str = ""
    authority: str | None = None
    tallies: tuple[Tally, ...] = ()
    history_from: date | None = None


@dataclass(frozen=True, slots=True)
class Field:
    """One column of the result: `source` is its heading in the file, `column` its name in the result."""

    source: str
    column: str
    parser: Parser
    required: bool = False


def parse_columns(
    raw: pl.DataFrame,
    fields: Iterable[Field],
    *,
    file: str,
    place: str,
    keep: Sequence[str] = (LINE,),
) -> tuple[pl.DataFrame, Rejects]:
    """The columns of `raw` (text, with `LINE`) parsed as `fields` say, and what could not be.

    A cell that cannot be parsed becomes null and is listed. A row without a `required` value is left out and
    listed as a whole row. A heading that `raw` lacks gives an empty column. `keep` names columns passed through.
    """
    rejects = Rejects()
    columns: dict[str, pl.Series] = {name: raw[name] for name in keep}
    lost = pl.repeat(False, raw.height, dtype=pl.Boolean, eager=True)
    for wanted in fields:
        if wanted.source not in raw.columns:
            blank = pl.Series(wanted.column, [None] * raw.height, dtype=wanted.parser.dtype)
            columns[wanted.column], bad = blank, None
        else:
            clean, bad = wanted.parser(raw[wanted.source])
            columns[wanted.column] = clean.alias(wanted.column)
        if wanted.required:
            without = columns[wanted.column].is_null()
            rejects.extend(_rows_without(raw, wanted, without & ~lost, file, place))
            lost |= without
            bad = None if bad is None else bad & ~without
        if bad is not None and bad.any():
            rejects.extend(_bad_cells(raw, wanted, bad, file, place))
    return pl.DataFrame(columns).filter(~lost), rejects


def _bad_cells(raw: pl.DataFrame, wanted: Field, bad: pl.Series, file: str, place: str) -> list[Reject]:
    cells = raw.filter(bad).select(LINE, wanted.source)
    parser = wanted.parser
    listed = [
        Reject(file, place, line, wanted.source, value, parser.reason, parser.what_to_do)
        for line, value in cells.head(MOST_LISTED).iter_rows()
    ]
    return listed + _rest(cells.height, wanted, file, place, whole_row=False)


def _rest(count: int, wanted: Field, file: str, place: str, *, whole_row: bool) -> list[Reject]:
    if count <= MOST_LISTED:
        return []
    what = f"{count - MOST_LISTED:,} more"
    return [Reject(file, place, None, wanted.source, what, wanted.parser.reason, "", whole_row=whole_row)]


def _rows_without(raw: pl.DataFrame, wanted: Field, without: pl.Series, file: str, place: str) -> list[Reject]:
    if not without.any():
        return []
    value = pl.col(wanted.source) if wanted.source in raw.columns else pl.lit("")
    cells = raw.filter(without).select(pl.col(LINE), value.fill_null("").alias("value"))
    listed = [
        Reject(
            file,
            place,
            line,
            wanted.source,
            found,
            wanted.parser.reason if found.strip() else "is empty, and a row without it cannot be used",
            wanted.parser.what_to_do if found.strip() else f"Fill in {wanted.source}.",
            whole_row=True,
        )
        for line, found in cells.head(MOST_LISTED).iter_rows()
    ]
    return listed + _rest(cells.height, wanted, file, place, whole_row=True)


def sha256_of(path: Path) -> str:
    """The SHA-256 of the file's bytes, in hexadecimal."""
    with path.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def source_of(path: Path, kind: str, *, rows_in: int, rows_out: int, rejected: int) -> Source:
    """The manifest's line for a file that was read. Counts are of rows; `rejected` of cells and rows together."""
    return Source(path.name, kind, sha256_of(path), rows_in, rows_out, rejected)
