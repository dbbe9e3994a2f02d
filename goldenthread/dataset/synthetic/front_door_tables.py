"""Contacts, early help, referrals and assessments."""

from __future__ import annotations

import numpy as np
import polars as pl

from goldenthread.dataset.synthetic import names
from goldenthread.dataset.synthetic.cases import Cases, History
from goldenthread.dataset.synthetic.chance import (
    NONE,
    Mask,
    Real,
    Whole,
    chosen,
    collection_year,
    happens,
    known,
    plus_working_days,
    repeated,
    spread,
    stream,
)
from goldenthread.dataset.synthetic.courses import ASSESSED, NEED, PROTECTION, REFUSED
from goldenthread.dataset.synthetic.desk import Desk
from goldenthread.dataset.synthetic.durations import ADOPTION, GUARDIANSHIP, HOME
from goldenthread.dataset.synthetic.parameters import Parameters
from goldenthread.dataset.synthetic.tabulate import DAY_US, Chosen, Tabulator, codes
from goldenthread.dataset.synthetic.teams import ASSESSMENT

OUTCOMES = ("referral", "early_help", "information", "other_service", "no_further_action")


def front_door_tables(tabulator: Tabulator, book: Parameters, history: History, desk: Desk) -> dict[str, pl.DataFrame]:
    """contacts, referrals, early help assessments, plans and reviews, assessments and their factors."""
    rng = stream(tabulator.seed, tabulator.district, "front door")
    contacts, cases = history.lives.contacts, history.cases
    family_contact = contacts.contact[history.contact_rows]
    received = contacts.day[family_contact]
    shared = np.unique(family_contact)
    mine = np.searchsorted(shared, family_contact)
    received_at, decided_at = contacts.received_at[family_contact], contacts.decided_at[family_contact]
    outcome = np.where(history.contact_case >= 0, 0, _answer(rng, book, contacts.day[shared])[mine])
    help_rows = np.flatnonzero((outcome == 1) & happens(rng, book.value("early_help.taken_up"), len(outcome)))
    early, help_from = _early_help(rng, tabulator, book, history, received, help_rows)
    help_of = np.full(len(outcome), -1)
    help_of[help_rows] = np.arange(len(help_rows))
    helped = np.full(len(outcome), NONE)
    helped[help_rows] = help_from
    source = contacts.source[family_contact]
    duty = desk.workforce.seat_for(np.full(len(mine), ASSESSMENT), family_contact)
    taker = desk.workforce.named(desk.workforce.holder(duty, received))
    sources = book.choices("contacts.source")
    ids = tabulator.identifiers("C", len(received))
    frame = tabulator.table(
        "contacts",
        {
            "contact_id": ids,
            "child_id": history.children.named(history.contact_child),
            "received_on": received,
            "received_at": received_at,
            "source": codes(sources, source),
            "decided_on": decided_at // DAY_US,
            "decided_at": decided_at,
            "outcome": codes(OUTCOMES, outcome, decided_at // DAY_US),
            "level_of_need": codes(("1", "2", "3", "4"), _level(rng, history, outcome), decided_at // DAY_US),
            "referral_id": Chosen(cases.identifiers, history.contact_case, received),
            "early_help_id": Chosen(tabulator.identifiers("E", len(help_rows)), help_of, helped),
        },
        by=taker,
    )
    contact_row = np.empty(cases.count, dtype=np.int64)
    became = history.contact_case >= 0
    contact_row[history.contact_case[became]] = np.flatnonzero(became)
    return {
        "contacts": frame,
        **early,
        "referrals": _referrals(
            rng,
            tabulator,
            history,
            desk,
            ids,
            contact_row,
            received_at[contact_row],
            decided_at[contact_row],
            codes(sources, source[contact_row]),
        ),
        **_assessments(rng, tabulator, book, history, desk),
    }


def _answer(rng: np.random.Generator, book: Parameters, day: Whole) -> Whole:
    return 1 + chosen(rng, book.shares("contacts.answer"), len(day))


def _level(rng: np.random.Generator, history: History, outcome: Whole) -> Whole:
    if not len(history.cases.kind):  # so few children that no contact led to a case
        return np.where(outcome == 1, 1, rng.integers(0, 2, len(outcome)))
    kind = history.cases.kind[np.maximum(history.contact_case, 0)]
    accepted = np.where(kind == PROTECTION, 3, 2)
    return np.where(outcome == 0, accepted, np.where(outcome == 1, 1, rng.integers(0, 2, len(outcome))))


def _early_help(
    rng: np.random.Generator, tabulator: Tabulator, book: Parameters, history: History, received: Whole, rows: Whole
) -> tuple[dict[str, pl.DataFrame], Whole]:
    count = len(rows)
    started = received[rows] + spread(rng, 3, 25, count)
    completed = started + np.maximum(np.rint(rng.gamma(3, 12, count)).astype(np.int64), 4)
    agreed = completed + spread(rng, 0, 14, count)
    closed = agreed + np.maximum(
        np.rint(rng.gamma(2, book.value("early_help.mean_days") / 2, count)).astype(np.int64), 14
    )
    kept = started <= tabulator.as_at
    identifiers = tabulator.identifiers("E", count)
    child = history.children.named(history.contact_child[rows])
    plans = tabulator.identifiers("EP", count)
    owner, held = repeated(rng, agreed, np.minimum(closed, tabulator.as_at), 60, late=0.2)
    assessments = tabulator.table(
        "early_help_assessments",
        {
            "early_help_id": identifiers,
            "child_id": child,
            "started_on": started,
            "completed_on": completed,
            "closed_on": closed,
            "organisation": codes(names.ORGANISATIONS, rng.integers(0, len(names.ORGANISATIONS), count)),
            "lead_practitioner": codes(
                [f"{forename} {surname}" for forename, surname in zip(names.GIRLS, names.SURNAMES, strict=False)],
                rng.integers(0, len(names.GIRLS), count),
            ),
            "consent_given": happens(rng, 0.96, count),
            "level_of_need": codes(("2", "3"), happens(rng, 0.35, count).astype(np.int64), completed),
            "outcome": codes(
                ("needs_met", "stepped_up", "declined", "moved", "other"),
                chosen(rng, np.array([62.0, 12, 16, 5, 5]), count),
                closed,
            ),
        },
    )
    return {
        "early_help_assessments": assessments,
        "early_help_plans": tabulator.table(
            "early_help_plans",
            {
                "early_help_plan_id": plans,
                "child_id": child,
                "early_help_id": identifiers,
                "agreed_on": agreed,
                "ended_on": closed,
            },
        ),
        "early_help_reviews": tabulator.table(
            "early_help_reviews",
            {
                "early_help_review_id": tabulator.identifiers("ER", len(owner)),
                "child_id": Chosen(child.labels, child.position[owner]),
                "early_help_plan_id": Chosen(plans, owner),
                "held_on": np.where(kept[owner], held, NONE),
            },
        ),
    }, started


def _referrals(
    rng: np.random.Generator,
    tabulator: Tabulator,
    history: History,
    desk: Desk,
    contact_ids: pl.Series,
    contact_row: Whole,
    received_at: Whole,
    decided_at: Whole,
    source: Chosen,
) -> pl.DataFrame:
    cases = history.cases
    count = cases.count
    decided = decided_at // DAY_US
    refused = cases.kind == REFUSED
    prompt_enquiry = known(cases.enquiry) & (cases.enquiry <= cases.referred + 4)
    outcome = np.where(refused, 2 + rng.integers(0, 3, count), np.where(prompt_enquiry, 1, 0))
    closed = np.maximum(cases.closed, decided)
    rows = np.arange(count)
    return tabulator.table(
        "referrals",
        {
            "referral_id": cases.identifiers,
            "child_id": history.children.named(cases.child),
            "contact_id": Chosen(contact_ids, contact_row),
            "received_on": cases.referred,
            "received_at": received_at,
            "source": source,
            "decided_on": decided,
            "decided_at": decided_at,
            "acknowledged_on": plus_working_days(decided, spread(rng, 0, 3, count)),
            "outcome": codes(
                ("assessment", "strategy_discussion", "early_help", "information", "no_further_action"),
                outcome,
                decided,
            ),
            "no_further_action": np.where(decided <= tabulator.as_at, refused.astype(np.int64), -1),
            "primary_need": codes([f"N{n}" for n in range(1, 10)], primary_need(tabulator, history, cases)),
            "closed_on": closed,
            "closure_reason": codes(("RC1", "RC2", "RC4", "RC7", "RC8", "RC5"), _closure(rng, cases), closed),
            "team": desk.team(rows, np.minimum(cases.closed, tabulator.as_at)),
            "worker_id": desk.worker(rows, np.minimum(cases.closed, tabulator.as_at)),
        },
        by=desk.worker(rows, cases.referred),
    )


def primary_need(tabulator: Tabulator, history: History, cases: Cases) -> Whole:
    """The main need, N1 to N8 by position, the same for every child of one episode unless a disability comes first."""
    rng = stream(tabulator.seed, tabulator.district, "need")
    courses = len(history.lives.courses.kind)
    usual = chosen(rng, np.array([54.0, 2, 5, 9, 18, 6, 1, 4]), courses)
    grave = np.where(rng.random(courses) < 0.86, 0, usual)
    need = np.where(cases.kind == PROTECTION, grave[cases.course], usual[cases.course])
    disabled = history.children.disabled[cases.child] & (cases.kind == NEED)
    return np.where(history.children.alone[cases.child], 7, np.where(disabled, 1, need))


def _closure(rng: np.random.Generator, cases: Cases) -> Whole:
    usual = np.where(_ends_at_assessment(cases), 4, 3)
    elsewhere = happens(rng, 0.03, cases.count)
    usual = np.where(elsewhere & (usual == 3), 5, usual)
    after_care = np.where(cases.ending == ADOPTION, 0, np.where(cases.ending == GUARDIANSHIP, 2, 3))
    return np.where(known(cases.care_start) & (cases.ending != HOME), after_care, usual)


def _ends_at_assessment(cases: Cases) -> Mask:
    """Closed after assessment (RC8): nothing followed it, neither an enquiry nor a plan nor care.

    Where a new collection year began in between, the return cannot show the assessment beside the closure, and the case
    closed for another reason, weeks of support among them.
    """
    same_year: Mask = collection_year(cases.assessed) == collection_year(cases.closed)
    alone = known(cases.assessment) & ~known(cases.care_start) & ~known(cases.enquiry)
    nothing_more: Mask = same_year & (cases.kind == ASSESSED) & alone
    return nothing_more


def _assessments(
    rng: np.random.Generator, tabulator: Tabulator, book: Parameters, history: History, desk: Desk
) -> dict[str, pl.DataFrame]:
    cases = history.cases
    row = np.flatnonzero(known(cases.assessment))
    started, ended = cases.assessment[row], cases.assessed[row]
    seen = _first_seen(rng, book, started, ended)
    was_seen = happens(rng, 0.975, len(row))
    identifiers = tabulator.identifiers("S", len(row))
    frame = tabulator.table(
        "assessments",
        {
            "assessment_id": identifiers,
            "child_id": history.children.named(cases.child[row]),
            "referral_id": cases.named(row),
            "kind": codes(("core", "single"), (started >= SINGLE_FROM).astype(np.int64)),
            "started_on": started,
            "review_point_on": np.where(
                ended - started > 14, np.minimum(plus_working_days(started, spread(rng, 8, 14, len(row))), ended), NONE
            ),
            "second_review_point_on": np.where(
                ended - started > 40, np.minimum(plus_working_days(started, spread(rng, 26, 32, len(row))), ended), NONE
            ),
            "child_first_seen_on": np.where(was_seen, seen, NONE),
            "child_seen": np.where(ended <= tabulator.as_at, was_seen.astype(np.int64), -1),
            "authorised_on": ended,
            "shared_on": ended + spread(rng, 0, 7, len(row)),
            "support_needed": np.where(ended <= tabulator.as_at, (cases.kind[row] != ASSESSED).astype(np.int64), -1),
            "outcome": codes(
                ("closed", "early_help", "child_in_need", "conference", "looked_after"),
                _assessment_outcome(rng, cases, row),
                ended,
            ),
            "team": desk.team(row, started),
            "worker_id": desk.worker(row, started),
        },
        by=desk.worker(row, started),
    )
    return {
        "assessments": frame,
        "assessment_factors": _factors(rng, tabulator, history, desk, row, ended, identifiers),
    }


SINGLE_FROM = 15_810
"""15 April 2013, when single assessments replaced initial and core ones (Working Together 2013)."""


def _first_seen(rng: np.random.Generator, book: Parameters, started: Whole, ended: Whole) -> Whole:
    count = len(started)
    soon = happens(rng, book.value("assessment.seen_within_5_days"), count)
    worked = np.where(soon, np.minimum(rng.poisson(2.2, count), 5), 6 + rng.poisson(6, count))
    return np.minimum(plus_working_days(started, worked), ended)


def _assessment_outcome(rng: np.random.Generator, cases: Cases, row: Whole) -> Whole:
    kind = cases.kind[row]
    in_care = known(cases.care_start[row]) & (cases.care_start[row] <= cases.assessed[row] + 5)
    at_conference = (kind == PROTECTION) & known(cases.protection[row])
    at_conference &= cases.protection[row] <= cases.assessed[row] + 10
    closed = np.where(happens(rng, 0.3, len(row)), 1, 0)
    planned = np.where(at_conference, 3, 2)
    return np.where(in_care, 4, np.where(kind == ASSESSED, closed, planned))


FACTORS: tuple[tuple[str, float], ...] = (
    ("3B", 0.42),
    ("4B", 0.36),
    ("2B", 0.2),
    ("1B", 0.18),
    ("4A", 0.16),
    ("17A", 0.2),
    ("16A", 0.16),
    ("18C", 0.12),
    ("14A", 0.09),
    ("15A", 0.05),
    ("5A", 0.07),
    ("6A", 0.05),
    ("3A", 0.12),
    ("19C", 0.05),
    ("11A", 0.04),
    ("10A", 0.04),
    ("2A", 0.04),
    ("7A", 0.03),
    ("5B", 0.04),
    ("6B", 0.06),
    ("20", 0.12),
)
OTHER_FACTOR = len(FACTORS) - 1


def _factors(
    rng: np.random.Generator,
    tabulator: Tabulator,
    history: History,
    desk: Desk,
    row: Whole,
    ended: Whole,
    identifiers: pl.Series,
) -> pl.DataFrame:
    """What the assessment found; none of the listed factors in a few, recorded as code 21 where nothing followed."""
    chances: Real = np.array([chance for _, chance in FACTORS])
    found: Mask = rng.random((len(row), len(FACTORS))) < chances[None, :]
    done = ended <= tabulator.as_at
    found[:, OTHER_FACTOR] |= ~found.any(axis=1) & ~_ends_at_assessment(history.cases)[row]
    found &= done[:, None]
    which, factor = np.nonzero(found)
    bare = np.flatnonzero(~found.any(axis=1) & done)
    which = np.concatenate([which, bare])
    factor = np.concatenate([factor, np.full(len(bare), len(FACTORS))])
    order = np.argsort(which, kind="stable")
    which, factor = which[order], factor[order]
    by = desk.worker(row[which], ended[which])
    return tabulator.table(
        "assessment_factors",
        {
            "assessment_id": Chosen(identifiers, which),
            "child_id": history.children.named(history.cases.child[row[which]]),
            "factor": codes([*(code for code, _ in FACTORS), "21"], factor),
        },
        by=by,
        recorded_on=ended[which],
    )
