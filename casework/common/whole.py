"""All of an action or nothing of it."""

from __future__ import annotations

from django.db import DEFAULT_DB_ALIAS
from django.db.transaction import Atomic, get_connection


class _Whole(Atomic):
    def __enter__(self) -> None:
        blocks = get_connection(self.using).atomic_blocks
        self.savepoint = not blocks or blocks[-1]._from_testcase
        super().__enter__()


whole = _Whole(DEFAULT_DB_ALIAS, savepoint=True, durable=False)
"""As the framework's `atomic`, to be used in the same two ways, but a part of the transaction that it is entered in:
what fails inside fails all of that.

The framework has the database note the place before each, so that one could go on without what failed. A save is made
of up to a dozen actions, and nobody goes on without one of them; whoever does says `transaction.atomic`, or the
database answers nothing more in that transaction. (A test is a transaction, and does go on.)
"""
