"""What may be done with an assessment now. Each `check_…` raises Refused with a sentence that says what to do."""

from __future__ import annotations

from casework.access.rules import may
from casework.accounts.models import User
from casework.assessment.models import Assessment
from casework.common.refused import Refused
from casework.common.templatetags.golden_thread import day
from casework.front_door.models import Referral
from casework.voice.models import NotAsked
from casework.voice.why import prompt_of

LEADS_TO_ASSESSMENT = ("assessment", "strategy_discussion")
SUPPORT_NEEDED = ("child_in_need", "strategy_discussion", "conference", "looked_after")
"""Outcomes that say the child needs children's social care (Annex A, list 4)."""
NO_FACTORS = "21"
"""The code that says none was identified, which stands alone (CIN census guide, factors identified at assessment)."""


def check_may_start(referral: Referral) -> None:
    """Whether an assessment of the child may begin under this referral."""
    name = referral.person.full_name
    if referral.closed_on is not None:
        raise Refused(f"The referral of {name} closed on {day(referral.closed_on)}. A new concern is a new contact.")
    if referral.outcome not in LEADS_TO_ASSESSMENT:
        raise Refused(f"It has not been decided to assess {name}. Decide the next step of the referral first.")
    running = Assessment.objects.filter(person=referral.person, authorised_on=None).first()
    if running is not None:
        raise Refused(f"An assessment of {name} began on {day(running.started_on)} and goes on. Work on that one.")


def check_open(assessment: Assessment) -> None:
    """Whether it can still be written in."""
    if assessment.authorised_on is not None:
        raise Refused(f"This was authorised on {day(assessment.authorised_on)}. Add what is new as a case note.")


def check_factors(factors: set[str]) -> None:
    """Whether these can stand together."""
    if NO_FACTORS in factors and len(factors) > 1:
        raise Refused("“No factors identified” cannot stand beside others. Take it, or them, away.", "factors")


def missing(assessment: Assessment) -> list[str]:
    """What a decision rests on and the assessment lacks, a sentence each; empty when it can be authorised."""
    found = []
    if assessment.child_first_seen_on is None and not assessment.why_not_seen.strip():
        found.append("Record when the child was seen, or why not.")
    if not assessment.analysis.strip():
        found.append("Write the analysis.")
    if not assessment.factors.exists():
        found.append("Choose the factors, or that none was identified.")
    if not assessment.proposed_outcome:
        found.append("Say what you propose.")
    return found


def prompts(assessment: Assessment, why: NotAsked | None = None) -> list[str]:
    """What a good assessment would also have; `why` the child was not asked. Shown quietly; never in the way."""
    found = []
    if not assessment.childs_words.strip():
        name = assessment.person.first_name
        found.append(prompt_of(why, name, f"{name}’s own words are not there yet."))
    if not assessment.what_next.strip():
        found.append("It does not say what should happen next.")
    if assessment.family is not None and not assessment.family.parents_views.strip():
        found.append("What the parents think is not there yet.")
    return found


def check_may_authorise(assessment: Assessment, by: User) -> None:
    """Whether this account may authorise it."""
    check_open(assessment)
    if not may(by, "assessment.authorise"):
        raise Refused("A manager authorises an assessment.")
    if by.worker_id is not None and by.worker_id == assessment.worker_id:
        raise Refused("You wrote this assessment. Another manager has to authorise it.")
