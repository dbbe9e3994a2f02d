"""The board, and what stands behind each of its figures."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from casework.access.rules import allowed, may
from casework.accounts.models import User
from casework.common import clock
from casework.people.reading import note_list
from casework.reports.actions import work_out_board
from casework.reports.behind import PARTS, behind
from casework.reports.models import BoardOfDay
from casework.reports.views.asked import number_asked


@allowed("reports.view")
def board(request: HttpRequest) -> HttpResponse:
    """The improvement board, worked out from the record at the moment it says."""
    kept = _kept(clock.today())
    return render(request, "reports/board.html", {"kept": kept, "board": kept.content, "today": clock.today()})


@require_POST
@allowed("reports.view")
def board_again(request: HttpRequest) -> HttpResponse:
    """Work the board out again as at today."""
    work_out_board(as_at=clock.today(), at=clock.now())
    return redirect("board")


@allowed("reports.view")
def explain(request: HttpRequest, anchor: str) -> HttpResponse:
    """One figure: its chart and months, what it counts, and what and whom it counted, each with the reason."""
    kept = _kept(clock.today())
    rows = (row for section in kept.content["sections"] for row in section["rows"])
    row = next((row for row in rows if row["anchor"] == anchor), None)
    if row is None:
        raise Http404
    shown: dict[str, Any] = {"kept": kept, "row": row, "parts": PARTS}
    if not row["not_computed"]:
        shown["behind"] = _behind(request, row["key"], kept.as_at)
    return render(request, "reports/explain.html", shown)


def _behind(request: HttpRequest, key: str, as_at: date) -> Any:
    user = request.user
    assert isinstance(user, User)
    part = request.GET.get("part", "counted")
    found = behind(
        key,
        as_at=as_at,
        part=part if part in PARTS else "counted",
        page=number_asked(request, "page") or 1,
        user=user,
        names=may(user, "reports.children"),
    )
    if found.lines:
        note_list(request, f"behind {key}", len(found.lines))
    return found


def _kept(today: date) -> BoardOfDay:
    """The latest board worked out as at today, else the latest there is, else one made now."""
    return (
        BoardOfDay.objects.filter(as_at__lte=today).order_by("-as_at", "-worked_out_at").first()
        or work_out_board(as_at=today, at=clock.now())
    )  # fmt: skip
