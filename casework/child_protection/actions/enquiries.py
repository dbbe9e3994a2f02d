"""Section 47 enquiries, from the discussion that begins one to the manager's sign-off."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone

from casework.access.rules import may
from casework.accounts.models import User
from casework.accounts.stamps import save_over, stamp
from casework.child_protection import law, policies
from casework.child_protection.actions.asking import conference_after
from casework.child_protection.models import (
    AgencyFinding,
    DiscussedChild,
    Section47Enquiry,
    StrategyDiscussion,
    TimeSeen,
)
from casework.child_protection.queries.stages import holders
from casework.common.happened import check_day, check_past
from casework.common.refused import Refused
from casework.common.whole import whole
from casework.deadlines.actions import bring_up_to_date
from casework.notices.actions import tell_worker
from casework.tasks.actions import ask_for_sign_off, send_back, sign
from casework.tasks.models import SignOff
from casework.voice.actions import say_why_not_asked
from casework.voice.models import NotAsked
from casework.voice.why import Why

SIGN_OFF = "section_47"
"""The kind of sign-off that an enquiry waits for."""
PARTS = ("parents_views", "analysis", "proposed_finding", "why_no_conference", "why_not_seen")
LEADS_TO = {
    Section47Enquiry.Finding.NOT_SUBSTANTIATED: "not_substantiated",
    Section47Enquiry.Finding.NO_CONTINUING_RISK: "child_in_need",
    Section47Enquiry.Finding.LIKELY: "conference",
}
"""What an enquiry is counted as in the census, by what it came to."""
NO_CONFERENCE = "looked_after"
"""What it is counted as where the child became looked after and no conference is needed."""


def begin_enquiry(
    discussed: DiscussedChild, discussion: StrategyDiscussion, *, by: User, at: datetime
) -> Section47Enquiry | None:
    """The child's enquiry, counted from the discussion; None where one runs already: its clock goes on.

    Called in the transaction that records the decision, which brings the clocks up to date.
    """
    person = discussed.person
    if Section47Enquiry.objects.filter(person=person, ended_on=None).exists():
        return None
    worker, team = holders(person)
    worker = worker or by.worker
    enquiry = Section47Enquiry.objects.create(
        person=person, referral=discussed.referral, discussed=discussed, joint=discussed.joint,
        started_on=discussion.held_on, started_at=discussion.held_at, worker=worker,
        team=team or (worker.team if worker else None),
        conference_target_on=law.last_day(law.CONFERENCE_AFTER_ENQUIRY, discussion.held_on), **stamp(by, at),
    )  # fmt: skip
    _tell_worker(enquiry, f"A section 47 enquiry about {person.full_name} has begun. It is yours.", by, at)
    return enquiry


@whole
def record_seen(
    enquiry: Section47Enquiry, *, seen_at: datetime, alone: bool | None, where: str, what_was_said: str,
    by: User, at: datetime, why_not_alone: str = "", how_heard: str = "",
    why_not_asked: Why | None = None,
) -> TimeSeen:  # fmt: skip
    """The child was seen then. The first time after the enquiry began is the one that is counted."""
    policies.check_running(enquiry)
    check_past(seen_at, at, "seen_at")
    if timezone.localdate(seen_at) < enquiry.started_on:
        raise Refused("The child was seen before the enquiry began: record that as a case note.", "seen_at")
    if alone is False and not why_not_alone.strip():
        raise Refused("Say why the child was not seen alone.", "why_not_alone")
    seen = TimeSeen.objects.create(
        enquiry=enquiry, seen_at=seen_at, alone=alone, why_not_alone=why_not_alone, where=where, by=by.worker,
        what_was_said=what_was_said, how_heard=how_heard, **stamp(by, at),
    )  # fmt: skip
    say_why_not_asked(
        enquiry.person, NotAsked.Place.ENQUIRY, seen.pk, why_not_asked, words=what_was_said,
        on=timezone.localdate(seen_at), by=by, at=at,
    )  # fmt: skip
    if enquiry.child_first_seen_at is None or seen_at < enquiry.child_first_seen_at:
        enquiry.child_first_seen_at, enquiry.child_first_seen_on = seen_at, timezone.localdate(seen_at)
        save_over(enquiry, None)
    bring_up_to_date(people=[enquiry.person_id], at=at)
    return seen


@whole
def record_finding(
    enquiry: Section47Enquiry, *, agency: str, who: str, told_on: date, found: str, by: User, at: datetime
) -> AgencyFinding:
    """What one agency found, or has on its records."""
    policies.check_running(enquiry)
    check_day(told_on, timezone.localdate(at), "told_on")
    return AgencyFinding.objects.create(
        enquiry=enquiry, agency=agency, who=who, told_on=told_on, found=found, **stamp(by, at)
    )


@whole
def write_enquiry(
    enquiry: Section47Enquiry, parts: Mapping[str, str], *, version: int | None, by: User, at: datetime
) -> None:
    """What it means and what is proposed. Refused once signed off."""
    policies.check_running(enquiry)
    for name in PARTS:
        if name in parts:
            setattr(enquiry, name, parts[name])
    save_over(enquiry, version)


@whole
def ask_for_signature(enquiry: Section47Enquiry, *, of: User, comment: str = "", by: User, at: datetime) -> SignOff:
    """Send the enquiry to a manager. Refused while something that the finding rests on is missing."""
    policies.check_running(enquiry)
    missing = policies.missing(enquiry)
    if missing:
        raise Refused("Before it is sent: " + " ".join(missing))
    if not may(of, "protection.authorise"):
        raise Refused(f"{of} cannot sign off enquiries. Choose a manager.", "of")
    return ask_for_sign_off(
        person=enquiry.person, kind=SIGN_OFF, row=enquiry.pk, title="Section 47 enquiry",
        address=reverse("enquiry", args=[enquiry.pk]), of=of, by=by, at=at, comment=comment,
    )  # fmt: skip


@whole
def sign_off(
    enquiry: Section47Enquiry, asked: SignOff, *, finding: str, direction: str, by: User, at: datetime,
    why_no_conference: str = "",
) -> Section47Enquiry:  # fmt: skip
    """A manager signs off what it came to. A child likely to suffer harm goes to a conference, unless said why not."""
    enquiry = Section47Enquiry.objects.select_for_update(of=("self",)).select_related("person").get(pk=enquiry.pk)
    policies.check_may_sign(enquiry, by)
    if not direction.strip():
        raise Refused("Say what is to happen next, who does it and by when.", "direction")
    likely = finding == Section47Enquiry.Finding.LIKELY
    to_conference = likely and not why_no_conference.strip()
    enquiry.finding, enquiry.direction, enquiry.why_no_conference = finding, direction, why_no_conference
    enquiry.outcome = NO_CONFERENCE if likely and not to_conference else LEADS_TO[Section47Enquiry.Finding(finding)]
    enquiry.conference_not_required = not to_conference
    enquiry.ended_on, enquiry.ended_recorded_at, enquiry.signed_off_by = timezone.localdate(at), at, by.worker
    save_over(enquiry, None)
    sign(asked, by=by, at=at, comment=direction)
    if to_conference:
        conference_after(enquiry, by=by, at=at)
    bring_up_to_date(people=[enquiry.person_id], at=at)
    return enquiry


def return_for_work(enquiry: Section47Enquiry, asked: SignOff, *, comment: str, by: User, at: datetime) -> None:
    """Back to the worker, with what has to change."""
    policies.check_may_sign(enquiry, by)
    send_back(asked, by=by, at=at, comment=comment)


def _tell_worker(enquiry: Section47Enquiry, text: str, by: User, at: datetime) -> None:
    tell_worker(enquiry.worker, text, address=reverse("enquiry", args=[enquiry.pk]), by=by, at=at)
