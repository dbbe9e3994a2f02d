"""The two clocks on a contact: the authority's hours, and the guidance's working day, read from the statute book.

Both limits are those that the core's obligations run under, counted from the moment the contact came: a referral is
received when the contact that it came in was. England's clock time is counted, as the core counts it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Protocol

from django.utils import timezone

from casework.common import clock
from casework.common.templatetags.golden_thread import clock as hour
from casework.common.templatetags.golden_thread import day, near
from goldenthread.statute import Rule, load_book

CONTACT_RULE = "contact_decision_24h_york"
REFERRAL_RULE = "referral_decision_1wd"
ACKNOWLEDGE_RULE = "referral_acknowledgement_1wd"
CONTACT_RULES = (CONTACT_RULE, REFERRAL_RULE)
REFERRAL_RULES = (REFERRAL_RULE, ACKNOWLEDGE_RULE)
SHORT = {
    CONTACT_RULE: "The authority’s hours",
    REFERRAL_RULE: "Guidance’s working day",
    ACKNOWLEDGE_RULE: "Acknowledge",
}
"""What each clock is called where there is no room for its title."""


class Came(Protocol):
    """A contact or a referral, as far as its clocks ask."""

    @property
    def received_on(self) -> date:
        """The day."""

    @property
    def received_at(self) -> datetime | None:
        """The moment, where it is known."""


@dataclass(frozen=True)
class Face:
    """One clock at one moment. `due` is the last lawful moment: the end of the day where the law gives a day."""

    rule: Rule
    due: datetime
    whole_day: bool
    now: datetime
    stopped: datetime | None = None

    @property
    def name(self) -> str:
        """Its short name."""
        return SHORT[self.rule.id]

    @property
    def left(self) -> timedelta:
        """Time left at the moment asked, or when it was stopped; less than nothing when late."""
        return self.due - (self.stopped or self.now)

    @property
    def late(self) -> bool:
        """Whether its last lawful moment passed before it was stopped."""
        return self.left < timedelta(0)

    @property
    def due_said(self) -> str:
        """When it is due, as one says it: today at 5:00pm; by the end of Monday 30 November."""
        due, today = timezone.localtime(self.due), timezone.localdate(self.now)
        said = near(due, today)
        on = said if said in {"today", "tomorrow", "yesterday"} else f"{due:%A} {due:%-d} {due:%B}"
        on = on if due.year == today.year else day(due)
        return f"by the end of {on}" if self.whole_day else f"{on} at {hour(due.time())}"

    @property
    def words(self) -> str:
        """What is left, or how late, as people say it."""
        verb = "decided" if self.rule.id != ACKNOWLEDGE_RULE else "told"
        if self.stopped is not None:
            return f"{verb} {self._late_by} late" if self.late else f"{verb} in time"
        return f"{spoken(-self.left)} late" if self.late else f"{spoken(self.left)} left"

    @property
    def _late_by(self) -> str:
        """How late it was answered: in days where the law gives a day, as only the day of an answer may be known."""
        if not self.whole_day or self.stopped is None:
            return spoken(-self.left)
        days = (timezone.localdate(self.stopped) - timezone.localdate(self.due)).days
        return "1 day" if days == 1 else f"{days} days"


def spoken(span: timedelta) -> str:
    """2 days 3 hours; 5 hours 10 minutes; under an hour, minutes."""
    minutes = int(span.total_seconds() // 60)
    days, hours = divmod(minutes // 60, 24)
    parts = [(days, "day"), (hours, "hour")] if days else [(hours, "hour"), (minutes % 60, "minute")]
    said = [f"{number} {unit}{'' if number == 1 else 's'}" for number, unit in parts if number]
    return " ".join(said) or "less than a minute"


def faces(
    came: Came, rules: Iterable[str], at: datetime, stopped: dict[str, datetime | None] | None = None
) -> list[Face]:
    """The clocks that the law of the day it came started, soonest first. `stopped`: by rule, when it was answered."""
    found = (_face(came, rule, at, (stopped or {}).get(rule)) for rule in rules)
    return sorted((face for face in found if face), key=lambda face: face.due)


def _face(came: Came, name: str, at: datetime, stopped: datetime | None) -> Face | None:
    found = _due(name, came.received_on, came.received_at)
    return found and Face(*found, at, stopped)


@lru_cache(maxsize=4096)
def _due(name: str, on: date, at: datetime | None) -> tuple[Rule, datetime, bool] | None:
    """The rule of that name on the day it came, when what came then is due, and whether the law gives a whole day."""
    rule = load_book().version_for(name, on)
    due = rule and rule.limit.due(clock.local(at) if at else on)
    return (rule, moment(due), not isinstance(due, datetime)) if rule and due else None


def moment(due: date | datetime) -> datetime:
    """The last lawful moment, with its zone: the end of a day in England."""
    until = due if isinstance(due, datetime) else datetime.combine(due, time(23, 59, 59))
    # In UTC, so that what is left is counted in hours that pass, over a change of the clocks too.
    return timezone.make_aware(until).astimezone(UTC)


def start_of(day: date) -> datetime:
    """The first moment of a day in England."""
    return timezone.make_aware(datetime.combine(day, time.min))
