"""The command: what goes to standard output, what it exits with, and what it writes."""

import json
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from goldenthread.board.build import build_board
from goldenthread.board.printed import compare, judge, standard_error
from goldenthread.cli import main
from goldenthread.dataset.store import Dataset, Manifest, dataset_of, write_dataset
from goldenthread.indicators.model import Figure, Unit

AS_AT = date(2019, 6, 30)
MANIFEST = Manifest(as_at=AS_AT, authority="816", authority_name="Nowhereshire", history_from=date(2014, 4, 1))


def referrals() -> pl.DataFrame:
    """Ten referrals a month for three years, each of another child, and a second one of child 0 in June 2019."""
    days = [date(2016 + (month + 6) // 12, (month + 6) % 12 + 1, 5) for month in range(36) for _ in range(10)]
    made = pl.DataFrame({"child_id": [f"child {number}" for number in range(len(days))], "received_on": days})
    again = pl.DataFrame({"child_id": ["child 350", "child 0"], "received_on": [date(2019, 6, 20)] * 2})
    return pl.concat([made, again]).with_row_index("referral_id").cast({"referral_id": pl.String})


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    return dataset_of({"referrals": referrals()}, MANIFEST)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("dataset") / "nowhereshire"
    write_dataset(made, {"referrals": referrals()}, MANIFEST)
    return made


def test_the_board_counts_what_the_dataset_holds(dataset: Dataset) -> None:
    rows = {row.key: row for row in build_board(dataset, AS_AT).rows}
    current = rows["MI Pack 1"].current
    assert current.numerator == 32
    assert [cell.numerator for cell in rows["MI Pack 1"].series] == [10.0] * 35 + [12.0]
    again = rows["CSB05"].current
    assert (again.numerator, again.denominator) == (1, 122)
    assert rows["EFL2"].not_computed == "The dataset holds nothing in: cp plans."


def test_the_same_figures_come_from_any_number_of_months(dataset: Dataset) -> None:
    short, long = build_board(dataset, AS_AT, months=12), build_board(dataset, AS_AT, months=24)
    assert [row.current for row in short.rows] == [row.current for row in long.rows]
    assert [row.previous for row in short.rows] == [row.previous for row in long.rows]
    assert (
        next(row for row in short.rows if row.key == "MI Pack 1").series
        == (next(row for row in long.rows if row.key == "MI Pack 1").series[-12:])
    )


def test_json_on_standard_output_is_one_document_and_nothing_else(
    folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(["board", "--dataset", str(folder), "--as-at", "2019-06-30", "--format", "json"]) == 0
    shown = capfd.readouterr()
    assert json.loads(shown.out)["authority"] == "Nowhereshire"
    assert shown.err == ""


@pytest.mark.parametrize(("form", "start"), [("html", b"<!doctype html>"), ("xlsx", b"PK"), ("pdf", b"%PDF")])
def test_a_file_is_written_where_it_is_asked_for(folder: Path, tmp_path: Path, form: str, start: bytes) -> None:
    out = tmp_path / f"board.{form}"
    assert main(["board", "--dataset", str(folder), "--format", form, "--out", str(out), "--months", "12"]) == 0
    assert out.read_bytes().startswith(start)


def test_the_dataset_gives_the_day_when_none_is_asked_for(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["board", "--dataset", str(folder)]) == 0
    assert "as at 30 June 2019" in capfd.readouterr().out


def test_published_hides_the_one_child(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    main(["board", "--dataset", str(folder), "--format", "json", "--published"])
    rows = {row["key"]: row for row in json.loads(capfd.readouterr().out)["rows"]}
    assert rows["CSB05"]["current"]["suppressed"]
    assert rows["CSB05"]["current"]["numerator"] is None


def test_targets_with_a_fault_exit_1_and_say_where(
    folder: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    targets = tmp_path / "targets.yaml"
    targets.write_text("targets:\n- {id: CSB05, row: 9, target: {kind: value, value: 18}}\n", encoding="utf-8")
    assert main(["board", "--dataset", str(folder), "--targets", str(targets)]) == 1
    shown = capfd.readouterr()
    assert shown.out == ""
    assert "targets.yaml" in shown.err and "no row 9" in shown.err


def test_own_targets_take_the_place_of_the_printed_ones(
    folder: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    targets = tmp_path / "targets.yaml"
    targets.write_text("targets:\n- {id: CSB05, target: {kind: value, value: 18}}\n", encoding="utf-8")
    main(["board", "--dataset", str(folder), "--format", "json", "--targets", str(targets)])
    rows = {row["key"]: row for row in json.loads(capfd.readouterr().out)["rows"]}
    assert rows["CSB05"]["target"]["value"] == 18
    assert rows["CSB05"]["target_judgement"] == "met"


@pytest.mark.parametrize(
    "words",
    [["--as-at", "30/06/2019"], ["--months", "0"], ["--months", "many"], ["--format", "doc"], ["--engine", "abacus"]],
)
def test_wrong_use_exits_2(folder: Path, words: list[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["board", "--dataset", str(folder), *words])
    assert stopped.value.code == 2


def test_printed_as_a_workbook_is_wrong_use(folder: Path) -> None:
    assert main(["board", "--dataset", str(folder), "--printed", "--format", "xlsx"]) == 2


def test_printed_beside_computed_exits_1_when_a_row_is_out(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["board", "--dataset", str(folder), "--printed", "--format", "json"]) == 1
    found = {(one["key"], one["period"]): one for one in json.loads(capfd.readouterr().out)}
    assert len(found) == 82
    assert found["MI Pack 1", "2018/2019"]["verdict"] == "out"
    assert found["EFL2", "2018/2019"]["verdict"] == "not computed"
    assert found["CSC059", "2018/2019"]["verdict"] == "not printed"
    assert main(["board", "--dataset", str(folder), "--printed"]) == 1
    assert max(map(len, capfd.readouterr().out.splitlines())) <= 120


def test_every_printed_value_is_compared(dataset: Dataset) -> None:
    printed = [one for one in compare(dataset) if one.printed is not None]
    assert len([one for one in printed if one.period == "2018/2019"]) == 32
    assert len([one for one in printed if one.period == "2019/2020 Q1"]) == 36


@pytest.mark.parametrize(
    ("printed", "computed", "error", "verdict"),
    [
        (100.0, 115.0, 1.0, "within 15%"),
        (100.0, 115.1, 1.0, "out"),
        (100.0, 115.1, 6.0, "within 3 s.e."),
        (100.0, 85.0, None, "within 15%"),
        (100.0, None, 1.0, "not computed"),
        (None, 5.0, None, "not printed"),
        (0.0, 1.0, 0.5, "within 3 s.e."),
    ],
)
def test_a_row_agrees_within_15_per_cent_or_three_standard_errors(
    printed: float | None, computed: float | None, error: float | None, verdict: str
) -> None:
    assert judge(printed, computed, error) == verdict


@pytest.mark.parametrize(
    ("unit", "printed", "denominator", "error"),
    [
        (Unit.PERCENT, 50.0, 100.0, 5.0),
        (Unit.RATE_PER_10000, 100.0, 40_000.0, 5.0),
        (Unit.COUNT, 16.0, None, 4.0),
        (Unit.AVERAGE_DAYS, 400.0, 16.0, 100.0),
    ],
)
def test_the_standard_error_is_that_of_a_count_of_chance(
    unit: Unit, printed: float, denominator: float | None, error: float
) -> None:
    figure = Figure("any", AS_AT, AS_AT, 1.0, denominator, 1.0)
    assert standard_error(unit, printed, figure) == pytest.approx(error)
