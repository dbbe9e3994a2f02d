"""The children the dataset knows of, and each child's episodes of need with the days that hold for that child."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from goldenthread.dataset.synthetic.chance import NONE, Mask, Whole, birthday, known
from goldenthread.dataset.synthetic.lives import Lives
from goldenthread.dataset.synthetic.tabulate import Chosen, Tabulator


@dataclass(frozen=True, slots=True)
class Children:
    """The children known, a row each. `number` is their row in the district's families."""

    number: Whole
    family: Whole
    born: Whole
    sex: Whole
    disabled: Mask
    alone: Mask
    identifiers: pl.Series

    def named(self, row: Whole) -> Chosen:
        """The identifier of the child at each row."""
        return Chosen(self.identifiers, row)


@dataclass(frozen=True, slots=True)
class Cases:
    """A row a child's episode of need, with days none where a step is not taken, and cut at the child's own turns.

    `child` is a row of `Children`; `course` numbers the family's episode, shared by brothers and sisters.
    """

    child: Whole
    course: Whole
    contact: Whole
    kind: Whole
    referred: Whole
    assessment: Whole
    assessed: Whole
    enquiry: Whole
    enquiry_end: Whole
    conference: Whole
    transfer_in: Mask
    protection: Whole
    protection_end: Whole
    first_need: Whole
    first_need_end: Whole
    second_need: Whole
    second_need_end: Whole
    third_need: Whole
    third_need_end: Whole
    care_start: Whole
    care_end: Whole
    ending: Whole
    closed: Whole
    identifiers: pl.Series

    @property
    def count(self) -> int:
        return len(self.child)

    def named(self, row: Whole) -> Chosen:
        """The identifier of the referral that opened the episode at each row."""
        return Chosen(self.identifiers, row)


@dataclass(frozen=True, slots=True)
class History:
    """The part of the lives that the dataset holds."""

    lives: Lives
    children: Children
    cases: Cases
    contact_rows: Whole
    contact_child: Whole
    contact_case: Whole
    """The row of `Cases` a contact became, or -1."""


def history(tabulator: Tabulator, lives: Lives, since: int) -> History:
    """What was open or new from `since`, and every earlier child protection plan and period of being looked after."""
    spells, contacts = lives.spells, lives.contacts
    day = contacts.day[contacts.contact]
    grave = known(lives.courses.protection[spells.course]) | known(spells.care_start)
    referred = lives.courses.referred[spells.course]
    kept = ((spells.closed >= since) | grave) & (referred <= tabulator.as_at)
    held = np.flatnonzero(kept)
    held = held[np.lexsort((spells.child[held], referred[held]))]
    recent = (day >= since) & (day <= tabulator.as_at)
    recent[spells.contact[held]] = True
    rows = np.flatnonzero(recent)
    rows = rows[np.lexsort((contacts.child[rows], day[rows]))]
    families = lives.families
    number = np.unique(contacts.child[rows])
    place = np.full(families.children, -1)
    place[number] = np.arange(len(number))
    case_of = np.full(len(day), -1)
    case_of[spells.contact[held]] = np.arange(len(held))
    children = Children(
        number=number,
        family=families.family[number],
        born=families.born[number],
        sex=families.sex[number],
        disabled=families.disabled[number],
        alone=families.alone[number],
        identifiers=tabulator.identifiers("P", len(number)),
    )
    cases = _cases(tabulator, lives, held, place, families.born)
    return History(lives, children, cases, rows, place[contacts.child[rows]], case_of[rows])


def _cases(tabulator: Tabulator, lives: Lives, held: Whole, place: Whole, born: Whole) -> Cases:
    spells, courses = lives.spells, lives.courses
    which, child = spells.course[held], spells.child[held]
    care = spells.care_start[held]
    closed = spells.closed[held]
    adult = birthday(born[child], 18) - 1
    bound = np.minimum(closed, adult)
    before_care = np.where(known(care), np.minimum(bound, care), bound)
    # A child protection plan may run on for a few weeks of being looked after, to the next conference.
    overlap = np.where(
        known(care), np.minimum(np.minimum(bound, care + (child * 7919) % 60), spells.care_end[held]), bound
    )

    def cut(days: Whole, limit: Whole) -> Whole:
        return np.where(known(days), np.minimum(days, limit), NONE)

    def begun(days: Whole, limit: Whole) -> Whole:
        return np.where(known(days) & (days < limit), days, NONE)

    first = begun(courses.first_need[which], before_care)
    protection = begun(courses.protection[which], before_care)
    second = begun(courses.second_need[which], before_care)
    home_end = cut(spells.home_support_end[held], bound)
    third = np.where(known(home_end) & (home_end > spells.care_end[held]), spells.care_end[held], NONE)
    assessment = begun(courses.assessment[which], bound)
    enquiry = begun(courses.enquiry[which], before_care)
    conference = courses.conference[which]
    held_conference = known(enquiry) & known(conference) & (conference < before_care)
    return Cases(
        child=place[child],
        course=which,
        contact=spells.contact[held],
        kind=courses.kind[which],
        referred=courses.referred[which],
        assessment=assessment,
        assessed=np.where(known(assessment), cut(courses.assessed[which], bound), NONE),
        enquiry=enquiry,
        enquiry_end=np.where(known(enquiry), cut(courses.enquiry_end[which], bound), NONE),
        conference=np.where(held_conference, conference, NONE),
        transfer_in=courses.transfer_in[which],
        protection=np.where(held_conference, protection, NONE),
        protection_end=np.where(held_conference & known(protection), cut(courses.protection_end[which], overlap), NONE),
        first_need=first,
        first_need_end=np.where(known(first), cut(courses.first_need_end[which], before_care), NONE),
        second_need=second,
        second_need_end=np.where(known(second), cut(courses.second_need_end[which], before_care), NONE),
        third_need=third,
        third_need_end=np.where(known(third), home_end, NONE),
        care_start=care,
        care_end=spells.care_end[held],
        ending=spells.ending[held],
        closed=closed,
        identifiers=tabulator.identifiers("R", len(held)),
    )
