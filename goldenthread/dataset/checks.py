"""The schema checks: canonical frames against their declarations, before they become a dataset.

What cannot be is taken out and listed, the rest is kept. A cell that is wrong becomes unknown; a row is lost only when
it has no key or required value, ends before it starts, repeats another row's key, or would put a child in two
episodes at once that the declaration forbids (two care episodes, two child protection plans). A link to a row that is
not there is a warning: a partial source often cannot have the other table.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

import polars as pl

from goldenthread.codesets import code_set
from goldenthread.dataset.rejects import Reject, Rejects
from goldenthread.dataset.schema import Column, Episode, Kind, Table
from goldenthread.dataset.tables import TABLES

EARLIEST, LATEST = date(1900, 1, 1), date(2100, 12, 31)
"""Days outside these are slips of the keyboard, whatever they are of."""
MAY_LIE_AHEAD = ("due_on", "target_on", "until", "ends_on", "expected_on")
"""Ends of the names of columns that hold a day to come."""
AT = "__at"


@dataclass(frozen=True, slots=True)
class Checked:
    """The frames kept, conforming to their declarations; what was taken out; and what deserves a look."""

    tables: dict[str, pl.DataFrame]
    rejects: Rejects
    warnings: Rejects


@dataclass(slots=True)
class _Report:
    source: str
    table: Table
    rejects: Rejects = field(default_factory=Rejects)
    warnings: Rejects = field(default_factory=Rejects)

    def cell(self, frame: pl.DataFrame, wrong: pl.Expr, column: str, reason: str, what_to_do: str) -> None:
        """List the cells of `column` where `wrong`."""
        for row in frame.filter(wrong).iter_rows(named=True):
            value = shown(row[column])
            self.rejects.add(self._reject(column, value, f"{reason} (row {self.name(row)})", what_to_do))

    def row(self, row: Mapping[str, object], column: str, reason: str, what_to_do: str, *, whole: bool = True) -> None:
        """List a whole row, or its one cell."""
        found = self._reject(column, shown(row[column]), f"{reason} (row {self.name(row)})", what_to_do, whole=whole)
        self.rejects.add(found)

    def warn(self, column: str, value: str, reason: str, what_to_do: str) -> None:
        self.warnings.add(self._reject(column, value, reason, what_to_do))

    def name(self, row: Mapping[str, object]) -> str:
        """How a row is named to people: its key, and its child."""
        names = dict.fromkeys((*self.table.key, *(("child_id",) if "child_id" in row else ())))
        return ", ".join(f"{name} {shown(row[name])}" for name in names)

    def _reject(self, column: str, value: str, reason: str, what_to_do: str, *, whole: bool = False) -> Reject:
        return Reject(self.source, self.table.name, None, column, value, reason, what_to_do, whole_row=whole)


def check_tables(tables: Mapping[str, pl.DataFrame], *, as_at: date | None = None, source: str = "") -> Checked:
    """The tables checked against their declarations. `source` names in the rejects where the tables came from.

    With `as_at`, dates after it are warned of. KeyError for a table, ValueError for a column, never declared.
    """
    kept: dict[str, pl.DataFrame] = {}
    rejects, warnings = Rejects(), Rejects()
    for name, frame in tables.items():
        report = _Report(source, TABLES[name])
        kept[name] = _checked(frame, report, as_at)
        rejects.extend(report.rejects.found)
        warnings.extend(report.warnings.found)
    for name, frame in kept.items():
        report = _Report(source, TABLES[name])
        _check_links(frame, kept, report)
        warnings.extend(report.warnings.found)
    return Checked(kept, rejects, warnings)


def _checked(frame: pl.DataFrame, report: _Report, as_at: date | None) -> pl.DataFrame:
    table = report.table
    if unknown := set(frame.columns) - set(table.schema):
        raise ValueError(f"Table {table.name} has no columns {sorted(unknown)}")
    found = _typed(frame, report)
    found = _plausible(found, report)
    found = _known_codes(found, report)
    found = _complete(found, report)
    found = _unique(found, report)
    found = _in_order(found, report)
    if table.episode and not table.episode.overlap_allowed:
        found = _without_overlaps(found, table.episode, report)
    if as_at:
        _warn_of_days_ahead(found, as_at, report)
    return found


def _typed(frame: pl.DataFrame, report: _Report) -> pl.DataFrame:
    """Every declared column with its type. A cell that cannot take it becomes null."""
    columns: list[pl.Series] = []
    for column in report.table.columns:
        if column.name not in frame.columns:
            columns.append(pl.Series(column.name, [None] * frame.height, dtype=column.dtype))
            continue
        held = frame[column.name]
        clean = held if held.dtype == column.dtype else held.cast(column.dtype, strict=False)
        lost = held.is_not_null() & clean.is_null()
        if lost.any():
            as_text = frame.with_columns(held.cast(pl.String))
            report.cell(
                as_text.with_columns(lost.alias(AT)), pl.col(AT), column.name, f"is no {column.kind}", "Correct it."
            )
        columns.append(clean)
    return pl.DataFrame(columns)


def _plausible(frame: pl.DataFrame, report: _Report) -> pl.DataFrame:
    found = frame
    for column in _of_kind(report.table, Kind.DAY, Kind.MOMENT):
        day = pl.col(column.name).cast(pl.Date)
        wrong = (day < EARLIEST) | (day > LATEST)
        found = _blanked(found, wrong, column, report, "is no plausible date", "Correct the year.")
    return found


def _known_codes(frame: pl.DataFrame, report: _Report) -> pl.DataFrame:
    """Codes that exist, and were in use at some time of the row; a code's own day is not always one column's."""
    found = frame
    first, last = _span(report.table)
    for column in _of_kind(report.table, Kind.CODE):
        codes = code_set(column.codes or "")
        value = pl.col(column.name)
        unknown = value.is_not_null() & ~codes.member(value)
        do = f"Use a code of the set '{codes.name}'."
        found = _blanked(found, unknown, column, report, f"is no code of '{codes.name}'", do)
        if first is not None and last is not None:
            retired = value.is_not_null() & ~codes.in_use(value, first, last)
            reason = f"is a code of '{codes.name}' that was not in use at any time of the row"
            found = _blanked(found, retired, column, report, reason, do)
    return found


def _span(table: Table) -> tuple[pl.Expr | None, pl.Expr | None]:
    """The first and last day a row speaks of; the last of an open episode is null."""
    days = [pl.col(column.name) for column in _of_kind(table, Kind.DAY)]
    if not days:
        return None, None
    return pl.min_horizontal(days), pl.col(table.episode.end) if table.episode else pl.max_horizontal(days)


def _complete(frame: pl.DataFrame, report: _Report) -> pl.DataFrame:
    """Rows with everything required."""
    needed = [column.name for column in report.table.columns if column.required]
    lacking = pl.any_horizontal(pl.col(name).is_null() for name in needed) if needed else pl.lit(False)
    for row in frame.filter(lacking).iter_rows(named=True):
        empty = [name for name in needed if row[name] is None]
        report.row(row, empty[0], f"{' and '.join(empty)} must be there and is not", f"Fill in {' and '.join(empty)}.")
    return frame.filter(~lacking)


def _unique(frame: pl.DataFrame, report: _Report) -> pl.DataFrame:
    """One row for each key: the first."""
    if not frame.height:
        return frame
    again = ~pl.struct(report.table.key).is_first_distinct()
    for row in frame.filter(again).iter_rows(named=True):
        report.row(row, report.table.key[0], "repeats the key of an earlier row, which was kept", "Remove one of them.")
    return frame.filter(~again)


def _in_order(frame: pl.DataFrame, report: _Report) -> pl.DataFrame:
    """No end before its start: an episode that has one is lost as a row, in other pairs the later fact becomes null."""
    found = frame
    episode = report.table.episode
    for start, end in report.table.order:
        wrong = (pl.col(start) > pl.col(end)).fill_null(False)
        bad = found.filter(wrong)
        if not bad.height:
            continue
        whole = episode is not None and (episode.start, episode.end) == (start, end)
        for row in bad.iter_rows(named=True):
            reason = f"{end} {shown(row[end])} is before {start} {shown(row[start])}"
            report.row(row, end, reason, "Correct one of the two dates.", whole=whole)
        found = found.filter(~wrong) if whole else found.with_columns(pl.when(~wrong).then(pl.col(end)).alias(end))
    return found


def _without_overlaps(frame: pl.DataFrame, episode: Episode, report: _Report) -> pl.DataFrame:
    """No row that starts before an earlier row of the same owner has ended; the later one is lost."""
    start, end, owner = episode.start, episode.end, episode.owner
    if not frame.height:
        return frame
    spans = frame.with_row_index(AT).select(AT, owner, start, pl.col(end).fill_null(date.max).alias(end))
    spans = spans.filter(pl.col(owner).is_not_null()).sort(owner, start, end, AT)
    before = pl.col(end).cum_max().shift(1).over(owner)
    suspects = spans.filter((pl.col(start) < before).any().over(owner))
    lost: dict[int, int] = {}
    for _, group in suspects.group_by(owner, maintain_order=True):
        lost |= dict(_overlapping(group.select(AT, start, end).iter_rows()))
    for at, blocker in lost.items():
        row, earlier = frame.row(at, named=True), frame.row(blocker, named=True)
        until = f"to {shown(earlier[end])}" if earlier[end] else "still open"
        report.row(
            row,
            start,
            f"starts on {shown(row[start])}, during row {report.name(earlier)} ({shown(earlier[start])} {until}), and "
            f"nobody has two {report.table.name.replace('_', ' ')} at once",
            "End the earlier one, or correct a date.",
        )
    return frame.filter(~pl.int_range(pl.len()).is_in(list(lost))) if lost else frame


def _overlapping(spans: Iterator[tuple[int, date, date]]) -> Iterator[tuple[int, int]]:
    """Of one owner's spans in order of start: each that begins within one kept, with the one it is within."""
    kept_at, kept_end = -1, date.min
    for at, start, end in spans:
        if start < kept_end:
            yield at, kept_at
        else:
            kept_at, kept_end = at, max(kept_end, end)


def _warn_of_days_ahead(frame: pl.DataFrame, as_at: date, report: _Report) -> None:
    for column in _of_kind(report.table, Kind.DAY):
        if column.name.endswith(MAY_LIE_AHEAD):
            continue
        for row in frame.filter(pl.col(column.name) > as_at).iter_rows(named=True):
            reason = f"is after the day the data speak of, {as_at:%d/%m/%Y} (row {report.name(row)})"
            report.warn(column.name, shown(row[column.name]), reason, "Check the date.")


def _check_links(frame: pl.DataFrame, tables: Mapping[str, pl.DataFrame], report: _Report) -> None:
    """Warn of links to rows that are not there: once for a table that is not there at all, else one by one."""
    for column in report.table.columns:
        if column.links_to is None or not frame[column.name].count():
            continue
        to_table, _, to_column = column.links_to.partition(".")
        if to_table not in tables:
            count = frame[column.name].count()
            report.warn(column.name, f"{count} cells", f"name rows of {to_table}, which these sources do not hold", "")
            continue
        target = tables[to_table].select(pl.col(to_column).alias(AT)).unique()
        astray = frame.filter(pl.col(column.name).is_not_null()).join(
            target, left_on=column.name, right_on=AT, how="anti"
        )
        for row in astray.iter_rows(named=True):
            reason = f"names no row of {to_table} (row {report.name(row)})"
            report.warn(column.name, shown(row[column.name]), reason, "Check the identifier.")


def _blanked(
    frame: pl.DataFrame, wrong: pl.Expr, column: Column, report: _Report, reason: str, what_to_do: str
) -> pl.DataFrame:
    """`frame` with the wrong cells of the column null, each of them listed."""
    wrong = wrong.fill_null(False)
    if not frame.select(wrong.any()).item():
        return frame
    report.cell(frame, wrong, column.name, reason, what_to_do)
    return frame.with_columns(pl.when(~wrong).then(pl.col(column.name)).alias(column.name))


def _of_kind(table: Table, *kinds: Kind) -> Iterator[Column]:
    return (column for column in table.columns if column.kind in kinds)


def shown(value: object) -> str:
    """A value as people read it: dates as DD/MM/YYYY, yes and no, empty for what is unknown."""
    match value:
        case None:
            return ""
        case datetime():
            return f"{value:%d/%m/%Y %H:%M}"
        case date():
            return f"{value:%d/%m/%Y}"
        case bool():
            return "yes" if value else "no"
        case _:
            return str(value)
