"""Assessments, for the people who may see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, QuerySet

from casework.accounts.models import User
from casework.assessment import policies
from casework.assessment.models import Assessment
from casework.assessment.tools import grade_in_words
from casework.deadlines.queries import RunningClock, of_rows
from casework.documents.models import Document
from casework.documents.queries import documents_with
from casework.front_door.models import Referral
from casework.people.reading import readable


@dataclass(frozen=True)
class Part:
    """A part of an assessment as the page's list of tasks shows it."""

    title: str
    view: str
    done: bool
    hint: str = ""


def assessment_for(user: User, pk: int) -> Assessment | None:
    """The assessment, when the child's record is one that the account may open."""
    found = Assessment.objects.filter(pk=pk, person__in=readable(user))
    return found.select_related("person", "referral", "family", "worker", "team", "authorised_by").first()


def clocks(assessment: Assessment, at: datetime) -> list[RunningClock]:
    """The clocks that this assessment and the referral it came from started, running ones first."""
    own = of_rows("assessments", [assessment.reference], at=at).get(assessment.reference, [])
    if assessment.referral is None:
        return own
    its = of_rows("referrals", [assessment.referral.reference], at=at).get(assessment.referral.reference, [])
    return sorted([*its, *own], key=lambda one: (one.stopped, one.last_moment or at))


def assessments_of(person: int) -> QuerySet[Assessment]:
    """The assessments of the child with that key, latest first."""
    return Assessment.objects.filter(person=person).order_by("-started_on", "-pk")


def assessed_together(assessment: Assessment, user: User) -> list[Assessment]:
    """The assessments of brothers and sisters begun with this one, of those whom the account may see."""
    if assessment.family_id is None:
        return []
    others = Assessment.objects.filter(family=assessment.family_id, person__in=readable(user)).exclude(pk=assessment.pk)
    return list(others.select_related("person").order_by("person__born_on"))


def to_assess(user: User, referral: Referral) -> list[Referral]:
    """This referral and those of the same contact that are waiting for an assessment, of children one may see."""
    same = Referral.objects.filter(person__in=readable(user), closed_on=None)
    running = Assessment.objects.filter(authorised_on=None, person=OuterRef("person"))
    same = same.filter(~Exists(running), outcome__in=policies.LEADS_TO_ASSESSMENT)
    if referral.contact is None:
        return list(same.filter(pk=referral.pk).select_related("person"))
    return list(same.filter(contact__contact=referral.contact.contact_id).select_related("person").order_by("pk"))


def parts_of(assessment: Assessment) -> list[Part]:
    """The parts in the order that they are written."""
    family = assessment.family
    seen = list(assessment.times_seen.all())
    times = "" if not seen else "Once" if len(seen) == 1 else f"{len(seen)} times"
    analysed = assessment.analysis and assessment.proposed_outcome
    return [
        Part("Seeing the child", "assessment_seen", bool(seen or assessment.why_not_seen), times),
        Part("The family's part", "assessment_family", bool(family and family.parenting), "Written once for all"),
        Part("The child's needs and own words", "assessment_child", bool(assessment.needs and assessment.childs_words)),
        Part("Tools used", "assessment_tools", assessment.tool_results.exists(), "Where one was used"),
        Part("Factors", "assessment_factors", assessment.factors.exists()),
        Part("Analysis and what you propose", "assessment_analysis", bool(analysed)),
    ]  # fmt: skip


def files_of(assessment: Assessment) -> list[Document]:
    """The files that came with it on the child's record: with the child's own part, or with the family's."""
    came_with = [assessment.reference, *([assessment.family.reference] if assessment.family else [])]
    return list(documents_with(came_with, assessment.person_id))


@dataclass(frozen=True)
class ToolUsed:
    """One use of a tool: each area with its grade in words, and what it means for the child, said once."""

    title: str
    on: date
    grades: list[tuple[str, str]]
    what_it_means: str


def tools_used(assessment: Assessment) -> list[ToolUsed]:
    """What tools found, latest use first. What was recorded together is one use."""
    found: dict[tuple[str, date, str, datetime | None], ToolUsed] = {}
    for one in assessment.tool_results.order_by("-used_on", "-recorded_at", "pk"):
        used = ToolUsed(one.get_tool_display(), one.used_on, [], one.what_it_means)
        used = found.setdefault((one.tool, one.used_on, one.what_it_means, one.recorded_at), used)
        used.grades.append((one.area, grade_in_words(one.tool, one.grade)))
    return list(found.values())
