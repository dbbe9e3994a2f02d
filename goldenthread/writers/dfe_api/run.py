"""One run of sending: batch after batch, and each that is refused again in parts, until every record is settled."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

import polars as pl

from goldenthread.writers.dfe_api.connection import Connection
from goldenthread.writers.dfe_api.ledger import (
    PURGED,
    Entry,
    Event,
    Line,
    Standing,
    accepted,
    change,
    in_doubt,
    stamp,
)
from goldenthread.writers.dfe_api.prepare import request_body
from goldenthread.writers.dfe_api.service import (
    Accepted,
    Answer,
    Disallowed,
    Limited,
    Refused,
    Unauthorised,
    Unclear,
    Unreached,
    reason_of,
)
from goldenthread.writers.dfe_api.state import State

WAITS = (5.0, 10.0)
"""Seconds before the second and the third try of a request: twice as long each time."""
LONGEST_WAIT = 300.0
"""The longest the service may have us wait within a run; asked for longer, the rest is left to the next run."""
FAILED_IN_A_ROW = 3
"""Requests without an answer, each tried three times, after which the service is taken to be down."""
DISALLOWED_ALONE = 3
"""Records turned away one by one by the gateway before any was accepted, after which we are taken not to be let in."""
CUT_SHORT = "The run ended before the service answered."


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of a run.

    Children `accepted`, and of these `purged` ones. `refused` and `failed` are `child_id` and `reason`; a failed one is
    tried again next run, a refused one once its record changes. `waiting` children were not come to. `stopped` says why
    the run ended early, empty when it did not. `requests` counts those to the service and for its token.
    """

    accepted: int
    purged: int
    refused: pl.DataFrame
    failed: pl.DataFrame
    waiting: int
    stopped: str
    requests: int


@dataclass(frozen=True, slots=True)
class Piece:
    """One body to send, as text, with its entry."""

    entry: Entry
    text: str


@dataclass(slots=True)
class Run:
    """One run of sending, and what it has come to so far."""

    state: State
    connection: Connection
    now: Callable[[], datetime]
    wait: Callable[[float], None]
    tell: Callable[[str], None]
    accepted: set[str] = field(default_factory=set)
    purged: set[str] = field(default_factory=set)
    refused: dict[str, str] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)
    failed_in_a_row: int = 0
    disallowed_alone: int = 0
    stopped: str = ""

    def deliver(self, batches: Iterable[list[Piece]]) -> None:
        """Send batch after batch, and each that is refused again in parts, until all is settled or it must stop."""
        for whole in batches:
            parts = deque([whole])
            while parts and not self.stopped:
                parts.extendleft(reversed(self._settle(parts.popleft())))
            if self.stopped:
                return

    def result(self) -> Sent:
        """What the run has come to."""
        return Sent(
            len(self.accepted - self.refused.keys() - self.failed.keys()),
            len(self.purged),
            _reasons(self.refused),
            _reasons(self.failed),
            self.state.count_waiting() - len(self.failed),
            self.stopped,
            self.connection.requests,
        )

    def _settle(self, pieces: list[Piece]) -> list[list[Piece]]:
        """Send one batch and record what became of it; the parts it has to be sent in again, if any."""
        lines = self.state.lines([piece.entry.child for piece in pieces])
        doubts = [in_doubt(lines[piece.entry.child], piece.entry, CUT_SHORT) for piece in pieces]
        with self.state.transaction():
            # Written before the request: should this run die with it, the next knows what the DfE may hold.
            self.state.put(doubts)
        answer, in_question = self._ask(pieces)
        self.tell(_in_words(len(pieces), answer))
        after = {line.child: line for line in doubts} if in_question else lines
        return self._record(pieces, lines, after, answer)

    def _ask(self, pieces: Sequence[Piece]) -> tuple[Answer, bool]:
        """The answer after up to three tries, and whether an earlier one of them may have been accepted unheard."""
        body = request_body(piece.text for piece in pieces)
        answer = self.connection.post(body, len(pieces))
        in_question = isinstance(answer, Unclear)
        for usual in WAITS:
            pause = _pause(answer, usual)
            if pause is None:
                break
            self.wait(pause)
            answer = self.connection.post(body, len(pieces))
            in_question |= isinstance(answer, Unclear)
        return answer, in_question

    def _record(
        self, pieces: list[Piece], before: Mapping[str, Line], after: Mapping[str, Line], answer: Answer
    ) -> list[list[Piece]]:
        match answer:
            case Accepted(receipts):
                self._accept(pieces, before, receipts)
            case Refused() | Disallowed() if len(pieces) > 1:
                self._restore(after.values())
                return _parts(pieces, answer.positions if isinstance(answer, Refused) else ())
            case Refused():
                self._refuse(pieces[0], before, after, reason_of(answer))
            case Disallowed():
                self._fail(pieces, before, after, reason_of(answer), crowd=1)
                self.disallowed_alone += 1
                if not self.accepted and self.disallowed_alone >= DISALLOWED_ALONE:
                    self.stopped = (
                        f"The gateway lets nothing through ({answer.brief}). Look to the key and the address."
                    )
            case Unauthorised() | Limited():
                self._restore(after.values())
                self.stopped = f"The service takes no more for now ({answer.brief})."
            case Unreached() | Unclear():
                # A record that brings the service down is found by sending it with ever fewer others, run by run.
                crowd = max(1, len(pieces) // 2) if isinstance(answer, Unclear) else None
                self._fail(pieces, before, after, reason_of(answer), crowd)
                self.failed_in_a_row += 1
                if self.failed_in_a_row >= FAILED_IN_A_ROW:
                    self.stopped = f"The service does not answer ({answer.brief})."
        return []

    def _accept(self, pieces: Sequence[Piece], before: Mapping[str, Line], receipts: Sequence[str]) -> None:
        at = stamp(self.now())
        entries = [piece.entry for piece in pieces]
        purged = {entry.child for entry in entries if entry.hash == PURGED}
        held = [accepted(entry, at, receipt) for entry, receipt in zip(entries, receipts, strict=True)]
        events = [Event.purged if entry.child in purged else Event.accepted for entry in entries]
        with self.state.transaction():
            self.state.put(held)
            self.state.forget(purged)
            self.state.done(entries)
            self.state.log(at, [change(event, before[x.child], x) for event, x in zip(events, entries, strict=True)])
        self.failed_in_a_row = 0
        self.accepted |= {entry.child for entry in entries}
        self.purged |= purged

    def _refuse(self, piece: Piece, before: Mapping[str, Line], after: Mapping[str, Line], reason: str) -> None:
        child, at = piece.entry.child, stamp(self.now())
        line = replace(after[child], standing=Standing.refused, reason=reason, refused=piece.entry.hash, crowd=1)
        with self.state.transaction():
            self.state.put([line])
            self.state.give_up(child)
            self.state.log(at, [change(Event.refused, before[child], piece.entry, reason)])
        self.refused[child] = reason

    def _fail(
        self,
        pieces: Sequence[Piece],
        before: Mapping[str, Line],
        after: Mapping[str, Line],
        reason: str,
        crowd: int | None,
    ) -> None:
        """Leave the records for the next run, each in a batch of at most `crowd`; None for as many as before."""
        entries = [piece.entry for piece in pieces]
        failed = [replace(after[x.child], standing=Standing.failed, reason=reason) for x in entries]
        with self.state.transaction():
            self.state.put(replace(line, crowd=crowd or line.crowd) for line in failed)
            self.state.log(stamp(self.now()), [change(Event.failed, before[x.child], x, reason) for x in entries])
        self.failed |= {entry.child: reason for entry in entries}

    def _restore(self, lines: Iterable[Line]) -> None:
        """Leave the lines as they were before the request; one that was blank goes."""
        kept = {line.child: line for line in lines}
        blank = [child for child, line in kept.items() if line == Line(child)]
        with self.state.transaction():
            self.state.put(kept.values())
            self.state.forget(blank)


def _pause(answer: Answer, usual: float) -> float | None:
    """Seconds to wait before the same request is made again; None when it is not to be."""
    match answer:
        case Limited() if answer.after is not None:
            return answer.after if answer.after <= LONGEST_WAIT else None
        case Limited() | Disallowed() | Unauthorised() | Unreached() | Unclear(again=True):
            return usual
        case _:
            return None


def _parts(pieces: list[Piece], positions: Sequence[int]) -> list[list[Piece]]:
    """A batch to be sent again: the rest, then each record found at fault by itself; halves when none was named.

    One found at fault is refused only when it is so alone: then the reason given is its own.
    """
    if not positions:
        middle = len(pieces) // 2
        return [pieces[:middle], pieces[middle:]]
    rest = [piece for position, piece in enumerate(pieces) if position not in positions]
    return [*([rest] if rest else []), *([pieces[position]] for position in positions)]


def _in_words(records: int, answer: Answer) -> str:
    """The answer in words that may be shown to anyone."""
    sent = "One record" if records == 1 else f"A batch of {records} records"
    match answer:
        case Accepted():
            return f"{sent}: accepted"
        case Refused():
            return f"{sent}: refused ({answer.brief})"
        case Disallowed():
            return f"{sent}: turned away by the gateway ({answer.brief})"
        case Unauthorised():
            return f"{sent}: the key was not taken ({answer.brief})"
        case Limited():
            return f"{sent}: too many requests ({answer.brief})"
        case Unreached() | Unclear():
            return f"{sent}: no clear answer ({answer.brief})"


def nothing_sent(why: str) -> Sent:
    """The result of a run that sent nothing."""
    return Sent(0, 0, _reasons({}), _reasons({}), 0, why, 0)


def _reasons(found: Mapping[str, str]) -> pl.DataFrame:
    schema = {"child_id": pl.String(), "reason": pl.String()}
    return pl.DataFrame(sorted(found.items()), schema=schema, orient="row")
