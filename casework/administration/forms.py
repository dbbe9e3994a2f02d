"""The questions asked about an account."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password

from casework.access.roles import ROLES
from casework.accounts.models import User, Worker
from casework.common.fields import LongText, YesNoField


class AccountForm(forms.Form):
    """Who it is for and what they may do."""

    email = forms.EmailField(label="Work e-mail address")
    name = forms.CharField(label="Name, as colleagues see it")
    role = forms.ChoiceField(
        label="Role", choices=[("", "Choose one"), *((role.code, role.title) for role in ROLES.values())]
    )
    worker = forms.ModelChoiceField(
        label="Their entry in the workforce register", queryset=Worker.objects.none(), required=False,
        empty_label="None",
        help_text="It says which team and service they are in. A partner or an administrator needs none.",
    )  # fmt: skip
    agency = forms.CharField(label="Agency, for a partner", required=False)
    in_use = YesNoField(label="May this account sign in?", initial="yes")
    new_password = forms.CharField(
        label="New password", required=False, strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="At least 14 characters; not one that is common or like their name. Left empty, an account keeps the "
        "one that it has, and a new account has none.",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["worker"].queryset = Worker.objects.filter(left_on=None)  # type: ignore[attr-defined]

    def clean_new_password(self) -> str:
        """The password, if one is given and meets the one place's rules."""
        password = str(self.cleaned_data["new_password"])
        if password:
            validate_password(
                password, User(email=str(self.data.get("email", "")), name=str(self.data.get("name", "")))
            )
        return password

    def details(self) -> dict[str, Any]:
        """What the account is to be, without the password."""
        return {name: self.cleaned_data[name] for name in ("email", "name", "role", "worker", "agency", "in_use")}


class RemoveFactorForm(forms.Form):
    """Why a second factor is taken away."""

    reason = LongText(
        label="Why, and how do you know who is asking?",
        rows=3,
        help_text="For example: lost phone, spoke to them in person. They are told, and it is kept in the history.",
    )
