"""A referral's next step, its correction, its team and its closing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms

from casework.accounts.models import Team
from casework.common.fields import CodeField, DayField, LongText
from casework.front_door.actions.referrals import Step
from casework.front_door.forms.decisions import correction_reason, team_field, which
from casework.front_door.policies import NEXT_STEPS
from casework.people.models import Person
from casework.voice.actions import Answer
from casework.voice.boxes import answer_of, boxes


class StepForm(forms.Form):
    """What is to be done with a referral, or with those of several children together."""

    def __init__(
        self, *args: Any, children: Sequence[tuple[int, str]], teams: Iterable[Team], on: date, **kwargs: Any
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.teams = {str(team.pk): team for team in teams}
        self.children = children
        if len(children) > 1:
            self.fields["children"] = which(children, "Which children is this decision about?")
        self.fields |= {
            "outcome": CodeField("referral_outcome", on=on, only=NEXT_STEPS, label="What is the next step?"),
            "primary_need": CodeField("primary_need", on=on, required=False, label="What is the main need?",
                                      help_text="Needed for an assessment or a strategy discussion."),
            "team": team_field(self.teams, "Which team takes it?"),
            "reason": LongText(label="Why?"),
        }  # fmt: skip

    def chosen(self) -> list[int]:
        """The keys of the referrals that it is about."""
        return self.cleaned_data["children"] if "children" in self.fields else [pk for pk, _ in self.children]

    def step(self) -> Step:
        """The answers."""
        answers = self.cleaned_data
        return Step(answers["outcome"], answers["reason"], answers["primary_need"], self.teams.get(answers["team"]))


class StepCorrectionForm(StepForm):
    """A new next step in place of one decided, and why."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["correction_reason"] = correction_reason()


class TeamForm(forms.Form):
    """Which team holds the child."""

    def __init__(self, *args: Any, teams: Iterable[Team], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.teams = {str(team.pk): team for team in teams}
        self.fields["team"] = team_field(self.teams, "Which team?", required=True)


class CloseForm(forms.Form):
    """When and why a referral closes, and what the child says."""

    def __init__(self, *args: Any, on: date, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["closed_on"] = DayField(label="When does it close?", latest=on)
        self.fields["closure_reason"] = CodeField("closure_reason", on=on, label="Why?")
        name = person.forename or "the child"
        self.fields.update(boxes(person, on, label=f"What does {name} say about our work and its end?"))

    def answer(self) -> Answer:
        """What the child says, or why they were not asked."""
        return answer_of(dict(self.cleaned_data))
