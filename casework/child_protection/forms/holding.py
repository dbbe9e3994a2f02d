"""The questions that the chair answers: how the conference went, the child's views, the decision."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from casework.child_protection.actions.conferences import Meeting
from casework.child_protection.actions.deciding import OF_A_FIRST, OUTCOMES, Verdict, View
from casework.child_protection.models import ChildAtConference, Invitation
from casework.common.coded import choices
from casework.common.fields import CodeField, DayField, LongText, YesNoField
from casework.people.models import Person
from casework.voice.boxes import TheirWords, WhyNotAsked

AGREES = (("yes", "Agrees"), ("no", "Does not agree"), ("", "Did not say"))


class HoldForm(forms.Form):
    """Who came and what was said."""

    def __init__(self, *args: Any, on: date, invited: list[Invitation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.invited = invited
        self.fields["held_on"] = DayField(label="When was it held?", latest=on)
        for one in invited:
            role = f", {one.role}" if one.role else ""
            self.fields[f"attended_{one.pk}"] = forms.ChoiceField(
                label=f"{one.name}{role} ({one.get_agency_display()})",
                choices=[("", "Choose one"), *Invitation.Attended.choices],
            )  # fmt: skip
        self.fields["parents_views"] = LongText(label="What do the parents think?", required=False, rows=4)
        self.fields["how_parents_were_heard"] = forms.CharField(
            label="How did they say it?", required=False, max_length=300,
            help_text="At the conference, in writing, through the social worker, an advocate or an interpreter.",
        )  # fmt: skip
        self.fields["discussion"] = LongText(
            label="What was talked about?", required=False, rows=10,
            help_text="What is worrying, what is going well, what is not known.",
        )  # fmt: skip
        self.fields["why_without_quorum"] = LongText(
            label="If too few agencies came: why was it better to go on?", required=False, rows=2
        )

    def meeting(self) -> Meeting:
        """The answers, as the action takes them."""
        found = self.cleaned_data
        attended = {one.pk: found[f"attended_{one.pk}"] for one in self.invited}
        names = ("held_on", "parents_views", "how_parents_were_heard", "discussion", "why_without_quorum")
        return Meeting(**{name: found[name] for name in names}, attended=attended)


class ViewsForm(forms.Form):
    """What the child thinks."""

    def __init__(self, *args: Any, on: date, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["participation"] = CodeField(
            "participation", on=on, label="How did the child take part?", required=False, widget=forms.Select
        )
        self.fields["childs_views"] = TheirWords(
            person=person, label="What does the child think?", rows=6,
            help_text="In the child’s own words where you can. For a baby: what those who know the child see.",
        )  # fmt: skip
        self.fields["how_child_was_heard"] = forms.CharField(
            label="How did the conference hear it?", required=False, max_length=300,
            help_text="From the child, a letter or drawing, an advocate, the social worker.",
        )  # fmt: skip
        self.fields["why_not_asked"] = WhyNotAsked(person=person)


class DecideForm(forms.Form):
    """The decision about a child, and what each agency thought of it."""

    def __init__(self, *args: Any, child: ChildAtConference, there: list[Invitation], on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.there = there
        self.fields["outcome"] = CodeField(
            "conference_outcome", on=on, only=OUTCOMES.get(child.kind, OF_A_FIRST), label="What was decided?"
        )
        self.fields["category"] = forms.ChoiceField(
            label="Category of the plan", required=False, choices=[("", "No plan"), *choices("abuse_category", on)]
        )
        self.fields["reasons"] = LongText(label="Why?", rows=6)
        self.fields["child_in_need"] = YesNoField(
            label="If there is no child protection plan from now on: does a child in need plan begin?", required=False,
            help_text="It begins on the day of the conference.",
        )  # fmt: skip
        for one in there:
            self.fields[f"agrees_{one.pk}"] = forms.ChoiceField(
                label=f"{one.get_agency_display()}: {one.name}", choices=AGREES, required=False,
                widget=forms.RadioSelect,
            )  # fmt: skip
            self.fields[f"because_{one.pk}"] = forms.CharField(
                label=f"If {one.name} does not agree: why?", required=False, max_length=1000
            )

    def verdict(self) -> Verdict:
        """The answers, as the action takes them."""
        found = self.cleaned_data
        views = {one.pk: self._view(one) for one in self.there}
        return Verdict(found["outcome"], found["category"], found["reasons"], views, found["child_in_need"] is True)

    def _view(self, one: Invitation) -> View:
        agrees = {"yes": True, "no": False}.get(self.cleaned_data[f"agrees_{one.pk}"])
        return View(agrees, self.cleaned_data[f"because_{one.pk}"])
