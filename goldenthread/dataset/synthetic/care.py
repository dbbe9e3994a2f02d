"""Periods of being looked after: the way to permanence, the legal statuses and the placements, one after another.

SSDA903 episodes are what is left when the changes of legal status and of placement are laid over each other.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from goldenthread.dataset.synthetic.cases import History
from goldenthread.dataset.synthetic.chance import (
    NONE,
    YEAR,
    Mask,
    Real,
    Whole,
    birthday,
    chosen_by_row,
    happens,
    known,
    order_within,
    ordinal,
    repeated,
    spread,
    stream,
)
from goldenthread.dataset.synthetic.durations import ADOPTION, GUARDIANSHIP, STAYS
from goldenthread.dataset.synthetic.parameters import Parameters
from goldenthread.dataset.synthetic.tabulate import Chosen, Tabulator

LEGAL = ("V2", "C1", "C2", "E1", "L1", "J1")
SECTION_20, INTERIM, CARE_ORDER, PLACEMENT_ORDER, POLICE, REMAND = range(6)

TYPES = ("U6", "U4", "U3", "U1", "P1", "K2", "H5", "P2", "S1", "R3", "K1", "A6", "R5", "K3", "A5")
"""The placement types drawn from; the order is that of the shares in `placement.type_*`. K3 is not drawn, but stands
for H5 and P2 once they were no more; nor is A5, which is A6 where the carer adopts."""
(
    STRANGER, LONG_TERM, KIN, KIN_LONG, PARENTS, HOMES_TYPE, HOSTEL, ALONE, SCHOOL, FAMILY_CENTRE, SECURE, ADOPTIVE,
    YOI, SUPPORTED, CARER_ADOPTS,
) = range(15)  # fmt: skip
SUPPORTED_FROM = ordinal(date(2023, 10, 28))
"""Supported accommodation must be registered from this day (Supported Accommodation (England) Regulations 2023)."""
RETIRED_FROM = ordinal(date(2025, 4, 1))
"""H5 and P2 are no codes of the collection of 2025/26."""


@dataclass(frozen=True, slots=True)
class CarePeriods:
    """A row a period of being looked after. Days of the way to adoption are none for the children who are not on it."""

    case: Whole
    child: Whole
    born: Whole
    start: Whole
    end: Whole
    ending: Whole
    emergency: Mask
    issued: Whole
    concluded: Whole
    decided: Whole
    placement_order: Whole
    matched: Whole
    placed: Whole
    reversed_on: Whole
    identifiers: pl.Series

    @property
    def count(self) -> int:
        return len(self.case)

    def named(self, row: Whole) -> Chosen:
        return Chosen(self.identifiers, row)

    def until(self, as_at: int) -> Whole:
        """The last whole day of each period, or the as-at day while it is open."""
        return np.minimum(np.maximum(self.end - 1, self.start), as_at)

    def visit_days(self, rng: np.random.Generator, book: Parameters, as_at: int) -> tuple[Whole, Whole]:
        """Visits to looked-after children: within a week, then every few weeks."""
        first = spread(rng, 1, 7, self.count) + 6 * happens(rng, 0.12, self.count)
        return repeated(
            rng,
            self.start,
            self.until(as_at),
            book.value("visits.care_gap"),
            first=first,
            unsteady=0.22,
            late=book.value("visits.care_late"),
        )


@dataclass(frozen=True, slots=True)
class Placements:
    """A row a placement. `kind` is a position in `TYPES`."""

    period: Whole
    start: Whole
    end: Whole
    kind: Whole
    away: Mask
    last: Mask
    number: Whole


@dataclass(frozen=True, slots=True)
class Statuses:
    """A row a legal status. `status` is a position in `LEGAL`."""

    period: Whole
    start: Whole
    end: Whole
    status: Whole


def care_periods(tabulator: Tabulator, book: Parameters, history: History) -> CarePeriods:
    """The periods of being looked after that had begun by the as-at day."""
    rng = stream(tabulator.seed, tabulator.district, "care")
    cases = history.cases
    case = np.flatnonzero(known(cases.care_start) & (cases.care_start <= tabulator.as_at))
    case = case[np.lexsort((case, cases.care_start[case]))]
    start, end, ending = cases.care_start[case], cases.care_end[case], cases.ending[case]
    count = len(case)
    alone = history.children.alone[cases.child[case]]
    stays = end - start > 120
    court = stays & ~alone & happens(rng, _court_chance(ending), count)
    at_once = happens(rng, 0.45, count)
    issued = np.where(court, start + np.where(at_once, spread(rng, 0, 10, count), spread(rng, 20, 160, count)), NONE)
    issued = np.where(known(issued) & (issued < end - 60), issued, NONE)
    weeks = np.maximum(rng.normal(book.value("court.proceedings_mean"), 55, count), 90)
    concluded = np.where(known(issued), np.minimum(issued + np.rint(weeks).astype(np.int64), end), NONE)
    way = _way_to_adoption(rng, book, start, end, ending, concluded)
    # The care order is made by the day of the placement order, and asked for before that.
    adopted = (ending == ADOPTION) & known(way[1])
    concluded = np.where(adopted, np.minimum(np.where(known(concluded), concluded, way[1]), way[1]), concluded)
    issued = np.where(
        adopted, np.minimum(np.where(known(issued), issued, start), np.maximum(concluded - 50, start)), issued
    )
    return CarePeriods(
        case=case,
        child=cases.child[case],
        born=history.children.born[cases.child[case]],
        start=start,
        end=end,
        ending=ending,
        emergency=~alone & happens(rng, book.value("court.police_protection"), count),
        issued=issued,
        concluded=concluded,
        decided=way[0],
        placement_order=way[1],
        matched=way[2],
        placed=way[3],
        reversed_on=way[4],
        identifiers=tabulator.identifiers("L", count),
    )


def _court_chance(ending: Whole) -> Real:
    return np.array([0.3, 0.9, 1.0, 0.72, 0.1])[ending]


def _way_to_adoption(
    rng: np.random.Generator, book: Parameters, start: Whole, end: Whole, ending: Whole, concluded: Whole
) -> tuple[Whole, Whole, Whole, Whole, Whole]:
    """Decision, placement order, match, placing and change of plan, each none where it does not come.

    An adopted child's period ends with the order, so the days run back from it; a child whose plan was changed has a
    decision and its reversal.
    """
    count = len(start)
    adopted = ending == ADOPTION
    placed = end - np.clip(np.rint(rng.normal(book.value("adoption.placed_to_order"), 45, count)), 75, 400).astype(
        np.int64
    )
    placed = np.maximum(placed, start + 120)
    matched = np.maximum(placed - spread(rng, 8, 32, count), start + 90)
    order = matched - np.maximum(np.rint(rng.gamma(6.0, book.value("adoption.order_to_match") / 6.0, count)), 0).astype(
        np.int64
    )
    order = np.maximum(order, start + 60)
    decided = np.maximum(order - spread(rng, 18, 60, count), start + 40)
    order = np.maximum(order, decided + 1)
    matched = np.maximum(matched, order)
    placed = np.maximum(placed, matched + 1)
    tried = ~adopted & known(concluded) & (end - concluded > 500)
    tried &= (ending == STAYS) & happens(rng, book.value("adoption.plan_changed"), count)
    other_decided = concluded - 30
    other_order = concluded
    changed = other_order + spread(rng, 60, 260, count)
    changed = np.where(changed < end - 20, changed, NONE)
    decided = np.where(adopted, decided, np.where(tried, other_decided, NONE))
    order = np.where(adopted, order, np.where(tried, other_order, NONE))
    gone = np.full(count, NONE)
    return (
        decided,
        order,
        np.where(adopted, matched, gone),
        np.where(adopted, placed, gone),
        np.where(tried, changed, gone),
    )


def statuses(tabulator: Tabulator, care: CarePeriods) -> Statuses:
    """The legal statuses of each period in order, without gap or overlap."""
    rng = stream(tabulator.seed, tabulator.district, "legal status")
    count = care.count
    teen = care.start - care.born > 12 * YEAR
    remand = teen & ~known(care.issued) & happens(rng, 0.05, count)
    opening = np.where(remand, REMAND, np.where(care.emergency, POLICE, SECTION_20))
    interim = np.where(known(care.issued), np.maximum(care.issued + spread(rng, 0, 9, count), care.start), NONE)
    ordered = known(care.concluded) & np.isin(care.ending, (STAYS, ADOPTION))
    ordered |= known(care.concluded) & (care.ending == GUARDIANSHIP) & happens(rng, 0.2, count)
    order = np.where(ordered & (care.concluded < care.end), care.concluded, NONE)
    after_police = np.where(care.emergency, care.start + spread(rng, 1, 3, count), NONE)
    freed = np.where(known(care.placement_order), np.maximum(care.placement_order, order + 1), NONE)
    back = np.where(known(care.reversed_on), np.maximum(care.reversed_on, freed + 1), NONE)
    rows = np.arange(count)
    days = [care.start, np.where(interim == care.start, NONE, after_police), interim, order, freed, back]
    kinds = [
        opening,
        np.full(count, SECTION_20),
        np.full(count, INTERIM),
        np.full(count, CARE_ORDER),
        np.full(count, PLACEMENT_ORDER),
        np.full(count, CARE_ORDER),
    ]
    period = np.tile(rows, len(days))
    day, status = np.concatenate(days), np.concatenate(kinds)
    rank = np.repeat(np.arange(len(days)), count)
    real = known(day) & (day < care.end[period])
    period, day, status, rank = period[real], day[real], status[real], rank[real]
    order_of = np.lexsort((rank, day, period))
    period, day, status = period[order_of], day[order_of], status[order_of]
    # Of several changes on one day the last holds; a change to the same status is no change.
    final = np.concatenate((((period[1:] != period[:-1]) | (day[1:] != day[:-1])), [True])) if len(day) else real[:0]
    period, day, status = period[final], day[final], status[final]
    fresh = np.concatenate(([True], (period[1:] != period[:-1]) | (status[1:] != status[:-1]))) if len(day) else final
    period, day, status = period[fresh], day[fresh], status[fresh]
    return Statuses(period, day, _until_next(period, day, care.end), status)


def _until_next(owner: Whole, start: Whole, last: Whole) -> Whole:
    """The end of each span: the start of the owner's next one, or the owner's own end."""
    if len(owner) == 0:
        return start
    follows = np.concatenate((owner[1:] == owner[:-1], [False]))
    return np.where(follows, np.concatenate((start[1:], [0])), last[owner])


def placements(tabulator: Tabulator, book: Parameters, care: CarePeriods) -> Placements:
    """The placements of each period in order: settled children move seldom, unsettled ones often."""
    rng = stream(tabulator.seed, tabulator.district, "placements")
    period, start = _moves(rng, book, care, tabulator.as_at)
    number = order_within(period)
    kind = _kinds(rng, book, care, period, start, number)
    placed = care.placed[period]
    kind = np.where(known(placed) & (start >= placed), ADOPTIVE, kind)
    end = _until_next(period, start, care.end)
    last = np.concatenate((period[1:] != period[:-1], [True])) if len(period) else np.array([], dtype=np.bool_)
    away = happens(rng, _away(book, start)[kind, np.arange(len(kind))], len(kind))
    kind = _as_coded(kind, start, end, care.born[period])
    kind = np.where(_with_the_carer(tabulator, kind, number), CARER_ADOPTS, kind)
    return Placements(period, start, end, kind, away, last, number)


def _with_the_carer(tabulator: Tabulator, kind: Whole, number: Whole) -> Mask:
    """Adoptive placements with those who had fostered the child."""
    rng = stream(tabulator.seed, tabulator.district, "adopted by carer")
    before = np.concatenate((kind[:1], kind[:-1]))
    fostered: Mask = (kind == ADOPTIVE) & (number > 0) & (before <= KIN_LONG)
    return fostered & happens(rng, 0.16, len(kind))


def _as_coded(kind: Whole, start: Whole, end: Whole, born: Whole) -> Whole:
    """Living on one's own or in a hostel, under the codes of the time: one that outlives its code was a home."""
    semi = (kind == HOSTEL) | (kind == ALONE)
    supported = semi & (start >= SUPPORTED_FROM) & (start >= birthday(born, 16))
    outlived = semi & ~supported & (end > RETIRED_FROM)
    return np.where(supported, SUPPORTED, np.where(outlived, HOMES_TYPE, kind))


def _moves(rng: np.random.Generator, book: Parameters, care: CarePeriods, as_at: int) -> tuple[Whole, Whole]:
    """The first day of every placement: the first, a likely early move, then moves at the child's own pace."""
    count = care.count
    rows = np.arange(count)
    age = care.start - care.born
    unsettled = happens(
        rng, np.where(age > 9 * YEAR, book.value("placement.unsettled_older"), book.value("placement.unsettled")), count
    )
    pace = np.where(unsettled, book.value("placement.days_unsettled"), book.value("placement.days_settled"))
    early = happens(rng, book.value("placement.early_move"), count)
    first = np.where(early, spread(rng, 3, 60, count), 10**6)
    opening = care.start + first
    limit = np.minimum(np.where(known(care.placed), care.placed - 20, care.end - 1), as_at)
    last_move = np.minimum(limit, care.start + np.rint(YEAR * 18).astype(np.int64))
    begin = np.where(early, opening, care.start)
    owner, moved = _exponential(rng, begin, last_move, pace)
    joins = known(care.placed) & (care.placed <= as_at)
    period = np.concatenate([rows, rows[early & (opening <= limit)], owner, rows[joins]])
    day = np.concatenate([care.start, opening[early & (opening <= limit)], moved, care.placed[joins]])
    order = np.lexsort((day, period))
    period, day = period[order], day[order]
    fresh = (
        np.concatenate(([True], (period[1:] != period[:-1]) | (day[1:] != day[:-1])))
        if len(day)
        else order.astype(np.bool_)
    )
    return period[fresh], day[fresh]


def _exponential(rng: np.random.Generator, start: Whole, end: Whole, pace: Real) -> tuple[Whole, Whole]:
    """Days that come at random, on average every `pace` days, after `start` and not after `end`."""
    span = np.maximum(end - start, 0)
    count = rng.poisson(span / pace)
    owner = np.repeat(np.arange(len(start)), count)
    return owner, start[owner] + 1 + np.floor(rng.random(len(owner)) * np.maximum(span[owner] - 1, 0)).astype(np.int64)


AGE_STEPS = np.array([2, 10, 14, 16])
AGE_NAMES = ("under_2", "2_to_9", "10_to_13", "14_to_15", "16_on")


def _kinds(
    rng: np.random.Generator, book: Parameters, care: CarePeriods, period: Whole, start: Whole, number: Whole
) -> Whole:
    """What each placement is, by the child's age and whether it is settled in."""
    age = np.floor((start - care.born[period]) / YEAR).astype(np.int64)
    band = np.searchsorted(AGE_STEPS, age, side="right")
    shares = np.vstack([book.shares_of(f"placement.type_{name}", TYPES) for name in AGE_NAMES])
    weights = shares[band]
    weights[:, : KIN_LONG + 1] *= book.at("placement.foster_tide", start)[:, None]
    weights[:, HOMES_TYPE] *= book.at("placement.residential_tide", start)
    early = start - care.start[period] < 200
    weights[early, LONG_TERM] *= 0.15
    weights[early, KIN_LONG] *= 0.2
    # A child lives with its parents as a placement only under a care order, interim or full.
    no_order = ~known(care.issued[period]) | (start < care.issued[period] + 10)
    weights[no_order, PARENTS] = 0
    not_final = start < care.concluded[period]
    weights[not_final, PARENTS] *= 0.4
    drawn = chosen_by_row(rng, weights, np.arange(len(period)))
    # A child going to guardians lives with them by then.
    kin = (care.ending[period] == GUARDIANSHIP) & (number > 0)
    return np.where(kin, KIN, drawn)


def _away(book: Parameters, start: Whole) -> Real:
    """The chance, type by type, that a placement lies outside the authority."""
    tide = book.at("placement.away_tide", start)
    base = book.shares_of("placement.away", TYPES)
    return np.minimum(base[:, None] * tide[None, :], 0.97)


def episodes(placed: Placements, legal: Statuses, care: CarePeriods) -> tuple[Whole, Whole, Whole, Whole, Whole]:
    """The SSDA903 episodes: period, first day, end, placement row and status row in force."""
    period = np.concatenate([placed.period, legal.period])
    day = np.concatenate([placed.start, legal.start])
    order = np.lexsort((day, period))
    period, day = period[order], day[order]
    fresh = (
        np.concatenate(([True], (period[1:] != period[:-1]) | (day[1:] != day[:-1])))
        if len(day)
        else order.astype(np.bool_)
    )
    period, day = period[fresh], day[fresh]
    placement = _in_force(placed.period, placed.start, period, day)
    status = _in_force(legal.period, legal.start, period, day)
    return period, day, _until_next(period, day, care.end), placement, status


def _in_force(owner: Whole, start: Whole, period: Whole, day: Whole) -> Whole:
    """The latest row of each owner that had started by the day; rows stand in order of owner and day."""
    span = 10**6
    return np.searchsorted(owner * span + start, period * span + day, side="right") - 1
