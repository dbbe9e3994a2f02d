"""The triage board, and the referrals that wait for a next step."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from casework.access.rules import allowed
from casework.front_door.models import Contact
from casework.front_door.queries.board import SOURCES, WAITING_FOR, Asked, board
from casework.front_door.queries.referrals import referrals_waiting
from casework.front_door.views.asking import asking
from casework.people.reading import note_list

TAKEN = (("me", "Me"), ("nobody", "Nobody"))


@allowed("contact.triage", "contact.decide")
def triage_board(request: HttpRequest) -> HttpResponse:
    """Contacts that wait, soonest due first. What is asked of it stays in the address."""
    who = asking(request)
    asked = Asked(**{name: request.GET.get(name, "").strip() for name in Asked.__dataclass_fields__})
    found = board(who.user, asked, page=request.GET.get("page", "1"), at=who.at, today=who.today)
    note_list(request, "triage board", len(found.rows))
    shown = {
        "board": found,
        "tally": found.tally,
        "asked": asked,
        "filtered": any((asked.urgency, asked.source, asked.agency, asked.waiting, asked.taken)),
        "urgencies": Contact.Urgency.choices,
        "sources": SOURCES,
        "waiting_for": WAITING_FOR.items(),
        "taken": TAKEN,
        "query": request.GET.urlencode(),
    }
    return render(request, "front_door/board.html", shown)


@allowed("contact.triage", "contact.decide")
def referrals(request: HttpRequest) -> HttpResponse:
    """Referrals that wait for a next step, soonest due first."""
    who = asking(request)
    found = referrals_waiting(who.user, at=who.at, today=who.today, page=request.GET.get("page", "1"))
    note_list(request, "referrals waiting", len(found.rows))
    return render(request, "front_door/referrals.html", {"waiting": found})
