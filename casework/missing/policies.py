"""What may be recorded of a missing child now, and what guidance would look for. Each `check_…` raises Refused."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from casework.common.happened import check_day, check_past
from casework.common.refused import Refused
from casework.common.templatetags.golden_thread import day, moment
from casework.missing.models import MissingEpisode, Told
from casework.people.models import Person

CARED_FOR = (Told.Whom.REVIEWING, Told.Whom.PLACING)
"""Whom guidance also wants told when a looked-after child goes missing."""


def check_not_missing(person: Person, started_at: datetime) -> None:
    """Whether a new episode can begin for the child at that moment."""
    episodes = MissingEpisode.objects.select_for_update().filter(person=person)
    on = timezone.localdate(started_at)
    for one in episodes:
        if one.ended_on is None:
            raise Refused(
                f"{person.full_name} is recorded as missing since {day(one.started_on)}. Add to that, or record that "
                "they came back.", "children",
            )  # fmt: skip
        if one.started_on <= on <= one.ended_on and (one.ended_at is None or started_at < one.ended_at):
            raise Refused(
                f"{person.full_name} is recorded as missing from {day(one.started_on)} to {day(one.ended_on)}: give a "
                "later time.", "started_at",
            )  # fmt: skip


def check_back(episode: MissingEpisode, ended_at: datetime, at: datetime) -> None:
    """Whether the child can have come back at that moment, and has not been recorded as back."""
    if episode.ended_on is not None:
        raise Refused(f"{episode.person.full_name} is recorded as back since {day(episode.ended_on)}.")
    check_past(ended_at, at, "ended_at")
    if ended_at < episode.since:
        since = moment(episode.started_at) if episode.started_at else day(episode.started_on)
        raise Refused(f"{episode.person.full_name} went missing {since}: give a later time.", "ended_at")


def check_may_talk(episode: MissingEpisode) -> None:
    """Whether there can be a talk: the child is back."""
    if episode.ended_on is None:
        raise Refused(f"Record first that {episode.person.full_name} is back. The talk follows.")


def check_talk_day(episode: MissingEpisode, at: datetime, day_of: datetime, field: str) -> None:
    """Whether a talk can have been held then: not before the child was back, and not later than now."""
    check_past(day_of, at, field)
    check_day(timezone.localdate(day_of), timezone.localdate(at), field, episode.ended_on)


def prompts_of(episode: MissingEpisode, told: set[str], *, looked_after: bool) -> list[str]:
    """What guidance would look for in an episode that goes on. Shown quietly; never in the way."""
    found = []
    if Told.Whom.POLICE not in told:
        found.append("It does not say that the police were told.")
    elif not episode.police_reference:
        found.append("There is no police reference yet.")
    if not told & {Told.Whom.PARENTS, Told.Whom.CARER}:
        found.append("It does not say that a parent or carer knows.")
    if looked_after:
        found += [f"{Told.Whom(one).label} is not recorded as told." for one in CARED_FOR if one not in told]
    if not episode.risk:
        found.append("It does not say how the police judge the risk.")
    return found
