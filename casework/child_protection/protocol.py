"""The area's own rules for conferences: whether one is quorate, and when reports are wanted.

From the file that the setting names, or from `protocol.yaml` here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

from casework.child_protection.models import Agency, Invitation
from casework.common.local_rules import read_rules
from goldenthread.dates import Counting, Unit
from goldenthread.statute.model import Limit

FILE = Path(__file__).parent / "protocol.yaml"


@dataclass(frozen=True)
class Protocol:
    """Who has to be at a conference, and by when reports are wanted for an initial one and for a review."""

    must_be_there: tuple[Agency, ...]
    other_agencies: int
    initial: Limit
    review: Limit
    quorum_source: str
    reports_source: str


@dataclass(frozen=True)
class Quorum:
    """Whether those who came are enough; `lacks` says in a sentence what is missing, empty when nothing is."""

    met: bool
    lacks: str = ""


@cache
def protocol() -> Protocol:
    """The rules as the file gives them."""
    found = read_rules(settings.CONFERENCE_PROTOCOL, FILE)
    quorum, reports = found["quorum"], found["reports"]
    return Protocol(
        tuple(Agency(one) for one in quorum["must_be_there"]), quorum["other_agencies"], _limit(reports["initial"]),
        _limit(reports["review"]), quorum["source"]["title"], reports["source"]["title"],
    )  # fmt: skip


def _limit(said: dict[str, Any]) -> Limit:
    return Limit(said["number"], Unit(said["unit"]), Counting(said["counting"]))


def quorum_of(invitations: Iterable[Invitation]) -> Quorum:
    """Whether the agencies of those who came make a conference. Agencies are counted once; the family is none."""
    rules = protocol()
    there = {one.agency for one in invitations if one.there} - {Agency.FAMILY}
    absent = [agency.label for agency in rules.must_be_there if agency not in there]
    short = rules.other_agencies - len(there - set(rules.must_be_there))
    lacks = [f"{name} was not there." for name in absent]
    if short > 0:
        lacks.append(f"{short} more {'agency' if short == 1 else 'agencies'} would have had to be there.")
    return Quorum(not lacks, " ".join(lacks))


def report_wanted_by(planned: date, *, review: bool) -> date | None:
    """The last day on which a report for a conference of that day is in time."""
    rules = protocol()
    due = (rules.review if review else rules.initial).due(planned)
    return due.date() if isinstance(due, datetime) else due
