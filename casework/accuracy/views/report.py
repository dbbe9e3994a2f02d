"""The accuracy report, and the children behind each of its figures."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from casework.access.rules import allowed, may
from casework.accounts.models import Team, User
from casework.accuracy import queries
from casework.accuracy import recording as written
from casework.accuracy.actions import checks
from casework.accuracy.mending import shown
from casework.accuracy.queries import OPENED, PARTS, Asked
from casework.common import clock
from casework.people.reading import note_list
from goldenthread.quality.kept.report.words import return_name, table_name


@allowed("accuracy.view")
def accuracy(request: HttpRequest) -> HttpResponse:
    """How far each return is from being sent, what is wrong by rule, team and child, how the record is written."""
    user = request.user
    assert isinstance(user, User)
    check, names = queries.latest_check(), may(user, "reports.children")
    if check is None:
        return render(request, "accuracy/never.html")
    found = queries.figures(check, user=user, names=names)
    note_list(request, "accuracy", len(found.most))
    content = check.content
    weeks = [date.fromisoformat(week) for week in content["weeks"]]
    given = {"check": check, "figures": found, "content": content, "weeks": weeks, "names": names}
    since = date.fromisoformat(content["recorded_since"])
    before = content["before"] and date.fromisoformat(content["before"])
    return render(request, "accuracy/report.html", {**given, "recorded_since": since, "before": before})


@require_POST
@allowed("accuracy.view")
def accuracy_again(request: HttpRequest) -> HttpResponse:
    """Check the whole record now."""
    checks.check_everything(at=clock.now())
    return redirect("accuracy")


@allowed("accuracy.view")
def findings(request: HttpRequest) -> HttpResponse:
    """What the rules find, narrowed by return, rule and team: children whom the reader may see, the rest counted."""
    user = request.user
    assert isinstance(user, User)
    names, part = may(user, "reports.children"), request.GET.get("part", OPENED)
    asked = Asked(
        checked_as=request.GET.get("return", ""),
        rule=request.GET.get("rule", ""),
        team=_number(request, "team"),
        part=part if part in PARTS else OPENED,
        page=_number(request, "page") or 1,
    )
    found = queries.findings(asked, user=user, names=names)
    note_list(request, "findings", len({one.person_id for one in found.lines}))
    given: dict[str, Any] = {
        "asked": asked,
        "found": found,
        "lines": shown(found.lines, user),
        "names": names,
        "narrowed": _narrowed(asked),
        "tabs": [(code, title, _query(request, "part", "page")) for code, title in PARTS.items()],
        "elsewhere": _query(request, "page"),
    }
    return render(request, "accuracy/findings.html", given)


@allowed("accuracy.view")
def recording(request: HttpRequest) -> HttpResponse:
    """How one kind of record is written, or one team writes: and the children behind it."""
    user, check = request.user, queries.latest_check()
    assert isinstance(user, User)
    table, team = request.GET.get("table", ""), request.GET.get("team", "")
    if check is None:
        return render(request, "accuracy/never.html")
    if table and table not in written.TABLES_OF_CHILDREN:
        raise Http404
    content = check.content
    rows = [row for row in content["tables_of_teams"] if (not team or row["team"] == team)]
    given: dict[str, Any] = {"check": check, "team": team, "table": table, "names": may(user, "reports.children")}
    if not table:
        return render(request, "accuracy/recording.html", {**given, "rows": rows if team else content["tables"]})
    part = written.LATE if request.GET.get("part") == written.LATE else written.EMPTY
    asked = written.Asked(table, team, part, request.GET.get("field", ""), _number(request, "page") or 1)
    since = date.fromisoformat(content["recorded_since"])
    found = written.behind(asked, on=check.as_at, since=since, user=user, names=given["names"])
    note_list(request, "recording", len(found.lines))
    tabs = [(code, title, _query(request, "part", "page", "field")) for code, title in written.PARTS.items()]
    given |= {"found": found, "asked": asked, "tabs": tabs, "elsewhere": _query(request, "page"), "since": since}
    given |= {"rows": [row for row in rows if row["table"] == table], "name": table_name(table)}
    return render(request, "accuracy/recording_of.html", given)


def _narrowed(asked: Asked) -> list[str]:
    """What a list is narrowed to, in words."""
    team = None
    if asked.team is not None:
        held = Team.objects.filter(pk=asked.team).first()
        team = held.name if held else queries.NO_TEAM
    return [said for said in (asked.checked_as and return_name(asked.checked_as), asked.rule, team) if said]


def _query(request: HttpRequest, *without: str) -> str:
    return urlencode([(name, request.GET[name]) for name in request.GET if name not in without])


def _number(request: HttpRequest, name: str) -> int | None:
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 9 else None
