"""The workforce lived through: seats in teams, who sat in each when, and the gaps between.

A case belongs to a seat. When the person in the seat leaves, the next one takes the case on; while the seat is empty
an agency worker covers it, or the team's manager does.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from goldenthread.dataset.synthetic.chance import NONE, YEAR, Mask, Real, Whole, happens, order_within, skewed
from goldenthread.dataset.synthetic.parameters import Parameters
from goldenthread.dataset.synthetic.tabulate import Chosen, Tabulator

ASSESSMENT, SAFEGUARDING, DISABILITY, PERMANENCE, PATHWAY, EARLY_HELP, REVIEWING, SUPPORT, HOMES = range(9)


@dataclass(frozen=True, slots=True)
class Team:
    """A team: name, service, the role of its seats, seats per 10,000 children, and if social workers sit in it."""

    name: str
    service: str
    role: str
    seats: float
    social_work: bool = False


TEAMS = (
    Team("Assessment", "Referral and assessment", "social_worker", 5.0, True),
    Team("Safeguarding interventions", "Safeguarding interventions", "social_worker", 7.4, True),
    Team("Health and disability", "Health and disability", "social_worker", 1.8, True),
    Team("Achieving permanence", "Achieving permanence", "social_worker", 4.2, True),
    Team("Pathway", "Leaving care", "personal_adviser", 2.8),
    Team("Local area", "Early help", "early_help_worker", 11.0),
    Team("Reviewing officers", "Quality assurance", "reviewing_officer", 2.2),
    Team("Business support", "Business support", "business_support", 9.0),
    Team("Homes and fostering", "Homes and fostering", "other", 15.0),
)
SEATS_PER_MANAGER = 7


@dataclass(frozen=True, slots=True)
class Workforce:
    """Seats and sittings. A sitting is one person's, or nobody's, time in a seat.

    `seat`, `start`, `end`, `worker` are a row a sitting, in order of seat and day; `worker` is a row of the people, or
    -1 while the seat is empty; `covered` is the person who holds the cases in any case.
    """

    team: Whole
    manager_seat: Whole
    fte: Real

    seat: Whole
    start: Whole
    end: Whole
    worker: Whole
    covered: Whole

    person_team: Whole
    person_seat: Whole
    person_start: Whole
    person_end: Whole
    agency: Mask
    manager: Mask
    identifiers: pl.Series
    first_seat: Whole
    seats_of: Whole

    def named(self, person: Whole) -> Chosen:
        """The identifier of the worker at each row, empty at -1."""
        return Chosen(self.identifiers, person)

    def seat_for(self, team: Whole | int, number: Whole) -> Whole:
        """The seat of a team that a number falls on, the same for the same number."""
        return self.first_seat[team] + number % self.seats_of[team]

    def sitting(self, seat: Whole, day: Whole) -> Whole:
        """The sitting in each seat on each day; days before the first count as its first day."""
        keys = self.seat * SPAN + self.start
        return np.maximum(np.searchsorted(keys, seat * SPAN + np.maximum(day, 0), side="right") - 1, 0)

    def holder(self, seat: Whole, day: Whole) -> Whole:
        """Who holds the cases of each seat on each day."""
        return self.covered[self.sitting(seat, day)]


SPAN = 1_000_000


def workforce(
    rng: np.random.Generator, book: Parameters, tabulator: Tabulator, since: int, population: float
) -> Workforce:
    """The seats, and everyone who sat in them from `since`."""
    wanted = np.array([max(round(team.seats * population / 10_000), 2) for team in TEAMS])
    heads = -(-wanted // SEATS_PER_MANAGER)
    team = np.concatenate([np.repeat(np.arange(len(TEAMS)), wanted), np.repeat(np.arange(len(TEAMS)), heads)])
    manages = np.arange(len(team)) >= wanted.sum()
    first_seat = np.cumsum(wanted) - wanted
    first_head = wanted.sum() + np.cumsum(heads) - heads
    own_head = first_head[team] + (np.arange(len(team)) - first_seat[team]) % heads[team]
    manager_seat = np.where(manages, np.arange(len(team)), own_head)
    fte = np.where(rng.random(len(team)) < 0.72, 1.0, np.where(rng.random(len(team)) < 0.5, 0.6, 0.8))
    seat, start, end, kind = _sittings(rng, book, team, manages, since, tabulator.as_at)
    order = np.lexsort((start, seat))
    seat, start, end, kind, covering = _covered(seat[order], start[order], end[order], kind[order], manager_seat)
    filled = kind >= 0
    worker = np.where(filled, np.cumsum(filled) - 1, -1)
    people = np.flatnonzero(filled)
    return Workforce(
        team=team,
        manager_seat=manager_seat,
        fte=fte,
        seat=seat,
        start=start,
        end=end,
        worker=worker,
        covered=worker[covering],
        person_team=team[seat[people]],
        person_seat=seat[people],
        person_start=start[people],
        person_end=end[people],
        agency=kind[people] == AGENCY,
        manager=manages[seat[people]],
        identifiers=tabulator.identifiers("W", len(people)),
        first_seat=first_seat,
        seats_of=wanted,
    )


EMPTY, EMPLOYED, AGENCY = -1, 0, 1


def _sittings(
    rng: np.random.Generator, book: Parameters, team: Whole, manages: Mask, since: int, as_at: int
) -> tuple[Whole, Whole, Whole, Whole]:
    """Sittings of every seat, one after another, until each seat's time runs past the as-at day."""
    days = np.arange(since, as_at + 400)
    social_work = np.array([one.social_work for one in TEAMS])[team] & ~manages
    hazard = np.cumsum(book.at("workforce.leaving", days)) / YEAR
    made: list[tuple[Whole, Whole, Whole, Whole]] = []
    seats = np.arange(len(team))
    # The first occupants have already served some time; nothing in their past matters but that they started.
    now = np.full(len(team), since) - np.where(rng.random(len(team)) < 0.9, rng.integers(30, 4000, len(team)), 0)
    employed = np.ones(len(team), dtype=np.bool_)
    while len(seats):
        count = len(seats)
        odds = np.where(social_work[seats], book.value("workforce.leaving_social_work"), 0.78)
        leaves = _leaving(rng, hazard, now, since, odds)
        gap_median = np.where(
            social_work[seats], book.value("workforce.gap_social_work"), book.value("workforce.gap_other")
        )
        gap = np.maximum(skewed(rng, gap_median, 0.8, count), 5)
        end = np.where(employed, leaves, now + gap)
        agency = ~employed & social_work[seats] & happens(rng, book.at("workforce.agency_cover", now), count)
        # A manager's seat is never without a person: someone acts up.
        kind = np.where(employed | manages[seats], EMPLOYED, np.where(agency, AGENCY, EMPTY))
        made.append((seats, now, end, kind))
        more = end <= as_at
        vacancy = employed[more] & ~manages[seats[more]]
        seats, now, employed = seats[more], end[more], ~vacancy
    seat, start, end, kind = (np.concatenate(column) for column in zip(*made, strict=True))
    return seat, start, np.where(end > as_at, NONE, end), kind


def _covered(
    seat: Whole, start: Whole, end: Whole, kind: Whole, manager_seat: Whole
) -> tuple[Whole, Whole, Whole, Whole, Whole]:
    """The sittings, an empty one divided where its manager changes, and what covers each: itself if filled."""
    keys = seat * SPAN + start
    head = manager_seat[seat] * SPAN
    first = np.maximum(np.searchsorted(keys, head + start, side="right") - 1, np.searchsorted(keys, head))
    until = np.where(end == NONE, SPAN - 1, end - 1)
    last = np.maximum(np.searchsorted(keys, head + until, side="right") - 1, first)
    empty = kind < 0
    pieces = np.where(empty, last - first + 1, 1)
    whole = np.repeat(np.arange(len(seat)), pieces)
    nth = order_within(whole)
    cover = np.where(empty[whole], first[whole] + nth, whole)
    begins = np.where(nth > 0, start[cover], start[whole])
    ends = np.where(empty[whole] & (nth < pieces[whole] - 1), end[cover], end[whole])
    # The covering sitting is a manager's, never divided, so its new row is where its old one now starts.
    moved = np.cumsum(pieces) - pieces
    return seat[whole], begins, ends, kind[whole], moved[cover]


def _leaving(rng: np.random.Generator, hazard: Real, start: Whole, since: int, odds: Real) -> Whole:
    """The day each person leaves, from the yearly chance of leaving in force day by day."""
    begun = np.clip(start - since, 0, len(hazard) - 1)
    reach = hazard[begun] + rng.exponential(1.0, len(start)) / odds
    return since + np.searchsorted(hazard, reach) + 1
