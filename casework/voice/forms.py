"""What is asked about a child's words."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from casework.common.fields import CodeField, DayField, LongText
from casework.people.models import Person


class WriteDown(forms.Form):
    """The child's words, and how they came to be heard."""

    def __init__(self, *args: Any, person: Person, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name = person.forename or "the child"
        self.fields["words"] = LongText(
            label=f"What did {name} say or show?", rows=5, help_text="Their words, not yours. What a child who does "
            "not speak shows is their voice too: say what you saw.",
        )  # fmt: skip
        self.fields["how"] = CodeField("voice_means", on=today, label="How did they tell it?")
        self.fields["said_on"] = DayField(label="When was it?", latest=today, initial=today)
        self.fields["about"] = forms.CharField(label="What is it about?", required=False, max_length=200)
        self.fields["heard_by_other"] = forms.CharField(
            label="Who heard it, if it was not you?", required=False, max_length=200,
            help_text="Their name and who they are to the child.",
        )  # fmt: skip
        self.fields["what_changed"] = LongText(
            label="What changes because of it?", rows=3, required=False,
            help_text="You can say this later. If nothing can change, say why: the child will ask.",
        )  # fmt: skip


class WhatChanged(forms.Form):
    """What came of the child's words."""

    def __init__(self, *args: Any, person: Person, said_on: date, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name = person.forename or "the child"
        self.fields["what_changed"] = LongText(
            label="What changed because of it?", rows=4, help_text="Or why it could not."
        )
        self.fields["child_told_on"] = DayField(
            label=f"When was {name} told?", required=False, earliest=said_on, latest=today
        )
