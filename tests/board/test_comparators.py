"""Benchmarks and populations that come with the board."""

from __future__ import annotations

from pathlib import Path

import pytest

from goldenthread.board.comparators import (
    Benchmarks,
    all_comparators,
    benchmarks,
    comparators,
    comparators_about,
    load_about,
    load_comparators,
    population,
    population_for_year_ending,
)
from goldenthread.board.data import COMPARATORS, COMPARATORS_ABOUT
from goldenthread.dataset.packaged.marked import DataFileError
from goldenthread.dataset.packaged.population import load_population


def test_fifty_measures_are_held_and_described() -> None:
    held = {one.measure for one in all_comparators()}
    assert len(held) == 50
    assert held == set(comparators_about().measures)
    assert {one.year for one in all_comparators()} == set(range(2019, 2026))


def test_a_later_year_is_the_published_figure_and_the_median_of_neighbours() -> None:
    found = benchmarks("EFL1", 2025)
    assert found.national is not None and found.national.value == 67.0
    assert found.regional is not None and found.regional.value == 77.0
    assert found.own is not None and found.own.value == 69.0
    assert found.comparator is not None
    assert (found.comparator.value, found.comparator.status) == (58.5, "derived")


def test_neighbours_are_held_for_2025_only() -> None:
    assert benchmarks("EFL1", 2024).comparator is None
    assert benchmarks("EFL1", 2024).national is not None


def test_2017_and_2018_are_those_printed() -> None:
    found = benchmarks("EFL1", 2018)
    assert found.national is not None
    assert (found.national.value, found.national.status) == (64.0, "printed")
    assert found.comparator is not None and found.comparator.value == 60.5


def test_a_benchmark_printed_as_a_dash_is_none() -> None:
    assert benchmarks("147", 2018) == Benchmarks()


def test_a_row_that_is_not_quite_the_comparator_carries_a_caution() -> None:
    found = benchmarks("148", 2025)
    assert found.national is not None and "19 to 21" in found.national.caution


def test_the_overall_row_of_assessments_has_the_comparator_and_its_bands_have_none() -> None:
    assert benchmarks("CSC020", 2024, 4).national is not None
    assert benchmarks("CSC020", 2024, 1) == Benchmarks()


def test_a_published_measure_can_be_asked_for_by_its_own_name() -> None:
    found = benchmarks("REF_RATE", 2025)
    assert found.own is not None and found.own.value == 528.5


def test_a_suppressed_figure_has_no_value_and_says_so() -> None:
    (york,) = (one for one in comparators("CLA_CONV", 2025) if one.kind == "authority")
    assert (york.value, york.status) == (None, "not available")


def test_averages_of_neighbours_follow_from_their_figures() -> None:
    for measure in comparators_about().measures:
        held = {one.kind: one.value for one in comparators(measure, 2025)}
        if held.get("neighbours mean") is None:
            continue
        values = [one.value for one in comparators(measure, 2025) if one.kind == "neighbour" and one.value is not None]
        assert held["neighbours mean"] == pytest.approx(sum(values) / len(values), abs=0.0501), measure
        middle = sorted(values)[(len(values) - 1) // 2], sorted(values)[len(values) // 2]
        assert held["neighbours median"] == pytest.approx(sum(middle) / 2, abs=0.0501), measure


def test_every_fault_of_a_comparators_file_is_told_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "comparators.csv"
    path.write_text(
        "measure,time_period,kind,area,name,value,status,how_seen\n"
        "REF_RATE,2025,authority,816,York,lots,published,file\n"
        "SPELLS,2025,authority,816,York,1,published,file\n"
        "REF_RATE,2024,village,816,York,1,published,file\n"
        "REF_RATE,2023,authority,816,York,,published,file\n"
        "REF_RATE,soon,authority,816,York,1,guessed,file\n"
        "REF_RATE,2023,authority,816,York,1,published,file\n"
    )
    with pytest.raises(DataFileError) as raised:
        load_comparators(path, comparators_about())
    told = str(raised.value)
    for expected in (
        "line 2: value 'lots' is not a number",
        "line 3: measure 'SPELLS' is not described",
        "line 4: kind 'village' must be one of",
        "line 5: status 'published' does not go with the value ''",
        "line 6: time_period 'soon' is not a year",
        "line 6: status 'guessed' must be one of",
        "line 7: REF_RATE 2023 authority 816 is given twice",
    ):
        assert f"comparators.csv {expected}" in told


def test_a_link_to_a_row_that_is_not_on_the_board_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "about.yaml"
    text = COMPARATORS_ABOUT.read_text(encoding="utf-8")
    path.write_text(text.replace("{id: EFL1, row: 1", "{id: EFL1, row: 2"))
    with pytest.raises(DataFileError, match=r"line \d+: the printed board has no row 2 of EFL1"):
        load_about(path)


def test_a_short_row_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "comparators.csv"
    path.write_text(COMPARATORS.read_text().splitlines()[0] + "\nREF_RATE,2025\n")
    with pytest.raises(DataFileError, match="line 2: expected 8 values"):
        load_comparators(path, comparators_about())


def test_yorks_rates_to_march_2025_use_mid_2024() -> None:
    assert population_for_year_ending("E06000014", 2025) == population("816", 2024) == 34_758


def test_an_authority_is_found_by_any_code_it_has_had_in_every_year() -> None:
    assert population("E06000065", 2013) == population("815", 2013)
    assert population("815", 2013) is not None


def test_a_population_that_is_not_held_is_none() -> None:
    assert population("816", 2030) is None
    assert population("E99999999", 2024) is None


def test_every_fault_of_a_population_file_is_told_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "population.csv"
    path.write_text(
        "mid_year,level,area,ons_code,name,population\n"
        "2024,Local authority,901,E06000901,Nowhereshire,40 000\n"
        "then,Local authority,901,E06000901,Nowhereshire,40000\n"
        "2023,Local authority,901,E06000901,Nowhereshire,40000\n"
        "2023,Local authority,901,E06000901,Nowhereshire,40001\n"
    )
    with pytest.raises(DataFileError) as raised:
        load_population(path)
    assert str(raised.value).splitlines() == [
        "population.csv line 2: population '40 000' is not a whole number. Leave it empty where it is not known.",
        "population.csv line 3: mid_year 'then' is not a year.",
        "population.csv line 5: Nowhereshire 2023 is given twice.",
    ]
