"""Pages that show plans: all of a child's, one, a version, two side by side, one for the parents."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from casework.access.rules import allowed, may, user_of
from casework.child_in_need.queries import assessment_before
from casework.child_protection.models import ChildProtectionPlan
from casework.common import clock
from casework.people.frame import record_page
from casework.people.models import Person
from casework.people.opening import lead_on
from casework.people.reading import open_record
from casework.planning.comparing import differences
from casework.planning.content import content_of
from casework.planning.handed import childs_words, visits, who_to_ring, why_kept
from casework.planning.models import PlanVersion
from casework.planning.plans import PROTECTION, Plan, plan_of, plans_of
from casework.planning.prompting import prompts_of_version
from casework.planning.queries import (
    left_drafts,
    version_for,
    version_or_left_draft_for,
    why_there_are_no_words,
    words_not_taken_up,
)
from casework.planning.views.opening import opened_plan, opened_version
from casework.voice.models import NotAsked
from casework.voice.why import why_not_asked


@allowed("people.read")
def plans(request: HttpRequest, reference: str) -> HttpResponse:
    """Every plan of the child."""
    person = open_record(request, reference, "plans")
    found = plans_of(person)
    writes = may(request.user, "plans.write") and person.is_child and person.died_on is None
    begins = writes and not any(plan.open for plan in found)
    return record_page(
        request, person, "planning/plans.html", here="plans", plans=found, may_begin=begins,
        assessment=assessment_before(person) if begins else None, left=left_drafts(person),
    )  # fmt: skip


@allowed("people.read")
def plan(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """A plan: what it says now, how it goes, what is late."""
    found, person = opened_plan(request, kind, pk)
    versions = list(found.versions)
    in_force = [one for one in versions if one.in_force_from is not None]
    draft = next((one for one in versions if one.draft), None)
    return _shown(request, person, found, in_force[-1] if in_force else None, versions, draft)


@allowed("people.read")
def protection_of_row(request: HttpRequest, row: str) -> HttpResponse:
    """To the child protection plan that a line of the chronology, or a finding, is about."""
    return lead_on(request, ChildProtectionPlan, row, "plan", PROTECTION)


@allowed("people.read")
def version(request: HttpRequest, pk: int) -> HttpResponse:
    """A version: read where it is or was in force, written where it is a draft of a plan."""
    found, person = opened_version(request, version_or_left_draft_for, pk)
    if found.left:
        return _left(request, person, found)
    if not found.draft:
        of = plan_of(found)
        return _shown(request, person, of, found, list(of.versions), None)
    content = content_of(found)
    why = why_there_are_no_words(found)
    return record_page(
        request, person, "planning/write.html", here="plans", version=found, plan=plan_of(found), content=content,
        prompts=prompts_of_version(content, words_not_taken_up(found), why), why=why, kept=why_kept(found),
        may_write=may(request.user, "plans.write") and plan_of(found).open,
    )  # fmt: skip


def _left(request: HttpRequest, person: Person, found: PlanVersion) -> HttpResponse:
    """A draft of a plan that was not made: read, and written no more."""
    return record_page(
        request, person, "planning/left_draft.html", here="plans", version=found, content=content_of(found),
        why=why_there_are_no_words(found), kept=why_kept(found),
    )  # fmt: skip


def _shown(
    request: HttpRequest, person: Person, of: Plan, shown: PlanVersion | None, versions: list[PlanVersion],
    draft: PlanVersion | None,
) -> HttpResponse:  # fmt: skip
    content, today = content_of(shown) if shown else None, clock.today()
    writes = may(request.user, "plans.write") and of.open
    past = [one for one in versions if one.in_force_from and shown and one.number < shown.number]
    return record_page(
        request, person, "planning/plan.html", here="plans", plan=of, version=shown, content=content, draft=draft,
        kept=why_kept(shown) if shown else "",
        late=content.late(today) if content and shown and shown.in_force and of.open else [],
        newer=words_not_taken_up(shown) if shown and shown.in_force and of.open else [],
        why=why_there_are_no_words(shown) if shown else None,
        before=past[-1] if past else None, others=[one for one in versions if one.in_force_from and one != shown],
        end_why=why_not_asked(NotAsked.Place.PLAN_END, of.row.pk) if of.kind == "need" and not of.open else None,
        may_write=writes, may_note=writes and shown is not None and shown.in_force,
        may_end=of.kind == "need" and of.open and may(request.user, "meeting.authorise"),
    )  # fmt: skip


@allowed("people.read")
def beside(request: HttpRequest, pk: int, other: int) -> HttpResponse:
    """Two versions of one child's plans, side by side: what was added, changed or taken out."""
    after, person = opened_version(request, version_for, pk)
    before = version_for(user_of(request), other)
    if before is None or before.person_id != after.person_id:
        raise Http404
    lines = differences(content_of(before), content_of(after))
    return record_page(
        request, person, "planning/beside.html", here="plans", before=before, after=after, lines=lines,
        plan=plan_of(after), changed=sum(1 for one in lines if not one.same),
    )  # fmt: skip


@allowed("people.read")
def for_parents(request: HttpRequest, pk: int) -> HttpResponse:
    """A version as parents are handed it: large, plain, on paper."""
    found, person = opened_version(request, version_for, pk)
    plan = plan_of(found)
    shown = {
        "version": found, "person": person, "plan": plan, "content": content_of(found), "visits": visits(found),
        "who_to_ring": who_to_ring(found, plan.row.worker), "childs_words": childs_words(found),
    }  # fmt: skip
    return render(request, "planning/for_parents.html", shown)
