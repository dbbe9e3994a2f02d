"""Every sign-in and sign-out, wrong password, and change of what one signs in with is an entry of the history."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.account.signals import password_changed
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.http import HttpRequest

from casework.accounts.models import User
from casework.history.models import Entry
from casework.history.reads import write_entry


def listen() -> None:
    """Start writing them down."""
    user_logged_in.connect(_signed_in, dispatch_uid="signed in")
    user_logged_out.connect(_signed_out, dispatch_uid="signed out")
    user_login_failed.connect(_failed, dispatch_uid="sign-in failed")
    password_changed.connect(_password_changed, dispatch_uid="password changed")
    for signal, what in (
        (authenticator_added, "added"),
        (authenticator_removed, "removed"),
        (authenticator_reset, "renewed"),
    ):
        signal.connect(_factor(what), weak=False, dispatch_uid=f"second factor {what}")


FACTORS = {
    Authenticator.Type.TOTP: "authenticator app",
    Authenticator.Type.WEBAUTHN: "passkey",
    Authenticator.Type.RECOVERY_CODES: "recovery codes",
}
"""What a second factor is called."""


def _signed_in(request: HttpRequest | None, user: User, **_kwargs: Any) -> None:
    write_entry(Entry.Kind.SIGN_IN, request, user, "signed in")


def _signed_out(request: HttpRequest | None, user: User | None, **_kwargs: Any) -> None:
    if user is not None:
        write_entry(Entry.Kind.SIGN_IN, request, user, "signed out")


def _failed(credentials: dict[str, Any], request: HttpRequest | None = None, **_kwargs: Any) -> None:
    """The address tried is only kept where it is an account's: a password typed into the wrong box must not be."""
    user = User.objects.filter(email=str(credentials.get("email", "")).lower()).first()
    write_entry(Entry.Kind.DENIED, request, user, "sign-in failed")


def _password_changed(request: HttpRequest | None, user: User, **_kwargs: Any) -> None:
    write_entry(Entry.Kind.SIGN_IN, request, user, "changed the password")


def _factor(what: str) -> Callable[..., None]:
    def write(request: HttpRequest | None, user: User, authenticator: Authenticator, **_kwargs: Any) -> None:
        write_entry(Entry.Kind.SIGN_IN, request, user, f"{what}: {FACTORS[authenticator.type]}")

    return write
