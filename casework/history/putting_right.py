"""Putting right what was recorded wrongly: with a reason, kept beside what was recorded before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models, transaction

from casework.common.refused import Refused
from casework.history.tracking import acting


@contextmanager
def putting_right(why: str, *, by: AbstractBaseUser) -> Iterator[None]:
    """One transaction, each change in it with the reason why. Refused without one."""
    if not why.strip():
        raise Refused("Say why it is put right.", "why")
    with acting(who=by.pk, who_name=str(by), why=why.strip()), transaction.atomic():
        yield


def strike_out(row: models.Model, why: str, *, by: AbstractBaseUser) -> None:
    """What never happened goes, whoever reads the record; the history keeps the row with the reason."""
    with putting_right(why, by=by):
        row.delete()


@dataclass(frozen=True)
class PutRight:
    """That a row was put right: when, by whom, why."""

    at: datetime
    who: str
    why: str


@dataclass(frozen=True)
class StruckOut(PutRight):
    """A row that was struck out, as it stood."""

    row: Any


def struck_out(model: type[models.Model], **of: Any) -> list[StruckOut]:
    """The rows of the model that were struck out, latest first. `of` says which, by the columns they had."""
    versions: Any = getattr(model, "pgh_event_model")  # noqa: B009  # The tracking adds it to the model.
    gone = versions.objects.filter(pgh_label="delete", pgh_context__has_key="why", **of).order_by("-pgh_id")
    return [StruckOut(one.pgh_created_at, one.pgh_context["who_name"], one.pgh_context["why"], one) for one in gone]


def times_put_right(row: models.Model) -> list[PutRight]:
    """Each time that the row was put right, latest first, by the database's own record of its versions."""
    return times_each_was_put_right([row]).get(row.pk, [])


def times_each_was_put_right(rows: Sequence[models.Model]) -> dict[int, list[PutRight]]:
    """The same of several rows of one model, by their keys, in one question."""
    found: dict[int, list[PutRight]] = {}
    if not rows:
        return found
    versions: Any = getattr(rows[0], "pgh_event_model")  # noqa: B009  # The tracking adds it to the model.
    told = versions.objects.filter(pgh_obj_id__in=[one.pk for one in rows], pgh_context__has_key="why")
    for one in told.order_by("-pgh_id"):
        about = one.pgh_context
        if about["why"]:
            put = PutRight(one.pgh_created_at, about.get("who_name", ""), about["why"])
            found.setdefault(one.pgh_obj_id, []).append(put)
    return found
