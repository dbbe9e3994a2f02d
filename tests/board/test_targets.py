"""Targets: where they belong, when they are met, and an authority's own in place of the printed."""

from __future__ import annotations

from pathlib import Path

import pytest

from goldenthread.board.data import PRINTED_2019
from goldenthread.board.data.model import NO_TARGET, Polarity, Target
from goldenthread.board.data.printed import load_printed
from goldenthread.board.targets import (
    contradiction,
    judge,
    load_targets,
    printed,
    printed_board,
    target_for,
)
from goldenthread.dataset.packaged.marked import DataFileError

VALUE = Target(kind="value", value=85)
RANGE = Target(kind="range", low=38, high=45)
SHARE = Target(kind="share of total", value=40)


def test_the_printed_board_has_31_indicators_on_41_rows() -> None:
    board = printed_board()
    assert [indicator.no for indicator in board.indicators] == list(range(1, 32))
    assert len(board.rows) == 41
    assert sum(len(indicator.benchmarks) for indicator in board.indicators) == 39


@pytest.mark.parametrize(
    ("indicator", "row", "period", "shown", "value"),
    [
        ("MI Pack 1", 1, "2019/2020 Q1", "143.51", 143.51),
        ("CSB05", "", "2016/2017", "13.30%", 13.3),
        ("CSC020", 5, "2017/2018", "11.62%", 11.62),
        ("EH4", 1, "2016/2017", "NC", None),
        ("CSC059", 1, "2019/2020 Q1", "-", None),
        ("STF202", "2", "2019/2020 Q1", "15.52%", 15.52),
        ("RAASC001", 2, "2018/2019", "438", 438.0),
    ],
)
def test_values_are_as_printed(indicator: str, row: int | str, period: str, shown: str, value: float | None) -> None:
    found = printed(indicator, row, period)
    assert (found.printed, found.value) == (shown, value)


def test_asking_for_what_is_not_printed_says_what_is() -> None:
    with pytest.raises(KeyError, match="No indicator 'CSB06'"):
        printed("CSB06", 1, "2018/2019")
    with pytest.raises(KeyError, match="has 1 rows"):
        printed("CSB05", 2, "2018/2019")
    with pytest.raises(KeyError, match="No period '2020/2021'"):
        printed("CSB05", 1, "2020/2021")
    with pytest.raises(KeyError, match="'York' is not a row"):
        target_for("CSB05", "York")


@pytest.mark.parametrize(
    ("indicator", "row", "kind", "numbers"),
    [
        ("MI Pack 1", 1, "range", (None, 295.0, 350.0)),
        ("CSB05", 1, "value", (10.0, None, None)),
        ("CSS9a", 1, "share of total", (40.0, None, None)),
        ("65a", 1, "to be confirmed", (None, None, None)),
        ("CSC060", 1, "none", (None, None, None)),
        ("RAASC001", 1, "none", (None, None, None)),
        ("RAASC001", 2, "value", (380.0, None, None)),
    ],
)
def test_targets_are_read_as_what_they_are(
    indicator: str, row: int, kind: str, numbers: tuple[float | None, ...]
) -> None:
    target = target_for(indicator, row)
    assert (target.kind, (target.value, target.low, target.high)) == (kind, numbers)


def test_the_85_per_cent_target_belongs_to_the_total_within_45_working_days() -> None:
    assert target_for("CSC020", 1).kind == "none"
    total = target_for("CSC020", 4)
    assert (total.value, total.printed, total.printed_on_row) == (85.0, "85%", 1)
    assert printed_board().row("CSC020", 1).target_printed == "85%"


def test_a_row_that_has_no_target_gets_the_empty_one() -> None:
    assert target_for("WF_TURN") is NO_TARGET


@pytest.mark.parametrize(
    ("value", "target", "polarity", "expected"),
    [
        (85.0, VALUE, "Up is Good", "met"),
        (84.9, VALUE, "Up is Good", "missed"),
        (85.0, VALUE, "Up is Bad", "met"),
        (85.1, VALUE, "Up is Bad", "missed"),
        (85.0, VALUE, "Neutral", "none"),
        (85.0, VALUE, "", "none"),
        (38.0, RANGE, "Neutral", "in range"),
        (45.0, RANGE, "Neutral", "in range"),
        (45.1, RANGE, "Neutral", "missed"),
        (37.9, RANGE, "Neutral", "missed"),
        (45.1, RANGE, "Up is Good", "met"),
        (37.9, RANGE, "Up is Good", "missed"),
        (37.9, RANGE, "Up is Bad", "met"),
        (45.1, RANGE, "Up is Bad", "missed"),
        (None, VALUE, "Up is Good", "none"),
        (1.0, NO_TARGET, "Up is Good", "none"),
        (1.0, Target(kind="to be confirmed"), "Up is Good", "none"),
    ],
)
def test_judging(value: float | None, target: Target, polarity: Polarity, expected: str) -> None:
    assert judge(value, target, polarity) == expected


@pytest.mark.parametrize(
    ("count", "total", "expected"), [(90, 225, "met"), (100, 225, "missed"), (100, None, "none"), (0, 0, "none")]
)
def test_a_share_is_judged_on_its_total(count: float, total: float | None, expected: str) -> None:
    assert judge(count, SHARE, "Up is Bad", total=total) == expected


def test_the_contradictions_noted_are_those_the_rows_show() -> None:
    noted = {row.key for row in printed_board().rows if row.contradicts}
    assert noted == {"CIC1", "STF202/2", "RAASC001/2", "RAASC002/2"}
    assert noted == {row.key for row in printed_board().rows if contradiction(row)}


def test_a_contradiction_is_told_with_its_values() -> None:
    said = contradiction(printed_board().row("CIC1"))
    assert said == "rated Green though it fell from 16.00% to 14.00% and up is good"


def own(folder: Path, text: str) -> Path:
    path = folder / "targets.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_an_authoritys_own_targets_replace_only_those_they_name(tmp_path: Path) -> None:
    path = own(
        tmp_path,
        "targets:\n"
        "- {id: CSB05, target: {kind: value, value: 18}, rationale: our neighbours}\n"
        "- {id: CSC020, row: 2, target: {kind: range, low: 20, high: 30}}\n"
        "- {id: LOCAL1, target: {kind: value, value: 3}}\n",
    )
    targets = load_targets(path)
    assert (target_for("CSB05", 1, targets).value, target_for("CSB05", 1, targets).rationale) == (
        18.0,
        "our neighbours",
    )
    assert target_for("CSC020", 2, targets).low == 20
    assert target_for("CSC020", 4, targets).value == 85.0
    assert target_for("LOCAL1", 1, targets).value == 3.0


def test_every_fault_of_a_targets_file_is_told_with_its_line(tmp_path: Path) -> None:
    path = own(
        tmp_path,
        "targets:\n"
        "- {id: CSB05, target: {kind: about, value: 18}}\n"
        "- {id: EFL2, target: {kind: range, low: 50, high: 40}}\n"
        "- {id: EFL1, target: {kind: range, low: 50}}\n"
        "- {id: CF4, row: 3, target: {kind: value, value: 1}}\n"
        "- {id: CIC1, target: {kind: value, value: lots}}\n"
        "- {target: {kind: none}}\n"
        "- {id: EH4, target: {kind: none}, colour: green}\n"
        "- {id: EH4, target: {kind: none}}\n",
    )
    with pytest.raises(DataFileError) as raised:
        load_targets(path)
    told = str(raised.value)
    for expected in (
        "line 2: the target's kind must be one of",
        "line 3: the range's low end 50 is above its high end 40",
        "line 4: a target of kind 'range' takes low and high",
        "line 5: CF4 has no row 3",
        "line 6: 'lots' is not a number",
        "line 7: 'id' is missing",
        "line 8: 'colour' is not known here",
        "line 9: a target for EH4 row 1 is given twice",
    ):
        assert f"targets.yaml {expected}" in told


def test_a_file_that_is_not_yaml_is_refused_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(DataFileError, match="line 3: not YAML"):
        load_targets(own(tmp_path, "targets:\n- {id: CSB05\n"))
    with pytest.raises(DataFileError, match="the file is empty"):
        load_targets(own(tmp_path, ""))


def test_a_printed_number_that_is_not_its_value_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "board.yaml"
    text = PRINTED_2019.read_text(encoding="utf-8")
    path.write_text(text.replace("{printed: '143.51', value: 143.51}", "{printed: '143.51', value: 134.51}"))
    with pytest.raises(DataFileError, match=r"line \d+: printed '143.51' is not the value 134.51"):
        load_printed(path)
