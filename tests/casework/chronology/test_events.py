"""The events of a few children, found by plans kept for each table, are those that the core finds in a dataset."""

from __future__ import annotations

from datetime import date

import polars as pl

from casework.chronology.events import _plan_of, events_in, make_ready
from goldenthread.dataset.store import dataset_of
from goldenthread.dataset.synthetic.authority import synthesise
from goldenthread.journey.chronology import TOLD, chronologies, in_order
from goldenthread.journey.events import SCHEMA

AS_AT = date(2026, 3, 31)


def test_a_few_children_s_events_are_those_of_the_whole_dataset() -> None:
    frames, manifest, _ = synthesise(children=40, as_at=AS_AT)
    children = frames["people"]["person_id"].to_list()
    of_children = {name: frame for name, frame in frames.items() if name == "people" or "child_id" in frame.columns}
    rows = {name: frame.to_dicts() for name, frame in of_children.items()}

    expected = chronologies(dataset_of(of_children, manifest), children)
    assert expected["kind"].n_unique() > len(TOLD) / 2
    assert in_order(events_in(rows), children, AS_AT).equals(expected)
    # Carried out again for others, a plan has nothing left of the first.
    one = expected["child_id"][0]
    own = {name: [row for row in its if row.get("child_id") == one] for name, its in rows.items()}
    assert set(events_in(own)["child_id"]) == {one}
    assert events_in({}).equals(pl.DataFrame(schema=SCHEMA))


def test_once_ready_nothing_is_left_to_build() -> None:
    make_ready()
    built = _plan_of.cache_info().misses
    frames, _, _ = synthesise(children=5, as_at=AS_AT)
    events_in({name: frame.to_dicts() for name, frame in frames.items() if "child_id" in frame.columns})
    assert _plan_of.cache_info().misses == built
