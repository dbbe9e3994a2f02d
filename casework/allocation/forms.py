"""The questions asked when a child is given to a team or a worker."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from casework.accounts.models import Team, Worker
from casework.common.fields import CodeField, LongText


class AllocateForm(forms.Form):
    """Which worker, why the worker changes, and what the next one has to know."""

    worker = forms.ModelChoiceField(
        label="Who is to hold the case?", queryset=Worker.objects.none(), empty_label="Choose one"
    )
    co_worker = forms.ModelChoiceField(
        label="Who works beside them?", queryset=Worker.objects.none(), required=False, empty_label="Nobody",
        help_text="A newly qualified worker needs an experienced one beside them in child protection.",
    )  # fmt: skip

    def __init__(self, *args: Any, on: date, passes: bool, may_override: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("worker", "co_worker"):
            field = self.fields[name]
            field.queryset = case_holders(on)  # type: ignore[attr-defined]
            field.label_from_instance = described_worker  # type: ignore[attr-defined]
        if passes:
            self.fields["change_reason"] = CodeField("worker_change_reason", on=on, label="Why does the worker change?")
            self.fields["handover"] = _handover(required=False)
        if may_override:
            self.fields["override_reason"] = LongText(
                label="If this is against the authority's rules: why must it be?", required=False, rows=2,
                help_text="Leave empty otherwise. Your name and the reason are reported.",
            )  # fmt: skip


class TeamForm(forms.Form):
    """Which team the child is to wait in."""

    team = forms.ModelChoiceField(label="Which team?", queryset=Team.objects.all(), empty_label="Choose one")

    def __init__(self, *args: Any, passes: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if passes:
            self.fields["handover"] = _handover(
                error_messages={"required": "Write what the next worker has to know: the child passes from a worker"}
            )


def _handover(**how: Any) -> LongText:
    return LongText(
        label="What does the next worker have to know?", rows=8,
        help_text="Where the plan stands, what is due, what the child and family were promised.", **how,
    )  # fmt: skip


def case_holders(on: date) -> Any:
    """Workers who are here on the day and in a team, with their team, by team and name."""
    here = Worker.objects.exclude(team=None).exclude(left_on__lte=on)
    return here.select_related("team").order_by("team__name", "name")


def described_worker(worker: Worker) -> str:
    """A worker as a list of choices shows them."""
    marks = [str(worker.team)]
    if worker.newly_qualified:
        marks.append("newly qualified")
    elif not worker.registered:
        marks.append("not a registered social worker")
    return f"{worker.name} ({', '.join(marks)})"
