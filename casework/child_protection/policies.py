"""What may be done in child protection now. Each `check_…` raises Refused with a sentence that says what to do."""

from __future__ import annotations

from casework.access.rules import may
from casework.accounts.models import User
from casework.child_protection.models import (
    ChildAtConference,
    ChildProtectionPlan,
    Conference,
    DiscussedChild,
    Section47Enquiry,
    StrategyDiscussion,
)
from casework.common.refused import Refused
from casework.common.templatetags.golden_thread import day
from casework.people.models import Person
from casework.voice.models import NotAsked
from casework.voice.why import prompt_of


def check_undecided(discussed: DiscussedChild) -> None:
    """Whether nothing has been decided yet about this child."""
    if discussed.outcome:
        raise Refused(
            f"It was decided already for {discussed.person.full_name}. Hold another discussion if things have changed."
        )


def prompts_of_discussion(discussion: StrategyDiscussion) -> list[str]:
    """What guidance would look for in it. Shown quietly; never in the way."""
    found = []
    missing = [
        name
        for name, there in (("police", discussion.police_took_part), ("health", discussion.health_took_part))
        if there is False
    ]
    if missing and not discussion.why_without.strip():
        who = " and ".join(missing).capitalize()
        found.append(f"{who} did not take part. Guidance expects them: add who did, or say why not.")
    if discussion.needed_on is None:
        found.append("It does not say when harm was first suspected.")
    if not discussion.shared.strip():
        found.append("What was shared is not written yet.")
    return found


def check_running(enquiry: Section47Enquiry) -> None:
    """Whether the enquiry can still be written in."""
    if enquiry.ended_on is not None:
        raise Refused(f"This enquiry ended on {day(enquiry.ended_on)}. Add what is new as a case note.")


def missing(enquiry: Section47Enquiry) -> list[str]:
    """What a finding rests on and the enquiry lacks, a sentence each; empty when it can be signed off."""
    found = []
    if enquiry.child_first_seen_on is None and not enquiry.why_not_seen.strip():
        found.append("Record when the child was seen, or why not.")
    if not enquiry.analysis.strip():
        found.append("Write what it means for the child.")
    if not enquiry.proposed_finding:
        found.append("Say what you propose.")
    return found


def prompts_of_enquiry(enquiry: Section47Enquiry, why: NotAsked | None = None) -> list[str]:
    """What a good enquiry would also have; `why` the child was not asked. Shown quietly; never in the way."""
    found, seen, agencies = [], list(enquiry.times_seen.all()), list(enquiry.agency_findings.all())
    if seen and not any(one.what_was_said.strip() for one in seen):
        name = enquiry.person.first_name
        found.append(prompt_of(why, name, f"{name}’s own words are not there yet."))
    if seen and not any(one.alone for one in seen) and not any(one.why_not_alone.strip() for one in seen):
        found.append("It does not say whether the child was seen alone.")
    if not agencies:
        found.append("What other agencies found is not there yet.")
    if not enquiry.parents_views.strip():
        found.append("What the parents say is not there yet.")
    return found


def check_may_sign(enquiry: Section47Enquiry, by: User) -> None:
    """Whether this account may sign the enquiry off."""
    check_running(enquiry)
    if not may(by, "protection.authorise"):
        raise Refused("A manager signs off an enquiry.")
    if by.worker_id is not None and by.worker_id == enquiry.worker_id:
        raise Refused("This enquiry is yours. Another manager has to sign it off.")


def check_may_ask(person: Person, kind: str) -> None:
    """Whether a conference of that kind may be asked for."""
    waiting = ChildAtConference.objects.filter(
        person=person, conference__held_on=None, conference__cancelled_on=None
    ).first()
    if waiting is not None:
        raise Refused(f"A conference for {person.full_name} has been asked for already. Arrange that one.")
    planned = ChildProtectionPlan.objects.filter(person=person, ended_on=None).exists()
    if kind == "review" and not planned:
        raise Refused(f"{person.full_name} has no child protection plan to review.", "kind")
    if kind != "review" and planned:
        raise Refused(f"{person.full_name} has a child protection plan. Ask for a review of it.", "kind")
    if kind == "pre_birth" and not person.unborn:
        raise Refused(f"{person.full_name} is not an unborn child. Ask for an initial conference.", "kind")


def check_to_come(conference: Conference) -> None:
    """Whether a conference is still to be held."""
    if conference.held_on is not None:
        raise Refused(f"This conference was held on {day(conference.held_on)}.")
    if conference.cancelled_on is not None:
        raise Refused(f"This conference was cancelled on {day(conference.cancelled_on)}. Ask for another.")


def check_may_chair(by: User) -> None:
    """Whether this account may record a conference and its decisions."""
    if not may(by, "conference.chair"):
        raise Refused("The chair records a conference and its decisions.")


def check_may_decide(child: ChildAtConference) -> None:
    """Whether a decision about this child may be recorded now."""
    if child.conference.held_on is None:
        raise Refused("Record first that the conference was held.")
    if child.outcome:
        raise Refused(f"It was decided already for {child.person.full_name}.")
    if child.plan is not None and child.plan.ended_on is not None:
        raise Refused(f"The plan that this reviews ended on {day(child.plan.ended_on)}.")


def prompts_of_conference(child: ChildAtConference, why: NotAsked | None = None) -> list[str]:
    """What a good record of a conference would also have; `why` the child was not asked. Shown quietly."""
    found, conference = [], child.conference
    if not child.childs_views.strip():
        found.append(prompt_of(why, child.person.full_name, "What the child thinks is not there yet."))
    if not conference.parents_views.strip():
        found.append("What the parents think is not there yet.")
    if not conference.discussion.strip():
        found.append("What was talked about is not there yet.")
    return found
