"""Checking the record and keeping what is found."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import polars as pl
from django.db import connection, transaction
from django.utils import timezone

from casework.accuracy.checking import OF_SEVERAL, changed_since, check_all, check_some
from casework.accuracy.models import Answer, Check, CheckedPerson, Finding, runs_folder
from casework.accuracy.report import content_of, runs_until
from casework.people.models import Person
from goldenthread.quality.kept.queries import ANSWER_COLUMNS
from goldenthread.quality.kept.report.model import accuracy_report
from goldenthread.quality.kept.store import Run, keep
from goldenthread.quality.rule import Severity

LOCK = 1_480_939
"""Names this lock among the database's advisory locks."""
AT_ONCE = 1000
"""More people changed than this are checked with everybody."""
TOLD = ("severity", "field", "says", "facts")
Identity = tuple[str, str, int | None, str, str]


def check_everything(*, at: datetime) -> Check:
    """The whole record checked as it is now; the findings kept, and the run beside those of the days before."""
    on = timezone.localdate(at)
    with one_at_a_time():
        checked = check_all(on)
        run = keep(checked.result, runs_folder(), checked.record, replace=True)
        report = accuracy_report(runs_until(on), answers_frame(), checked.record)
        with transaction.atomic():
            _keep_findings(run, None, at)
            CheckedPerson.objects.all().delete()
            made, _ = Check.objects.update_or_create(
                as_at=on,
                defaults={"at": at, "up_to": checked.up_to, "findings": run.findings.height,
                          "content": content_of(report)},
            )  # fmt: skip
    return made


def check_people(*, people: Iterable[int], at: datetime) -> None:
    """These people's records (keys) checked as they are now. One that was merged into another has no findings left."""
    asked = sorted(set(people))
    standing = list(Person.objects.filter(pk__in=asked, merged_into=None).values_list("pk", flat=True))
    with one_at_a_time():
        checked = check_some(standing, timezone.localdate(at))
        run = checked.run()
        with transaction.atomic():
            _keep_findings(run, asked, at)
            CheckedPerson.objects.bulk_create(
                [CheckedPerson(person_id=key, at=at, up_to=checked.up_to) for key in asked],
                update_conflicts=True, unique_fields=["person"], update_fields=["at", "up_to"],
            )  # fmt: skip


def check_what_changed(*, at: datetime) -> int:
    """Every record changed since it was last checked, checked. Gives how many; all, where none was checked before."""
    last = Check.objects.order_by("-as_at").first()
    changed = changed_since(last.up_to) if last else []
    if last is None or len(changed) > AT_ONCE:
        return check_everything(at=at).findings
    if changed:
        check_people(people=changed, at=at)
    return len(changed)


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Checks take turns, so that an earlier look at the record never takes the place of a later one."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])


def answers_frame() -> pl.DataFrame:
    """The reasons that stand, as the core has them."""
    rows = [
        (one.pk, timezone.localdate(one.recorded_at), one.checked_as, one.rule, one.person.reference,
         one.record or None, one.record_id or None, one.facts, one.reason,
         one.recorded_by.reference if one.recorded_by else "")
        for one in Answer.objects.filter(withdrawn_at=None).select_related("person", "recorded_by").order_by("pk")
    ]  # fmt: skip
    return pl.DataFrame(rows, schema=ANSWER_COLUMNS, orient="row")


def _keep_findings(run: Run, people: Collection[int] | None, at: datetime) -> None:
    """Make these the findings on these people, or on everybody, touching only rows that differ."""
    held = {_identity(row): row for row in _within(people)}
    found = _found(run, people)
    standing = _standing(people)
    Finding.objects.filter(pk__in=[row.pk for key, row in held.items() if key not in found]).delete()
    new: list[Finding] = []
    changed: list[Finding] = []
    for key, told in found.items():
        row = held.get(key) or Finding(**dict(zip(COLUMNS, key, strict=True)), since=timezone.localdate(at))
        wanted = {**told, "answer_id": standing.get(key) if told["severity"] == Severity.QUERY.value else None}
        if row.pk is None or any(getattr(row, name) != value for name, value in wanted.items()):
            for name, value in wanted.items():
                setattr(row, name, value)
            (changed if row.pk else new).append(row)
    Finding.objects.bulk_create(new)
    if changed:
        Finding.objects.bulk_update(changed, [*TOLD, "answer"])


COLUMNS = ("checked_as", "rule", "person_id", "record", "record_id")


def _within(people: Collection[int] | None) -> Any:
    """The findings that the check can have found again."""
    if people is None:
        return Finding.objects.all()
    own = Finding.objects.filter(person__in=people)
    for checked_as, rule in OF_SEVERAL:
        own = own.exclude(checked_as=checked_as, rule=rule)
    return own


def _identity(row: Finding | Answer) -> Identity:
    return (row.checked_as, row.rule, row.person_id, row.record, row.record_id)


def _found(run: Run, people: Collection[int] | None) -> dict[Identity, dict[str, str]]:
    rows = run.findings.to_dicts()
    asked = {row["child_id"] for row in rows if row["child_id"]}
    keys = dict(Person.objects.filter(reference__in=asked).values_list("reference", "pk"))
    found = {}
    for row in rows:
        person = keys.get(row["child_id"])
        if row["child_id"] and (person is None or (people is not None and person not in people)):
            continue  # of somebody who has no record here: an adopter, a carried row of a number never given
        key = (row["checked_as"], row["rule"], person, row["record"] or "", row["record_id"] or "")
        found[key] = {name: row[name] or "" for name in TOLD}
    return found


def _standing(people: Collection[int] | None) -> dict[Identity, int]:
    answers = Answer.objects.filter(withdrawn_at=None)
    return {_identity(one): one.pk for one in (answers if people is None else answers.filter(person__in=people))}
