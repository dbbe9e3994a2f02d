"""Which collection year a return is of, and what the year's tables and codes are."""

from __future__ import annotations

from datetime import date

import pytest

from goldenthread.dataset.readers.ssda903_tables import COLUMNS
from goldenthread.writers.ssda903.year import collection_year
from writers.ssda903.drawn import ALL_YEAR, noted, one, record, returned, rows


@pytest.mark.parametrize(
    ("as_at", "asked", "first", "last"),
    [
        (date(2024, 3, 31), None, date(2023, 4, 1), date(2024, 3, 31)),
        (date(2024, 4, 1), None, date(2024, 4, 1), date(2024, 4, 1)),
        (date(2023, 12, 31), None, date(2023, 4, 1), date(2023, 12, 31)),
        (date(2024, 6, 30), 2024, date(2023, 4, 1), date(2024, 3, 31)),
        (date(2024, 2, 29), 2024, date(2023, 4, 1), date(2024, 2, 29)),
    ],
)
def test_the_year_runs_from_april_to_the_day_asked_or_its_end(
    as_at: date, asked: int | None, first: date, last: date
) -> None:
    year = collection_year(as_at, asked)
    assert (year.first, year.last) == (first, last)


def test_a_year_that_has_not_begun_is_refused() -> None:
    with pytest.raises(ValueError, match="begins on 01/04/2024"):
        collection_year(date(2024, 3, 31), 2025)


@pytest.mark.parametrize(
    ("year", "absent"), [(2023, {"SWEpisodes", "DoLo"}), (2024, {"DoLo"}), (2026, {"DoLo"}), (2027, set())]
)
def test_each_year_has_its_own_tables_with_exactly_their_columns(year: int, absent: set[str]) -> None:
    built = returned(date(year, 3, 31), None, care_episodes=ALL_YEAR)
    assert set(COLUMNS) - set(built.tables) == absent
    assert {name: tuple(frame.columns) for name, frame in built.tables.items()} == {
        name: columns for name, columns in COLUMNS.items() if name not in absent
    }


SEXES = """
person_id sex gender
C1        M   -
C2        F   -
C3        U   -
C4        -   2
C5        -   9
C6        F   1
"""
EPISODES = """
child_id started_on
C1       2022-05-01
C2       2022-05-01
C3       2022-05-01
C4       2022-05-01
C5       2022-05-01
C6       2022-05-01
"""


@pytest.mark.parametrize(
    ("year", "written"), [(2024, ["1", "2", None, "2", None, "2"]), (2025, ["M", "F", "U", "F", None, "F"])]
)
def test_sex_is_in_the_codes_of_the_year(year: int, written: list[str | None]) -> None:
    built = returned(date(2025, 6, 30), year, people=SEXES, care_episodes=EPISODES)
    assert [sex for (sex,) in rows(built, "Header", "SEX")] == written
    assert noted(built, "SEX", "Header", "(U)") == (year == 2024)


@pytest.mark.parametrize(
    ("year", "place", "written"),
    [
        (2025, "P2", "P2"),
        (2026, "P2", None),
        (2026, "Z11", "Z11"),
        (2023, "K3", None),
        (2024, "K3", "K3"),
        (2026, "U4", "U4"),
    ],
)
def test_a_placement_type_not_in_use_in_the_year_is_blank_and_told(year: int, place: str, written: str | None) -> None:
    episodes = f"child_id started_on placement_type\nC1 2022-05-01 {place}"
    built = returned(date(2026, 6, 30), year, care_episodes=episodes)
    assert one(built, "Episodes", "PLACE") == (written,)
    assert noted(built, "PLACE", place) == (written is None)


def test_a_placement_type_taken_out_of_use_after_an_episode_ended_stands() -> None:
    episodes = "child_id started_on ended_on placement_type\nC1 2024-05-01 2024-09-01 H5"
    assert one(returned(date(2025, 6, 30), 2025, care_episodes=episodes), "Episodes", "PLACE") == ("H5",)


@pytest.mark.parametrize(("need", "written"), [("N1", "N1"), ("N8", "N8"), ("N9", None), ("N0", None)])
def test_a_need_that_is_no_looked_after_childs_is_blank_and_told(need: str, written: str | None) -> None:
    built = returned(care_episodes=f"child_id started_on category_of_need\nC1 2022-05-01 {need}")
    assert one(built, "Episodes", "CIN") == (written,)
    assert noted(built, "CIN", need) == (written is None)


def test_a_record_of_nothing_gives_empty_tables_and_says_why() -> None:
    built = returned()
    assert {frame.height for frame in built.tables.values()} == {0}
    assert noted(built, "Episodes has no rows", "care episodes")


def test_the_record_is_not_changed() -> None:
    held = record(care_episodes=ALL_YEAR)
    before = held.collect(held.lazy("care_episodes"))[0]
    returned(care_episodes=ALL_YEAR)
    assert held.collect(held.lazy("care_episodes"))[0].equals(before)
