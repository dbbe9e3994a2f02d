"""Direction of travel: a rule, not a judgement. A row moves when its control chart says so, and not otherwise."""

from __future__ import annotations

from goldenthread.board.control import FEWEST_POINTS, Chart, Side
from goldenthread.board.data.model import Polarity, Target
from goldenthread.board.model import Travel
from goldenthread.indicators.model import Unit

UP, DOWN, LEVEL = "▲", "▼", "◄►"


def travel(chart: Chart | None, points: int, polarity: Polarity, since_last_year: float | None = None) -> Travel:
    """The direction of travel that the chart and the polarity give; `points` is how many months had a value.

    `since_last_year` is the value now less the last whole year's, where the two can be set side by side. A row whose
    chart says one thing and whose year says the other is neither improving nor getting worse: it is mixed.
    """
    if chart is None:
        return Travel("", "", "Cannot tell", f"{points} of the {FEWEST_POINTS} months needed have a value")
    if chart.side is None:
        return Travel(LEVEL, "Neutral", "No change shown", "the months vary as they usually do")
    because = "; ".join(signal.sentence for signal in chart.signals)
    up = chart.side is Side.HIGH
    arrow = UP if up else DOWN
    match polarity:
        case "Up is Good" | "Up is Bad":
            if since_last_year and (since_last_year > 0) != up:
                against = "lower" if up else "higher"
                return Travel(arrow, "Neutral", "Mixed", f"{because}; but {against} than in the last whole year")
            better = up == (polarity == "Up is Good")
            return Travel(arrow, "Green" if better else "Red", "Improving" if better else "Getting worse", because)
        case _:
            return Travel(arrow, "Neutral", "Higher" if up else "Lower", because)


def assurance(chart: Chart | None, target: Target, polarity: Polarity, unit: Unit) -> str:
    """Whether the target lies within what the months usually reach; empty where that cannot be said.

    Only where a month can be set beside the target: not for counts and rates, which grow with the length of a period.
    """
    comparable = unit in (Unit.PERCENT, Unit.AVERAGE, Unit.AVERAGE_DAYS)
    if chart is None or target.kind != "value" or target.value is None or not comparable:
        return ""
    match polarity:
        case "Up is Good":
            worst, best = chart.lower - target.value, chart.upper - target.value
        case "Up is Bad":
            worst, best = target.value - chart.upper, target.value - chart.lower
        case _:
            return ""
    if worst >= 0:
        return "Month by month it can be relied on to meet the target."
    if best < 0:
        return "It will not meet the target in any usual month: something has to change."
    return "It meets the target in some months and misses it in others, with no change behind either."
