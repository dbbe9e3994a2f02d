"""When being signed in ends by itself: after a while without a request, and after a day's work at the latest."""

from __future__ import annotations

from collections.abc import Callable, MutableMapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse

from casework.common import clock

BEGAN, SEEN = "golden_thread_began", "golden_thread_seen"
NOTED_EVERY = 60
"""Seconds: a busy page does not write the session at each request."""


def begin(session: MutableMapping[str, Any], at: datetime) -> None:
    """Note that the session is in use, and since when."""
    session.setdefault(BEGAN, at.timestamp())
    session[SEEN] = at.timestamp()


def over(session: MutableMapping[str, Any], at: datetime) -> bool:
    """Whether it has been idle for longer than SESSION_IDLE_AGE, or begun longer ago than SESSION_COOKIE_AGE."""
    now = at.timestamp()
    idle = now - session.get(SEEN, now)
    return bool(idle > settings.SESSION_IDLE_AGE or now - session.get(BEGAN, now) > settings.SESSION_COOKIE_AGE)


class EndOldSessions:
    """Signs out an account whose session is over, before anything is asked of it; what was typed is kept as a draft."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            _end_or_note(request, clock.now())
        return self.get_response(request)


def _end_or_note(request: HttpRequest, at: datetime) -> None:
    session = request.session
    if over(session, at):
        logout(request)
        if request.method == "GET":  # A form that was sent says so itself, and that its answers are kept.
            messages.info(
                request, "You were signed out because you had not used the record for a while. Sign in again."
            )
    elif at.timestamp() - session.get(SEEN, 0) > NOTED_EVERY:
        begin(session, at)
