"""What may be done with an arrangement now, and what the page says of one. Nothing said here stops anybody."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.utils import timezone

from casework.common.refused import Refused
from casework.common.templatetags.golden_thread import day, moment
from casework.people.models import Person
from casework.private_fostering import law
from casework.private_fostering.models import Arrangement, CarerNotice, Suitability

Kind, Outcome = CarerNotice.Kind, Suitability.Outcome


def check_may_begin(person: Person) -> None:
    """Whether an arrangement may be recorded: for a child who is in none."""
    held = Arrangement.objects.filter(person=person, ended_on=None).first()
    if held is not None:
        raise Refused(
            f"{person.full_name} is recorded as privately fostered since {day(held.notified_on)}. Record first how "
            "that ended."
        )  # fmt: skip


def check_open(arrangement: Arrangement) -> None:
    """Whether the arrangement has not ended."""
    if arrangement.ended_on is not None:
        raise Refused(f"This arrangement ended on {day(arrangement.ended_on)}.")


def earliest_end(notified_on: date, started_on: date | None) -> date:
    """The first day on which an arrangement can end: once the authority knew of it, and the child had come."""
    return max(notified_on, started_on or notified_on)


def looks_otherwise(arrangement: Arrangement, *, relative: bool, looked_after: bool) -> Iterator[str]:
    """Why it does not look like private fostering, a sentence each, from what is recorded."""
    means, child = law.meaning(), arrangement.person
    below = means.age_of_a_disabled_child if child.disabled else means.age
    age = child.age(arrangement.started_on or arrangement.notified_on)
    if age is not None and age >= below:
        yield f"{child.full_name} was {age}, and it is for children under {below}."
    if relative:
        yield "The carer is recorded as a close relative, or as holding parental responsibility."
    if arrangement.meant_to_last is False:
        yield f"It is meant to last less than {means.days} days."
    if looked_after:
        yield f"{child.full_name} is recorded as looked after by the authority."


def prompts_of(arrangement: Arrangement, decision: Suitability | None, notices: list[CarerNotice],
               today: date) -> Iterator[str]:  # fmt: skip
    """What is still to be found out or done while it lasts."""
    if arrangement.ended_on is not None:
        return
    if decision is None:
        yield "Whether it is suitable is not decided yet."
    elif decision.outcome == Outcome.PROHIBITED:
        yield "It is prohibited, and not recorded as ended. Where is the child?"
    elif decision.disqualified is None:
        yield "Nobody has recorded whether anybody in the home is disqualified."
    if any(one.kind == Kind.END for one in notices):
        yield "The carer said that it has ended. Record how."
    if arrangement.started_on is None and (arrangement.due_to_begin_on or today) <= today:
        yield "The day the child came to live there is not recorded."
    if not (arrangement.carer_id or arrangement.carer_named):
        yield "The carer is not recorded."
    if not child_home(arrangement.person, today):
        yield "The child’s record has no address for today."


def child_home(person: Person, today: date) -> bool:
    """Whether the record says where the child lives today."""
    return any((one.started_on or today) <= today <= (one.ended_on or today) for one in person.addresses.all())


def in_time(notice: CarerNotice, arrangement: Arrangement) -> str:
    """Whether the carer told the authority in the time of the regulations, in a sentence; empty where none is known."""
    if notice.kind == Kind.PROPOSAL:
        return _told_beforehand(notice, arrangement)
    if notice.kind in {Kind.CHANGE, Kind.END} and notice.happened_at:
        limit = law.to_be_told_of_change(notice.happened_at)
        said = "In time" if notice.told_at <= law.end_of(limit.until) else "Late"
        return f"{said}: due by {moment(law.end_of(limit.until))}. {limit.cited}."
    return ""


def _told_beforehand(notice: CarerNotice, arrangement: Arrangement) -> str:
    """Of a child who is to come. Agreed less than six weeks before, it has to be told at once: no number is set."""
    told_of = timezone.localdate(notice.happened_at) if notice.happened_at else None
    begins_on = told_of or arrangement.due_to_begin_on or arrangement.started_on
    if begins_on is None:
        return ""
    limit, agreed = law.to_be_told_beforehand(begins_on), notice.proposed_on
    due = f"due by {day(limit.until)}. {limit.cited}."
    if notice.told_at <= law.end_of(limit.until):
        return f"In time: {due}"
    if agreed is None:
        said = f"In time only if it was agreed after {day(limit.until)} and told at once"
        return f"{said}: when it was agreed is not recorded. {limit.cited}."
    if agreed > law.end_of(limit.until).date():
        return f"Agreed on {day(agreed)}, after {day(limit.until)}: it had to be told at once. {limit.cited}."
    return f"Late: {due}"
