"""How long things take: assessments, plans and periods of being looked after."""

from __future__ import annotations

import numpy as np

from goldenthread.dataset.synthetic.chance import (
    NONE,
    YEAR,
    Whole,
    ages,
    around,
    birthday,
    chosen,
    chosen_by_row,
    plus_working_days,
    skewed,
    spread,
)
from goldenthread.dataset.synthetic.parameters import Parameters

HOME, GUARDIANSHIP, ADOPTION, STAYS, INDEPENDENT = range(5)
"""How a period of being looked after ends: home, with a guardian, adopted, at eighteen, or on one's own feet before."""

AGE_BANDS = ("under_1", "1_to_4", "5_to_9", "10_to_15", "16_on")


def assessment_end(rng: np.random.Generator, book: Parameters, started: Whole) -> Whole:
    """The day a manager authorises each assessment, by band of working days; late ones trail off."""
    late = book.at("assessment.late", started)
    bands = np.column_stack(
        [np.broadcast_to(book.at(f"assessment.band_{band}", started), started.shape) for band in ("0_10", "11_30")]
        + [1 - late - book.at("assessment.band_0_10", started) - book.at("assessment.band_11_30", started), late]
    )
    count = len(started)
    band = chosen_by_row(rng, np.maximum(bands, 0.01), np.arange(count))
    low, high = np.array([1, 11, 31, 46])[band], np.array([10, 30, 45, 46])[band]
    worked = low + np.floor(rng.random(count) * (high - low + 1)).astype(np.int64)
    worked = np.where(band == 3, 46 + np.floor(rng.exponential(14, count)).astype(np.int64), worked)
    return plus_working_days(started, worked)


def protection_days(rng: np.random.Generator, book: Parameters, started: Whole) -> Whole:
    """Days on a child protection plan: a plan ends at a review conference, the first by three months, then by six."""
    count = len(started)
    reviews = 1 + chosen(rng, book.shares("protection.reviews"), count)
    first = np.minimum(around(rng, 84, 6, 55, count), 100)
    later = np.where(reviews > 1, (reviews - 1) * around(rng, 168, 12, 110, count), 0)
    scale = book.at("protection.length", started)
    return np.rint((first + later) * scale).astype(np.int64)


def care_exit(rng: np.random.Generator, book: Parameters, born: Whole, start: Whole) -> Whole:
    """How each period of being looked after will end, by the child's age when it starts."""
    band = np.searchsorted(np.array([1, 5, 10, 16]), ages(born, start), side="right")
    shares = np.vstack([book.shares(f"care.exit_{name}") for name in AGE_BANDS])
    return chosen_by_row(rng, shares, band)


def care_end(rng: np.random.Generator, book: Parameters, born: Whole, start: Whole, ending: Whole) -> Whole:
    """The day each period of being looked after ends, never after the eighteenth birthday; adoptions apart."""
    count = len(start)
    adult = birthday(born, 18)
    home = start + np.maximum(skewed(rng, book.value("care.home_median"), 1.1, count), 1)
    guardian = start + around(rng, book.value("care.guardianship_mean"), 130, 200, count)
    long = start + np.rint(rng.exponential(book.value("care.stay_mean"), count)).astype(np.int64) + 180
    alone = start + spread(rng, 60, 420, count)
    options = np.vstack([home, guardian, np.full(count, NONE), long, alone])
    end = options[ending, np.arange(count)]
    return np.minimum(np.where(ending == ADOPTION, start, end), adult)


def before_eighteen(born: Whole, on: Whole) -> Whole:
    """`on`, or the day before the eighteenth birthday where that comes first."""
    return np.minimum(on, birthday(born, 18) - 1)


def years(number: float) -> int:
    return round(number * YEAR)
