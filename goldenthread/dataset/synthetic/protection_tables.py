"""Strategy discussions, section 47 enquiries, conferences, child protection plans and child in need plans."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from goldenthread.dataset.synthetic.cases import Cases, History
from goldenthread.dataset.synthetic.chance import (
    NONE,
    YEAR,
    Whole,
    chosen,
    happens,
    known,
    plus_working_days,
    repeated,
    spread,
    stream,
)
from goldenthread.dataset.synthetic.desk import Desk
from goldenthread.dataset.synthetic.parameters import Parameters
from goldenthread.dataset.synthetic.tabulate import DAY_US, NO_TIME, Chosen, Tabulator, at_time, codes

CATEGORIES = ("NEG", "PHY", "SAB", "EMO", "MUL")
PARTICIPATION = ("PN0", "PN1", "PN2", "PN3", "PN4", "PN5", "PN6", "PN7")


@dataclass(frozen=True, slots=True)
class Plans:
    """The plans of either kind, a row a plan: whose case, from when to when, and the identifiers given to them."""

    case: Whole
    start: Whole
    end: Whole
    identifiers: pl.Series

    def named(self, row: Whole) -> Chosen:
        return Chosen(self.identifiers, row)


def participation(rng: np.random.Generator, age_days: Whole) -> Whole:
    """How a child took part in a meeting, as a position in `PARTICIPATION`."""
    older = 1 + chosen(rng, np.array([38.0, 6, 5, 2, 18, 21, 10]), len(age_days))
    return np.where(age_days < 4 * YEAR, 0, older)


def need_plans(tabulator: Tabulator, cases: Cases) -> Plans:
    """Every child in need plan: after the assessment, after a child protection plan, and at home after care."""
    spans = (
        (cases.first_need, cases.first_need_end),
        (cases.second_need, cases.second_need_end),
        (cases.third_need, cases.third_need_end),
    )
    case = np.tile(np.arange(cases.count), len(spans))
    start = np.concatenate([begins for begins, _ in spans])
    end = np.concatenate([ends for _, ends in spans])
    real = known(start) & (end > start) & (start <= tabulator.as_at)
    case, start, end = case[real], start[real], end[real]
    order = np.lexsort((case, start))
    return Plans(case[order], start[order], end[order], tabulator.identifiers("N", len(case)))


def protection_plans(tabulator: Tabulator, cases: Cases) -> Plans:
    """Every child protection plan."""
    case = np.flatnonzero(
        known(cases.protection) & (cases.protection_end > cases.protection) & (cases.protection <= tabulator.as_at)
    )
    return Plans(case, cases.protection[case], cases.protection_end[case], tabulator.identifiers("K", len(case)))


def protection_tables(
    tabulator: Tabulator, book: Parameters, history: History, desk: Desk, plans: Plans, needs: Plans
) -> dict[str, pl.DataFrame]:
    """The tables of child protection and of children in need, visits apart."""
    rng = stream(tabulator.seed, tabulator.district, "protection")
    return {
        **_enquiries(rng, tabulator, book, history, desk),
        **_plan_tables(rng, tabulator, book, history, desk, plans),
        **_need_tables(rng, tabulator, history, desk, needs),
    }


def _enquiries(
    rng: np.random.Generator, tabulator: Tabulator, book: Parameters, history: History, desk: Desk
) -> dict[str, pl.DataFrame]:
    cases = history.cases
    enquired = np.flatnonzero(known(cases.enquiry))
    # Brothers and sisters are discussed together, so the clock times belong to the family's episode.
    clock = at_time(rng, np.zeros(len(history.lives.courses.kind), dtype=np.int64), 9.0, 17.5)
    nothing = np.flatnonzero(~known(cases.enquiry) & happens(rng, book.value("strategy.no_enquiry"), cases.count))
    talked = np.concatenate([enquired, nothing])
    held = np.where(known(cases.enquiry[talked]), cases.enquiry[talked], cases.assessment[talked] + 2)
    answered = np.arange(len(talked)) >= len(enquired)
    identifiers = tabulator.identifiers("D", len(talked))
    strategy = tabulator.table(
        "strategy_discussions",
        {
            "strategy_discussion_id": identifiers,
            "child_id": history.children.named(cases.child[talked]),
            "referral_id": cases.named(talked),
            "needed_on": np.maximum(held - rng.poisson(0.5, len(talked)), cases.referred[talked]),
            "held_on": held,
            "held_at": held * DAY_US + clock[cases.course[talked]],
            "police_took_part": happens(rng, 0.94, len(talked)),
            "health_took_part": happens(rng, 0.82, len(talked)),
            "outcome": codes(("section_47", "assessment"), answered.astype(np.int64)),
        },
        by=desk.worker(talked, held),
    )
    started = cases.enquiry[enquired]
    prompt = happens(rng, book.value("enquiry.seen_within_24_hours"), len(enquired))
    hours = np.where(prompt, rng.uniform(0.5, 23.5, len(enquired)), 24 + rng.exponential(40, len(enquired)))
    seen_at = started * DAY_US + clock[cases.course[enquired]] + (hours * 3600).astype(np.int64) * 1_000_000
    ended = cases.enquiry_end[enquired]
    seen_at = np.where(
        happens(rng, 0.97, len(enquired)), np.minimum(seen_at, ended * DAY_US + 20 * 3600 * 1_000_000), NO_TIME
    )
    seen = np.where(seen_at > 0, seen_at // DAY_US, NONE)
    taken = known(cases.care_start[enquired]) & (cases.care_start[enquired] <= ended)
    # A child who moved in on a plan goes to a conference for that, whatever the enquiry finds.
    to_conference = known(cases.conference[enquired]) & ~cases.transfer_in[enquired]
    fallen = np.where(happens(rng, 0.55, len(enquired)), 1, 2)
    outcome = np.where(to_conference, 0, np.where(taken, 3, fallen))
    section_47 = tabulator.identifiers("Q", len(enquired))
    enquiries = tabulator.table(
        "section_47_enquiries",
        {
            "section_47_id": section_47,
            "child_id": history.children.named(cases.child[enquired]),
            "referral_id": cases.named(enquired),
            "strategy_discussion_id": Chosen(identifiers, np.arange(len(enquired))),
            "started_on": started,
            "started_at": started * DAY_US + clock[cases.course[enquired]],
            "child_first_seen_on": np.maximum(seen, np.where(known(seen), started, NONE)),
            "child_first_seen_at": seen_at,
            "ended_on": ended,
            "outcome": codes(("conference", "child_in_need", "not_substantiated", "looked_after"), outcome, ended),
            "conference_not_required": np.where(ended <= tabulator.as_at, (outcome > 0).astype(np.int64), -1),
            "conference_target_on": plus_working_days(started, 15),
            "team": desk.team(enquired, started),
            "worker_id": desk.worker(enquired, started),
        },
        by=desk.worker(enquired, started),
    )
    return {"strategy_discussions": strategy, "section_47_enquiries": enquiries}


def _plan_tables(
    rng: np.random.Generator, tabulator: Tabulator, book: Parameters, history: History, desk: Desk, plans: Plans
) -> dict[str, pl.DataFrame]:
    """Conferences of every kind, child protection plans, their categories and core groups."""
    cases, children = history.cases, history.children
    first = np.flatnonzero(known(cases.conference))
    plan_of = np.full(cases.count, -1)
    plan_of[plans.case] = np.arange(len(plans.case))
    enquired = np.flatnonzero(known(cases.enquiry))
    enquiry_of = np.full(cases.count, -1)
    enquiry_of[enquired] = np.arange(len(enquired))
    review_plan, reviewed = _reviews(rng, plans)
    case = np.concatenate([first, plans.case[review_plan]])
    held = np.concatenate([cases.conference[first], reviewed])
    is_review = np.arange(len(case)) >= len(first)
    born = children.born[cases.child[case]]
    kind = np.where(is_review, 3, np.where(born > held, 2, np.where(cases.transfer_in[case], 1, 0)))
    plan = np.concatenate([plan_of[first], review_plan])
    lasting = np.where(plan >= 0, plans.end[np.maximum(plan, 0)], NONE)
    outcome = np.where(is_review, np.where(held >= lasting, 3, 2), np.where(plan >= 0, 0, 1))
    requested = np.where(is_review, NONE, np.maximum(held - spread(rng, 7, 14, len(case)), cases.referred[case]))
    due = np.where(is_review, NONE, plus_working_days(cases.enquiry[case], 15))
    conference_ids = tabulator.identifiers("G", len(case))
    enquiry_ids = tabulator.identifiers("Q", len(enquired))
    conferences = tabulator.table(
        "conferences",
        {
            "conference_id": conference_ids,
            "child_id": children.named(cases.child[case]),
            "referral_id": cases.named(case),
            "section_47_id": Chosen(enquiry_ids, np.where(is_review | cases.transfer_in[case], -1, enquiry_of[case])),
            "cp_plan_id": plans.named(np.where(is_review, plan, -1)),
            "kind": codes(("initial", "transfer_in", "pre_birth", "review"), kind),
            "requested_on": requested,
            "held_on": held,
            "due_on": due,
            "outcome": codes(("plan_made", "no_plan", "plan_continued", "plan_ended"), outcome),
            "quorate": happens(rng, 0.96, len(case)),
            "participation": codes(PARTICIPATION, participation(rng, held - born)),
        },
        by=desk.worker(case, held),
    )
    conference_of = np.full(cases.count, -1)
    conference_of[first] = np.arange(len(first))
    groups_of, met = repeated(
        rng,
        plans.start,
        np.minimum(plans.end, tabulator.as_at),
        27,
        first=_first_group(rng, plans),
        late=book.value("core_group.late"),
    )
    return {
        "conferences": conferences,
        **_protection_plans(
            rng, tabulator, book, history, desk, plans, Chosen(conference_ids, conference_of[plans.case])
        ),
        "core_groups": tabulator.table(
            "core_groups",
            {
                "core_group_id": tabulator.identifiers("CG", len(met)),
                "child_id": children.named(cases.child[plans.case[groups_of]]),
                "cp_plan_id": plans.named(groups_of),
                "held_on": met,
            },
            by=desk.worker(plans.case[groups_of], met),
        ),
    }


def _first_group(rng: np.random.Generator, plans: Plans) -> Whole:
    """Days to the first core group: within ten working days for most."""
    count = len(plans.case)
    worked = np.where(happens(rng, 0.88, count), spread(rng, 4, 10, count), spread(rng, 11, 22, count))
    return plus_working_days(plans.start, worked) - plans.start


def _reviews(rng: np.random.Generator, plans: Plans) -> tuple[Whole, Whole]:
    """Review conferences: by three months, then by six, the last on the day the plan ends. A few are late."""
    first = np.minimum(spread(rng, 75, 91, len(plans.case)) + 20 * happens(rng, 0.05, len(plans.case)), 130)
    owner, day = repeated(rng, plans.start, plans.end - 21, 168, first=first, unsteady=0.08, late=0.03)
    last = np.flatnonzero(plans.end - plans.start > 40)
    owner = np.concatenate([owner, last])
    day = np.concatenate([day, plans.end[last]])
    order = np.lexsort((day, owner))
    return owner[order], day[order]


def _protection_plans(
    rng: np.random.Generator,
    tabulator: Tabulator,
    book: Parameters,
    history: History,
    desk: Desk,
    plans: Plans,
    conference: Chosen,
) -> dict[str, pl.DataFrame]:
    cases, children = history.cases, history.children
    count = len(plans.case)
    child = cases.child[plans.case]
    drawn = chosen(rng, book.shares("protection.category"), len(history.lives.courses.kind))
    initial = drawn[cases.course[plans.case]]
    changes = happens(rng, 0.07, count) & (plans.end - plans.start > 150)
    changed_on = plans.start + spread(rng, 84, 130, count)
    later = np.where(changes & (changed_on <= tabulator.as_at), (initial + 1 + rng.integers(0, 3, count)) % 4, initial)
    order = np.lexsort((plans.start, child))
    earlier = np.empty(count, dtype=np.int64)
    same = np.concatenate(([False], child[order][1:] == child[order][:-1])) if count else np.array([], dtype=np.bool_)
    run = np.arange(count) - np.maximum.accumulate(np.where(same, 0, np.arange(count)))
    earlier[order] = run
    frame = tabulator.table(
        "cp_plans",
        {
            "cp_plan_id": plans.identifiers,
            "child_id": children.named(child),
            "referral_id": cases.named(plans.case),
            "conference_id": conference,
            "started_on": plans.start,
            "ended_on": plans.end,
            "initial_category": codes(CATEGORIES, initial),
            "latest_category": codes(CATEGORIES, later),
            "previous_plans": earlier,
            "temporary_other_authority": np.zeros(count, dtype=np.bool_),
            "pre_birth": children.born[child] > plans.start,
            "team": desk.team(plans.case, np.minimum(plans.end, tabulator.as_at)),
            "worker_id": desk.worker(plans.case, np.minimum(plans.end, tabulator.as_at)),
        },
        by=desk.worker(plans.case, plans.start),
    )
    changed = np.flatnonzero(later != initial)
    rows = np.concatenate([np.arange(count), changed])
    second = np.arange(len(rows)) >= count
    categories = tabulator.table(
        "cp_plan_categories",
        {
            "cp_plan_id": plans.named(rows),
            "child_id": children.named(child[rows]),
            "category": codes(CATEGORIES, np.where(second, later[rows], initial[rows])),
            "started_on": np.where(second, changed_on[rows], plans.start[rows]),
        },
        by=desk.worker(plans.case[rows], plans.start[rows]),
    )
    return {"cp_plans": frame, "cp_plan_categories": categories}


def _need_tables(
    rng: np.random.Generator, tabulator: Tabulator, history: History, desk: Desk, needs: Plans
) -> dict[str, pl.DataFrame]:
    cases, children = history.cases, history.children
    child = cases.child[needs.case]
    frame = tabulator.table(
        "cin_plans",
        {
            "cin_plan_id": needs.identifiers,
            "child_id": children.named(child),
            "referral_id": cases.named(needs.case),
            "started_on": needs.start,
            "ended_on": needs.end,
            "team": desk.team(needs.case, np.minimum(needs.end, tabulator.as_at)),
            "worker_id": desk.worker(needs.case, np.minimum(needs.end, tabulator.as_at)),
        },
        by=desk.worker(needs.case, needs.start),
    )
    owner, held = repeated(rng, needs.start, np.minimum(needs.end, tabulator.as_at), 70, unsteady=0.25, late=0.12)
    reviews = tabulator.table(
        "cin_reviews",
        {
            "cin_review_id": tabulator.identifiers("NR", len(held)),
            "child_id": children.named(child[owner]),
            "cin_plan_id": needs.named(owner),
            "held_on": held,
        },
        by=desk.worker(needs.case[owner], held),
    )
    return {"cin_plans": frame, "cin_reviews": reviews}
