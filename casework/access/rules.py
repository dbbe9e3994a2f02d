"""Which page is open to whom. Each view carries one rule; a view with none is closed to everybody."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from casework.access.roles import PERMISSIONS, role_of

View = TypeVar("View", bound=Callable[..., HttpResponseBase])

OPEN = "open"
SIGNED_IN = "signed in"


def allowed(*permissions: str) -> Callable[[View], View]:
    """The view is open to roles that hold any of the permissions named."""
    for permission in permissions:
        PERMISSIONS[permission]

    def mark(view: View) -> View:
        view.golden_thread_rule = permissions  # type: ignore[attr-defined]
        return view

    return mark


def signed_in(view: View) -> View:
    """The view is open to everybody who has signed in."""
    view.golden_thread_rule = SIGNED_IN  # type: ignore[attr-defined]
    return view


def open_to_all(view: View) -> View:
    """The view is open to anybody. It shows nothing of anyone's record."""
    view.golden_thread_rule = OPEN  # type: ignore[attr-defined]
    return view


def may(user: object, *permissions: str) -> bool:
    """Whether the account holds any of the permissions."""
    return any(role_of(user).may(permission) for permission in permissions)


def passes(rule: object, request: HttpRequest) -> bool:
    """Whether a request may have a view with that rule; False for None, which is no rule."""
    if rule == OPEN:
        return True
    if not request.user.is_authenticated:
        return False
    if rule == SIGNED_IN:
        return True
    return isinstance(rule, tuple) and may(request.user, *rule)
