"""What is asked of a reader and of a writer of a chronology."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from casework.chronology.queries import Sought
from casework.chronology.wording import STAGES
from casework.common.fields import DayField, LongText
from casework.people.models import Person


class Look(forms.Form):
    """What to show, and beside whom."""

    words = forms.CharField(label="Words", required=False)
    show = forms.ChoiceField(
        label="How much to show",
        required=False,
        choices=[("", "Key events"), ("everything", "Everything, with visits, meetings and supervision")],
        widget=forms.RadioSelect,
    )
    stages = forms.MultipleChoiceField(
        label="Only about", required=False, choices=list(STAGES.items()), widget=forms.CheckboxSelectMultiple
    )
    since = DayField(label="On or after", required=False)
    until = DayField(label="On or before", required=False)

    def __init__(self, *args: Any, near: Sequence[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.near = near
        if near:
            self.fields["beside"] = forms.MultipleChoiceField(
                label="Beside brothers and sisters",
                required=False,
                choices=[(one.reference, one.full_name) for one in near],
                widget=forms.CheckboxSelectMultiple,
            )

    def sought(self) -> Sought:
        """What is looked for; key events where the page has errors."""
        if not self.is_valid():
            return Sought()
        given = self.cleaned_data
        return Sought(
            given["words"], tuple(given["stages"]), given["since"], given["until"], given["show"] == "everything"
        )

    def chosen(self) -> list[Person]:
        """The brothers and sisters to show beside."""
        asked = self.cleaned_data.get("beside", []) if self.is_valid() else []
        return [one for one in self.near if one.reference in asked]


class Significance(forms.Form):
    """Why a line matters."""

    text = LongText(
        label="Why does this matter for the child?",
        rows=4,
        required=False,
        help_text="What it meant for them, the pattern it is part of, what it changed. It is read on the chronology, "
        "in court too. Leave it empty to take away what was said before.",
    )


class Add(forms.Form):
    """Something that happened and that no part of the record asks for."""

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["happened_on"] = DayField(label="When did it happen?", latest=today)
        self.fields["day_not_certain"] = forms.BooleanField(label="The day is not certain", required=False)
        self.fields["what"] = LongText(label="What happened?", rows=4)
        self.fields["known_from"] = forms.CharField(
            label="How is it known?", max_length=200, help_text="Who said it, or which paper says it, and its date."
        )
        self.fields["significance"] = LongText(label="Why does it matter for the child?", rows=3, required=False)


class Withdraw(forms.Form):
    """Why something that was added should not be in the chronology."""

    reason = LongText(label="Why should it not be there?", rows=3)
