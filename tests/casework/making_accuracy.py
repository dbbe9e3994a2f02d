"""Findings and returns for tests to work with."""

from __future__ import annotations

from datetime import date
from typing import Any

from casework.accuracy.models import Finding, Return, folder
from casework.people.models import Person
from tests.casework.making import FRIDAY_TEATIME, a_user


def a_query(child: Person, **details: Any) -> Finding:
    """A query on the child, as a check would keep it."""
    usual = {
        "checked_as": "record", "rule": "people.twice", "severity": "query", "record": "people",
        "record_id": child.reference, "field": "people.person_id", "says": "This child seems to be entered twice.",
        "facts": "0" * 64, "since": date(2026, 11, 20),
    }  # fmt: skip
    return Finding.objects.create(person=child, **{**usual, **details})


def a_return(**details: Any) -> Return:
    """A return that was made, with its file."""
    folder().mkdir(parents=True, exist_ok=True)
    for name in ("made", "changes"):
        (folder() / name).write_bytes(b"x")
    usual = {
        "kind": Return.Kind.ANNEX_A, "as_at": date(2026, 11, 27), "asked_at": FRIDAY_TEATIME, "state": "made",
        "made_at": FRIDAY_TEATIME, "name": "annex-a-2026-11-27.xlsx", "stored_as": "made", "size": 1,
        "changes_stored_as": "changes", "compared_with": date(2026, 11, 13),
    }  # fmt: skip
    return Return.objects.create(asked_by=a_user("analyst"), **{**usual, **details})
