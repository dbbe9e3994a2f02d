"""A worker's own work, and a team's."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from casework.access.rules import allowed, may, signed_in
from casework.accounts.models import User
from casework.accuracy.queries import of_team, of_worker
from casework.allocation.queries import handovers_waiting, held_by
from casework.common import clock
from casework.deadlines.queries import RunningClock
from casework.drafts.queries import unfinished
from casework.early_help.queries import led_by
from casework.people.reading import note_list, readable
from casework.tasks.queries import open_tasks, sign_offs_asked, sign_offs_returned, sign_offs_waiting
from casework.work import queries

DRAFTS_SHOWN = 5
STARTS = (("board", "reports.view"), ("questions", "contact.contribute"), ("accounts", "accounts.manage"))
"""Where somebody with no work of their own starts, by what they may do."""


@signed_in
def my_work(request: HttpRequest) -> HttpResponse:
    """What the person who is signed in has to do: overdue and due, unfinished, waiting for them, their children."""
    user, at = request.user, clock.now()
    assert isinstance(user, User)
    if not may(user, "work.own"):
        return redirect(_first_place(user))
    worker = user.worker
    held = held_by(worker, user) if worker else []
    clocks = queries.my_clocks(held, worker, at) if worker else []
    children = queries.my_children(held, worker, clocks) if worker else []
    warnings = queries.my_warnings(held, user, at)
    drafts = unfinished(user, readable(user), at)
    waiting: dict[str, list[Any]] = {
        "sign_offs": sign_offs_waiting(user),
        "returned": sign_offs_returned(user),
        "handovers": handovers_waiting(user) if worker else [],
        "tasks": open_tasks(user),
    }
    shown = {
        **waiting,
        "asked": sign_offs_asked(user),
        "waiting": sum(len(found) for found in waiting.values()),
        "by_child": by_child(clocks),
        "late": sum(one.late for one in clocks),
        "drafts": drafts[:DRAFTS_SHOWN],
        "more_drafts": max(len(drafts) - DRAFTS_SHOWN, 0),
        "children": children,
        "holds": bool(held or clocks) or may(user, "visit.write"),
        "warnings": warnings,
        "to_mend": of_worker(worker, user) if worker else [],
        "teams": queries.teams_for(user),
        "families": led_by(user) if may(user, "early_help.write") else [],
        "today": clock.today(),
    }
    note_list(request, "my work", len({one.person for one in children} | {one.person for one in warnings}))
    return render(request, "work/my_work.html", shown)


def _first_place(user: User) -> str:
    """Where somebody with no work of their own starts."""
    for view, permission in STARTS:
        if may(user, permission):
            return view
    return "notices"


def by_child(clocks: list[RunningClock]) -> list[tuple[Any, list[RunningClock]]]:
    """The clocks of each child together, the child with the worst first."""
    order = {clock.row.person_id: place for place, clock in reversed(list(enumerate(clocks)))}
    together = sorted(clocks, key=lambda clock: order[clock.row.person_id])
    grouped = groupby(together, key=lambda clock: clock.row.person_id)
    lists = [list(members) for _, members in grouped]
    return [(members[0].row.person, members) for members in lists]


@allowed("work.team")
def teams(request: HttpRequest) -> HttpResponse:
    """The teams there are to look at; straight to the one where there is only one."""
    assert isinstance(request.user, User)
    found = queries.teams_for(request.user)
    if len(found) == 1:
        return redirect("team", found[0].pk)
    return render(request, "work/teams.html", {"teams": found})


@allowed("work.team")
def team(request: HttpRequest, pk: int) -> HttpResponse:
    """A team: who waits for a worker, who holds how many, what is late."""
    user = request.user
    assert isinstance(user, User)
    found = queries.teams_for(user)
    chosen = next((one for one in found if one.pk == pk), None)
    if chosen is None:
        raise Http404
    worker = request.GET.get("worker", "")
    work = queries.team_work(chosen, user, clock.now(), int(worker) if worker.isdecimal() else None)
    listed = {one.allocation.person for one in work.waiting} | {one.clock.row.person for one in work.late}
    listed |= {one.allocation.person for one in work.handovers}
    note_list(request, f"team {chosen}", len(listed | {one.person for one in work.warnings}))
    shown = {"work": work, "teams": found, "may_allocate": may(user, "allocation.make")}
    errors, questions, wrong = of_team(chosen)
    to_mend = {"errors": errors, "queries": questions, "children": wrong}
    return render(request, "work/team.html", {**shown, "to_mend": to_mend, "reports": may(user, "accuracy.view")})
