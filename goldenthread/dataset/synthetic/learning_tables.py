"""Learning and safety of looked-after children: education plans, results, being missing and the talk on return."""

from __future__ import annotations

import numpy as np
import polars as pl

from goldenthread.dataset.synthetic.care import CarePeriods
from goldenthread.dataset.synthetic.chance import (
    EPOCH,
    NONE,
    YEAR,
    Whole,
    birthday,
    happens,
    ordinal,
    repeated,
    spread,
    stream,
)
from goldenthread.dataset.synthetic.looked_after import LookedAfter
from goldenthread.dataset.synthetic.parameters import Parameters
from goldenthread.dataset.synthetic.tabulate import DAY_US, MINUTE_US, NO_TIME, Chosen, codes


def learning_tables(lives: LookedAfter, book: Parameters) -> dict[str, pl.DataFrame]:
    """peps, education_results, missing_episodes and return_interviews."""
    tabulator, care = lives.tabulator, lives.care
    rng = stream(tabulator.seed, tabulator.district, "learning")
    until = care.until(tabulator.as_at)
    return {**_education(rng, lives, book, care, until), **_missing(rng, lives, book, care, until)}


TERMS = ((9, 4), (1, 6), (4, 20))
"""The month and day on which each school term begins, near enough."""


def _term_days(since: int, as_at: int) -> Whole:
    first, last = EPOCH.year + since // 365, EPOCH.year + as_at // 365 + 1
    days = [
        ordinal(EPOCH.replace(year=year, month=month, day=day))
        for year in range(first, last + 1)
        for month, day in TERMS
    ]
    return np.array(sorted(days), dtype=np.int64)


def _education(
    rng: np.random.Generator, lives: LookedAfter, book: Parameters, care: CarePeriods, until: Whole
) -> dict[str, pl.DataFrame]:
    """A personal education plan each term from three to eighteen, and results at eleven and sixteen."""
    tabulator = lives.tabulator
    terms = _term_days(int(care.start.min()) if care.count else tabulator.as_at, tabulator.as_at)
    period, term = np.nonzero((terms[None, :] + 75 > care.start[:, None]) & (terms[None, :] + 10 < until[:, None]))
    first = np.maximum(
        care.start[period] + spread(rng, 2, 9, len(period)), terms[term] + spread(rng, 5, 40, len(period))
    )
    age = (first - care.born[period]) / YEAR
    taught = (age >= 3.2) & (age < 17.9) & (first <= until[period])
    period, term, first = period[taught], term[taught], first[taught]
    steady = rng.beta(6, 1.5, care.count)
    done = happens(
        rng, np.minimum(book.at("education.plan_completed", first) * steady[period] / 0.8, 0.98), len(period)
    )
    completed = np.where(done, first + spread(rng, 0, 25, len(period)), NONE)
    peps = tabulator.table(
        "peps",
        {
            "pep_id": tabulator.identifiers("PE", len(period)),
            "child_id": lives.child(period),
            "care_period_id": care.named(period),
            "initiated_on": np.where(first <= tabulator.as_at, first, NONE),
            "completed_on": completed,
        },
        by=lives.by(period, first),
    )
    return {
        "peps": peps.filter(pl.col("initiated_on").is_not_null()),
        "education_results": _results(rng, lives, care, until),
    }


def _results(rng: np.random.Generator, lives: LookedAfter, care: CarePeriods, until: Whole) -> pl.DataFrame:
    frames = []
    for stage, (age, month, day, chance) in enumerate(((7, 5, 15, 0.45), (11, 5, 12, 0.37), (16, 6, 10, 0.18))):
        # The school year in which the birthday falls ends on 31 August.
        turned = birthday(care.born, age).astype("datetime64[D]")
        year = turned.astype("datetime64[Y]").astype(np.int64) + 1970
        after_august = (turned.astype("datetime64[M]").astype(np.int64) % 12) >= 8
        year = np.where(after_august, year + 1, year)
        sat = (year - 1970).astype("datetime64[Y]").astype("datetime64[D]").astype(np.int64) + (month - 1) * 30 + day
        rows = np.flatnonzero((sat > care.start + 30) & (sat <= until))
        frames.append(
            lives.tabulator.table(
                "education_results",
                {
                    "child_id": lives.child(rows),
                    "key_stage": codes(("KS1", "KS2", "KS4"), np.full(len(rows), stage)),
                    "taken_on": sat[rows],
                    "expected_standard": happens(rng, chance, len(rows)),
                },
                by=lives.by(rows, sat[rows]),
            )
        )
    return pl.concat(frames)


def _missing(
    rng: np.random.Generator, lives: LookedAfter, book: Parameters, care: CarePeriods, until: Whole
) -> dict[str, pl.DataFrame]:
    """A few older children go missing often; most never do. Each is offered a talk when they come back."""
    begin = np.maximum(care.start, birthday(care.born, 11) + 200)
    roams = happens(rng, book.value("missing.prone"), care.count)
    period, day = repeated(
        rng,
        np.where(roams, begin, NONE),
        until,
        book.value("missing.gap"),
        first=spread(rng, 5, 200, care.count),
        unsteady=0.35,
    )
    tabulator = lives.tabulator
    count = len(period)
    started_at = day * DAY_US + rng.integers(16 * 60, 23 * 60, count) * MINUTE_US
    ended_at = (
        started_at + (np.minimum(rng.exponential(16, count), 200) * 60).astype(np.int64) * MINUTE_US + 40 * MINUTE_US
    )
    ended_at = np.minimum(ended_at, np.maximum(care.end[period] * DAY_US, started_at + 30 * MINUTE_US))
    follows = np.concatenate((period[1:] == period[:-1], [False])) if count else np.array([], dtype=np.bool_)
    ended_at = np.where(follows, np.minimum(ended_at, np.append(day[1:], 0) * DAY_US - 60 * MINUTE_US), ended_at)
    ended_at = np.maximum(ended_at, started_at + 10 * MINUTE_US)
    identifiers = tabulator.identifiers("MS", count)
    missing = tabulator.table(
        "missing_episodes",
        {
            "missing_id": identifiers,
            "child_id": lives.child(period),
            "care_period_id": care.named(period),
            "kind": codes(("M", "A"), happens(rng, 0.2, count).astype(np.int64)),
            "started_on": day,
            "started_at": started_at,
            "ended_on": ended_at // DAY_US,
            "ended_at": ended_at,
        },
        by=lives.by(period, day),
    )
    back = np.flatnonzero(ended_at // DAY_US <= tabulator.as_at)
    offered = happens(rng, 0.93, len(back))
    accepted = offered & happens(rng, 0.68, len(back))
    hours = np.where(happens(rng, 0.75, len(back)), rng.uniform(8, 70, len(back)), rng.uniform(73, 300, len(back)))
    held_at = np.where(accepted, ended_at[back] + (hours * 60).astype(np.int64) * MINUTE_US, NO_TIME)
    interviews = tabulator.table(
        "return_interviews",
        {
            "missing_id": Chosen(identifiers, back),
            "child_id": lives.child(period[back]),
            "offered": offered,
            "accepted": accepted,
            "held_on": np.where(accepted, held_at // DAY_US, NONE),
            "held_at": held_at,
        },
        by=lives.by(period[back], ended_at[back] // DAY_US),
        recorded_on=ended_at[back] // DAY_US + 4,
    )
    return {"missing_episodes": missing, "return_interviews": interviews}
