"""Working out what the reports keep."""

from __future__ import annotations

from datetime import date, datetime

from django.db import connection

from casework.canonical.reading import one_moment, read_as_asked
from casework.reports.boards import content_of
from casework.reports.models import BoardOfDay
from goldenthread.board.build import build_board

KEPT = 40
"""Boards kept: the latest of that many days and changes."""

LAST_CHANGE = """
SELECT coalesce((
    SELECT position FROM history_entry WHERE kind IN ('change', 'loaded') ORDER BY position DESC LIMIT 1), 0)
"""


def work_out_board(*, as_at: date, at: datetime) -> BoardOfDay:
    """The board as at a day from the record as it is now; the one kept, where nothing has changed since it was made."""
    with one_moment():
        with connection.cursor() as cursor:
            cursor.execute(LAST_CHANGE)
            (last,) = cursor.fetchone()
        if kept := BoardOfDay.objects.filter(as_at=as_at, last_change=last).first():
            return kept
        content = content_of(build_board(read_as_asked(as_at), as_at))
    made, _ = BoardOfDay.objects.get_or_create(
        as_at=as_at, last_change=last, defaults={"worked_out_at": at, "content": content}
    )
    stale = BoardOfDay.objects.order_by("-worked_out_at").values("pk")[KEPT:]
    BoardOfDay.objects.filter(pk__in=[row["pk"] for row in stale]).delete()
    return made
