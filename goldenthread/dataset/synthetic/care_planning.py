"""Care plans, reviews, permanence plans and meetings of looked-after children, and permanence that did not last."""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl

from goldenthread.codesets import code_set
from goldenthread.dataset.synthetic.care import CarePeriods
from goldenthread.dataset.synthetic.cases import History
from goldenthread.dataset.synthetic.chance import (
    Whole,
    chosen,
    happens,
    order_within,
    ordinal,
    plus_working_days,
    repeated,
    spread,
    stream,
)
from goldenthread.dataset.synthetic.desk import Desk
from goldenthread.dataset.synthetic.parameters import Parameters
from goldenthread.dataset.synthetic.protection_tables import PARTICIPATION, participation
from goldenthread.dataset.synthetic.tabulate import Chosen, Tabulator, codes

ASKED_FROM = ordinal(date(2016, 4, 1))
"""What came before is asked of those who started to be looked after on or after this day (SSDA903 guide, PREV_PERM)."""
AUTHORITY_NUMBERS = tuple(code for code in code_set("authority_number").codes if code.isdigit())


def planning_tables(
    tabulator: Tabulator, book: Parameters, history: History, desk: Desk, care: CarePeriods
) -> dict[str, pl.DataFrame]:
    """care_plans, looked_after_reviews, permanence_plans, permanence_meetings and previous_permanence."""
    rng = stream(tabulator.seed, tabulator.district, "care planning")
    until = care.until(tabulator.as_at)
    review_of, reviewed, due = _reviews(rng, care, until)
    plan_of, prepared = repeated(rng, care.start, until, 182, first=_days_to_plan(rng, care.count), unsteady=0.2)
    nth_last = np.concatenate((plan_of[1:] != plan_of[:-1], [True])) if len(plan_of) else plan_of.astype(np.bool_)
    replaced = np.where(nth_last, care.end[plan_of], np.append(prepared[1:], 0)) if len(plan_of) else plan_of
    met_of, met = repeated(
        rng, care.start, np.minimum(until, care.start + 500), 75, first=spread(rng, 30, 120, care.count), unsteady=0.3
    )
    decided_of, decided, plan = _permanence(rng, care, until)
    broken = np.flatnonzero(happens(rng, book.value("care.previous_permanence"), care.count))
    broken = broken[np.unique(care.child[broken], return_index=True)[1]]

    def of(row: Whole) -> Chosen:
        return history.children.named(care.child[row])

    def by(row: Whole, day: Whole) -> Chosen:
        return desk.worker(care.case[row], day)

    return {
        "care_plans": tabulator.table(
            "care_plans",
            {
                "care_plan_id": tabulator.identifiers("CP", len(prepared)),
                "child_id": of(plan_of),
                "care_period_id": care.named(plan_of),
                "prepared_on": prepared,
                "ended_on": np.maximum(replaced, prepared),
            },
            by=by(plan_of, prepared),
        ),
        "looked_after_reviews": tabulator.table(
            "looked_after_reviews",
            {
                "review_id": tabulator.identifiers("LR", len(reviewed)),
                "child_id": of(review_of),
                "care_period_id": care.named(review_of),
                "held_on": reviewed,
                "due_on": due,
                "participation": codes(PARTICIPATION, participation(rng, reviewed - care.born[review_of])),
            },
            by=by(review_of, reviewed),
        ),
        "permanence_plans": tabulator.table(
            "permanence_plans",
            {
                "permanence_plan_id": tabulator.identifiers("LP", len(decided)),
                "child_id": of(decided_of),
                "care_period_id": care.named(decided_of),
                "plan": codes(("return_home", "adoption", "guardianship", "fostering", "supported_living"), plan),
                "decided_on": decided,
            },
            by=by(decided_of, decided),
        ),
        "permanence_meetings": tabulator.table(
            "permanence_meetings",
            {
                "permanence_meeting_id": tabulator.identifiers("LM", len(met)),
                "child_id": of(met_of),
                "care_period_id": care.named(met_of),
                "held_on": met,
            },
            by=by(met_of, met),
        ),
        "previous_permanence": _previous(rng, tabulator, history, care, broken),
    }


def _days_to_plan(rng: np.random.Generator, count: int) -> Whole:
    return np.where(happens(rng, 0.85, count), spread(rng, 1, 10, count), spread(rng, 11, 40, count))


def _reviews(rng: np.random.Generator, care: CarePeriods, until: Whole) -> tuple[Whole, Whole, Whole]:
    """The first by twenty working days, the second by three months more, then by six; and when each was due."""
    count = care.count
    late = happens(rng, 0.06, count)
    first = plus_working_days(care.start, np.where(late, spread(rng, 21, 35, count), spread(rng, 12, 20, count)))
    second = first + np.where(happens(rng, 0.06, count), spread(rng, 93, 130, count), spread(rng, 70, 90, count))
    owner, later = repeated(rng, second, until, 172, unsteady=0.06, late=0.03)
    rows = np.arange(count)
    period = np.concatenate([rows, rows, owner])
    day = np.concatenate([first, second, later])
    kept = day <= until[period]
    period, day = period[kept], day[kept]
    order = np.lexsort((day, period))
    period, day = period[order], day[order]
    nth = order_within(period)
    before = np.concatenate(([0], day[:-1])) if len(day) else day
    due = np.where(nth == 0, plus_working_days(care.start[period], 20), before + np.where(nth == 1, 91, 182))
    return period, day, due


def _permanence(rng: np.random.Generator, care: CarePeriods, until: Whole) -> tuple[Whole, Whole, Whole]:
    """The plan made by the second review, and a second plan where the first did not hold."""
    rows = np.arange(care.count)
    aim = np.array([0, 2, 1, 3, 4])[care.ending]
    opening = np.where(happens(rng, 0.4, care.count), 0, aim)
    first = care.start + spread(rng, 20, 120, care.count)
    second = first + spread(rng, 90, 260, care.count)
    changed = (opening != aim) & (second <= until)
    period = np.concatenate([rows, rows[changed]])
    day = np.concatenate([first, second[changed]])
    plan = np.concatenate([opening, aim[changed]])
    kept = day <= until[period]
    return period[kept], day[kept], plan[kept]


def _previous(
    rng: np.random.Generator, tabulator: Tabulator, history: History, care: CarePeriods, broken: Whole
) -> pl.DataFrame:
    """What each child had before coming into care: a permanence that did not last for those in `broken`, for the
    others nothing. The order was made before any of the child's time in care."""
    count = len(history.children.number)
    first = np.full(count, np.iinfo(np.int64).max)
    np.minimum.at(first, care.child, care.start)
    child = care.child[broken]
    earliest = history.children.born[child] + 300
    ordered = np.maximum(earliest, first[child] - spread(rng, 300, 2000, len(broken)))
    option = chosen(rng, np.array([30.0, 50, 20]), len(broken))
    authority = rng.integers(0, len(AUTHORITY_NUMBERS), len(broken))
    asked = care.child[care.start >= ASKED_FROM]
    real = np.isin(child, asked) & (ordered < first[child])
    child, ordered, option, authority = child[real], ordered[real], option[real], authority[real]
    none = np.setdiff1d(np.unique(asked), child)
    written = [f"{str(day)[8:]}/{str(day)[5:7]}/{str(day)[:4]}" for day in ordered.astype("datetime64[D]")]
    everyone = np.concatenate([child, none])
    return tabulator.table(
        "previous_permanence",
        {
            "child_id": history.children.named(everyone),
            "option": codes(("P1", "P2", "P3", "Z1"), np.concatenate([option, np.full(len(none), 3)])),
            "authority": codes(AUTHORITY_NUMBERS, np.concatenate([authority, np.full(len(none), -1)])),
            "ordered_on": pl.Series([*written, *[None] * len(none)], dtype=pl.String),
        },
        recorded_on=first[everyone],
    )
