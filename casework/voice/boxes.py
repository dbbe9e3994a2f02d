"""The box for a child's words, with the last they said beside it, and the reason why there are none."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from casework.common.coded import choices
from casework.common.fields import LongText
from casework.people.models import Person
from casework.voice.actions import Answer
from casework.voice.last_words import LastSaid, LastWords
from casework.voice.models import NotAsked
from casework.voice.queries import has_a_voice
from casework.voice.why import Why

REASONS = [("", "Choose a reason"), *NotAsked.Reason.choices]
MORE = 300


class TheirWords(LongText):
    """What a child says. `beside` is shared by the boxes of a page about several children."""

    def __init__(self, *, person: Person, beside: LastWords | None = None, **kwargs: Any) -> None:
        super().__init__(**{"required": False, "template_name": "voice/their_words.html", **kwargs})
        self.person = person
        self.beside = beside or LastWords((person.pk,))

    def last(self, written: str) -> LastSaid | None:
        """What the child said last, apart from what is `written` in the box."""
        return self.beside.of(self.person.pk, but=written)


class WhyBoxes(forms.MultiWidget):
    """A reason, and words for more."""

    template_name = "django/forms/widgets/why_not_asked.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"reason": forms.Select(attrs, REASONS), "more": forms.TextInput(attrs)})

    def decompress(self, value: Why | None) -> list[Any]:
        return list(value or ("", ""))


class WhyNotAsked(forms.Field):
    """Why there are no words of the child: None where no reason is given."""

    widget = WhyBoxes
    choices = REASONS

    def __init__(self, *, person: Person, **kwargs: Any) -> None:
        name = person.forename or "the child"
        usual = {"label": f"If {name} was not asked: why?", "template_name": "voice/why_not_asked.html"}
        super().__init__(**{"required": False, **usual, **kwargs})

    def clean(self, value: Any) -> Why | None:
        """The reason. Something else has to be said in words."""
        reason, more = (str(part or "").strip() for part in value or ("", ""))
        if reason and reason not in NotAsked.Reason.values:
            raise ValidationError("Choose one of the reasons")
        if len(more) > MORE:
            raise ValidationError(f"Say it in {MORE} characters or fewer")
        if more and not reason:
            reason = NotAsked.Reason.OTHER
        if reason == NotAsked.Reason.OTHER and not more:
            raise ValidationError("Say in a few words why")
        return Why(reason, more) if reason else None


def boxes(
    person: Person, on: date, *, label: str, help_text: str = "", beside: LastWords | None = None, rows: int = 3
) -> dict[str, forms.Field]:
    """What is asked where a child's words become `Said`: them, how they came, or why there are none. None is needed.

    Nothing is asked of a child who is not born, or has died.
    """
    if not has_a_voice(person) or person.died_on:
        return {}
    return {
        "words": TheirWords(person=person, beside=beside, label=label, help_text=help_text or NOT_YOURS, rows=rows),
        "how": forms.ChoiceField(
            label="How did they tell it?", required=False, choices=[("", "Not said"), *choices("voice_means", on)]
        ),
        "why_not_asked": WhyNotAsked(person=person),
    }


def answer_of(found: dict[str, Any]) -> Answer:
    """The answers to them, taken out of those of the form."""
    return Answer(found.pop("words", "") or "", found.pop("how", "") or "", found.pop("why_not_asked", None))


def boxes_of_each(children: Sequence[Person], on: date) -> dict[str, forms.Field]:
    """The same of several children on one page, each child's key after the name of the question."""
    beside, found = LastWords(tuple(one.pk for one in children)), dict[str, forms.Field]()
    for child in children:
        name = child.forename or "the child"
        own = boxes(child, on, label=f"What does {name} say or show?", beside=beside)
        if own:
            own["how"].label = f"How did {name} tell it?"
        found |= {f"{question}_{child.pk}": asked for question, asked in own.items()}
    return found


def answers_of_each(found: dict[str, Any], children: Sequence[Person]) -> dict[int, Answer]:
    """The answers to them by the child's key, taken out of those of the form."""
    names = ("words", "how", "why_not_asked")
    return {
        child.pk: answer_of({name: found.pop(key) for name in names if (key := f"{name}_{child.pk}") in found})
        for child in children
    }


NOT_YOURS = "Their words, not yours. They go with all their words."
