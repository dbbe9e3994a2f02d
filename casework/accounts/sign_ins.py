"""Every sign-in, sign-out and wrong password is an entry of the history."""

from __future__ import annotations

from typing import Any

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


def _signed_in(request: HttpRequest | None, user: User, **_kwargs: Any) -> None:
    write_entry(Entry.Kind.SIGN_IN, request, user, "signed in")


def _signed_out(request: HttpRequest | None, user: User | None, **_kwargs: Any) -> None:
    if user is not None:
        write_entry(Entry.Kind.SIGN_IN, request, user, "signed out")


def _failed(credentials: dict[str, Any], request: HttpRequest | None = None, **_kwargs: Any) -> None:
    """The address tried is only kept where it is an account's: a password typed into the wrong box must not be."""
    user = User.objects.filter(email=str(credentials.get("email", "")).lower()).first()
    write_entry(Entry.Kind.DENIED, request, user, "sign-in failed")
