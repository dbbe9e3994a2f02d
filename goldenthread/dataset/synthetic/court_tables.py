"""Police protection, emergency orders, gateway meetings, pre-proceedings and proceedings."""

from __future__ import annotations

import numpy as np
import polars as pl

from goldenthread.dataset.synthetic.care import HOMES_TYPE, CarePeriods, Placements
from goldenthread.dataset.synthetic.cases import History
from goldenthread.dataset.synthetic.chance import (
    NONE,
    Whole,
    birthday,
    chosen,
    happens,
    known,
    plus_working_days,
    spread,
    stream,
)
from goldenthread.dataset.synthetic.desk import Desk
from goldenthread.dataset.synthetic.durations import ADOPTION, GUARDIANSHIP, HOME, STAYS
from goldenthread.dataset.synthetic.parameters import Parameters
from goldenthread.dataset.synthetic.protection_tables import Plans
from goldenthread.dataset.synthetic.tabulate import DAY_US, MINUTE_US, Tabulator, codes


def court_tables(
    tabulator: Tabulator,
    book: Parameters,
    history: History,
    desk: Desk,
    care: CarePeriods,
    placed: Placements,
    plans: Plans,
) -> dict[str, pl.DataFrame]:
    """police_protections, emergency_orders, gateway_meetings, pre_proceedings, proceedings and
    deprivation_of_liberty_orders."""
    rng = stream(tabulator.seed, tabulator.district, "court")
    return {
        **_emergencies(rng, tabulator, book, history, desk, care),
        **_before_court(rng, tabulator, book, history, desk, care, plans),
        "proceedings": _proceedings(rng, tabulator, history, desk, care),
        "deprivation_of_liberty_orders": _liberty(tabulator, book, history, desk, care, placed),
    }


def _liberty(
    tabulator: Tabulator, book: Parameters, history: History, desk: Desk, care: CarePeriods, placed: Placements
) -> pl.DataFrame:
    """Of a few older children, in one placement in a children's home: where such orders are expected to be used."""
    rng = stream(tabulator.seed, tabulator.district, "liberty")
    share = book.value("court.deprived_of_liberty")
    home = np.flatnonzero((placed.kind == HOMES_TYPE) & happens(rng, share, len(placed.kind)))
    period = placed.period[home]
    made = np.maximum(placed.start[home], birthday(care.born[period], 12)) + spread(rng, 2, 30, len(home))
    long_enough = made < placed.end[home] - 1
    home, period, made = home[long_enough], period[long_enough], made[long_enough]
    return tabulator.table(
        "deprivation_of_liberty_orders",
        {
            "deprivation_of_liberty_order_id": tabulator.identifiers("DL", len(home)),
            "child_id": history.children.named(care.child[period]),
            "started_on": made,
            "ended_on": np.minimum(made + spread(rng, 28, 168, len(home)), placed.end[home]),
        },
        by=desk.worker(care.case[period], made),
    )


def _emergencies(
    rng: np.random.Generator, tabulator: Tabulator, book: Parameters, history: History, desk: Desk, care: CarePeriods
) -> dict[str, pl.DataFrame]:
    """Police protection at the start of some periods of care, and in a few cases that end with the child going back."""
    cases = history.cases
    row = np.flatnonzero(care.emergency)
    back = np.flatnonzero(
        known(cases.enquiry) & ~known(cases.care_start) & happens(rng, book.value("court.police_released"), cases.count)
    )
    case = np.concatenate([care.case[row], back])
    day = np.concatenate([care.start[row], cases.enquiry[back]])
    released = np.arange(len(case)) >= len(row)
    begun = day * DAY_US + rng.integers(7 * 60, 20 * 60, len(case)) * MINUTE_US
    hours = np.where(released, rng.uniform(3, 40, len(case)), rng.uniform(10, 71, len(case)))
    ended = begun + (hours * 60).astype(np.int64) * MINUTE_US
    ordered = ~released & happens(rng, 0.4, len(case))
    outcome = np.where(released, 0, np.where(ordered, 1, 2))
    protections = tabulator.table(
        "police_protections",
        {
            "police_protection_id": tabulator.identifiers("PC", len(case)),
            "child_id": history.children.named(cases.child[case]),
            "started_on": day,
            "started_at": begun,
            "ended_on": ended // DAY_US,
            "ended_at": ended,
            "outcome": codes(("released", "emergency_order", "accommodated"), outcome, ended // DAY_US),
        },
        by=desk.worker(case, day),
    )
    held = np.flatnonzero(ordered)
    made = ended[held] // DAY_US
    longer = happens(rng, 0.2, len(held))
    orders = tabulator.table(
        "emergency_orders",
        {
            "emergency_order_id": tabulator.identifiers("EO", len(held)),
            "child_id": history.children.named(cases.child[case[held]]),
            "kind": codes(("emergency_protection",), np.zeros(len(held), dtype=np.int64)),
            "made_on": made,
            "begins_on": made,
            "applicant": codes(("authority",), np.zeros(len(held), dtype=np.int64)),
            "extended_on": np.where(longer, made + 7, NONE),
            "extension_begins_on": np.where(longer, made + 8, NONE),
            "ended_on": made + np.where(longer, 12, spread(rng, 3, 7, len(held))),
        },
        by=desk.worker(case[held], made),
    )
    return {"police_protections": protections, "emergency_orders": orders}


def _before_court(
    rng: np.random.Generator,
    tabulator: Tabulator,
    book: Parameters,
    history: History,
    desk: Desk,
    care: CarePeriods,
    plans: Plans,
) -> dict[str, pl.DataFrame]:
    """Pre-proceedings: before most applications, and for some plans that step down instead."""
    cases = history.cases
    went = np.flatnonzero(
        known(care.issued) & (care.issued > cases.referred[care.case] + 90) & happens(rng, 0.6, care.count)
    )
    stayed = np.flatnonzero(
        ~known(cases.care_start[plans.case])
        & (plans.end - plans.start > 200)
        & happens(rng, book.value("court.pre_proceedings_step_down"), len(plans.case))
    )
    case = np.concatenate([care.case[went], plans.case[stayed]])
    issued = np.arange(len(case)) < len(went)
    ended = np.concatenate([care.issued[went], plans.start[stayed] + spread(rng, 150, 199, len(stayed))])
    earliest = np.concatenate([cases.referred[care.case[went]] + 20, plans.start[stayed] + 20])
    started = np.maximum(ended - spread(rng, 60, 170, len(case)), earliest)
    letter = started + spread(rng, 2, 20, len(case))
    offered = happens(rng, 0.85, len(case))
    pre = tabulator.table(
        "pre_proceedings",
        {
            "pre_proceedings_id": tabulator.identifiers("PR", len(case)),
            "child_id": history.children.named(cases.child[case]),
            "started_on": started,
            "letter_sent_on": np.minimum(letter, ended),
            "family_group_offered": offered,
            "family_group_held": offered & happens(rng, 0.5, len(case)),
            "family_group_offered_on": np.where(offered, np.minimum(letter + 5, ended), NONE),
            "first_meeting_on": np.minimum(letter + spread(rng, 7, 25, len(case)), ended),
            "review_meetings": rng.integers(0, 4, len(case)),
            "ended_on": ended,
            "outcome": codes(("issued", "child_protection", "child_in_need"), _fate(rng, issued), ended),
        },
        by=desk.worker(case, started),
    )
    asked = np.concatenate(
        [started - spread(rng, 3, 10, len(case)), np.where(issued, ended - spread(rng, 1, 8, len(case)), NONE)]
    )
    whose = np.tile(case, 2)
    first = np.arange(len(whose)) < len(case)
    asked = np.where(known(asked), np.maximum(asked, cases.referred[whose]), NONE)
    meetings = tabulator.table(
        "gateway_meetings",
        {
            "gateway_meeting_id": tabulator.identifiers("GM", len(whose)),
            "child_id": history.children.named(cases.child[whose]),
            "held_on": asked,
            "outcome": codes(("pre_proceedings", "issue"), np.where(first, 0, 1)),
        },
        by=desk.worker(whose, np.maximum(asked, 0)),
    )
    return {"gateway_meetings": meetings, "pre_proceedings": pre}


def _fate(rng: np.random.Generator, issued: np.ndarray) -> Whole:
    return np.where(issued, 0, 1 + happens(rng, 0.6, len(issued))).astype(np.int64)


def _proceedings(
    rng: np.random.Generator, tabulator: Tabulator, history: History, desk: Desk, care: CarePeriods
) -> pl.DataFrame:
    """Care proceedings, and placement order proceedings for children with a plan of adoption."""
    for_care = np.flatnonzero(known(care.issued))
    for_placement = np.flatnonzero(known(care.placement_order))
    row = np.concatenate([for_care, for_placement])
    placing = np.arange(len(row)) >= len(for_care)
    concluded = np.where(placing, care.placement_order[row], care.concluded[row])
    issued = np.where(
        placing, np.maximum(concluded - spread(rng, 40, 120, len(row)), care.decided[row] + 1), care.issued[row]
    )
    issued = np.minimum(issued, concluded)
    hearing = np.minimum(plus_working_days(issued, spread(rng, 12, 24, len(row))), concluded)
    long = concluded - issued > 182
    ending = care.ending[row]
    home = 1 + 4 * happens(rng, 0.3, len(row))
    order = np.select([ending == STAYS, ending == ADOPTION, ending == GUARDIANSHIP, ending == HOME], [0, 0, 2, home], 0)
    order = np.where(placing, 4, order)
    supervised = order == 1
    return tabulator.table(
        "proceedings",
        {
            "proceedings_id": tabulator.identifiers("CT", len(row)),
            "child_id": history.children.named(care.child[row]),
            "kind": codes(("care", "placement"), placing.astype(np.int64)),
            "court_reference": pl.Series(
                [
                    f"ZZ{number:02d}C{serial:05d}"
                    for number, serial in zip(
                        (issued % 90).tolist(), (history.cases.course[care.case[row]] % 99_999).tolist(), strict=True
                    )
                ],
                dtype=pl.String,
            ),
            "issued_on": issued,
            "documents_filed_on": np.minimum(plus_working_days(issued, spread(rng, 0, 3, len(row))), concluded),
            "case_management_hearing_on": np.where(placing, NONE, hearing),
            "extended_until": np.where(
                long & ~placing & (issued + 170 <= tabulator.as_at),
                issued + 182 + 56 * chosen(rng, np.array([3.0, 2, 1]), len(row)),
                NONE,
            ),
            "concluded_on": concluded,
            "outcome": codes(
                (
                    "care_order",
                    "supervision_order",
                    "special_guardianship_order",
                    "child_arrangements_order",
                    "placement_order",
                    "no_order",
                ),
                order,
                concluded,
            ),
            "order_ends_on": np.where(supervised & (concluded <= tabulator.as_at), concluded + 365, NONE),
        },
        by=desk.worker(care.case[row], issued),
    )
