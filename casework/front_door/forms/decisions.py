"""The threshold decision and its correction, and what the referrer is told."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms

from casework.accounts.models import Team
from casework.common.coded import choices
from casework.common.fields import CodeField, LongText
from casework.front_door.actions.decisions import Verdict
from casework.front_door.models import Told
from casework.front_door.policies import CONTACT_OUTCOMES
from casework.front_door.thresholds import Edition


class VerdictForm(forms.Form):
    """What is decided of a contact's children: level of need, evidence, outcome and reason."""

    def __init__(
        self, *args: Any, children: Sequence[tuple[int, str]], edition: Edition | None, teams: Iterable[Team], on: date,
        **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.headings = edition.headings if edition else ()
        self.teams = {str(team.pk): team for team in teams}
        self.children = children
        if len(children) > 1:
            self.fields["children"] = which(children, "Which children is this decision about?")
        for number, heading in enumerate(self.headings):
            self.fields[f"evidence_{number}"] = LongText(label=heading, required=False, rows=2)
        self.fields |= {
            "level_of_need": _level(on),
            "outcome": CodeField("contact_outcome", on=on, only=CONTACT_OUTCOMES, label="What is decided?"),
            "given": LongText(
                label="What was given, or is asked for?", required=False, rows=3,
                help_text="For early help: what it is asked to do. For information, advice or another service: "
                "what was said, to whom, and how the service is reached.",
            ),
            "primary_need": CodeField(
                "primary_need", on=on, required=False, label="For a referral: what is the main need?",
                help_text="Can wait until the next step is decided.",
            ),
            "team": team_field(self.teams, "For a referral: which team takes it?"),
            "reason": LongText(label="Why?", help_text="What tips the balance, and what was weighed against it."),
        }  # fmt: skip
        for pk, name in children if len(children) > 1 else ():
            self.fields[f"about_{pk}"] = LongText(
                label=f"What is particular to {name}?", required=False, rows=2,
                help_text="Kept on this child’s record only.",
            )  # fmt: skip

    def evidence(self) -> list[forms.BoundField]:
        """The boxes for evidence, one a heading of the threshold document."""
        return [self[f"evidence_{number}"] for number in range(len(self.headings))]

    def first(self) -> list[forms.BoundField]:
        """What is asked before the evidence."""
        return [self["children"]] if "children" in self.fields else []

    def rest(self) -> list[forms.BoundField]:
        """What is asked after the evidence."""
        before = {"children", *(f"evidence_{number}" for number in range(len(self.headings)))}
        return [self[name] for name in self.fields if name not in before]

    def chosen(self) -> list[int]:
        """The keys of the children that it is about."""
        return self.cleaned_data["children"] if "children" in self.fields else [pk for pk, _ in self.children]

    def verdict(self) -> Verdict:
        """The answers."""
        answers = self.cleaned_data
        return Verdict(
            outcome=answers["outcome"], level_of_need=answers["level_of_need"], reason=answers["reason"],
            given=answers["given"], primary_need=answers["primary_need"], team=self.teams.get(answers["team"]),
            evidence={heading: answers[f"evidence_{number}"] for number, heading in enumerate(self.headings)},
            about_each={pk: answers.get(f"about_{pk}", "") for pk, _ in self.children},
        )  # fmt: skip


class CorrectionForm(VerdictForm):
    """A new decision in place of one made, and why."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["correction_reason"] = correction_reason()


def _level(on: date) -> CodeField:
    """The levels by number too, which is how they are spoken of."""
    field = CodeField("level_of_need", on=on, label="What is the level of need?")
    field.choices = [(code, f"{code}: {label}") for code, label in choices("level_of_need", on)]
    return field


def correction_reason() -> LongText:
    """Why a decision is corrected."""
    return LongText(label="Why is the decision corrected?", rows=3, help_text="The first decision stays on the record.")


def which(found: Sequence[tuple[int, str]], label: str) -> forms.TypedMultipleChoiceField:
    """Which of several children; all of them unless some are taken off."""
    return forms.TypedMultipleChoiceField(
        label=label, choices=list(found), coerce=int, widget=forms.CheckboxSelectMultiple,
        initial=[pk for pk, _ in found], error_messages={"required": "Choose at least one child"},
    )  # fmt: skip


def team_field(teams: dict[str, Team], label: str, *, required: bool = False) -> forms.ChoiceField:
    """Which team, by its key as text."""
    first = "Choose one" if required else "Not decided yet"
    return forms.ChoiceField(
        label=label, required=required, choices=[("", first), *((pk, team.name) for pk, team in teams.items())]
    )


class TellForm(forms.Form):
    """What whoever made the contact was told, how, and by whom it was heard.

    Not `by_letter` where a letter can be written on the record: that it went is what tells them.
    """

    def __init__(
        self, *args: Any, children: Sequence[tuple[int, str]], by_letter: bool = True, **kwargs: Any
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        how = [one for one in Told.How.choices if by_letter or one[0] != Told.How.LETTER]
        if len(children) > 1:
            self.fields["children"] = which(children, "About which children?")
        self.fields |= {
            "kind": forms.ChoiceField(label="What were they told?", choices=Told.Kind.choices,
                                      widget=forms.RadioSelect),
            "how": forms.ChoiceField(label="How?", choices=how, widget=forms.RadioSelect),
            "to_whom": forms.CharField(label="Who was told?", required=False, max_length=200),
            "what": LongText(label="What was said?", rows=4,
                             help_text="Only what they need. If they are not told, write why not."),
        }  # fmt: skip

    def chosen(self, everyone: Iterable[int]) -> list[int]:
        """The keys of the children that they were told about."""
        return list(self.cleaned_data["children"]) if "children" in self.fields else list(everyone)
