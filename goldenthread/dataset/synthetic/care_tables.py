"""care_periods, care_episodes, legal_statuses, placements and placement plans."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from goldenthread.dataset.synthetic import names
from goldenthread.dataset.synthetic.care import (
    ADOPTIVE,
    ALONE,
    CARER_ADOPTS,
    HOSTEL,
    KIN,
    KIN_LONG,
    LEGAL,
    PARENTS,
    TYPES,
    YOI,
    CarePeriods,
    Placements,
    Statuses,
    episodes,
)
from goldenthread.dataset.synthetic.care_planning import planning_tables
from goldenthread.dataset.synthetic.cases import History
from goldenthread.dataset.synthetic.chance import (
    Mask,
    Real,
    Whole,
    birthday,
    chosen,
    happens,
    plus_working_days,
    skewed,
    spread,
    stream,
)
from goldenthread.dataset.synthetic.desk import Desk
from goldenthread.dataset.synthetic.durations import ADOPTION, GUARDIANSHIP, HOME, STAYS
from goldenthread.dataset.synthetic.front_door_tables import primary_need
from goldenthread.dataset.synthetic.parameters import Parameters
from goldenthread.dataset.synthetic.tabulate import Chosen, Tabulator, at_time, codes

ENDS = ("E4A", "E4B", "E45", "E46", "E47", "E11", "E12", "E5", "E6", "E17", "E8", "X1")
PROVIDERS = ("PR0", "PR1", "PR2", "PR4", "PR5")
UNREGISTERED = (HOSTEL, ALONE)
NO_NUMBER_YET = "XXXXXXX"
"""What an episode says of a home whose number is not known yet (SSDA903 guide, URN)."""


@dataclass(frozen=True, slots=True)
class _Homes:
    """Where each placement is: provider, postcode, authority, distance."""

    provider: Whole
    postcode: Chosen
    away: Mask
    authority: Whole
    distance: Real
    urn: Chosen


def care_tables(
    tabulator: Tabulator,
    book: Parameters,
    history: History,
    desk: Desk,
    care: CarePeriods,
    placed: Placements,
    legal: Statuses,
) -> dict[str, pl.DataFrame]:
    """The tables of a looked-after child, health and education apart."""
    rng = stream(tabulator.seed, tabulator.district, "care tables")
    ends = _end_reason(rng, care)
    need = primary_need(tabulator, history, history.cases)[care.case]
    homes = _homes(rng, placed)
    return {
        "care_periods": _periods(rng, tabulator, history, desk, care, ends, need),
        "care_episodes": _episodes(rng, tabulator, history, desk, care, placed, legal, ends, need, homes),
        "legal_statuses": _legal(tabulator, history, desk, care, legal),
        **_placements(rng, tabulator, book, history, desk, care, placed, homes),
        **planning_tables(tabulator, book, history, desk, care),
    }


def _end_reason(rng: np.random.Generator, care: CarePeriods) -> Whole:
    count = care.count
    adult = birthday(care.born, 18)
    home = np.where(happens(rng, 0.8, count), 0, 1)
    guardian = 2 + chosen(rng, np.array([35.0, 10, 55]), count)
    adopted = np.where(happens(rng, 0.35, count), 5, 6)
    grown = np.where(happens(rng, 0.3, count), 9, 7)
    early = np.where(care.end >= adult, grown, np.where(happens(rng, 0.6, count), 0, 10))
    return np.select(
        [care.ending == HOME, care.ending == GUARDIANSHIP, care.ending == ADOPTION, care.ending == STAYS],
        [np.where(care.end >= adult, grown, home), np.where(care.end >= adult, grown, guardian), adopted, early],
        np.where(care.end >= adult, grown, 8),
    )


def _periods(
    rng: np.random.Generator,
    tabulator: Tabulator,
    history: History,
    desk: Desk,
    care: CarePeriods,
    ends: Whole,
    need: Whole,
) -> pl.DataFrame:
    count = care.count
    last = np.minimum(care.end, tabulator.as_at)
    return tabulator.table(
        "care_periods",
        {
            "care_period_id": care.identifiers,
            "child_id": history.children.named(care.child),
            "referral_id": history.cases.named(care.case),
            "started_on": care.start,
            "started_at": at_time(rng, care.start, 8.0, 23.5),
            "ended_on": care.end,
            "end_reason": codes(ENDS, ends, care.end),
            "category_of_need": codes([f"N{n}" for n in range(1, 10)], need),
            "short_breaks_only": np.zeros(count, dtype=np.bool_),
            "reviewing_officer_appointed_on": plus_working_days(care.start, spread(rng, 0, 6, count)),
            "reviewing_officer_seen_on": np.maximum(last - spread(rng, 5, 150, count), care.start),
            "team": desk.team(care.case, last),
            "worker_id": desk.worker(care.case, last),
        },
        by=desk.worker(care.case, care.start),
    )


def _homes(rng: np.random.Generator, placed: Placements) -> _Homes:
    count = len(placed.kind)
    foster = placed.kind <= KIN_LONG
    own = np.where(placed.kind >= KIN, 1, np.where(happens(rng, 0.62, count), 1, 3))
    residential = np.where(happens(rng, 0.25, count), 1, 3)
    provider = np.where(
        placed.kind == PARENTS, 0, np.where(foster, own, np.where(placed.kind == ADOPTIVE, 1, residential))
    )
    near = rng.gamma(1.8, 1.9, count)
    far = 8 + rng.gamma(1.6, 14.0, count)
    miles = np.where(placed.kind == PARENTS, 0.0, np.where(placed.away, far, np.minimum(near, 9.0)))
    area = np.where(placed.away, 5 + rng.integers(0, 4, count), 1 + rng.integers(0, 4, count))
    sector, unit = rng.integers(1, 10, count), rng.integers(0, 20 * 20, count)
    postcodes = pl.Series(
        [
            f"ZZ{area} {sector}{chr(65 + first)}{chr(65 + second)}"
            for area in range(1, 9)
            for sector in range(1, 10)
            for first in range(20)
            for second in range(20)
        ]
    )
    place = ((area - 1) * 9 + sector - 1) * 400 + unit
    # Who is adopted by the carers stays where the placement before was.
    same = np.arange(count) - (placed.kind == CARER_ADOPTS)
    provider, miles, place, away = provider[same], miles[same], place[same], placed.away[same]
    # No number of Ofsted's begins with SX. Homes of the kinds that only lately had to have one have none yet.
    urns = pl.Series([*(f"SX{number:05d}" for number in range(400)), NO_NUMBER_YET])
    registered = ~np.isin(placed.kind, (PARENTS, YOI, *UNREGISTERED))
    number = np.where(registered, place % 400, np.where(np.isin(placed.kind, UNREGISTERED), len(urns) - 1, -1))
    return _Homes(
        provider=provider,
        postcode=Chosen(postcodes, place),
        away=away,
        authority=np.where(away, 1 + place % len(names.NEIGHBOURS), 0),
        distance=np.round(miles, 1).astype(np.float64),
        urn=Chosen(urns, number),
    )


AUTHORITIES = (names.AUTHORITY_NAME, *names.NEIGHBOURS)


def _kind_on(kind: Whole) -> Chosen:
    return codes(TYPES, kind)


def _episodes(
    rng: np.random.Generator,
    tabulator: Tabulator,
    history: History,
    desk: Desk,
    care: CarePeriods,
    placed: Placements,
    legal: Statuses,
    ends: Whole,
    need: Whole,
    homes: _Homes,
) -> pl.DataFrame:
    period, start, end, placement, status = episodes(placed, legal, care)
    count = len(period)
    first = np.concatenate(([True], period[1:] != period[:-1])) if count else np.array([], dtype=np.bool_)
    moved = placed.start[placement] == start
    changed = legal.start[status] == start
    stays = placed.kind[placement] == CARER_ADOPTS
    with_move = np.where(stays, np.where(changed, 4, 3), np.where(changed, 5, 1))
    reason = np.where(first, 0, np.where(moved, with_move, 2))
    last = end >= care.end[period]
    # The return gives the reason on the episode that the move ended, not on the one it began.
    moves_next = np.concatenate(((moved & ~first)[1:], [False])) if count else first
    why = np.where(moves_next, chosen(rng, np.array([34.0, 6, 3, 4, 2, 22, 12, 7, 6, 4]), count), -1)
    return tabulator.table(
        "care_episodes",
        {
            "care_episode_id": tabulator.identifiers("LE", count),
            "child_id": history.children.named(care.child[period]),
            "care_period_id": care.named(period),
            "started_on": start,
            "start_reason": codes(("S", "P", "L", "T", "U", "B"), reason),
            "legal_status": codes(LEGAL, legal.status[status]),
            "category_of_need": codes([f"N{n}" for n in range(1, 10)], need[period]),
            "placement_type": _kind_on(placed.kind[placement]),
            "placement_provider": codes(PROVIDERS, homes.provider[placement]),
            "placement_change_reason": codes(CHANGES, why, end),
            "home_postcode": Chosen(homes.postcode.labels, care.child[period] * 37 % (4 * 3600)),
            "placement_postcode": Chosen(homes.postcode.labels, homes.postcode.position[placement]),
            "urn": Chosen(homes.urn.labels, homes.urn.position[placement]),
            "placement_authority": codes(AUTHORITIES, homes.authority[placement]),
            "placement_location": codes(("IN", "OUT"), homes.away[placement].astype(np.int64)),
            "placement_distance": homes.distance[placement],
            "ended_on": end,
            "end_reason": codes(ENDS, np.where(last, ends[period], len(ENDS) - 1), end),
        },
        by=desk.worker(care.case[period], start),
    )


CHANGES = ("CARPL", "CREQB", "CLOSE", "STAND", "ALLEG", "CREQO", "LAREQ", "CHILD", "OTHER", "PLACE")


def _legal(tabulator: Tabulator, history: History, desk: Desk, care: CarePeriods, legal: Statuses) -> pl.DataFrame:
    return tabulator.table(
        "legal_statuses",
        {
            "legal_status_id": tabulator.identifiers("LS", len(legal.period)),
            "child_id": history.children.named(care.child[legal.period]),
            "care_period_id": care.named(legal.period),
            "legal_status": codes(LEGAL, legal.status),
            "started_on": legal.start,
            "ended_on": legal.end,
        },
        by=desk.worker(care.case[legal.period], legal.start),
    )


def _placements(
    rng: np.random.Generator,
    tabulator: Tabulator,
    book: Parameters,
    history: History,
    desk: Desk,
    care: CarePeriods,
    placed: Placements,
    homes: _Homes,
) -> dict[str, pl.DataFrame]:
    """Placements with the few short absences inside them, and the plan agreed for each."""
    count = len(placed.period)
    stay = np.minimum(placed.end, tabulator.as_at) - placed.start
    absent = np.flatnonzero((stay > 60) & happens(rng, book.value("placement.temporary_absence"), count))
    begin = placed.start[absent] + spread(rng, 20, 45, len(absent))
    row = np.concatenate([np.arange(count), absent])
    temporary = np.arange(len(row)) >= count
    start = np.concatenate([placed.start, begin])
    end = np.concatenate([placed.end, begin + spread(rng, 1, 7, len(absent))])
    kinds = np.where(temporary, len(TYPES) + rng.integers(0, 3, len(row)), placed.kind[row])
    identifiers = tabulator.identifiers("PL", len(row))
    period = placed.period[row]
    planned = start + _days_to_agree(rng, len(row))
    agreed = np.flatnonzero(happens(rng, 0.93, len(row)) & ~temporary & (planned <= end))
    frame = tabulator.table(
        "placements",
        {
            "placement_id": identifiers,
            "child_id": history.children.named(care.child[period]),
            "care_period_id": care.named(period),
            "started_on": start,
            "ended_on": end,
            "placement_type": codes((*TYPES, "T1", "T2", "T3"), kinds),
            "placement_provider": codes(PROVIDERS, homes.provider[row]),
            "change_reason": codes(
                CHANGES,
                np.where(
                    temporary | placed.last[row],
                    -1,
                    chosen(rng, np.array([34.0, 22, 3, 4, 2, 12, 6, 7, 6, 4]), len(row)),
                ),
                end,
            ),
            "emergency": (placed.number[row] == 0) & care.emergency[period],
            "temporary": temporary,
            "urn": Chosen(
                homes.urn.labels, np.where(np.isin(placed.kind[row], UNREGISTERED), -1, homes.urn.position[row])
            ),
            "postcode": Chosen(homes.postcode.labels, homes.postcode.position[row]),
            "authority": codes(AUTHORITIES, homes.authority[row]),
            "location": codes(("IN", "OUT"), homes.away[row].astype(np.int64)),
            "distance": homes.distance[row],
        },
        by=desk.worker(care.case[period], start),
    )
    plans = tabulator.table(
        "placement_plans",
        {
            "placement_plan_id": tabulator.identifiers("PP", len(agreed)),
            "child_id": history.children.named(care.child[period[agreed]]),
            "placement_id": Chosen(identifiers, agreed),
            "agreed_on": planned[agreed],
            "delegated_authority_recorded": happens(rng, 0.9, len(agreed)),
        },
        by=desk.worker(care.case[period[agreed]], planned[agreed]),
    )
    return {"placements": frame, "placement_plans": plans}


def _days_to_agree(rng: np.random.Generator, count: int) -> Whole:
    return np.where(happens(rng, 0.8, count), spread(rng, 0, 7, count), skewed(rng, 14, 0.6, count))
