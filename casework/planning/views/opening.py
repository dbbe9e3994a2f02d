"""How a page of a plan is opened: as `people.opening` opens a row, and with the record as it was opened."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.http import Http404, HttpRequest

from casework.access.rules import user_of
from casework.accounts.models import User
from casework.people.models import Person
from casework.people.reading import open_record
from casework.planning.models import ActionWording, NeedWording, OutcomeWording, PlanVersion
from casework.planning.plans import Plan, plan_for

PAGE = "plan"
Wording = TypeVar("Wording", bound=NeedWording | OutcomeWording | ActionWording)


def opened_plan(request: HttpRequest, kind: str, pk: int) -> tuple[Plan, Person]:
    """The plan, and the child as opened. Raises Http404 for none, or one of a child out of reach."""
    plan = plan_for(user_of(request), kind, pk)
    if plan is None:
        raise Http404
    return plan, open_record(request, plan.person.reference, PAGE)


def opened_version(
    request: HttpRequest, find: Callable[[User, int], PlanVersion | None], pk: int
) -> tuple[PlanVersion, Person]:
    """The version, and the child as opened."""
    version = find(user_of(request), pk)
    if version is None:
        raise Http404
    return version, open_record(request, version.person.reference, PAGE)


def opened_part(request: HttpRequest, find: Callable[[User, int], Wording | None], pk: int) -> Wording:
    """The need, outcome or action as a version puts it."""
    wording = find(user_of(request), pk)
    if wording is None:
        raise Http404
    open_record(request, wording.plan_version.person.reference, PAGE)
    return wording
