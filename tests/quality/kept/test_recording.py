"""How completely and how soon the record is written: what is asked, what is counted, and by whom."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.dataset.store import Dataset, Manifest, dataset_of
from goldenthread.dataset.tables import TABLES
from goldenthread.quality.kept.recording import (
    DELAYS,
    asked_columns,
    completeness,
    delays,
    empty_cells,
    summed,
    timeliness,
)

ON, SINCE = date(2026, 3, 31), date(2025, 4, 1)


def record(**tables: list[dict[str, Any]]) -> Dataset:
    held = {"allocations": [{"allocation_id": "A1", "child_id": "C1", "team": "Blue", "started_on": date(2020, 1, 1)}]}
    frames = {name: pl.DataFrame(rows, infer_schema_length=None) for name, rows in (held | tables).items()}
    return dataset_of(frames, Manifest(as_at=ON))


def visit(number: int, visited_on: date, recorded_at: datetime | None, child: str = "C1") -> dict[str, Any]:
    return {"visit_id": f"V{number}", "child_id": child, "visited_on": visited_on, "recorded_at": recorded_at}


def test_cells_filled_are_counted_by_table_and_team() -> None:
    people = [
        {"person_id": "C1", "is_child": True, "sex": "1", "born_on": date(2015, 1, 1)},
        {"person_id": "C2", "is_child": None, "sex": None, "born_on": None},
        {"person_id": "M1", "is_child": False, "sex": "2", "born_on": None},
    ]
    asked = len(asked_columns(TABLES["people"]))
    told = completeness(record(people=people), ON).filter(pl.col("table") == "people").drop("percent")
    assert list(told.iter_rows()) == [
        ("people", "Blue", 1, asked, 2),
        ("people", "No team recorded", 1, asked, 0),
    ]
    empty = empty_cells(record(people=people), ON, "people")
    assert empty["child_id"].value_counts(sort=True).rows() == [("C2", asked), ("C1", asked - 2)]
    assert "sex" not in empty.filter(pl.col("child_id") == "C1")["field"]


def test_how_a_span_ended_is_asked_only_when_it_has_ended() -> None:
    rows = [
        {"allocation_id": "A1", "child_id": "C1", "team": "Blue", "started_on": date(2020, 1, 1), "worker_id": "W1"},
        {"allocation_id": "A2", "child_id": "C1", "team": "Red", "started_on": date(2019, 1, 1), "worker_id": None}
        | {"ended_on": date(2019, 2, 1)},
    ]
    told = completeness(record(allocations=rows), ON).row(0, named=True)
    assert asked_columns(TABLES["allocations"]) == ("worker_id", "change_reason")
    assert (told["cells"], told["filled"], told["percent"]) == (3, 1, 33.3)


def test_days_are_from_the_visit_to_its_being_recorded() -> None:
    visits = [
        visit(number, date(2026, 1, 1), datetime(2026, 1, 1, 23) + timedelta(days=days))
        for number, days in enumerate([0, 1, 2, 3, 4, 5, 6, 7, 8, 50])
    ]
    told = timeliness(record(visits=visits), ON, SINCE).row(0, named=True)
    assert told == {"table": "visits", "team": "Blue", "facts": 10, "median_days": 4.5, "ninetieth_days": 8}


@pytest.mark.parametrize(
    ("visited_on", "recorded_at"),
    [
        (date(2026, 1, 9), datetime(2026, 1, 8, 9)),  # planned when recorded
        (date(2026, 1, 1), None),  # not known when
        (date(2024, 1, 1), datetime(2025, 3, 31, 9)),  # before the time asked about
        (date(2026, 3, 1), datetime(2026, 4, 1, 9)),  # after it
    ],
)
def test_what_is_not_known_or_not_of_the_time_is_not_counted(visited_on: date, recorded_at: datetime | None) -> None:
    assert delays(record(visits=[visit(1, visited_on, recorded_at)]), ON, SINCE).is_empty()


def test_an_end_is_a_fact_of_its_own() -> None:
    plan = {"cp_plan_id": "K1", "child_id": "C1", "started_on": date(2026, 1, 1), "ended_on": date(2026, 3, 1)}
    times = {"recorded_at": datetime(2026, 1, 3), "ended_recorded_at": datetime(2026, 3, 6)}
    told = delays(record(cp_plans=[plan | times]), ON, SINCE).select("fact", "days")
    assert sorted(told.iter_rows()) == [("ended_on", 5), ("started_on", 2)]


@given(days=st.lists(st.integers(0, 400), min_size=1, max_size=60))
def test_nine_in_ten_are_recorded_within_the_ninetieth_and_not_within_a_day_less(days: list[int]) -> None:
    late = pl.DataFrame([("visits", "visited_on", "Blue", one) for one in days], schema=DELAYS, orient="row")
    ninetieth = summed(late, "team")["ninetieth_days"].item()
    assert sum(one <= ninetieth for one in days) * 10 >= len(days) * 9
    assert sum(one < ninetieth for one in days) * 10 < len(days) * 9
