"""A review's recommendation to end a child in need plan: a manager agrees, and the plan ends, or sends it back."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from casework.accounts.models import User
from casework.accounts.stamps import save_over
from casework.child_in_need.actions import end_plan
from casework.child_in_need.models import ChildInNeedPlan
from casework.common.refused import Refused
from casework.common.templatetags.golden_thread import day
from casework.common.whole import whole
from casework.meetings import policies
from casework.meetings.actions.arranging import cancel
from casework.meetings.models import ChildAtMeeting
from casework.tasks.actions import ask_for_sign_off, send_back, sign
from casework.tasks.models import SignOff

SIGN_OFF = "cin_review"
REASONS = {
    ChildAtMeeting.Recommendation.STEP_DOWN: ChildInNeedPlan.EndReason.STEPPED_DOWN,
    ChildAtMeeting.Recommendation.CLOSE: ChildInNeedPlan.EndReason.NEEDS_MET,
}
"""Why the plan ends, for each recommendation that ends it."""


def ask_a_manager(child: ChildAtMeeting, *, of: User, by: User, at: datetime, comment: str = "") -> SignOff:
    """Send the recommendation to a manager."""
    policies.check_may_be_asked(child)
    held, what = child.meeting.held_on, child.get_recommendation_display().lower()
    return ask_for_sign_off(
        person=child.person, kind=SIGN_OFF, row=child.pk, title=f"Child in need review of {day(held)}: {what}",
        address=reverse("meeting", args=[child.pk]), of=of, by=by, at=at, comment=comment,
    )  # fmt: skip


@whole
def agree(child: ChildAtMeeting, asked: SignOff, *, comment: str = "", by: User, at: datetime) -> ChildAtMeeting:
    """The manager agrees: the plan ends today. Where the family goes on with early help, it is told what to do."""
    found = ChildAtMeeting.objects.select_for_update(of=("self",))
    child = found.select_related("person", "meeting", "need_plan").get(pk=child.pk)
    policies.check_may_agree(child, asked, by)
    if child.need_plan is None:
        raise Refused("No child in need plan is tied to this review.")
    today = timezone.localdate(at)
    end_plan(
        child.need_plan, ended_on=today, end_reason=REASONS[ChildAtMeeting.Recommendation(child.recommendation)],
        why_ended=child.recommendation_because, by=by, at=at,
    )  # fmt: skip
    child.agreed_on, child.agreed_by = today, by.worker
    save_over(child, None)
    sign(asked, by=by, at=at, comment=comment)
    _call_off_what_was_to_come(child, by, at)
    return child


def _call_off_what_was_to_come(child: ChildAtMeeting, by: User, at: datetime) -> None:
    """The next review is not wanted, unless it is about a brother or sister whose plan goes on."""
    waiting = ChildAtMeeting.objects.filter(
        person=child.person_id, meeting__kind=child.meeting.kind, meeting__held_on=None, meeting__cancelled_on=None
    )
    for one in waiting.select_related("meeting"):
        if not one.meeting.children.filter(need_plan__ended_on=None).exists():
            cancel(one.meeting, because="The plan has ended.", by=by, at=at)


@whole
def disagree(child: ChildAtMeeting, asked: SignOff, *, comment: str, by: User, at: datetime) -> None:
    """Sent back with what has to be thought of. The plan goes on."""
    policies.check_may_agree(child, asked, by)
    send_back(asked, comment=comment, by=by, at=at)
