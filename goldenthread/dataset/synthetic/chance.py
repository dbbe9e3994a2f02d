"""Chance and days: seeded streams of numbers, draws over whole columns, and days held as whole numbers.

A day is the number of days since 1 January 1970, in an `int64` column; `NONE` stands for a day that is not known or
has not come. Every stage of every district draws from a stream of its own, so that the lives of one district do not
depend on how many others are made, nor the visits on how the health checks were drawn.
"""

from __future__ import annotations

import zlib
from datetime import date
from functools import lru_cache
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from goldenthread.dates.calendar import bank_holidays

Whole: TypeAlias = npt.NDArray[np.int64]
Real: TypeAlias = npt.NDArray[np.float64]
Mask: TypeAlias = npt.NDArray[np.bool_]

EPOCH = date(1970, 1, 1)
NONE = -(2**31)
"""A day that is not known. Adding some years to it leaves it far below every real day; see `known`."""

YEAR = 365.25


def ordinal(day: date) -> int:
    """The day as a whole number."""
    return (day - EPOCH).days


def known(days: Whole) -> Mask:
    """Which days are known."""
    found: Mask = days > NONE // 2
    return found


def stream(seed: int, district: int, stage: str) -> np.random.Generator:
    """The stream of numbers of one stage of one district."""
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence([seed, district, zlib.crc32(stage.encode())])))


def chosen(rng: np.random.Generator, shares: Real, count: int) -> Whole:
    """`count` positions drawn with the given shares, which need not add to one."""
    bounds = np.cumsum(shares) / np.sum(shares)
    return np.minimum(np.searchsorted(bounds, rng.random(count), side="right"), len(shares) - 1).astype(np.int64)


def chosen_by_row(rng: np.random.Generator, shares: Real, rows: Whole) -> Whole:
    """One position for each of `rows`, drawn with the shares in that row of the matrix `shares`."""
    bounds = np.cumsum(shares, axis=1) / np.sum(shares, axis=1, keepdims=True)
    drawn = rng.random(len(rows))[:, None]
    found: Whole = np.minimum((bounds[rows] <= drawn).sum(axis=1), shares.shape[1] - 1).astype(np.int64)
    return found


def happens(rng: np.random.Generator, chance: Real | float, count: int) -> Mask:
    """Whether each of `count` things happens, each with its chance."""
    return rng.random(count) < chance


def spread(rng: np.random.Generator, low: float, high: float, count: int) -> Whole:
    """Whole days drawn evenly from `low` to `high`, both counted."""
    return np.floor(low + rng.random(count) * (high - low + 1)).astype(np.int64)


def skewed(rng: np.random.Generator, median: Real | float, sigma: float, count: int) -> Whole:
    """Whole days from a lognormal with that median: many short, a long tail."""
    return np.rint(median * np.exp(sigma * rng.standard_normal(count))).astype(np.int64)


def around(rng: np.random.Generator, mean: Real | float, sd: float, low: float, count: int) -> Whole:
    """Whole days from a bell about `mean`, never below `low`."""
    return np.rint(np.maximum(mean + sd * rng.standard_normal(count), low)).astype(np.int64)


@lru_cache(maxsize=1)
def _calendar() -> np.busdaycalendar:
    return np.busdaycalendar(holidays=[np.datetime64(day) for day in bank_holidays()])


def plus_working_days(days: Whole, number: Whole | int) -> Whole:
    """The day that many working days later; a day that is not one counts with the working day before it."""
    sure = np.where(known(days), days, 0)
    counted = np.asarray(number)
    found = np.busday_offset(sure.astype("datetime64[D]"), counted, roll="backward", busdaycal=_calendar())
    return np.where(known(days), found.astype(np.int64), NONE)


def working(days: Whole) -> Whole:
    """The day itself, or the next working day when it is not one."""
    sure = np.where(known(days), days, 0)
    found = np.busday_offset(sure.astype("datetime64[D]"), 0, roll="forward", busdaycal=_calendar())
    return np.where(known(days), found.astype(np.int64), NONE)


def collection_year(days: Whole) -> Whole:
    """The calendar year in which each day's collection year, which runs from 1 April, began."""
    months: Whole = np.where(known(days), days, 0).astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    return (months - 3) // 12


def birthday(born: Whole, years: int) -> Whole:
    """The birthday on which `years` are completed; a leap-day birth has it on 1 March."""
    months = born.astype("datetime64[D]").astype("datetime64[M]")
    of_month = born - months.astype("datetime64[D]").astype(np.int64)
    return (months + 12 * years).astype("datetime64[D]").astype(np.int64) + of_month


def ages(born: Whole, on: Whole) -> Whole:
    """Completed years, near enough for drawing chances (never used where a birthday must be exact)."""
    return np.floor((on - born) / YEAR).astype(np.int64)


def repeated(
    rng: np.random.Generator,
    start: Whole,
    end: Whole,
    gap: Real | float,
    *,
    first: Whole | None = None,
    unsteady: float = 0.15,
    late: Real | float = 0.0,
) -> tuple[Whole, Whole]:
    """Things that recur from `start` to `end`: which span each belongs to, and its day, in order within the span.

    Gaps are about `gap` days, `unsteady` being their relative spread; with chance `late` a gap is drawn out by half
    to two and a half times. `first` gives the days before the first one. Spans that end by their start have none.
    """
    gaps = np.broadcast_to(np.asarray(gap, dtype=np.float64), start.shape)
    lead = np.where(known(end) & known(start), end - start, 0)
    room = np.where(lead > 0, np.ceil(np.maximum(lead, 0) / (0.7 * gaps)) + 1, 0).astype(np.int64)
    owner = np.repeat(np.arange(len(start)), room)
    if len(owner) == 0:
        return owner, owner
    begins = np.cumsum(room) - room
    steps = gaps[owner] * np.clip(1 + unsteady * rng.standard_normal(len(owner)), 0.7, 1.6)
    lateness = np.broadcast_to(np.asarray(late, dtype=np.float64), start.shape)
    drawn_out = rng.random(len(owner)) < lateness[owner]
    steps = np.where(drawn_out, steps * (1.5 + rng.random(len(owner))), steps)
    if first is not None:
        opening = begins[room > 0]
        steps[opening] = first[room > 0]
    walked = np.cumsum(steps)
    before = np.where(begins > 0, walked[np.maximum(begins - 1, 0)], 0.0)
    day = start[owner] + np.rint(walked - before[owner]).astype(np.int64)
    kept = day <= end[owner]
    return owner[kept], day[kept]


def order_within(owner: Whole) -> Whole:
    """0 for the first row of each owner, 1 for its second and so on; rows of an owner stand together."""
    if len(owner) == 0:
        return owner
    fresh = np.concatenate(([True], owner[1:] != owner[:-1]))
    starts = np.flatnonzero(fresh)
    return (np.arange(len(owner)) - np.repeat(starts, np.diff(np.append(starts, len(owner))))).astype(np.int64)
