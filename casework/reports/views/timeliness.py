"""The daily timeliness report."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from casework.access.rules import allowed, may
from casework.accounts.models import User
from casework.common import clock
from casework.people.reading import note_list
from casework.reports.daily import AHEAD, OVERDUE, Asked, daily
from casework.reports.views.asked import number_asked


@allowed("reports.view")
def timeliness(request: HttpRequest) -> HttpResponse:
    """What is overdue and what falls due in ten working days, by team, worker and rule."""
    user = request.user
    assert isinstance(user, User)
    asked = Asked(
        team=number_asked(request, "team"),
        worker=number_asked(request, "worker"),
        clock=request.GET.get("clock", ""),
        part=AHEAD if request.GET.get("part") == AHEAD else OVERDUE,
        page=number_asked(request, "page") or 1,
    )
    names = may(user, "reports.children")
    report = daily(asked, user=user, names=names, at=clock.now())
    if report.lines:
        note_list(request, "what is late", len(report.lines))
    shown = {"report": report, "asked": asked, "names": names, "tabs": _tabs(request)}
    return render(request, "reports/timeliness.html", {**shown, "elsewhere": _without(request, "page")})


def _without(request: HttpRequest, *names: str) -> str:
    return urlencode([(name, request.GET[name]) for name in request.GET if name not in names])


def _tabs(request: HttpRequest) -> list[tuple[str, str, str]]:
    filters = _without(request, "page", "part")
    return [(OVERDUE, "Overdue", filters), (AHEAD, "Due in ten working days", filters)]
