"""Searching for people."""

from __future__ import annotations

from collections import Counter

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.crypto import salted_hmac

from casework.access.rules import allowed, may
from casework.access.throttle import too_often
from casework.accounts.models import User
from casework.common import clock
from casework.history.reads import Read, note_read
from casework.people.asked import parse
from casework.people.found import Line, lines
from casework.people.search import SHOWN, find


@allowed("people.find")
def find_people(request: HttpRequest) -> HttpResponse:
    """Search for a person, and see who was found and why."""
    user, today = request.user, clock.today()
    assert isinstance(user, User)
    text = request.GET.get("q", "").replace("\x00", "").strip()
    shown = {"asked": text, "may_add": may(user, "people.write"), "may_break": may(user, "break_glass")}
    if not text:
        return render(request, "people/find.html", shown)
    if too_often(user, "search"):
        return render(request, "people/find.html", {**shown, "too_often": True}, status=429)
    asked = parse(text, today)
    matches = find(asked, user, SHOWN + 1)
    note_search(request, text, len(matches))
    found = lines(matches[:SHOWN], user, today)
    more = {
        "alike": born_alike(found) if may(user, "people.merge") else (),
        "too_little": not asked.anything,
        "found": found,
        "more": len(matches) > SHOWN,
        "most": SHOWN,
    }
    return render(request, "people/find.html", {**shown, **more})


def born_alike(found: list[Line]) -> set[int]:
    """The keys of those who were born, or are expected, on the day of another who was found: they may be one person."""
    days = {line.person.pk: line.person.born_on or line.person.expected_on for line in found if line.may_open}
    several = {day for day, count in Counter(days.values()).items() if day and count > 1}
    return {key for key, day in days.items() if day in several}


def note_search(request: HttpRequest, text: str, count: int) -> None:
    """Write down that a search was made: how many it found, and a keyed digest of what was typed.

    The words themselves are personal, and are not kept. Somebody who has a name in hand and may ask the authority's
    own installation can still tell whether it was searched for: the same words give the same digest.
    """
    digest = salted_hmac("casework.people.search", " ".join(text.lower().split())).hexdigest()[:16]
    note_read(request, Read(None, f"search: {count} found", digest))
