"""What the returns' rules find on the child, on the child's page.

The overview asks the database as much as a page may already, so an opened record carries its findings: no query more.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import JSONField
from django.db.models.expressions import RawSQL
from django.http import HttpRequest

from casework.accounts.models import User
from casework.accuracy.checking import CHANGED_SINCE
from casework.accuracy.mending import shown
from casework.accuracy.models import Answer, Finding
from casework.accuracy.queries import OfPerson, in_order
from casework.people import panels, reading
from casework.people.models import Person

FIRST = 3
"""Findings on the overview; the rest are a page away."""
COLUMNS = ("id", "checked_as", "rule", "severity", "record", "record_id", "field", "says", "facts")

FOUND = f"""(
    SELECT jsonb_build_object(
        'at', coalesce(checked.at, last.at),
        'changed', EXISTS ({CHANGED_SINCE.format(person="people_person.id")}),
        'findings', (
            SELECT jsonb_agg(to_jsonb(found) || jsonb_build_object(
                'answer_facts', answer.facts, 'reason', answer.reason, 'answered_at', answer.recorded_at))
            FROM accuracy_finding found LEFT JOIN accuracy_answer answer ON answer.id = found.answer_id
            WHERE found.person_id = people_person.id))
    FROM (SELECT at, up_to FROM accuracy_check ORDER BY as_at DESC LIMIT 1) last
    LEFT JOIN accuracy_checkedperson checked ON checked.person_id = people_person.id)
"""


def add_all() -> None:
    """Add it, once, when the application starts."""
    reading.CARRIED["accuracy"] = lambda: RawSQL(FOUND, (), output_field=JSONField())
    panels.add(panels.Panel("accuracy", "To mend in this record", 80, "people.read", to_mend, "accuracy/panel.html"))


def to_mend(request: HttpRequest, person: Person) -> Mapping[str, Any] | None:
    """The first findings, how many more there are, as of when. Nothing where the record was never checked."""
    carried = getattr(person, "accuracy", None)
    if carried is None:
        return None
    findings = in_order(_finding(row, person) for row in carried["findings"] or ())
    if not (person.is_child or findings):
        return None
    assert isinstance(request.user, User)
    found = OfPerson(findings, datetime.fromisoformat(carried["at"]), carried["changed"])
    first = shown([one for one in findings if not one.explained][:FIRST], request.user, look_up=False)
    listed = sum(not one.explained for one in findings[:FIRST])
    return {"found": found, "first": first, "more": len(findings) - listed}


def _finding(row: Mapping[str, Any], person: Person) -> Finding:
    found = Finding(**{name: row[name] for name in COLUMNS}, person=person, since=date.fromisoformat(row["since"]))
    if row["answer_id"]:
        at = datetime.fromisoformat(row["answered_at"])
        found.answer = Answer(id=row["answer_id"], facts=row["answer_facts"], reason=row["reason"], recorded_at=at)
    return found
