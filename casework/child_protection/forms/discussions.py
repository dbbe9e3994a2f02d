"""The questions of a strategy discussion."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import forms

from casework.accounts.models import User, Worker
from casework.assessment.models import Assessment
from casework.child_protection.actions.discussions import ENQUIRE, Decision, Held
from casework.child_protection.models import Agency, DiscussedChild, StrategyDiscussion
from casework.common.fields import DayField, LongText, MomentField
from casework.people.models import Person

ASKED_OF = (Agency.POLICE, Agency.HEALTH, Agency.SOCIAL_CARE, Agency.EDUCATION, Agency.LEGAL, Agency.OTHER)
"""The agencies that the form has a box for. Police and health come first: guidance expects both."""
DECISIONS = (
    ("joint", "Section 47 enquiry, with the police"),
    ("single", "Section 47 enquiry by children’s social care alone"),
    ("assessment", "No section 47 enquiry: an assessment, or go on with the one there is"),
    ("no_further_action", "No section 47 enquiry, and nothing else"),
)


class HeldForm(forms.Form):
    """How the discussion was held, and what was said. With `children`, also whom it was about."""

    def __init__(self, *args: Any, at: datetime, on: date, children: list[Person] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if children is not None:
            chosen = forms.ModelMultipleChoiceField(
                Person.objects.filter(pk__in=[one.pk for one in children]), label="Which children was it about?",
                widget=forms.CheckboxSelectMultiple,
                help_text="Each child gets a decision of their own on the next page.",
            )  # fmt: skip
            chosen.label_from_instance = lambda one: one.full_name  # type: ignore[assignment]
            self.fields["children"] = chosen
        self.fields["held_at"] = MomentField(
            label="When was it held?", no_later_than=at,
            help_text="If it begins an enquiry, the time to a conference counts from this day.",
        )  # fmt: skip
        self.fields["needed_on"] = DayField(
            label="When was significant harm first suspected?", latest=on, required=False,
            help_text="Shows how soon the discussion followed.",
        )  # fmt: skip
        self.fields["how"] = forms.ChoiceField(
            label="How was it held?", choices=StrategyDiscussion.How.choices, widget=forms.RadioSelect
        )
        here = Worker.objects.exclude(left_on__lte=on).exclude(registration="").select_related("team")
        self.fields["chair"] = forms.ModelChoiceField(
            here.order_by("name"), label="Who chaired it?", required=False, empty_label="Choose one"
        )
        self.fields["why"] = LongText(label="What was the worry?", rows=4)
        for agency in ASKED_OF:
            self.fields[f"took_part_{agency.value}"] = forms.CharField(
                label=f"{agency.label}: who took part?", max_length=300, required=False,
                help_text="Name and role." if agency == Agency.POLICE else "",
            )  # fmt: skip
        self.fields["why_without"] = LongText(
            label="If police or health were not there: why not?", required=False, rows=2
        )
        self.fields["shared"] = LongText(
            label="What did each share?", required=False, rows=8,
            help_text="What is known, what is suspected, and what is not known yet.",
        )  # fmt: skip

    def held(self) -> Held:
        """The answers, as the action takes them."""
        found = self.cleaned_data
        names = ("held_at", "needed_on", "how", "chair", "why", "shared", "why_without")
        took_part = {agency.value: found[f"took_part_{agency.value}"] for agency in ASKED_OF}
        return Held(**{name: found[name] for name in names}, took_part=took_part)


def answers_of(discussion: StrategyDiscussion) -> dict[str, Any]:
    """What the form is to show of a discussion that is recorded."""
    names = ("held_at", "needed_on", "how", "chair", "why", "shared", "why_without")
    who = {f"took_part_{one.agency}": one.who for one in discussion.took_part.all()}
    return {**{name: getattr(discussion, name) for name in names}, **who}


def answers_of_assessment(asks: Assessment | None) -> dict[str, Any]:
    """What the form starts from where an authorised assessment led to the discussion: what the manager asked for."""
    if asks is None:
        return {}
    return {"needed_on": asks.authorised_on, "why": "\n\n".join(filter(None, (asks.analysis, asks.direction)))}


class DecideForm(forms.Form):
    """What was decided about each child that waits for it."""

    def __init__(self, *args: Any, children: list[DiscussedChild], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.children = children
        for one in children:
            name = one.person.full_name
            self.fields[f"outcome_{one.pk}"] = forms.ChoiceField(
                label=f"What was decided for {name}?", choices=DECISIONS, widget=forms.RadioSelect
            )
            self.fields[f"reasons_{one.pk}"] = LongText(label=f"Why, for {name}?", rows=3)

    def decisions(self) -> dict[int, Decision]:
        """The decision about each child, by the key of the child's part."""
        return {one.pk: self._decision(one) for one in self.children}

    def _decision(self, one: DiscussedChild) -> Decision:
        outcome, reasons = self.cleaned_data[f"outcome_{one.pk}"], self.cleaned_data[f"reasons_{one.pk}"]
        if outcome in {"joint", "single"}:
            return Decision(ENQUIRE, outcome == "joint", reasons)
        return Decision(outcome, None, reasons)


class ActionForm(forms.Form):
    """Something that has to be done at once."""

    what = forms.CharField(label="What has to be done to keep the children safe?", max_length=300)
    by_when = MomentField(label="By when?")
    who = forms.CharField(
        label="Who is to do it?", max_length=200, required=False, help_text="Name, role and agency: for a partner."
    )
    owner = forms.ModelChoiceField(
        User.objects.none(), label="Or one of our own staff", required=False, empty_label="Nobody",
        help_text="It goes on their list of tasks, and they are told.",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        staff = User.objects.filter(is_active=True).exclude(worker=None).order_by("name")
        self.fields["owner"].queryset = staff  # type: ignore[attr-defined]
