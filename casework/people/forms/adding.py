"""Adding somebody, once they have been searched for."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from casework.accounts.models import User
from casework.common.fields import LongText, YesNoField
from casework.people.asked import parse
from casework.people.duplicates import New, likely
from casework.people.forms.details import birth_fields, identity_fields, name_fields, text
from casework.people.found import Line
from casework.people.models import Person

OF_THE_ADDRESS = ("lines", "postcode", "nhs")
OF_THE_LOOK = ("looked_at", "not_these")


class AddForm(forms.Form):
    """A new person: what is known now. Everything else has its place on their record."""

    def __init__(self, *args: Any, on: date, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.on, self.user = on, user
        self.alike: list[Line] = []
        identity = identity_fields(on)
        self.fields |= {
            **name_fields(on),
            **birth_fields(on),
            "sex": identity["sex"],
            "lines": LongText(label="Address", rows=3, required=False, help_text="Without the postcode."),
            "postcode": text("Postcode", 8),
            "no_fixed_address": YesNoField(label="Without a fixed address?", initial=False),
            "nhs": text("NHS number", 20, "Ten figures. Leave empty if it is not known."),
            "upn": text("Unique pupil number", 13),
            "looked_at": forms.CharField(required=False, widget=forms.HiddenInput),
            "not_these": forms.BooleanField(required=False),
        }

    def asked(self) -> list[Any]:
        """The questions, without what belongs to the list of those alike."""
        return [field for field in self if field.name not in OF_THE_LOOK]

    def clean(self) -> dict[str, Any]:
        """Refuses while there are people much alike whom nobody has said to be others."""
        answers: dict[str, Any] = super().clean() or {}
        if not (answers.get("forename") or answers.get("surname") or answers.get("expected_on")):
            self.add_error("forename", "Enter a name, or the expected date of an unborn child")
        answers["upn"] = answers.get("upn", "").replace(" ", "").upper()
        self.alike = likely(new_of(answers), self.user, self.on)
        seen = set(answers.get("looked_at", "").split(","))
        unseen = [line for line in self.alike if line.person.reference not in seen]
        if self.alike and (unseen or not answers.get("not_these")):
            raise ValidationError("Look at the people below. If one of them is this person, open that record instead.")
        return answers

    def person(self) -> dict[str, Any]:
        """The columns of the new person."""
        named = {field.name for field in Person._meta.concrete_fields}
        return {name: value for name, value in self.cleaned_data.items() if name in named}

    def beside(self) -> dict[str, Any]:
        """Address and NHS number."""
        return {name: self.cleaned_data[name] for name in OF_THE_ADDRESS}


def new_of(answers: dict[str, Any]) -> New:
    """What has been typed, for the search after those alike."""
    numbers = tuple(str(answers.get(name) or "") for name in ("nhs", "upn"))
    return New(
        answers.get("forename") or "", answers.get("surname") or "", answers.get("born_on"),
        answers.get("expected_on"), answers.get("postcode") or "", numbers,
    )  # fmt: skip


def begin_with(typed: str, on: date) -> dict[str, Any]:
    """The first answers, from what was searched for: the last word is taken for the family name."""
    asked = parse(typed, on)
    words = [word.title() for word in asked.words]
    begun: dict[str, Any] = {"forename": " ".join(words[:-1]) if len(words) > 1 else "", "no_fixed_address": False}
    begun["surname"] = words[-1] if words else ""
    if asked.born and asked.born[0] == asked.born[1]:
        begun["born_on"] = asked.born[0]
    if asked.postcodes and len(asked.postcodes[0]) > 5:
        begun["postcode"] = asked.postcodes[0]
    return begun
