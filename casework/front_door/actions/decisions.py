"""The threshold decision on each child of a contact, and its corrections."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.utils import timezone

from casework.access.rules import may
from casework.accounts.models import Team, User
from casework.accounts.stamps import save_over, stamp
from casework.common.refused import Refused
from casework.common.whole import whole
from casework.deadlines.actions import bring_up_to_date, once
from casework.early_help.stepping import step_down
from casework.front_door.actions.referrals import open_referral
from casework.front_door.actions.stepping_up import answer_early_help
from casework.front_door.models import ContactChild, Decision, Evidence
from casework.front_door.policies import check_may_correct, check_may_refer, check_outcome
from casework.front_door.thresholds import edition_on


@dataclass(frozen=True)
class Verdict:
    """What is decided, at what level of need, on what evidence, and why. `given` is what the family or caller got."""

    outcome: str
    level_of_need: str
    reason: str
    given: str = ""
    evidence: Mapping[str, str] = field(default_factory=dict)
    about_each: Mapping[int, str] = field(default_factory=dict)
    primary_need: str = ""
    team: Team | None = None


@whole
def decide(children: Iterable[ContactChild], verdict: Verdict, *, by: User, at: datetime) -> list[Decision]:
    """One decision on each of the children. A referral opens for each where that is what is decided."""
    chosen = list(ContactChild.objects.select_for_update().filter(pk__in=[child.pk for child in children]))
    if not chosen:
        raise Refused("Choose the children that this decision is about.", "children")
    _check(verdict, by)
    with once(at=at):
        made = [_first(child, verdict, by=by, at=at) for child in chosen]
        for contact in {child.contact for child in chosen}:
            answer_early_help(contact, by=by, at=at)
    return made


def _first(child: ContactChild, verdict: Verdict, *, by: User, at: datetime) -> Decision:
    if child.decided_on:
        raise Refused(f"{child.person.full_name} has been decided already. Correct that decision, with the reason.")
    child.decided_on, child.decided_at = timezone.localdate(at), at
    child.decided_recorded_at, child.decided_by = at, by.worker
    return _write(child, verdict, by=by, at=at)


@whole
def correct(child: ContactChild, verdict: Verdict, *, correction_reason: str, by: User, at: datetime) -> Decision:
    """A new decision in place of the last one, which stays. The clock keeps the moment of the first."""
    child = ContactChild.objects.select_for_update().get(pk=child.pk)
    _check(verdict, by)
    check_may_correct(child, verdict.outcome)
    if not correction_reason.strip():
        raise Refused("Say why the decision is corrected.", "correction_reason")
    last = child.decisions.filter(corrected_by=None).last() or _as_imported(child, by, at)
    with once(at=at):
        made = _write(child, verdict, corrects=last, correction_reason=correction_reason.strip(), by=by, at=at)
        answer_early_help(child.contact, by=by, at=at)
    return made


def _check(verdict: Verdict, by: User) -> None:
    if not may(by, "contact.decide"):
        raise Refused("Only a manager at the front door decides a contact. Ask one of them.")
    check_outcome(verdict.outcome, verdict.given)
    if not verdict.level_of_need:
        raise Refused("Choose the level of need.", "level_of_need")
    if not verdict.reason.strip():
        raise Refused("Write the reason for the decision.", "reason")


def _as_imported(child: ContactChild, by: User, at: datetime) -> Decision:
    """A decision that came with another system's data, written down for its correction to follow."""
    return Decision.objects.create(
        contact_child=child, made_at=child.decided_at or at, outcome=child.outcome, level_of_need=child.level_of_need,
        threshold_edition=child.threshold_edition, reason=child.reason or "Not recorded", **stamp(by, at),
    )  # fmt: skip


def _write(
    child: ContactChild,
    verdict: Verdict,
    *,
    corrects: Decision | None = None,
    correction_reason: str = "",
    by: User,
    at: datetime,
) -> Decision:
    edition = edition_on(timezone.localdate(at))
    opens = verdict.outcome == "referral" and not child.referrals.filter(closed_on=None).exists()
    if opens:
        check_may_refer(child.person)
    decision = Decision.objects.create(
        contact_child=child, made_at=at, outcome=verdict.outcome, level_of_need=verdict.level_of_need,
        threshold_edition=edition.name if edition else "", reason=verdict.reason.strip(), given=verdict.given.strip(),
        about_this_child=verdict.about_each.get(child.pk, "").strip(), corrects=corrects,
        correction_reason=correction_reason, **stamp(by, at),
    )  # fmt: skip
    for heading, what in verdict.evidence.items():
        if what.strip():
            Evidence.objects.create(decision=decision, heading=heading, what=what.strip())
    child.outcome, child.level_of_need = verdict.outcome, verdict.level_of_need
    child.threshold_edition, child.reason = decision.threshold_edition, decision.reason
    if verdict.outcome == "early_help":
        child.early_help = step_down(child.person, reason=verdict.given, by=by, at=at)
    save_over(child, None)
    if opens:
        open_referral(child, primary_need=verdict.primary_need, team=verdict.team, by=by, at=at)
    bring_up_to_date(people=[child.person_id], at=at)
    return decision
