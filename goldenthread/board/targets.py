"""Targets of the board: which row has which, and whether a value meets it.

The packaged targets are those York printed in August 2019. An authority's own file replaces any of them:

    targets:
    - {id: CSB05, row: 1, target: {kind: value, value: 18}, rationale: the average of our neighbours}
    - {id: MI Pack 1, target: {kind: range, low: 400, high: 520}}
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from goldenthread.board.data import PRINTED_2019
from goldenthread.board.data.model import (
    NO_TARGET,
    Polarity,
    PrintedBoard,
    PrintedRow,
    PrintedValue,
    Target,
    row_number,
)
from goldenthread.board.data.printed import load_printed, target_from
from goldenthread.dataset.packaged.marked import Marked, read_marked

Judgement = Literal["met", "missed", "in range", "none"]
Targets = Mapping[tuple[str, int], Target]


@cache
def printed_board() -> PrintedBoard:
    """The improvement board as York printed it in August 2019: 31 indicators on 41 rows."""
    return load_printed(PRINTED_2019)


def printed(indicator_id: str, row: int | str, period: str) -> PrintedValue:
    """The value printed for a row and period ("2018/2019", "2019/2020 Q1"). Raises KeyError when there is none."""
    values = printed_board().row(indicator_id, row).values
    if period not in values:
        raise KeyError(f"No period '{period}' on the printed board. There are: {', '.join(values)}.")
    return values[period]


@cache
def printed_targets() -> Targets:
    """The printed targets by indicator and row, each on the row it belongs to."""
    return MappingProxyType({(row.indicator, row.row): row.target for row in printed_board().rows})


def load_targets(path: Path) -> Targets:
    """The printed targets with those of an authority's own file in their place.

    Raises DataFileError listing every fault of the file with its line. An indicator that is not on the printed board
    may be given a target; nothing is known here of its rows.
    """
    top = read_marked(path)
    own: dict[tuple[str, int], Target] = {}
    parts = top.mapping(("targets",), needed=("targets",))
    for entry in parts["targets"].each() if "targets" in parts else ():
        read = _own_target(entry)
        if read is None:
            continue
        key, target = read
        if key in own:
            entry.faults.add(entry.line, f"a target for {key[0]} row {key[1]} is given twice.")
        own[key] = target
    top.faults.raise_any()
    return MappingProxyType({**printed_targets(), **own})


def target_for(indicator_id: str, row: int | str = 1, targets: Targets | None = None) -> Target:
    """The target of a row, of kind "none" where it has none. Rows count from 1; "" is the first.

    ``targets`` are those of ``load_targets``; the printed ones when not given.
    """
    chosen = printed_targets() if targets is None else targets
    return chosen.get((indicator_id, row_number(row)), NO_TARGET)


def judge(value: float | None, target: Target, polarity: Polarity, *, total: float | None = None) -> Judgement:
    """Whether a value meets its target.

    A single target is met at or on the good side of it; with a Neutral polarity, or none, neither side is good and
    nothing is said. Within a range is "in range"; outside it is "missed", unless it is out on the good side, which
    is "met". For a share of a total the value is a count and ``total`` what it is a share of. "none" where there is
    no target, no value or no total: a value that is not known is not a miss.
    """
    if value is None:
        return "none"
    match target.kind:
        case "none" | "to be confirmed":
            return "none"
        case "share of total":
            return "none" if not total else _against(100 * value / total, target.value, polarity)
        case "value":
            return _against(value, target.value, polarity)
        case "range":
            return _within(value, target, polarity)


def contradiction(row: PrintedRow) -> str:
    """How a row's printed rating goes against its own polarity and its last two values; empty where it does not."""
    rating = row.direction.rating
    if rating not in ("Green", "Red"):
        return ""
    if row.polarity not in ("Up is Good", "Up is Bad"):
        return f"rated {rating} though its polarity is {row.polarity or 'not printed'}"
    known = [(value.value, value.printed) for value in row.values.values() if value.value is not None]
    if len(known) < 2 or known[-2][0] == known[-1][0]:
        return ""
    (before, before_printed), (now, now_printed) = known[-2:]
    better = (now > before) == (row.polarity == "Up is Good")
    if better == (rating == "Green"):
        return ""
    moved = "rose" if now > before else "fell"
    return f"rated {rating} though it {moved} from {before_printed} to {now_printed} and {row.polarity.lower()}"


def _against(value: float, target: float | None, polarity: Polarity) -> Judgement:
    if target is None:
        return "none"
    match polarity:
        case "Up is Good":
            return "met" if value >= target else "missed"
        case "Up is Bad":
            return "met" if value <= target else "missed"
        case _:
            return "none"


def _within(value: float, target: Target, polarity: Polarity) -> Judgement:
    if target.low is None or target.high is None:
        return "none"
    if target.low <= value <= target.high:
        return "in range"
    beyond_good = (value > target.high and polarity == "Up is Good") or (value < target.low and polarity == "Up is Bad")
    return "met" if beyond_good else "missed"


def _own_target(entry: Marked) -> tuple[tuple[str, int], Target] | None:
    parts = entry.mapping(("id", "row", "target", "rationale"), needed=("id", "target"))
    if "id" not in parts or "target" not in parts:
        return None
    id = parts["id"].text()
    row = parts["row"].whole() if "row" in parts else 1
    on_the_board = {indicator.id: len(indicator.rows) for indicator in printed_board().indicators}
    if row < 1 or (id in on_the_board and row > on_the_board[id]):
        entry.faults.add(parts["row"].line, f"{id} has no row {row}.")
    target, belongs_to = target_from(parts["target"])
    if belongs_to is not None:
        entry.faults.add(parts["target"].line, "give 'row' beside 'id' in place of 'belongs_to'.")
    return (id, row), replace(target, rationale=parts["rationale"].text() if "rationale" in parts else "")
