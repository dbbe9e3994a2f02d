"""Missing children and exploitation at the demonstration authority, made by their own actions. Everybody is made up."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from casework.accounts.models import User
from casework.exploitation.actions import judging, meeting, tying
from casework.missing.actions import reporting
from casework.people.models import Person
from casework.voice.actions import Answer

AN_HOUR, A_DAY = timedelta(hours=1), timedelta(days=1)


def children_who_go_missing(*, by: User, at: datetime) -> int:
    """Two are missing since yesterday, one came back two days ago; one is exploited, with friends. Gives how many."""
    children = _older_children(4, at)
    _two_are_missing(children[:2], by, at)
    _one_is_back(children[2], by, at)
    _friends(children[0], children[3], by, at)
    return len(children)


def _older_children(number: int, at: datetime) -> list[Person]:
    """Children of 12 to 16 whose case is held, and who are not missing."""
    today = timezone.localdate(at)
    born = (today - 16 * 365 * A_DAY, today - 12 * 365 * A_DAY)
    held = Person.objects.filter(is_child=True, died_on=None, merged_into=None, born_on__range=born)
    held = held.filter(allocations__ended_on=None, allocations__isnull=False)
    gone = Person.objects.filter(missing_episodes__isnull=False).values("pk")
    chosen = list(held.exclude(pk__in=gone).distinct().order_by("pk")[:number])
    if len(chosen) < number:
        raise ValueError(f"The demonstration needs {number} older children in hand, and found {len(chosen)}.")
    return chosen


def _two_are_missing(children: list[Person], by: User, at: datetime) -> None:
    began = at - 27 * AN_HOUR
    reported = reporting.Reported(
        began, "M", began + AN_HOUR, "Mo Example, neighbour", "Sample Park, by the swings",
        "Did not come home from school. Grey hood, school bag, little money. The telephone is off.", "AM-0412", "high",
        "A man waits for young people at the park with a car.",
    )  # fmt: skip
    first, _ = reporting.report_missing(children, reported, by=by, at=at)
    for hours, what, who in ((25, "Rang home and the school: not there.", ""),
                             (20, "Police looked at the park and the station.", "PC Perpetua Porphyry")):  # fmt: skip
        reporting.record_step(first, done_at=at - hours * AN_HOUR, what=what, who=who, by=by, at=at)
    told = ["police", "parents", "manager"]
    reporting.record_told(first, whom=told, name="By telephone", told_at=at - 25 * AN_HOUR, by=by, at=at)


def _one_is_back(child: Person, by: User, at: datetime) -> None:
    began = at - 60 * AN_HOUR
    reported = reporting.Reported(began, "M", began + AN_HOUR, "Mia Sample, carer", police_reference="AM-0398")
    (episode,) = reporting.report_missing([child], reported, by=by, at=at)
    back = reporting.Back(at - 44 * AN_HOUR, "police", "Sample Station", "PC Perpetua Porphyry", "Tired, not hurt.")
    reporting.record_back([episode], back, by=by, at=at)


def _friends(child: Person, friend: Person, by: User, at: datetime) -> None:
    today = timezone.localdate(at)
    judged = judging.Judged(
        today - 3 * A_DAY, "significant", "Owes money to older people, and was found far from home with a large sum.",
        today + 25 * A_DAY, ("criminal",), ("missing", "found_far", "debt"), Answer("They look after me.", "talk"),
        "A football coach whom the child rings.", "A meeting with the police; a worker of the child’s choice.",
    )  # fmt: skip
    judging.assess(child, judged, by=by, at=at)
    seen = tying.Tie("known", "Seen there by the police", today - 40 * A_DAY)
    arcade = tying.tie(child, seen, kind="place", name="Sample Arcade, Station Road", by=by, at=at).link
    told = tying.Tie("suspected", "A friend told the school")
    tying.tie(friend, told, link=arcade, by=by, at=at)
    held = meeting.Held(today - A_DAY, "Greta Granite", "The arcade lets young people in at night.",
                        {"police": "DS Petunia Puce", "education": "Ms Hilda Head"})  # fmt: skip
    part, _ = meeting.record_meeting([child, friend], [arcade], held, by=by, at=at)
    meeting.ask_for(part, what="Visit the arcade with licensing", who="DS Petunia Puce", owner=None,
                    by_when=today + 7 * A_DAY, disrupts=arcade, by=by, at=at)  # fmt: skip
