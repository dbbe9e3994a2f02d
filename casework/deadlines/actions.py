"""Keeping the clocks on a record true: called by every action that changes a fact, inside its transaction."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime


def bring_up_to_date(*, people: Iterable[int], at: datetime) -> None:
    """Work out these people's obligations again."""
