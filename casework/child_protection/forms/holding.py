"""The questions that the chair answers: how the conference went, the child's views, the decision."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from casework.child_protection.actions.conferences import Meeting
from casework.child_protection.actions.deciding import OF_A_FIRST, OUTCOMES, PLANNED, Verdict, View
from casework.child_protection.inviting import Asked
from casework.child_protection.models import Agency, ChildAtConference, Conference, Invitation
from casework.common.coded import choices
from casework.common.fields import CodeField, DayField, LongText, YesNoField, why_put_right
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


class DayForm(forms.Form):
    """The day on which it was held, put right."""

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["held_on"] = DayField(label="When was it held?", latest=on)
        self.fields["why"] = why_put_right()


class HeldForm(HoldForm):
    """The same of a conference that was held on a day that stays; and somebody who came without being invited."""

    def __init__(self, *args: Any, held_on: date, **kwargs: Any) -> None:
        super().__init__(*args, on=held_on, **kwargs)
        self.held_on = held_on
        del self.fields["held_on"]
        for one in self.invited:
            asked = self.fields[f"attended_{one.pk}"]
            asked.required = False
            asked.choices = [("", "Not known"), *Invitation.Attended.choices]  # type: ignore[attr-defined]
        self.fields["came_too"] = forms.CharField(
            label="Who else came, and had not been invited?", required=False, max_length=200
        )
        self.fields["came_as"] = forms.CharField(label="Their role", required=False, max_length=200)
        self.fields["came_for"] = forms.ChoiceField(
            label="Their agency", required=False, choices=[("", "Choose one"), *Agency.choices]
        )

    def clean(self) -> dict[str, Any]:
        """Somebody who came has an agency."""
        found = super().clean() or {}
        if found.get("came_too") and not found.get("came_for"):
            self.add_error("came_for", "Choose the agency, or family")
        return found

    def meeting(self) -> Meeting:
        """The answers, as the action takes them."""
        self.cleaned_data["held_on"] = self.held_on
        return super().meeting()

    def came_too(self) -> Asked | None:
        """Somebody who came, if there was one."""
        found = self.cleaned_data
        return Asked(found["came_for"], found["came_too"], found["came_as"]) if found["came_too"] else None


def answers_of(conference: Conference) -> dict[str, Any]:
    """What the form is to show of a conference that was held."""
    names = ("parents_views", "how_parents_were_heard", "discussion", "why_without_quorum")
    attended = {f"attended_{one.pk}": one.attended for one in conference.invitations.all()}
    return {**{name: getattr(conference, name) for name in names}, **attended}


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


class OutcomeForm(DecideForm):
    """What was decided, put right: all of the decision is asked again."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["why"] = why_put_right()


class DecidedForm(DecideForm):
    """The same once it is decided: what was decided stays, and so does the category where there is no plan."""

    def __init__(self, *args: Any, child: ChildAtConference, on: date, **kwargs: Any) -> None:
        super().__init__(*args, child=child, on=on, **kwargs)
        self.outcome = child.outcome
        del self.fields["outcome"], self.fields["child_in_need"]
        if child.outcome in PLANNED:
            self.fields["category"].choices = [("", "Choose one"), *choices("abuse_category", on)]  # type: ignore[attr-defined]
        else:
            del self.fields["category"]

    def verdict(self) -> Verdict:
        """The answers, as the action takes them."""
        self.cleaned_data |= {"outcome": self.outcome, "child_in_need": None}
        self.cleaned_data.setdefault("category", "")
        return super().verdict()


def answers_of_decision(child: ChildAtConference) -> dict[str, Any]:
    """What the form is to show of a decision."""
    said = {True: "yes", False: "no", None: ""}
    plan = child.plans_made.first() or child.plan
    found: dict[str, Any] = {
        "category": child.category or (plan.latest_category if plan else ""), "reasons": child.reasons
    }  # fmt: skip
    for one in child.agency_views.all():
        found |= {f"agrees_{one.invitation_id}": said[one.agrees], f"because_{one.invitation_id}": one.because}
    return found
