"""What an authorised assessment leads to: closing, early help, or what a later stage opens for that outcome.

A later stage says what it opens in `AppConfig.ready`, and how that stands afterwards; assessment names no later stage.

    from casework.assessment import outcomes
    outcomes.add(outcomes.Next("conference", open_conference, conferences_opened))
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from casework.accounts.models import User
from casework.assessment.models import Assessment
from casework.common.coded import meaning
from casework.common.templatetags.golden_thread import day
from casework.early_help.stepping import step_down
from casework.front_door.actions.referrals import close_referral
from casework.tasks.actions import give_task
from casework.tasks.models import Task

CLOSED_AFTER_ASSESSMENT, STEPPED_DOWN = "RC8", "RC9"
"""Reasons for closure: after assessment with no further action, and to early help (CIN census)."""
CLOSES = {"closed": CLOSED_AFTER_ASSESSMENT, "early_help": STEPPED_DOWN}


@dataclass(frozen=True)
class ToDo:
    """What is left for the assessment's worker to do: on which page, and what ticks it off (`Task.AnsweredBy`)."""

    what: str
    address: str = ""
    answered_by: str = ""


@dataclass(frozen=True)
class Opened:
    """What an assessment opened, as it stands now: in words, and its page."""

    words: str
    address: str


@dataclass(frozen=True)
class Next:
    """What a stage opens for an outcome, called in the transaction that authorises; None where nothing is left to do.

    `shows` finds what there is of it afterwards, for the assessment's page.
    """

    outcome: str
    opens: Callable[[Assessment, User, datetime], ToDo | None]
    shows: Callable[[Assessment], Iterable[Opened]]


_next: dict[str, Next] = {}


def add(following: Next) -> None:
    """Have it opened for that outcome. The same outcome again takes the place of what was there."""
    _next[following.outcome] = following


def open_what_follows(assessment: Assessment, *, by: User, at: datetime) -> None:
    """Open the next episode, and give the worker the task that goes with it, in the same transaction."""
    if assessment.outcome in CLOSES:
        _close(assessment, by=by, at=at)
        return
    following = _next.get(assessment.outcome)
    left = following.opens(assessment, by, at) if following else ToDo("Do what the assessment’s direction says")
    if left is not None:
        owner = assessment.worker.own_account if assessment.worker else None
        give_task(
            what=left.what, address=left.address or reverse("assessment", args=[assessment.pk]),
            answered_by=left.answered_by, owner=owner, team=None if owner else assessment.team,
            person=assessment.person, by=by, at=at,
        )  # fmt: skip


def _close(assessment: Assessment, *, by: User, at: datetime) -> None:
    if assessment.outcome == "early_help":
        step_down(assessment.person, reason=assessment.direction, by=by, at=at)
    if assessment.referral is not None and assessment.referral.closed_on is None:
        close_referral(assessment.referral, reason=CLOSES[assessment.outcome], on=timezone.localdate(at), by=by, at=at)


def what_follows(assessment: Assessment) -> list[Opened]:
    """What the assessment opened, as it stands now; nothing before it is authorised."""
    if assessment.authorised_on is None:
        return []
    if assessment.outcome in CLOSES:
        return _closed(assessment)
    following = _next.get(assessment.outcome)
    return list(following.shows(assessment)) if following else []


def _closed(assessment: Assessment) -> list[Opened]:
    referral = assessment.referral
    if referral is None or referral.closed_on is None:
        return []
    why = meaning("closure_reason", referral.closure_reason)
    words = f"The referral closed on {day(referral.closed_on)}: {why}"
    return [Opened(words, reverse("referral", args=[referral.reference]))]


def tasks_given(assessment: Assessment) -> list[Task]:
    """The tasks that authorising it gave: those of the child that were made at that moment."""
    if assessment.authorised_recorded_at is None:
        return []
    found = Task.objects.filter(person=assessment.person_id, made_at=assessment.authorised_recorded_at)
    return list(found.select_related("owner", "team", "done_by").order_by("pk"))
