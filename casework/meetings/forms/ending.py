"""Asking a manager to agree that a plan ends, and the manager's answer."""

from __future__ import annotations

from typing import Any

from django import forms

from casework.common.fields import LongText


class AskForm(forms.Form):
    """Which manager."""

    def __init__(self, *args: Any, managers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["of"] = forms.ModelChoiceField(managers, label="Which manager?", empty_label="Choose one")
        self.fields["comment"] = LongText(label="Anything they should know?", required=False, rows=3)


class AnswerForm(forms.Form):
    """Whether the plan ends."""

    ANSWERS = (("agree", "Yes: the plan ends today"), ("back", "No: send it back"))
    answer = forms.ChoiceField(label="Do you agree that the plan ends?", choices=ANSWERS, widget=forms.RadioSelect)
    comment = LongText(
        label="What do you want to say?",
        required=False,
        rows=4,
        help_text="If you send it back: what has to be thought of.",
    )
