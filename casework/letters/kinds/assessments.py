"""The letters that tell a parent, or the child, that an assessment begins, and what it found."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db.models import QuerySet

from casework.accounts.models import User
from casework.assessment.models import Assessment
from casework.common.coded import meaning
from casework.common.templatetags.golden_thread import day
from casework.deadlines.models import Obligation
from casework.letters.kinds.model import Field, Kind, Source, Whom
from casework.letters.kinds.sharing import of_several
from casework.letters.paper.markup import Value
from casework.people.models import Person

LAST_DAY = "single_assessment_45wd"


def finished(person: Person, _user: User) -> list[Source]:
    """The child's assessments that were authorised, latest first."""
    return _sources(_finished(person).order_by("-authorised_on", "-pk"))


def begun(person: Person, _user: User) -> list[Source]:
    """The child's assessments that go on, latest first."""
    return _sources(Assessment.objects.filter(person=person, authorised_on=None).order_by("-started_on", "-pk"))


def _finished(person: Person) -> QuerySet[Assessment]:
    return Assessment.objects.filter(person=person).exclude(authorised_on=None)


def _sources(found: QuerySet[Assessment]) -> list[Source]:
    return [Source(one.reference, f"Assessment begun {day(one.started_on)}") for one in found]


def fill_beginning(person: Person, reference: str, _user: User, _today: date) -> Mapping[str, Value] | None:
    """The fields of an assessment that begins."""
    one = Assessment.objects.filter(person=person, reference=reference).select_related("worker", "referral").first()
    if one is None:
        return None
    return {
        "assessment.started": day(one.started_on),
        "assessment.worker": str(one.worker or ""),
        "assessment.due": _due(one),
    }


def _due(one: Assessment) -> str:
    """The last lawful day for it, as the clock of its referral has it."""
    if one.referral is None:
        return ""
    clocks = Obligation.objects.filter(rule=LAST_DAY, trigger_row_id=one.referral.reference).exclude(due_on=None)
    found = clocks.order_by("due_on").values_list("due_on", flat=True).first()
    return day(found) if found else ""


def fill(person: Person, reference: str, _user: User, _today: date) -> Mapping[str, Value] | None:
    """The assessment's fields."""
    one = _finished(person).filter(reference=reference).select_related("family", "worker").first()
    if one is None:
        return None
    return {
        "assessment.started": day(one.started_on),
        "assessment.finished": day(one.authorised_on),
        "assessment.worker": str(one.worker or ""),
        "assessment.outcome": meaning("assessment_outcome", one.outcome) if one.outcome else "",
        "assessment.needs": one.needs,
        "assessment.childs_words": one.childs_words,
        "assessment.parents_views": one.family.parents_views if one.family else "",
        "assessment.analysis": one.analysis,
        "assessment.what_next": one.what_next,
    }


def kept_back(person: Person, reference: str, whom: Whom, _user: User, today: date) -> Mapping[str, str]:
    """What the parents think, which is written once for children who are assessed together, from who is not a parent
    to all of them."""
    one = Assessment.objects.filter(person=person, reference=reference).exclude(family=None).first()
    if one is None:
        return {}
    together = Assessment.objects.filter(family=one.family_id).values_list("person", flat=True)
    return of_several(("assessment.parents_views",), together, whom, today)


BEGINS = Kind(
    "assessment_begins", "To the family: an assessment begins",
    (
        Field("assessment.started", "The day that it began", "3 November 2026"),
        Field("assessment.worker", "Who assesses", "Wilma Worker"),
        Field("assessment.due", "The last day for it, by law", "7 January 2027"),
    ),
    begun, fill_beginning,
)  # fmt: skip
OUTCOME = Kind(
    "assessment_outcome", "To the family: what the assessment found",
    (
        Field("assessment.started", "The day that it began", "3 November 2026"),
        Field("assessment.finished", "The day that it was authorised", "20 November 2026"),
        Field("assessment.worker", "Who assessed", "Wilma Worker"),
        Field("assessment.outcome", "What it led to", "Child in need plan"),
        Field("assessment.needs", "The child’s needs", "Carl needs quiet mornings."),
        Field("assessment.childs_words", "The child’s own words", "I like my school.", of_child=True),
        Field("assessment.parents_views", "What the parents think", "Mornings are hard."),
        Field("assessment.analysis", "The analysis, as written", "Help with mornings would change most."),
        Field("assessment.what_next", "What should happen next", "A family support worker comes on Mondays."),
    ),
    finished, fill, None, kept_back,
)  # fmt: skip
