"""Tasks and sign-offs on the person's record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import BigIntegerField, CharField, DateField, QuerySet, Value
from django.db.models.functions import Cast
from django.http import HttpRequest

from casework.common.together import Rows
from casework.people import panels
from casework.people.models import Person
from casework.tasks.models import SignOff, Task


def add_all() -> None:
    """Add them, once, when the application starts."""
    panels.add(panels.Panel("tasks", "Tasks", 20, "people.read", tasks, "tasks/panel.html", "side", (TO_DO,)))
    panels.add(panels.Addition("task", "Task", 50, "work.own", "give_task"))


@dataclass(frozen=True)
class Line:
    """A task to do, or a piece of work that waits for somebody to sign it off."""

    kind: str
    what: str
    who: str | None
    team: str | None
    due_on: date | None
    address: str
    owner: int | None


def lines_of(person: int) -> QuerySet[Any, Any]:
    """What is to be done for the person with that key and what waits for a manager: the cells of a `Line` each."""
    nothing, no_day, nobody = (
        Value("", CharField()),
        Cast(Value(None), DateField()),
        Cast(Value(None), BigIntegerField()),
    )
    todo = Task.objects.filter(person=person, done_at=None).values_list(
        Value("task", CharField()), "what", "owner__name", "team__name", "due_on", "address", "owner"
    )
    asked = SignOff.objects.filter(person=person, state=SignOff.State.WAITING).values_list(
        Value("waiting", CharField()), "title", "asked_of__name", nothing, no_day, "address", nobody
    )
    found: QuerySet[Any, Any] = todo.union(asked, all=True)
    return found


TO_DO = Rows("tasks", lines_of)


def tasks(_request: HttpRequest, person: Person) -> Mapping[str, Any] | None:
    """What is to be done for this person and what waits for a manager; nothing where there is nothing."""
    found = [Line(*row) for row in panels.answer(TO_DO, person)]
    found.sort(key=lambda one: (one.due_on or date.max, one.what))
    by_kind = {kind: [one for one in found if one.kind == kind] for kind in ("task", "waiting")}
    return {"tasks": by_kind["task"], "waiting": by_kind["waiting"]} if found else None
