"""The whole authority: how many districts it has, the tables of one district, and all of them together."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from goldenthread.dataset.store import Manifest, conform
from goldenthread.dataset.synthetic import names
from goldenthread.dataset.synthetic.adoption_tables import adoption_tables
from goldenthread.dataset.synthetic.care import care_periods, placements, statuses
from goldenthread.dataset.synthetic.care_tables import care_tables
from goldenthread.dataset.synthetic.cases import history
from goldenthread.dataset.synthetic.chance import ordinal, stream
from goldenthread.dataset.synthetic.court_tables import court_tables
from goldenthread.dataset.synthetic.desk import desk
from goldenthread.dataset.synthetic.families import families
from goldenthread.dataset.synthetic.faults import PLANTED, plant
from goldenthread.dataset.synthetic.front_door_tables import front_door_tables
from goldenthread.dataset.synthetic.leaving_tables import leaving_tables
from goldenthread.dataset.synthetic.lives import lives
from goldenthread.dataset.synthetic.parameters import parameters
from goldenthread.dataset.synthetic.people_tables import people_tables
from goldenthread.dataset.synthetic.protection_tables import need_plans, protection_plans, protection_tables
from goldenthread.dataset.synthetic.short_breaks import with_short_breaks
from goldenthread.dataset.synthetic.tabulate import Tabulator
from goldenthread.dataset.synthetic.teams import SUPPORT, workforce
from goldenthread.dataset.synthetic.visits import visit_tables
from goldenthread.dataset.synthetic.voice_tables import words
from goldenthread.dataset.synthetic.wellbeing_tables import wellbeing_tables
from goldenthread.dataset.synthetic.workforce_tables import (
    population_on,
    population_table,
    together,
    workforce_tables,
)
from goldenthread.dataset.tables import TABLES
from goldenthread.dates import LAST_DAY

DEFAULT_AS_AT = date(2019, 6, 30)
FIRST_AS_AT = date(2011, 1, 1)
"""The parameters are drawn from published figures of 2010 and later; before them there is nothing to make lives of."""
DEFAULT_SEED = 10
DEFAULT_FAULTS = 0.002
DISTRICT_IDENTIFIERS = 1_000_000
"""Each district numbers its rows from its own million, so that districts can be made apart and in any order."""

Progress = Callable[[int, int], None]
"""Told how many districts are done, of how many."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be made: the districts and how large each is, against a city of the default size."""

    seed: int
    as_at: date
    faults: float
    sizes: tuple[float, ...]

    @property
    def since(self) -> date:
        """History begins on the first of April five years before the financial year of the as-at day."""
        year = self.as_at.year if self.as_at >= date(self.as_at.year, 4, 1) else self.as_at.year - 1
        return date(year - 5, 4, 1)


def planned(children: int | None, seed: int, as_at: date, faults: float) -> Plan:
    """The plan for an authority whose record holds about `children` children; a city by default.

    Held is every child with anything recorded in the years of its history, whether or not a case is open. The number
    comes out of the lives, so it is about what was asked: within a few per cent for a city, closer the larger.

    Raises ValueError for a number of children below 1, a seed below 0, a day out of the years for which lives can be
    made up, or faults that are not a share from 0 to 1.
    """
    if children is not None and children < 1:
        raise ValueError(f"An authority needs at least 1 child, not {children}. Ask for more.")
    if seed < 0:
        raise ValueError(f"The seed is a whole number from 0 up, not {seed}.")
    if not FIRST_AS_AT <= as_at <= LAST_DAY:
        raise ValueError(f"Lives are made up for days from {FIRST_AS_AT} to {LAST_DAY}, not for {as_at}.")
    if not 0 <= faults <= 1:
        raise ValueError(f"The share of faults is a number from 0 to 1, not {faults}. 0.02 plants two in a hundred.")
    city = float(parameters().at("authority.children_recorded", np.array([ordinal(as_at)]))[0])
    size = 1.0 if children is None else children / city
    whole, part = divmod(round(size, 6), 1.0)
    sizes = [1.0] * int(whole) + ([part] if part > 1e-6 else [])
    return Plan(seed, as_at, faults, tuple(sizes))


def synthesise(
    children: int | None = None,
    seed: int = DEFAULT_SEED,
    as_at: date = DEFAULT_AS_AT,
    faults: float = DEFAULT_FAULTS,
    on_progress: Progress | None = None,
) -> tuple[dict[str, pl.DataFrame], Manifest, pl.DataFrame]:
    """The canonical tables of a made-up authority, its manifest, and the list of the faults planted.

    The same arguments give the same tables to the byte. `children` is the number of children in the record,
    near enough (see `planned`); none gives the default city. The faults have the columns of `faults.COLUMNS`.
    Raises ValueError as `planned` does. For large authorities `writing.write_authority` keeps memory bounded.
    """
    plan = planned(children, seed, as_at, faults)
    parts: list[dict[str, pl.DataFrame]] = []
    for number, tables in enumerate(districts(plan), start=1):
        parts.append(tables)
        if on_progress:
            on_progress(number, len(plan.sizes))
    joined = {name: pl.concat([conform(name, part[name]) for part in parts]) for name in TABLES if name != "population"}
    joined["workforce_counts"] = together(joined["workforce_counts"])
    joined["population"] = conform("population", population(plan))
    planted = pl.concat([part[PLANTED] for part in parts])
    return joined, manifest(plan, {name: frame.height for name, frame in joined.items()}), planted


def manifest(plan: Plan, counts: dict[str, int]) -> Manifest:
    """The manifest of a made-up authority with those rows."""
    return Manifest(
        as_at=plan.as_at,
        authority=names.AUTHORITY_CODE,
        authority_name=names.AUTHORITY_NAME,
        made_by=f"goldenthread synthesise, seed {plan.seed}",
        tables=counts,
        history_from=plan.since,
    )


def districts(plan: Plan) -> Iterator[dict[str, pl.DataFrame]]:
    """The tables of each district in turn, population apart."""
    return (district(plan, number) for number in range(len(plan.sizes)))


def population(plan: Plan) -> pl.DataFrame:
    """The children living in the authority, by mid-year and ward."""
    return population_table(sum(plan.sizes), plan.as_at.year)


def district(plan: Plan, number: int) -> dict[str, pl.DataFrame]:
    """Every table of one district, and under `faults.PLANTED` the faults planted in it."""
    book = parameters()
    as_at, since = ordinal(plan.as_at), ordinal(plan.since)
    opened = since - round(book.value("authority.years_lived_before") * 365.25)
    tabulator = Tabulator(plan.seed, number, as_at, number * DISTRICT_IDENTIFIERS + 1)
    size = population_on(as_at) * plan.sizes[number]
    people = families(stream(plan.seed, number, "families"), book, opened, as_at, size)
    known = history(tabulator, lives(stream(plan.seed, number, "lives"), book, people, as_at), since)
    staff = workforce(stream(plan.seed, number, "teams"), book, tabulator, opened, size)
    tabulator.clerk = lambda day: staff.named(staff.holder(staff.seat_for(SUPPORT, day), day))
    desks = desk(tabulator, known.children, known.cases, staff)
    care = care_periods(tabulator, book, known)
    placed, legal = placements(tabulator, book, care), statuses(tabulator, care)
    plans, needs = protection_plans(tabulator, known.cases), need_plans(tabulator, known.cases)
    duty = staff.named(staff.holder(staff.seat_for(0, known.children.family), known.children.born + 3000))
    tables = {
        **people_tables(tabulator, book, known, duty),
        **front_door_tables(tabulator, book, known, desks),
        **protection_tables(tabulator, book, known, desks, plans, needs),
        **court_tables(tabulator, book, known, desks, care, placed, plans),
        **care_tables(tabulator, book, known, desks, care, placed, legal),
        **visit_tables(tabulator, book, known, desks, plans, needs, care),
        **wellbeing_tables(tabulator, book, known, desks, care),
        **adoption_tables(tabulator, book, known, desks, care, placed, since, size),
        **leaving_tables(tabulator, book, known, staff, care),
        **workforce_tables(tabulator, book, known, desks, since, size),
    }
    tables = with_short_breaks(tabulator, book, known, desks, tables)
    return plant(tabulator, tables | {"words": words(tabulator, book, tables)}, plan.faults)
