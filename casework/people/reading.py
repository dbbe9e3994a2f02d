"""The one place that gives out people's records: it knows who is asking, what they may see, and notes that they looked.

Views take people from here and nowhere else. Not found and not allowed look the same.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from django.apps import apps
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, Model, OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.http import Http404, HttpRequest

from casework.access.models import BreakGlass, Restriction
from casework.access.roles import Reach, role_of
from casework.accounts.models import User
from casework.common import clock
from casework.common.kept_queries import Given, KeptQuery, among
from casework.common.sql import NEVER, Holds, Sql
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
    return within(may_read(user))


def may_read(user: User) -> Sql:
    """The same as a condition on a person's key, of people whose record stands: what a kept question is asked with."""
    return readable_by(user) if role_of(user).may("people.read") else NEVER


def within(may: Sql) -> QuerySet[Person]:
    """The people whose record stands and of whom that condition is true."""
    return Person.objects.filter(Holds("pk", may), merged_into=None)


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
    person, asked = _opened(user, reference), None
    if person is None:
        asked = Person.objects.filter(reference=reference).select_related("merged_into").first()
        person = _opened(user, asked.merged_into.reference) if asked and asked.merged_into else None
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


def _carrying(may: Sql) -> QuerySet[Person]:
    """The person with the number, if they may be read, with what an opened record carries beside its columns
    (`models.Person`)."""
    held = apps.get_model("allocation", "Allocation")._default_manager.filter(person=OuterRef("pk"), ended_on=None)
    merged = Merge.objects.filter(stays=OuterRef("pk"), undone_at=None).order_by("pk")
    let_in = BreakGlass.objects.filter(person=OuterRef("pk"), user=Given("user"), until__gt=Given("now"))
    let_in = let_in.order_by("-until")
    carried: dict[str, Any] = {name: make() for name, make in CARRIED.items()} | {
        "restricted": Exists(Restriction.objects.filter(person=OuterRef("pk"), lifted_at=None)),
        "held_by_worker": Subquery(held.values("worker__name")[:1]),
        "held_by_team": Subquery(held.values("team__name")[:1]),
        "became_part": ArraySubquery(merged.values("goes__reference")),
        "opened_until": let_in.values("until")[:1],
        "opened_because": let_in.values("reason")[:1],
    }
    return within(may).filter(reference=Given("reference")).annotate(**carried)


CARRYING = KeptQuery(_carrying)
AMONG = KeptQuery(lambda may: within(may).filter(among("pk", "keys")).values_list("pk", flat=True))


def _opened(user: User, reference: str) -> Person | None:
    return CARRYING.first(may_read(user), reference=reference, user=user.pk, now=clock.now())


def readable_among(keys: Collection[int], user: User) -> set[int]:
    """Those of these people, by key, whose records this account may open now."""
    return set(AMONG.ask(may_read(user), keys=list(keys))) if keys else set()


def note_list(request: HttpRequest, page: str, count: int) -> None:
    """Note that a list of people's names was shown: one entry a page. Opening one of them is an entry of its own."""
    if count:
        assert isinstance(request.user, User)
        note_read(request, Read(None, f"{page}: {count} people listed", RIGHTS.get(role_of(request.user).reach, "")))
