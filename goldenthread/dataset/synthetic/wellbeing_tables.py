"""Health, learning and safety of looked-after children: checks, questionnaires, education plans, being missing."""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl

from goldenthread.dataset.synthetic.care import CarePeriods
from goldenthread.dataset.synthetic.cases import History
from goldenthread.dataset.synthetic.chance import (
    EPOCH,
    NONE,
    YEAR,
    Mask,
    Whole,
    ages,
    birthday,
    chosen,
    happens,
    known,
    ordinal,
    plus_working_days,
    repeated,
    spread,
    stream,
)
from goldenthread.dataset.synthetic.desk import Desk
from goldenthread.dataset.synthetic.learning_tables import learning_tables
from goldenthread.dataset.synthetic.looked_after import LookedAfter
from goldenthread.dataset.synthetic.parameters import Parameters
from goldenthread.dataset.synthetic.tabulate import Cells, Tabulator, codes


def wellbeing_tables(
    tabulator: Tabulator, book: Parameters, history: History, desk: Desk, care: CarePeriods
) -> dict[str, pl.DataFrame]:
    """health_assessments, dental_checks, immunisations, sdqs, outcomes, substance_misuse, convictions, peps,
    education_results, missing_episodes and return_interviews."""
    rng = stream(tabulator.seed, tabulator.district, "wellbeing")
    lives = LookedAfter(tabulator, history, desk, care)
    until = care.until(tabulator.as_at)
    health_of, health_on = _health(rng, book, care, until)
    teeth_of, teeth_on = repeated(
        rng, care.start, until, 215, first=spread(rng, 30, 200, care.count), unsteady=0.3, late=0.25
    )
    jabbed = happens(rng, book.value("health.immunised"), care.count)
    offence_of, offence_on = _rare(rng, care, until, book.value("care.convictions_per_year"), 10)
    misuse_of, misuse_on = _rare(rng, care, until, book.value("care.substance_misuse_per_year"), 11)
    offered = happens(rng, 0.95, len(misuse_of))
    received = offered & happens(rng, 0.55, len(misuse_of))
    tables = {
        "health_assessments": _health_table(rng, lives, health_of, health_on, book, until),
        "dental_checks": _dated(lives, "dental_checks", "dental_check_id", "DT", "checked_on", teeth_of, teeth_on),
        "immunisations": _immunisations(rng, lives, care, until, jabbed),
        "sdqs": _questionnaires(rng, lives, book, care, until),
        "substance_misuse": tabulator.table(
            "substance_misuse",
            {
                "substance_misuse_id": tabulator.identifiers("SM", len(misuse_of)),
                "child_id": lives.child(misuse_of),
                "identified_on": misuse_on,
                "substance": codes(
                    ("Cannabis", "Alcohol", "Solvents"), chosen(rng, np.array([70.0, 24, 6]), len(misuse_of))
                ),
                "intervention_offered": offered,
                "intervention_received": received,
            },
            by=lives.by(misuse_of, misuse_on),
        ),
        "convictions": tabulator.table(
            "convictions",
            {
                "conviction_id": tabulator.identifiers("CV", len(offence_of)),
                "child_id": lives.child(offence_of),
                "convicted_on": offence_on,
                "offence": codes(
                    ("Theft", "Criminal damage", "Assault", "Possession"), rng.integers(0, 4, len(offence_of))
                ),
            },
            by=lives.by(offence_of, offence_on),
        ),
        **learning_tables(lives, book),
    }
    tables["outcomes"] = _outcomes(
        rng,
        lives,
        care,
        (health_of, health_on),
        (teeth_of, teeth_on),
        jabbed,
        (offence_of, offence_on),
        (misuse_of, misuse_on),
    )
    return tables


def _dated(
    lives: LookedAfter, table: str, key: str, prefix: str, day_column: str, period: Whole, day: Whole
) -> pl.DataFrame:
    cells: dict[str, Cells] = {
        key: lives.tabulator.identifiers(prefix, len(day)),
        "child_id": lives.child(period),
        "care_period_id": lives.care.named(period),
        day_column: day,
    }
    return lives.tabulator.table(table, cells, by=lives.by(period, day))


def _health(rng: np.random.Generator, book: Parameters, care: CarePeriods, until: Whole) -> tuple[Whole, Whole]:
    """The initial assessment, then reviews twice a year until five and yearly after; many late, some never."""
    count = care.count
    fifth = birthday(care.born, 5)
    first = _initial(rng, book, care)
    slow = happens(rng, book.value("health.reviews_lapse"), count)
    young_gap = np.where(slow, 420, book.value("health.young_gap"))
    old_gap = np.where(slow, 800, book.value("health.old_gap"))
    young_of, young_on = repeated(
        rng, first, np.minimum(until, fifth), young_gap, unsteady=0.1, late=book.value("health.late")
    )
    old_from = np.maximum(first, fifth - 90)
    old_of, old_on = repeated(
        rng,
        old_from,
        until,
        old_gap,
        unsteady=0.08,
        late=book.value("health.late"),
        first=np.where(first >= fifth - 90, old_gap, spread(rng, 60, 300, count)).astype(np.int64),
    )
    opening = np.flatnonzero(first <= until)
    period = np.concatenate([opening, young_of, old_of])
    day = np.concatenate([first[opening], young_on, old_on])
    order = np.lexsort((day, period))
    return period[order], day[order]


def _initial(rng: np.random.Generator, book: Parameters, care: CarePeriods) -> Whole:
    count = care.count
    prompt = happens(rng, book.at("health.initial_in_time", care.start), count)
    worked = np.where(prompt, spread(rng, 8, 20, count), 21 + rng.poisson(14, count))
    return plus_working_days(care.start, worked)


def _health_table(
    rng: np.random.Generator, lives: LookedAfter, period: Whole, day: Whole, book: Parameters, until: Whole
) -> pl.DataFrame:
    count = len(period)
    first = np.concatenate(([True], period[1:] != period[:-1])) if count else np.array([], dtype=np.bool_)
    older = day - lives.care.born[period] > 13 * YEAR
    refused = ~first & happens(rng, np.where(older, book.value("health.refused"), 0.005), count)
    return lives.tabulator.table(
        "health_assessments",
        {
            "health_assessment_id": lives.tabulator.identifiers("HA", count),
            "child_id": lives.child(period),
            "care_period_id": lives.care.named(period),
            "kind": codes(("initial", "review"), (~first).astype(np.int64)),
            "seen_on": day,
            "reported_on": np.where(refused, NONE, day + spread(rng, 2, 30, count)),
            "status": codes(("attended", "refused"), refused.astype(np.int64)),
        },
        by=lives.by(period, day),
    )


def _immunisations(
    rng: np.random.Generator, lives: LookedAfter, care: CarePeriods, until: Whole, jabbed: Mask
) -> pl.DataFrame:
    period, day = repeated(rng, care.start, until, 330, first=spread(rng, 20, 120, care.count), unsteady=0.2)
    return lives.tabulator.table(
        "immunisations",
        {"child_id": lives.child(period), "checked_on": day, "up_to_date": jabbed[period]},
        by=lives.by(period, day),
    )


def _questionnaires(
    rng: np.random.Generator, lives: LookedAfter, book: Parameters, care: CarePeriods, until: Whole
) -> pl.DataFrame:
    begin = np.maximum(care.start + 200, birthday(care.born, 4))
    period, day = repeated(
        rng, begin, np.minimum(until, birthday(care.born, 17)), 362, first=spread(rng, 5, 160, care.count)
    )
    trouble = rng.normal(book.value("health.sdq_mean"), 6.0, care.count)
    score = np.clip(np.rint(trouble[period] + rng.normal(0, 3, len(period))), 0, 40).astype(np.int64)
    given = happens(rng, 0.82, len(period))
    reason = np.where(given, -1, np.array([REFUSED, REFUSED, UNFIT, OTHER])[rng.integers(0, 4, len(period))])
    without, year_end, why = _none_in_the_year(care, period, day, lives.tabulator.as_at)
    owner = np.concatenate([period, without])
    made_on = np.concatenate([day, year_end])
    return lives.tabulator.table(
        "sdqs",
        {
            "sdq_id": lives.tabulator.identifiers("SQ", len(owner)),
            "child_id": lives.child(owner),
            "completed_on": made_on,
            "score": np.concatenate([np.where(given, score, NONE), np.full(len(without), NONE)]),
            "missing_reason": codes(SDQ_REASONS, np.concatenate([reason, why])),
        },
        by=lives.by(owner, made_on),
    )


SDQ_REASONS = ("SDQ1", "SDQ2", "SDQ3", "SDQ4")
AGE, REFUSED, UNFIT, OTHER = range(4)
"""Too young or too old for part of the year; the carer would not; the child's needs; another reason."""


def _none_in_the_year(care: CarePeriods, period: Whole, day: Whole, as_at: int) -> tuple[Whole, Whole, Whole]:
    """Whose year in care ended without a questionnaire, at which 31 March, and why: the return asks of each."""
    found: list[tuple[Whole, Whole, Whole]] = []
    fourth, seventeenth = birthday(care.born, 4), birthday(care.born, 17)
    for end in _year_ends(as_at):
        asked = (
            (care.start <= end - DAYS_OF_YEAR) & (care.end > end) & (fourth <= end) & (seventeenth > end - DAYS_OF_YEAR)
        )
        rows = np.flatnonzero(asked & (_within((period, day), care.count, end) == 0))
        partly = (fourth[rows] > end - DAYS_OF_YEAR) | (seventeenth[rows] <= end)
        found.append((rows, np.full(len(rows), end), np.where(partly, AGE, OTHER)))
    if not found:
        return period[:0], period[:0], period[:0]
    owner, end_of, why = (np.concatenate(column) for column in zip(*found, strict=True))
    return owner, end_of, why


DAYS_OF_YEAR = 365


def _year_ends(as_at: int) -> list[int]:
    """Every 31 March from 2010 that has come."""
    ends = (ordinal(date(year, 3, 31)) for year in range(2010, EPOCH.year + as_at // 365 + 1))
    return [end for end in ends if end <= as_at]


def _rare(
    rng: np.random.Generator, care: CarePeriods, until: Whole, per_year: float, from_age: int
) -> tuple[Whole, Whole]:
    """Things that befall few older children, at a yearly rate."""
    begin = np.maximum(care.start, birthday(care.born, from_age) + 300)
    span = np.maximum(until - begin, 0)
    prone = happens(rng, 0.25, care.count)
    times = np.where(prone, rng.poisson(span / YEAR * per_year * 4), 0)
    period = np.repeat(np.arange(care.count), times)
    day = begin[period] + np.floor(rng.random(len(period)) * np.maximum(span[period], 1)).astype(np.int64)
    order = np.lexsort((day, period))
    return period[order], day[order]


def _outcomes(
    rng: np.random.Generator,
    lives: LookedAfter,
    care: CarePeriods,
    health: tuple[Whole, Whole],
    teeth: tuple[Whole, Whole],
    jabbed: Mask,
    offences: tuple[Whole, Whole],
    misuse: tuple[Whole, Whole],
) -> pl.DataFrame:
    """What each year's return says of the children looked after for twelve months, out of what happened to them."""
    as_at = lives.tabulator.as_at
    frames = []
    for end in _year_ends(as_at):
        rows = np.flatnonzero((care.start <= end - 365) & (care.end > end))
        young = ages(care.born[rows], np.full(len(rows), end)) < 5
        seen = _within(health, care.count, end)[rows]
        misused = _within(misuse, care.count, end)[rows] > 0
        helped = happens(rng, 0.6, len(rows))
        cells: dict[str, Cells] = {
            "child_id": lives.child(rows),
            "year_end": np.full(len(rows), end),
            "health_assessment": seen >= np.where(young, 2, 1),
            "teeth_checked": _within(teeth, care.count, end)[rows] > 0,
            "health_checks_up_to_date": np.where(young, (seen >= 1).astype(np.int64), -1),
            "immunisations": jabbed[rows],
            "convicted": _within(offences, care.count, end)[rows] > 0,
            "substance_misuse": misused,
            "intervention_received": np.where(misused, helped.astype(np.int64), -1),
            "intervention_offered": np.where(
                misused, np.where(helped, 1, happens(rng, 0.8, len(rows)).astype(np.int64)), -1
            ),
        }
        frames.append(lives.tabulator.table("outcomes", cells, recorded_on=np.full(len(rows), end + 60)))
    return pl.concat(frames).unique(["child_id", "year_end"], keep="first", maintain_order=True)


def _within(things: tuple[Whole, Whole], count: int, end: int) -> Whole:
    """How many of the things befell each period in the year to `end`."""
    owner, day = things
    inside = (day > end - 365) & (day <= end) & known(day)
    return np.bincount(owner[inside], minlength=count).astype(np.int64)
