"""What apps above child protection show on a conference's page. Each adds its own in `AppConfig.ready`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from casework.accounts.models import User
from casework.child_protection.models import ChildAtConference

Shows = Callable[[ChildAtConference, User, datetime], Mapping[str, Any] | None]
"""Of a child's part of a conference, for an account at a moment: what the template gets as `shown`; None for nothing to
show."""
_parts: dict[str, Shows] = {}


@dataclass(frozen=True)
class Beside:
    """A part of the page: its template and what the template shows."""

    template: str
    shown: Mapping[str, Any]


def add(template: str, shows: Shows) -> None:
    """Have it on every conference's page. The same template again takes the place of what was there."""
    _parts[template] = shows


def beside(child: ChildAtConference, user: User, at: datetime) -> list[Beside]:
    """What there is to show the account beside this conference."""
    found = ((template, shows(child, user, at)) for template, shows in _parts.items())
    return [Beside(template, shown) for template, shown in found if shown is not None]
