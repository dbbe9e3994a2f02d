"""What somebody has begun and not saved."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from casework.access.rules import signed_in
from casework.accounts.models import User
from casework.common import clock
from casework.drafts import queries
from casework.people.reading import readable


@signed_in
def unfinished(request: HttpRequest) -> HttpResponse:
    """The drafts of the person who is signed in."""
    assert isinstance(request.user, User)
    found = queries.unfinished(request.user, readable(request.user), clock.now())
    return render(request, "drafts/unfinished.html", {"unfinished": found})
