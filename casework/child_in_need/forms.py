"""The questions of beginning and ending a child in need plan."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from casework.child_in_need.models import ChildInNeedPlan
from casework.common.fields import DayField, LongText
from casework.voice.boxes import answer_of, boxes


class BeginForm(forms.Form):
    """From which day."""

    def __init__(self, *args: Any, on: date, earliest: date | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["started_on"] = DayField(
            label="When did the family agree to it?", latest=on, earliest=earliest,
            help_text="The plan counts from this day. The first meeting is due from it too.",
        )  # fmt: skip


class EndForm(forms.Form):
    """Why it ends and what comes after."""

    def __init__(self, *args: Any, on: date, plan: ChildInNeedPlan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ended_on"] = DayField(label="When does it end?", latest=on, earliest=plan.started_on)
        self.fields["end_reason"] = forms.ChoiceField(
            label="Why does it end?", choices=ChildInNeedPlan.EndReason.choices, widget=forms.RadioSelect
        )
        self.fields["why_ended"] = LongText(
            label="What is different for the child now, and what is left to do?", rows=4, required=False,
            help_text="If the family goes on with early help, early help reads this.",
        )  # fmt: skip
        name = plan.person.forename or "the child"
        self.fields.update(boxes(plan.person, on, label=f"What does {name} say about the plan and its end?"))

    def end(self) -> dict[str, Any]:
        """The answers, as the action takes them."""
        found = dict(self.cleaned_data)
        return {"answer": answer_of(found), **found}
