"""The meetings of a child, and one of them."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from casework.access.rules import allowed, may
from casework.common import clock
from casework.deadlines.queries import RunningClock, clocks_of
from casework.meetings import law, policies
from casework.meetings.actions.ending import SIGN_OFF
from casework.meetings.models import ChildAtMeeting, Meeting
from casework.meetings.plans import plan_of, plans_on
from casework.meetings.queries import meetings as queries
from casework.meetings.queries.actions import talked_over
from casework.people.frame import record_page
from casework.people.opening import opened
from casework.people.reading import open_record
from casework.tasks.queries import sign_off_of
from casework.voice.models import NotAsked
from casework.voice.why import why_not_asked

PAGE = "meeting"
LATEST = 8
"""More meetings than these are folded away."""


@allowed("people.read")
def person_meetings(request: HttpRequest, reference: str) -> HttpResponse:
    """Every core group and review of the child, and when the next is due."""
    person, at = open_record(request, reference, "meetings"), clock.now()
    found, clocks = queries.meetings_of(person), clocks_of(person, at=at)
    past = {
        kind: [one for one in found if one.meeting.kind == kind and not one.meeting.to_come] for kind in Meeting.Kind
    }
    kinds = [
        {
            "kind": kind,
            "on_a_plan": bool(plans_on(kind, [person], clock.today())),
            "clock": _running(clocks, kind),
            "waiting": next((one for one in found if one.meeting.kind == kind and one.meeting.to_come), None),
            "met": past[kind][:LATEST],
            "earlier": past[kind][LATEST:],
        }
        for kind in Meeting.Kind
    ]
    shown: dict[str, Any] = {
        "kinds": [one for one in kinds if one["on_a_plan"] or one["waiting"] or one["met"]],
        "may_write": may(request.user, "meeting.write"),
    }
    return record_page(request, person, "meetings/meetings.html", here="meetings", **shown)


def _running(clocks: list[RunningClock], kind: str) -> RunningClock | None:
    rules = law.rules_of(kind)
    return next((one for one in clocks if one.row.rule in rules and not one.stopped), None)


@allowed("people.read")
def meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """A meeting, from the side of one child."""
    child, user = opened(request, queries.child_at_meeting, pk, PAGE)
    of_all, writes = child.meeting, may(user, "meeting.write")
    held = of_all.held_on is not None
    running = _running(clocks_of(child.person, at=clock.now()), of_all.kind)
    answered = queries.clock_of(child, at=clock.now()) if held else running
    ends = child.recommendation in policies.ENDS_THE_PLAN
    asked = sign_off_of(SIGN_OFF, child.pk, child.person) if ends else None
    waiting = asked is not None and asked.state == "waiting"
    why = None if child.childs_words or not child.written else why_not_asked(NotAsked.Place.MEETING, pk)
    shown: dict[str, Any] = {
        "why": why,
        "child": child,
        "meeting": of_all,
        "person": child.person,
        "together": [one for one in queries.together_at(child, user) if one.pk != child.pk],
        "clock": answered,
        "running": running if held or of_all.cancelled_on else None,
        "too_late": not held and _too_late(child, answered),
        "put_off": of_all.put_off.all(),
        "members": of_all.members.all(),
        "plan": plan_of(child),
        "talked_over": talked_over(child) if child.written else [],
        "asked": asked,
        "may_ask": writes and ends and not waiting and child.agreed_on is None,
        "may_answer": waiting and asked is not None and asked.asked_of_id == user.pk and may(user, "meeting.authorise"),
        "may_strategy": policies.calls_for_a_strategy_discussion(child) and may(user, "protection.write"),
        "following": _following(child),
        "prompts": policies.prompts_of(child, why) if writes and child.written else [],
        "may_arrange": writes and of_all.to_come,
        "may_write": writes and held,
    }
    return render(request, "meetings/meeting.html", shown)


def _too_late(child: ChildAtMeeting, running: RunningClock | None) -> bool:
    """Whether it is arranged for after the last day."""
    planned, last = child.meeting.planned_at, running.last_moment if running else None
    return planned is not None and last is not None and planned > last


def _following(child: ChildAtMeeting) -> ChildAtMeeting | None:
    found = ChildAtMeeting.objects.filter(meeting__follows=child.meeting_id, person=child.person_id)
    return found.select_related("meeting").first()
