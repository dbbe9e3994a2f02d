"""What a page asks about the role of whoever opens it. To a page, roles that answer alike all that it asks are one.

The record knows an account's role by `ROLES` alone: a page asks the role there whether it may do something, and how far
it reaches. `overheard` puts one in its place that keeps what it is asked; where an account's or its worker's own code
is read past it, that is kept as well. Titles are not, which are only printed, and the navigation's questions are not:
they are the same on every page, and open none.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

import pytest

from casework.access.roles import PERMISSIONS, ROLES, Role, role_of
from casework.accounts.models import User, Worker

Answers = dict[tuple[str, str], object]
"""By what is asked: of the role or the row, and the word."""


class Asker:
    """Somebody with an account, and what has been asked about its role since it was last cleared."""

    def __init__(self, user: User) -> None:
        self.role, worker = ROLES[user.role], user.worker
        self.heard: Answers = {}
        self._told = {
            ("role", "reach"): self.role.reach,
            ("role", "code"): self.role.code,
            ("account", "role"): self.role.code,
            ("worker", "role"): worker and worker.role,
            ("worker", "registration"): bool(worker and worker.registered),
        }

    def answer(self, of: str, word: str) -> object:
        """What is said to it."""
        return word in self.role.permissions if of == "may" else self._told[of, word]

    def asked(self, of: str, word: str) -> Any:
        """What is said to it; that it was asked is kept."""
        return self.heard.setdefault((of, word), self.answer(of, word))

    def answers_as(self, others: Answers) -> bool:
        """Whether everything that another was asked has the same answers here."""
        return all(self.answer(*question) == answer for question, answer in others.items())


class HeardPermissions(frozenset[str]):
    """A role's permissions. Each that is looked for is kept."""

    asker: Asker

    def __contains__(self, permission: object) -> bool:
        return bool(self.asker.asked("may", str(permission)))

    def __iter__(self) -> Iterator[str]:
        return (one for one in PERMISSIONS if one in self)


class HeardRole(Role):
    """A role that keeps that its reach or its code was looked at, too."""

    def __getattribute__(self, name: str) -> Any:
        if name in {"reach", "code"}:
            return object.__getattribute__(self, "permissions").asker.asked("role", name)
        return object.__getattribute__(self, name)


class HeardField:
    """A field of accounts or workers. That the asker's own is read, and not by way of the role, is kept."""

    def __init__(self, model: type[User | Worker], name: str, user: User, asker: Asker) -> None:
        self.field, self.name, self.asker = model.__dict__[name], name, asker
        self.of, self.key = ("account", user.pk) if model is User else ("worker", user.worker_id)

    def __get__(self, row: Any, model: Any = None) -> Any:
        if row is None:
            return self.field
        if row.pk == self.key and reader() is not role_of.__code__:
            self.asker.asked(self.of, self.name)
        return row.__dict__[self.name] if self.name in row.__dict__ else self.field.__get__(row, model)

    def __set__(self, row: Any, value: object) -> None:
        row.__dict__[self.name] = value


def reader() -> object:
    """The code that reads the field, be it through a proxy of Django's."""
    frame = sys._getframe(2)
    while frame.f_back and frame.f_code.co_filename.endswith("django/utils/functional.py"):
        frame = frame.f_back
    return frame.f_code


def overheard(user: User, patch: pytest.MonkeyPatch) -> Asker:
    """Keep from now on what is asked about the account's role."""
    asker, role = Asker(user), ROLES[user.role]
    permissions = HeardPermissions(role.permissions)
    permissions.asker = asker
    patch.setitem(ROLES, role.code, HeardRole(role.code, role.title, role.description, role.reach, permissions))
    patch.setattr("casework.access.context.may", lambda _user, *names: not role.permissions.isdisjoint(names))
    for model, name in ((User, "role"), (Worker, "role"), (Worker, "registration")):
        patch.setattr(model, name, HeardField(model, name, user, asker))
    return asker
