"""Two runs compared: every row that came or went and every cell that changed, with what kind of change it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import polars as pl

from goldenthread.dataset.readers.annex_a_lists import AGE, LISTS, TEAM, WORKER, AnnexList
from goldenthread.dates import plus_months
from goldenthread.writers.annex_a.changes.columns import ANSWERS, ENDS, LATEST, MOVING, ROLLING, WINDOWS
from goldenthread.writers.annex_a.changes.matching import KEYS, Matched, match
from goldenthread.writers.annex_a.columns import DAY
from goldenthread.writers.annex_a.words import NO, YES
from goldenthread.writers.built import Built


class What(StrEnum):
    """What happened to a row or a cell."""

    new = "new"  # a row of something that happened since the earlier run
    late = "late"  # a row of something that had happened by then and was not in it
    passed = "passed"  # a row that left because its months are over
    replaced = "replaced"  # a row that gave way to another of the child, where a child has one row
    removed = "removed"  # a row that left though its months are not over
    changed = "changed"  # a cell
    moved_on = "moved_on"  # a latest date that went forward
    time = "time"  # an age or a rolling count that the passing of days changed


ONE_A_CHILD = (6, 8, 9, 10)
"""The lists in which a child has one row, the latest."""
BY_ITSELF = (What.passed, What.moved_on, What.time)
"""Changes that need nobody's eye: days passed, or the next visit was made."""

SCHEMA = {
    "list": pl.Int64(),
    "child_id": pl.String(),
    "key": pl.String(),
    "what": pl.String(),
    "column": pl.String(),
    "old": pl.String(),
    "new": pl.String(),
    "team": pl.String(),
    "worker": pl.String(),
    "record": pl.String(),
    "record_id": pl.String(),
}


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed from the run of `before` to that of `after`.

    `rows` has a line a change: list (number), child_id (for list 11 the adopter), key (the date that names the row,
    DD/MM/YYYY, null where the child alone does), what (see `What`), column, old and new (null for whole rows), team and
    worker (as in the later run, or the earlier for a row that went), record and record_id (the canonical row).
    `totals` has a line a list: list, title, before, after (rows), and a count for each kind of change.
    """

    before: date
    after: date
    rows: pl.DataFrame
    totals: pl.DataFrame


def compare(before: Built, after: Built) -> Changes:
    """What changed from one run to a later one. ValueError when the second is not the later."""
    if after.as_at <= before.as_at:
        raise ValueError(
            f"The run of {after.as_at} is not later than that of {before.as_at}. Give the earlier one first."
        )
    parts = [_of_list(wanted, before, after) for wanted in LISTS]
    rows = pl.concat(parts).sort("list", "child_id", "key", "what", maintain_order=True)
    return Changes(before.as_at, after.as_at, rows, _totals(before, after, rows))


def _of_list(wanted: AnnexList, before: Built, after: Built) -> pl.DataFrame:
    earlier, later = before.tables[wanted.place], after.tables[wanted.place]
    found = match(wanted.number, earlier, later, [name for name in MOVING if name in later.columns])
    found = _same_record(wanted, found, before, after)
    gone = _whole(wanted, before, found.gone, _went(wanted.number, earlier, after.as_at))
    added = _whole(wanted, after, found.added, _came(wanted.number, later, before.as_at))
    if wanted.number in ONE_A_CHILD:
        another = pl.col("child_id").is_in(added["child_id"].implode())
        gone = gone.with_columns(pl.when(another).then(pl.lit(What.replaced)).otherwise("what").alias("what"))
    return pl.concat([added, gone, *_cells(wanted, earlier, after, found.both)])


def _same_record(wanted: AnnexList, found: Matched, before: Built, after: Built) -> Matched:
    """Rows that left and came for one child and one row of the record are that row with its date put right.

    Only where neither the passing of days nor something new explains them.
    """
    earlier, later = before.tables[wanted.place], after.tables[wanted.place]
    went = _went(wanted.number, earlier, after.as_at).gather(found.gone) == What.removed
    came = _came(wanted.number, later, before.as_at).gather(found.added) == What.late
    gone = before.origins[wanted.place][found.gone.to_list()].with_columns(found.gone.alias("before")).filter(went)
    added = after.origins[wanted.place][found.added.to_list()].with_columns(found.added.alias("after")).filter(came)
    pairs = gone.join(added, on=["child_id", "record", "record_id"]).select("before", "after")
    pairs = pairs.unique("before", keep="first").unique("after", keep="first")
    return Matched(
        pl.concat([found.both, pairs]),
        found.gone.filter(~found.gone.is_in(pairs["before"].implode())),
        found.added.filter(~found.added.is_in(pairs["after"].implode())),
    )


def _came(number: int, table: pl.DataFrame, last: date) -> pl.Series:
    """For each row whether it is new since the last run or came late: by the date in its key, if it has one."""
    dated = KEYS[number][1:]
    late = pl.any_horizontal(pl.col(name).str.to_date(DAY, strict=False) <= last for name in dated) if dated else False
    return table.with_columns(pl.when(late).then(pl.lit(What.late)).otherwise(pl.lit(What.new)).alias("_what"))["_what"]


def _went(number: int, table: pl.DataFrame, as_at: date) -> pl.Series:
    """For each row whether its months are over on the day."""
    since = plus_months(as_at, -WINDOWS[number])
    ends = [pl.col(name).str.to_date(DAY, strict=False) for name in ENDS[number]]
    over = (pl.max_horizontal(ends) < since).fill_null(False) if ends else pl.lit(False)
    return table.with_columns(pl.when(over).then(pl.lit(What.passed)).otherwise(pl.lit(What.removed)).alias("_what"))[
        "_what"
    ]


def _whole(wanted: AnnexList, built: Built, rows: pl.Series, what: pl.Series) -> pl.DataFrame:
    lines = _lines(wanted, built, rows).with_columns(what.gather(rows).alias("what"))
    return lines.with_columns(pl.lit(None, pl.String).alias(name) for name in ("column", "old", "new")).select(*SCHEMA)


def _cells(wanted: AnnexList, earlier: pl.DataFrame, after: Built, both: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """A line for each cell of the rows in both runs that is not as it was."""
    later = after.tables[wanted.place]
    for heading in wanted.headings:
        old = earlier[heading.name].gather(both["before"]).alias("old")
        new = later[heading.name].gather(both["after"]).alias("new")
        other = old.ne_missing(new)
        if other.any():
            cells = pl.DataFrame([old, new]).filter(other)
            lines = _lines(wanted, after, both["after"].filter(other))
            named = pl.lit(heading.name).alias("column")
            what = _of_cell(heading.name).alias("what")
            yield lines.hstack(cells.select("old", "new", named, what)).select(*SCHEMA)


def _of_cell(column: str) -> pl.Expr:
    """What kind of change a cell's is."""
    if column == AGE:
        return pl.lit(What.time)
    old, new = pl.col("old"), pl.col("new")
    if column in LATEST:
        forward = new.str.to_date(DAY, strict=False) > old.str.to_date(DAY, strict=False)
        quiet, by = (forward | old.is_null()), What.moved_on
    elif column in ANSWERS:
        quiet, by = new.is_null(), What.time
    elif column in ROLLING:
        fewer = new.cast(pl.Int64, strict=False) < old.cast(pl.Int64, strict=False)
        quiet, by = (fewer | ((old == YES) & (new == NO))), What.time
    else:
        return pl.lit(What.changed)
    return pl.when(quiet).then(pl.lit(by)).otherwise(pl.lit(What.changed))


def _lines(wanted: AnnexList, built: Built, rows: pl.Series) -> pl.DataFrame:
    """Who each of the rows is about and which row it is."""
    table, origins = built.tables[wanted.place], built.origins[wanted.place]
    held = table.hstack(origins)[rows.to_list()]
    who, *dated = KEYS[wanted.number]
    return held.select(
        pl.lit(wanted.number, pl.Int64).alias("list"),
        pl.col(who).alias("child_id"),
        _column(dated).alias("key"),
        _column([TEAM] if TEAM in table.columns else []).alias("team"),
        _column([WORKER] if WORKER in table.columns else []).alias("worker"),
        "record",
        "record_id",
    )


def _column(names: Sequence[str]) -> pl.Expr:
    return pl.col(names[0]) if names else pl.lit(None, pl.String)


def _totals(before: Built, after: Built, rows: pl.DataFrame) -> pl.DataFrame:
    counts = rows.group_by("list").agg((pl.col("what") == what).sum().cast(pl.Int64).alias(what.value) for what in What)
    lists = pl.DataFrame(
        {
            "list": [wanted.number for wanted in LISTS],
            "title": [wanted.title for wanted in LISTS],
            "before": [before.tables[wanted.place].height for wanted in LISTS],
            "after": [after.tables[wanted.place].height for wanted in LISTS],
        }
    )
    return lists.join(counts, on="list", how="left", maintain_order="left").fill_null(0)
