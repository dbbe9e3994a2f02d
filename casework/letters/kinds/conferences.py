"""The invitation to a child protection conference, and its minutes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time

from django.db.models import QuerySet
from django.utils import timezone

from casework.accounts.models import User
from casework.child_protection.models import AgencyView, ChildAtConference, Invitation
from casework.child_protection.protocol import quorum_of, report_wanted_by
from casework.child_protection.queries.conferences import clock_of, following_of, invited_to
from casework.common.coded import meaning
from casework.common.templatetags.golden_thread import day, moment
from casework.letters.kinds.attending import WHO, each_of, speaks_for
from casework.letters.kinds.model import Field, Kind, Source, Whom
from casework.letters.kinds.sharing import at_a_meeting
from casework.letters.paper.markup import Value
from casework.letters.paper.tree import table
from casework.people.models import Person

REPORTS = ("Whose report", "When it came")
VIEWS = ("Who", "Whether they agree", "Why")
VIEWS_WIDTHS = (3, 3, 4)
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


def minutes(person: Person, reference: str, _user: User, today: date) -> Mapping[str, Value] | None:
    """What the minutes say: of this child alone, whoever else the conference was about."""
    one = of(person).filter(reference=reference).exclude(conference__held_on=None).first()
    if one is None:
        return None
    conference, invited_there = one.conference, invited_to(one, today)
    views = AgencyView.objects.filter(child=one).select_related("invitation")
    return {
        **both(one),
        "conference.held": day(conference.held_on),
        "conference.who": table(
            WHO,
            [
                (i.name, speaks_for(i), i.get_attended_display() or "Not known")
                for i in (line.invitation for line in invited_there)
            ],
        ),
        "conference.quorum": _quorum(one, [line.invitation for line in invited_there]),
        "conference.reports": table(
            REPORTS,
            [
                (f"{line.invitation.name}, {speaks_for(line.invitation)}", line.report)
                for line in invited_there
                if line.invitation.report_wanted
            ],
        ),
        "conference.discussion": conference.discussion,
        "conference.parents_views": conference.parents_views,
        "conference.parents_heard": conference.how_parents_were_heard,
        "conference.childs_views": one.childs_views,
        "conference.child_heard": one.how_child_was_heard,
        "conference.decision": meaning("conference_outcome", one.outcome) if one.outcome else "",
        "conference.category": meaning("abuse_category", one.category) if one.category else "",
        "conference.reasons": one.reasons,
        "conference.views": table(
            VIEWS,
            [(speaks_for(v.invitation), AGREED[v.agrees], v.because) for v in views],
            VIEWS_WIDTHS,
        ),
        "conference.review": _review(one, today),
    }


def _quorum(one: ChildAtConference, invitations: list[Invitation]) -> str:
    """Whether enough agencies were there, in a sentence; empty where that is not known."""
    match one.conference.quorate:
        case None:
            return ""
        case True:
            return "Enough agencies were there to decide (it was quorate)."
        case False:
            return f"Too few agencies were there (it was not quorate). {quorum_of(invitations).lacks}".strip()


def _review(one: ChildAtConference, today: date) -> str:
    """When the plan is looked at again: the day that is planned, and that by which the law wants it."""
    following = following_of(one)
    if following is None or following.conference.held_on is not None:
        return ""
    clock = clock_of(following, at=timezone.make_aware(datetime.combine(today, time.min)))
    by = f"The plan is to be looked at again by {clock.due_said}." if clock else ""
    at = following.conference.planned_at
    return " ".join(part for part in (by, f"That is planned for {moment(at)}." if at else "") if part)


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
    return meaning("conference_kind", one.kind).replace("conference", "child protection conference")


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
        Field("conference.quorum", "Whether enough agencies were there",
              "Enough agencies were there to decide (it was quorate)."),
        Field("conference.reports", "Table: the reports that were wanted and when each came",
              table(REPORTS, [("Tess Teacher, School or nursery", "Came 7 December 2026, in time")]), part=True),
        Field("conference.discussion", "What was said", "The school told of two late mornings."),
        Field("conference.parents_views", "What the parents think", "We want help with mornings."),
        Field("conference.parents_heard", "How the parents said it", "At the conference."),
        Field("conference.childs_views", "What the child thinks", "I want to stay at my school.", of_child=True),
        Field("conference.child_heard", "How the conference heard the child", "From Carl’s advocate.",
              of_child=True),
        Field("conference.decision", "What was decided about this child", "Child protection plan"),
        Field("conference.category", "The category of abuse, where there is a plan", "Neglect"),
        Field("conference.reasons", "Why", "Care has slipped and help has not changed it."),
        Field("conference.views", "Table: whether each agency agrees",
              table(VIEWS, [("Police", "Agrees", "")]), part=True),
        Field("conference.review", "When the plan is looked at again, where there is one",
              "The plan is to be looked at again by 10 March 2027."),
    ),
    held, minutes, invited, kept_back,
)  # fmt: skip
