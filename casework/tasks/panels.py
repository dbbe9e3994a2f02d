"""Tasks and sign-offs on the person's record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

from casework.people import panels
from casework.people.models import Person
from casework.tasks.models import SignOff, Task


def add_all() -> None:
    """Add them, once, when the application starts."""
    panels.add(panels.Panel("tasks", "Tasks", 20, "people.read", tasks, "tasks/panel.html", "side"))
    panels.add(panels.Addition("task", "Task", 50, "work.own", "give_task"))


def tasks(_request: HttpRequest, person: Person) -> Mapping[str, Any] | None:
    """What is to be done for this person and what waits for a manager; nothing where there is nothing."""
    todo = list(Task.objects.filter(person=person, done_at=None).select_related("owner", "team").order_by("due_on"))
    waiting = list(SignOff.objects.filter(person=person, state=SignOff.State.WAITING).select_related("asked_of"))
    return {"tasks": todo, "waiting": waiting} if todo or waiting else None
