"""Questions about a query, and about a return to be made."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from casework.accuracy.models import Return
from casework.common.fields import DayField, LongText


class AnswerForm(forms.Form):
    """Why the record is right."""

    reason = LongText(
        label="Why is the record right?", rows=4,
        help_text="One or two sentences that whoever sends the return can pass on. It stands until the facts change.",
    )  # fmt: skip


class ReturnForm(forms.Form):
    """Which return, as at which day."""

    kind = forms.ChoiceField(label="Which return?", choices=Return.Kind.choices, widget=forms.RadioSelect)

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["as_at"] = DayField(
            label="As at which day?", latest=on,
            help_text="The day it speaks of, such as 31 March. What was recorded later about that day is in it.",
        )  # fmt: skip
