"""What may be decided now, whoever asks: each `check_…` raises Refused with a sentence that says what to do.

The outcomes offered are those that the authority's journey allows. No further action is not one of them (City of York,
24 September 2019, para 48): the code stays for rows of earlier years and for the returns.
"""

from __future__ import annotations

from datetime import date

from casework.common.kept_queries import Given, KeptQuery
from casework.common.refused import Refused
from casework.common.templatetags.golden_thread import day
from casework.front_door.closing import DIED
from casework.front_door.models import ContactChild, Referral
from casework.people.models import Person

CONTACT_OUTCOMES = ("referral", "early_help", "information", "other_service")
NEEDS_WORDS = {
    "early_help": "Write what early help is asked to do.",
    "information": "Write the information or advice that was given, and to whom.",
    "other_service": "Write which service they were told of, and how it is reached.",
}
"""Outcomes that need a text of what was given, and what the text is."""
NEXT_STEPS = ("assessment", "strategy_discussion", "early_help", "information")
ENDS_REFERRAL = ("early_help", "information")
"""Next steps after which there is no episode of need: the referral closes the same day."""
AFTER_ASSESSMENT = ("RC8", "RC9")
NO_LONGER_IN_NEED = "RC7"


def check_outcome(outcome: str, given: str) -> None:
    """Whether a contact may end so."""
    if outcome not in CONTACT_OUTCOMES:
        raise Refused(
            "No contact ends with no further action here. Choose what the family was given: "
            "a referral, early help, information or advice, or another service.",
            "outcome",
        )
    if outcome in NEEDS_WORDS and not given.strip():
        raise Refused(NEEDS_WORDS[outcome], "given")


def check_may_refer(person: Person) -> None:
    """Whether a referral may be opened for the child: never two at once (CIN census, rule 8815)."""
    held = open_referral_of(person)
    if held:
        raise Refused(
            f"{person.full_name} has an open referral of {day(held.received_on)}. Pass this on to whoever holds it: "
            "choose information or advice, and write what was passed on and to whom.",
            "outcome",
        )


STILL_OPEN = KeptQuery(lambda: Referral.objects.filter(person=Given("person"), closed_on=None).order_by("received_on"))


def open_referral_of(person: Person) -> Referral | None:
    """The child's open referral; None where there is none."""
    return STILL_OPEN.first(person=person.pk)


def check_may_correct(child: ContactChild, outcome: str) -> None:
    """Whether a decision made may be corrected to that outcome: an open referral has to be closed first."""
    if child.decided_on is None:
        raise Refused("There is no decision to correct yet: decide it.")
    if outcome != "referral" and child.referrals.filter(closed_on=None).exists():
        raise Refused(
            f"{child.person.full_name} has the referral that this decision made. Close it first, then correct this.",
            "outcome",
        )


def check_next_step(referral: Referral, outcome: str) -> None:
    """Whether that may be decided of a referral."""
    if outcome not in NEXT_STEPS:
        raise Refused("Choose an assessment, a strategy discussion, early help, or information and advice.", "outcome")
    if outcome in ENDS_REFERRAL:
        check_nothing_running(referral)


def check_nothing_running(referral: Referral) -> None:
    """Whether nothing that belongs to the referral is still open."""
    running = referral.assessments.filter(authorised_on=None).order_by("started_on").first()
    if running:
        raise Refused(
            f"An assessment begun on {day(running.started_on)} is not authorised yet. "
            "Have it authorised, then close the referral."
        )


def check_may_close(referral: Referral, *, reason: str, on: date, today: date) -> None:
    """Whether the referral may be closed on that day for that reason."""
    if referral.closed_on:
        raise Refused(f"This referral closed on {day(referral.closed_on)}.")
    if referral.decided_on is None:
        raise Refused("Decide the next step first: a referral is not closed without a decision.")
    check_nothing_running(referral)
    _check_closing_day(referral, on, today)
    if reason in AFTER_ASSESSMENT and not referral.assessments.exclude(authorised_on=None).exists():
        raise Refused("That reason is for a case closed after an assessment, and there was none.", "closure_reason")
    if reason == DIED and referral.person.died_on is None:
        raise Refused("Record the day of the child’s death on their record first.", "closure_reason")


def _check_closing_day(referral: Referral, on: date, today: date) -> None:
    ended = [done for done in referral.assessments.values_list("authorised_on", flat=True) if done]
    latest = max([referral.received_on, *([referral.decided_on] if referral.decided_on else []), *ended])
    if on > today:
        raise Refused("The day of closing cannot be later than today.", "closed_on")
    if on < latest:
        raise Refused(
            f"The referral cannot close before {day(latest)}, the last thing recorded of it. Change the day.",
            "closed_on",
        )
