"""States: the open episodes of a child on a day, and the moves between them that cannot be right.

The states and the permitted moves are data, in `states.yaml`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import narwhals as nw
import polars as pl
import yaml

from goldenthread.dataset.engines import Lazy
from goldenthread.dataset.store import Dataset
from goldenthread.dataset.tables import TABLES
from goldenthread.journey.follow import preceding

ANY, UNIVERSAL = "any", "universal"


@dataclass(frozen=True, slots=True)
class State:
    """A state as an episode of a table. One with no `closes` is a moment."""

    name: str
    title: str
    table: str
    opens: str
    closes: str | None = None
    only: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Pair:
    """Two states that cannot be open together, and why."""

    first: str
    second: str
    why: str


@dataclass(frozen=True, slots=True)
class Journey:
    """The states by name, the pairs that cannot be, and for each state those that may come before it."""

    states: dict[str, State]
    impossible: tuple[Pair, ...]
    before: dict[str, frozenset[str]] = field(default_factory=dict)
    printed: frozenset[tuple[str, str]] = frozenset()


@cache
def journey() -> Journey:
    """The states and moves of `states.yaml`. Raises ValueError naming what it does not declare."""
    found: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("states.yaml").read_text(encoding="utf-8"))
    states = {name: _state(name, **held) for name, held in found["states"].items()}
    pairs = tuple(Pair(pair["states"][0], pair["states"][1], pair["why"]) for pair in found["impossible_pairs"])
    before: dict[str, set[str]] = {}
    printed: set[tuple[str, str]] = set()
    for move in found["transitions"]:
        before.setdefault(move["to"], set()).update(move["from"])
        if move.get("printed"):
            printed.update((earlier, move["to"]) for earlier in move["from"])
    named = {name for pair in pairs for name in (pair.first, pair.second)} | set(before)
    named |= {name for earlier in before.values() for name in earlier} - {ANY, UNIVERSAL}
    if strangers := named - set(states):
        raise ValueError(f"states.yaml names states it does not declare: {sorted(strangers)}")
    return Journey(states, pairs, {to: frozenset(earlier) for to, earlier in before.items()}, frozenset(printed))


def _state(name: str, *, table: str, opens: str, title: str, closes: str | None = None, only: Any = None) -> State:
    for column in (opens, closes, *(only or {})):
        if column is not None:
            TABLES[table].column(column)
    return State(name, title, table, opens, closes, tuple((key, tuple(values)) for key, values in (only or {}).items()))


def spans(dataset: Dataset, states: tuple[str, ...] | None = None) -> Lazy:
    """Every episode of every state (or of those named).

    Columns: child_id, state, opened_on (Date), closed_on (Date; null while open, the same day for a moment), table,
    row_id.
    """
    chosen = [name for name in journey().states if states is None or name in states]
    return nw.concat([_spans(dataset, journey().states[name]) for name in _held(dataset, chosen)])


def _held(dataset: Dataset, names: Sequence[str]) -> Sequence[str]:
    """Those of the states that the dataset has any rows for; one of them where it has none, as a frame of no rows."""
    return [name for name in names if dataset.rows(journey().states[name].table)] or names[:1]


def _spans(dataset: Dataset, state: State) -> Lazy:
    frame = dataset.lazy(state.table)
    for column, values in state.only:
        frame = frame.filter(nw.col(column).is_in(list(values)))
    return frame.filter(~nw.col(state.opens).is_null()).select(
        nw.col("child_id"),
        nw.lit(state.name).alias("state"),
        nw.col(state.opens).alias("opened_on"),
        nw.col(state.closes or state.opens).alias("closed_on"),
        nw.lit(state.table).alias("table"),
        nw.col(TABLES[state.table].key[0]).alias("row_id"),
    )


def open_states(dataset: Dataset, on: date) -> Lazy:
    """The episodes open on a day: begun on or before it and not closed by its end. Columns as `spans`.

    A moment (a conference, a discussion) is never open: it has happened.
    """
    open_yet = nw.col("closed_on").is_null() | (nw.col("closed_on") > nw.lit(on))
    return spans(dataset).filter(nw.col("opened_on") <= nw.lit(on), open_yet)


def transitions(dataset: Dataset) -> Lazy:
    """Each opening of a state with what came before it.

    Columns: child_id, to_state, on (Date), table, row_id, from_state (the latest permitted earlier state begun by then,
    or the latest of any kind where none is permitted; `universal` where there is none), from_on (Date), from_table,
    from_row_id, permitted (Boolean; null where the dataset holds no rows of a state that usually comes before, so that
    nothing can be said), printed (Boolean: whether the York report prints the move).
    """
    return nw.concat([_into(dataset, name) for name in _held(dataset, list(journey().before))])


def _into(dataset: Dataset, to: str) -> Lazy:
    states, allowed = journey().states, journey().before[to]
    opened = _spans(dataset, states[to]).rename({"state": "to_state", "opened_on": "on"}).drop("closed_on")
    anything = frozenset(states) - {to}
    named = anything if ANY in allowed else allowed - {UNIVERSAL}
    # Sources that hold no assessments at all cannot show that a plan followed none.
    usual = frozenset(before for before, later in journey().printed if later == to and before in states) or named
    tellable = all(dataset.rows(states[name].table) for name in usual)
    earlier = _before(dataset, opened, named, "from")
    earlier = _before(dataset, earlier, anything, "other")
    permitted = ~nw.col("from_state").is_null()
    if UNIVERSAL in allowed:
        permitted = permitted | nw.col("other_state").is_null()
    if ANY in allowed:
        permitted = nw.lit(True)
    pairs = [f"{earlier_state}>{to}" for earlier_state, later in journey().printed if later == to]
    picked = [
        nw.coalesce(f"from_{part}", f"other_{part}").alias(f"from_{part}")
        for part in ("state", "on", "table", "row_id")
    ]
    frame = earlier.with_columns(
        (permitted if tellable else nw.lit(None).cast(nw.Boolean)).alias("permitted"), *picked
    ).with_columns(nw.col("from_state").fill_null(UNIVERSAL))
    move = nw.concat_str([nw.col("from_state"), nw.lit(">"), nw.col("to_state")])
    printed = move.is_in(pairs) if pairs else nw.lit(False)
    frame = frame.with_columns(printed.alias("printed"))
    wanted = "child_id to_state on table row_id from_state from_on from_table from_row_id permitted printed"
    return frame.select(wanted.split())


def _before(dataset: Dataset, opened: Lazy, names: frozenset[str], prefix: str) -> Lazy:
    earlier = spans(dataset, tuple(names)).select(
        "child_id",
        *(nw.col(part).alias(f"{prefix}_{part}") for part in ("state", "table", "row_id")),
        nw.col("opened_on").alias(f"{prefix}_on"),
    )
    tie = [f"{prefix}_state", f"{prefix}_row_id"]
    return preceding(opened, earlier, by=["child_id"], left_on="on", right_on=f"{prefix}_on", tie=tie)


def faults(dataset: Dataset) -> pl.DataFrame:
    """What cannot be right in the dataset's journeys, by day.

    Columns: child_id, fault (`impossible pair` or `impossible transition`), states (as `a + b` or `a -> b`), on (Date:
    the first day of it), until (Date or null), table, row_id, other_table, other_row_id, sentence.
    """
    possible = [pair for pair in journey().impossible if len(_held(dataset, (pair.first, pair.second))) == 2]
    pairs = [_overlaps(dataset, pair) for pair in possible]
    moves = transitions(dataset).filter(~nw.col("permitted"))
    *overlapping, moved = dataset.collect(*pairs, moves)
    found = [_pair_faults(frame, pair) for frame, pair in zip(overlapping, possible, strict=True)]
    return pl.concat([*found, _move_faults(moved)]).sort("on", "child_id", "states", "row_id")


def _overlaps(dataset: Dataset, pair: Pair) -> Lazy:
    first = _spans(dataset, journey().states[pair.first])
    second = _spans(dataset, journey().states[pair.second]).rename(
        {name: f"other_{name}" for name in ("state", "opened_on", "closed_on", "table", "row_id")}
    )
    begins, ends = nw.col("opened_on"), nw.col("closed_on")
    other_begins, other_ends = nw.col("other_opened_on"), nw.col("other_closed_on")
    return first.join(second, on="child_id").filter(
        ends.is_null() | (other_begins < ends), other_ends.is_null() | (begins < other_ends)
    )


def _pair_faults(frame: pl.DataFrame, pair: Pair) -> pl.DataFrame:
    titles = journey().states[pair.first].title, journey().states[pair.second].title
    until = pl.min_horizontal("closed_on", "other_closed_on")
    return frame.select(
        "child_id",
        fault=pl.lit("impossible pair"),
        states=pl.lit(f"{pair.first} + {pair.second}"),
        on=pl.max_horizontal("opened_on", "other_opened_on"),
        until=until,
        table="table",
        row_id="row_id",
        other_table="other_table",
        other_row_id="other_row_id",
        sentence=pl.lit(f"{titles[0].capitalize()} and {titles[1]} are open together. {pair.why}"),
    )


def _move_faults(frame: pl.DataFrame) -> pl.DataFrame:
    wanted = {
        to: " or ".join(sorted(journey().states[name].title for name in allowed - {ANY, UNIVERSAL}))
        for to, allowed in journey().before.items()
    }
    titles = {name: state.title for name, state in journey().states.items()}
    before = pl.col("from_state").replace(titles | {UNIVERSAL: "nothing"})
    to = pl.col("to_state").replace(titles)
    return frame.select(
        "child_id",
        fault=pl.lit("impossible transition"),
        states=pl.concat_str("from_state", pl.lit(" -> "), "to_state"),
        on="on",
        until=pl.lit(None, dtype=pl.Date),
        table="table",
        row_id="row_id",
        other_table="from_table",
        other_row_id="from_row_id",
        sentence=pl.concat_str(
            to.str.slice(0, 1).str.to_uppercase(),
            to.str.slice(1),
            pl.lit(" began after "),
            before,
            pl.lit("; it should follow "),
            pl.col("to_state").replace(wanted),
            pl.lit(". A row is missing, or a date is wrong."),
        ),
    )
