"""The return of a year under way: as at a day in it, nothing that came later."""

from __future__ import annotations

from datetime import date, datetime

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldenthread.dataset.readers.ssda903_tables import COLUMNS
from goldenthread.dataset.store import Dataset, dataset_of
from goldenthread.dataset.synthetic.authority import synthesise
from goldenthread.writers.built import Built
from goldenthread.writers.ssda903 import build
from writers.ssda903.drawn import noted, returned, rows

MIDDAY = date(2023, 9, 30)
EPISODES = """
child_id started_on ended_on   start_reason end_reason
C1       2022-05-01 2023-10-01 S            E4A
C2       2022-05-01 2023-09-30 S            E4A
C3       2023-09-30 -          S            -
C4       2023-10-01 -          S            -
"""


def test_as_at_a_day_later_starts_are_absent_and_later_ends_blank() -> None:
    built = returned(MIDDAY, None, care_episodes=EPISODES)
    assert rows(built, "Episodes", "CHILD", "DEC", "REC") == [
        ("C1", None, None),
        ("C2", "30/09/2023", "E4A"),
        ("C3", None, None),
    ]
    assert rows(built, "Header", "CHILD") == [("C1",), ("C2",), ("C3",)]
    assert noted(built, "under way", "30/09/2023")


def test_a_child_adopted_later_is_still_looked_after() -> None:
    built = returned(
        MIDDAY,
        None,
        care_episodes="child_id started_on ended_on start_reason end_reason\nC1 2022-05-01 2023-10-01 S E11",
        adoptions="child_id decided_on\nC1 2023-01-01",
    )
    assert (rows(built, "AD1"), rows(built, "OC2", "CHILD")) == ([], [("C1",)])


@pytest.fixture(scope="module")
def authority() -> Dataset:
    tables, manifest, _ = synthesise(4_000, 12, date(2024, 9, 30), 0.02)
    return dataset_of(tables, manifest)


DATES = [
    name for name in {name for own in COLUMNS.values() for name in own} if name.startswith(("DEC", "MIS_", "SW_D"))
]
DATES += ["REVIEW", "DUC", "DATE_INT", "DATE_MATCH", "DATE_PLACED", "DATE_PLACED_CEASED", "MC_DOB"]


def days(built: Built) -> list[date]:
    """Every day a return tells of."""
    cells = [frame[name].drop_nulls() for frame in built.tables.values() for name in frame.columns if name in DATES]
    return [datetime.strptime(day, "%d/%m/%Y").date() for column in cells for day in column]


@settings(max_examples=25)
@given(as_at=st.dates(date(2022, 4, 1), date(2024, 9, 30)))
def test_no_day_told_is_after_the_day_asked(authority: Dataset, as_at: date) -> None:
    assert max(days(build(authority, as_at))) <= as_at


@settings(max_examples=15)
@given(as_at=st.dates(date(2023, 4, 1), date(2024, 3, 31)))
def test_what_began_by_then_is_what_the_whole_year_tells_of_that_time(authority: Dataset, as_at: date) -> None:
    whole, part = build(authority, date(2024, 9, 30), year=2024), build(authority, as_at, year=2024)
    for name, start in (("Episodes", "DECOM"), ("Reviews", "REVIEW"), ("Missing", "MIS_START")):
        begun = whole.tables[name].filter(pl.col(start).str.to_date("%d/%m/%Y") <= as_at)
        assert part.tables[name].select("CHILD", start).equals(begun.select("CHILD", start))
