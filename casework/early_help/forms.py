"""The questions of early help."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from casework.accounts.models import Team
from casework.common.fields import CodeField, DayField, LongText, YesNoField
from casework.early_help.models import Issue
from casework.people.models import Person
from casework.voice.actions import Answer
from casework.voice.boxes import answers_of_each, boxes_of_each


class BeginForm(forms.Form):
    """Which children, and who leads."""

    children = forms.ModelMultipleChoiceField(
        label="Which children is it about?", queryset=Person.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    lead_practitioner = forms.CharField(
        label="Who leads?", max_length=200, help_text="The lead practitioner can be of any agency."
    )
    organisation = forms.CharField(label="Which organisation are they from?", max_length=100)
    lead_contact = forms.CharField(label="How can they be reached?", max_length=200, required=False)
    team = forms.ModelChoiceField(
        label="Which early help team holds it?", queryset=Team.objects.filter(stage="early_help"), required=False,
        empty_label="None: the organisation holds it",
    )  # fmt: skip

    def __init__(self, *args: Any, people: list[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["children"].queryset = Person.objects.filter(pk__in=[one.pk for one in people])  # type: ignore[attr-defined]


class ConsentForm(forms.Form):
    """Whether the family agrees."""

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.update(
            given=YesNoField(label="Does the family agree to early help?"),
            who=forms.CharField(label="Who was asked?", max_length=200),
            on=DayField(label="When were they asked?", latest=on),
            limits=LongText(
                label="What do they not want shared, and with whom?", required=False, rows=3,
                help_text="Leave empty if there is no limit.",
            ),
        )  # fmt: skip


class WriteForm(forms.Form):
    """The family's assessment."""

    strengths = LongText(label="What goes well in this family?", required=False)
    worries = LongText(label="What are people worried about?", required=False)
    parents_views = LongText(label="What do the parents say, and what would they like to change?", required=False)
    analysis = LongText(label="What does this mean for the family?", required=False, rows=8)

    def __init__(self, *args: Any, on: date, children: Sequence[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.children = children
        rest = {name: self.fields.pop(name) for name in ("parents_views", "analysis")}
        self.fields |= boxes_of_each(children, on) | rest
        self.fields["level_of_need"] = CodeField("level_of_need", on=on, label="Level of need", required=False)
        for kind, label in Issue.Kind.choices:
            self.fields[f"issue_{kind}"] = forms.CharField(
                label=label, required=False, max_length=500, help_text="How it shows, if the family has this issue."
            )

    def heard(self) -> dict[int, Answer]:
        """What each child says, or why they were not asked, by the child's key."""
        return answers_of_each(dict(self.cleaned_data), self.children)

    def issues(self) -> dict[str, str]:
        """Each of the six issues that the family has, and how it shows."""
        found = {kind: self.cleaned_data[f"issue_{kind}"].strip() for kind in Issue.Kind.values}
        return {kind: how for kind, how in found.items() if how}


class MemberForm(forms.Form):
    """Somebody who joins the team around the family."""

    name = forms.CharField(label="Name", max_length=200)
    role = forms.CharField(
        label="Part in the team", max_length=100, help_text="For example teacher, health visitor, grandmother."
    )
    agency = forms.CharField(label="Agency", max_length=100, required=False)
    contact = forms.CharField(label="How can they be reached?", max_length=200, required=False)


class LeavesForm(forms.Form):
    """When somebody left the team around the family."""

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ended_on"] = DayField(label="When did they stop?", latest=on)


class LeadForm(forms.Form):
    """Who leads from now on."""

    name = forms.CharField(label="Who leads from now on?", max_length=200)
    organisation = forms.CharField(label="Which organisation are they from?", max_length=100)
    contact = forms.CharField(label="How can they be reached?", max_length=200, required=False)


class TeamForm(forms.Form):
    """Which team has the family's early help."""

    team = forms.ModelChoiceField(
        label="Which early help team takes it?", queryset=Team.objects.filter(stage="early_help"),
        empty_label="Choose one", help_text="Its manager is told. Children whom nobody holds wait there for a worker.",
    )  # fmt: skip


class PlanForm(forms.Form):
    """When the plan was agreed."""

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agreed_on"] = DayField(label="When was the plan agreed with the family?", latest=on)


class StepForm(forms.Form):
    """One thing to change, and who does what about it."""

    outcome_wanted = LongText(label="What will be different for the family?", rows=3)
    action = LongText(label="What will be done?", rows=3)
    who = forms.CharField(label="Who does it?", max_length=200)
    by_when = DayField(label="By when?", required=False)


class FinishForm(forms.Form):
    """What came of a step."""

    what_changed = LongText(label="What has changed for the family?", rows=4)


class ReviewForm(forms.Form):
    """A meeting of the team around the family."""

    def __init__(self, *args: Any, on: date, children: Sequence[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.children = children
        self.fields.update(
            held_on=DayField(label="When did the team meet?", latest=on),
            what_changed=LongText(label="What has changed since the plan was agreed, or last reviewed?"),
            **boxes_of_each(children, on),
            next_on=DayField(label="When does the team meet next?", required=False),
        )

    def review(self) -> dict[str, Any]:
        """The answers, as the action takes them."""
        found = dict(self.cleaned_data)
        return {"heard": answers_of_each(found, self.children), **found}


class CloseForm(forms.Form):
    """How early help ended."""

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ends = ("needs_met", "declined", "moved", "other")
        self.fields["outcome"] = CodeField("early_help_outcome", on=on, only=ends, label="How does early help end?")
        self.fields["note"] = LongText(label="How did it go, and what does the family take with it?", rows=4)
