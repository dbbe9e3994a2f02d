"""A version of a plan: begun, written, agreed and in force, or thrown away."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from casework.accounts.models import User
from casework.accounts.stamps import save_over, stamp
from casework.common.happened import check_day
from casework.common.refused import Refused
from casework.common.templatetags.golden_thread import day
from casework.common.whole import whole
from casework.planning import policies
from casework.planning.actions.copying import FOR_PARENTS, copy_words
from casework.planning.models import PlanVersion, WordsHeard
from casework.planning.plans import MODELS, NEED, Plan, plan_of
from casework.tasks.actions import answer
from casework.tasks.models import Task
from casework.voice.actions import say_why_not_asked
from casework.voice.last_words import ALONE
from casework.voice.models import NotAsked

PARTS = (
    "worried_about", "going_well", "parents_must", "childs_view", *FOR_PARENTS, "contingency", "decide_by",
    "who_to_ring", "seen_every_weeks",
)  # fmt: skip


@whole
def begin_version(plan: Plan, *, like: PlanVersion | None = None, by: User, at: datetime) -> PlanVersion:
    """A draft of what the plan is to say: empty, or written like another version.

    Like one of the same child, needs, outcomes and actions are the same ones, and what is done is left out. Like one
    of a brother's or sister's, they are the child's own from now on, and what that child said stays with that child.
    """
    MODELS[plan.kind].objects.select_for_update(of=("self",), no_key=True).get(pk=plan.row.pk)
    policies.check_may_begin(plan)
    last = plan.versions.last()
    version = PlanVersion.objects.create(
        person=plan.person, number=last.number + 1 if last else 1, drawn_up_on=timezone.localdate(at),
        **plan.tie, **stamp(by, at),
    )  # fmt: skip
    if like is not None:
        copy_words(like, version, by=by, at=at)
    return version


@whole
def write_parts(version: PlanVersion, parts: Mapping[str, Any], *, by: User, at: datetime) -> None:
    """What is not about one need. Refused once the version is in force."""
    policies.check_draft(version)
    policies.check_says_why(parts)
    for name in PARTS:
        if name in parts:
            setattr(version, name, parts[name])
    save_over(version, None)
    if "childs_view" in parts:
        say_why_not_asked(
            version.person, NotAsked.Place.PLAN, version.pk, parts.get("why_not_asked"), words=version.childs_view,
            on=timezone.localdate(at), by=by, at=at,
        )  # fmt: skip
    for said in parts.get("words", ()):
        where = {"said_id": said.row} if said.place == ALONE else {"place": said.place, "row": said.row}
        WordsHeard.objects.get_or_create(plan_version=version, **where)


@whole
def say_who_reads(
    shown: PlanVersion, *, parents_may_read: bool | None, parents_may_read_why: str, version: int | None, by: User,
    at: datetime,
) -> None:  # fmt: skip
    """Whether the parents are given the child's words to read: said again of a plan in force, too, as it gets safer or
    less safe."""
    policies.check_says_why({"parents_may_read": parents_may_read, "parents_may_read_why": parents_may_read_why})
    shown = PlanVersion.objects.select_for_update(of=("self",)).get(pk=shown.pk)
    shown.parents_may_read, shown.parents_may_read_why = parents_may_read, parents_may_read_why
    save_over(shown, version)


@whole
def bring_into_force(
    version: PlanVersion, *, in_force_from: date, agreed_with: str = "", not_agreed: str = "", what_changed: str = "",
    by: User, at: datetime,
) -> PlanVersion:  # fmt: skip
    """The version is what the plan says from that day on; the one before it is replaced that day."""
    version = PlanVersion.objects.select_for_update(of=("self",)).get(pk=version.pk)
    policies.check_draft(version)
    plan = plan_of(version)
    if not version.needs.exists():
        raise Refused("Add what the child needs first: a plan without a need says nothing.")
    before = plan.versions.filter(in_force_from__isnull=False, replaced_on=None).first()
    earliest = max(plan.started_on, before.in_force_from or plan.started_on) if before else plan.started_on
    check_day(in_force_from, timezone.localdate(at), "in_force_from", earliest)
    if before is not None:
        before.replaced_on = in_force_from
        save_over(before, None)
    version.in_force_from, version.in_force_recorded_at = in_force_from, at
    version.agreed_with, version.not_agreed, version.what_changed = agreed_with, not_agreed, what_changed
    save_over(version, None)
    if plan.kind == NEED:
        answer(
            plan.person, Task.AnsweredBy.NEED_PLAN, came=f"The plan is agreed from {day(in_force_from)}.", by=by, at=at
        )
    return version


@whole
def throw_away(version: PlanVersion, *, by: User, at: datetime) -> None:
    """A draft is not wanted after all. What was in it stays in the history, as everything that is deleted does."""
    policies.check_draft(version)
    NotAsked.objects.filter(place=NotAsked.Place.PLAN, row=version.pk).delete()
    version.delete()
