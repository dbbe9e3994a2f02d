"""Asking for a return, and making it from the live record."""

from __future__ import annotations

import hashlib
import logging
import os
import secrets
import tempfile
from datetime import date, datetime, timedelta
from pathlib import Path

from django.db import connection, transaction
from django.utils import timezone

from casework.access.models import Restriction
from casework.accounts.models import User
from casework.accuracy.actions.checks import one_at_a_time
from casework.accuracy.making import HOW, changes_summary, children_in, file_name, summary
from casework.accuracy.models import Return, folder
from casework.canonical.reading import dataset
from casework.common.refused import Refused
from casework.common.whole import whole
from goldenthread.dataset.store import Dataset, DatasetError
from goldenthread.quality.record.check import check_record
from goldenthread.writers.annex_a.changes import changes_xlsx, compare
from goldenthread.writers.annex_a.runs import keep_run, run_before
from goldenthread.writers.built import Built

log = logging.getLogger(__name__)
HEARD_WITHIN = timedelta(minutes=1)
"""A background worker that was last heard of longer ago is taken to have stopped."""
BROKE = "Something went wrong that is not the record’s fault. It is in the log; tell whoever runs the service."


@whole
def ask_for_return(*, kind: str, as_at: date, by: User, at: datetime) -> Return:
    """A return asked for. It is made by the background worker; where none runs, as soon as this is saved."""
    if as_at > timezone.localdate(at):
        raise Refused("A return cannot speak of a day to come.", "as_at")
    asked = Return.objects.create(kind=kind, as_at=as_at, asked_at=at, asked_by=by)
    transaction.on_commit(lambda: _have_made(asked.pk, at))
    return asked


def _have_made(number: int, at: datetime) -> None:
    if worker_runs(at):
        from casework.accuracy.tasks import make_return as job  # the job names this module

        job.defer(number=number)
    else:
        make_return(number, at=at)


def worker_runs(at: datetime) -> bool:
    """Whether a background worker was heard of lately."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM procrastinate_workers WHERE last_heartbeat > %s)", [at - HEARD_WITHIN]
        )
        (runs,) = cursor.fetchone()
        return bool(runs)


def make_return(number: int, *, at: datetime) -> Return:
    """Make what was asked for, once; say why not where it cannot be made."""
    with one_at_a_time():
        asked = Return.objects.get(pk=number)
        if asked.state == Return.State.MADE:
            return asked
        try:
            _make(asked, dataset(timezone.localdate(at)))
            asked.state, asked.why_not, asked.made_at = Return.State.MADE, "", at
        except DatasetError as fault:
            asked.state, asked.why_not = Return.State.FAILED, str(fault)
        except Exception:
            log.exception("Return %s could not be made.", number)
            asked.state, asked.why_not = Return.State.FAILED, BROKE
        asked.save()
    return asked


def _make(asked: Return, record: Dataset) -> None:
    how = HOW[asked.kind]
    built = how.build(record, asked.as_at)
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / file_name(asked.kind, asked.as_at)
        how.write(built, path)
        content = path.read_bytes()
    asked.name, asked.size = file_name(asked.kind, asked.as_at), len(content)
    asked.sha256, asked.stored_as = hashlib.sha256(content).hexdigest(), _store(content)
    inside = children_in(built)
    asked.children = len(inside)
    asked.restricted = Restriction.objects.filter(lifted_at=None, person__reference__in=inside).count()
    asked.content = summary(asked.kind, built, check_record(record, asked.as_at))
    if asked.kind == Return.Kind.ANNEX_A:
        _compare(asked, built)


def _compare(asked: Return, built: Built) -> None:
    """Beside the run of an earlier day, where one is kept; and kept itself, to be compared with."""
    runs = folder() / "annex-a-runs"
    before = run_before(runs, built.as_at)
    if before is not None:
        changes = compare(before, built)
        asked.compared_with, asked.content["changes"] = before.as_at, changes_summary(changes)
        asked.changes_stored_as = _store(changes_xlsx(changes))
    keep_run(built, runs, replace=True)


def _store(content: bytes) -> str:
    name = secrets.token_hex(32)
    path = folder() / name
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as kept:
        kept.write(content)
        kept.flush()
        os.fsync(kept.fileno())
    return name
