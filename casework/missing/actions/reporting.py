"""Recording that children are missing, what is done, who is told, and how each comes back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from casework.accounts.models import User
from casework.accounts.stamps import save_over, stamp
from casework.allocation.telling import tell_holders
from casework.common.happened import check_past
from casework.common.refused import Refused
from casework.common.whole import whole
from casework.deadlines.actions import bring_up_to_date
from casework.missing.models import MissingEpisode, Report, Step, Told
from casework.missing.policies import check_back, check_not_missing
from casework.missing.queries import care_period_of
from casework.people.models import Person


@dataclass(frozen=True)
class Reported:
    """What is reported of the children together."""

    started_at: datetime
    kind: str
    reported_at: datetime
    reported_by: str
    last_seen_where: str = ""
    what_is_known: str = ""
    police_reference: str = ""
    risk: str = ""
    risk_reasons: str = ""


@dataclass(frozen=True)
class Back:
    """How a child came back."""

    ended_at: datetime
    how_back: str = ""
    found_where: str = ""
    found_by: str = ""
    condition: str = ""


@whole
def report_missing(children: Iterable[Person], said: Reported, *, by: User, at: datetime) -> list[MissingEpisode]:
    """These children are missing: one report, and a part for each child. Whoever holds each case is told."""
    about = sorted(children, key=lambda one: one.pk)
    if not about:
        raise Refused("Choose which children are missing.", "children")
    check_past(said.started_at, at, "started_at")
    check_past(said.reported_at, at, "reported_at")
    if said.reported_at < said.started_at:
        raise Refused("They went missing before it was reported: give an earlier time.", "started_at")
    report = Report.objects.create(
        reported_at=said.reported_at, reported_by=said.reported_by, last_seen_where=said.last_seen_where,
        what_is_known=said.what_is_known, **stamp(by, at),
    )  # fmt: skip
    made = [_begin(report, child, said, by, at) for child in about]
    bring_up_to_date(people=[child.pk for child in about], at=at)
    return made


def _begin(report: Report, child: Person, said: Reported, by: User, at: datetime) -> MissingEpisode:
    check_not_missing(child, said.started_at)
    on = timezone.localdate(said.started_at)
    episode = MissingEpisode.objects.create(
        report=report, person=child, care_period=care_period_of(child, on), kind=said.kind, started_on=on,
        started_at=said.started_at, police_reference=said.police_reference, risk=said.risk,
        risk_reasons=said.risk_reasons, **stamp(by, at),
    )  # fmt: skip
    _tell(episode, f"{by} has recorded that {child.full_name} is missing", by, at)
    return episode


def _tell(episode: MissingEpisode, text: str, by: User, at: datetime) -> None:
    tell_holders(episode.person, text, address=f"/missing/{episode.pk}", by=by, at=at)


@whole
def change_report(episode: MissingEpisode, said: Reported, *, version: int | None, by: User, at: datetime) -> None:
    """Put right or add to what was reported, and this child's own part. The start stays once the child is back."""
    if said.started_at != episode.started_at:
        if episode.ended_on is not None:
            raise Refused("The child is back, so the time cannot be changed here.", "started_at")
        check_past(said.started_at, at, "started_at")
        episode.started_at, episode.started_on = said.started_at, timezone.localdate(said.started_at)
        episode.care_period = care_period_of(episode.person, episode.started_on)
    check_past(said.reported_at, at, "reported_at")
    episode.kind, episode.police_reference = said.kind, said.police_reference
    episode.risk, episode.risk_reasons = said.risk, said.risk_reasons
    report = Report.objects.select_for_update().get(pk=episode.report_id)
    report.reported_at, report.reported_by = said.reported_at, said.reported_by
    report.last_seen_where, report.what_is_known = said.last_seen_where, said.what_is_known
    save_over(episode, version)
    save_over(report, None)
    bring_up_to_date(people=[episode.person_id], at=at)


@whole
def record_step(episode: MissingEpisode, *, done_at: datetime, what: str, who: str, by: User, at: datetime) -> Step:
    """Something that was done to find the children."""
    check_past(done_at, at, "done_at")
    return Step.objects.create(report=episode.report, done_at=done_at, what=what, who=who or str(by), **stamp(by, at))


@whole
def record_told(
    episode: MissingEpisode, *, whom: Iterable[str], name: str, told_at: datetime, by: User, at: datetime
) -> list[Told]:
    """Those who were told, all at one time. `name` is kept with each."""
    check_past(told_at, at, "told_at")
    return [
        Told.objects.create(report=episode.report, whom=one, name=name, told_at=told_at, **stamp(by, at))
        for one in whom
    ]


@whole
def record_back(episodes: Iterable[MissingEpisode], back: Back, *, by: User, at: datetime) -> None:
    """These children are back, at one time and place. The clock of each one's talk starts."""
    people = []
    for given in sorted(episodes, key=lambda one: one.pk):
        locked = MissingEpisode.objects.select_for_update(of=("self",)).select_related("person")
        episode = locked.get(pk=given.pk)
        check_back(episode, back.ended_at, at)
        episode.ended_at, episode.ended_on = back.ended_at, timezone.localdate(back.ended_at)
        episode.ended_recorded_at, episode.how_back = at, back.how_back
        episode.found_where, episode.found_by = back.found_where, back.found_by
        episode.condition = back.condition
        save_over(episode, None)
        _tell(episode, f"{by} has recorded that {episode.person.full_name} is back", by, at)
        people.append(episode.person_id)
    bring_up_to_date(people=people, at=at)


@whole
def record_police_talk(
    episode: MissingEpisode, *, talked: bool | None, talked_at: datetime | None, said: str, version: int | None,
    by: User, at: datetime,
) -> None:  # fmt: skip
    """Whether the police saw the child on return, and what came of it."""
    if talked_at is not None:
        check_past(talked_at, at, "talked_at")
        if talked_at < (episode.ended_at or episode.since):
            raise Refused("It cannot have been before the child was back.", "talked_at")
    episode.police_talked, episode.police_said = talked, said
    episode.police_talked_at = talked_at if talked else None
    save_over(episode, version)
