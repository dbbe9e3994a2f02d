"""The return of one collection year as at a day: its tables, where each row came from, and what it could not hold."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import cache

import polars as pl

from goldenthread.dataset.store import Dataset
from goldenthread.writers.built import Built
from goldenthread.writers.ssda903.adoption import ad1, placed_adoption
from goldenthread.writers.ssda903.cells import ORIGIN
from goldenthread.writers.ssda903.children import episodes, header, previous_permanence, uasc
from goldenthread.writers.ssda903.events import deprivations_of_liberty, missing, reviews, social_workers
from goldenthread.writers.ssda903.facts import CHILDREN, LEAVERS, Facts, gather
from goldenthread.writers.ssda903.leavers import oc3
from goldenthread.writers.ssda903.notes import notes_on
from goldenthread.writers.ssda903.outcomes import oc2
from goldenthread.writers.ssda903.year import collection_year

KIND = "ssda903"

MAKERS: Mapping[str, tuple[str, Callable[[Facts], pl.LazyFrame]]] = {
    "Header": (CHILDREN, header),
    "Episodes": ("care_episodes", episodes),
    "Reviews": ("looked_after_reviews", reviews),
    "UASC": ("people", uasc),
    "OC2": ("care_episodes", oc2),
    "OC3": (LEAVERS, oc3),
    "AD1": ("adoptions", ad1),
    "PlacedAdoption": ("adoptions", placed_adoption),
    "PrevPerm": ("previous_permanence", previous_permanence),
    "Missing": ("missing_episodes", missing),
    "SWEpisodes": ("allocations", social_workers),
    "DoLo": ("deprivation_of_liberty_orders", deprivations_of_liberty),
}
"""How each table is made, and the frame of the facts without whose rows it has none."""


def build(dataset: Dataset, as_at: date, *, year: int | None = None) -> Built:
    """The SSDA903 return of the collection year that ends in `year`, or that holds `as_at`, as at that day.

    The year runs from 1 April to 31 March and is cut off at `as_at`: what began later is left out, what ended later has
    no end. Each table has exactly the columns of its year. Of a year under way, OC2 is of the children looked after
    since 1 April and OC3 of the birthdays so far. What the record lacks is blank and told in `notes`.

    ValueError when the collection year begins after `as_at`. Source: the DfE's guide to the SSDA903 collection.
    """
    told = collection_year(as_at, year)
    facts = gather(dataset, told)
    made = _made(facts)
    return Built(
        kind=KIND,
        as_at=as_at,
        tables={name: made[name].select(columns) for name, columns in told.columns.items()},
        origins={name: frame.select(ORIGIN) for name, frame in made.items()},
        notes=notes_on(facts, made),
    )


def _made(facts: Facts) -> dict[str, pl.DataFrame]:
    """The tables of the year with the columns of their origin and what they lost, made together."""
    columns = facts.year.columns
    made = {name: _empty(own) for name, own in columns.items()}
    plans = {
        name: maker(facts)
        for name, (source, maker) in MAKERS.items()
        if name in columns and facts.frames[source].height
    }
    return made | dict(zip(plans, pl.collect_all(list(plans.values())), strict=True))


@cache
def _empty(columns: tuple[str, ...]) -> pl.DataFrame:
    return pl.DataFrame(schema=dict.fromkeys((*columns, *ORIGIN), pl.String()))
