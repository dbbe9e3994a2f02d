"""The questions about private fostering."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import date, datetime
from typing import Any

from django import forms
from django.utils import timezone

from casework.common.fields import DayField, LongText, MomentField, YesNoField, why_put_right
from casework.people.models import Person
from casework.private_fostering.actions import Judged, Known, Told
from casework.private_fostering.law import meaning
from casework.private_fostering.models import Arrangement, CarerNotice, Suitability


class KnownForm(forms.Form):
    """What is known of an arrangement. `carers` are those who can be chosen, with what each is called."""

    def __init__(self, *args: Any, on: date, carers: Mapping[Person, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.carers = {str(person.pk): person for person in carers}
        add = self.fields.__setitem__
        add("notified_on", DayField(label="When were we told, or did we find out?", latest=on,
                                    help_text="The first visit is due from this day."))  # fmt: skip
        add("told_by", _choice("Who told us?", Arrangement.Source.choices))
        add("told_by_named", _line("Their name, and how to reach them"))
        named = [(str(person.pk), called) for person, called in carers.items()]
        add("carer", forms.ChoiceField(
            label="Who looks after the child?", required=False, widget=forms.RadioSelect,
            choices=[*named, ("", "Somebody else, or not known")],
            help_text="The adults of the child’s family. Add a carer to the family to choose them here.",
        ))  # fmt: skip
        add("carer_named", _line("If somebody else: their name, and how to reach them"))
        add("due_to_begin_on", DayField(label="If the child has not come yet: when are they to come?", required=False))
        add("started_on", DayField(label="When did the child come to live there?", latest=on, required=False,
                                   help_text="Leave it empty if it is not known."))  # fmt: skip
        add("meant_to_last", YesNoField(label=f"Is it meant to last {meaning().days} days or more?", required=False))
        add("why", LongText(label="Why does the child not live with their parents?", rows=2, required=False))
        add("shares_home", LongText(label="Who else lives there?", rows=2, required=False,
                                    help_text="Names and ages. Each adult is asked about."))  # fmt: skip
        add("parents_agree", YesNoField(label="Do the parents agree to it?", required=False))
        add("parents", LongText(label="Where are the parents, and how can we reach them?", rows=2, required=False))

    def known(self) -> Known:
        """The answers, as the action takes them."""
        carer = self.carers.get(self.cleaned_data["carer"])
        named = "" if carer else self.cleaned_data["carer_named"]
        return Known(**{**self.cleaned_data, "carer": carer, "carer_named": named})


def answers_of(arrangement: Arrangement) -> dict[str, Any]:
    """What the form is to show of what is recorded."""
    found = {one.name: getattr(arrangement, one.name) for one in fields(Known)}
    return {**found, "carer": str(arrangement.carer_id or "")}


def answers_of_notice(notice: CarerNotice) -> dict[str, Any]:
    """What the form is to show of a notice that is recorded."""
    return {one.name: getattr(notice, one.name) for one in fields(Told)}


class DecideForm(forms.Form):
    """Whether it is suitable."""

    def __init__(self, *args: Any, on: date, earliest: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        add = self.fields.__setitem__
        add("decided_on", DayField(label="When was it decided?", latest=on, earliest=earliest))
        add("outcome", forms.ChoiceField(label="Is it suitable?", choices=Suitability.Outcome.choices,
                                         widget=forms.RadioSelect))  # fmt: skip
        add("requirements", LongText(label="What is required of the carer, and by when?", rows=3, required=False,
                                     help_text="If there are requirements."))  # fmt: skip
        add("disqualified", YesNoField(label="Is anybody in the home disqualified from private fostering?",
                                       required=False, help_text="Ask every adult who lives there."))  # fmt: skip
        add("why", LongText(label="Why?", rows=4, required=False,
                            help_text="What was seen and checked; what the child and parents think."))  # fmt: skip

    def judged(self) -> Judged:
        """The answers, as the action takes them."""
        return Judged(**self.cleaned_data)


class NoticeForm(forms.Form):
    """What the carer told us; once it is recorded (`right`), put right, with why."""

    def __init__(self, *args: Any, at: datetime, right: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        add = self.fields.__setitem__
        add("kind", forms.ChoiceField(label="What did the carer tell us?", choices=CarerNotice.Kind.choices,
                                      widget=forms.RadioSelect))  # fmt: skip
        add("told_at", MomentField(label="When did they tell us?", no_later_than=at))
        add("happened_at", MomentField(label="When did it happen, or when is it to happen?", required=False,
                                       help_text="Leave it empty if it is not known."))  # fmt: skip
        add("proposed_on", DayField(
            label="If the child is still to come: when was that agreed?", latest=timezone.localdate(at), required=False,
            help_text="It decides whether they told us in time. Leave it empty if it is not known.",
        ))  # fmt: skip
        add("what", LongText(label="What did they say?", rows=3, required=False))
        if right:
            add("why", why_put_right())

    def told(self) -> Told:
        """The answers, as the action takes them."""
        return Told(**{name: value for name, value in self.cleaned_data.items() if name != "why"})


class StrikeOutForm(forms.Form):
    """Why a notice was never given."""

    why = LongText(label="Why is it struck out?", rows=2, help_text="It stays in the history, with your reason.")


class EndForm(forms.Form):
    """How it ended."""

    def __init__(self, *args: Any, on: date, earliest: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ended_on"] = DayField(label="When did it end?", latest=on, earliest=earliest)
        self.fields["end_reason"] = forms.ChoiceField(
            label="Why?", choices=Arrangement.End.choices, widget=forms.RadioSelect
        )
        self.fields["what_followed"] = LongText(label="Where is the child now, and with whom?", rows=3, required=False)


def _choice(label: str, choices: Sequence[tuple[str, str]]) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=False, choices=[*choices, ("", "Not known")],
                             widget=forms.RadioSelect)  # fmt: skip


def _line(label: str) -> forms.CharField:
    return forms.CharField(label=label, max_length=200, required=False)
