"""The sign-in library's forms, asked as the record's own are: a label, a hint where one helps, nothing in the box."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import ChangePasswordForm, LoginForm, ReauthenticateForm
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as CodeAgainForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms

Words = dict[str, tuple[str, str]]
"""A question's label and hint, by the name of its field."""

NEW_PASSWORD: Words = {
    "oldpassword": ("Your password now", ""),
    "password1": ("New password", "At least 14 characters. Three or four words that do not belong together are good."),
    "password2": ("New password again", ""),
}
PASSKEY: Words = {
    "name": ("What do you call this passkey?", "So that you know it from others: “My phone”, “Key on my ring”."),
    "passwordless": ("Use it in place of the password", "It then asks for your finger, face or PIN when you sign in."),
}


def ask_plainly(form: forms.BaseForm, words: Words) -> None:
    """Give the form's questions these words, and take out what stands in the boxes before anything is typed."""
    for name, field in form.fields.items():
        field.widget.attrs.pop("placeholder", None)
        if name in words:
            field.label, field.help_text = words[name]


class SignIn(LoginForm):  # type: ignore[misc]
    """Address and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ask_plainly(self, {
            "login": ("E-mail address", "The work address that your account was made with."),
            "password": ("Password", "Forgotten it? Ask your system administrator for a new one."),
        })  # fmt: skip


class PasswordAgain(ReauthenticateForm):  # type: ignore[misc]
    """The password, to show that it is still the same person."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ask_plainly(self, {"password": ("Your password", "The one you sign in with.")})


class NewPassword(ChangePasswordForm):  # type: ignore[misc]
    """The password now, and the new one twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ask_plainly(self, NEW_PASSWORD)


class SecondFactor(AuthenticateForm):  # type: ignore[misc]
    """A code of an authenticator app, or a recovery code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ask_plainly(self, {"code": ("Code", "Six figures from your app, or eight from your recovery codes.")})


class CodeAgain(CodeAgainForm):  # type: ignore[misc]
    """A code, to show that it is still the same person."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ask_plainly(self, {"code": ("Code", "The six figures that your app shows now.")})


class FirstCode(ActivateTOTPForm):  # type: ignore[misc]
    """The first code of a new authenticator app."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ask_plainly(self, {"code": ("Code from the app", "The six figures that it shows now for Golden Thread.")})


class NewPasskey(AddWebAuthnForm):  # type: ignore[misc]
    """What a new passkey is called, and whether it takes the password's place."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ask_plainly(self, PASSKEY)


class RenamedPasskey(EditWebAuthnForm):  # type: ignore[misc]
    """What a passkey is called."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ask_plainly(self, PASSKEY)
