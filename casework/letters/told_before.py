"""Letters and documents that told what a conference's record said before it was put right."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Q

from casework.accounts.models import User
from casework.child_protection.later import plan_of
from casework.child_protection.models import ChildAtConference
from casework.history.putting_right import times_put_right
from casework.letters.kinds import chronologies, plans, reports
from casework.letters.models import Copy
from casework.letters.queries import letters_of
from casework.planning.models import PlanVersion


def told_before(child: ChildAtConference, user: User, _at: datetime) -> Mapping[str, Any] | None:
    """The copies made before the day or decision of the child's conference was last put right, of letters that the
    account may read: about the conference itself, the plan that it made, changed or ended, chronologies and reports to
    later conferences. What was made before it was recorded as held told nothing of it."""
    if child.conference.held_on is None:
        return None
    times = [one.at for row in (child, child.conference) for one in times_put_right(row)]
    if not times:
        return None
    made = Copy.objects.filter(letter__in=letters_of(child.person, user).values("pk"), letter__put_away_on=None)
    made = made.filter(_tells_of(child), made_at__lt=max(times))
    if child.conference.held_recorded_at is not None:
        made = made.filter(made_at__gte=child.conference.held_recorded_at)
    copies = list(made.select_related("letter").order_by("made_at", "pk"))
    return {"copies": copies, "person": child.person} if copies else None


def _tells_of(child: ChildAtConference) -> Q:
    its_plan = PlanVersion.objects.filter(protection_plan=plan_of(child), protection_plan__isnull=False)
    of_the_plan = Q(letter__kind=plans.PLAN.code, letter__about__in=its_plan.values("reference"))
    of_all = Q(letter__kind__in=[chronologies.COURT.code, reports.REPORT.code])
    return Q(letter__about=child.reference) | of_the_plan | of_all
