"""The conference, the protection plan, its core groups and reviews."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from casework.child_protection.models import ChildAtConference, ChildProtectionPlan, Conference
from casework.planning.models import PlanVersion
from goldenthread.timeliness.status import Status
from tests.casework.fourteen_months.case import Case
from tests.casework.fourteen_months.visiting import she_is_visited

CORE_GROUP = "core_group_subsequent"
INVITED = (("police", "DS Example"), ("health", "Dr Sample"), ("social_care", "Wilma Sample"), ("family", "Mo Sample"))
TALKED_OF = (
    "Health found that the burn was no accident. Police were called twice in the spring. Ada does well at school."
)


def a_conference_makes_a_plan(case: Case) -> None:
    """On Thursday 17 December, four days before the last."""
    case.time.is_now(2026, 12, 9)
    hers, desk = ChildAtConference.objects.get(), case.desks["chair"]
    at = f"/conferences/{hers.pk}"
    desk.go(f"{at}/arrange")
    assert "by 21 December 2026" in desk.text
    desk.sent(planned_at=datetime(2026, 12, 17, 10, 0), place="Room 1", chair=desk.user.worker_id)
    for agency, name in INVITED:
        case.chair.sends(f"{at}/invite", name=name, agency=agency)
    case.time.is_now(2026, 12, 17, 15)
    invited = {one.agency: one.pk for one in Conference.objects.get().invitations.all()}
    for agency in ("police", "health"):
        case.chair.sends(f"{at}/report/{invited[agency]}", arrived_on=date(2026, 12, 15))
    came = {f"attended_{key}": "in_person" for key in invited.values()}
    desk.go(f"{at}/hold")
    desk.sent(held_on=date(2026, 12, 17), discussion=TALKED_OF, parents_views="We want help.", **came)
    case.stands("s47_to_icpc_15wd", date(2026, 12, 21), Status.met)
    views = {"childs_views": "I want it quiet.", "how_child_was_heard": "A drawing."}
    case.chair.sends(f"{at}/views", participation="PN6", **views)
    desk.go(f"{at}/decide")
    agree = {f"agrees_{invited[agency]}": "yes" for agency in ("police", "social_care")}
    but = {f"agrees_{invited['health']}": "no", f"because_{invited['health']}": "A plan of support would do."}
    desk.sent(outcome="plan_made", category="PHY", reasons="Likely harm.", **agree, **but)
    assert "On a child protection plan" in case.worker.reads(case.record)
    # 18, 21, 22, 23, 24, 29, 30, 31 December are eight; 4 and 5 January.
    case.stands("core_group_first_10wd", date(2027, 1, 5), Status.due)
    case.stands("cp_review_first_3m", date(2027, 3, 17), Status.due)
    case.pictured("conference", at, by="chair")


def the_core_group_meets(case: Case) -> None:
    """First on its last day, in the browser."""
    case.time.is_now(2027, 1, 5, 15)
    desk = case.desks["worker"]
    desk.go(f"{case.record}/meetings/core_group/record")
    desk.sent(others="Dr Sample, GP", **_of_a_core_group(case, date(2027, 1, 5)))
    case.stands("core_group_first_10wd", date(2027, 1, 5), Status.met)
    case.stands(CORE_GROUP, date(2027, 2, 2), Status.due)


def the_plan_is_written(case: Case) -> None:
    """That day, a page at a time; the mother is handed what it says."""
    case.worker.sends(f"/plans/protection/{ChildProtectionPlan.objects.get().pk}/write", like="")
    version = PlanVersion.objects.get()
    at = f"/plan-versions/{version.pk}"
    case.worker.sends(f"{at}/needs/add", what="Ada needs quiet nights.", outcome="Ada sleeps from 8 until 7.")
    towards = f"/plan-outcomes/{version.outcomes.get().pk}/actions/add"
    for what, who, by_when in (
        ("Uncle Jo sleeps elsewhere.", "Mo Sample", date(2027, 1, 12)),
        ("Ada is shown how to reach us at night.", "Wilma Sample", date(2027, 1, 8)),
    ):
        case.worker.sends(towards, what=what, owner_named=who, by_when=by_when)
    case.worker.sends(
        f"{at}/family", worried_about="Ada has been hurt at night.", going_well="Ada does well at school.",
        parents_must="Nobody but you puts Ada to bed.",
    )  # fmt: skip
    case.worker.sends(
        f"{at}/contingency", contingency="We meet that week.", decide_by=date(2027, 3, 10), seen_every_weeks=4
    )
    case.worker.sends(f"{at}/child", childs_view="I want my own lamp.", parents_may_read="yes")
    case.worker.sends(f"{at}/agree", in_force_from=date(2027, 1, 5), agreed_with="Mo and Ada")
    handed = case.worker.reads(f"{at}/for-parents")
    for said in ("Uncle Jo sleeps elsewhere.", "Ada sleeps from 8 until 7.", "We meet that week.", "10 March 2027",
                 "I want my own lamp."):  # fmt: skip
        assert said in handed, said
    case.pictured("plan", f"/plans/protection/{version.protection_plan_id}")


def the_core_group_meets_again(
    case: Case, held_on: date, after: date, *, late: bool = False, visited: date | None = None
) -> None:
    """Within York's four weeks or `late`; `after` is the last day for the next. Where she is seen first that day,
    `visited` is the last day for the visit after."""
    if visited is not None:
        she_is_visited(case, held_on, next_by=visited)
    due = case.clocks(CORE_GROUP)[-1].row.due_on
    assert due is not None
    case.it_is(held_on, 18)
    case.meets("core_group", **_of_a_core_group(case, held_on))
    _the_plan_is_written_anew(case, held_on)
    case.stands(CORE_GROUP, due, Status.late if late else Status.met)
    case.stands(CORE_GROUP, after, Status.due)


def _of_a_core_group(case: Case, held_on: date) -> dict[str, Any]:
    own = case.own(what_changed="She sleeps.", childs_words="It is quieter.", safety="enough")
    return {"held_on": held_on, "decisions": "Mo rings the school.", **own}


def _the_plan_is_written_anew(case: Case, on: date) -> None:
    """A version like the last one, in force from the day of the core group."""
    before = PlanVersion.objects.get(replaced_on=None)
    case.worker.sends(f"/plans/protection/{before.protection_plan_id}/write", like=before.pk)
    draft = PlanVersion.objects.get(in_force_from=None)
    case.worker.sends(f"/plan-versions/{draft.pk}/agree", in_force_from=on, what_changed="She sleeps.")
    before.refresh_from_db()
    assert before.replaced_on == on


def the_plan_is_reviewed(case: Case, held_on: date, outcome: str, **more: str) -> None:
    """By a conference, all of them there by video."""
    case.it_is(held_on, 18)
    hers = ChildAtConference.objects.get(person=case.ada, kind="review", outcome="")
    came = {f"attended_{one.pk}": "remote" for one in hers.conference.invitations.all()}
    at = f"/conferences/{hers.pk}"
    case.chair.sends(f"{at}/hold", held_on=held_on, discussion="How the plan goes.", **came)
    case.chair.sends(f"{at}/decide", outcome=outcome, reasons="As the reports say.", **more)
    case.pictured("reviewed")
