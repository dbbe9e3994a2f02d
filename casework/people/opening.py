"""How the page of a row of one child is opened: the row, who asks, and the child's record noted as looked at."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeVar

from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from casework.access.rules import user_of
from casework.accounts.models import User
from casework.people.models import Person
from casework.people.reading import open_record, readable


class OfAChild(Protocol):
    """A row of one child."""

    person: Person


Row = TypeVar("Row", bound=OfAChild)


def opened(request: HttpRequest, find: Callable[[User, int], Row | None], pk: int, page: str) -> tuple[Row, User]:
    """The row and who is asking. Raises Http404 for none, or one of a child whose record may not be opened."""
    user = user_of(request)
    found = find(user, pk)
    if found is None:
        raise Http404
    open_record(request, found.person.reference, page)
    return found, user


def lead_on(request: HttpRequest, model: type[Model], reference: str, view: str, *before: str) -> HttpResponse:
    """On to the page of the row with that reference, which the canonical tables and the chronology know it by.

    `before` is what the page's address takes before the row's key. Raises Http404 as `opened` does.
    """
    of_a_child = model._default_manager.filter(reference=reference, person__in=readable(user_of(request)))
    pk = of_a_child.values_list("pk", flat=True).first()
    if pk is None:
        raise Http404
    return redirect(view, *before, pk)
