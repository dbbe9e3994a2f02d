"""Which duties a visit answers: each that is open for the child, unless the worker says otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django import forms

from casework.common.coded import choices, meaning
from casework.common.templatetags.golden_thread import day
from casework.deadlines.queries import RunningClock
from casework.visits.queries import MADE, NO_DUTY, SEEN, answers

NONE_TICKED = "Tick at least one duty that the visit answers"


@dataclass(frozen=True)
class Duties:
    """The duties that a visit to one child can answer, which of them are ticked, and by when each is due where a clock
    says so. `stood`: where these are chosen the answer is left to the record, which knows what was open on the day.
    """

    can: tuple[str, ...]
    ticked: tuple[str, ...]
    stood: tuple[str, ...]
    due: Mapping[str, date | None] = field(default_factory=dict)


def of_new_visit(opened: tuple[str, ...], clocks: Iterable[RunningClock], asked_for: str = "") -> Duties:
    """All that is open, and the duty that the page was opened for."""
    beside = () if asked_for and opened == NO_DUTY else opened
    can = tuple(dict.fromkeys((*beside, *([asked_for] if asked_for else []))))
    due: dict[str, date | None] = {}
    for clock in clocks:
        for kind in can:
            if {MADE.get(kind, SEEN)} & answers(clock):
                due.setdefault(kind, clock.row.due_on)
    return Duties(can, can, opened, due)


def of_correction(opened: tuple[str, ...], held: tuple[str, ...]) -> Duties:
    """What was open on the day of the visit, and what it was said to answer."""
    return Duties(tuple(dict.fromkeys((*held, *opened))), held, held)


def asked_about(duties: Duties, on: date) -> One | Several:
    """The question: a list of all duties where one is open, and those that are open to tick where there are several."""
    return Several(duties) if len(duties.can) > 1 else One(duties, on)


class One(forms.ChoiceField):
    """One duty of all that there are."""

    widget = forms.Select

    def __init__(self, duties: Duties, on: date) -> None:
        super().__init__(label="Which duty does it answer?", required=False, choices=choices("visit_kind", on),
                         initial=duties.ticked)  # fmt: skip
        self.stood = duties.stood

    def prepare_value(self, value: Any) -> Any:
        """The one of a form that was not sent yet."""
        return next(iter(value), "") if isinstance(value, tuple) else value

    def clean(self, value: Any) -> tuple[str, ...]:
        """The duty; none where it is left as it stood."""
        given = super().clean(value)
        return (given,) if given and (given,) != self.stood else ()


class Several(forms.MultipleChoiceField):
    """Those of the duties open for the child that the visit answers, ticked to begin with."""

    def __init__(self, duties: Duties) -> None:
        super().__init__(
            label="Which duties does it answer?", required=False, initial=duties.ticked,
            widget=forms.CheckboxSelectMultiple, help_text="One visit can answer them all. Untick what it was not.",
            choices=[(kind, _said(kind, duties.due.get(kind))) for kind in duties.can],
        )  # fmt: skip
        self.stood = duties.stood

    def clean(self, value: Any) -> tuple[str, ...] | None:
        """The duties; none where they are left as they stood, and no answer at all where nothing is ticked."""
        given = tuple(super().clean(value))
        if not given:
            return None
        return () if set(given) == set(self.stood) else given


def _said(kind: str, due: date | None) -> str:
    return meaning("visit_kind", kind) + (f", due by {day(due)}" if due else "")
