"""The minutes of a core group or a child in need review, of one child."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db.models import QuerySet

from casework.accounts.models import User
from casework.common.templatetags.golden_thread import day
from casework.letters.kinds.attending import WHO, each_of, speaks_for
from casework.letters.kinds.model import Field, Kind, Source, Whom
from casework.letters.kinds.sharing import at_a_meeting
from casework.letters.paper.markup import Value
from casework.letters.paper.tree import table
from casework.meetings.models import ChildAtMeeting, Member
from casework.meetings.queries.actions import talked_over
from casework.people.models import Person

SHARED = ("meeting.minutes", "meeting.decisions")
"""Written once for all children of the meeting."""
PARENTS_SAID = "meeting.parents_said"
HOW = ("What was to be done", "How it goes", "What was said of it")


def held(person: Person, _user: User) -> list[Source]:
    """The child's meetings that were held and whose part about the child is written, the latest first."""
    found = _of(person).order_by("-meeting__held_on", "-pk")
    return [
        Source(one.reference, f"{one.meeting.get_kind_display()}, held {day(one.meeting.held_on)}") for one in found
    ]


def fill(person: Person, reference: str, _user: User, _today: date) -> Mapping[str, Value] | None:
    """What the minutes say: of this child, and what was written once for all."""
    one = _of(person).filter(reference=reference).first()
    if one is None:
        return None
    of_all = one.meeting
    states = [(what, said.progress.get_state_display(), said.progress.what_happened) for said, what in talked_over(one)]
    return {
        "meeting.kind": of_all.get_kind_display(),
        "meeting.held": day(of_all.held_on),
        "meeting.chair": str(of_all.chair or ""),
        "meeting.place": of_all.place,
        "meeting.who": table(WHO, [(m.name, speaks_for(m), m.get_took_part_display()) for m in of_all.members.all()]),
        "meeting.childs_words": one.childs_words,
        "meeting.what_changed": one.what_changed,
        "meeting.plan": table(HOW, states),
        "meeting.safety": one.get_safety_display(),
        "meeting.safety_because": one.safety_because,
        "meeting.recommendation": one.get_recommendation_display(),
        "meeting.recommendation_because": one.recommendation_because,
        PARENTS_SAID: of_all.parents_said,
        "meeting.decisions": of_all.decisions,
        "meeting.minutes": of_all.minutes,
    }


def group(person: Person, reference: str, _user: User) -> list[Whom]:
    """Everybody who belongs to the group."""
    one = _of(person).filter(reference=reference).first()
    return each_of(one.meeting.members.all()) if one else []


def kept_back(person: Person, reference: str, whom: Whom, _user: User, today: date) -> Mapping[str, str]:
    """What is of brothers and sisters too, and what the parents said, from whoever is not to have it."""
    one = _of(person).filter(reference=reference).first()
    if one is None:
        return {}
    children = one.meeting.children.values_list("person", flat=True)
    there = {m.name: m.took_part == Member.TookPart.CAME for m in one.meeting.members.all()}
    return at_a_meeting(SHARED, PARENTS_SAID, children, there, whom, today)


def _of(person: Person) -> QuerySet[ChildAtMeeting]:
    found = ChildAtMeeting.objects.filter(person=person, written=True).exclude(meeting__held_on=None)
    return found.select_related("meeting__chair").prefetch_related("meeting__members")


MINUTES = Kind(
    "meeting_minutes", "Minutes of a core group or child in need review",
    (
        Field("meeting.kind", "Core group, or child in need review", "Core group"),
        Field("meeting.held", "The day that it was held", "10 December 2026"),
        Field("meeting.chair", "Who chaired it", "Wilma Worker"),
        Field("meeting.place", "Where", "Example School"),
        Field("meeting.who", "Table: who belongs to the group and who came",
              table(WHO, [("Mona Example", "Family", "Came")]), part=True),
        Field("meeting.childs_words", "What the child said", "It is quieter.", of_child=True),
        Field("meeting.what_changed", "What has changed for the child", "Carl sleeps."),
        Field("meeting.plan", "Table: each action of the plan that was talked over, and how it goes",
              table(HOW, [("Wake Carl at seven", "It has begun", "Four days of five")]), part=True),
        Field("meeting.safety", "Whether the child is safe enough", "Yes, with the plan as it is"),
        Field("meeting.safety_because", "Why", "Grandma stays until March."),
        Field("meeting.recommendation", "What a review recommends", "The plan goes on"),
        Field("meeting.recommendation_because", "Why", "It has helped, and is not done."),
        Field(PARENTS_SAID, "What the parents said", "We want the shouting to stop."),
        Field("meeting.decisions", "What was decided, for all children of the meeting", "Mona rings the school."),
        Field("meeting.minutes", "The minutes, of all children of the meeting", "The school told of two weeks."),
    ),
    held, fill, group, kept_back,
)  # fmt: skip
