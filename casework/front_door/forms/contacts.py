"""Recording a contact: what came, whom it names, and on what ground what is known may be shared."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django import forms

from casework.common.fields import CodeField, DayField, LongText, MomentField, YesNoField
from casework.documents.fields import FilesField
from casework.front_door.actions.contacts import Message, Said
from casework.front_door.forms.decisions import which
from casework.front_door.models import Contact

AT_MOST = 10
"""People of each sort on one page. More are added from the contact's own page."""


class MessageForm(forms.Form):
    """What came to the front door."""

    def __init__(self, *args: Any, now: datetime, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields |= {
            "received_at": MomentField(
                label="When did it come?", no_later_than=now,
                help_text="The moment it reached us, not when it is typed: both clocks run from it.",
            ),
            "out_of_hours": YesNoField(label="Did the emergency duty team take it, out of hours?"),
            "source": CodeField("referral_source", on=on, label="Who made contact?"),
            "agency": forms.CharField(
                label="Which agency, school or place are they from?", required=False, max_length=100,
                help_text="Leave empty for a member of the family or of the public.",
            ),
            "caller_name": forms.CharField(label="What is their name?", required=False, max_length=200,
                                           help_text="Leave empty if they would not say."),
            "caller_role": forms.CharField(label="What is their role, or who are they to the children?",
                                           required=False, max_length=100),
            "caller_telephone": forms.CharField(label="Telephone", required=False, max_length=40,
                                                help_text="So that they can be told what is decided."),
            "caller_email": forms.EmailField(label="E-mail", required=False),
            "concern": LongText(label="What did they say?", rows=10,
                                help_text="In full, in their words where you can."),
            "urgency": forms.ChoiceField(label="How urgent is it?", choices=Contact.Urgency.choices,
                                         widget=forms.RadioSelect),
        }  # fmt: skip

    def message(self) -> Message:
        """The answers."""
        return Message(**{name: self.cleaned_data[name] for name in Message.__dataclass_fields__})


class HowManyForm(MessageForm):
    """A new contact: what came, and how many people it names, so that the next page has room for each."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in (("children", "How many children does it name?"), ("adults", "How many adults?")):
            self.fields[name] = forms.IntegerField(label=label, min_value=0, max_value=AT_MOST, help_text=(
                "Unborn children count. You are asked about each on the next page." if name == "children" else ""
            ), widget=forms.NumberInput(attrs={"class": "govuk-input--width-3"}))  # fmt: skip
        self.fields["attached"] = FilesField(label="Attach the form or letter that came", required=False)


class PeopleForm(forms.Form):
    """Whom the caller named, as they said it: so many children, so many adults, one address."""

    def __init__(self, *args: Any, children: int, adults: int, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = [(f"child_{n}", f"Child {n}", True) for n in range(1, children + 1)]
        self.rows += [(f"adult_{n}", f"Adult {n}", False) for n in range(1, adults + 1)]
        for key, _, is_child in self.rows:
            self.fields |= {f"{key}_{name}": field for name, field in _person_fields(is_child, on).items()}
        self.fields["address"] = LongText(
            label="Where do they live?", required=False, rows=3, help_text="As they said it. Leave empty if not known."
        )
        self.fields["postcode"] = forms.CharField(
            label="Postcode", required=False, max_length=8,
            widget=forms.TextInput(attrs={"class": "govuk-input--width-10"}),
        )  # fmt: skip

    def groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The questions about each person under one heading, and those about the address."""
        found = [(title, [self[name] for name in self.fields if name.startswith(f"{key}_")])
                 for key, title, _ in self.rows]  # fmt: skip
        return [*found, ("Address", [self["address"], self["postcode"]])]

    def people(self) -> list[Said]:
        """Everybody of whom anything was said."""
        home = {name: self.cleaned_data[name] for name in ("address", "postcode")}
        found = []
        for key, _, is_child in self.rows:
            said = {name.removeprefix(f"{key}_"): value for name, value in self.cleaned_data.items()
                    if name.startswith(f"{key}_") and value not in ("", None)}  # fmt: skip
            if said:
                found.append(Said(is_child=is_child, **said, **home))
        return found


def _person_fields(is_child: bool, on: date) -> dict[str, forms.Field]:
    fields: dict[str, forms.Field] = {
        "forename": forms.CharField(label="First name", required=False, max_length=100),
        "surname": forms.CharField(label="Family name", required=False, max_length=100),
        "born_on": DayField(label="Date of birth", required=False, latest=on,
                            help_text="Leave empty if not known."),
    }  # fmt: skip
    if is_child:
        fields["age_said"] = forms.IntegerField(
            label="Age, if the date of birth is not known", required=False, min_value=0, max_value=25,
            widget=forms.NumberInput(attrs={"class": "govuk-input--width-3"}),
        )  # fmt: skip
        fields["expected_on"] = DayField(label="If not born yet, when is the baby due?", required=False)
    else:
        fields["part"] = forms.CharField(
            label="Who are they to the children?", required=False, max_length=200,
            help_text="For example mother, mother’s partner, neighbour.",
        )  # fmt: skip
    return fields


class BasisForm(forms.Form):
    """On what ground what is known may be shared with other agencies."""

    basis = forms.ChoiceField(
        label="Have the parents, or the young person, agreed to information being shared?",
        choices=Contact.Basis.choices, widget=forms.RadioSelect,
    )  # fmt: skip
    reason = LongText(
        label="Why?", required=False,
        help_text="Needed when they were not asked or refused: what the risk is, and which lawful basis is relied on. "
        "When they agreed: who agreed, and to what.",
    )  # fmt: skip


class StepUpForm(forms.Form):
    """Why early help is not enough, for whom, and whether the family knows."""

    reason = LongText(
        label="What has changed, and what are you worried about?", rows=6,
        help_text="The front door decides on this. What early help did and wrote is beside it.",
    )  # fmt: skip
    urgency = forms.ChoiceField(label="How urgent is it?", choices=Contact.Urgency.choices, widget=forms.RadioSelect)
    basis = forms.ChoiceField(
        label="Have the parents, or the young person, agreed to it?", choices=Contact.Basis.choices,
        widget=forms.RadioSelect,
    )  # fmt: skip
    basis_reason = LongText(
        label="If not: why is it right to pass it on without?", required=False, rows=2,
        help_text="What the risk is, and which lawful basis is relied on.",
    )  # fmt: skip

    def __init__(self, *args: Any, children: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["children"] = which(list(children), "Which children are you worried about?")
        self.order_fields(["children"])


class ReasonForm(forms.Form):
    """Why something is set aside."""

    reason = LongText(label="Why?", rows=3)


class FamilyForm(forms.Form):
    """Which of the family on record the contact is also about."""

    def __init__(self, *args: Any, people: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["people"] = forms.TypedMultipleChoiceField(
            label="Who else is this contact about?", choices=list(people), coerce=int,
            widget=forms.CheckboxSelectMultiple, error_messages={"required": "Choose at least one child"},
        )  # fmt: skip
