"""The board's values as text, the same in every format."""

from __future__ import annotations

import re
from datetime import date

from goldenthread.board.data.model import Target
from goldenthread.board.disclosure import MARK
from goldenthread.board.model import Benchmark, Board, BoardRow, Cell
from goldenthread.board.series import grows_with_the_year
from goldenthread.indicators.model import Unit

NOTHING = "–"
PERIOD_AT_END = re.compile(r"\s*-\s*\([^()]*\)$")
UNIT_WORDS = {
    Unit.PERCENT: "per cent",
    Unit.RATE_PER_10000: "per 10,000 children",
    Unit.COUNT: "number",
    Unit.AVERAGE_DAYS: "days, average",
    Unit.DAYS_PER_FTE: "days per full-time post",
    Unit.AVERAGE: "average",
}
JUDGEMENT_WORDS = {"met": "Met", "missed": "Missed", "in range": "In range", "none": ""}
POLARITY_WORDS = {"Up is Good": "Up is good", "Up is Bad": "Up is bad", "Neutral": "Neutral", "": "Not set"}
BENCHMARK_WORDS = {"national": "National", "regional": "Regional", "comparator": "Comparator"}


def number(value: float, places: int) -> str:
    """A number with so many places and commas between thousands."""
    return f"{value:,.{places}f}"


def value_text(value: float | None, unit: Unit, places: int) -> str:
    """A value in its unit: 16.44%; 297.57; a dash when there is none."""
    if value is None:
        return NOTHING
    return number(value, places) + ("%" if unit is Unit.PERCENT else "")


def cell_text(cell: Cell, row: BoardRow) -> str:
    """A cell's value, the mark of a hidden one, or a dash."""
    return MARK if cell.suppressed else value_text(cell.value, row.unit, row.places)


def counts_text(cell: Cell, row: BoardRow) -> str:
    """The counts behind a cell: "187 of 1,138"; empty when the value is itself the count, or there is none."""
    if cell.numerator is None:
        return ""
    if cell.value is None and row.unit is Unit.RATE_PER_10000:
        return f"{count(cell.numerator)} counted"
    if cell.value is None or cell.denominator is None:
        return ""
    word = "over" if row.unit in (Unit.AVERAGE_DAYS, Unit.AVERAGE, Unit.DAYS_PER_FTE) else "of"
    return f"{count(cell.numerator)} {word} {count(cell.denominator)}"


def count(value: float) -> str:
    """A count, with a decimal only when it has one (days and posts may)."""
    return number(value, 0 if value == int(value) else 1)


def target_text(target: Target, unit: Unit) -> str:
    """The target in words and figures."""
    sign = "%" if unit is Unit.PERCENT else ""
    match target.kind:
        case "value" if target.value is not None:
            return f"{target.value:,g}{sign}"
        case "range" if target.low is not None and target.high is not None:
            return f"{target.low:,g} to {target.high:,g}{sign}"
        case "share of total" if target.value is not None:
            return f"{target.value:g}% of total"
        case "to be confirmed":
            return "To be confirmed"
        case _:
            return "None set"


def travel_text(row: BoardRow) -> str:
    """Arrow and word: "▲ Improving"."""
    return f"{row.travel.arrow} {row.travel.word}".strip()


def benchmark_text(benchmark: Benchmark, row: BoardRow) -> str:
    """The benchmark's value, to one place where it has more than it was published with."""
    if benchmark.value is None:
        return NOTHING
    return f"{benchmark.value:,g}" + ("%" if row.unit is Unit.PERCENT else "")


def benchmark_year(benchmark: Benchmark) -> str:
    """The benchmark's year as the board heads years: 2018/19; empty when there is none."""
    return "" if benchmark.year is None else f"{benchmark.year - 1}/{benchmark.year % 100:02d}"


def chart_text(row: BoardRow) -> str:
    """What the control chart says, in a sentence."""
    if row.travel.word == "Cannot tell":
        return f"Cannot tell: {row.travel.because}."
    return f"{row.travel.word}: {row.travel.because}."


def usual_range(row: BoardRow) -> tuple[float, float] | None:
    """The limits within which months usually lie, kept to what the unit can be: none below 0, no per cent above 100."""
    if row.chart is None:
        return None
    highest = 100.0 if row.unit is Unit.PERCENT else row.chart.upper
    return max(row.chart.lower, 0.0), min(row.chart.upper, highest)


def limits_text(row: BoardRow) -> str:
    """Mean and limits, in words; empty without a chart."""
    usual = usual_range(row)
    if row.chart is None or usual is None:
        return ""
    mean, lower, upper = (value_text(value, row.unit, row.places) for value in (row.chart.mean, *usual))
    return f"Mean {mean}; usual months lie between {lower} and {upper} ({row.chart.points} months, {row.series_of})."


def day_text(day: date) -> str:
    """30 June 2019."""
    return f"{day.day} {day:%B %Y}"


def short_title(row: BoardRow) -> str:
    """The title without the period printed at its end: "% of PEP completed"."""
    return PERIOD_AT_END.sub("", row.title)


def moved_text(row: BoardRow) -> str:
    """The value now and that of the last whole year: "113, was 102 in 2018/19"; empty where they cannot be compared.

    A count or rate for part of a year cannot be set beside a whole year's.
    """
    before, now = row.previous[-1], row.current
    if now.value is None or grows_with_the_year(row.basis, row.unit):
        return ""
    was = f", was {cell_text(before, row)} in {before.label}" if before.value is not None else ""
    return f"{cell_text(now, row)}{was}"


def looks(board: Board) -> tuple[tuple[str, tuple[BoardRow, ...]], ...]:
    """What to look at first: the rows by what they show, the worst first. Every row is in one group."""
    computed = [row for row in board.rows if not row.not_computed]
    groups = [("Getting worse", [r for r in computed if r.travel.rating == "Red"])]
    groups.append(("Improving", [r for r in computed if r.travel.rating == "Green"]))
    groups.append(
        ("Changed, neither good nor bad", [r for r in computed if r.travel.word in ("Higher", "Lower", "Mixed")])
    )
    groups.append(("No change shown", [r for r in computed if r.travel.word == "No change shown"]))
    groups.append(("Too few months to tell", [r for r in computed if r.travel.word == "Cannot tell"]))
    groups.append(("Not computed", [r for r in board.rows if r.not_computed]))
    return tuple((name, tuple(rows)) for name, rows in groups)
