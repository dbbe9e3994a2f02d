"""The letter that tells a parent, or the child, what an assessment found."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from casework.accounts.models import User
from casework.assessment.models import Assessment
from casework.common.coded import meaning
from casework.common.templatetags.golden_thread import day
from casework.letters.kinds.model import Field, Kind, Source
from casework.letters.paper.markup import Value
from casework.people.models import Person


def finished(person: Person, _user: User) -> list[Source]:
    """The child's assessments that were authorised, latest first."""
    found = Assessment.objects.filter(person=person).exclude(authorised_on=None).order_by("-authorised_on", "-pk")
    return [Source(one.reference, f"Assessment begun {day(one.started_on)}") for one in found]


def fill(person: Person, reference: str, _user: User, _today: date) -> Mapping[str, Value] | None:
    """The assessment's fields."""
    found = Assessment.objects.filter(person=person, reference=reference).exclude(authorised_on=None)
    one = found.select_related("family", "worker").first()
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


OUTCOME = Kind(
    "assessment_outcome", "To the family: what the assessment found",
    (
        Field("assessment.started", "The day that it began", "3 November 2026"),
        Field("assessment.finished", "The day that it was authorised", "20 November 2026"),
        Field("assessment.worker", "Who assessed", "Wilma Worker"),
        Field("assessment.outcome", "What it led to", "Child in need plan"),
        Field("assessment.needs", "The child’s needs", "Carl needs quiet mornings."),
        Field("assessment.childs_words", "The child’s own words", "I like my school."),
        Field("assessment.parents_views", "What the parents think", "Mornings are hard."),
        Field("assessment.analysis", "The analysis, as written", "Help with mornings would change most."),
        Field("assessment.what_next", "What should happen next", "A family support worker comes on Mondays."),
    ),
    finished, fill,
)  # fmt: skip
