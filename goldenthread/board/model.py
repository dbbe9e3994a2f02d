"""The board as values: what every format shows, decided once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from goldenthread.board.control import Chart
from goldenthread.board.data.model import Polarity, Rating, Target
from goldenthread.board.targets import Judgement
from goldenthread.indicators.model import Unit

Audience = Literal["internal", "published"]
BenchmarkKind = Literal["national", "regional", "comparator"]


@dataclass(frozen=True, slots=True)
class Cell:
    """A value for a period, with the counts behind it.

    `value` is None when it is unknown or suppressed; `why` then says which. A suppressed cell has lost its counts too.
    """

    label: str
    start: date
    on: date
    value: float | None
    numerator: float | None
    denominator: float | None
    why: str = ""
    suppressed: bool = False


@dataclass(frozen=True, slots=True)
class Benchmark:
    """England, the region or the comparators in the latest year held; `year` is the one its 31 March falls in."""

    kind: BenchmarkKind
    value: float | None
    year: int | None
    name: str = ""
    source: str = ""
    caution: str = ""


@dataclass(frozen=True, slots=True)
class Travel:
    """Direction of travel: an arrow, a rating and the words that say both and why."""

    arrow: str
    rating: Rating
    word: str
    because: str


@dataclass(frozen=True, slots=True)
class Definition:
    """What the row counts, as its indicator declares it."""

    question: str
    numerator: str
    denominator: str
    exclusions: str
    source: str
    national_definition: str | None


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One row of the board. `not_computed` says why when nothing could be worked out, and is empty when it could.

    `current` is for the period that ends on the board's day; `previous` the three financial years before.
    `series` are the separate months that `chart` judges and the sparkline draws; `series_of` says what they are.
    """

    section: str
    id: str
    row: int
    key: str
    title: str
    frequency: str
    basis: str
    unit: Unit
    places: int
    previous: tuple[Cell, ...]
    current: Cell
    target: Target
    target_judgement: Judgement
    polarity: Polarity
    travel: Travel
    printed_travel: str
    benchmarks: tuple[Benchmark, ...]
    rationale: str
    chart: Chart | None
    assurance: str
    series: tuple[Cell, ...]
    series_of: str
    notes: tuple[str, ...]
    printed_notes: tuple[str, ...]
    definition: Definition | None
    explain: str
    not_computed: str = ""

    @property
    def anchor(self) -> str:
        """A name for links to the row, made of letters, digits and hyphens."""
        return "".join(character if character.isalnum() else "-" for character in self.key).lower()


@dataclass(frozen=True, slots=True)
class Board:
    """The improvement board of one authority as at a day."""

    title: str
    authority: str
    as_at: date
    audience: Audience
    months: int
    previous_labels: tuple[str, ...]
    current_label: str
    rows: tuple[BoardRow, ...]
    notes: tuple[str, ...]
    sources: tuple[str, ...] = ()

    @property
    def sections(self) -> tuple[tuple[str, tuple[BoardRow, ...]], ...]:
        """The sections in order, each with its rows."""
        names = dict.fromkeys(row.section for row in self.rows)
        return tuple((name, tuple(row for row in self.rows if row.section == name)) for name in names)
