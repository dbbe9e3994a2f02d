"""Everything that changes an assessment, from its start to its sharing. Each is one transaction, by somebody."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone

from casework.access.rules import may
from casework.accounts.models import User, Worker
from casework.accounts.stamps import save_over, stamp
from casework.assessment import policies
from casework.assessment.models import Assessment, Factor, FamilyPart, ReviewPoint, Seen, ToolResult
from casework.assessment.outcomes import open_what_follows
from casework.common.happened import check_day
from casework.common.refused import Refused
from casework.common.whole import whole
from casework.deadlines.actions import bring_up_to_date
from casework.front_door.models import Referral
from casework.notices.actions import tell_worker
from casework.tasks.actions import ask_for_sign_off, send_back, sign
from casework.tasks.models import SignOff
from casework.voice.actions import say_why_not_asked
from casework.voice.models import NotAsked
from casework.voice.why import Why

SIGN_OFF = "assessment"
"""The kind of sign-off that an assessment waits for."""
OWN_PARTS = ("needs", "childs_words", "how_heard", "analysis", "what_next", "proposed_outcome", "why_not_seen")
FAMILY_PARTS = (
    "why_now", "family_history", "parenting", "home_and_community", "parents_views", "professionals_views",
)  # fmt: skip


@whole
def start_assessments(
    referrals: Iterable[Referral], *, worker: Worker | None, by: User, at: datetime
) -> list[Assessment]:
    """An assessment of each child referred, from today, with one family part between them."""
    asked = [referral.pk for referral in referrals]
    chosen = list(Referral.objects.select_for_update(of=("self",)).filter(pk__in=asked))
    if not chosen:
        raise Refused("Choose the children to assess.", "children")
    for referral in chosen:
        policies.check_may_start(referral)
    family = FamilyPart.objects.create(**stamp(by, at))
    made = [
        Assessment.objects.create(
            person=referral.person, referral=referral, family=family, kind="single", started_on=timezone.localdate(at),
            worker=worker, team=worker.team if worker else referral.team, **stamp(by, at),
        )
        for referral in chosen
    ]  # fmt: skip
    bring_up_to_date(people=sorted(one.person_id for one in made), at=at)
    return made


@whole
def write_own_part(
    assessment: Assessment, parts: Mapping[str, Any], *, version: int | None, by: User, at: datetime
) -> None:
    """What is this child's own. Refused once authorised."""
    policies.check_open(assessment)
    for name in OWN_PARTS:
        if name in parts:
            setattr(assessment, name, parts[name])
    save_over(assessment, version)
    if "why_not_asked" in parts:
        say_why_not_asked(
            assessment.person, NotAsked.Place.ASSESSMENT, assessment.pk, parts["why_not_asked"],
            words=assessment.childs_words, on=timezone.localdate(at), by=by, at=at,
        )  # fmt: skip


@whole
def write_family_part(
    family: FamilyPart, parts: Mapping[str, str], *, version: int | None, by: User, at: datetime
) -> None:
    """What is true of the whole family, for every child assessed together. Refused once all are authorised."""
    if not family.assessments.filter(authorised_on=None).exists():
        raise Refused("Every assessment that this belongs to is authorised. Add what is new as a case note.")
    for name in FAMILY_PARTS:
        if name in parts:
            setattr(family, name, parts[name])
    save_over(family, version)


@whole
def record_seen(
    assessment: Assessment, *, seen_on: date, alone: bool | None, where: str, what_was_said: str, by: User,
    at: datetime, why_not_alone: str = "", why_not_asked: Why | None = None,
) -> Seen:  # fmt: skip
    """The child was seen on that day."""
    policies.check_open(assessment)
    check_day(seen_on, timezone.localdate(at), "seen_on")
    if alone is False and not why_not_alone.strip():
        raise Refused("Say why the child was not seen alone.", "why_not_alone")
    seen = Seen.objects.create(
        assessment=assessment, seen_on=seen_on, alone=alone, why_not_alone=why_not_alone, where=where,
        by=by.worker, what_was_said=what_was_said, **stamp(by, at),
    )  # fmt: skip
    say_why_not_asked(
        assessment.person, NotAsked.Place.SEEN, seen.pk, why_not_asked, words=what_was_said, on=seen_on, by=by, at=at
    )
    if assessment.child_first_seen_on is None or seen_on < assessment.child_first_seen_on:
        assessment.child_first_seen_on, assessment.child_seen_recorded_at = seen_on, at
    assessment.child_seen = True
    save_over(assessment, None)
    bring_up_to_date(people=[assessment.person_id], at=at)
    return seen


@whole
def hold_review_point(
    assessment: Assessment, *, held_on: date, on_course: bool, direction: str, by: User, at: datetime,
    why_longer: str = "",
) -> ReviewPoint:  # fmt: skip
    """A manager has looked at how it goes. Where it needs longer, the reasons are recorded (Working Together 2023)."""
    if not may(by, "assessment.authorise"):
        raise Refused("A manager holds a review point. Ask yours.")
    policies.check_open(assessment)
    check_day(held_on, timezone.localdate(at), "held_on", assessment.started_on)
    if not direction.strip():
        raise Refused("Say what is to be done next: a review without direction helps nobody.", "direction")
    if not on_course and not why_longer.strip():
        raise Refused("Say why it needs longer, and what the family and others were told.", "why_longer")
    point = ReviewPoint.objects.create(
        assessment=assessment, held_on=held_on, by=by.worker, on_course=on_course, why_longer=why_longer,
        direction=direction, **stamp(by, at),
    )  # fmt: skip
    held = sorted(assessment.review_points.values_list("held_on", flat=True))
    assessment.review_point_on, assessment.second_review_point_on = (*held, None)[:2]
    save_over(assessment, None)
    _tell_worker(assessment, f"{by} has reviewed an assessment of yours and given direction.", by, at)
    bring_up_to_date(people=[assessment.person_id], at=at)
    return point


@whole
def set_factors(assessment: Assessment, factors: Iterable[str], *, by: User, at: datetime) -> None:
    """The factors found, instead of those there were."""
    policies.check_open(assessment)
    chosen = set(factors)
    policies.check_factors(chosen)
    assessment.factors.exclude(factor__in=chosen).delete()
    there = set(assessment.factors.values_list("factor", flat=True))
    for factor in sorted(chosen - there):
        Factor.objects.create(assessment=assessment, factor=factor, **stamp(by, at))
    save_over(assessment, None)


@whole
def record_tool(
    assessment: Assessment, *, tool: str, used_on: date, grades: Mapping[str, str], what_it_means: str, by: User,
    at: datetime,
) -> list[ToolResult]:  # fmt: skip
    """The grades that a tool gave, one row an area."""
    policies.check_open(assessment)
    check_day(used_on, timezone.localdate(at), "used_on")
    if not grades:
        raise Refused("Give at least one area's grade.")
    return [
        ToolResult.objects.create(
            assessment=assessment, tool=tool, used_on=used_on, area=area, grade=grade, what_it_means=what_it_means,
            **stamp(by, at),
        )
        for area, grade in grades.items()
    ]  # fmt: skip


@whole
def ask_for_authorisation(assessment: Assessment, *, of: User, comment: str = "", by: User, at: datetime) -> SignOff:
    """Send the finished assessment to a manager. Refused while something that a decision rests on is missing."""
    policies.check_open(assessment)
    missing = policies.missing(assessment)
    if missing:
        raise Refused("Before it is sent: " + " ".join(missing))
    if not may(of, "assessment.authorise"):
        raise Refused(f"{of} cannot authorise assessments. Choose a manager.", "of")
    return ask_for_sign_off(
        person=assessment.person, kind=SIGN_OFF, row=assessment.pk, title="Single assessment",
        address=reverse("assessment", args=[assessment.pk]), of=of, by=by, at=at, comment=comment,
    )  # fmt: skip


@whole
def authorise(
    assessment: Assessment, asked: SignOff, *, outcome: str, direction: str, by: User, at: datetime
) -> Assessment:
    """A manager authorises it, with direction; what it leads to is opened. Refused to the one who wrote it."""
    assessment = Assessment.objects.select_for_update(of=("self",)).get(pk=assessment.pk)
    policies.check_may_authorise(assessment, by)
    if not direction.strip():
        raise Refused("Say what is to happen next, who does it and by when.", "direction")
    assessment.outcome, assessment.direction = outcome, direction
    assessment.support_needed = outcome in policies.SUPPORT_NEEDED
    assessment.child_seen = assessment.child_first_seen_on is not None
    assessment.authorised_on, assessment.authorised_recorded_at = timezone.localdate(at), at
    assessment.authorised_by = by.worker
    save_over(assessment, None)
    sign(asked, by=by, at=at, comment=direction)
    open_what_follows(assessment, by=by, at=at)
    bring_up_to_date(people=[assessment.person_id], at=at)
    return assessment


def return_for_work(assessment: Assessment, asked: SignOff, *, comment: str, by: User, at: datetime) -> None:
    """Back to the worker, with what has to change."""
    policies.check_may_authorise(assessment, by)
    send_back(asked, by=by, at=at, comment=comment)


@whole
def share(assessment: Assessment, *, shared_on: date, shared_with: str, by: User, at: datetime) -> None:
    """The finished assessment was given to the family and agencies."""
    if assessment.authorised_on is None:
        raise Refused("It is shared once a manager has authorised it.")
    check_day(shared_on, timezone.localdate(at), "shared_on", assessment.authorised_on)
    assessment.shared_on, assessment.shared_with = shared_on, shared_with
    save_over(assessment, None)
    bring_up_to_date(people=[assessment.person_id], at=at)


@whole
def take_back_sharing(assessment: Assessment, *, by: User, at: datetime) -> None:
    """It did not reach the family after all: the letter came back."""
    assessment.shared_on, assessment.shared_with = None, ""
    save_over(assessment, None)
    bring_up_to_date(people=[assessment.person_id], at=at)


def _tell_worker(assessment: Assessment, text: str, by: User, at: datetime) -> None:
    tell_worker(assessment.worker, text, address=reverse("assessment", args=[assessment.pk]), by=by, at=at)
