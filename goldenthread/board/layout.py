"""Which rows the board has, and in what order: the printed ones as printed, then those of the journey table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from goldenthread.board.data.model import Polarity, PrintedIndicator, PrintedRow, Target
from goldenthread.board.targets import Targets, printed_board, target_for
from goldenthread.indicators.catalogue import JOURNEY, PRINTED_ORDER
from goldenthread.indicators.model import Basis, Indicator, NotComputed, Unit

# Which way is good, for the indicators that York's printed board lacks. Where more may be
# better or worse (more plans, more orders, longer plans), neither is called good.
UP_IS_GOOD = (
    "REF_DECISION_24H", "SEEN_24H", "SEEN_5WD", "ICPC_15", "CP_VISIT_20D", "CORE_GROUP_4W", "PERM_MEETING_2W",
    "LAC_VISIT", "EDUCATION", "VOICE_HEARD", "VOICE_ANSWERED",
)  # fmt: skip
JOURNEY_SECTION = "In the journey table, not on the printed board"
NAMES_THE_MEASURE = 5  # words: a sub-row's shorter title ("RAA Member - York") leans on the row above it
PRINTED_BASIS = {"YTD": Basis.YEAR_TO_DATE, "Snapshot": Basis.SNAPSHOT, "Rolling 12 Month": Basis.ROLLING_12_MONTHS}


@dataclass(frozen=True, slots=True)
class Line:
    """A row to be: as printed, as declared, or both."""

    section: str
    id: str
    row: int
    key: str
    title: str
    frequency: str
    basis: str
    unit: Unit
    places: int
    polarity: Polarity
    target: Target
    printed: PrintedRow | None
    printed_notes: tuple[str, ...]
    indicator: Indicator | None


def lines(
    indicators: Iterable[Indicator], targets: Targets | None = None, not_computed: Iterable[NotComputed] = ()
) -> tuple[Line, ...]:
    """The rows of the board: printed rows, then other indicators in their order, then those named and not computed.

    A printed row that no indicator answers is kept.
    """
    declared = {indicator.key: indicator for indicator in indicators}
    keys = iter(PRINTED_ORDER)
    found = [
        _printed_line(next(keys), entry, row, declared, targets)
        for entry in printed_board().indicators
        for row in entry.rows
    ]
    own = [_own_line(indicator, targets) for key, indicator in declared.items() if key not in PRINTED_ORDER]
    named = [one for one in not_computed if one.key in JOURNEY and one.key not in declared]
    return (*found, *own, *(_empty_line(one, targets) for one in named))


def _printed_line(
    key: str,
    entry: PrintedIndicator,
    row: PrintedRow,
    declared: Mapping[str, Indicator],
    targets: Targets | None,
) -> Line:
    indicator = declared.get(key)
    short = row.row > 1 and len(row.title.split()) < NAMES_THE_MEASURE
    return Line(
        section=entry.section,
        id=row.indicator,
        row=row.row,
        key=key,
        title=f"{row.title}: {indicator.title}" if short and indicator else row.title,
        frequency=row.frequency,
        basis=indicator.basis if indicator else PRINTED_BASIS.get(row.basis, row.basis.lower()),
        unit=indicator.unit if indicator else Unit(row.unit),
        places=indicator.places if indicator else 2,
        polarity=row.polarity,
        target=target_for(row.indicator, row.row, targets),
        printed=row,
        printed_notes=entry.notes if row.row == 1 else (),
        indicator=indicator,
    )


def _own_line(indicator: Indicator, targets: Targets | None) -> Line:
    return Line(
        section=JOURNEY_SECTION if indicator.key in JOURNEY else indicator.section,
        id=indicator.id,
        row=1,
        key=indicator.key,
        title=indicator.title,
        frequency="Monthly",
        basis=indicator.basis,
        unit=indicator.unit,
        places=indicator.places,
        polarity="Up is Good" if indicator.id in UP_IS_GOOD else "Neutral",
        target=target_for(indicator.id, 1, targets),
        printed=None,
        printed_notes=(),
        indicator=indicator,
    )


def _empty_line(named: NotComputed, targets: Targets | None) -> Line:
    return Line(
        section=JOURNEY_SECTION,
        id=named.id,
        row=1,
        key=named.key,
        title=named.title,
        frequency="Monthly",
        basis="",
        unit=Unit.COUNT,
        places=0,
        polarity="Neutral",
        target=target_for(named.id, 1, targets),
        printed=None,
        printed_notes=(),
        indicator=None,
    )
