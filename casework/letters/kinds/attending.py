"""Those who were asked to a conference, or belong to the group that meets."""

from __future__ import annotations

from collections.abc import Iterable

from casework.child_protection.models import Invitation
from casework.letters.kinds.model import Whom
from casework.meetings.models import Member

WHO = ("Who", "Speaking for", "Took part")
"""The head of the table of them."""


def speaks_for(one: Invitation | Member) -> str:
    """The agency and the part, as far as they are known."""
    return ", ".join(part for part in (one.get_agency_display(), one.role) if part)


def each_of(found: Iterable[Invitation | Member]) -> list[Whom]:
    """Each as somebody a letter may go to."""
    return [Whom("parent" if one.agency == "family" else "agency", one.name) for one in found]
