"""The one place that gives out people's records: it knows who is asking, what they may see, and notes that they looked.

Views take people from here and nowhere else. Not found and not allowed look the same.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.apps import apps
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404, HttpRequest

from casework.access.models import BreakGlass, Named, Restriction
from casework.access.roles import Reach, role_of
from casework.accounts.models import User
from casework.common import clock
from casework.history.reads import Read, note_read
from casework.people.models import Merge, Person, Relationship

RIGHTS = {
    Reach.ALLOCATED: "allocated",
    Reach.TEAM: "their team's",
    Reach.SERVICE: "their service's",
    Reach.AUTHORITY: "their role",
}
STAYS_OPEN_FOR = timedelta(days=28)
"""How long those who held a case can still open its record, to finish what closing leaves. The authority's choice."""


def readable(user: User) -> QuerySet[Person]:
    """The people whose records this account may open now: within its role's reach, or opened with a reason."""
    role = role_of(user)
    if not role.may("people.read"):
        return Person.objects.none()
    return Person.objects.filter(merged_into=None).filter(
        (_in_reach(user, role.reach) & ~_restricted_from(user)) | _glass_broken(user)
    )


def readable_by_right(user: User) -> QuerySet[Person]:
    """The same without those opened with a reason: a reason is for one record and a few hours."""
    role = role_of(user)
    if not role.may("people.read"):
        return Person.objects.none()
    return Person.objects.filter(_in_reach(user, role.reach) & ~_restricted_from(user), merged_into=None)


def _in_reach(user: User, reach: Reach) -> Q:
    if reach is Reach.AUTHORITY:
        return Q()
    held = _held(user, reach)
    if role_of(user).may("contact.triage"):
        held |= _at_the_front_door()
    held_people = Person.objects.filter(held)
    family = Relationship.objects.filter(person__in=held_people, related=OuterRef("pk"))
    return Q(pk__in=held_people.values("pk")) | Q(Exists(family)) | _just_added(user)


def _just_added(user: User) -> Q:
    """People whom the account has added lately and whose case nobody has held yet."""
    if user.worker is None:
        return Q(pk__in=[])
    ever_held = apps.get_model("allocation", "Allocation")._default_manager.filter(person=OuterRef("pk"))
    lately = clock.now() - STAYS_OPEN_FOR
    return Q(~Exists(ever_held), recorded_by=user.worker, recorded_at__gte=lately)


def _held(user: User, reach: Reach) -> Q:
    """People whose case is, or lately was, the account's own, its team's or its service's; early help of its team."""
    worker = user.worker
    if worker is None or reach is Reach.NONE:
        return Q(pk__in=[])
    whose = Q(allocations__worker=worker) | Q(allocations__co_worker=worker)
    if reach is not Reach.ALLOCATED and worker.team_id:
        whose |= Q(allocations__team=worker.team_id)
    if reach is Reach.SERVICE and worker.service:
        whose |= Q(allocations__service=worker.service)
    lately = clock.today() - STAYS_OPEN_FOR
    held = whose & (Q(allocations__ended_on=None) | Q(allocations__ended_on__gte=lately))
    if reach is not Reach.ALLOCATED and worker.team_id:
        held |= Q(early_help__assessment__team=worker.team_id, early_help__assessment__closed_on=None)
    return held


def _at_the_front_door() -> Q:
    """People of a contact in which a child waits for a decision, or of a referral that does: read by who triages."""
    people = Person.objects
    waiting = (
        people.filter(contacts__contact__children__isnull=False, contacts__contact__children__decided_on=None),
        people.filter(named_in__contact__children__isnull=False, named_in__contact__children__decided_on=None),
        people.filter(referrals__isnull=False, referrals__decided_on=None, referrals__closed_on=None),
    )
    return Q(*(Q(pk__in=found.values("pk")) for found in waiting), _connector=Q.OR)


def restricted_from(user: User) -> QuerySet[Person]:
    """The people whose record is restricted and who this account may not see: their rows are left out of every list."""
    return Person.objects.filter(_restricted_from(user) & ~_glass_broken(user))


def _restricted_from(user: User) -> Q:
    """People whose record is restricted, and who this account is not named for."""
    named = Named.objects.filter(restriction=OuterRef("pk"), user=user)
    closed = Restriction.objects.filter(person=OuterRef("pk"), lifted_at=None).exclude(owner=user)
    return Q(Exists(closed.filter(~Exists(named))))


def _glass_broken(user: User) -> Q:
    opened = BreakGlass.objects.filter(person=OuterRef("pk"), user=user, until__gt=clock.now())
    return Q(Exists(opened))


def open_record(request: HttpRequest, reference: str, page: str) -> Person:
    """The person with that number, noted as looked at on `page`. Raises Http404 for none, or one that may not be seen.

    It carries who holds the case, whether it is restricted, until when this account was let in with a reason, and the
    numbers of records that have become part of it.
    A merged record's number leads to the record it became.
    """
    user = request.user
    assert isinstance(user, User)
    within = readable(user).annotate(**_said_of_it(user))
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


def _said_of_it(user: User) -> dict[str, Any]:
    """What an opened record carries beside its columns (`models.Person`)."""
    held = apps.get_model("allocation", "Allocation")._default_manager.filter(person=OuterRef("pk"), ended_on=None)
    opened = BreakGlass.objects.filter(person=OuterRef("pk"), user=user, until__gt=clock.now()).order_by("-until")
    merged = Merge.objects.filter(stays=OuterRef("pk"), undone_at=None).order_by("pk")
    return {
        "restricted": Exists(Restriction.objects.filter(person=OuterRef("pk"), lifted_at=None)),
        "opened_until": opened.values("until")[:1],
        "opened_because": opened.values("reason")[:1],
        "held_by_worker": held.values("worker__name")[:1],
        "held_by_team": held.values("team__name")[:1],
        "became_part": ArraySubquery(merged.values("goes__reference")),
    }


def note_list(request: HttpRequest, page: str, count: int) -> None:
    """Note that a list of people's names was shown: one entry a page. Opening one of them is an entry of its own."""
    if count:
        assert isinstance(request.user, User)
        note_read(request, Read(None, f"{page}: {count} people listed", RIGHTS.get(role_of(request.user).reach, "")))
