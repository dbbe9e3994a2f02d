"""Every version of a row, kept by the database. Put `@kept` on a model whose rows belong to somebody's record."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

import pghistory
from django.db import models

M = TypeVar("M", bound=type[models.Model])


def kept(model: M) -> M:
    """The model, with an event table that holds each row as it was inserted, changed or deleted, by whom and why."""
    decorate: Callable[[M], M] = pghistory.track(
        pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent()
    )
    return decorate(model)


@contextmanager
def acting(*, who: int | None, who_name: str, why: str = "", what: str = "", where_from: str = "") -> Iterator[None]:
    """Changes made inside are written down as this person's. Nested uses add to or replace what they name."""
    named = {"why": why, "what": what, "where_from": where_from}
    with pghistory.context(who=who, who_name=who_name, **{name: said for name, said in named.items() if said}):
        yield
