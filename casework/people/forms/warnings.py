"""What is asked when a warning note is looked at again."""

from __future__ import annotations

from django import forms

from casework.common.fields import DayField, LongText

KEEP, END = "keep", "end"


class ReviewForm(forms.Form):
    """Whether the warning stays, until when it need not be looked at, or why it ends."""

    answer = forms.ChoiceField(
        label="Is there still this danger?", widget=forms.RadioSelect,
        choices=[(KEEP, "Yes, or it is not known: keep the warning"), (END, "No: end the warning today")],
    )  # fmt: skip
    review_on = DayField(label="If you keep it, when is it to be looked at again?", required=False)
    reason = LongText(label="If you end it, why?", rows=3, required=False, help_text="It stays on record, as ended.")
