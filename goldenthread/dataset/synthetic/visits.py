"""Visits of every kind, private fostering, and supervision of the work: what recurs while a case is open."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from goldenthread.dataset.synthetic.care import CarePeriods
from goldenthread.dataset.synthetic.cases import History
from goldenthread.dataset.synthetic.chance import NONE, YEAR, Whole, chosen, happens, known, repeated, spread, stream
from goldenthread.dataset.synthetic.desk import Desk
from goldenthread.dataset.synthetic.parameters import Parameters
from goldenthread.dataset.synthetic.protection_tables import Plans
from goldenthread.dataset.synthetic.tabulate import Chosen, Tabulator, at_time, codes

KINDS = ("assessment", "child_in_need", "child_protection", "looked_after", "private_fostering", "adoption")
PURPOSES = ("statutory", "plan", "unannounced", "other")


@dataclass(frozen=True, slots=True)
class _Round:
    """The visits of one kind: whose case, on what day, and the row of the thing visited under."""

    kind: int
    case: Whole
    day: Whole
    under: Whole


def visit_tables(
    tabulator: Tabulator, book: Parameters, history: History, desk: Desk, plans: Plans, needs: Plans, care: CarePeriods
) -> dict[str, pl.DataFrame]:
    """visits, private_fostering and its notices, and supervisions."""
    rng = stream(tabulator.seed, tabulator.district, "visits")
    cases, as_at = history.cases, tabulator.as_at
    everyone = np.arange(cases.count)
    fostered, fostered_from, fostered_to = _private(rng, book, history)
    assessed = repeated(
        rng,
        np.where(known(cases.assessment), cases.assessment, NONE),
        np.minimum(cases.assessed, as_at),
        12,
        first=_settle(rng, cases.count, 5),
        late=0.25,
    )
    protected = repeated(
        rng,
        plans.start,
        np.minimum(plans.end, as_at),
        book.value("visits.protection_gap"),
        first=_settle(rng, len(plans.case), 6),
        unsteady=0.3,
        late=book.value("visits.protection_late"),
    )
    needed = repeated(
        rng,
        needs.start,
        np.minimum(needs.end, as_at),
        book.value("visits.need_gap"),
        first=_settle(rng, len(needs.case), 12),
        unsteady=0.3,
        late=book.value("visits.need_late"),
    )
    placed, placed_on = care.visit_days(rng, book, as_at)
    private = repeated(
        rng, fostered_from, np.minimum(fostered_to, as_at), 41, first=_settle(rng, len(fostered), 5), late=0.2
    )
    adopting = known(care.placed[placed]) & (placed_on >= care.placed[placed])
    rounds = (
        _Round(0, everyone[assessed[0]], assessed[1], assessed[0]),
        _Round(1, needs.case[needed[0]], needed[1], needed[0]),
        _Round(2, plans.case[protected[0]], protected[1], protected[0]),
        _Round(3, care.case[placed[~adopting]], placed_on[~adopting], placed[~adopting]),
        _Round(5, care.case[placed[adopting]], placed_on[adopting], placed[adopting]),
        _Round(4, fostered[private[0]], private[1], private[0]),
    )
    return {
        "visits": _visits(rng, tabulator, history, desk, rounds, plans, needs, care, len(fostered)),
        "private_fostering": tabulator.table(
            "private_fostering",
            {
                "private_fostering_id": tabulator.identifiers("PF", len(fostered)),
                "child_id": history.children.named(cases.child[fostered]),
                "notified_on": fostered_from,
                "started_on": fostered_from - spread(rng, 0, 60, len(fostered)),
                "ended_on": fostered_to,
            },
            by=desk.worker(fostered, fostered_from),
        ),
        "private_fostering_notices": _notices(tabulator, history, desk, fostered, fostered_from, fostered_to),
        "supervisions": _supervisions(rng, tabulator, book, history, desk),
    }


def _settle(rng: np.random.Generator, count: int, most: int) -> Whole:
    return spread(rng, 1, most, count)


def _private(rng: np.random.Generator, book: Parameters, history: History) -> tuple[Whole, Whole, Whole]:
    """The few children in need who are fostered privately: whose case, from when the authority knew, to when."""
    cases = history.cases
    born = history.children.born[cases.child]
    fit = known(cases.first_need) & ~known(cases.care_start) & (cases.referred - born > 6 * YEAR)
    fit &= cases.referred - born < 15 * YEAR
    rows = np.flatnonzero(fit & happens(rng, book.value("private_fostering.chance"), cases.count))
    return rows, cases.first_need[rows], np.maximum(cases.first_need_end[rows], cases.first_need[rows] + 1)


def _notices(
    tabulator: Tabulator, history: History, desk: Desk, case: Whole, known_from: Whole, ended: Whole
) -> pl.DataFrame:
    """What half of the carers told of a change or of the end, mostly within the two days that they have."""
    rng = stream(tabulator.seed, tabulator.district, "private fostering notices")
    changed = known_from + spread(rng, 7, 200, len(case))
    of = np.concatenate([np.arange(len(case)), np.arange(len(case))])
    day = np.concatenate([changed, ended])
    end = np.repeat([0, 1], len(case))
    told = happens(rng, 0.5, len(of)) & (day <= np.minimum(ended, tabulator.as_at - 4)[of])
    of, day, end = of[told], day[told], end[told]
    later = np.where(happens(rng, 0.8, len(of)), 1, 4)
    return tabulator.table(
        "private_fostering_notices",
        {
            "private_fostering_notice_id": tabulator.identifiers("PN", len(of)),
            "child_id": history.children.named(history.cases.child[case[of]]),
            "private_fostering_id": Chosen(tabulator.identifiers("PF", len(case)), of),
            "kind": codes(("change", "end"), end),
            "told_on": day + later,
            "told_at": at_time(rng, day + later, 9.0, 17.0),
            "happened_on": day,
            "happened_at": at_time(rng, day, 9.0, 20.0),
        },
        by=desk.worker(case[of], day),
    )


def _visits(
    rng: np.random.Generator,
    tabulator: Tabulator,
    history: History,
    desk: Desk,
    rounds: tuple[_Round, ...],
    plans: Plans,
    needs: Plans,
    care: CarePeriods,
    fostered: int,
) -> pl.DataFrame:
    cases = history.cases
    case = np.concatenate([one.case for one in rounds])
    day = np.concatenate([one.day for one in rounds])
    kind = np.repeat([one.kind for one in rounds], [len(one.day) for one in rounds])
    under = np.concatenate([one.under for one in rounds])
    count = len(case)
    age = day - history.children.born[cases.child[case]]
    born = age >= 0
    seen = happens(rng, np.where(born, 0.93, 0.0), count)
    alone = seen & happens(rng, np.where(age > 3 * YEAR, 0.72, 0.15), count)
    children = history.children
    return tabulator.table(
        "visits",
        {
            "visit_id": tabulator.identifiers("V", count),
            "child_id": children.named(cases.child[case]),
            "kind": codes(KINDS, kind),
            "cin_plan_id": needs.named(np.where(kind == 1, under, -1)),
            "cp_plan_id": plans.named(np.where(kind == 2, under, -1)),
            "care_period_id": care.named(np.where((kind == 3) | (kind == 5), under, -1)),
            "private_fostering_id": Chosen(tabulator.identifiers("PF", fostered), np.where(kind == 4, under, -1)),
            "referral_id": cases.named(case),
            "visited_on": day,
            "visited_at": at_time(rng, day, 9.0, 18.5),
            "seen": seen,
            "seen_alone": alone,
            "bedroom_seen": np.where(kind == 2, happens(rng, 0.4, count).astype(np.int64), -1),
            "purpose": codes(PURPOSES, chosen(rng, np.array([62.0, 26, 7, 5]), count)),
            "worker_id": desk.worker(case, day),
        },
        by=desk.worker(case, day),
    )


def _supervisions(
    rng: np.random.Generator, tabulator: Tabulator, book: Parameters, history: History, desk: Desk
) -> pl.DataFrame:
    """The worker's manager goes over each open case every few weeks."""
    cases, workforce = history.cases, desk.workforce
    owner, held = repeated(
        rng,
        cases.referred + 14,
        np.minimum(cases.closed, tabulator.as_at),
        book.value("supervision.gap"),
        unsteady=0.3,
        late=0.18,
    )
    seat = desk.seat(owner, held)
    return tabulator.table(
        "supervisions",
        {
            "supervision_id": tabulator.identifiers("SV", len(held)),
            "child_id": history.children.named(cases.child[owner]),
            "worker_id": workforce.named(workforce.holder(seat, held)),
            "manager_id": workforce.named(workforce.holder(workforce.manager_seat[seat], held)),
            "held_on": held,
            "direction_given": happens(rng, 0.86, len(held)),
        },
        by=workforce.named(workforce.holder(workforce.manager_seat[seat], held)),
    )
