"""One due date, explained."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from casework.access.rules import allowed
from casework.common import clock
from casework.deadlines.models import Obligation
from casework.deadlines.queries import RunningClock, of_rows
from casework.people.frame import record_page
from casework.people.reading import open_record


@allowed("people.read")
def deadline(request: HttpRequest, pk: int) -> HttpResponse:
    """Why something is due when it is: what began the clock, how it is counted, on whose authority, how it stands."""
    row = Obligation.objects.filter(pk=pk).select_related("person").first()
    if row is None:
        raise Http404
    who = open_record(request, row.person.reference, "a due date")
    at = clock.now()
    same = of_rows(row.trigger_table, [row.trigger_row_id], at=at)[row.trigger_row_id]
    shown: dict[str, Any] = {"clock": RunningClock(row, at), "beside": [one for one in same if one.row.pk != pk]}
    return record_page(request, who, "reports/deadline.html", here="overview", **shown)
