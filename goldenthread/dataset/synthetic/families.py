"""Families that come to notice: when, how many children, born when, and the things brothers and sisters share."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from goldenthread.dataset.synthetic.chance import NONE, YEAR, Mask, Real, Whole, chosen, order_within, spread
from goldenthread.dataset.synthetic.parameters import Parameters

LARGEST = 7
"""Children of the largest family."""

WEEKEND = 5


@dataclass(frozen=True, slots=True)
class Families:
    """Arrays with a row a family, and (from `family` on) a row a child, children of a family standing together.

    `risk` is how much likelier than others this family's troubles are to be grave and to come back, 1 being usual.
    """

    noticed: Whole
    size: Whole
    first_child: Whole
    risk: Real
    surname: Whole
    ethnicity: Whole
    lone_parent: Mask

    family: Whole
    born: Whole
    sex: Whole
    disabled: Mask
    alone: Mask
    """Children who came to the country on their own."""

    @property
    def count(self) -> int:
        return len(self.size)

    @property
    def children(self) -> int:
        return len(self.born)


def arrivals(rng: np.random.Generator, book: Parameters, name: str, first: int, last: int, population: float) -> Whole:
    """The days, in order, on which families are first noticed: fewer at weekends, and as many as chance has it."""
    days = np.arange(first, last + 1)
    weekday = (days + 3) % 7  # 1 January 1970 was a Thursday
    rhythm = np.where(weekday >= WEEKEND, 0.3, 1.28)
    expected = book.at(name, days) * population / 10_000 / YEAR * rhythm
    return np.repeat(days, rng.poisson(expected))


def families(rng: np.random.Generator, book: Parameters, first: int, last: int, population: float) -> Families:
    """The families first noticed from `first` to `last` in an authority of `population` children."""
    noticed = arrivals(rng, book, "families.noticed", first, last, population)
    alone_day = arrivals(rng, book, "families.unaccompanied", first, last, population)
    noticed = np.concatenate([noticed, alone_day])
    count = len(noticed)
    solitary = np.arange(count) >= count - len(alone_day)
    size = np.where(solitary, 1, 1 + chosen(rng, book.shares("families.size"), count))
    family = np.repeat(np.arange(count), size)
    born = _births(rng, book, noticed, size, family, solitary)
    children = len(family)
    shape = book.value("families.risk_shape")
    return Families(
        noticed=noticed,
        size=size,
        first_child=np.cumsum(size) - size,
        risk=rng.gamma(shape, 1 / shape, count),
        surname=rng.integers(0, 40, count),
        ethnicity=chosen(rng, book.shares("families.ethnicity"), count),
        lone_parent=rng.random(count) < book.value("families.lone_parent"),
        family=family,
        born=born,
        sex=np.where(solitary[family], rng.random(children) < 0.1, rng.random(children) < 0.487).astype(np.int64),
        disabled=rng.random(children) < book.value("families.disabled"),
        alone=solitary[family],
    )


def _births(
    rng: np.random.Generator, book: Parameters, noticed: Whole, size: Whole, family: Whole, solitary: Mask
) -> Whole:
    """Birthdays: one child's age when the family is noticed, the others a year or more before or after."""
    count = len(noticed)
    band = chosen(rng, book.shares("families.age_when_noticed"), count)
    lows = np.array([-0.35, 0.0, 1.0, 5.0, 10.0, 15.0])
    highs = np.array([0.0, 1.0, 5.0, 10.0, 15.0, 17.6])
    age = lows[band] + rng.random(count) * (highs - lows)[band]
    age = np.where(solitary, 15.2 + 2.2 * rng.random(count), age)
    place = order_within(family)
    subject = np.floor(rng.random(count) * size).astype(np.int64)
    gaps = spread(rng, 420, 1500, len(family)).astype(np.float64)
    gaps[place == 0] = 0
    walked = np.cumsum(gaps)
    starts = np.cumsum(size) - size
    since_eldest = walked - walked[starts][family]
    anchor = since_eldest[starts + subject]
    subject_born = noticed - np.rint(age * YEAR).astype(np.int64)
    born: Whole = subject_born[family] + (since_eldest - anchor[family]).astype(np.int64)
    return born


def eligible_until(families: Families) -> Whole:
    """The day after which no child of the family is under eighteen."""
    youngest: Whole = np.full(families.count, NONE)
    np.maximum.at(youngest, families.family, families.born)
    return youngest + int(17.8 * YEAR)
