"""Statistical process control: is a movement a change, or the noise there always is?

An XmR chart: the mean of the months, and limits 2.66 mean moving ranges either side of it. The four rules are those of
NHS England's "Making Data Count" (https://www.england.nhs.uk/publication/making-data-count/), with the numbers that
the R package NHSRplotthedots uses: one point outside the limits; seven points in a row on one side of the mean; six
rises (or falls) in a row, which takes seven points; two of three points in the outer third, all three on one side.
As in NHS England's own workbook, no point is left out of the moving ranges.

Points must be separate months. A year to date or a rolling year shares most of its cases with the month before, so it
would show trends that are not there: `goldenthread.board.series` unpicks them into months first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from statistics import fmean

WIDTH = 2.66  # 3 / 1.128: three standard deviations, the deviation judged from ranges of two (Shewhart's constant d2)
NEAR = WIDTH * 2 / 3  # the outer third begins here
SHIFT = 7
TREND = 6
NEAR_OF, NEAR_WINDOW = 2, 3
FEWEST_POINTS = 12  # below this NHSRplotthedots warns that limits are on trial; here no verdict is given


class Side(StrEnum):
    """Which way a signal points."""

    HIGH = "high"
    LOW = "low"


class Rule(StrEnum):
    """The four rules, in the order in which one decides the direction when they disagree."""

    OUTSIDE = "outside"
    SHIFT = "shift"
    NEAR_LIMIT = "near limit"
    TREND = "trend"


@dataclass(frozen=True, slots=True)
class Signal:
    """A rule that holds at the last point, and which way."""

    rule: Rule
    side: Side
    points: int

    @property
    def sentence(self) -> str:
        """The signal in plain words."""
        above, rising = ("above", "risen") if self.side is Side.HIGH else ("below", "fallen")
        upper = "upper" if self.side is Side.HIGH else "lower"
        match self.rule:
            case Rule.OUTSIDE:
                return f"the latest month is outside the {upper} limit"
            case Rule.SHIFT:
                return f"the last {self.points} months are all {above} the mean"
            case Rule.NEAR_LIMIT:
                return f"{self.points} of the last {NEAR_WINDOW} months are close to the {upper} limit"
            case Rule.TREND:
                return f"it has {rising} {self.points} months in a row"


@dataclass(frozen=True, slots=True)
class Chart:
    """The centre line and limits, and the signals that hold at the last point."""

    mean: float
    lower: float
    upper: float
    points: int
    signals: tuple[Signal, ...]

    @property
    def side(self) -> Side | None:
        """The way of the first signal in the order of `Rule`; None when there is none."""
        return self.signals[0].side if self.signals else None


def limits(values: Sequence[float]) -> tuple[float, float, float]:
    """Mean, lower and upper limit. ValueError for fewer than two values."""
    if len(values) < 2:
        raise ValueError(f"Limits need at least two values, not {len(values)}")
    mean = fmean(values)
    spread = WIDTH * fmean(abs(later - earlier) for earlier, later in pairwise(values))
    return mean, mean - spread, mean + spread


def chart(values: Sequence[float]) -> Chart | None:
    """The control chart of monthly values, oldest first; None with fewer than `FEWEST_POINTS`."""
    if len(values) < FEWEST_POINTS:
        return None
    mean, lower, upper = limits(values)
    found = (_outside(values, lower, upper), _shift(values, mean), _near(values, mean, upper), _trend(values))
    return Chart(mean, lower, upper, len(values), tuple(signal for signal in found if signal))


def _outside(values: Sequence[float], lower: float, upper: float) -> Signal | None:
    last = values[-1]
    if lower <= last <= upper:
        return None
    return Signal(Rule.OUTSIDE, Side.HIGH if last > upper else Side.LOW, 1)


def _shift(values: Sequence[float], mean: float) -> Signal | None:
    """A point on the mean is on neither side, and ends the run."""
    return _run([value - mean for value in values], SHIFT, Rule.SHIFT)


def _trend(values: Sequence[float]) -> Signal | None:
    return _run([later - earlier for earlier, later in pairwise(values)], TREND, Rule.TREND)


def _run(steps: Sequence[float], needed: int, rule: Rule) -> Signal | None:
    """The run of one sign that the steps end with, if it is long enough."""
    high = bool(steps) and steps[-1] > 0
    length = 0
    for step in reversed(steps):
        if step == 0 or (step > 0) != high:
            break
        length += 1
    return Signal(rule, Side.HIGH if high else Side.LOW, length) if length >= needed else None


def _near(values: Sequence[float], mean: float, upper: float) -> Signal | None:
    """Points outside the limits are not close to them: they are the first rule's."""
    recent = [value - mean for value in values[-NEAR_WINDOW:]]
    reach = upper - mean
    for side, sign in ((Side.HIGH, 1), (Side.LOW, -1)):
        close = sum(reach * NEAR / WIDTH < sign * step <= reach for step in recent)
        if close >= NEAR_OF and all(sign * step > 0 for step in recent):
            return Signal(Rule.NEAR_LIMIT, side, close)
    return None
