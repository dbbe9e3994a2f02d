"""Discussions, enquiries and conferences for tests to work with, made by their own actions."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from casework.accounts.models import User
from casework.child_protection.actions import asking, conferences, discussions, enquiries
from casework.child_protection.inviting import Asked
from casework.child_protection.models import ChildAtConference, DiscussedChild, Section47Enquiry
from casework.people.models import Person
from tests.casework.making import FRIDAY_TEATIME, a_child, a_team, a_user, allocated

AN_HOUR = timedelta(hours=1)
AT = FRIDAY_TEATIME
EVERYBODY = (Asked("police", "DS Example"), Asked("health", "Dr Sample", "", True), Asked("social_care", "Wilma"))


def a_worker_and_manager() -> tuple[User, User]:
    """Of one team."""
    team = a_team()
    return a_user("social_worker", team=team), a_user("practice_manager", team=team)


def discussed(*children: Person, by: User, at: datetime = AT, **held: Any) -> list[DiscussedChild]:
    """A discussion an hour ago, about those children or a new one held by the worker; nothing decided."""
    about = children or (a_child(),)
    for child in about:
        if not child.allocations.exists():
            allocated(child, by.worker)
    details = {"took_part": {"police": "DS Example", "health": "Dr Sample"}, "how": "video", "why": "A burn", **held}
    return discussions.record_discussion(about, discussions.Held(at - AN_HOUR, **details), by=by, at=at)


def enquired(*children: Person, by: User, at: datetime = AT) -> list[Section47Enquiry]:
    """Their enquiries, begun by one discussion."""
    parts = discussed(*children, by=by, at=at)
    every = {one.pk: discussions.Decision("section_47", True, "Likely harm") for one in parts}
    discussions.decide(every, discussion=parts[0].discussion, by=by, at=at)
    return list(Section47Enquiry.objects.filter(discussed__in=parts).order_by("pk"))


def signed_off(enquiry: Section47Enquiry, finding: str, manager: User, *, by: User, **details: Any) -> Section47Enquiry:
    """With all that a finding needs, and a manager's sign-off."""
    parts = {"analysis": "x", "proposed_finding": finding, "why_not_seen": "Abroad"}
    enquiries.write_enquiry(enquiry, parts, version=None, by=by, at=AT)
    enquiry.refresh_from_db()
    asked = enquiries.ask_for_signature(enquiry, of=manager, by=by, at=AT)
    return enquiries.sign_off(enquiry, asked, finding=finding, direction="Go on", by=manager, at=AT, **details)


def a_conference(kind: str = "transfer_in", child: Person | None = None) -> tuple[ChildAtConference, User]:
    """Asked for on Friday, with police, health and social care invited; and the chair."""
    worker, chair = a_user("social_worker"), a_user("conference_chair")
    child = child or a_child()
    allocated(child, worker.worker)
    made = asking.ask_for_conference(child, kind=kind, requested_on=AT.date(), by=chair, at=AT)
    conferences.invite(made.conference, EVERYBODY, by=chair, at=AT)
    return made, chair
