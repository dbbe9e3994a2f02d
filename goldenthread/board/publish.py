"""The published board: small numbers hidden, and whatever would show them by subtraction."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from goldenthread.board.audit import Sum, also_to_hide
from goldenthread.board.disclosure import MARK, SMALLEST_SHOWN, gives_away, hidden_parts, is_small
from goldenthread.board.model import Board, BoardRow, Cell
from goldenthread.indicators.model import Basis, Unit

# Rows whose counts add up to another row's count (or, with no total named, to the denominator they share, which is
# shown). A row printed twice is a total of one part.
ADD_UP: tuple[tuple[tuple[str, ...], str], ...] = (
    (("CSC020/0-10", "CSC020/11-30", "CSC020/31-45"), "CSC020/within-45"),
    (("CSC020/within-45", "CSC020/over-45"), ""),
    (("EFL3",), "CSC020/within-45"),
    (("CSS9a", "CSS9b"), "EFL1"),
)
# Rows that count some of those another row counts: what is left over could be had by subtraction.
WITHIN = (("65a", "65"),)
COUNTED = (Unit.PERCENT, Unit.RATE_PER_10000, Unit.COUNT)
HIDDEN = f"Hidden ({MARK}): it would show a number from 1 to {SMALLEST_SHOWN - 1}, or let one be worked out."
NOTE = (
    f"Numbers from 1 to {SMALLEST_SHOWN - 1}, and any that would let one be worked out, are hidden and marked {MARK}. "
    "Where a month is hidden, the limits of its chart are left out too; the direction of travel rests on all months."
)

Place = tuple[str, int]
"""A row's key and the position of a cell: 0 to 2 the previous years, 3 the current, then the months."""


def publishable(board: Board) -> Board:
    """The board with small numbers hidden, without the commands that list children, and with a note that says so."""
    cells = {(row.key, place): cell for row in board.rows for place, cell in _cells(row).items()}
    hidden = _closed(board, cells)
    rows = tuple(_hide(row, {place for key, place in hidden if key == row.key}) for row in board.rows)
    return replace(board, rows=rows, notes=(*board.notes, NOTE), audience="published", sources=())


def _cells(row: BoardRow) -> dict[int, Cell]:
    """A row's cells by position; a month's position is that of the month in the calendar."""
    years = dict(enumerate((*row.previous, row.current)))
    return years | {_month(cell): cell for cell in row.series}


def _month(cell: Cell) -> int:
    """The month's place in the calendar: far above those of the columns."""
    return cell.on.year * 12 + cell.on.month


def _closed(board: Board, cells: Mapping[Place, Cell]) -> set[Place]:
    """Every cell to hide: the small ones, then what would show them, until nothing more need be."""
    units = {row.key: row.unit for row in board.rows}
    hidden = {place for place, cell in cells.items() if _gives_away(cell, units[place[0]])}
    months = _sums_of_months(board)
    while True:
        found = hidden | _across_rows(cells, hidden)
        for row in board.rows:
            found |= _across_months(row, found)
        if found == hidden:
            found |= _audited(cells, hidden, months + _sums_of_rows(cells), lambda cell: cell.numerator)
            found |= _audited(cells, hidden, months, lambda cell: cell.denominator)
        if found == hidden:
            return hidden
        hidden = found


def _audited(
    cells: Mapping[Place, Cell], hidden: set[Place], sums: list[Sum[Place]], count: Callable[[Cell], float | None]
) -> set[Place]:
    counts = {place: count(cell) for place, cell in cells.items()}
    small = {place for place in hidden if is_small(counts[place])}
    return also_to_hide(hidden, small, sums, counts) if small else set()


def _sums_of_months(board: Board) -> list[Sum[Place]]:
    """The periods whose months are all on the board."""
    found = []
    for row in board.rows:
        for column, whole in enumerate((*row.previous, row.current)):
            months = [cell for cell in row.series if whole.start <= cell.on <= whole.on]
            needed = (whole.on.year - whole.start.year) * 12 + whole.on.month - whole.start.month + 1
            if row.basis != Basis.SNAPSHOT and len(months) == needed:
                found.append(Sum(tuple((row.key, _month(cell)) for cell in months), (row.key, column)))
    return found


def _sums_of_rows(cells: Mapping[Place, Cell]) -> list[Sum[Place]]:
    """The rows that add up, in every column and month in which all of them stand."""
    found = []
    for column in {place for _, place in cells}:
        for keys, total in ADD_UP:
            parts = tuple((key, column) for key in keys)
            whole = (total, column) if total else None
            if all(place in cells for place in parts) and (whole is None or whole in cells):
                found.append(Sum(parts, whole))
    return found


def _gives_away(cell: Cell, unit: Unit) -> bool:
    if unit not in COUNTED:  # an average: the count of children is below the line
        return is_small(cell.denominator)
    if unit is Unit.RATE_PER_10000:
        return is_small(cell.numerator)
    return gives_away(cell.numerator, cell.denominator)


def _across_rows(cells: Mapping[Place, Cell], hidden: set[Place]) -> set[Place]:
    found: set[Place] = set()
    for column in {place for _, place in cells}:
        for keys, total in ADD_UP:
            found |= _family([(key, column) for key in keys], (total, column) if total else None, cells, hidden)
        for part, whole in WITHIN:
            some, all_of_them = cells.get((part, column)), cells.get((whole, column))
            if some and all_of_them and gives_away(some.numerator, all_of_them.numerator):
                found.add((part, column))
    return found


def _family(places: list[Place], total: Place | None, cells: Mapping[Place, Cell], hidden: set[Place]) -> set[Place]:
    parts = [cells[place].numerator if place in cells else None for place in places]
    before = frozenset(number for number, place in enumerate(places) if place in hidden)
    shown = total is None or (total in cells and total not in hidden)
    after = hidden_parts(parts, before, total_shown=shown)
    found = {places[number] for number in after}
    lone = len([number for number in after if parts[number]]) == 1
    if total is not None and shown and lone and None not in parts:
        found.add(total)  # no other part is left to hide, so the total has to go
    return found


def _across_months(row: BoardRow, hidden: set[Place]) -> set[Place]:
    """Months within a period whose total is shown: a hidden one could be had from the rest. Snapshots do not add up."""
    if row.basis == Basis.SNAPSHOT:
        return set()
    found: set[Place] = set()
    for column, whole in enumerate((*row.previous, row.current)):
        months = [cell for cell in row.series if whole.start <= cell.on <= whole.on]
        places = [(row.key, _month(cell)) for cell in months]
        before = frozenset(number for number, place in enumerate(places) if place in hidden)
        shown = (row.key, column) not in hidden
        for count in _counts(row.unit):
            after = hidden_parts([count(cell) for cell in months], before, total_shown=shown)
            found |= {places[number] for number in after}
    return found


def _counts(unit: Unit) -> tuple[Callable[[Cell], float | None], ...]:
    """The counts of a cell that add up over months: of children above the line, and below it unless a population."""
    above: Callable[[Cell], float | None] = lambda cell: cell.numerator  # noqa: E731 - two one-line readers
    below: Callable[[Cell], float | None] = lambda cell: cell.denominator  # noqa: E731
    match unit:
        case Unit.PERCENT:
            return above, below
        case Unit.COUNT | Unit.RATE_PER_10000:
            return (above,)
        case _:
            return (below,)


def _hide(row: BoardRow, places: set[int]) -> BoardRow:
    years = tuple(_hidden(cell) if place in places else cell for place, cell in enumerate((*row.previous, row.current)))
    series = tuple(_hidden(cell) if _month(cell) in places else cell for cell in row.series)
    whole = not any(cell.suppressed for cell in series)
    return replace(
        row,
        previous=years[:-1],
        current=years[-1],
        series=series,
        chart=row.chart if whole else None,
        target_judgement=row.target_judgement if not years[-1].suppressed else "none",
        explain="",
    )


def _hidden(cell: Cell) -> Cell:
    return replace(cell, value=None, numerator=None, denominator=None, why=HIDDEN, suppressed=True)
