"""When each child on a worker's list was last seen and last talked over, from wherever the record keeps it."""

from datetime import date

import pytest
from django.db import connection

from casework.allocation.queries import held_by
from casework.assessment.models import Assessment
from casework.people.models import Person
from casework.visits.models import ChildVisited, Visit
from casework.work.queries import my_children
from tests.casework.making import a_child, a_team, a_user, allocated

pytestmark = pytest.mark.django_db


def visited(child: Person, day: date, *, seen: bool = True) -> None:
    visit = Visit.objects.create(visited_on=day)
    ChildVisited.objects.create(visit=visit, person=child, kind="child_in_need", seen=seen)


def test_the_latest_of_visits_and_assessments_counts_and_a_visit_where_nobody_was_seen_does_not() -> None:
    user = a_user("social_worker", team=a_team())
    assert user.worker is not None
    visits, assessment, neither, former = (a_child() for _ in range(4))
    for child in (visits, assessment, neither):
        allocated(child, user.worker)
    (
        visited(visits, date(2026, 10, 1)),
        visited(visits, date(2026, 10, 9)),
        visited(visits, date(2026, 11, 2), seen=False),
    )
    visited(assessment, date(2026, 9, 1)), visited(former, date(2026, 9, 20))
    former.merged_into = assessment
    former.save()
    Assessment.objects.create(
        person=assessment, started_on=date(2026, 9, 1), child_first_seen_on=date(2026, 9, 4), kind="single"
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO carried.supervisions (supervision_id, child_id, held_on) VALUES ('S1', %s, '2026-10-05')",
            [visits.reference],
        )
    found = {
        one.person: (one.last_seen, one.last_supervised)
        for one in my_children(list(held_by(user.worker, user)), user.worker, [])
    }
    assert found == {
        visits: (date(2026, 10, 9), date(2026, 10, 5)),
        assessment: (date(2026, 9, 20), None),
        neither: (None, None),
    }
