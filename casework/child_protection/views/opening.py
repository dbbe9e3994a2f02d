"""How a page of child protection is opened: the row, who asks, and the child's record noted as looked at."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeVar

from django.http import Http404, HttpRequest

from casework.accounts.models import User
from casework.people.models import Person
from casework.people.reading import open_record


class OfAChild(Protocol):
    """A row of one child."""

    person: Person


Row = TypeVar("Row", bound=OfAChild)


def opened(request: HttpRequest, find: Callable[[User, int], Row | None], pk: int, page: str) -> tuple[Row, User]:
    """The row and who is asking. Raises Http404 for none, or one of a child whose record may not be opened."""
    user = request.user
    assert isinstance(user, User)
    found = find(user, pk)
    if found is None:
        raise Http404
    open_record(request, found.person.reference, page)
    return found, user
