"""What is to be done about each child: how it stands to what was last sent, and the bodies that bring the DfE to it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from enum import StrEnum

from goldenthread.writers.dfe_api.build import Payloads
from goldenthread.writers.dfe_api.ledger import PURGED, Difference, Entry, Line, Standing, difference
from goldenthread.writers.dfe_api.places import Step, compact, identities, places_of, purge_of_child, steps


class Kind(StrEnum):
    """How a child stands to what was last sent.

    `left`: no more in the cohort, though in the record; `gone`: no more in the record. Both are taken back.
    `refused`: refused by the service, and the same still, so not sent again. `kept_back`: see `Payloads.kept_back`.
    """

    new = "new"
    changed = "changed"
    unchanged = "unchanged"
    left = "left"
    gone = "gone"
    refused = "refused"
    kept_back = "kept_back"


@dataclass(frozen=True, slots=True)
class Body:
    """One body to send and the entry for it, its file and position still to be given."""

    text: str
    entry: Entry
    crowd: int


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be done about one child, and the line it leaves in the ledger meanwhile, None for no line."""

    child: str
    kind: Kind
    found: Difference
    bodies: Sequence[Body]
    line: Line | None
    reason: str = ""


NO_DIFFERENCE = Difference((), (), ())
NOT_SENT = (Kind.unchanged, Kind.refused, Kind.kept_back)


def jobs(payloads: Payloads, ledger: Mapping[str, Line], retry_refused: bool) -> Iterator[Job]:
    """A job for every child that is in the cohort, is kept back, or is in the ledger."""
    drafts = list(_drafts(payloads, ledger, retry_refused))
    leaving = identities(place for draft in drafts if draft.kind not in NOT_SENT for place in draft.found.gone)
    return (_job(draft, leaving) for draft in drafts)


@dataclass(frozen=True, slots=True)
class Draft:
    """How one child stands. `text` is its payload, empty where there is none; `hash` is of that, or `PURGED`."""

    child: str
    kind: Kind
    found: Difference
    line: Line | None
    text: str = ""
    hash: str = PURGED
    reason: str = ""


def _drafts(payloads: Payloads, ledger: Mapping[str, Line], retry_refused: bool) -> Iterator[Draft]:
    wanted = payloads.frame
    for child, text, digest in zip(wanted["child_id"], wanted["payload"], wanted["hash"], strict=True):
        yield _wanted(child, text, digest, ledger.get(child), retry_refused)
    kept_back = dict(payloads.kept_back.iter_rows())
    for child, reason in kept_back.items():
        yield Draft(child, Kind.kept_back, NO_DIFFERENCE, ledger.get(child), reason=reason)
    recorded = set(payloads.recorded)
    for child in sorted(ledger.keys() - set(wanted["child_id"]) - kept_back.keys()):
        yield _unwanted(ledger[child], Kind.left if child in recorded else Kind.gone)


def _wanted(child: str, text: str, digest: str, line: Line | None, retry_refused: bool) -> Draft:
    if line is not None and line.hash == digest:
        settled = replace(line, standing=Standing.accepted, reason="", refused=None)
        return Draft(child, Kind.unchanged, NO_DIFFERENCE, settled, text, digest)
    if line is not None and line.refused == digest and not retry_refused:
        return Draft(child, Kind.refused, NO_DIFFERENCE, line, reason=line.reason)
    before = line.places if line is not None else {}
    found = difference(before, places_of(json.loads(text)))
    return Draft(child, Kind.changed if before else Kind.new, found, line, text, digest)


def _unwanted(line: Line, kind: Kind) -> Draft:
    """A purge is asked for every night, refused or not: it sends nothing but the identifier."""
    return Draft(line.child, kind, difference(line.places, {}), line if line.places else None)


def _job(draft: Draft, leaving: Set[str]) -> Job:
    kind = draft.kind
    if kind is Kind.unchanged and draft.line is not None and leaving & identities(draft.line.places):
        # What it holds is purged of another child today, from which it came: it is sent anew after that.
        kind = Kind.changed
    sent = kind not in NOT_SENT
    return Job(draft.child, kind, draft.found, _bodies(draft, leaving) if sent else (), draft.line, draft.reason)


def _bodies(draft: Draft, leaving: Set[str]) -> list[Body]:
    line = draft.line or Line(draft.child)
    if draft.text:
        found = steps(json.loads(draft.text), line.places, leaving)
    else:
        found = [Step(purge_of_child(draft.child), {}, final=True)] if line.places else []
    return [
        Body(compact(step.body), Entry(draft.child, number, "", 0, draft.hash, step.final, step.places), line.crowd)
        for number, step in enumerate(found, start=1)
    ]
