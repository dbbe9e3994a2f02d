"""What has been recorded since a conference, and would be contradicted if its day or its decision were another."""

from __future__ import annotations

from datetime import date

from casework.child_protection.models import ChildAtConference, ChildProtectionPlan
from casework.common.refused import Refused
from casework.common.templatetags.golden_thread import day

UNDER = {"visits": ("visit__visited_on", "A visit"), "core_groups": ("meeting__held_on", "A core group")}
"""What happens under a plan: the column of its day, and what it is called."""
FOLLOWS = {"visits"}
"""What of that is laid under what ran instead, where the plan began later (`moving`)."""
RESTS_ON = {
    "plan_versions": ("in_force_from", "What the plan says is agreed"),
    "child_in_need_plans": ("started_on", "A child in need plan followed it"),
}
"""What is made of a plan, with its day: a draft of what it says has none, and is kept without the plan."""
NEXT_TIME = "Record what is right at the next conference."


def plan_of(child: ChildAtConference) -> ChildProtectionPlan | None:
    """The plan that was made, went on or ended."""
    return child.plans_made.first() or child.plan


def check_day_fits(child: ChildAtConference, on: date) -> None:
    """Whether that can have been the day, for one child of the conference."""
    held_on, plan = _held_on(child), plan_of(child)
    name = child.person.full_name
    for other in _others(child):
        if held_on < other < on or on < other < held_on:
            raise Refused(f"Another conference about {name} was held on {day(other)}, between the two days.", "held_on")
    if plan is None or not child.outcome:
        return
    if child.outcome != "plan_made" and on < plan.started_on:
        raise Refused(f"The plan of {name} began only on {day(plan.started_on)}.", "held_on")
    if child.outcome != "plan_ended" and plan.ended_on is not None and on > plan.ended_on:
        raise Refused(f"The plan of {name} ended on {day(plan.ended_on)}. Give an earlier day.", "held_on")
    if child.outcome == "plan_made":
        _check_plans_apart(child, plan, on)
        _check_under(plan, name, before=on)
    if child.outcome == "plan_ended":
        _check_plans_apart(child, plan, on)
        _check_under(plan, name, after=on)


def check_may_be_another(child: ChildAtConference, outcome: str) -> None:
    """Whether something else can be said to have been decided: nothing that was done later rests on what stands."""
    held_on, plan, name = _held_on(child), plan_of(child), child.person.full_name
    later = [one for one in _others(child) if one > held_on]
    if later:
        raise Refused(f"A later conference about {name}, on {day(later[0])}, rests on what was decided. {NEXT_TIME}")
    if child.outcome in {"plan_made", "plan_continued", "plan_ended"} and plan is None:
        raise Refused(f"No plan of {name} is tied to this conference.")
    if plan is not None and child.outcome != "plan_ended" and plan.ended_on is not None:
        raise Refused(f"The plan of {name} ended on {day(plan.ended_on)}. What was decided stays.")
    if plan is not None and child.outcome == "plan_made":
        _check_nothing_rests_on(plan, name)
    if plan is not None and child.outcome == "plan_continued":
        _check_under(plan, name, after=held_on)
    if outcome in {"plan_made", "plan_continued"}:
        _check_can_run(child, plan, held_on)


def _held_on(child: ChildAtConference) -> date:
    held_on = child.conference.held_on
    if held_on is None:
        raise Refused("Record first that the conference was held.")
    return held_on


def _others(child: ChildAtConference) -> list[date]:
    """The days of the child's other conferences, the first first."""
    found = ChildAtConference.objects.filter(person=child.person_id).exclude(conference__held_on=None)
    days = found.exclude(pk=child.pk).order_by("conference__held_on").values_list("conference__held_on", flat=True)
    return [one for one in days if one is not None]


def _check_plans_apart(child: ChildAtConference, plan: ChildProtectionPlan, on: date) -> None:
    """Whether the plan stays apart from the child's others when it begins, or ends, that day."""
    name, begins = child.person.full_name, child.outcome == "plan_made"
    for other in child.person.child_protection_plans.exclude(pk=plan.pk):
        if begins and other.started_on < plan.started_on and (other.ended_on is None or other.ended_on > on):
            until = f"ran until {day(other.ended_on)}" if other.ended_on else "has not ended"
            raise Refused(f"An earlier plan of {name} {until}. Give a later day.", "held_on")
        if not begins and other.started_on > plan.started_on and other.started_on < on:
            raise Refused(f"Another plan of {name} began on {day(other.started_on)}. Give an earlier day.", "held_on")


def _check_under(
    plan: ChildProtectionPlan, name: str, *, before: date | None = None, after: date | None = None
) -> None:
    """Whether nothing under the plan happened before it began, but for what follows it, or after it ended."""
    for relation, (column, words) in UNDER.items():
        if before is not None and relation in FOLLOWS:
            continue
        its = getattr(plan, relation).exclude(**{column: None}).order_by(column).values_list(column, flat=True)
        for on in its:
            if (before is not None and on < before) or (after is not None and on > after):
                raise Refused(f"{words} under the plan of {name} is recorded on {day(on)}. Put that right first.")


def _check_nothing_rests_on(plan: ChildProtectionPlan, name: str) -> None:
    """Whether a plan that was not made can be taken away."""
    for relation, (column, words) in UNDER.items():
        on = getattr(plan, relation).values_list(column, flat=True).first()
        if getattr(plan, relation).exists():
            raise Refused(f"{words}{f' on {day(on)}' if on else ''} is recorded under the plan of {name}. {NEXT_TIME}")
    for relation, (column, words) in RESTS_ON.items():
        if getattr(plan, relation).exclude(**{column: None}).exists():
            raise Refused(f"{words} already for {name}. {NEXT_TIME}")


def _check_can_run(child: ChildAtConference, plan: ChildProtectionPlan | None, held_on: date) -> None:
    """Whether a plan can run from that day for the child."""
    name = child.person.full_name
    for other in child.person.child_protection_plans.order_by("started_on"):
        if other == plan:
            continue
        if other.ended_on is None or other.ended_on > held_on:
            raise Refused(f"{name} has another child protection plan, from {day(other.started_on)}.", "outcome")
    closed = child.referral.closed_on if child.referral else None
    if closed is not None and closed >= held_on:
        raise Refused(f"The case of {name} was closed on {day(closed)}. Open it at the front door first.", "outcome")
