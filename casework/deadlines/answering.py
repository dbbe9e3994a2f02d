"""Where what a clock waits for is recorded: a link beside the clock. Stages add theirs in `AppConfig.ready`."""

from __future__ import annotations

from dataclasses import dataclass

from casework.deadlines.words import clock_named


@dataclass(frozen=True)
class Answer:
    """A page that records what a clock waits for. `view` takes the person's reference; `query` goes after the address.

    The link is shown to those who have the permission.
    """

    words: str
    permission: str
    view: str
    query: str = ""


_answers: dict[str, Answer] = {}


def add(event: str, answer: Answer) -> None:
    """Offer that page beside every clock that the event stops."""
    _answers[event] = answer


def answer_to(clock_id: str) -> Answer | None:
    """The page for that clock of the statute book; None where it is recorded nowhere in particular."""
    clock = clock_named(clock_id)
    return next((_answers[event] for event in (clock.satisfied_by if clock else ()) if event in _answers), None)
