"""Nothing published lets a number from 1 to 5 be read or worked out."""

from dataclasses import replace
from datetime import date
from functools import cache
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.board.disclosure import gives_away, hidden_parts, is_small
from goldenthread.board.model import Board, BoardRow, Cell
from goldenthread.board.publish import ADD_UP, publishable

from .conftest import MakeBoard

counts = st.lists(st.integers(0, 20).map(float), min_size=1, max_size=12)


def test_one_to_five_are_small_and_nought_and_six_are_not() -> None:
    assert [count for count in range(8) if is_small(count)] == [1, 2, 3, 4, 5]
    assert not is_small(None)


def test_a_count_of_all_but_a_few_gives_the_few_away() -> None:
    assert gives_away(97, 100)
    assert gives_away(2, 100)
    assert gives_away(0, 4)
    assert not gives_away(94, 100)
    assert not gives_away(0, 100)
    assert not gives_away(100, 100)


def test_a_lone_hidden_part_takes_the_next_smallest_with_it() -> None:
    assert hidden_parts([3.0, 9.0, 40.0], frozenset({0}), total_shown=True) == {0, 1}


def test_two_hidden_parts_that_add_up_to_a_small_number_take_a_third() -> None:
    assert hidden_parts([2.0, 3.0, 40.0, 50.0], frozenset({0, 1}), total_shown=True) == {0, 1, 2}


def test_a_hidden_total_hides_a_part_that_is_not_nought() -> None:
    assert hidden_parts([0.0, 9.0, 40.0], frozenset(), total_shown=False) == {1}


def test_an_unknown_part_protects_the_rest() -> None:
    assert hidden_parts([3.0, None, 40.0], frozenset({0}), total_shown=True) == {0}


@given(counts)
def test_no_small_number_can_be_had_from_the_total_and_the_parts_shown(parts: list[float]) -> None:
    small = frozenset(place for place, part in enumerate(parts) if is_small(part))
    hidden = hidden_parts(parts, small, total_shown=True)
    assert small <= hidden
    left = sum(parts) - sum(part for place, part in enumerate(parts) if place not in hidden)
    others_to_hide = [place for place, part in enumerate(parts) if part and place not in hidden]
    # What is left over is the hidden parts together. It says nothing of one child when it is not small and is of two
    # parts or more; where nothing more is left to hide, the total itself is hidden by the caller.
    unknown = [place for place in hidden if parts[place]]
    assert not hidden or (len(unknown) > 1 and not is_small(left)) or not others_to_hide


def rows_by_key(board: Board) -> dict[str, BoardRow]:
    return {row.key: row for row in board.rows}


def with_count(board: Board, key: str, numerator: float) -> Board:
    """The board with another count in the current cell of a row."""

    def changed(row: BoardRow) -> BoardRow:
        return replace(row, current=replace(row.current, numerator=numerator)) if row.key == key else row

    return replace(board, rows=tuple(changed(row) for row in board.rows))


def test_the_internal_board_hides_nothing(board: Board) -> None:
    assert not any(cell.suppressed for row in board.rows for cell in (*row.previous, row.current, *row.series))


def test_the_published_board_says_what_it_hides_and_lists_no_child(published: Board) -> None:
    assert any("1 to 5" in note for note in published.notes)
    assert {row.explain for row in published.rows} == {""}


def test_no_small_count_is_left_in_the_published_board(make_board: MakeBoard, board: Board) -> None:
    small = with_count(with_count(board, "CSC020/0-10", 3.0), "65", 2.0)
    found = rows_by_key(publishable(small))
    for key in ("CSC020/0-10", "65"):
        cell = found[key].current
        assert (cell.suppressed, cell.value, cell.numerator, cell.denominator) == (True, None, None, None)
        assert found[key].target_judgement == "none"


def test_a_hidden_band_hides_another_band_of_the_same_total(board: Board) -> None:
    found = rows_by_key(publishable(with_count(board, "CSC020/0-10", 3.0)))
    bands = [found[key].current.suppressed for key in ("CSC020/0-10", "CSC020/11-30", "CSC020/31-45")]
    assert bands[0] and sum(bands) >= 2


def test_a_hidden_row_printed_twice_is_hidden_twice(board: Board) -> None:
    denominator = rows_by_key(board)["CSC020/within-45"].current.denominator
    assert denominator
    # all but two in time, so both the row and what is left of it are hidden
    found = rows_by_key(publishable(with_count(board, "CSC020/within-45", denominator - 2)))
    assert found["CSC020/within-45"].current.suppressed
    assert found["EFL3"].current.suppressed


def test_a_hidden_month_hides_another_of_its_year_and_the_limits(board: Board) -> None:
    row = rows_by_key(board)["65"]
    months = list(row.series)
    months[-14] = replace(months[-14], numerator=1.0)
    changed = replace(
        board, rows=tuple(replace(row, series=tuple(months)) if one is row else one for one in board.rows)
    )
    found = rows_by_key(publishable(changed))["65"]
    hidden = [cell for cell in found.series if cell.suppressed]
    assert len(hidden) >= 2
    assert found.chart is None
    assert found.travel == row.travel


def test_a_rolling_year_does_not_give_away_a_month_hidden_with_another_outside_it(board: Board) -> None:
    row = rows_by_key(board)["CSB05"]
    # April 2018 and September 2018 are hidden, which is enough for 2018/19. The twelve months to June 2019
    # hold only the second, so one more of them has to go.
    small = {date(2018, 4, 30): 2.0, date(2018, 9, 30): 5.0}
    months = tuple(replace(cell, numerator=small.get(cell.on, cell.numerator)) for cell in row.series)
    changed = replace(board, rows=tuple(replace(row, series=months) if one is row else one for one in board.rows))
    hidden = [cell.on for cell in rows_by_key(publishable(changed))["CSB05"].series if cell.suppressed]
    assert set(small) < set(hidden)
    assert len([on for on in hidden if on > date(2018, 6, 30)]) >= 2


def test_every_shown_share_leaves_no_small_remainder(published: Board) -> None:
    def shown(row: BoardRow) -> list[Cell]:
        return [cell for cell in (*row.previous, row.current, *row.series) if cell.value is not None]

    for row in published.rows:
        if row.unit == "percent":
            assert not any(gives_away(cell.numerator, cell.denominator) for cell in shown(row))


def sums(board: Board) -> list[tuple[list[tuple[str, str]], tuple[str, str]]]:
    """What a reader knows to add up: the months of a period to its total, and rows to other rows, by key and label."""
    found: list[tuple[list[tuple[str, str]], tuple[str, str]]] = []
    for row in board.rows:
        for whole in (*row.previous, row.current):
            months = [cell for cell in row.series if whole.start <= cell.on <= whole.on]
            needed = (whole.on.year - whole.start.year) * 12 + whole.on.month - whole.start.month + 1
            if row.basis != "snapshot" and len(months) == needed:
                found.append(([(row.key, cell.label) for cell in months], (row.key, whole.label)))
    labels = {cell.label for row in board.rows for cell in (*row.previous, row.current, *row.series)}
    return found + [
        ([(key, label) for key in keys], (total, label)) for keys, total in ADD_UP if total for label in labels
    ]


def worked_out(published: Board) -> set[tuple[str, str]]:
    """The hidden counts that the sums fix: those that no solution of the equations lets vary."""
    cells = {
        (row.key, cell.label): cell for row in published.rows for cell in (*row.previous, row.current, *row.series)
    }
    unknown = sorted(place for place, cell in cells.items() if cell.suppressed)
    column = {place: number for number, place in enumerate(unknown)}
    known = [
        (parts, total) for parts, total in sums(published) if total in cells and all(one in cells for one in parts)
    ]
    rows = np.zeros((len(known), len(unknown)))
    for number, (parts, total) in enumerate(known):
        for place in parts:
            if place in column:
                rows[number, column[place]] += 1
        if total in column:
            rows[number, column[total]] -= 1
    _, sizes, directions = np.linalg.svd(rows)
    free = directions[int((sizes > 1e-9).sum()) :]
    return {place for place in unknown if not (abs(free[:, column[place]]) > 1e-9).any()}


@pytest.mark.parametrize("seed", range(3))
def test_no_hidden_number_can_be_worked_out_from_all_the_sums_together(make_board: MakeBoard, seed: int) -> None:
    @cache
    def some(key: str, month: date) -> int:
        return Random(f"{seed}{key}{month:%Y-%m}").choice([0, 0, 2, 5, 7, 8, 9, 12])

    def few(key: str, month: date) -> tuple[int, int]:
        bands = {band: some(band, month) for band in ADD_UP[0][0]}
        within, over = sum(bands.values()), some("over", month)
        inside, outside = some("CSS9b", month), some("CSS9a", month)
        told = {**bands, "CSC020/within-45": within, "EFL3": within, "CSC020/over-45": over}
        if key in told:
            return told[key], within + over
        part = {"EFL1": inside + outside, "CSS9a": outside, "CSS9b": inside}.get(key, some(key, month))
        return part, part + some(f"left of {key}", month)

    inside = {(row.key, cell.label): cell for row in make_board(counts=few).rows for cell in (row.current, *row.series)}
    found = make_board("published", counts=few)
    hidden = [cell for row in found.rows for cell in row.series if cell.suppressed]
    assert 100 < len(hidden) < sum(len(row.series) for row in found.rows)
    given_away = {place for place in worked_out(found) if place in inside and is_small(inside[place].numerator)}
    assert given_away == set()
