"""What a visit is asked about each child's plan: which of the actions it was about, and how each of those goes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField

from casework.common.templatetags.golden_thread import day
from casework.people.models import Person
from casework.planning.actions.progress import Said
from casework.planning.models import ActionWording, Progress
from casework.visits.actions import asked_of

HOW_IT_GOES = ((Progress.State.GOING, "On the way"), (Progress.State.DONE, "Done"), (Progress.State.STUCK, "Stuck"))
CLOSED = "An action that you ticked is not to be done any more. Look at the plan, and leave it out here."


@dataclass(frozen=True)
class Line:
    """An action to tick, with what is asked once it is ticked."""

    wording: ActionWording
    name: str
    chosen: bool
    goes: BoundField
    way: BoundField

    @property
    def said(self) -> str:
        """Who does it, and by when."""
        by = self.wording.by_when
        return ", ".join(part for part in (self.wording.owner, by and f"by {day(by)}") if part)


def asked_about(person: Person, to_do: Sequence[ActionWording]) -> dict[str, forms.Field]:
    """The questions about a child's plan; none for a child with nothing to be done in one."""
    if not to_do:
        return {}
    asked: dict[str, forms.Field] = {
        asked_of("about", person): forms.MultipleChoiceField(
            label="Was it about any of these in the plan?", required=False,
            choices=[(one.action_id, one.what) for one in to_do], error_messages={"invalid_choice": CLOSED},
        )
    }  # fmt: skip
    for one in to_do:
        goes, way = _names(one.action_id, person)
        asked[goes] = forms.ChoiceField(label="How does it go?", choices=HOW_IT_GOES, required=False)
        asked[way] = forms.CharField(label="What happened, or gets in the way?", max_length=1000, required=False)
    return asked


def lines(form: forms.Form, person: Person, to_do: Sequence[ActionWording]) -> list[Line]:
    """The actions to tick, bound."""
    if not to_do:
        return []
    about = form[asked_of("about", person)]
    ticked = {str(key) for key in about.value() or []}
    return [
        Line(
            one, about.html_name, str(one.action_id) in ticked, *(form[name] for name in _names(one.action_id, person))
        )
        for one in to_do
    ]


def answers(given: Mapping[str, Any], person: Person) -> dict[int, Said]:
    """How each ticked action goes, by its key."""
    found = {}
    for key in given.get(asked_of("about", person)) or []:
        goes, way = _names(int(key), person)
        found[int(key)] = Said(given.get(goes) or Progress.State.GOING, given.get(way) or "")
    return found


def lacking(given: Mapping[str, Any], person: Person) -> dict[str, str]:
    """What is still to be said, by the name of the question: what gets in the way of an action that is stuck."""
    stuck = (key for key, said in answers(given, person).items() if _stuck(said))
    return {_names(key, person)[1]: "Say what gets in the way" for key in stuck}


def _stuck(said: Said) -> bool:
    return said.state == Progress.State.STUCK and not said.what_happened


def _names(action: int, person: Person) -> tuple[str, str]:
    return asked_of(f"goes_{action}", person), asked_of(f"way_{action}", person)
