"""What each row of the board says, and why."""

from dataclasses import replace
from datetime import date

import pytest

from goldenthread.board.control import Rule
from goldenthread.board.model import Board, BoardRow
from goldenthread.board.present import cell_text, counts_text, looks, target_text
from goldenthread.board.rows import Figures, current_label
from goldenthread.board.series import days_needed, month_ends, previous_year_ends
from goldenthread.board.targets import printed_board
from goldenthread.dataset.store import Manifest

from .conftest import AS_AT, MANIFEST, MISSING, WORSENING, MakeBoard


def row(board: Board, key: str) -> BoardRow:
    return next(row for row in board.rows if row.key == key)


def test_the_printed_rows_stand_first_and_in_the_printed_order(board: Board) -> None:
    printed = [one.indicator for one in printed_board().rows]
    assert len(printed) == 41
    assert [one.id for one in board.rows] == [*printed, "EHA"]


def test_the_years_before_and_the_quarter_head_the_columns(board: Board) -> None:
    assert board.previous_labels == ("2016/17", "2017/18", "2018/19")
    assert board.current_label == "2019/20 Q1"


@pytest.mark.parametrize(
    ("day", "label"),
    [
        (date(2019, 6, 30), "2019/20 Q1"),
        (date(2020, 3, 31), "2019/20 Q4"),
        (date(2020, 4, 1), "2020/21 to 1 Apr"),
        (date(2019, 8, 14), "2019/20 to 14 Aug"),
    ],
)
def test_a_day_inside_a_quarter_is_named(day: date, label: str) -> None:
    assert current_label(day) == label


def test_a_board_on_31_march_shows_the_three_years_before_that_year() -> None:
    assert previous_year_ends(date(2019, 3, 31)) == (date(2016, 3, 31), date(2017, 3, 31), date(2018, 3, 31))


def test_a_month_that_is_not_over_is_not_charted() -> None:
    assert month_ends(date(2019, 6, 29), 2) == (date(2019, 4, 30), date(2019, 5, 31))
    assert date(2019, 6, 29) in days_needed(date(2019, 6, 29), 2)


def test_counts_stand_behind_each_rate(board: Board) -> None:
    rereferrals = row(board, "CSB05")
    cell = rereferrals.current
    assert cell.numerator and cell.denominator and cell.value
    assert cell.value == pytest.approx(100 * cell.numerator / cell.denominator, abs=0.005)
    assert counts_text(cell, rereferrals) == f"{cell.numerator:.0f} of {cell.denominator:.0f}"
    assert cell_text(cell, rereferrals) == f"{cell.value:.2f}%"


def test_a_year_to_date_is_charted_month_by_month(board: Board) -> None:
    plans = row(board, "65")
    assert plans.series_of == "separate months, not the running total"
    quarter = plans.series[-3:]
    assert sum(cell.numerator or 0 for cell in quarter) == plans.current.numerator
    assert len(plans.series) == 36


def test_part_of_a_year_is_not_judged_against_a_yearly_target(board: Board, make_board: MakeBoard) -> None:
    assert row(board, "MI Pack 1").target_judgement == "none"
    assert any("part of a year" in note for note in row(board, "MI Pack 1").notes)
    whole = make_board(as_at=date(2019, 3, 31), manifest=replace(MANIFEST, as_at=date(2019, 3, 31)))
    assert row(whole, "MI Pack 1").target_judgement == "missed"
    assert not any("part of a year" in note for note in row(whole, "MI Pack 1").notes)


def test_the_printed_contradictions_are_said_on_their_rows(board: Board) -> None:
    told = {one.key for one in board.rows if any("printed in August 2019" in note for note in one.notes)}
    assert {"CIC1", "STF202/childrens", "RAASC001/York", "RAASC002/York"} == told


def test_a_row_worsens_only_when_its_chart_shows_it(board: Board) -> None:
    worse = row(board, WORSENING)
    assert (worse.travel.arrow, worse.travel.rating, worse.travel.word) == ("▲", "Red", "Getting worse")
    assert worse.chart and Rule.SHIFT in {signal.rule for signal in worse.chart.signals}
    assert worse.printed_travel == ""
    steady = row(board, "CSB05")
    assert (steady.travel.rating, steady.travel.word) == ("Neutral", "No change shown")
    assert steady.printed_travel == "▼ Green"


def test_every_row_is_in_one_group_of_what_to_look_at(board: Board) -> None:
    grouped = [one.key for _, rows in looks(board) for one in rows]
    assert sorted(grouped) == sorted(one.key for one in board.rows)


def test_a_row_that_cannot_be_computed_says_why_and_shows_no_nought(board: Board) -> None:
    missing = row(board, MISSING)
    assert missing.not_computed == "The dataset has no rows in: education plans."
    assert {cell_text(cell, missing) for cell in (*missing.previous, missing.current)} == {"–"}
    assert row(board, "CSC059").not_computed == "No indicator answers this row."


def test_fewer_than_twelve_months_give_no_direction(make_board: MakeBoard) -> None:
    short = row(make_board(months=11), "CSB05")
    assert short.travel.word == "Cannot tell"
    assert short.travel.because == "11 of the 12 months needed have a value"
    assert short.chart is None


def test_years_before_the_dataset_begins_are_unknown(make_board: MakeBoard) -> None:
    late = make_board(manifest=replace(MANIFEST, history_from=date(2017, 4, 1)))
    rereferrals = row(late, "CSB05")
    assert [cell.value is None for cell in rereferrals.previous] == [True, False, False]
    assert "history begins on 1 April 2017" in rereferrals.previous[0].why
    assert rereferrals.series[0].on == date(2017, 4, 30)


def test_noughts_before_anything_was_recorded_are_left_off_the_chart(make_board: MakeBoard) -> None:
    def emptied(figures: Figures) -> Figures:
        return {
            key: {
                on: replace(one, numerator=0.0, value=0.0) if on < date(2018, 1, 1) else one for on, one in held.items()
            }
            for key, held in figures.items()
        }

    assert row(make_board(change=emptied), "CSB05").series[0].on == date(2018, 1, 31)


def test_a_board_later_than_its_dataset_says_so(make_board: MakeBoard) -> None:
    old = make_board(manifest=Manifest(as_at=date(2019, 5, 1), authority_name="Nowhereshire"))
    assert any("1 May 2019" in note for note in old.notes)
    assert any("how far back" in note for note in old.notes)


def test_benchmarks_are_of_the_latest_year_at_or_before_the_board(board: Board) -> None:
    national, regional, comparator = row(board, "CSB05").benchmarks
    assert (national.kind, national.value, national.year) == ("national", 22.6, 2019)
    assert (regional.value, regional.year) == (24.6, 2019)
    assert (comparator.value, comparator.year) == (22.4, 2018)
    assert [one.value for one in row(board, "CSC02").benchmarks] == [None, None, None]


def test_targets_are_shown_by_their_kind(board: Board) -> None:
    shown = {
        key: target_text(row(board, key).target, row(board, key).unit) for key in ("CSB05", "EFL2", "CSS9a", "65a")
    }
    assert shown == {"CSB05": "10%", "EFL2": "38 to 45", "CSS9a": "40% of total", "65a": "To be confirmed"}


def test_the_command_behind_a_figure_is_ready_to_run(board: Board) -> None:
    assert row(board, "CSB05").explain == "goldenthread explain --dataset nowhereshire --as-at 2019-06-30 CSB05"
    assert row(board, "MI Pack 1").explain.endswith('--as-at 2019-06-30 "MI Pack 1"')


def test_the_same_figures_make_the_same_board(board: Board, make_board: MakeBoard) -> None:
    assert make_board() == board
    assert board.as_at == AS_AT
