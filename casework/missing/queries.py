"""Missing children, for the people who may see them: every list is cut to the records that the account may open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Max, OuterRef, QuerySet, Subquery
from django.utils import timezone

from casework.accounts.models import User
from casework.allocation.queries import holder
from casework.deadlines.models import Obligation
from casework.deadlines.queries import RunningClock, of_rows
from casework.deadlines.working_out import STILL_OPEN
from casework.missing.law import GROUPS, INTERVIEW, REASONS, repeated
from casework.missing.models import MissingEpisode
from casework.people.models import Person
from casework.people.reading import readable
from casework.visits.queries import open_for

AN_HOUR = timedelta(hours=1)
LATELY = timedelta(days=28)


@dataclass(frozen=True)
class MissingNow:
    """A child who is missing: for how many hours, who holds the case, the last thing done, and how often of late."""

    episode: MissingEpisode
    hours: int
    held_by: str
    last_step_at: datetime | None
    lately: int

    @property
    def again(self) -> bool:
        """Whether the child goes missing again and again, by the local measure."""
        return self.lately >= repeated().episodes


@dataclass(frozen=True)
class ToTalk:
    """A child who is back, and whose talk has not been held: the clock, and whether it has been offered."""

    episode: MissingEpisode
    clock: RunningClock
    offered: bool | None


def hours_missing(episode: MissingEpisode, at: datetime) -> int:
    """Whole hours from the start to the return, or to `at` while the child is missing."""
    return int(((episode.ended_at or at) - episode.since) / AN_HOUR)


def episode_for(user: User, pk: int) -> MissingEpisode | None:
    """A child's part, when the child's record is one that the account may open."""
    found = MissingEpisode.objects.filter(pk=pk, person__in=readable(user))
    return found.select_related("person", "report__recorded_by", "interview__said", "recorded_by").first()


def gone_together(episode: MissingEpisode, user: User) -> list[MissingEpisode]:
    """The other children of the same report whom the account may see, oldest first."""
    found = MissingEpisode.objects.filter(report=episode.report_id, person__in=readable(user)).exclude(pk=episode.pk)
    return list(found.select_related("person").order_by("person__born_on", "pk"))


def begun_lately(person: Person, today: date) -> int:
    """How many of the child's episodes began within the days that the local measure counts."""
    first = repeated().first_day(today)
    return MissingEpisode.objects.filter(person=person, started_on__gte=first, started_on__lte=today).count()


def missing_now(user: User, at: datetime) -> list[MissingNow]:
    """The children who are missing now and whom the account may see, the longest first: one query."""
    today = timezone.localdate(at)
    lately = MissingEpisode.objects.filter(
        person=OuterRef("person"), started_on__gte=repeated().first_day(today), started_on__lte=today
    ).order_by().values("person").annotate(times=Count("pk")).values("times")  # fmt: skip
    found = (
        MissingEpisode.objects.filter(ended_on=None, person__in=readable(user))
        .select_related("person", "report")
        .annotate(
            holder=holder(), last_step_at=Max("report__steps__done_at"), lately=Subquery(lately),
        )
    )  # fmt: skip
    return sorted((_now(one, at) for one in found), key=lambda one: (-one.hours, one.episode.pk))


def _now(one: MissingEpisode, at: datetime) -> MissingNow:
    extra: Mapping[str, object] = vars(one)
    lately, last = extra["lately"], extra["last_step_at"]
    return MissingNow(one, hours_missing(one, at), str(extra["holder"]), last if isinstance(last, datetime) else None,
                      lately if isinstance(lately, int) else 0)  # fmt: skip


def to_talk(user: User, at: datetime) -> list[ToTalk]:
    """Children who came back in the last four weeks and whose talk is still to be held, the first due first.

    Older ones stay on the clocks of each child and on the page of what is late.
    """
    since = timezone.localdate(at - LATELY)
    clocks = Obligation.objects.filter(
        rule=INTERVIEW, status=STILL_OPEN, trigger_on__gte=since, person__in=readable(user)
    ).order_by("due_at", "due_on", "pk")  # fmt: skip
    rows = {one.trigger_row_id: RunningClock(one, at) for one in clocks if one.layer != "local"}
    episodes = MissingEpisode.objects.filter(reference__in=list(rows)).select_related("person", "interview")
    parts = {one.reference: one for one in episodes}
    found = [ToTalk(parts[row], clock, _answered(parts[row], "offered")) for row, clock in rows.items() if row in parts]
    # One that came over as declined, without the day, has a clock that runs on: nobody waits for it.
    return [one for one in found if _answered(one.episode, "accepted") is not False]


def _answered(episode: MissingEpisode, question: str) -> bool | None:
    interview = getattr(episode, "interview", None)
    return getattr(interview, question, None)


def episodes_of(person: Person) -> list[MissingEpisode]:
    """Every episode of a child whose record has been opened, latest first, with the talk after each."""
    found = MissingEpisode.objects.filter(person=person).select_related("report", "interview")
    return list(found.order_by("-started_on", "-pk"))


def clocks_of(episodes: Iterable[MissingEpisode], at: datetime) -> dict[str, list[RunningClock]]:
    """The clocks that each episode's return started, by its reference."""
    return of_rows("missing_episodes", [one.reference for one in episodes], at=at)


def care_period_of(person: Person, on: date) -> str:
    """The canonical reference of the time in care that the day falls in; empty for a child who was not looked after."""
    return open_for([person], on)[person.pk].by_kind.get("looked_after", "")


def again_and_again(people: QuerySet[Person], today: date) -> QuerySet[Person]:
    """Of these people, those who go missing again and again, the most often first; `lately` says how many times."""
    since = MissingEpisode.objects.filter(started_on__gte=repeated().first_day(today), started_on__lte=today)
    often = since.order_by().values("person").annotate(times=Count("pk")).filter(times__gte=repeated().episodes)
    # Those few first: asked of everybody within reach, it took seconds.
    found = people.filter(pk__in=list(often.values_list("person", flat=True)))
    found = found.annotate(lately=Subquery(often.filter(person=OuterRef("pk")).values("times")))
    return found.order_by("-lately", "surname", "forename")


def words_of(codes: Iterable[str]) -> list[str]:
    """What the reasons are called, in the order of the file."""
    wanted = list(codes)
    return [words for group in GROUPS for words in REASONS.words_of(group, wanted)]


def reasons_in(episodes: Iterable[MissingEpisode]) -> list[tuple[str, int]]:
    """The reasons that a child gave over all talks, the most frequent first, each with how many times."""
    held = [interview for one in episodes if (interview := getattr(one, "interview", None))]
    counted = Counter(code for interview in held for code in interview.reasons)
    words = REASONS.words
    return [(words[code], times) for code, times in counted.most_common() if code in words]
