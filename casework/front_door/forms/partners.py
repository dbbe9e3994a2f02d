"""Asking another agency what it knows, and its answer."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from casework.common.fields import LongText
from casework.front_door.models import Contribution

ANOTHER = "another"


class AskForm(forms.Form):
    """Which agency is asked, about whom, and what."""

    def __init__(
        self, *args: Any, agencies: Iterable[str], people: Iterable[tuple[int, str]], **kwargs: Any
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        asked = [*((name, f"{name} (sees the question here)") for name in agencies), (ANOTHER, "Another agency")]
        self.fields |= {
            "agency": forms.ChoiceField(label="Which agency?", choices=asked, widget=forms.RadioSelect),
            "other_agency": forms.CharField(
                label="If another: its name", required=False, max_length=100,
                help_text="For example the school’s name. You ask by telephone or secure e-mail, and write the answer.",
            ),
            "kind": forms.ChoiceField(
                label="What sort of agency is it?", choices=[("", "Choose one"), *Contribution.Kind.choices]
            ),
            "about": forms.TypedMultipleChoiceField(
                label="About whom?", choices=list(people), coerce=int, widget=forms.CheckboxSelectMultiple,
                help_text="They see each one’s name, birth date and address, and nothing else of the record.",
            ),
            "question": LongText(
                label="What do you need to know, and why?", help_text="They see this as you write it."
            ),
        }  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """The answers, with `agency` the name of the one asked."""
        answers: dict[str, Any] = super().clean() or {}
        if answers.get("agency") == ANOTHER:
            if not answers.get("other_agency"):
                self.add_error("other_agency", "Write the name of the agency")
            answers["agency"] = answers.get("other_agency", "")
        return answers


class AnswerForm(forms.Form):
    """What an agency says. `by_partner` leaves out what its own account need not be asked."""

    def __init__(self, *args: Any, by_partner: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = (("known", "Yes"), ("nothing", "No, nothing"), ("refused", "We cannot say"))
        self.fields["answer"] = forms.ChoiceField(
            label="Do you know anything of them?" if by_partner else "What did they answer?",
            choices=own if by_partner else Contribution.Answer.choices, widget=forms.RadioSelect,
        )  # fmt: skip
        self.fields["said"] = LongText(
            label="What do you know?" if by_partner else "What did they say?", required=False, rows=8,
            help_text="Say what is fact and what is opinion, and how recent it is. If you cannot say, why not."
            if by_partner else "If they would not say, write why.",
        )  # fmt: skip
        if not by_partner:
            self.fields["said_by"] = forms.CharField(label="Who said it?", max_length=200)
