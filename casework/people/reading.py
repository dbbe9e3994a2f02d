"""The one place that gives out people's records: it knows who is asking, what they may see, and notes that they looked.

Views take people from here and nowhere else. Not found and not allowed look the same.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from django.apps import apps
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, Model, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.http import Http404, HttpRequest

from casework.access.models import BreakGlass, Restriction
from casework.access.roles import Reach, role_of
from casework.accounts.models import User
from casework.common import clock
from casework.common.sql import NEVER, Holds, Once
from casework.history.reads import Read, note_read
from casework.people.models import Merge, Person
from casework.people.reach import closed_to, readable_by, readable_by_right_of

RIGHTS = {
    Reach.ALLOCATED: "allocated",
    Reach.TEAM: "their team's",
    Reach.SERVICE: "their service's",
    Reach.AUTHORITY: "their role",
}


def readable(user: User) -> QuerySet[Person]:
    """The people whose records this account may open now: within its role's reach, or opened with a reason."""
    return Person.objects.filter(_may_be_read_by(user))


def _may_be_read_by(user: User) -> Q:
    """The same, as a condition on people."""
    may = role_of(user).may("people.read")
    return Q(Holds("pk", readable_by(user) if may else NEVER), merged_into=None)


def readable_by_right(user: User) -> QuerySet[Person]:
    """The same without those opened with a reason: a reason is for one record and a few hours."""
    if not role_of(user).may("people.read"):
        return Person.objects.none()
    return Person.objects.filter(Holds("pk", readable_by_right_of(user)), merged_into=None)


def restricted_from(user: User) -> QuerySet[Person]:
    """The people whose record is restricted and who this account may not see: their rows are left out of every list."""
    return Person.objects.filter(Holds("pk", closed_to(user)))


def open_record(request: HttpRequest, reference: str, page: str) -> Person:
    """The person with that number, noted as looked at on `page`. Raises Http404 for none, or one that may not be seen.

    It carries who holds the case, whether it is restricted, until when this account was let in with a reason, and the
    numbers of records that have become part of it.
    A merged record's number leads to the record it became.
    """
    user = request.user
    assert isinstance(user, User)
    within = _with_what_it_carries().filter(_may_be_read_by(user)).annotate(**_let_in(user))
    person, asked = within.filter(reference=reference).first(), None
    if person is None:
        asked = Person.objects.filter(reference=reference).first()
        person = within.filter(pk=asked.merged_into_id).first() if asked and asked.merged_into_id else None
    if person is None:
        note_read(request, Read(asked.pk if asked else None, page, "not within reach", "denied"))
        raise Http404
    because = person.opened_because
    right = f"opened with a reason: {because}" if because else RIGHTS.get(role_of(user).reach, "")
    note_read(request, Read(person.pk, page, right))
    return person


CARRIED: dict[str, Callable[[], Any]] = {}
"""What higher apps have an opened record carry: a name, and what makes its expression over `people_person`."""
OPEN_FIRST = F("ended_on").desc(nulls_first=True)


def latest_of(model: type[Model], *order: Any, **said: Any) -> Subquery:
    """For `CARRIED`: of the person's rows in that order the first, as an object of these columns; None for no row."""
    found = model._default_manager.filter(person=OuterRef("pk")).order_by(*order)
    return Subquery(found.values(carried=JSONObject(**said))[:1])


@cache
def _with_what_it_carries() -> QuerySet[Person]:
    """All people with what an opened record carries beside its columns (`models.Person`), whoever opens it. It is put
    together once: for every page it would take longer than the answer."""
    held = apps.get_model("allocation", "Allocation")._default_manager.filter(person=OuterRef("pk"), ended_on=None)
    merged = Merge.objects.filter(stays=OuterRef("pk"), undone_at=None).order_by("pk")
    carried = {name: make() for name, make in CARRIED.items()} | {
        "restricted": Exists(Restriction.objects.filter(person=OuterRef("pk"), lifted_at=None)),
        "held_by_worker": Subquery(held.values("worker__name")[:1]),
        "held_by_team": Subquery(held.values("team__name")[:1]),
        "became_part": ArraySubquery(merged.values("goes__reference")),
    }
    return Person.objects.annotate(**{name: Once(expression) for name, expression in carried.items()})


def _let_in(user: User) -> dict[str, Any]:
    """Until when, and why, this account was let in with a reason."""
    opened = BreakGlass.objects.filter(person=OuterRef("pk"), user=user, until__gt=clock.now()).order_by("-until")
    return {"opened_until": opened.values("until")[:1], "opened_because": opened.values("reason")[:1]}


def note_list(request: HttpRequest, page: str, count: int) -> None:
    """Note that a list of people's names was shown: one entry a page. Opening one of them is an entry of its own."""
    if count:
        assert isinstance(request.user, User)
        note_read(request, Read(None, f"{page}: {count} people listed", RIGHTS.get(role_of(request.user).reach, "")))
