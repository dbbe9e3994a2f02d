"""Which page is open to whom. Each view carries one rule; a view with none is closed to everybody."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from casework.access.roles import PERMISSIONS, ROLES, role_of
from casework.accounts.models import User

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


def accounts_that_may(permission: str, *, apart_from: User) -> QuerySet[User]:
    """The accounts in use that hold the permission, but for one's own, by name."""
    roles = [role.code for role in ROLES.values() if role.may(permission)]
    return User.objects.filter(is_active=True, role__in=roles).exclude(pk=apart_from.pk).order_by("name")


def user_of(request: HttpRequest) -> User:
    """The account that asks for a page which only those who have signed in may open."""
    assert isinstance(request.user, User)
    return request.user


def passes(rule: object, request: HttpRequest) -> bool:
    """Whether a request may have a view with that rule; False for None, which is no rule."""
    if rule == OPEN:
        return True
    if not request.user.is_authenticated:
        return False
    if rule == SIGNED_IN:
        return True
    return isinstance(rule, tuple) and may(request.user, *rule)
