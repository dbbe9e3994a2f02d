"""The course of a family's episode of need, from referral to closure: assessment, enquiry, conference and plans."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from goldenthread.dataset.synthetic import durations
from goldenthread.dataset.synthetic.chance import (
    NONE,
    Mask,
    Real,
    Whole,
    chosen_by_row,
    happens,
    known,
    plus_working_days,
    skewed,
    spread,
    working,
)
from goldenthread.dataset.synthetic.parameters import Parameters

REFUSED, ASSESSED, NEED, PROTECTION = range(4)
"""How far it goes: no further action; closed after assessment; a child in need plan; a child protection plan."""


@dataclass(frozen=True, slots=True)
class Course:
    """A row a family's episode. Days are none where the step is not taken. `first_need` is the plan of child in need
    that follows the assessment, `second_need` the one that a child protection plan steps down to."""

    kind: Whole
    referred: Whole
    assessment: Whole
    assessed: Whole
    enquiry: Whole
    enquiry_end: Whole
    conference: Whole
    protection: Whole
    protection_end: Whole
    first_need: Whole
    first_need_end: Whole
    second_need: Whole
    second_need_end: Whole
    transfer_in: Mask
    closed: Whole


def course(
    rng: np.random.Generator,
    book: Parameters,
    referred: Whole,
    decided: Whole,
    risk: Real,
    past: Whole,
    solitary: Mask,
) -> Course:
    """The course of each episode referred on those days, graver where the family's risk or past is."""
    count = len(referred)
    kind = _kind(rng, book, referred, risk, past, solitary)
    assessment = np.where(kind == REFUSED, NONE, working(decided + happens(rng, 0.35, count)))
    assessed = np.where(kind == REFUSED, NONE, durations.assessment_end(rng, book, np.maximum(assessment, 0)))
    ready = assessed + spread(rng, 0, 9, count)
    escalates = (kind == PROTECTION) & happens(rng, book.value("protection.from_need_plan"), count)
    enquiry = _enquiry(rng, book, kind, escalates, decided, ready)
    held = plus_working_days(enquiry, _days_to_conference(rng, book, enquiry))
    protected = kind == PROTECTION
    unneeded = ~protected & known(enquiry) & happens(rng, book.value("conference.no_plan"), count)
    protection = np.where(protected, held, NONE)
    protection_end = np.where(protected, held + durations.protection_days(rng, book, held), NONE)
    first = np.where((kind == NEED) | (escalates & (protection > ready)), ready, NONE)
    need_days = np.maximum(skewed(rng, book.at("need.median", referred), book.value("need.sigma"), count), 20)
    first_end = np.where(known(first), np.where(kind == NEED, first + need_days, protection), NONE)
    stepped = protected & happens(rng, book.value("need.after_protection"), count)
    second_end = protection_end + np.maximum(skewed(rng, book.value("need.after_protection_median"), 0.6, count), 20)
    ends = np.vstack([first_end, protection_end, np.where(stepped, second_end, NONE), assessed])
    enquiry_end = np.where(
        known(enquiry), np.minimum(plus_working_days(enquiry, spread(rng, 3, 14, count)), held), NONE
    )
    last = np.maximum(ends.max(axis=0), np.where(unneeded, held, enquiry_end))
    closed = np.where(kind == REFUSED, decided + spread(rng, 0, 3, count), last + spread(rng, 0, 8, count))
    return Course(
        kind=kind,
        referred=referred,
        assessment=assessment,
        assessed=assessed,
        enquiry=enquiry,
        enquiry_end=enquiry_end,
        conference=np.where(protected | unneeded, held, NONE),
        protection=protection,
        protection_end=protection_end,
        first_need=first,
        first_need_end=first_end,
        second_need=np.where(stepped, protection_end, NONE),
        second_need_end=np.where(stepped, second_end, NONE),
        transfer_in=protected & ~escalates & happens(rng, book.value("conference.transfer_in"), count),
        closed=closed,
    )


def _kind(
    rng: np.random.Generator, book: Parameters, referred: Whole, risk: Real, past: Whole, solitary: Mask
) -> Whole:
    history = np.where(past >= 2, book.at("protection.known_before_odds", referred), 1.0)
    grave = np.minimum(book.at("protection.chance", referred) * (0.4 + 0.6 * risk) * history, 0.8)
    refused = book.at("referral.no_further_action", referred)
    need = book.at("need.chance", referred) * (0.8 + 0.2 * np.minimum(risk, 2))
    shares = np.column_stack([refused, np.maximum(1 - refused - need - grave, 0.02), need, grave])
    kind = chosen_by_row(rng, shares, np.arange(len(referred)))
    return np.where(solitary, NEED, kind)


def _enquiry(
    rng: np.random.Generator, book: Parameters, kind: Whole, escalates: Mask, decided: Whole, ready: Whole
) -> Whole:
    """The day section 47 enquiries start: at the referral, or later out of a plan; none for most."""
    count = len(kind)
    at_once = working(decided + spread(rng, 0, 2, count))
    later = working(np.maximum(ready, 0) + spread(rng, 25, 320, count))
    worried = (kind == ASSESSED) | (kind == NEED)
    worried &= happens(rng, book.at("enquiry.without_plan", decided), count)
    start = np.where((kind == PROTECTION) | worried, at_once, NONE)
    return np.where(escalates, later, start)


def _days_to_conference(rng: np.random.Generator, book: Parameters, enquiry: Whole) -> Whole:
    count = len(enquiry)
    late = happens(rng, book.at("conference.late", enquiry), count)
    return np.where(late, spread(rng, 16, 32, count), spread(rng, 7, 15, count))
