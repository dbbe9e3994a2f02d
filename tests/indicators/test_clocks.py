"""The board and the worker's list read one thing: what is overdue for one is overdue for the other."""

from datetime import date, timedelta

import narwhals as nw
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.dataset.store import Dataset, dataset_of
from goldenthread.dataset.synthetic.authority import synthesise
from goldenthread.indicators import INDICATORS, explain
from goldenthread.indicators.clocks import as_asked, clocks
from goldenthread.indicators.looked_after.social_work import VISIT_RULES
from goldenthread.indicators.rows import FOREVER
from goldenthread.indicators.timely import standing
from goldenthread.statute.load import load_book
from goldenthread.timeliness.engine import obligations
from indicators.authority import authority
from indicators.drawn import dataset
from indicators.figure import counts

FIRST, AS_AT = date(2019, 1, 1), date(2019, 6, 30)
CHILDREN = 400


@pytest.fixture(scope="module")
def made_up() -> Dataset:
    """A small coherent authority: what happened and when agree, as they need not in one drawn by chance."""
    tables, manifest, _ = synthesise(CHILDREN, seed=7, as_at=AS_AT, faults=0.0)
    return dataset_of(tables, manifest)


@pytest.mark.parametrize("name", ["CP_VISIT_20D", "CORE_GROUP_4W", "LAC_VISIT"])
@pytest.mark.parametrize("on", [date(2018, 3, 31), date(2018, 11, 14), AS_AT])
def test_child_overdue_on_the_board_is_overdue_on_the_workers_list(made_up: Dataset, name: str, on: date) -> None:
    on_board = explain(made_up, name, on).filter("in_denominator")
    due = obligations(made_up, on, rules=INDICATORS[name].rules, reports_prove_earlier=True)
    (found,) = made_up.collect(due.select("child_id", "status"))
    overdue = set(found.filter(status="overdue")["child_id"])
    assert on_board["in_numerator"].any()
    assert set(on_board.filter(~pl.col("in_numerator"))["child_id"]) <= overdue
    assert not set(on_board.filter("in_numerator")["child_id"]) & overdue


def test_every_rule_on_visits_to_looked_after_children_is_measured() -> None:
    due = [r.id for r in load_book().rules if r.stage == "looked_after_visits" and r.makes_obligations]
    assert sorted(VISIT_RULES) == sorted(due)


@pytest.mark.parametrize("indicator", [each for each in INDICATORS.values() if each.flow and each.rules])
def test_what_starts_a_clock_starts_one_of_each_rule(indicator: object) -> None:
    chance = authority(1)
    for rule in getattr(indicator, "rules", ()):
        (found,) = chance.collect(clocks(chance, rule))
        assert found.filter(pl.col("trigger_row_id").is_duplicated()).is_empty()


def test_visit_typed_late_was_overdue_as_known_then_and_is_in_time_as_known_now() -> None:
    drawn = dataset(
        cp_plans="child_id started_on recorded_at\nann 2019-05-01 2019-05-01T09:00",
        visits="""
        child_id kind             visited_on recorded_at
        ann      child_protection 2019-05-02 2019-05-02T17:00
        ann      child_protection 2019-05-29 2019-06-20T09:00
        """,
    )
    assert counts(drawn, "CP_VISIT_20D", "2019-06-05") == (1, 1)
    known = explain(drawn, "CP_VISIT_20D", date(2019, 6, 5), date(2019, 6, 5))
    assert known["reason"].to_list() == ["The next visit is overdue: the day it was due by has passed."]


def test_clocks_worked_out_together_are_those_worked_out_alone() -> None:
    chance = authority(2)
    together = as_asked(chance, INDICATORS.values())
    (one,) = chance.collect(clocks(together, "cp_plan_visit"))
    alone = authority(2)
    (other,) = alone.collect(clocks(alone, "cp_plan_visit"))
    assert one.height > 0
    assert one.sort(one.columns).equals(other.sort(one.columns))


DAYS = st.integers(0, 40)
CLOCKS = st.lists(st.tuples(DAYS, DAYS, st.none() | DAYS, st.none() | DAYS), max_size=5)


@given(CLOCKS)
def test_standing_says_of_each_day_whether_a_clock_runs_and_whether_one_is_overdue(
    drawn: list[tuple[int, int, int | None, int | None]],
) -> None:
    rows = [(start, start + allowed, _after(start, done), _after(start, end)) for start, allowed, done, end in drawn]
    names = ("trigger_on", "due_on", "satisfied_on", "ended_on")
    days = {name: pl.Series([_day(row[k]) for row in rows], dtype=pl.Date) for k, name in enumerate(names)}
    frame = pl.DataFrame({"child_id": pl.Series(["ann"] * len(rows), dtype=pl.String), **days})
    pieces = standing(nw.from_native(frame.lazy())).to_native().collect()
    for day in range(130):
        on = FIRST + timedelta(day)
        running = [(s, due) for s, due, done, end in rows if s <= day < _stop(done, end)]
        found = pieces.filter(pl.col("begins") <= on, pl.col("ends") > on)["in_time"].to_list()
        assert found == ([all(day <= due for _, due in running)] if running else [])


def _day(number: int | None) -> date | None:
    return None if number is None else FIRST + timedelta(number)


def _after(start: int, days: int | None) -> int | None:
    return None if days is None else start + days


def _stop(done: int | None, end: int | None) -> int:
    stops = [day for day in (done, end) if day is not None]
    return stops[0] if stops else (FOREVER - FIRST).days
