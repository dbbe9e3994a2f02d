"""What is known of each child at the DfE, what waits to be sent, and what became of what was sent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from goldenthread.writers.dfe_api.places import UNKNOWN, Places
from goldenthread.writers.dfe_api.shape import MOST_IN_BATCH

PURGED = "purged"
"""Stands for the hash of a child's payload where the whole child is taken back."""


class DailyFlowError(Exception):
    """The daily flow cannot go on; the message says why and what to do, and names no child and no secret."""


class Standing(StrEnum):
    """How a child stands with the DfE: accepted as last sent; failed, to be tried again; or refused."""

    accepted = "accepted"
    failed = "failed"
    refused = "refused"


@dataclass(frozen=True, slots=True)
class Line:
    """What is known of one child at the DfE.

    `hash` is of the payload it holds, None while that is not known. `places` are all it may hold. `refused` is the hash
    of the payload it refused, with the `reason`. `crowd` is the most children to send this one with, so that one record
    that brings every request down comes to be sent alone. `at` and `receipt` are of the last acceptance.
    """

    child: str
    standing: Standing = Standing.failed
    hash: str | None = None
    places: Places = field(default_factory=dict)
    reason: str = ""
    refused: str | None = None
    crowd: int = MOST_IN_BATCH
    at: str | None = None
    receipt: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One body that waits to be sent: where it stands in its batch file, and what the DfE holds once it is accepted.

    `hash` is that of the child's payload, `PURGED` where all of the child is taken back. A body that is not `final`
    only makes way for the next, which brings the DfE to that payload.
    """

    child: str
    step: int
    file: str
    position: int
    hash: str
    final: bool
    places: Places


class Event(StrEnum):
    """What became of a body. `withdrawn`: a child never accepted that is no more in the cohort, so nothing is sent."""

    accepted = "accepted"
    purged = "purged"
    refused = "refused"
    failed = "failed"
    withdrawn = "withdrawn"


@dataclass(frozen=True, slots=True)
class Change:
    """One line of the log: what became of a body, and which places it added, changed and took back."""

    child: str
    event: Event
    hash: str | None = None
    added: Sequence[str] = ()
    changed: Sequence[str] = ()
    gone: Sequence[str] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """The places in which two states of a child differ."""

    added: Sequence[str]
    changed: Sequence[str]
    gone: Sequence[str]


def difference(before: Places, after: Places) -> Difference:
    """What brings one state of a child's places to another; a place of unknown content counts as changed."""
    return Difference(
        sorted(after.keys() - before.keys()),
        sorted(place for place in after.keys() & before.keys() if after[place] != before[place]),
        sorted(before.keys() - after.keys()),
    )


def change(event: Event, line: Line, entry: Entry, reason: str = "") -> Change:
    """The log's line for an entry sent when the ledger stood at `line`."""
    found = difference(line.places, entry.places)
    return Change(line.child, event, entry.hash, found.added, found.changed, found.gone, reason)


def accepted(entry: Entry, at: str, receipt: str) -> Line:
    """The line once the DfE has accepted the entry."""
    known = entry.hash if entry.final else None
    return Line(entry.child, Standing.accepted, known, entry.places, at=at, receipt=receipt)


def in_doubt(line: Line, entry: Entry, reason: str) -> Line:
    """The line while it is not known whether the entry was accepted: the DfE may hold all of before and of now."""
    may_hold = dict.fromkeys((*line.places, *entry.places), UNKNOWN)
    return replace(line, standing=Standing.failed, hash=None, places=may_hold, reason=reason)


def stamp(moment: datetime) -> str:
    """A moment of local clock time as the state keeps it."""
    return moment.replace(tzinfo=None).isoformat(timespec="microseconds")
