"""Child in need plans, for the people who may see them."""

from __future__ import annotations

from casework.accounts.models import User
from casework.assessment.models import Assessment
from casework.child_in_need.models import ChildInNeedPlan
from casework.people.models import Person
from casework.people.reading import readable


def plan_for(user: User, pk: int) -> ChildInNeedPlan | None:
    """A plan, when the child's record is one that the account may open."""
    found = ChildInNeedPlan.objects.filter(pk=pk, person__in=readable(user))
    return found.select_related("person", "worker", "team", "referral").first()


def open_plan(person: Person) -> ChildInNeedPlan | None:
    """The child's plan that has not ended."""
    return person.child_in_need_plans.filter(ended_on=None).order_by("-started_on").first()


def assessment_before(person: Person) -> Assessment | None:
    """The child's last authorised assessment, where it ended in a child in need plan and none has begun from it."""
    last = person.assessments.exclude(authorised_on=None).order_by("-authorised_on", "-pk").first()
    if last is None or last.outcome != "child_in_need" or last.child_in_need_plans.exists():
        return None
    return last
