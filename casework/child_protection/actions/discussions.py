"""Recording strategy discussions and what they decided. A decision to enquire begins each child's enquiry."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils import timezone

from casework.accounts.models import User, Worker
from casework.accounts.stamps import save_over, stamp
from casework.child_protection import policies
from casework.child_protection.actions.enquiries import begin_enquiry
from casework.child_protection.models import Agency, DiscussedChild, SafetyAction, StrategyDiscussion, TookPart
from casework.child_protection.queries.stages import assessments_that_ask, stage_of
from casework.common.happened import check_past
from casework.common.refused import Refused
from casework.common.templatetags.golden_thread import day
from casework.common.whole import whole
from casework.deadlines.actions import bring_up_to_date
from casework.people.models import Person
from casework.tasks.actions import answer, give_task
from casework.tasks.models import Task

ENQUIRE = "section_47"


@dataclass(frozen=True)
class Held:
    """A discussion as it was held. `took_part`: who, by agency; an agency without anybody is left out."""

    held_at: datetime
    needed_on: date | None = None
    how: str = ""
    chair: Worker | None = None
    why: str = ""
    shared: str = ""
    why_without: str = ""
    took_part: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Decision:
    """What a discussion decided about one child. `joint`: whether police and social care enquire together."""

    outcome: str
    joint: bool | None = None
    reasons: str = ""


@whole
def record_discussion(children: Iterable[Person], held: Held, *, by: User, at: datetime) -> list[DiscussedChild]:
    """A strategy discussion about these children, each tied to what is open on their record."""
    about = list(children)
    if not about:
        raise Refused("Choose the children it was about.", "children")
    discussion = StrategyDiscussion(**stamp(by, at))
    _write(discussion, held, at)
    discussion.save()
    _write_took_part(discussion, held.took_part)
    asking, made = assessments_that_ask(about, discussion.held_on), []
    for child in about:
        stage, asked_by = stage_of(child), asking.get(child.pk)
        made.append(
            DiscussedChild.objects.create(
                discussion=discussion, person=child, contact=stage.contact, referral=stage.referral,
                assessment=asked_by or stage.assessment, plan=stage.plan, **stamp(by, at),
            )
        )  # fmt: skip
        if asked_by is not None:
            came = f"The strategy discussion was held on {day(discussion.held_on)}."
            answer(child, Task.AnsweredBy.STRATEGY, came=came, by=by, at=at)
    bring_up_to_date(people=sorted(child.pk for child in about), at=at)
    return made


@whole
def change_discussion(
    discussion: StrategyDiscussion, held: Held, *, version: int | None, by: User, at: datetime
) -> None:
    """Put right how it was held. The moment stays once a child's enquiry counts from it."""
    moved = discussion.held_at != held.held_at
    if moved and discussion.children.filter(enquiries__isnull=False).exists():
        raise Refused("Enquiries count from this discussion, so its time cannot be changed here.", "held_at")
    _write(discussion, held, at)
    save_over(discussion, version)
    discussion.took_part.all().delete()
    _write_took_part(discussion, held.took_part)
    bring_up_to_date(people=sorted(discussion.children.values_list("person", flat=True)), at=at)


def _write(discussion: StrategyDiscussion, held: Held, at: datetime) -> None:
    check_past(held.held_at, at, "held_at")
    on = timezone.localdate(held.held_at)
    if held.needed_on and held.needed_on > on:
        raise Refused("Harm was suspected before the discussion was held: give an earlier day.", "needed_on")
    discussion.held_at, discussion.held_on, discussion.needed_on = held.held_at, on, held.needed_on
    discussion.how, discussion.chair, discussion.why = held.how, held.chair, held.why
    discussion.shared, discussion.why_without = held.shared, held.why_without
    there = {agency for agency, who in held.took_part.items() if who.strip()}
    discussion.police_took_part = Agency.POLICE in there
    discussion.health_took_part = Agency.HEALTH in there


def _write_took_part(discussion: StrategyDiscussion, took_part: Mapping[str, str]) -> None:
    for agency, who in took_part.items():
        if who.strip():
            TookPart.objects.create(discussion=discussion, agency=agency, who=who.strip())


@whole
def decide(decisions: Mapping[int, Decision], *, discussion: StrategyDiscussion, by: User, at: datetime) -> None:
    """What was decided about each child, by the key of the child's part; begins the enquiries. Decided once."""
    parts = {one.pk: one for one in discussion.children.select_for_update(of=("self",)).select_related("person")}
    for key, decision in decisions.items():
        discussed = parts[key]
        policies.check_undecided(discussed)
        discussed.outcome, discussed.reasons = decision.outcome, decision.reasons
        discussed.joint = decision.joint if decision.outcome == ENQUIRE else None
        save_over(discussed, None)
        if decision.outcome == ENQUIRE:
            begin_enquiry(discussed, discussion, by=by, at=at)
    bring_up_to_date(people=sorted(parts[key].person_id for key in decisions), at=at)


@whole
def ask_for_safety(
    discussed: DiscussedChild, *, what: str, who: str, by_when: datetime, owner: User | None = None, by: User,
    at: datetime,
) -> SafetyAction:  # fmt: skip
    """Something to be done at once. With an `owner` of our own staff it is a task of theirs too."""
    if by_when < discussed.discussion_moment:
        raise Refused("It cannot have to be done before the discussion was held.", "by_when")
    if not who.strip() and owner is None:
        raise Refused("Say who is to do it.", "who")
    task = None
    if owner is not None:
        due_on = timezone.localdate(by_when)
        task = give_task(what=what, owner=owner, person=discussed.person, due_on=due_on, by=by, at=at)
    return SafetyAction.objects.create(
        discussion_id=discussed.discussion_id, what=what, who=who.strip() or str(owner), by_when=by_when, task=task,
        **stamp(by, at),
    )  # fmt: skip
