"""Whatever is done at the front door, and in whatever order, the child's journey stays one that the core allows."""

from datetime import timedelta
from typing import Any

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casework.accounts.models import User
from casework.common.refused import Refused
from casework.early_help.models import AssessedChild
from casework.front_door.actions.decisions import correct, decide
from casework.front_door.actions.referrals import Step, close_referral, correct_next_step, decide_next_step
from casework.front_door.models import Contact, ContactChild, Decision, NextStep, Referral
from casework.people.models import Person
from goldenthread.codesets import code_set
from goldenthread.dataset.store import Dataset, Manifest, dataset_of
from goldenthread.journey.states import faults
from tests.casework.making import FRIDAY_TEATIME, a_child, a_user
from tests.casework.making_contacts import a_contact, a_verdict

pytestmark = pytest.mark.django_db
OUTCOMES = code_set("contact_outcome").codes
STEPS = code_set("referral_outcome").codes
VERBS = ("contact", "contact", "decide", "decide", "correct", "step", "correct_step", "close")
# What opens a referral is drawn as often as all else together: most of what can go wrong comes after one.
likely = st.one_of(st.just("referral"), st.sampled_from(OUTCOMES))
next_steps = st.one_of(st.just("assessment"), st.sampled_from(STEPS))
moves = st.lists(st.tuples(st.sampled_from(VERBS), likely, next_steps, st.integers(0, 3)), min_size=4, max_size=14)
BEGUN = [("contact", "", "", 0), ("decide", "referral", "", 0)]


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(moves)
def test_no_order_of_work_leaves_the_journey(db: None, drawn: list[tuple[str, str, str, int]]) -> None:
    child, by = a_child(), a_user("service_manager")
    for number, (verb, outcome, step, which) in enumerate([*BEGUN, *drawn]):
        before = _written(child)
        try:
            _do(verb, outcome, step, which, child, by, FRIDAY_TEATIME + timedelta(hours=7 * number))
        except Refused:
            assert _written(child) == before  # a refusal changes nothing
        _check_rows(child)
    assert faults(_canonical(child)).is_empty()  # the core's own judgement of the whole of it


def _do(verb: str, outcome: str, step: str, which: int, child: Person, by: User, at: Any) -> None:
    contacts = list(ContactChild.objects.filter(person=child).order_by("pk"))
    referrals = list(Referral.objects.filter(person=child).order_by("pk"))
    if verb == "contact":
        a_contact(child, by=by, at=at)
    elif verb in {"decide", "correct"} and contacts:
        one = contacts[which % len(contacts)]
        if verb == "decide":
            decide([one], a_verdict(outcome), by=by, at=at)
        else:
            correct(one, a_verdict(outcome), correction_reason="Looked at again", by=by, at=at)
    elif referrals:
        referral = referrals[which % len(referrals)]
        wanted = Step(step, "Worry", "N1")
        if verb == "step":
            decide_next_step([referral], wanted, by=by, at=at)
        elif verb == "correct_step":
            correct_next_step(referral, wanted, correction_reason="Looked at again", by=by, at=at)
        else:
            close_referral(referral, reason="RC7", on=at.date(), by=by, at=at)


def _written(child: Person) -> list[Any]:
    """Every row of the front door about the child, as it stands."""
    return [
        list(found.order_by("pk").values_list())
        for found in (
            Contact.objects.filter(children__person=child), ContactChild.objects.filter(person=child),
            Referral.objects.filter(person=child), Decision.objects.filter(contact_child__person=child),
            NextStep.objects.filter(referral__person=child), AssessedChild.objects.filter(person=child),
        )
    ]  # fmt: skip


def _check_rows(child: Person) -> None:
    referrals = Referral.objects.filter(person=child)
    assert referrals.filter(closed_on=None).count() <= 1
    for one in ContactChild.objects.filter(person=child):
        said = list(one.decisions.order_by("pk").values_list("outcome", flat=True))
        assert one.outcome == (said[-1] if said else "")  # the last decision is what the record says
        assert (one.decided_on is None) == (not said)
        assert one.outcome != "no_further_action"
        assert one.outcome != "referral" or one.referrals.exists()
    for referral in referrals:
        assert (referral.closed_on is None) == (referral.closure_reason == "")
        assert referral.no_further_action is None or referral.no_further_action == (
            referral.outcome in {"early_help", "information"}
        )


def _canonical(child: Person) -> Dataset:
    """The child's rows as the core's tables have them."""
    contacts = [
        {"contact_id": one.reference, "child_id": "C", "received_on": one.contact.received_on,
         "decided_on": one.decided_on, "outcome": one.outcome or None}
        for one in ContactChild.objects.filter(person=child).select_related("contact")
    ]  # fmt: skip
    referrals = [
        {"referral_id": one.reference, "child_id": "C", "received_on": one.received_on, "closed_on": one.closed_on,
         "contact_id": one.contact.reference if one.contact else None}
        for one in Referral.objects.filter(person=child).select_related("contact")
    ]  # fmt: skip
    helped = [
        {"early_help_id": one.reference, "child_id": "C", "started_on": one.assessment.started_on}
        for one in AssessedChild.objects.filter(person=child).select_related("assessment")
    ]
    named = {"contacts": contacts, "referrals": referrals, "early_help_assessments": helped}
    frames = {name: pl.DataFrame(rows, infer_schema_length=None) for name, rows in named.items() if rows}
    return dataset_of(frames, Manifest(as_at=(FRIDAY_TEATIME + timedelta(days=10)).date()))
