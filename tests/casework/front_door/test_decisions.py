"""The threshold decision on each child: what is offered, what it needs, how it is corrected, and where it leads."""

from datetime import date, timedelta
from typing import Any

import pytest

from casework.common.coded import choices
from casework.common.refused import Refused
from casework.front_door.actions.decisions import correct, decide
from casework.front_door.actions.referrals import Step, close_referral, decide_next_step
from casework.front_door.models import ContactChild, Decision, Evidence, Referral
from casework.front_door.policies import CONTACT_OUTCOMES, NEXT_STEPS
from casework.front_door.thresholds import edition_on
from goldenthread.journey.states import journey
from tests.casework.drafts.sending import opened
from tests.casework.making import FRIDAY_TEATIME, a_child, a_team, a_user
from tests.casework.making_contacts import AN_HOUR, a_contact, a_verdict, decided

pytestmark = pytest.mark.django_db
SATURDAY = FRIDAY_TEATIME + timedelta(days=1)


def test_no_further_action_is_not_offered_and_is_refused(sign_in: Any) -> None:
    client, contact = sign_in("service_manager"), a_contact()
    page = client.get(f"/contacts/{contact.reference}/decide").content.decode()
    assert 'value="referral"' in page
    assert "no_further_action" not in page
    with pytest.raises(Refused, match="No contact ends with no further action"):
        decided(contact, "no_further_action")
    assert "no_further_action" in dict(choices("contact_outcome", date(2026, 11, 27)))


@pytest.mark.parametrize("outcome", ["information", "other_service", "early_help"])
def test_what_was_given_is_asked_for(outcome: str) -> None:
    contact = a_contact()
    with pytest.raises(Refused, match="Write "):
        decided(contact, outcome, given="  ")
    assert decided(contact, outcome)[0].outcome == outcome


@pytest.mark.parametrize(("missing", "says"), [("reason", "Write the reason"), ("level_of_need", "level of need")])
def test_a_decision_needs_its_reason_and_its_level(missing: str, says: str) -> None:
    with pytest.raises(Refused, match=says):
        decided(a_contact(), **{missing: ""})


@pytest.mark.parametrize("role", ["front_door_officer", "social_worker", "business_support", "director", "partner"])
def test_who_may_not_decide_is_refused(role: str) -> None:
    with pytest.raises(Refused, match="Only a manager"):
        decided(a_contact(), by=a_user(role))


def test_one_decision_on_three_children_opens_a_referral_for_each() -> None:
    children, team = [a_child(), a_child(), a_child(born_on=None, expected_on=date(2027, 3, 1))], a_team()
    contact = a_contact(*children)
    about = {child.pk: f"About {child.pk}" for child in contact.children.all()}
    decided(contact, team=team, evidence={"Health": "Asthma, missed reviews."}, about_each=about)
    referrals = Referral.objects.order_by("pk")
    assert [referral.person for referral in referrals] == children
    for referral in referrals:
        assert (referral.received_at, referral.source, referral.primary_need) == (FRIDAY_TEATIME, "6", "N1")
        assert (referral.decided_on, referral.team) == (None, team)
        assert referral.person.allocations.get().team == team
    assert {decision.about_this_child for decision in Decision.objects.all()} == set(about.values())
    assert Evidence.objects.count() == 3


def test_children_of_one_contact_may_be_decided_apart() -> None:
    contact = a_contact(a_child(), a_child())
    first, second = contact.children.order_by("pk")
    by = a_user("service_manager")
    decide([first], a_verdict("referral"), by=by, at=SATURDAY)
    decide([second], a_verdict("early_help", level_of_need="2"), by=by, at=SATURDAY)
    assert [child.outcome for child in contact.children.order_by("pk")] == ["referral", "early_help"]
    assert Referral.objects.get().person == first.person


def test_a_child_is_decided_once_and_then_corrected() -> None:
    contact, by = a_contact(), a_user("service_manager")
    [child] = decided(contact, "information", at=FRIDAY_TEATIME + AN_HOUR)
    with pytest.raises(Refused, match="decided already"):
        decided(contact, "referral")
    correct(child, a_verdict("referral"), correction_reason="The school rang back.", by=by, at=SATURDAY)
    child.refresh_from_db()
    first, second = Decision.objects.order_by("pk")
    assert (first.outcome, second.outcome, second.corrects) == ("information", "referral", first)
    assert child.outcome == "referral"
    assert child.decided_at == FRIDAY_TEATIME + AN_HOUR  # the clock was stopped by the first
    assert Referral.objects.get().person == child.person


def test_a_correction_needs_a_decision_and_a_reason() -> None:
    contact, by = a_contact(), a_user("service_manager")
    child = contact.children.get()
    with pytest.raises(Refused, match="no decision to correct"):
        correct(child, a_verdict("early_help"), correction_reason="x", by=by, at=SATURDAY)
    decided(contact, "information")
    with pytest.raises(Refused, match="Say why"):
        correct(child, a_verdict("early_help"), correction_reason=" ", by=by, at=SATURDAY)


def test_a_decision_that_made_a_referral_is_corrected_once_that_is_closed() -> None:
    by = a_user("service_manager")
    [child] = decided(a_contact())
    with pytest.raises(Refused, match="Close it first"):
        correct(child, a_verdict("early_help"), correction_reason="Wrong child.", by=by, at=SATURDAY)
    decide_next_step(child.referrals.all(), Step("information", "Wrong child."), by=by, at=SATURDAY)
    correct(child, a_verdict("early_help"), correction_reason="Wrong child.", by=by, at=SATURDAY)
    assert Referral.objects.count() == 1


def test_a_decision_that_came_from_another_system_is_kept_when_corrected() -> None:
    child = ContactChild.objects.create(
        contact=a_contact(), person=a_child(), outcome="no_further_action", decided_on=date(2026, 11, 20)
    )
    by = a_user("service_manager")
    correct(child, a_verdict("information"), correction_reason="Advice was given.", by=by, at=SATURDAY)
    assert [one.outcome for one in child.decisions.order_by("pk")] == ["no_further_action", "information"]


def test_a_child_with_an_open_referral_is_not_referred_again() -> None:
    child = a_child()
    decided(a_contact(child))
    with pytest.raises(Refused, match=r"has an open referral of 27 November 2026"):
        decided(a_contact(child, at=SATURDAY))
    referral = Referral.objects.get()
    by = a_user("service_manager")
    decide_next_step([referral], Step("assessment", "Worry", "N1"), by=by, at=SATURDAY)
    close_referral(referral, reason="RC7", on=SATURDAY.date(), by=by, at=SATURDAY)
    decided(a_contact(child, at=SATURDAY + AN_HOUR))
    assert Referral.objects.count() == 2


@pytest.mark.parametrize(
    ("day", "edition"),
    [
        (date(2020, 1, 31), None),
        (date(2020, 2, 1), "Levels of need descriptors, February 2020"),
        (date(2022, 2, 28), "Levels of need descriptors, February 2020"),
        (date(2022, 3, 1), "Levels of need, March 2022"),
        (date(2026, 11, 27), "Levels of need, March 2022"),
    ],
)
def test_the_edition_in_force_that_day(day: date, edition: str | None) -> None:
    found = edition_on(day)
    assert (found.name if found else None) == edition
    assert found is None or "Health" in found.headings


def test_a_decision_keeps_its_edition() -> None:
    [child] = decided(a_contact())
    assert child.threshold_edition == child.decisions.get().threshold_edition == "Levels of need, March 2022"


def test_early_help_is_handed_the_child_with_its_task() -> None:
    [child] = decided(a_contact(), "early_help", given="Help with routines.")
    assert child.early_help is not None
    assert child.early_help.person == child.person
    assert child.early_help.assessment.stepped_down_reason == "Help with routines."


def test_every_outcome_offered_is_a_move_that_the_journey_allows() -> None:
    before = journey().before
    assert set(CONTACT_OUTCOMES) - {"information", "other_service"} == {
        state for state in ("referral", "early_help", "assessment") if "contact" in before[state]
    }
    leads_to = {"assessment": "assessment", "strategy_discussion": "strategy", "early_help": "early_help"}
    for outcome in set(NEXT_STEPS) - {"information"}:
        assert "referral" in before[leads_to[outcome]]


def test_the_page_decides_for_the_children_ticked(sign_in: Any) -> None:
    client, contact = sign_in("service_manager"), a_contact(a_child(), a_child())
    first, second = contact.children.order_by("pk")
    answers = {
        "children": [str(first.pk)], "evidence_0": "Well.", "level_of_need": "3", "outcome": "referral",
        "given": "", "primary_need": "", "team": str(a_team().pk), "reason": "Worry", f"about_{first.pk}": "Just one",
    }  # fmt: skip
    assert client.post(f"/contacts/{contact.reference}/decide", answers).status_code == 302
    first.refresh_from_db(), second.refresh_from_db()
    assert (first.outcome, second.outcome) == ("referral", "")
    assert first.decisions.get().about_this_child == "Just one"
    refused = client.post(f"/contacts/{contact.reference}/decide", {**answers, "outcome": "information"})
    assert refused.status_code == 422
    assert "Write the information or advice" in refused.content.decode()
    corrected = {**answers, "outcome": "referral", "level_of_need": "4", "correction_reason": "Injury seen"}
    page = client.get(f"/contacts/{contact.reference}/children/{first.reference}/correct").content.decode()
    assert "Well." in page
    client.post(f"/contacts/{contact.reference}/children/{first.reference}/correct", corrected)
    first.refresh_from_db()
    assert first.level_of_need == "4"
    page = client.get(f"/contacts/{contact.reference}").content.decode()
    assert "Corrects an earlier decision: Injury seen" in page
    assert "Before: became a referral, level 3" in page


def a_decision(child: ContactChild) -> dict[str, Any]:
    return {
        "children": [child.pk], "outcome": "information", "level_of_need": "2", "reason": "Typed in the second tab",
        "given": "Advice on sleep.",
    }  # fmt: skip


def test_a_contact_decided_in_another_tab_says_so_and_keeps_what_was_typed(
    sign_in: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("casework.common.clock.now", lambda: SATURDAY)
    decider = a_user("service_manager")
    client, contact = sign_in(decider), a_contact(a_child("Ada", "Sample"))
    page = f"/contacts/{contact.reference}/decide"
    sent = {**opened(client, page), **a_decision(contact.children.get())}
    decided(contact, "information", by=decider)
    shown = client.get(page).content.decode()
    assert "This contact has been decided" in shown
    assert "Ada Sample: " in shown
    refused = client.post(page, sent)
    assert refused.status_code == 422
    assert "Ada Sample has been decided already" in refused.content.decode()
    assert "Typed in the second tab" in refused.content.decode()
    assert Decision.objects.count() == 1


def test_whoever_decided_sees_it_through_for_four_weeks_and_nobody_else_does(
    sign_in: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("casework.common.clock.now", lambda: SATURDAY)
    decider, contact = a_user("service_manager"), a_contact()
    page = f"/contacts/{contact.reference}/decide"
    client = sign_in(decider)
    sent = {**opened(client, page), **a_decision(contact.children.get())}
    assert [client.post(page, sent, follow=True).status_code for _ in range(2)] == [200, 200]  # a double click
    assert Decision.objects.count() == 1
    assert sign_in("service_manager").get(page).status_code == 404
    monkeypatch.setattr("casework.common.clock.now", lambda: SATURDAY + timedelta(days=29))
    assert sign_in(decider).get(page).status_code == 404


def test_a_referral_decided_or_closed_in_another_tab_says_so(sign_in: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("casework.common.clock.now", lambda: SATURDAY)
    decider = a_user("service_manager")
    client, contact = sign_in(decider), a_contact(a_child("Ada", "Sample"))
    (child,) = decided(contact)
    referral = child.referrals.get()
    base = f"/referrals/{referral.reference}"
    assert "There is no decision to correct" in client.get(f"{base}/correct").content.decode()
    decide_next_step([referral], Step("information", "Advice is enough."), by=decider, at=SATURDAY)
    closed = "This referral is closed"
    for page, words in {"decide": "The next step has been decided", "close": closed, "team": closed}.items():
        shown = client.get(f"{base}/{page}")
        assert (shown.status_code, words in shown.content.decode()) == (200, True), page
