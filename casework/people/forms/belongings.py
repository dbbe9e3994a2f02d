"""Questions about what a person has several of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms

from casework.common.fields import CodeField, DayField, LongText, YesNoField
from casework.people.actions.belongings import Belonging
from casework.people.forms.details import text
from casework.people.models import Address, Identifier, OtherName, Professional, WarningNote


def period(begins: str = "From when?", ends: str = "Until when?") -> dict[str, forms.Field]:
    """Two days, either of which may be unknown."""
    return {"started_on": DayField(label=begins, required=False),
            "ended_on": DayField(label=ends, required=False, help_text="Leave empty if it goes on.")}  # fmt: skip


def other_name(_on: date) -> dict[str, forms.Field]:
    """A name."""
    return {
        "kind": forms.ChoiceField(label="What sort of name?", choices=OtherName.Kind.choices, widget=forms.RadioSelect),
        "forename": text("First names", 100),
        "surname": text("Family name", 100),
        "restricted": YesNoField(
            label="Must this name stay closed?",
            help_text="Such as the name before an adoption. It is then shown, and found by, only those who may "
            "restrict records.",
        ),
        **period(),
    }


def number(on: date) -> dict[str, forms.Field]:
    """A number."""
    return {
        "kind": CodeField("identifier_kind", on=on, label="What sort of number?"),
        "value": forms.CharField(label="Number", max_length=60),
        "valid_from": DayField(label="From when?", required=False),
        "valid_to": DayField(label="Until when?", required=False),
    }


def address(on: date) -> dict[str, forms.Field]:
    """An address."""
    return {
        "kind": CodeField("address_kind", on=on, label="What sort of address?"),
        "lines": LongText(label="Address", rows=3, required=False, help_text="Without the postcode."),
        "postcode": text("Postcode", 8, "People at one address are shown as a household only with a postcode."),
        **period(),
    }


def professional(_on: date) -> dict[str, forms.Field]:
    """Somebody of another agency."""
    return {
        "name": forms.CharField(label="Name", max_length=200),
        "role": forms.CharField(label="Role", max_length=100, help_text="Such as class teacher, health visitor."),
        "agency": text("Agency, school or practice", 100),
        "telephone": text("Telephone", 40),
        "email": forms.EmailField(label="E-mail", required=False),
        **period(),
    }


def warning_note(_on: date) -> dict[str, forms.Field]:
    """A warning."""
    return {
        "what": LongText(label="What is the danger?", rows=3,
                         help_text="What happened and when, as facts. The person may read it one day."),
        "what_to_do": LongText(label="What has a worker to do?", rows=3, required=False),
        "told_to_person": YesNoField(label="Does the person know of this note?", required=False),
        "started_on": DayField(label="From when?"),
        "review_on": DayField(label="When is it to be looked at again?"),
        "ended_on": DayField(label="If it has ended, when?", required=False),
        "ended_reason": LongText(label="Why has it ended?", rows=2, required=False),
    }  # fmt: skip


@dataclass(frozen=True)
class Kind:
    """One sort of belonging: its model, its questions, what its pages are called."""

    model: type[Belonging]
    fields: Callable[[date], dict[str, forms.Field]]
    add: str
    change: str
    done: str


KINDS = {
    "names": Kind(OtherName, other_name, "Add another name", "Change a name", "The name is saved"),
    "numbers": Kind(Identifier, number, "Add a number", "Change a number", "The number is saved"),
    "addresses": Kind(Address, address, "Add an address", "Change an address", "The address is saved"),
    "professionals": Kind(Professional, professional, "Add a professional", "Change a professional", "Saved"),
    "warnings": Kind(WarningNote, warning_note, "Add a warning note", "Change or end a warning note",
                     "The warning note is saved"),
}  # fmt: skip


class BelongingForm(forms.Form):
    """The questions about one belonging."""

    def __init__(self, *args: Any, kind: str, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields |= KINDS[kind].fields(on)


class MoveForm(BelongingForm):
    """A new address, and who else of the household moves there."""

    def __init__(self, *args: Any, household: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ends_before"] = YesNoField(
            label="Does the address of this sort that they have now end that day?", initial=True
        )
        if household:
            self.fields["others"] = forms.MultipleChoiceField(
                label="Who moves there too?", choices=household, required=False, widget=forms.CheckboxSelectMultiple
            )
