"""The questions of a section 47 enquiry."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import forms

from casework.accounts.models import User
from casework.child_protection.models import Agency, Section47Enquiry
from casework.common.fields import DayField, LongText, MomentField, YesNoField
from casework.people.models import Person
from casework.voice.boxes import TheirWords, WhyNotAsked

WHO_TOLD = [(one.value, one.label) for one in Agency if one != Agency.FAMILY]


class SeenForm(forms.Form):
    """A time the child was seen."""

    def __init__(self, *args: Any, at: datetime, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.update(
            seen_at=MomentField(label="When did you see the child?", no_later_than=at),
            alone=YesNoField(label="Did you see the child alone?"),
            why_not_alone=LongText(label="If not, why not?", required=False, rows=2),
            where=forms.CharField(label="Where?", required=False, max_length=200),
            what_was_said=TheirWords(
                person=person, label="What did the child say or show you?", rows=6,
                help_text="In the child’s own words where you can.",
            ),
            how_heard=forms.CharField(
                label="How did you hear it?", required=False, max_length=200,
                help_text="Talking, drawing, playing, watching a baby, through an interpreter or an advocate.",
            ),
            why_not_asked=WhyNotAsked(person=person),
        )  # fmt: skip


class NotSeenForm(forms.Form):
    """Why the child has not been seen."""

    why_not_seen = LongText(label="Why has the child not been seen?", rows=3)


class FindingForm(forms.Form):
    """What one agency found."""

    agency = forms.ChoiceField(label="Which agency?", choices=[("", "Choose one"), *WHO_TOLD])
    who = forms.CharField(label="Who told you?", max_length=200, help_text="Name and role.")

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["told_on"] = DayField(label="When?", latest=on)
        self.fields["found"] = LongText(label="What did they find, or have on their records?", rows=6)


class MeaningForm(forms.Form):
    """What it all means and what is proposed."""

    parents_views = LongText(label="What do the parents say?", required=False, rows=4)
    analysis = LongText(
        label="What does this mean for the child?", required=False, rows=10,
        help_text="What happened, what harm it did, what is likely if nothing changes, and why you think so.",
    )  # fmt: skip
    proposed_finding = forms.ChoiceField(
        label="What do you propose?", required=False, choices=Section47Enquiry.Finding.choices,
        widget=forms.RadioSelect,
    )  # fmt: skip
    why_no_conference = LongText(
        label="If the child is likely to suffer harm and needs no conference: why?", required=False, rows=2,
        help_text="Only where the child is now looked after. Leave empty otherwise.",
    )  # fmt: skip


class AskForm(forms.Form):
    """To whom the enquiry is sent."""

    of = forms.ModelChoiceField(
        label="Which manager is to sign it off?", queryset=User.objects.none(), empty_label="Choose one"
    )
    comment = LongText(label="Anything they should know?", required=False, rows=3)

    def __init__(self, *args: Any, managers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["of"].queryset = managers  # type: ignore[attr-defined]


class SignForm(forms.Form):
    """The manager's decision."""

    ANSWERS = (("sign", "Sign it off"), ("return", "Return it to the worker"))
    answer = forms.ChoiceField(label="Your decision", choices=ANSWERS, widget=forms.RadioSelect)
    finding = forms.ChoiceField(
        label="What did the enquiry come to?", required=False, choices=Section47Enquiry.Finding.choices,
        widget=forms.RadioSelect, help_text="If the child is likely to suffer harm, a conference is asked for.",
    )  # fmt: skip
    why_no_conference = LongText(
        label="If the child is likely to suffer harm and needs no conference: why?", required=False, rows=2,
        help_text="Only where the child is now looked after. Leave empty otherwise.",
    )  # fmt: skip
    direction = LongText(
        label="Your direction, or what has to change", rows=6,
        help_text="What happens next, who does it and by when. If you return it: what is missing.",
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """An enquiry that is signed off has come to something."""
        found = super().clean() or {}
        if found.get("answer") == "sign" and not found.get("finding"):
            self.add_error("finding", "Choose what the enquiry came to")
        return found
