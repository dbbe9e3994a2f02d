"""What may be done with a core group or review now. `check_…` raises Refused with a sentence that says what to do."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from casework.access.rules import may
from casework.accounts.models import User
from casework.common.refused import Refused
from casework.common.templatetags.golden_thread import day
from casework.meetings.models import ChildAtMeeting, Meeting
from casework.people.models import Person
from casework.tasks.models import SignOff
from casework.voice.models import NotAsked
from casework.voice.why import prompt_of


def check_to_come(meeting: Meeting) -> None:
    """Whether a meeting is still to be held."""
    name = meeting.get_kind_display().lower()
    if meeting.held_on is not None:
        raise Refused(f"This {name} was held on {day(meeting.held_on)}.")
    if meeting.cancelled_on is not None:
        raise Refused(f"This {name} was cancelled on {day(meeting.cancelled_on)}. Arrange another.")


def check_none_to_come(kind: str, people: Iterable[Person]) -> None:
    """Whether none of these children waits for a meeting of that kind already."""
    waiting = ChildAtMeeting.objects.filter(
        person__in=[one.pk for one in people], meeting__kind=kind, meeting__held_on=None, meeting__cancelled_on=None
    )
    found = waiting.select_related("person").first()
    if found is not None:
        raise Refused(f"One is arranged already for {found.person.full_name}. Change that one, or record it as held.")


def check_not_recorded(kind: str, people: Iterable[Person], held_on: date, apart_from: Meeting | None) -> None:
    """Whether no other meeting of that kind and day is recorded for any of these children."""
    same = ChildAtMeeting.objects.filter(
        person__in=[one.pk for one in people], meeting__kind=kind, meeting__held_on=held_on
    ).exclude(meeting=apart_from)
    found = same.select_related("person").first()
    if found is not None:
        raise Refused(f"It is recorded already for {found.person.full_name} on {day(held_on)}.", "held_on")


ENDS_THE_PLAN = frozenset({ChildAtMeeting.Recommendation.STEP_DOWN, ChildAtMeeting.Recommendation.CLOSE})


def check_recommends(kind: str, recommendation: str, because: str, where: str = "") -> None:
    """Whether a child's part says what a review has to say. `where` ends the names of the questions about the child."""
    if kind != Meeting.Kind.CIN_REVIEW:
        return
    if not recommendation:
        raise Refused("Say what the review recommends.", f"recommendation{where}")
    if recommendation != ChildAtMeeting.Recommendation.CONTINUE and not because.strip():
        raise Refused("Say why.", f"recommendation_because{where}")


def check_may_change(child: ChildAtMeeting, recommendation: str) -> None:
    """Whether the recommendation may be another one: not once a manager has agreed to it, nor while one reads it."""
    if recommendation == child.recommendation or not child.written:
        return
    if child.agreed_on is not None:
        raise Refused(f"A manager agreed to it on {day(child.agreed_on)}, and the plan has ended.", "recommendation")
    if SignOff.objects.filter(kind="cin_review", row=child.pk, state=SignOff.State.WAITING).exists():
        raise Refused("A manager has it. Ask them to send it back first.", "recommendation")


def check_may_be_asked(child: ChildAtMeeting) -> None:
    """Whether there is something for a manager to agree to."""
    if child.recommendation not in ENDS_THE_PLAN:
        raise Refused("A manager is asked only where the plan is to end.")
    if child.agreed_on is not None:
        raise Refused(f"A manager agreed to it on {day(child.agreed_on)}.")


def check_may_agree(child: ChildAtMeeting, asked: SignOff, by: User) -> None:
    """Whether this account may answer the recommendation: the manager who was asked, of another's work."""
    check_may_be_asked(child)
    if not may(by, "meeting.authorise"):
        raise Refused("A manager agrees that a plan ends.")
    if asked.asked_by_id == by.pk or (by.worker_id is not None and child.written_by_id == by.worker_id):
        raise Refused("This recommendation is yours. Another manager has to agree to it.")


def calls_for_a_strategy_discussion(child: ChildAtMeeting) -> bool:
    """Whether the meeting thought that the child is not safe, or that there should be a strategy discussion."""
    step_up = child.recommendation == ChildAtMeeting.Recommendation.STEP_UP
    return step_up or child.safety == ChildAtMeeting.Safety.NOT


def prompts_of(child: ChildAtMeeting, why: NotAsked | None = None) -> list[str]:
    """What a good record of it would also have; `why` the child was not asked. Shown quietly; never in the way."""
    found, meeting = [], child.meeting
    if not child.childs_words.strip():
        name = child.person.full_name
        found.append(prompt_of(why, name, f"What {name} said is not there yet."))
    if not meeting.parents_said.strip():
        found.append("What the parents said is not there yet.")
    if not meeting.decisions.strip():
        found.append("What was decided is not there yet.")
    if child.safety and child.safety != ChildAtMeeting.Safety.ENOUGH and not child.safety_because.strip():
        found.append("It does not say what would have to change.")
    return found
