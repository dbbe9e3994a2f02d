"""What every change carries: when and by whom, and that nobody else changed the row meanwhile."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import TypedDict

from casework.accounts.models import User, Worker
from casework.common.kept_queries import Given, KeptQuery
from casework.common.models import Recorded
from casework.common.refused import Refused


class Stamp(TypedDict):
    """When and by whom a row was recorded."""

    recorded_at: datetime
    recorded_by: Worker | None


def stamp(by: User, at: datetime) -> Stamp:
    """The columns that say when and by whom."""
    return {"recorded_at": at, "recorded_by": by.worker}


def save_over(row: Recorded, version: int | None) -> None:
    """Save a row read at `version`. Refused where somebody else has saved it since; None does not ask."""
    stored = version_of(type(row)).ask(key=row.pk)[0]
    if version is not None and stored != version:
        raise Refused(
            "Somebody else changed this while you had it open. Open it again in another tab to see what they wrote: "
            "what you wrote is still here."
        )
    row.version = stored + 1
    row.save()


@cache
def version_of(model: type[Recorded]) -> KeptQuery[int]:
    """The version of the row with the key, which nobody else changes from now on."""
    rows = model._default_manager.select_for_update()
    return KeptQuery(lambda: rows.filter(pk=Given("key")).values_list("version", flat=True))
