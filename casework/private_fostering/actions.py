"""Recording private fostering: it is known, what is decided of it, what the carer told, how it ended."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from casework.accounts.models import User
from casework.accounts.stamps import save_over, stamp
from casework.allocation.telling import tell_holders
from casework.common.happened import check_day, check_past
from casework.common.refused import Refused
from casework.common.whole import whole
from casework.deadlines.actions import bring_up_to_date
from casework.history.putting_right import putting_right, strike_out
from casework.people.models import Person
from casework.private_fostering import policies
from casework.private_fostering.models import Arrangement, CarerNotice, Suitability


@dataclass(frozen=True)
class Known:
    """What is known of an arrangement. `notified_on` is when the authority was told or became aware."""

    notified_on: date
    told_by: str = ""
    told_by_named: str = ""
    due_to_begin_on: date | None = None
    started_on: date | None = None
    carer: Person | None = None
    carer_named: str = ""
    shares_home: str = ""
    meant_to_last: bool | None = None
    parents_agree: bool | None = None
    parents: str = ""
    why: str = ""


@dataclass(frozen=True)
class Judged:
    """What was decided of an arrangement. `disqualified` is whether anybody in the home is; None where not known."""

    decided_on: date
    outcome: str
    requirements: str = ""
    disqualified: bool | None = None
    why: str = ""


@dataclass(frozen=True)
class Told:
    """What the carer told the authority; `happened_at` is when that happened, which they told. Of a child who is to
    come, it is when, and `proposed_on` when it was agreed.
    """

    kind: str
    told_at: datetime
    happened_at: datetime | None = None
    proposed_on: date | None = None
    what: str = ""


def columns(said: Known | Judged | Told) -> dict[str, Any]:
    """The columns that hold what was said."""
    return {one.name: getattr(said, one.name) for one in fields(said)}


@whole
def record_arrangement(person: Person, known: Known, *, by: User, at: datetime) -> Arrangement:
    """The authority knows of an arrangement: its clocks begin. The child's worker and the team's manager are told."""
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    policies.check_may_begin(person)
    _check_days(known, timezone.localdate(at))
    made = Arrangement.objects.create(person=person, **columns(known), **stamp(by, at))
    text = f"{by} has recorded that {person.full_name} is, or is to be, privately fostered"
    tell_holders(person, text, address=f"/private-fostering/{made.pk}", by=by, at=at)
    bring_up_to_date(people=[person.pk], at=at)
    return made


@whole
def change_arrangement(
    arrangement: Arrangement, known: Known, *, version: int | None, by: User, at: datetime
) -> Arrangement:
    """Add to what is known, or put it right."""
    _check_days(known, timezone.localdate(at))
    if arrangement.ended_on and arrangement.ended_on < policies.earliest_end(known.notified_on, known.started_on):
        raise Refused("It has ended before that day. Give an earlier one.", "notified_on")
    for name, value in columns(known).items():
        setattr(arrangement, name, value)
    save_over(arrangement, version)
    bring_up_to_date(people=[arrangement.person_id], at=at)
    return arrangement


def _check_days(known: Known, today: date) -> None:
    check_day(known.notified_on, today, "notified_on")
    if known.started_on is not None:
        check_day(known.started_on, today, "started_on")


@whole
def decide_suitability(arrangement: Arrangement, judged: Judged, *, by: User, at: datetime) -> Suitability:
    """Whether it is suitable, on a day. Decided anew it stands beside what was decided before; the latest counts."""
    policies.check_open(arrangement)
    check_day(judged.decided_on, timezone.localdate(at), "decided_on", arrangement.notified_on)
    if judged.outcome == Suitability.Outcome.REQUIREMENTS and not judged.requirements.strip():
        raise Refused("Write what is required of the carer, and by when.", "requirements")
    if judged.outcome == Suitability.Outcome.PROHIBITED and not judged.why.strip():
        raise Refused("Write why it is prohibited: the carer and the parents have to be told.", "why")
    made = Suitability.objects.create(arrangement=arrangement, **columns(judged), **stamp(by, at))
    text = f"{by} has decided on {arrangement.person.full_name}’s private fostering: {made.get_outcome_display()}"
    tell_holders(arrangement.person, text, address=f"/private-fostering/{arrangement.pk}", by=by, at=at)
    return made


@whole
def record_notice(arrangement: Arrangement, told: Told, *, by: User, at: datetime) -> CarerNotice:
    """The carer told us something, as the regulations ask of them."""
    can_be = _as_it_can_be(told, at)
    made = CarerNotice.objects.create(arrangement=arrangement, **columns(can_be), **stamp(by, at))
    bring_up_to_date(people=[arrangement.person_id], at=at)
    return made


def put_notice_right(
    notice: CarerNotice, told: Told, *, why: str, version: int | None = None, by: User, at: datetime
) -> None:
    """What the carer told us, and when, as it was. What was recorded before stays in the history; the clock follows."""
    with putting_right(why, by=by):
        for name, value in columns(_as_it_can_be(told, at)).items():
            setattr(notice, name, value)
        save_over(notice, version)
        bring_up_to_date(people=[notice.arrangement.person_id], at=at)


def strike_out_notice(notice: CarerNotice, *, why: str, by: User, at: datetime) -> None:
    """The carer never told us so, or it was of another child: it goes, and its clock with it."""
    with whole:
        strike_out(notice, why, by=by)
        bring_up_to_date(people=[notice.arrangement.person_id], at=at)


def _as_it_can_be(told: Told, at: datetime) -> Told:
    """What was told, without a day that its kind does not have. Refused where the times cannot be."""
    check_past(told.told_at, at, "told_at")
    if told.kind != CarerNotice.Kind.PROPOSAL:
        if told.happened_at and told.happened_at > told.told_at:
            raise Refused("It cannot have happened after we were told of it.", "happened_at")
        return replace(told, proposed_on=None)
    if told.proposed_on is not None and told.proposed_on > timezone.localdate(told.told_at):
        raise Refused("They cannot have told us before it was agreed.", "proposed_on")
    return told


@whole
def end_arrangement(
    arrangement: Arrangement, *, ended_on: date, end_reason: str, what_followed: str = "", by: User, at: datetime
) -> Arrangement:
    """It ended: no more visits are due."""
    found = Arrangement.objects.select_for_update(of=("self",)).select_related("person").get(pk=arrangement.pk)
    policies.check_open(found)
    earliest = policies.earliest_end(found.notified_on, found.started_on)
    check_day(ended_on, timezone.localdate(at), "ended_on", earliest)
    found.ended_on, found.ended_recorded_at = ended_on, at
    found.end_reason, found.what_followed = end_reason, what_followed
    save_over(found, None)
    bring_up_to_date(people=[found.person_id], at=at)
    return found
