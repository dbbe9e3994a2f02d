"""Help as a child in need, from the day that the protection plan ended to the closing."""

from __future__ import annotations

from datetime import date
from typing import Any

from casework.child_in_need.models import ChildInNeedPlan
from casework.child_protection.models import ChildProtectionPlan
from casework.deadlines.queries import clocks_of
from casework.front_door.models import Referral
from casework.meetings.models import ChildAtMeeting
from goldenthread.timeliness.status import Status
from tests.casework.fourteen_months.case import Case


def help_goes_on_as_a_child_in_need(case: Case) -> None:
    """From the day the plan ended, whose clocks are over with it."""
    protection = ChildProtectionPlan.objects.get()
    assert (protection.started_on, protection.ended_on) == (date(2026, 12, 17), date(2027, 9, 8))
    assert not {"core_group_subsequent", "cp_plan_visit"} & case.over()
    need = ChildInNeedPlan.objects.get()  # the review said so
    assert (need.started_on, need.protection_id, need.ended_on) == (date(2027, 9, 8), protection.pk, None)
    assert list(protection.plan_versions.values_list("number", flat=True).order_by("number")) == list(range(1, 10))


def it_is_reviewed(case: Case) -> None:
    """Within six weeks each time."""
    due = None
    for held_on, after in (
        (date(2027, 9, 29), date(2027, 11, 10)), (date(2027, 11, 10), date(2027, 12, 22)),
        (date(2027, 12, 20), date(2028, 1, 31)),
    ):  # fmt: skip
        case.it_is(held_on, 18)
        case.meets("cin_review", **_review(case, held_on, "continue"))
        case.stands("cin_plan_review_local", after, Status.due)
        if due:
            case.stands("cin_plan_review_local", due, Status.met)
        due = after


def it_closes(case: Case) -> None:
    """On Thursday 27 January 2028, fourteen months after the police rang: the manager agrees, the referral closes."""
    case.time.is_now(2028, 1, 27, 11)
    desk, manager = case.desks["worker"], case.desks["manager"]
    desk.go(f"{case.record}/meetings/cin_review/record")
    desk.page.locator("[name=came]").first.check()
    desk.sent(**_review(case, date(2028, 1, 27), "close"), manager=case.manager.user.pk)
    case.stands("cin_plan_review_local", date(2028, 1, 31), Status.met)
    hers = ChildAtMeeting.objects.filter(meeting__kind="cin_review", written=True).latest("pk")
    case.manager.sends(f"/meetings/{hers.pk}/answer", answer="agree")
    referral = Referral.objects.get()
    manager.go(f"/referrals/{referral.reference}/close")
    manager.sent(closed_on=date(2028, 1, 27), closure_reason="RC7")
    assert ChildInNeedPlan.objects.get().ended_on == date(2028, 1, 27)
    assert not [one for one in clocks_of(case.ada, at=case.time()) if one.status in {Status.due, Status.overdue}]
    for page in ("chronology", "words", "story"):
        case.pictured(page, f"{case.record}/{page}")
    case.pictured("closed")


def _review(case: Case, held_on: date, recommendation: str) -> dict[str, Any]:
    own = {"what_changed": "She laughs.", "recommendation": recommendation, "recommendation_because": "She is safe."}
    return {"held_on": held_on, **case.own(**own)}
