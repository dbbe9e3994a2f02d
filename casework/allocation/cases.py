"""What kind of case a child's is now, for the rules about who may hold it."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection

from casework.allocation.rules import Case

OPEN_CASES = """
    SELECT asked.id,
           EXISTS (SELECT FROM front_door_referral r WHERE r.person_id = asked.id AND r.closed_on IS NULL),
           EXISTS (SELECT FROM canonical.cp_plans p WHERE p.child_id = asked.reference AND p.ended_on IS NULL)
    FROM people_person asked WHERE asked.id = ANY(%s)
"""


def cases_of(people: Iterable[int]) -> dict[int, Case]:
    """The case of each person, by key: whether a referral is open and whether on a child protection plan."""
    with connection.cursor() as cursor:
        cursor.execute(OPEN_CASES, [list(people)])
        return {key: Case(in_need=in_need, protected=protected) for key, in_need, protected in cursor.fetchall()}
