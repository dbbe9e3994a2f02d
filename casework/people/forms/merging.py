"""Which of two answers is right, and how one knows that two records are of one person."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from casework.common.fields import LongText
from casework.people.merging.differences import GOES, STAYS, Compared

BEFORE = "which_"


class MergeForm(forms.Form):
    """A choice for each topic that both answer differently, and the reason."""

    def __init__(self, *args: Any, compared: Iterable[Compared], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in compared:
            if one.holds is None:
                answers = [(STAYS, one.stays), (GOES, one.goes)]
                self.fields[f"{BEFORE}{one.topic.code}"] = forms.ChoiceField(
                    label=f"{one.topic.title}: which is right?", choices=answers, widget=forms.RadioSelect,
                    error_messages={"required": f"Choose which is right: {one.topic.title.lower()}"},
                )  # fmt: skip
        self.fields["reason"] = LongText(
            label="How do you know that they are one person?", rows=3,
            help_text="Such as: the same NHS number, the school says so, the mother was asked.",
            error_messages={"required": "Say how you know that they are one person"},
        )  # fmt: skip

    def choices_made(self) -> dict[str, str]:
        """Topic code to the side whose answer holds."""
        answers = self.cleaned_data.items()
        return {name.removeprefix(BEFORE): side for name, side in answers if name.startswith(BEFORE)}


class UndoForm(forms.Form):
    """Why they are two after all."""

    reason = LongText(
        label="Why are they two people after all?", rows=3,
        error_messages={"required": "Say why they are two people after all"},
    )  # fmt: skip
