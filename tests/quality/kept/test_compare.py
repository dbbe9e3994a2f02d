"""Findings from run to run: new once, mended once, back only after a gap, and never called mended unchecked."""

from __future__ import annotations

from datetime import date
from random import Random

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.quality.kept.compare import Standing, compared
from goldenthread.quality.kept.store import Run
from tests.quality.kept.drawn import day, run

CHILDREN = ("C1", "C2", "C3")


def story(runs: list[Run], child: str = "C1") -> list[tuple[date, str]]:
    frame = compared(runs).filter(pl.col("child_id") == child).sort("as_at")
    return list(frame.select("as_at", "standing").iter_rows())


def test_a_finding_is_new_then_still_there_then_mended_then_came_back() -> None:
    found = ["E1 C1"], ["E1 C1"], [], [], ["E1 C1"]
    runs = [run(day(week), *said) for week, said in enumerate(found)]
    assert story(runs) == [
        (day(0), "new"),
        (day(1), "still there"),
        (day(2), "mended"),
        (day(4), "came back"),
    ]


def test_days_stood_are_counted_from_the_present_stretch_to_the_last_day_found() -> None:
    found = ["E1 C1"], ["E1 C1"], [], ["E1 C1"], ["E1 C1"]
    frame = compared([run(day(week), *said) for week, said in enumerate(found)]).sort("as_at")
    assert frame["days_stood"].to_list() == [0, 7, 7, 0, 7]
    assert frame["first_found"].unique().to_list() == [day(0)]
    assert frame["last_found"].to_list() == [day(0), day(1), day(1), day(3), day(4)]


@pytest.mark.parametrize("status", ["skipped", "failed"])
def test_a_finding_whose_rule_did_not_run_is_not_mended(status: str) -> None:
    runs = [run(day(0), "E1 C1"), run(day(1), status={"E1": status}), run(day(2), "E1 C1")]
    assert story(runs) == [(day(0), "new"), (day(1), "not checked"), (day(2), "still there")]


def test_a_finding_mended_stays_mended_while_its_rule_does_not_run() -> None:
    runs = [run(day(0), "E1 C1"), run(day(1)), run(day(2), status={"E1": "failed"}), run(day(3))]
    assert story(runs) == [(day(0), "new"), (day(1), "mended")]


def test_the_same_rule_in_another_record_is_another_finding() -> None:
    runs = [run(day(0), "E1 C1 V1"), run(day(1), "E1 C1 V2")]
    assert sorted(story(runs)) == [(day(0), "new"), (day(1), "mended"), (day(1), "new")]


def test_a_finding_in_no_one_record_is_matched_too() -> None:
    assert story([run(day(0), "E1 C1 -"), run(day(1), "E1 C1 -")]) == [(day(0), "new"), (day(1), "still there")]


def test_two_runs_of_one_day_are_refused() -> None:
    with pytest.raises(ValueError, match="one day"):
        compared([run(day(0)), run(day(0))])


def test_no_run_has_no_findings() -> None:
    assert compared([]).is_empty()


LIVES = st.lists(st.tuples(st.sets(st.sampled_from(CHILDREN)), st.booleans()), min_size=1, max_size=9)


@given(weeks=LIVES, order=st.randoms())
def test_whatever_appears_and_disappears_the_standings_are_right(
    weeks: list[tuple[set[str], bool]], order: Random
) -> None:
    # A rule that did not run finds nothing, as in life.
    lives = [(found if ran else set(), ran) for found, ran in weeks]
    runs = [
        run(day(week), *(f"E1 {child}" for child in sorted(found)), status={} if ran else {"E1": "failed"})
        for week, (found, ran) in enumerate(lives)
    ]
    order.shuffle(runs)
    frame = compared(runs)
    for child in CHILDREN:
        told = dict(frame.filter(pl.col("child_id") == child).select("as_at", "standing").iter_rows())
        assert told == expected(child, lives)
        assert list(told.values()).count("new") == any(child in found for found, _ in lives)


def expected(child: str, lives: list[tuple[set[str], bool]]) -> dict[date, str]:
    """By another way: each week looks back at the last week in which the rule ran."""
    told = {}
    for week, (found, ran) in enumerate(lives):
        earlier = [child in before for before, checked in lives[:week] if checked]
        match (child in found, ran, earlier and earlier[-1], any(earlier)):
            case (True, _, _, False):
                told[day(week)] = Standing.NEW
            case (True, _, True, _):
                told[day(week)] = Standing.STILL_THERE
            case (True, _, _, True):
                told[day(week)] = Standing.CAME_BACK
            case (False, True, True, _):
                told[day(week)] = Standing.MENDED
            case (False, False, True, _):
                told[day(week)] = Standing.NOT_CHECKED
    return told
