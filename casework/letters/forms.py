"""What is asked about a letter."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from casework.common.fields import DayField, LongText
from casework.common.templatetags.golden_thread import day
from casework.letters.kinds import KINDS, Whom
from casework.letters.models import Copy
from casework.letters.queries import CanBegin
from casework.people.models import Person

SOMEBODY_ELSE = "other"


class Begin(forms.Form):
    """Which letter."""

    def __init__(self, *args: Any, can: Sequence[CanBegin], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.can = {one.key: one for one in can}
        self.fields["letter"] = forms.ChoiceField(
            label="Which letter?", choices=[(key, one.words) for key, one in self.can.items()],
            widget=forms.RadioSelect,
        )  # fmt: skip


class Children(forms.Form):
    """Whom the letter is about, beside the child."""

    def __init__(self, *args: Any, near: Sequence[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.near = near
        self.fields["beside"] = forms.MultipleChoiceField(
            label="Which brothers and sisters is it about too?", required=False,
            choices=[(one.reference, _with_birth(one)) for one in near], widget=forms.CheckboxSelectMultiple,
            help_text="Whoever may not read each of these records is not shown the letter. Who is not known to be a "
            "parent of each does not get that part, unless you put it back.",
        )  # fmt: skip

    def chosen(self) -> list[Person]:
        """Those chosen."""
        return [one for one in self.near if one.reference in self.cleaned_data["beside"]]


def _with_birth(person: Person) -> str:
    """Two of a family may have one name."""
    return f"{person.full_name}, born {day(person.born_on)}" if person.born_on else person.full_name


class Write(forms.Form):
    """What the template asks its writer."""

    def __init__(self, *args: Any, questions: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = {f"answer_{place}": question for place, question in enumerate(questions)}
        for name, question in self.questions.items():
            self.fields[name] = LongText(label=question, required=False, rows=8)

    def answers(self) -> dict[str, str]:
        """Each question with what was written."""
        return {question: self.cleaned_data[name] for name, question in self.questions.items()}


class AddCopy(forms.Form):
    """Who gets it."""

    def __init__(self, *args: Any, known: Sequence[Whom], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {str(place): one for place, one in enumerate(known)}
        told = dict(Copy.For.choices)
        choices = [(key, f"{one.name} ({told[one.recipient].lower()})") for key, one in self.known.items()]
        self.fields |= {
            "who": forms.ChoiceField(
                label="Who is this copy for?", choices=[*choices, (SOMEBODY_ELSE, "Somebody else")],
                widget=forms.RadioSelect,
            ),
            "name": forms.CharField(label="Their name, for somebody else", required=False, max_length=200),
            "recipient": forms.ChoiceField(
                label="What are they, for somebody else?", choices=[("", "Choose one"), *Copy.For.choices],
                required=False,
            ),
            "address": LongText(
                label="Address on the letter", rows=4, required=False,
                help_text="Left empty, the one on their own record is used, if there is one.",
            ),
        }  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """The answers; somebody else needs a name."""
        given = super().clean() or {}
        if given.get("who") == SOMEBODY_ELSE:
            for name, asked in (("name", "Say who it is for"), ("recipient", "Say what they are")):
                if not given.get(name):
                    self.add_error(name, asked)
        return given

    @staticmethod
    def again(copy: Copy, known: Sequence[Whom]) -> dict[str, str]:
        """The answers for a second copy for the same person."""
        place = next((str(place) for place, one in enumerate(known) if one.name == copy.name), SOMEBODY_ELSE)
        told = {"who": place, "address": copy.address}
        return told if place != SOMEBODY_ELSE else {**told, "name": copy.name, "recipient": copy.recipient}

    def whom(self) -> Whom:
        """Who it is."""
        given = self.cleaned_data
        if given["who"] == SOMEBODY_ELSE:
            return Whom(given["recipient"], given["name"], given["address"])
        one = self.known[given["who"]]
        return Whom(one.recipient, one.name, given["address"] or one.address, one.person)


class LeaveOut(forms.Form):
    """Which parts somebody does not get, and why."""

    says_so = forms.ChoiceField(
        label="What does the copy say?",
        choices=[
            ("yes", "That a part has been left out"),
            ("no", "Nothing: it may not be known that there is more"),
        ],
        widget=forms.RadioSelect,
    )
    reason = LongText(label="Why?", rows=3, help_text="Staff see this. It is not in the copy.")

    def __init__(self, *args: Any, sections: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.titles = dict(sections)
        parts = forms.TypedMultipleChoiceField(
            label="Which parts does this person not get?", coerce=int,
            choices=[(str(number), title) for number, title in sections], widget=forms.CheckboxSelectMultiple,
        )  # fmt: skip
        self.fields = {"parts": parts, **self.fields}

    def sections(self) -> list[tuple[int, str]]:
        """The number and title of each."""
        return [(number, self.titles[number]) for number in self.cleaned_data["parts"]]


class Address(forms.Form):
    """Whether the child's address is in a copy."""

    why = LongText(
        label="Why may they not know where the child lives?", rows=3, required=False,
        help_text="Left empty, the child’s address is in this copy where the letter gives it.",
    )  # fmt: skip


class Ready(forms.Form):
    """Nothing is asked: the page shows the copy, and the button says yes."""


class Send(forms.Form):
    """How it went."""

    way = forms.ChoiceField(label="How did it go to them?", choices=Copy.Way.choices, widget=forms.RadioSelect)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sent_on"] = DayField(label="When did it go?", latest=today)


class Returned(forms.Form):
    """That it came back."""

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"] = DayField(label="When did it come back?", latest=today)
        self.fields["because"] = LongText(label="What is known of why?", rows=2, required=False)


class PutAway(forms.Form):
    """Why it is not sent."""

    because = LongText(label="Why is it not to be sent?", rows=2)


class Wording(forms.Form):
    """A template's name and text."""

    name = forms.CharField(label="What do staff call it?", max_length=100)
    text = LongText(label="The text", rows=24)


class NewTemplate(Wording):
    """A template of the authority's own: of which kind."""

    kind = forms.ChoiceField(
        label="Which kind of letter is it?", choices=[(one.code, one.title) for one in KINDS.values()],
        help_text="The kind says which fields the text may have.",
    )  # fmt: skip
    field_order = ("kind", "name", "text")
