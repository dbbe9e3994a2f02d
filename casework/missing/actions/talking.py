"""Recording the return interview: that it was offered, that the child declined, held, and what was learnt."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from casework.accounts.models import User
from casework.accounts.stamps import save_over, stamp
from casework.common.happened import check_day
from casework.common.refused import Refused
from casework.common.whole import whole
from casework.deadlines.actions import bring_up_to_date
from casework.missing.models import MissingEpisode, ReturnInterview
from casework.missing.policies import check_may_talk, check_talk_day
from casework.voice.actions import NO_ANSWER, Answer, hear
from casework.voice.models import NotAsked


@dataclass(frozen=True)
class Talk:
    """A return interview as it was held. `answer`: the child's own words, or why they were not asked."""

    held_at: datetime
    where: str = ""
    interviewer: str = ""
    independent: bool | None = None
    why_not_independent: str = ""
    answer: Answer = NO_ANSWER
    where_been: str = ""
    with_whom: str = ""
    reasons: tuple[str, ...] = ()
    harm: str = ""
    what_will_change: str = ""
    passed_on: str = ""


@whole
def record_offer(
    episode: MissingEpisode, *, offered_on: date, offered_by: str, answer: str, why_declined: str, by: User,
    at: datetime,
) -> ReturnInterview:  # fmt: skip
    """An independent talk was offered. `answer` is accepted, declined or empty; only a declined one stops the clock."""
    check_may_talk(episode)
    check_day(offered_on, timezone.localdate(at), "offered_on", episode.ended_on)
    interview = _interview(episode, by, at)
    if interview.held_on is not None:
        raise Refused("It has been held already.")
    if answer == "declined" and not why_declined.strip():
        raise Refused("Say what the child gave as the reason, or that they gave none.", "why_declined")
    interview.offered, interview.offered_on, interview.offered_by = True, offered_on, offered_by or str(by)
    interview.accepted = {"accepted": True, "declined": False}.get(answer)
    interview.declined_on = offered_on if answer == "declined" else None
    interview.settled_recorded_at = at if answer == "declined" else None
    interview.why_declined = why_declined if answer == "declined" else ""
    save_over(interview, None)
    bring_up_to_date(people=[episode.person_id], at=at)
    return interview


@whole
def record_talk(episode: MissingEpisode, talk: Talk, *, by: User, at: datetime) -> ReturnInterview:
    """The talk was held. The child's words go with all their words; a child who had declined has changed their mind."""
    check_may_talk(episode)
    check_talk_day(episode, at, talk.held_at, "held_at")
    interview = _interview(episode, by, at)
    if interview.held_on is not None:
        raise Refused("It is recorded already: open it again to add to it.")
    interview.offered = interview.accepted = True
    interview.declined_on, interview.settled_recorded_at = None, at
    interview.held_at, interview.held_on = talk.held_at, timezone.localdate(talk.held_at)
    _write(interview, talk)
    _hear(interview, talk, None, by, at)
    bring_up_to_date(people=[episode.person_id], at=at)
    return interview


def _hear(interview: ReturnInterview, talk: Talk, version: int | None, by: User, at: datetime) -> None:
    hear(
        interview.episode.person, talk.answer, interview, place=NotAsked.Place.RETURN,
        said_on=timezone.localdate(talk.held_at), about="Going missing", heard_by_other=talk.interviewer,
        version=version, by=by, at=at,
    )  # fmt: skip


def _write(interview: ReturnInterview, talk: Talk) -> None:
    interview.where, interview.interviewer, interview.independent = talk.where, talk.interviewer, talk.independent
    interview.why_not_independent = talk.why_not_independent if talk.independent is False else ""
    interview.where_been, interview.with_whom = talk.where_been, talk.with_whom
    interview.reasons, interview.harm = sorted(set(talk.reasons)), talk.harm
    interview.what_will_change, interview.passed_on = talk.what_will_change, talk.passed_on


@whole
def add_to_talk(interview: ReturnInterview, talk: Talk, *, version: int | None, by: User, at: datetime) -> None:
    """Add to what was learnt, or put it right. The child's words stay as they gave them, once they are there."""
    check_talk_day(interview.episode, at, talk.held_at, "held_at")
    interview.held_at, interview.held_on = talk.held_at, timezone.localdate(talk.held_at)
    _write(interview, talk)
    _hear(interview, talk, version, by, at)
    bring_up_to_date(people=[interview.episode.person_id], at=at)


def _interview(episode: MissingEpisode, by: User, at: datetime) -> ReturnInterview:
    made, _ = ReturnInterview.objects.get_or_create(episode=episode, defaults=dict(stamp(by, at)))
    return ReturnInterview.objects.select_for_update(of=("self",)).get(pk=made.pk)
