"""The invitation to a child protection conference, and its minutes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db.models import QuerySet
from django.utils import timezone

from casework.accounts.models import User
from casework.child_protection.models import AgencyView, ChildAtConference
from casework.child_protection.protocol import report_wanted_by
from casework.common.coded import meaning
from casework.common.templatetags.golden_thread import day, moment
from casework.letters.kinds.attending import WHO, each_of, speaks_for
from casework.letters.kinds.model import Field, Kind, Source, Whom
from casework.letters.kinds.sharing import at_a_meeting
from casework.letters.paper.markup import Value
from casework.letters.paper.tree import table
from casework.people.models import Person

VIEWS = ("Who", "Whether they agree", "Why")
AGREED = {True: "Agrees", False: "Does not agree", None: "Did not say"}
BOTH = (
    Field("conference.kind", "Initial, review, and so on", "Initial child protection conference"),
    Field("conference.chair", "Who chairs it", "Chris Chair"),
)


def planned(person: Person, _user: User) -> list[Source]:
    """The child's conferences that are to come, soonest first."""
    found = of(person).filter(conference__held_on=None, conference__cancelled_on=None)
    return [
        Source(one.reference, f"{_kind(one)}, {moment(one.conference.planned_at)}"
               if one.conference.planned_at else f"{_kind(one)}, to be arranged")
        for one in found.order_by("conference__planned_at", "pk")
    ]  # fmt: skip


def held(person: Person, _user: User) -> list[Source]:
    """The child's conferences that were held, latest first."""
    found = of(person).exclude(conference__held_on=None).order_by("-conference__held_on", "-pk")
    return [Source(one.reference, f"{_kind(one)}, held {day(one.conference.held_on)}") for one in found]


def invitation(person: Person, reference: str, _user: User, _today: date) -> Mapping[str, Value] | None:
    """What an invitation says."""
    one = of(person).filter(reference=reference).first()
    if one is None:
        return None
    at = one.conference.planned_at
    reports = report_wanted_by(timezone.localdate(at), review=one.kind == "review") if at else None
    return {
        **both(one),
        "conference.when": moment(at) if at else "",
        "conference.place": one.conference.place,
        "conference.reports_by": day(reports) if reports else "",
    }


def minutes(person: Person, reference: str, _user: User, _today: date) -> Mapping[str, Value] | None:
    """What the minutes say: of this child alone, whoever else the conference was about."""
    one = of(person).filter(reference=reference).exclude(conference__held_on=None).first()
    if one is None:
        return None
    conference = one.conference
    views = AgencyView.objects.filter(child=one).select_related("invitation")
    return {
        **both(one),
        "conference.held": day(conference.held_on),
        "conference.who": table(
            WHO,
            [(i.name, speaks_for(i), i.get_attended_display() or "Not known") for i in conference.invitations.all()],
        ),
        "conference.discussion": conference.discussion,
        "conference.parents_views": conference.parents_views,
        "conference.childs_views": one.childs_views,
        "conference.decision": meaning("conference_outcome", one.outcome) if one.outcome else "",
        "conference.category": meaning("abuse_category", one.category) if one.category else "",
        "conference.reasons": one.reasons,
        "conference.views": table(
            VIEWS,
            [(speaks_for(v.invitation), AGREED[v.agrees], v.because) for v in views],
        ),
    }


def invited(person: Person, reference: str, _user: User) -> list[Whom]:
    """Everybody invited."""
    one = of(person).filter(reference=reference).first()
    return each_of(one.conference.invitations.all()) if one else []


def kept_back(person: Person, reference: str, whom: Whom, _user: User, today: date) -> Mapping[str, str]:
    """What was said of brothers and sisters too, and what the parents said, from whoever is not to have it."""
    one = of(person).filter(reference=reference).first()
    if one is None:
        return {}
    children = one.conference.children.values_list("person", flat=True)
    there = {i.name: i.there for i in one.conference.invitations.all()}
    return at_a_meeting(("conference.discussion",), "conference.parents_views", children, there, whom, today)


def of(person: Person) -> QuerySet[ChildAtConference]:
    """The child's parts of conferences."""
    return ChildAtConference.objects.filter(person=person).select_related("conference__chair")


def _kind(one: ChildAtConference) -> str:
    return meaning("conference_kind", one.kind)


def both(one: ChildAtConference) -> Mapping[str, Value]:
    """The fields of `BOTH`."""
    return {"conference.kind": _kind(one), "conference.chair": str(one.conference.chair or "")}


INVITATION = Kind(
    "conference_invitation", "Invitation to a child protection conference",
    (
        *BOTH,
        Field("conference.when", "The day and time", "10 December 2026 at 10:00am"),
        Field("conference.place", "Where", "Room 2, Example House"),
        Field("conference.reports_by", "By when reports are wanted", "7 December 2026"),
    ),
    planned, invitation, invited,
)  # fmt: skip
MINUTES = Kind(
    "conference_minutes", "Minutes of a child protection conference",
    (
        *BOTH,
        Field("conference.held", "The day that it was held", "10 December 2026"),
        Field("conference.who", "Table: who was invited and who took part",
              table(WHO, [("DS Example", "Police", "Came")]), part=True),
        Field("conference.discussion", "What was said", "The school told of two late mornings."),
        Field("conference.parents_views", "What the parents think", "We want help with mornings."),
        Field("conference.childs_views", "What the child thinks", "I want to stay at my school."),
        Field("conference.decision", "What was decided about this child", "Child protection plan"),
        Field("conference.category", "The category of abuse, where there is a plan", "Neglect"),
        Field("conference.reasons", "Why", "Care has slipped and help has not changed it."),
        Field("conference.views", "Table: whether each agency agrees",
              table(VIEWS, [("Police", "Agrees", "")]), part=True),
    ),
    held, minutes, invited, kept_back,
)  # fmt: skip
