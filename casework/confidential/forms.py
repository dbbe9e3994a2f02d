"""The questions asked before a record is closed, opened, or looked into."""

from __future__ import annotations

from typing import Any

from django import forms

from casework.access.roles import ROLES
from casework.accounts.models import User
from casework.common.fields import LongText


def who_may_be_named() -> Any:
    """Active accounts whose role opens records at all."""
    reading = [role.code for role in ROLES.values() if role.may("people.read")]
    return User.objects.filter(is_active=True, role__in=reading).order_by("name")


class RestrictForm(forms.Form):
    """Why the record is to be closed, and who may still see it."""

    reason = LongText(label="Why must this record be restricted?", rows=3, help_text="Everybody named can read this.")
    named = forms.ModelMultipleChoiceField(
        label="Who else may see it?",
        queryset=User.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"long": True}),
        help_text="You can always see it yourself.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["named"].queryset = who_may_be_named()  # type: ignore[attr-defined]


class NamedForm(RestrictForm):
    """Who may see it, of a record that is restricted."""

    reason = None  # type: ignore[assignment]


class LiftForm(forms.Form):
    """Why a restriction is no longer needed."""

    reason = LongText(label="Why can this restriction be lifted?", rows=3)


class BreakGlassForm(forms.Form):
    """The number of a record, and why it has to be opened."""

    reference = forms.CharField(
        label="What is the number of the record?", widget=forms.TextInput(attrs={"class": "govuk-input--width-10"})
    )
    reason = LongText(
        label="Why do you need to open it?",
        rows=3,
        help_text="The person who answers for the record is told that you opened it, and sees this reason.",
    )
