"""Where each item of a row stands from the left, for a given order of the rows.

Each row in turn is drawn towards the middle of what it belongs to, as near as the boxes allow (a least-squares fit that
keeps order and distance: pool adjacent violators), downwards and upwards until it rests.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from casework.people.genogram.measures import BOX_WIDTH, CENTRE, GAP, MARGIN, PASS_WIDTH
from casework.people.genogram.shape import Bar, Item

TO_THE_LEFT, TO_THE_RIGHT, HALF_PASS = CENTRE, BOX_WIDTH - CENTRE, PASS_WIDTH / 2
Xs = dict[Item, float]


def extent(item: Item) -> tuple[float, float]:
    """How far an item reaches to the left and right of where its lines meet it."""
    return (TO_THE_LEFT, TO_THE_RIGHT) if item.person else (HALF_PASS, HALF_PASS)


def place(rows: Sequence[Sequence[Item]], bars: Sequence[Bar], rounds: int) -> Xs:
    """The horizontal place of every item, its lines' middle; the leftmost begins at the margin.

    More rounds bring people nearer to the middle of their families.
    """
    xs: Xs = {}
    for row in rows:
        wanted = [0.0] * len(row)
        xs |= dict(zip(row, _kept_apart(row, wanted), strict=True))
    by_row = [[bar for bar in bars if bar.row == number] for number in range(len(rows))]
    for turn in range(rounds):
        last = turn == rounds - 1
        for number in range(1, len(rows)):
            _draw_in(rows[number], by_row[number], xs, down=True)
        for number in range(len(rows) - 1, 0, -1):
            if not last:
                _draw_in(rows[number - 1], by_row[number], xs, down=False)
    left = min((xs[item] - extent(item)[0] for item in xs), default=0.0)
    return {item: x - left + MARGIN for item, x in xs.items()}


def _draw_in(row: Sequence[Item], bars: Sequence[Bar], xs: Xs, down: bool) -> None:
    """Move a row under (or over) the middle of what its bars join it to, each group keeping its spread."""
    pulls: dict[Item, list[float]] = {}
    for bar in bars:
        ours, theirs = (bar.bottoms, bar.tops) if down else (bar.tops, bar.bottoms)
        if not ours or not theirs:
            continue
        shift = sum(xs[item] for item in theirs) / len(theirs) - sum(xs[item] for item in ours) / len(ours)
        for item in ours:
            pulls.setdefault(item, []).append(xs[item] + shift)
    wanted = [sum(pulls[item]) / len(pulls[item]) if item in pulls else xs[item] for item in row]
    xs |= dict(zip(row, _kept_apart(row, wanted), strict=True))


def _kept_apart(row: Sequence[Item], wanted: Sequence[float]) -> list[float]:
    """The places nearest to those wanted at which no two items of the row touch."""
    offsets = [0.0]
    for one, other in pairwise(row):
        apart = (TO_THE_RIGHT if one.person else HALF_PASS) + GAP + (TO_THE_LEFT if other.person else HALF_PASS)
        offsets.append(offsets[-1] + apart)
    pools: list[tuple[float, int]] = []
    for want, offset in zip(wanted, offsets, strict=False):
        mean, count = want - offset, 1
        while pools and pools[-1][0] > mean:
            before, many = pools.pop()
            mean, count = (before * many + mean * count) / (many + count), many + count
        pools.append((mean, count))
    settled = [mean for mean, count in pools for _ in range(count)]
    return [mean + offset for mean, offset in zip(settled, offsets, strict=False)]
