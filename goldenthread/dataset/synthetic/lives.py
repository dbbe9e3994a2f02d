"""The life courses: contacts and the episodes of need that follow, lived through in rounds, family by family.

Each round takes every family's next contact at once. A contact either comes to nothing or becomes a referral, whose
course (`Course`) covers the brothers and sisters it is about until their cases close; only then can the family come
back. A child who becomes looked after stays with the authority on its own clock while the others' case goes on.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from goldenthread.dataset.synthetic import durations
from goldenthread.dataset.synthetic.chance import (
    NONE,
    YEAR,
    Mask,
    Real,
    Whole,
    birthday,
    chosen,
    happens,
    known,
    spread,
)
from goldenthread.dataset.synthetic.courses import ASSESSED, PROTECTION, REFUSED, Course, course
from goldenthread.dataset.synthetic.families import LARGEST, Families, eligible_until
from goldenthread.dataset.synthetic.parameters import Parameters
from goldenthread.dataset.synthetic.tabulate import DAY_US, MINUTE_US, at_time

MOST_ROUNDS = 80
DAY_MINUTES = 24 * 60
UNBORN_DAYS = 130
"""A baby can be the subject of a referral about this long before birth."""


@dataclass(frozen=True, slots=True)
class Contacts:
    """A row a family contact, and (from `contact` on) a row a child that it was about."""

    family: Whole
    day: Whole
    referral: Mask
    source: Whole
    received_at: Whole
    decided_at: Whole

    contact: Whole
    child: Whole


@dataclass(frozen=True, slots=True)
class Spells:
    """A row a child's episode of need, from referral to closure.

    `contact` is the row of `Contacts` children it came from, `course` the row of the family's `Course`. `care_start`
    is when the child became looked after, and `ending` how that ended (`durations`); both none for most.
    """

    child: Whole
    contact: Whole
    course: Whole
    care_start: Whole
    care_end: Whole
    ending: Whole
    home_support_end: Whole
    closed: Whole


@dataclass(frozen=True, slots=True)
class Lives:
    """Everything decided about the families of a district before any table is written."""

    families: Families
    contacts: Contacts
    courses: Course
    spells: Spells


@dataclass(slots=True)
class _Diary:
    """What the rounds have written so far, a list of columns a round."""

    contacts: list[tuple[Whole, Whole, Mask, Whole, Whole, Whole]]
    about: list[tuple[Whole, Whole]]
    courses: list[Course]
    spells: list[tuple[Whole, ...]]
    contacts_made: int = 0
    about_made: int = 0
    courses_made: int = 0


def lives(rng: np.random.Generator, book: Parameters, families: Families, as_at: int) -> Lives:
    """The contacts and episodes of need of every family, up to the as-at day (open ones run past it)."""
    diary = _Diary([], [], [], [])
    turn = families.noticed.copy()
    past = np.zeros(families.count, dtype=np.int64)
    busy = np.full(families.children, NONE)
    limit = eligible_until(families)
    for _ in range(MOST_ROUNDS):
        live = np.flatnonzero((turn <= as_at) & (turn <= limit))
        if len(live) == 0:
            break
        _round(rng, book, families, live, turn, past, busy, diary)
    return _gathered(families, diary)


def _round(
    rng: np.random.Generator,
    book: Parameters,
    families: Families,
    live: Whole,
    turn: Whole,
    past: Whole,
    busy: Whole,
    diary: _Diary,
) -> None:
    day = turn[live]
    present, kids = _about(rng, book, families, live, day, busy)
    anyone = present.any(axis=1)
    turn[live[~anyone]] += spread(rng, 60, 200, int((~anyone).sum()))
    live, day, present, kids = live[anyone], day[anyone], present[anyone], kids[anyone]
    count = len(live)
    again = past[live]
    odds = np.where(again > 0, book.at("contacts.known_family_odds", day), 1.0) * (0.6 + 0.4 * families.risk[live])
    solitary = families.alone[families.first_child[live]]
    accepted = happens(rng, np.where(solitary, 1.0, np.minimum(book.at("contacts.accepted", day) * odds, 0.95)), count)
    source = chosen(rng, book.shares("contacts.source"), count)
    received_at = at_time(rng, day, 7.5, 21.0)
    decided_at = received_at + _minutes_to_decide(rng, book, day) * MINUTE_US
    diary.contacts.append((live, day, accepted, source, received_at, decided_at))
    row, place = np.nonzero(present)
    diary.about.append((row + diary.contacts_made, kids[row, place]))
    quiet = ~accepted
    back = _return(rng, book, "contact", families.risk[live[quiet]])
    turn[live[quiet]] = np.where(known(back), day[quiet] + back, np.iinfo(np.int32).max)
    decided = decided_at // DAY_US
    _referred(rng, book, families, live, day, decided, row, kids[row, place], accepted, past, turn, busy, diary)
    diary.contacts_made += count
    diary.about_made += len(row)


def _minutes_to_decide(rng: np.random.Generator, book: Parameters, day: Whole) -> Whole:
    """Within twenty-four hours as often as the front door of the time managed it; otherwise days."""
    count = len(day)
    prompt = happens(rng, book.at("contacts.decided_within_24_hours", day), count)
    slow = DAY_MINUTES + np.rint(rng.exponential(1.6 * DAY_MINUTES, count)).astype(np.int64) + 30
    return np.where(prompt, spread(rng, 20, DAY_MINUTES - 10, count), slow)


def _about(
    rng: np.random.Generator, book: Parameters, families: Families, live: Whole, day: Whole, busy: Whole
) -> tuple[Mask, Whole]:
    """Which of each family's children a contact is about, and the children: a row a family, a column a place."""
    place = np.arange(LARGEST)[None, :]
    there = place < families.size[live][:, None]
    kids = np.where(there, families.first_child[live][:, None] + place, 0)
    age = day[:, None] - families.born[kids]
    draw = rng.random(kids.shape)
    awaited = (age < 0) & (age > -UNBORN_DAYS) & (draw < 0.5)
    fit = there & ((age >= 0) | awaited) & (age < int(17.75 * YEAR)) & (busy[kids] < day[:, None])
    score = np.where(fit, rng.random(kids.shape), -1.0)
    subject = score == score.max(axis=1, keepdims=True)
    return fit & (subject | (rng.random(kids.shape) < book.value("contacts.sibling_included"))), kids


def _return(rng: np.random.Generator, book: Parameters, after: str, risk: Real) -> Whole:
    """Days until the family comes back, or none."""
    count = len(risk)
    comes = happens(rng, np.minimum(book.value(f"returns.after_{after}") * (0.5 + 0.5 * risk), 0.97), count)
    wait = 10 + np.rint(rng.exponential(book.value(f"returns.wait_after_{after}"), count)).astype(np.int64)
    return np.where(comes, wait, NONE)


def _referred(
    rng: np.random.Generator,
    book: Parameters,
    families: Families,
    live: Whole,
    day: Whole,
    decided: Whole,
    row: Whole,
    kids: Whole,
    accepted: Mask,
    past: Whole,
    turn: Whole,
    busy: Whole,
    diary: _Diary,
) -> None:
    chosen_families = np.flatnonzero(accepted)
    number = np.full(len(live), -1)
    number[chosen_families] = np.arange(len(chosen_families))
    solitary = families.alone[families.first_child[live[accepted]]]
    made = course(
        rng, book, day[accepted], decided[accepted], families.risk[live[accepted]], past[live[accepted]], solitary
    )
    inside = accepted[row]
    which, child = number[row[inside]], kids[inside]
    contact = np.flatnonzero(inside) + diary.about_made
    start, ending = _care(rng, book, families, made, which, child)
    end, home_end = _care_over(rng, book, families, start, ending, child)
    until = np.minimum(made.closed[which], durations.before_eighteen(families.born[child], made.closed[which]))
    cared = known(start)
    closed = np.where(cared, np.where(known(home_end), home_end, end) + 5, until)
    closed = np.maximum(closed, made.referred[which])
    diary.spells.append((child, contact, which + diary.courses_made, start, end, ending, home_end, closed))
    diary.courses.append(made)
    diary.courses_made += len(chosen_families)
    busy[child] = closed + 3
    fates = ("refusal", "assessment", "plan", "plan")
    wait = np.full(len(chosen_families), NONE)
    for kind, name in enumerate(fates):
        mine = made.kind == kind
        wait[mine] = _return(rng, book, name, families.risk[live[accepted]][mine])
    turn[live[accepted]] = np.where(known(wait), made.closed + wait, np.iinfo(np.int32).max)
    past[live[accepted]] = np.maximum(past[live[accepted]], 1 + (made.kind == PROTECTION))


def _care(
    rng: np.random.Generator, book: Parameters, families: Families, made: Course, which: Whole, child: Whole
) -> tuple[Whole, Whole]:
    """When each child becomes looked after, if ever, and how that will end."""
    count = len(child)
    chances = np.array([book.value(f"care.entry_{name}") for name in ("refusal", "assessment", "plan", "protection")])
    tide = book.at("care.tide", made.referred[which])
    born = families.born[child]
    enters = families.alone[child] | happens(rng, chances[made.kind[which]] * tide, count)
    at_once = (made.kind[which] <= ASSESSED) | happens(rng, 0.3, count)
    opening = np.where(made.kind[which] == REFUSED, made.referred[which], made.assessed[which])
    room = np.maximum(made.closed[which] - opening, 2)
    later = opening + np.floor(rng.random(count) ** 1.5 * room * 0.8).astype(np.int64)
    start = np.where(at_once, made.referred[which] + spread(rng, 0, 12, count), later)
    start = np.maximum(start, born + spread(rng, 0, 3, count))
    enters &= (start < durations.before_eighteen(born, start + 8)) & (start <= made.closed[which])
    enters &= made.kind[which] != REFUSED
    ending = durations.care_exit(rng, book, born, start)
    return np.where(enters, start, NONE), np.where(enters, ending, -1)


def _care_over(
    rng: np.random.Generator, book: Parameters, families: Families, start: Whole, ending: Whole, child: Whole
) -> tuple[Whole, Whole]:
    """When each period of being looked after ends, and the support at home that may follow it."""
    cared = known(start)
    safe = np.where(cared, start, 0)
    end = durations.care_end(rng, book, families.born[child], safe, np.maximum(ending, 0))
    adoption = safe + _adoption_days(rng, book, len(child))
    end = np.where(ending == durations.ADOPTION, adoption, end)
    end = np.where(cared, np.maximum(end, safe + 1), NONE)
    adult = birthday(families.born[child], 18)
    home = cared & (ending == durations.HOME) & (end < adult - 30) & happens(rng, 0.7, len(child))
    support = np.minimum(end + spread(rng, 40, 240, len(child)), adult - 1)
    return end, np.where(home, support, NONE)


def _adoption_days(rng: np.random.Generator, book: Parameters, count: int) -> Whole:
    """Days from becoming looked after to the adoption order: to the placing (A1), then to the order."""
    hard = happens(rng, book.value("adoption.hard_to_place"), count)
    usual = rng.normal(book.value("adoption.entry_to_placed"), book.value("adoption.entry_to_placed_sd"), count)
    placed = np.where(hard, rng.normal(book.value("adoption.hard_to_place_days"), 130, count), usual)
    order = rng.normal(book.value("adoption.placed_to_order"), 60, count)
    days: Whole = np.rint(np.clip(placed, 200, 1200) + np.clip(order, 75, 500)).astype(np.int64)
    return days


def _gathered(families: Families, diary: _Diary) -> Lives:
    contacts = [np.concatenate(column) for column in zip(*diary.contacts, strict=True)]
    about = [np.concatenate(column) for column in zip(*diary.about, strict=True)]
    spells = [np.concatenate(column) for column in zip(*diary.spells, strict=True)]
    courses = Course(*(np.concatenate([getattr(made, part.name) for made in diary.courses]) for part in fields(Course)))
    return Lives(families, Contacts(*contacts, *about), courses, Spells(*spells))
