"""What is asked about a visit: little that is the same for all, and each child's own part."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django import forms
from django.forms import BoundField

from casework.common.coded import choices
from casework.common.fields import DayField, LongText, MomentField, YesNoField
from casework.common.refused import Refused
from casework.people.models import Person
from casework.planning.models import ActionWording
from casework.visits import duty_questions, plan_questions
from casework.visits.actions import Own, Shared, asked_of, check_own
from casework.visits.models import ChildVisited
from casework.voice.boxes import answer_of, boxes
from casework.voice.last_words import LastWords
from casework.voice.models import NotAsked
from casework.voice.why import given

OWN = ("seen", "not_seen_because", "seen_alone", "not_alone_because", "bedroom_seen", "words", "how", "why_not_asked",
       "what_i_saw", "what_next")  # fmt: skip


@dataclass(frozen=True)
class Child:
    """A child on the page, with the questions about that child by name, and those about the child's plan."""

    person: Person
    asked: Mapping[str, BoundField]
    chosen: bool
    plan: Sequence[plan_questions.Line] = ()

    @property
    def several(self) -> bool:
        """Whether the visit can answer several duties to this child."""
        return isinstance(self.asked["duties"].field, duty_questions.Several)


class OneChild(forms.Form):
    """The questions about one child. `person` gives the names of the questions."""

    family: Sequence[Person] = ()

    def __init__(self, *args: Any, person: Person, duties: duty_questions.Duties, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        self.beside = LastWords((person.pk, *(one.pk for one in self.family)))
        self.ask(person, duties, on, required=True)

    def ask(self, person: Person, duties: duty_questions.Duties, on: date, *, required: bool) -> None:
        """Add the questions about a child. Whether the child was seen stops a clock, so no answer stands there yet."""
        name = person.forename or str(person)
        add = {
            "seen": YesNoField(label=f"Did you see {name}?"),
            "not_seen_because": LongText(
                label=f"Why was {name} not seen?", rows=2, required=False,
                help_text="An attempt stays on the record. The visit is still due.",
            ),
            "seen_alone": YesNoField(label=f"Was {name} seen alone?", required=False),
            "not_alone_because": forms.CharField(label="Why not alone?", required=False, max_length=300),
            "bedroom_seen": YesNoField(label=f"Did you see where {name} sleeps?", required=False),
            **boxes(person, on, label=f"What did {name} say or show?", beside=self.beside),
            "what_i_saw": LongText(label=f"How was {name}, and what did you see?", rows=4, required=False),
            "what_next": LongText(label="What happens next?", rows=2, required=False),
            "duties": duty_questions.asked_about(duties, on),
        }  # fmt: skip
        add["seen"].required = required
        for question, asked in add.items():
            self.fields[asked_of(question, person)] = asked

    def child(self, person: Person, *, chosen: bool = True) -> Child:
        """The questions about that child, bound."""
        return Child(person, self._asked(person), chosen)

    def _asked(self, person: Person) -> dict[str, BoundField]:
        asked = {name: asked_of(name, person) for name in (*OWN, "duties")}
        return {name: self[key] for name, key in asked.items() if key in self.fields}

    @property
    def own(self) -> Child:
        """The child whose record the page was opened from."""
        return self.child(self.person)

    def answers(self, person: Person, **more: Any) -> Own:
        """What was answered about that child."""
        given = {name: self.cleaned_data.get(asked_of(name, person)) for name in OWN}
        answer = answer_of(given)
        blank: dict[str, Any] = {name: value or "" for name, value in given.items() if name not in _YES_NO}
        yes_no: dict[str, Any] = {name: given[name] for name in _YES_NO if name != "seen"}
        duties = self.cleaned_data.get(asked_of("duties", person)) or ()
        return Own(person, seen=given["seen"], duties=duties, answer=answer, **blank, **yes_no, **more)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        self.cleaned_data = cleaned
        try:
            check_own(self.everybody())
        except Refused as refused:
            if refused.field not in self.errors:
                self.add_error(refused.field, refused.message)
        for one in self.everybody():
            name = asked_of("duties", one.person)
            if name not in self.errors and cleaned.get(name) is None:
                self.add_error(name, duty_questions.NONE_TICKED)
        return cleaned

    def everybody(self) -> list[Own]:
        """Each child's own part."""
        return [self.answers(self.person)]


_YES_NO = ("seen", "seen_alone", "bedroom_seen")


class RecordVisit(OneChild):
    """A visit to a child, and to brothers and sisters with the child."""

    def __init__(
        self, *args: Any, family: Sequence[Person], person: Person, now: datetime, on: date,
        duties: Mapping[int, duty_questions.Duties], to_do: Mapping[int, Sequence[ActionWording]], **kwargs: Any,
    ) -> None:  # fmt: skip
        self.family, self.to_do = family, to_do
        super().__init__(*args, person=person, duties=duties[person.pk], on=on, **kwargs)
        for one in family:
            self.ask(one, duties[one.pk], on, required=False)
        for one in (person, *family):
            self.fields.update(plan_questions.asked_about(one, to_do.get(one.pk, ())))
        self.fields["visited_at"] = MomentField(label="When?", no_later_than=now, initial=now)
        self.fields["place"] = forms.CharField(label="Where?", max_length=300, required=False, initial="At home")
        self.fields["unannounced"] = YesNoField(label="Was it unannounced?", required=False)
        purposes = [one for one in choices("visit_purpose", on) if one[0] != "unannounced"]
        self.fields["purpose"] = forms.ChoiceField(
            label="What was it for?", choices=purposes, initial="statutory", widget=forms.RadioSelect, required=False
        )
        self.fields["shared"] = LongText(label="What happened?", rows=4, required=False, help_text=_shared_hint(family))
        self.fields["task"] = forms.CharField(
            label="Something for you to do?", max_length=300, required=False, help_text="It goes into your tasks."
        )
        self.fields["task_by"] = DayField(label="By when?", required=False, earliest=on)
        self.fields["also"] = forms.MultipleChoiceField(
            label="Who else did you go to see?", required=False, choices=[(one.pk, str(one)) for one in family],
            widget=forms.CheckboxSelectMultiple,
        )  # fmt: skip

    def child(self, person: Person, *, chosen: bool = True) -> Child:
        """The questions about that child and the child's plan, bound."""
        plan = plan_questions.lines(self, person, self.to_do.get(person.pk, ()))
        return Child(person, self._asked(person), chosen, plan)

    @property
    def others(self) -> list[Child]:
        """The rest of the family."""
        chosen = {str(key) for key in self["also"].value() or []}
        return [self.child(one, chosen=str(one.pk) in chosen) for one in self.family]

    def everybody(self) -> list[Own]:
        """Each child's own part, of those whom the visit was to."""
        given = self.cleaned_data
        task = {"task": given.get("task") or "", "task_by": given.get("task_by")}
        return [self._of(one, **(task if one == self.person else {})) for one in self.chosen()]

    def _of(self, person: Person, **more: Any) -> Own:
        return self.answers(person, worked_on=plan_questions.answers(self.cleaned_data, person), **more)

    def chosen(self) -> list[Person]:
        """Whom the visit was to."""
        also = self.cleaned_data.get("also") or []
        return [self.person, *(one for one in self.family if str(one.pk) in also)]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for one in self.chosen():
            for name, what in plan_questions.lacking(cleaned, one).items():
                self.add_error(name, what)
        return cleaned

    def visit(self) -> Shared:
        """What is the same for all."""
        names = ("visited_at", "place", "unannounced", "purpose", "shared")
        return Shared(**{name: self.cleaned_data[name] for name in names})


def _shared_hint(family: Sequence[Person]) -> str:
    return "Only what may be read on the record of each child you choose." if family else ""


def answers_of(part: ChildVisited) -> dict[str, Any]:
    """The answers that a correction starts from. The child's words are not among them: they are never altered."""
    names = ("seen", "not_seen_because", "seen_alone", "not_alone_because", "bedroom_seen", "what_i_saw", "what_next",
             "duties")  # fmt: skip
    held = {asked_of(name, part.person): getattr(part, name) for name in names}
    return {**held, asked_of("why_not_asked", part.person): given(NotAsked.Place.VISIT, part.pk)}
