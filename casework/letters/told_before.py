"""Letters that told what a conference's record said before it was put right."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from casework.child_protection.models import ChildAtConference
from casework.history.putting_right import times_put_right
from casework.letters.models import Copy


def told_before(child: ChildAtConference, _at: datetime) -> Mapping[str, Any] | None:
    """The copies of letters about the child's part that were made before its day or decision was last put right."""
    if child.conference.held_on is None:
        return None
    times = [one.at for row in (child, child.conference) for one in times_put_right(row)]
    if not times:
        return None
    made = Copy.objects.filter(
        letter__person=child.person_id, letter__about=child.reference, letter__put_away_on=None, made_at__lt=max(times)
    )
    copies = list(made.select_related("letter").order_by("made_at", "pk"))
    return {"copies": copies, "person": child.person} if copies else None
