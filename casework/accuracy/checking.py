"""The returns' rules run on the live record: on the whole of it, or on a few people's.

A check of a few is what the whole would find on them, but for rules that set children beside each other, and rules on
the return as a whole: those are found by the check of everybody alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import polars as pl
from django.db import connection

from casework.canonical.reading import dataset, one_moment, part_of
from goldenthread.dataset.store import Dataset
from goldenthread.quality.kept.store import Run, run_of
from goldenthread.quality.record.check import RecordResult, check_record

OF_SEVERAL = frozenset({("record", "people.twice"), ("cin-census", "1520"), ("ssda903", "444")})
"""Rules that set one child beside another: which return, which rule."""

LAST_CHANGE = "SELECT coalesce(max(position), 0) FROM history_entry"
CHANGED = """
SELECT DISTINCT changed.person FROM history_entry changed
LEFT JOIN accuracy_checkedperson checked ON checked.person_id = changed.person
WHERE changed.position > greatest(%s, coalesce(checked.up_to, 0)) AND changed.person IS NOT NULL
    AND changed.kind IN ('change', 'loaded') AND changed.of_table NOT LIKE 'accuracy.%%'
ORDER BY 1
"""

CHANGED_SINCE = """
    SELECT FROM history_entry changed WHERE changed.person = {person} AND changed.kind IN ('change', 'loaded')
        AND changed.position > greatest(last.up_to, coalesce(checked.up_to, 0))
        AND NOT starts_with(changed.of_table, 'accuracy.')"""
"""Changes of a person's record since it was `checked`, by itself or at the `last` check of everybody."""
STANDS = f"""
SELECT coalesce(checked.at, last.at), EXISTS ({CHANGED_SINCE.format(person="asked.person")})
FROM (SELECT at, up_to FROM accuracy_check ORDER BY as_at DESC LIMIT 1) last
CROSS JOIN (SELECT %s::bigint AS person) asked
LEFT JOIN accuracy_checkedperson checked ON checked.person_id = asked.person
"""


@dataclass(frozen=True)
class Checked:
    """A check as at a day: what it found, in what record, and the last change in the history that it saw."""

    result: RecordResult
    record: Dataset
    up_to: int

    def run(self) -> Run:
        """The findings as the core keeps them, each with a hash of the facts found fault with."""
        return run_of(self.result, self.record)


def check_all(on: date) -> Checked:
    """The whole record checked as at the day: some seconds."""
    with one_moment():
        up_to, record = _last_change(), dataset(on)
    return Checked(check_record(record, on), record, up_to)


def check_some(people: Sequence[int], on: date) -> Checked:
    """These people's records checked (keys of records that were not merged): a fraction of a second."""
    with one_moment():
        up_to, record = _last_change(), part_of(people, on)
    found = check_record(record, on)
    of_each = found.findings.filter(pl.col("child_id").is_not_null())
    of_several = pl.struct("checked_as", "rule").is_in([{"checked_as": a, "rule": b} for a, b in OF_SEVERAL])
    return Checked(RecordResult(on, of_each.filter(~of_several), found.rules), record, up_to)


def changed_since(position: int) -> list[int]:
    """The people whose record was changed after that place in the history and not checked since."""
    with connection.cursor() as cursor:
        cursor.execute(CHANGED, [position])
        return [key for (key,) in cursor.fetchall()]


def how_it_stands(person: int) -> tuple[datetime | None, bool]:
    """When the person's record was last checked, None for never; whether it has changed since. One query."""
    with connection.cursor() as cursor:
        cursor.execute(STANDS, [person])
        return cursor.fetchone() or (None, False)


def _last_change() -> int:
    with connection.cursor() as cursor:
        cursor.execute(LAST_CHANGE)
        (position,) = cursor.fetchone()
        return int(position)
