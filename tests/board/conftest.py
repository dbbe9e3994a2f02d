"""A hand-made board: the printed rows, with figures of a made-up authority that are easy to check by eye."""

from collections.abc import Callable
from datetime import date
from random import Random

import pytest

from goldenthread.board.compose import compose
from goldenthread.board.model import Audience, Board
from goldenthread.board.rows import Asked, Figures, figures_by_key
from goldenthread.board.series import BY_MONTH, by_month, days_needed
from goldenthread.board.targets import Targets, printed_board
from goldenthread.dataset.engines import Lazy
from goldenthread.dataset.store import Dataset, Manifest
from goldenthread.dates import financial_year_of, plus_months
from goldenthread.indicators.catalogue import PRINTED_ORDER
from goldenthread.indicators.model import Basis, Figure, Indicator, Unit
from goldenthread.indicators.rounding import ratio

AS_AT = date(2019, 6, 30)
MANIFEST = Manifest(as_at=AS_AT, authority="999", authority_name="Nowhereshire", history_from=date(2014, 4, 1))
BASES = {"YTD": Basis.YEAR_TO_DATE, "Rolling 12 Month": Basis.ROLLING_12_MONTHS}
POPULATION = 37_335
MULTIPLIER = {Unit.PERCENT: 100, Unit.RATE_PER_10000: 10_000}
WORSENING = "CSC020/over-45"
MISSING = "EH4"


def never_read(dataset: Dataset) -> Lazy:
    raise AssertionError("the figures are given; no table is read")


def indicators() -> list[Indicator]:
    """An indicator for every printed row but one, and one that is not printed."""
    made = []
    keys = iter(PRINTED_ORDER)
    for entry in printed_board().indicators:
        for row in entry.rows:
            key = next(keys)
            basis = BASES.get(row.basis, Basis.SNAPSHOT if "Snapshot" in row.basis else Basis.YEAR_TO_DATE)
            if row.indicator != "CSC059":
                made.append(indicator(key, entry.section, row.title, Unit(row.unit), basis))
    return [
        *made,
        indicator("EHA", "Early help", "=Early help assessments & <plans>", Unit.COUNT, Basis.YEAR_TO_DATE),
    ]


def indicator(key: str, section: str, title: str, unit: Unit, basis: Basis) -> Indicator:
    return Indicator(
        id=key.partition("/")[0],
        row=key.partition("/")[2],
        section=section,
        title=title,
        question="How many of those counted met the test?",
        numerator="Those that met the test",
        denominator="All of them",
        exclusions="Short breaks",
        unit=unit,
        basis=basis,
        places=0 if unit is Unit.COUNT else 2,
        source="York improvement board, August 2019",
        national_definition=None,
        missing="Not met",
        needs=(),
        flow=None if basis is Basis.SNAPSHOT else never_read,
        spans=never_read if basis is Basis.SNAPSHOT else None,
        denominator_population=unit is Unit.RATE_PER_10000,
    )


def month_counts(key: str, month: date) -> tuple[int, int]:
    """Numerator and denominator of a month: steady, but for one row that gets worse in the last half year."""
    chance = Random(f"{key}{month:%Y-%m}")
    whole = 40 + chance.randrange(9)
    part = 12 + chance.randrange(7)
    return (part + 12 if key == WORSENING and month >= date(2018, 11, 1) else part), whole


Counts = Callable[[str, date], tuple[int, int]]


def figure(of: Indicator, on: date, month_of: Counts) -> Figure:
    """The figure that sums the months of the indicator's period."""
    key = of.key.replace(BY_MONTH, "")
    first = on.replace(day=1)
    months = 1
    if of.basis is Basis.YEAR_TO_DATE:
        months = (on.year - financial_year_of(on)) * 12 + on.month - 3
    elif of.basis is Basis.ROLLING_12_MONTHS:
        months = 12
    counts = [month_of(key, plus_months(first, -back)) for back in range(months)]
    part, whole = (sum(column) for column in zip(*counts, strict=True))
    below = POPULATION if of.denominator_population else whole
    value = (
        float(part) if of.unit is Unit.COUNT else ratio(part, below, multiplier=MULTIPLIER.get(of.unit, 1), places=2)
    )
    start = on if of.basis is Basis.SNAPSHOT else plus_months(first, 1 - months)
    return Figure(of.key, on, start, float(part), None if of.unit is Unit.COUNT else float(below), value)


def figures(made: list[Indicator], months: int, as_at: date, month_of: Counts) -> Figures:
    wanted = {one.key: one for each in made for one in (each, by_month(each))}
    return figures_by_key([figure(one, on, month_of) for one in wanted.values() for on in days_needed(as_at, months)])


MakeBoard = Callable[..., Board]


@pytest.fixture(scope="session")
def make_board() -> MakeBoard:
    def make(
        audience: Audience = "internal",
        *,
        as_at: date = AS_AT,
        months: int = 36,
        manifest: Manifest = MANIFEST,
        targets: Targets | None = None,
        change: Callable[[Figures], Figures] = lambda same: same,
        counts: Counts = month_counts,
    ) -> Board:
        made = indicators()
        asked = Asked(as_at, months, manifest.history_from, "nowhereshire")
        missing = {MISSING: "The dataset has no rows in: education plans."}
        return compose(made, change(figures(made, months, as_at, counts)), missing, manifest, asked, targets, audience)

    return make


@pytest.fixture(scope="session")
def board(make_board: MakeBoard) -> Board:
    return make_board()


@pytest.fixture(scope="session")
def published(make_board: MakeBoard) -> Board:
    return make_board("published")
