"""The questions about police protection and emergency orders."""

from __future__ import annotations

from dataclasses import fields
from datetime import date, datetime
from typing import Any

from django import forms

from casework.common.fields import CodeField, DayField, LongText, MomentField, YesNoField, why_put_right
from casework.common.templatetags.golden_thread import day
from casework.court.actions.correcting import OrderTimes, Times
from casework.court.actions.orders import Made
from casework.court.actions.police import Ended, Taken
from casework.court.models import EmergencyOrder, PoliceProtection
from casework.people.forms.choosing import choose
from casework.people.models import Person
from casework.voice.boxes import answer_of, boxes

NOT_KNOWN = ("", "Not known")


def line(label: str, hint: str = "", length: int = 200) -> Any:
    """A short answer that may be left out."""
    return forms.CharField(label=label, max_length=length, required=False, help_text=hint)


class TakenForm(forms.Form):
    """That the police took a child; with `children`, also who was taken."""

    def __init__(self, *args: Any, at: datetime, children: list[Person] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        add = self.fields.__setitem__
        if children is not None and len(children) > 1:
            add("children", choose(children, "Who was taken?"))
        add("taken_at", MomentField(label="When were they taken?", no_later_than=at,
                                    help_text="The hours run from this minute, nights and weekends too."))  # fmt: skip
        add("where", line("Where are they now?", "And who looks after them there.", 300))
        add("why", LongText(label="Why?", rows=3, required=False, help_text="What the police found and feared."))
        add("force", line("Which police force?"))
        add("officer", line("Which officer took them?", "Name, and how to reach them."))
        add("designated_officer", line("Who is the designated officer?", "The one who enquires into it, and who has "
                                       "to release the child once there is no more cause."))  # fmt: skip
        add("police_reference", line("What is the police reference?", length=60))
        add("parents_told", YesNoField(label="Have the parents been told?", required=False))
        add("parents_told_how", LongText(label="Who was told, when, and what do they say?", required=False, rows=2))

    def taken(self) -> Taken:
        """The answers, as the action takes them."""
        return Taken(**{name: value for name, value in self.cleaned_data.items() if name != "children"})


def answers_of_taken(held: PoliceProtection) -> dict[str, Any]:
    """What the form is to show of what is recorded."""
    own = {"taken_at": held.started_at, "where": held.where}
    return own | {one.name: getattr(held.taking, one.name) for one in fields(Taken) if one.name not in own}


class ToldForm(forms.Form):
    """That the child was told, and what they said."""

    def __init__(self, *args: Any, on: date, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["child_told"] = YesNoField(
            label="Has the child been told what is happening and why?", required=False,
            help_text="As far as they can understand it.",
        )  # fmt: skip
        name = person.forename or "the child"
        self.fields.update(boxes(person, on, label=f"What does {name} wish and feel?"))

    def told(self) -> dict[str, Any]:
        """The answers, as the action takes them."""
        found = dict(self.cleaned_data)
        return {"answer": answer_of(found), **found}


class EndForm(forms.Form):
    """How police protection ended; with `others`, for whom too."""

    def __init__(self, *args: Any, at: datetime, on: date, others: list[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ended_at"] = MomentField(
            label="When did it end?", no_later_than=at,
            help_text="As it was, even if that is later than the law allows.",
        )  # fmt: skip
        if others:
            self.fields["others"] = choose(others, "Who else was released then?", required=False)
        self.fields["outcome"] = CodeField("police_protection_outcome", on=on, label="What followed?", required=False)
        self.fields["what_followed"] = LongText(
            label="Where is the child now, and with whose agreement?", required=False, rows=3
        )

    def ended(self) -> Ended:
        """The answers, as the action takes them."""
        return Ended(**{name: value for name, value in self.cleaned_data.items() if name != "others"})


class OrderForm(forms.Form):
    """An order as the court made it; with `police`, whether police protection ended with it."""

    def __init__(self, *args: Any, at: datetime, on: date, police: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        add = self.fields.__setitem__
        add("kind", CodeField("emergency_order_kind", on=on, label="Which order?"))
        add("applicant", forms.ChoiceField(
            label="Who applied?", required=False, widget=forms.RadioSelect,
            choices=[*EmergencyOrder.Applicant.choices, NOT_KNOWN],
            help_text="Where the police applied, the days count from the first day of police protection.",
        ))  # fmt: skip
        add("applied_at", MomentField(label="When was it applied for?", no_later_than=at, required=False))
        add("made_at", MomentField(label="When was it made?", no_later_than=at))
        add("until_at", MomentField(label="Until when?", help_text="As the order says."))
        add("begins_on", DayField(label="From which day, if the order names one?", required=False))
        if police:
            add("ends_police", YesNoField(label="Did police protection end with it?", required=False))
        add("court", line("Which court?"))
        add("court_reference", line("What is the case number?", length=60))
        add("why", LongText(label="Why was it made?", required=False, rows=3))
        add("contact", LongText(label="What does it say of contact?", required=False, rows=2))
        add("medical", LongText(label="What does it say of medical or other assessment?", required=False, rows=2))
        add("exclusion", LongText(label="Does it keep somebody away from the home?", required=False, rows=2,
                                  help_text="Who, from where, until when, and with what power of arrest."))  # fmt: skip

    def made(self) -> Made:
        """The answers, as the action takes them."""
        return Made(**{name: value for name, value in self.cleaned_data.items() if name != "ends_police"})


def answers_of_order(order: EmergencyOrder) -> dict[str, Any]:
    """What the form is to show of what is recorded."""
    return {one.name: getattr(order, one.name) for one in fields(Made)}


class ExtendForm(forms.Form):
    """That the court extended an order."""

    def __init__(self, *args: Any, on: date, made_on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["extended_on"] = DayField(label="When did the court extend it?", latest=on, earliest=made_on)
        self.fields["until_at"] = MomentField(label="Until when?", help_text="It can be extended once.")


class OrderEndForm(forms.Form):
    """How an order ended."""

    def __init__(self, *args: Any, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ended_at"] = MomentField(label="When did it end?", no_later_than=at)
        self.fields["how_ended"] = forms.ChoiceField(
            label="How?", required=False, widget=forms.RadioSelect, choices=[*EmergencyOrder.End.choices, NOT_KNOWN]
        )
        self.fields["what_followed"] = LongText(label="Where is the child now?", required=False, rows=3)


class CorrectForm(forms.Form):
    """When police protection of one child began and ended, put right; `others` are those who were taken together."""

    def __init__(self, *args: Any, at: datetime, on: date, held: PoliceProtection,
                 others: list[PoliceProtection], **kwargs: Any) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        add = self.fields.__setitem__
        add("taken_at", MomentField(label="When were they taken?", no_later_than=at, required=bool(held.started_at),
                                    help_text=_kept(held.started_on, held.started_at)))  # fmt: skip
        add("ended", YesNoField(label="Has it ended?"))
        add("ended_at", MomentField(label="When did it end?", no_later_than=at, required=False,
                                    help_text=_kept(held.ended_on, held.ended_at)))  # fmt: skip
        add("outcome", CodeField("police_protection_outcome", on=on, label="What followed?", required=False))
        add(
            "what_followed", LongText(label="Where did the child go, and with whose agreement?", required=False, rows=3)
        )
        if others:
            add("others", choose([one.person for one in others], "Of whom else is all of this true?", required=False))
        add("why", why_put_right())

    def times(self) -> Times:
        """The answers, as the action takes them."""
        return Times(**{name: value for name, value in self.cleaned_data.items() if name not in {"others", "why"}})


def answers_of_times(held: PoliceProtection) -> dict[str, Any]:
    """What the form is to show of what is recorded."""
    return {"taken_at": held.started_at, "ended": held.ended_on is not None, "ended_at": held.ended_at,
            "outcome": held.outcome, "what_followed": held.what_followed}  # fmt: skip


class OrderCorrectForm(forms.Form):
    """When an order was made, extended and ended, put right."""

    def __init__(self, *args: Any, at: datetime, on: date, order: EmergencyOrder, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        add = self.fields.__setitem__
        add("kind", CodeField("emergency_order_kind", on=on, label="Which order?"))
        add("applicant", forms.ChoiceField(label="Who applied?", required=False, widget=forms.RadioSelect,
                                           choices=[*EmergencyOrder.Applicant.choices, NOT_KNOWN]))  # fmt: skip
        add("made_at", MomentField(label="When was it made?", no_later_than=at, required=bool(order.made_at),
                                   help_text=_kept(order.made_on, order.made_at)))  # fmt: skip
        add("until_at", MomentField(label="Until when?", required=bool(order.until_at),
                                    help_text="As the order said when it was made."))  # fmt: skip
        add("begins_on", DayField(label="From which day, if the order names one?", required=False))
        add("extended_on", DayField(label="When did the court extend it?", latest=on, required=False,
                                    help_text="Leave it empty if the court did not."))  # fmt: skip
        add("extended_until", MomentField(label="Until when did the court extend it?", required=False))
        add("ended", YesNoField(label="Has it ended?"))
        add("ended_at", MomentField(label="When did it end?", no_later_than=at, required=False,
                                    help_text=_kept(order.ended_on, order.ended_at)))  # fmt: skip
        add("how_ended", forms.ChoiceField(label="How did it end?", required=False, widget=forms.RadioSelect,
                                           choices=[*EmergencyOrder.End.choices, NOT_KNOWN]))  # fmt: skip
        add("what_followed", LongText(label="Where did the child go?", required=False, rows=3))
        add("why", why_put_right())

    def times(self) -> OrderTimes:
        """The answers, as the action takes them."""
        return OrderTimes(**{name: value for name, value in self.cleaned_data.items() if name != "why"})


def answers_of_order_times(order: EmergencyOrder) -> dict[str, Any]:
    """What the form is to show of what is recorded."""
    same = {one.name: getattr(order, one.name) for one in fields(OrderTimes) if one.name != "ended"}
    begins_on = None if order.begins_on == order.made_on else order.begins_on
    return {**same, "begins_on": begins_on, "ended": order.ended_on is not None}


def _kept(on: date | None, at: datetime | None) -> str:
    """What leaving the answer empty means where only a day is recorded."""
    return f"Only the day is recorded: {day(on)}. Leave this empty to keep that." if on and not at else ""
