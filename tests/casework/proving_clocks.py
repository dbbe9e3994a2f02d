"""Of each action that a test does: the clocks are afterwards as the nightly recompute would have them.

Every public function of the record's `actions` modules is tried the first time that a test calls it, in the folders
named here, in whatever story that is. An action that changes what a clock is made of, and forgets to bring it up to
date, fails there. What it calls is part of it: only at the end of the whole have the clocks to be true.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import wraps
from typing import Any

from django.utils import timezone

import casework
from casework.canonical.reading import kinds_carried, rows_of
from casework.deadlines.models import Obligation
from casework.deadlines.working_out import KEY, VALUES, clocks_on, worked_out
from casework.people.models import Person

FOLDERS = frozenset(
    (
        *("allocation", "assessment", "child_protection", "court", "early_help", "exploitation", "front_door"),
        *("meetings", "missing", "notes", "people", "planning", "private_fostering", "visits", "voice"),
    )
)
"""The tests in which it is asked."""
MOST_PEOPLE = 40
"""In a larger record, made for something else, the proof would take too long."""
NO_ACTIONS = {"casework.deadlines.actions", "casework.canonical.actions"}
"""What keeps the clocks, and what lays in a whole record, whose clocks are worked out after it."""

_tried = set[str]()
_inside = threading.local()
_asked = list[str]()


def actions() -> Iterator[Any]:
    """Every public function of the modules that write."""
    for found in pkgutil.walk_packages(casework.__path__, "casework."):
        if "actions" in found.name.split(".")[2:] and ".queries." not in found.name and found.name not in NO_ACTIONS:
            module = importlib.import_module(found.name)
            yield from (
                one for name, one in vars(module).items()
                if inspect.isfunction(one) and one.__module__ == found.name and not name.startswith("_")
            )  # fmt: skip


def prove_every_action() -> None:
    """From now on, whoever calls an action calls it with the proof."""
    proving = {one: with_proof(one) for one in actions()}
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] in {"casework", "tests"}:
            for attribute, value in list(vars(module).items()):
                if inspect.isfunction(value) and value in proving:
                    setattr(module, attribute, proving[value])


def ask_in(folder: str) -> None:
    """Whether to ask it, in a test of that folder."""
    _asked.clear()
    _asked.extend({folder} & FOLDERS)


def with_proof(action: Callable[..., Any]) -> Callable[..., Any]:
    name = f"{action.__module__}.{action.__name__}"

    @wraps(action)
    def proved(*args: Any, **kwargs: Any) -> Any:
        at = kwargs.get("at")
        of_the_test = threading.current_thread() is threading.main_thread()
        if not of_the_test or getattr(_inside, "one", False):
            return action(*args, **kwargs)
        _inside.one = True
        try:
            if at is None or name in _tried or not _asked:
                return action(*args, **kwargs)
            before = stale(at)
            answer = action(*args, **kwargs)
            left = stale(at) - before
            assert not left, f"{name} did not bring these clocks up to date: {sorted(left)}"
            _tried.add(name)
            return answer
        finally:
            _inside.one = False

    return proved


def stale(at: datetime) -> set[tuple[str, str]]:
    """Whose clocks, and which, are not kept as they run, by the record's number; nothing where the record is large."""
    standing = dict(Person.objects.filter(merged_into=None).values_list("reference", "pk")[: MOST_PEOPLE + 1])
    if len(standing) > MOST_PEOPLE:
        return set()
    rows = rows_of(list(standing.values()))
    found = {
        one.key: one.values for one in worked_out(clocks_on(rows, timezone.localdate(at), kinds_carried()), standing)
    }
    names = ("person_id", *KEY[1:])
    kept = {
        tuple(getattr(row, name) for name in names): tuple(getattr(row, name) for name in VALUES)
        for row in Obligation.objects.all()
    }
    whose = {key: reference for reference, key in standing.items()}
    different = (key for key in {*found, *kept} if found.get(key) != kept.get(key))
    return {(whose.get(key[0], "a merged record"), key[1]) for key in different}
