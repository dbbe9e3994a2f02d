"""Several years' returns of one authority read together: columns parsed, a later year's row before an earlier one's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import polars as pl

from goldenthread.codesets import code_set
from goldenthread.dataset import values
from goldenthread.dataset.readers.common import LINE, MOST_LISTED, Field, parse_columns
from goldenthread.dataset.readers.ssda903_load import FILE, RawReturn, load_tables
from goldenthread.dataset.readers.ssda903_tables import CHILD
from goldenthread.dataset.rejects import RefusedFile, Reject, Rejects

YEAR_END = "year_end"
WHERE = [LINE, FILE]
YEAR_TELLING = {"Episodes": ("DECOM", "DEC"), "Reviews": ("REVIEW",)}
LEAST_SHARE = 100
"""A year counts as the return's when at least one date in this many falls in it: a slip of the pen makes no year."""

DAY = values.day()
FLAG = values.flag()
TEXT = values.text()
IDENTIFIER = values.identifier()
POSTCODE = values.postcode()


@dataclass(frozen=True, slots=True)
class Year:
    """One year's return. `ends` is 31 March of its collection year."""

    path: Path
    raw: RawReturn
    ends: date


def load_years(paths: Sequence[Path], year: int | None, as_at: date | None) -> list[Year]:
    """The returns in `paths`, latest first.

    `year` (the year the collection ends) or `as_at` says which the latest is; the others say it by their dates. Raises
    RefusedFile when two are of one year, or nothing says which year one is.
    """
    several = len(paths) > 1
    loaded = [(path, load_tables(path, prefix=f"{path.name}/" if several else "")) for path in paths]
    said = date(year, 3, 31) if year else year_end(as_at) if as_at else None
    if said and not several:
        return [Year(paths[0], loaded[0][1], said)]
    years = [Year(path, raw, _told_year_end(path, raw)) for path, raw in loaded]
    years.sort(key=lambda found: found.ends, reverse=True)
    if said:
        years[0] = Year(years[0].path, years[0].raw, said)
    ends = [found.ends for found in years]
    if len(set(ends)) < len(ends):
        listed = ", ".join(f"{found.path.name} ({found.ends.year})" for found in years)
        raise RefusedFile(f"Two returns are of one collection year: {listed}. Give one return a year.")
    return years


def year_end(on: date) -> date:
    """The 31 March on or after the day."""
    return date(on.year + (on > date(on.year, 3, 31)), 3, 31)


def _told_year_end(path: Path, raw: RawReturn) -> date:
    days = [
        DAY(raw.tables[table][column])[0].drop_nulls()
        for table, columns in YEAR_TELLING.items()
        for column in columns
        if table in raw.tables and column in raw.tables[table].columns
    ]
    counted = Counter(year_end(day) for column in days for day in column.to_list())
    if not counted:
        raise RefusedFile(
            f"Nothing in {path} says which year it is of: no date of it can be read. Import it by itself with "
            "--as-at YYYY-MM-DD, and then 'goldenthread import merge'."
        )
    total = sum(counted.values())
    return max(ends for ends, number in counted.items() if number * LEAST_SHARE >= total)


@dataclass(slots=True)
class Reading:
    """Returns being read: rejects and warnings so far, and how many rows of each file came to be used."""

    years: list[Year]
    rejects: Rejects = field(default_factory=Rejects)
    warnings: Rejects = field(default_factory=Rejects)
    used: Counter[str] = field(default_factory=Counter)
    superseded: Counter[str] = field(default_factory=Counter)
    headings: dict[tuple[str, str], str] = field(default_factory=dict)
    """The heading in the file of each column of each table parsed, for the rejects."""

    def parsed(self, table: str, fields: Sequence[Field]) -> pl.DataFrame:
        """The table of all years: `child_id`, the fields, `year_end`, and where each row stands. Latest year first."""
        wanted = [Field(CHILD, "child_id", IDENTIFIER, required=True), *fields]
        self.headings |= {(table, each.column): each.source for each in wanted}
        nothing = pl.DataFrame(schema={LINE: pl.Int64(), FILE: pl.String(), CHILD: pl.String()})
        parts = [parse_columns(nothing, wanted, file="", place=table, keep=WHERE)[0].with_columns(_ends(None))]
        for year in self.years:
            raw = year.raw.tables.get(table, nothing)
            for part in raw.partition_by(FILE, maintain_order=True):
                frame, found = parse_columns(part, wanted, file=part[FILE][0], place=table, keep=WHERE)
                self.rejects.extend(found.found)
                parts.append(frame.with_columns(_ends(year.ends)))
        return pl.concat(parts)

    def newest(self, frame: pl.DataFrame, key: Sequence[str], table: str) -> pl.DataFrame:
        """One row a key, the latest year's: a second within a year is rejected, an earlier year's superseded."""
        within = frame.select(pl.struct(list(dict.fromkeys([*key, YEAR_END]))).is_first_distinct()).to_series()
        self.reject_rows(
            frame.filter(~within), table, key[-1], "repeats an earlier row of the same file or year", "Leave one."
        )
        frame = frame.filter(within)
        newest = frame.select(pl.struct(key).is_first_distinct()).to_series()
        self.superseded.update(frame.filter(~newest)[FILE].to_list())
        return frame.filter(newest)

    def use(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Count the rows of `frame` as used, and give it back."""
        self.used.update(frame[FILE].to_list())
        return frame

    def reject_rows(self, rows: pl.DataFrame, table: str, column: str, reason: str, what_to_do: str) -> None:
        """List each row of `rows` as lost, for what stands in `column`."""
        self.rejects.extend(self._places(rows, table, column, reason, what_to_do, whole_row=True))

    def reject_cells(self, rows: pl.DataFrame, table: str, column: str, reason: str, what_to_do: str) -> None:
        """List the cell of each row of `rows` as lost."""
        self.rejects.extend(self._places(rows, table, column, reason, what_to_do))

    def warn_rows(self, rows: pl.DataFrame, table: str, column: str, reason: str, what_to_do: str) -> None:
        """List each row of `rows` as loaded, and worth a look."""
        self.warnings.extend(self._places(rows, table, column, reason, what_to_do))

    def _places(
        self, rows: pl.DataFrame, table: str, column: str, reason: str, what_to_do: str, *, whole_row: bool = False
    ) -> Iterator[Reject]:
        heading = self.headings.get((table, column), column)
        written = pl.col(column).dt.strftime("%d/%m/%Y") if rows.schema[column] == pl.Date else pl.col(column)
        cells = rows.head(MOST_LISTED).select(LINE, FILE, written.cast(pl.String).fill_null("").alias("value"))
        for line, file, value in cells.iter_rows():
            yield Reject(file, table, line, heading, value, reason, what_to_do, whole_row)


def _ends(day: date | None) -> pl.Expr:
    return pl.lit(day, dtype=pl.Date).alias(YEAR_END)


def coded(source: str, column: str, codes: str, *, required: bool = False) -> Field:
    """A code of the named set."""
    return Field(source, column, values.code(code_set(codes)), required)


def dated(source: str, column: str, *, required: bool = False) -> Field:
    return Field(source, column, DAY, required)


def numbered(frame: pl.DataFrame, name: str, mark: str, day: str) -> pl.DataFrame:
    """`frame` with an identifier of child, kind and day, the same in every year's return; doubles are numbered."""
    again = pl.int_range(pl.len()).over("child_id", day)
    base = pl.col("child_id") + f"-{mark}" + pl.col(day).dt.strftime("%Y%m%d")
    made = pl.when(again > 0).then(base + "-" + (again + 1).cast(pl.String)).otherwise(base)
    return frame.with_columns(made.alias(name))
