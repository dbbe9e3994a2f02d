"""Plans of adoption, and the people who come forward to adopt, some of whom leave on the way."""

from __future__ import annotations

import numpy as np
import polars as pl

from goldenthread.dataset.synthetic.care import CARER_ADOPTS, CarePeriods, Placements
from goldenthread.dataset.synthetic.cases import History
from goldenthread.dataset.synthetic.chance import (
    NONE,
    YEAR,
    chosen,
    happens,
    known,
    spread,
    stream,
)
from goldenthread.dataset.synthetic.desk import Desk
from goldenthread.dataset.synthetic.families import arrivals
from goldenthread.dataset.synthetic.parameters import Parameters
from goldenthread.dataset.synthetic.tabulate import Tabulator, codes

ETHNICITIES = ("WBRI", "WOTH", "MWAS", "AIND", "BCRB", "OOTH")


def adoption_tables(
    tabulator: Tabulator,
    book: Parameters,
    history: History,
    desk: Desk,
    care: CarePeriods,
    homes: Placements,
    since: int,
    population: float,
) -> dict[str, pl.DataFrame]:
    """adoptions and adopters."""
    rng = stream(tabulator.seed, tabulator.district, "adoption")
    row = np.flatnonzero(known(care.decided) & (care.decided <= tabulator.as_at))
    count = len(row)
    placed, matched = care.placed[row], care.matched[row]
    adopted = np.where(known(placed), care.end[row], NONE)
    reason = codes(
        ("RD1", "RD2", "RD3", "RD4"), chosen(rng, np.array([35.0, 10, 35, 20]), count), care.reversed_on[row]
    )
    early = np.isin(row, homes.period[homes.kind == CARER_ADOPTS])
    adopters = happens(rng, 0.85, count)
    sex = np.where(adopters, np.where(happens(rng, 0.12, count), 2, 3), np.where(happens(rng, 0.9, count), 1, 0))
    status = np.where(adopters, np.where(sex == 3, 1, 2), 0)
    family = np.where(known(matched), history.children.family[care.child[row]], 0)
    adoptions = tabulator.table(
        "adoptions",
        {
            "adoption_id": tabulator.identifiers("AD", count),
            "child_id": history.children.named(care.child[row]),
            "care_period_id": care.named(row),
            "family_id": codes([f"AF{n:06d}" for n in range(200)], np.where(known(matched), family % 200, -1), matched),
            "panel_on": care.decided[row] - spread(rng, 2, 12, count),
            "decided_on": care.decided[row],
            "placement_order_on": care.placement_order[row],
            "matched_on": matched,
            "placed_on": placed,
            "adopted_on": adopted,
            "reversed_on": care.reversed_on[row],
            "reversed_reason": reason,
            "fostered_for_adoption_on": np.where(early, np.maximum(care.start[row], placed - 200), NONE),
            "adopted_by_carer": np.where(known(adopted) & (adopted <= tabulator.as_at), early.astype(np.int64), -1),
            "number_of_adopters": np.where(known(matched) & (matched <= tabulator.as_at), 1 + adopters, NONE),
            "sex_of_adopters": codes(("M1", "F1", "MM", "MF"), sex, matched),
            "adopters_legal_status": codes(("L0", "L11", "L4"), status, matched),
        },
        by=desk.worker(care.case[row], care.decided[row]),
    )
    return {"adoptions": adoptions, "adopters": _adopters(rng, tabulator, book, since, population)}


def _adopters(
    rng: np.random.Generator, tabulator: Tabulator, book: Parameters, since: int, population: float
) -> pl.DataFrame:
    """Each household that enquires, one row an adopter, through two stages to approval, a match and an order."""
    enquired = arrivals(rng, book, "adoption.enquiries", since, tabulator.as_at, population)
    homes = len(enquired)
    steps = [enquired]
    for low, high in ((10, 60), (50, 80), (5, 40), (110, 160), (5, 30), (10, 40), (30, 300), (15, 60), (120, 300)):
        steps.append(steps[-1] + spread(rng, low, high, homes))
    # The last step that a household takes: some leave after enquiring, some in either stage, some are never matched.
    last = np.array([0, 2, 4, 6, 9])[chosen(rng, np.array([22.0, 12, 8, 14, 44]), homes)]
    fate = [np.where(np.minimum(last, 9) >= n, steps[n], NONE) for n in range(len(steps))]
    left = np.where(last < 6, np.vstack(steps)[last, np.arange(homes)] + spread(rng, 5, 90, homes), NONE)
    people = 1 + happens(rng, 0.85, homes)
    owner = np.repeat(np.arange(homes), people)
    second = np.concatenate(([False], owner[1:] == owner[:-1])) if homes else np.array([], dtype=np.bool_)
    same = happens(rng, 0.15, homes)
    lead = rng.integers(0, 2, homes)
    gender = np.where(second & ~same[owner], 1 - lead[owner], lead[owner])
    columns = (
        "enquired_on",
        "stage_one_started_on",
        "stage_one_ended_on",
        "stage_two_started_on",
        "stage_two_ended_on",
        "applied_on",
        "approved_on",
        "matched_on",
        "placed_on",
        "adopted_on",
    )
    children = 1 + happens(rng, 0.25, homes)
    placed = fate[8]
    return tabulator.table(
        "adopters",
        {
            "adopter_id": tabulator.identifiers("AA", len(owner)),
            "family_id": codes([f"AF{n:06d}" for n in range(200, 200 + max(homes, 1))], owner),
            "gender": codes(("1", "2"), gender),
            "ethnicity": codes(ETHNICITIES, chosen(rng, np.array([86.0, 6, 2, 2, 2, 2]), homes)[owner]),
            "disabled": happens(rng, 0.04, len(owner)),
            "fostering_for_adoption": happens(rng, 0.15, homes)[owner],
            **{name: fate[n][owner] for n, name in enumerate(columns)},
            "reviewed_on": np.where(known(fate[6]) & (fate[6] + 365 < tabulator.as_at), fate[6] + int(YEAR), NONE)[
                owner
            ],
            "children_placed": np.where(known(placed) & (placed <= tabulator.as_at), children, NONE)[owner],
            "left_on": left[owner],
            "leaving_reason": codes(("1", "2", "3"), chosen(rng, np.array([70.0, 22, 8]), homes)[owner], left[owner]),
        },
    )
