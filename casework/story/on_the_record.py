"""The child's words on the overview, a page of their own, and an addition."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

from casework.access.rules import may
from casework.common import clock
from casework.common.together import Rows
from casework.front_door.models import Referral
from casework.people import panels
from casework.people.models import Person
from casework.story.queries import everywhere, last_heard
from casework.voice.models import NotAsked
from casework.voice.queries import has_a_voice

HEARD = Rows("heard", everywhere)
UNHEARD = Rows("not_asked", lambda key: NotAsked.objects.filter(person=key).order_by("-on", "-pk")[:1])


OPENED = Rows(
    "opened", lambda key: Referral.objects.filter(person=key, closed_on=None).order_by("received_on", "pk")[:1]
)


def add_all() -> None:
    """Add them, once, when the application starts."""
    panels.add(
        panels.Panel(
            "voice",
            "In their own words",
            -1,
            "people.read",
            own_words,
            "story/panel.html",
            asks=(HEARD, UNHEARD, OPENED),
        )
    )
    panels.add(panels.RecordPage("voice", "Their words", 120, "people.read", "their_words", has_a_voice))
    panels.add(panels.Addition("voice", "Their own words", 15, "notes.write", "write_words_down", has_a_voice))


def own_words(request: HttpRequest, person: Person) -> Mapping[str, Any] | None:
    """The latest words, how many more there are, and how long ago the child was last heard."""
    if not has_a_voice(person):
        return None
    latest, number, before = last_heard(person, panels.answer(HEARD, person))
    days = (clock.today() - latest[0].on).days if latest else None
    may_write = may(request.user, "notes.write")
    opened = next((one.received_on for one in panels.answer(OPENED, person)), None)
    since = next((one for one in panels.answer(UNHEARD, person) if not latest or one.on >= latest[0].on), None)
    return {
        "not_asked": since,
        "heard": latest,
        "more": number - len(latest),
        "days": days,
        "open_since": opened,
        "open_days": (clock.today() - opened).days if opened else None,
        "before": before,
        "may_write": may_write,
    }
