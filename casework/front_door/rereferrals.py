"""Whether a referral follows an earlier one within the window that the core's re-referral indicator looks back over."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import pairwise

from casework.front_door.models import Referral
from goldenthread.indicators.limits import limit

WINDOW = "rereferral_window_12m"


def follows(previous: date, received: date) -> bool:
    """Whether a referral received then is a re-referral after one of that day (indicator CSB05)."""
    until = limit(WINDOW).due(previous)
    return until is not None and previous < received <= until


def earlier_referrals(made: Iterable[Referral], on: date) -> dict[int, Referral]:
    """For each person (by key), the last of those referrals that one received on `on` would follow in the window."""
    latest: dict[int, Referral] = {}
    for referral in sorted(made, key=lambda one: (one.received_on, one.pk)):
        if referral.received_on < on:
            latest[referral.person_id] = referral
    return {key: referral for key, referral in latest.items() if follows(referral.received_on, on)}


def rereferrals(referrals: Iterable[Referral]) -> set[int]:
    """The keys of those, among all the referrals of one child, that are re-referrals while no earlier one was open."""
    made = sorted(referrals, key=lambda one: (one.received_on, one.reference))
    found, closed_so_far = set(), None
    for before, after in pairwise(made):
        closed_so_far = max((day for day in (closed_so_far, before.closed_on) if day), default=None)
        was_open = closed_so_far is not None and closed_so_far > after.received_on
        if not was_open and follows(before.received_on, after.received_on):
            found.add(after.pk)
    return found
