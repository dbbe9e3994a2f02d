"""The same wish gives the same authority, to the byte; its size and its faults are as asked."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from goldenthread.dataset.store import DatasetError, open_dataset
from goldenthread.dataset.synthetic.authority import Plan, planned, synthesise
from goldenthread.dataset.synthetic.command import add_parser
from goldenthread.dataset.synthetic.faults import BLANKS, DUPLICATE, LATES, REVERSALS, WRONGS
from goldenthread.dataset.synthetic.parameters import parameters
from goldenthread.dataset.synthetic.writing import FAULTS_FILE, write_authority
from goldenthread.dataset.tables import TABLES

from .conftest import AS_AT, CHILDREN, Authority, made


def _bytes(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_the_same_seed_writes_the_same_bytes(tmp_path: Path) -> None:
    plan = planned(600, 3, AS_AT, 0.01)
    for name in ("one", "two"):
        write_authority(tmp_path / name, plan)
    assert _bytes(tmp_path / "one") == _bytes(tmp_path / "two")


def test_two_processes_write_what_one_does(tmp_path: Path) -> None:
    plan = Plan(3, AS_AT, 0.01, (0.06, 0.04, 0.02))
    write_authority(tmp_path / "one", plan, processes=1)
    write_authority(tmp_path / "two", plan, processes=2)
    assert _bytes(tmp_path / "one") == _bytes(tmp_path / "two")
    counts = pl.read_parquet(tmp_path / "one" / "workforce_counts.parquet")
    assert not counts.select("part_of", "month_end").is_duplicated().any()


def test_a_large_authority_is_made_of_cities_and_a_rest() -> None:
    sizes = planned(400_000, 3, AS_AT, 0.0).sizes
    assert set(sizes[:-1]) == {1.0}
    assert 0 < sizes[-1] <= 1


def test_another_seed_makes_other_lives(authority: Authority) -> None:
    other = made(seed=8)
    assert not other["referrals"].equals(authority["referrals"])


def test_what_is_written_opens_as_a_dataset_and_is_what_was_made(tmp_path: Path) -> None:
    tables, _, faults = synthesise(600, 3, AS_AT, 0.05)
    write_authority(tmp_path / "d", planned(600, 3, AS_AT, 0.05))
    dataset = open_dataset(tmp_path / "d")
    for name in dataset.manifest.tables:
        assert dataset.lazy(name).to_native().collect().equals(tables[name]), name
    assert pl.read_csv(tmp_path / "d" / FAULTS_FILE).height == faults.height > 0


def test_children_are_about_as_many_as_asked(authority: Authority) -> None:
    held = authority["people"].filter(pl.col("is_child")).height
    # Brothers and sisters come together, so the number varies more than a count of single children would.
    assert held == pytest.approx(CHILDREN, abs=5 * (2 * CHILDREN) ** 0.5)


def test_every_fault_is_planted_where_it_is_listed(authority: Authority, faulty: Authority) -> None:
    assert authority.faults.height == 0
    assert faulty.faults.height > 100
    for blank in BLANKS:
        listed = faulty.faults.filter(pl.col("fault") == blank.name)
        key = TABLES[blank.table].key[0]
        rows = faulty[blank.table].filter(pl.col(key).is_in(listed["row_id"].implode()))
        assert rows[blank.column].null_count() == rows.height == listed.height, blank.name
    for reverse in REVERSALS:
        listed = faulty.faults.filter(pl.col("fault") == reverse.name)
        wrong = faulty[reverse.table].filter(pl.col(reverse.first) > pl.col(reverse.second))
        assert set(wrong[TABLES[reverse.table].key[0]]) == set(listed["row_id"]) != set(), reverse.name
    for off in WRONGS:
        listed = faulty.faults.filter(pl.col("fault") == off.name)
        rows = faulty[off.table].filter(pl.col(TABLES[off.table].key[0]).is_in(listed["row_id"].implode()))
        assert set(rows[off.column]) == {off.code}, off.name
    for late in LATES:
        hit = faulty.faults.filter(pl.col("fault") == late.name)["row_id"]
        key = TABLES[late.table].key[0]
        rows = (
            faulty[late.table]
            .join(authority[late.table], on=key, suffix="_true")
            .filter(pl.col(key).is_in(hit.implode()))
        )
        written = rows[late.column] - rows[f"{late.column}_true"]
        assert hit.len() > 0
        assert written.dt.total_days().to_list() == [late.days] * hit.len(), late.name
    twice = faulty.faults.filter(pl.col("fault") == DUPLICATE)
    assert faulty["people"].height == authority["people"].height + twice.height > authority["people"].height


def test_no_row_has_two_faults(faulty: Authority) -> None:
    assert not faulty.faults.filter(pl.col("fault") != DUPLICATE).select("table", "row_id").is_duplicated().any()


def test_rows_without_a_listed_fault_are_as_they_would_have_been(authority: Authority, faulty: Authority) -> None:
    touched = faulty.faults.filter(pl.col("table") == "visits")["row_id"].implode()
    untouched = ~pl.col("visit_id").is_in(touched)
    assert faulty["visits"].filter(untouched).equals(authority["visits"].filter(untouched))


@pytest.mark.parametrize(("children", "faults"), [(0, 0.0), (-3, 0.0), (10, 1.5), (10, -0.1)])
def test_an_impossible_wish_is_refused(children: int, faults: float) -> None:
    with pytest.raises(ValueError, match=r"Ask for more|a number from 0 to 1"):
        planned(children, 1, AS_AT, faults)


def test_a_folder_with_other_files_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(DatasetError, match="holds other files"):
        write_authority(tmp_path, planned(200, 1, AS_AT, 0.0))
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_history_begins_in_april_five_years_before(authority: Authority) -> None:
    assert authority.manifest.history_from == date(2014, 4, 1)
    assert planned(100, 1, date(2026, 3, 31), 0.0).since == date(2020, 4, 1)


def test_the_command_writes_a_dataset(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    import argparse

    parser = argparse.ArgumentParser()
    add_parser(parser.add_subparsers())
    wish = ["synthesise", "--children", "400", "--seed", "2", "--as-at", "2019-06-30", "--out", str(tmp_path / "out")]
    arguments = parser.parse_args(wish)
    assert arguments.run(arguments) == 0
    assert "Amberford as at 2019-06-30" in capsys.readouterr().out
    assert open_dataset(tmp_path / "out").rows("people") > 0
    nonsense = parser.parse_args([*wish[:-2], "--faults", "2", "--out", str(tmp_path / "other")])
    assert nonsense.run(nonsense) == 2


def test_every_parameter_says_its_unit_and_source() -> None:
    for parameter in parameters().held.values():
        assert parameter.unit, parameter.name
        assert parameter.source, parameter.name
