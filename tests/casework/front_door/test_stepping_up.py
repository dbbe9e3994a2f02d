"""Early help asks social care to take a family: a contact with its clocks, and what its decision does to early help."""

from datetime import date, timedelta
from typing import Any

import pytest

from casework.accounts.models import User
from casework.common.refused import Refused
from casework.early_help import actions as early_help
from casework.early_help.models import FamilyAssessment
from casework.front_door.actions.decisions import Verdict, correct, decide
from casework.front_door.actions.stepping_up import step_up
from casework.front_door.models import Contact
from casework.front_door.reading import visible_contacts
from casework.people.models import Person
from tests.casework.making import FRIDAY_TEATIME, a_child, a_team, a_user

pytestmark = pytest.mark.django_db
AT, LATER = FRIDAY_TEATIME, FRIDAY_TEATIME + timedelta(hours=2)
LONG = "He hit her again. " * 60
ASKED = {"reason": LONG, "urgency": "today", "basis": "consent", "basis_reason": ""}


def helped(*children: Person) -> tuple[User, FamilyAssessment]:
    by = a_user("early_help_worker", team=a_team("Amber early help", service="Early help", stage="early_help"))
    assert by.worker
    return by, early_help.begin(
        children, organisation="", lead_practitioner="Tina Teacher", team=by.worker.team, by=by, at=AT
    )


def decided(contact: Contact, outcome: str, given: str = "") -> None:
    verdict = Verdict(outcome=outcome, level_of_need="4", reason="x", given=given)
    by = a_user("service_manager", team=a_team("Front door", stage="front_door"))
    decide(contact.children.all(), verdict, by=by, at=LATER)


def test_the_front_door_has_it_whole_at_once_with_its_clock_and_the_children_matched() -> None:
    ada, ben = a_child("Ada"), a_child("Ben")
    by, family = helped(ada, ben)
    contact = step_up(family, [ada, ben], by=by, at=AT, **ASKED)
    assert (contact.concern, contact.source, contact.agency) == (LONG.strip(), "5D", "Amber early help")
    assert (contact.received_at, contact.sharing_basis, contact.stepped_up_from) == (AT, "consent", family)
    assert {child.person for child in contact.children.all()} == {ada, ben}
    assert [one.clock for one in ada.obligations.all()] == ["contact_decision_24h_york"]
    assert visible_contacts(a_user("front_door_officer")).filter(pk=contact.pk).exists()
    assert family.closed_on is None
    with pytest.raises(Refused, match="asked on 27 November 2026 and has not decided yet"):
        step_up(family, [ada], by=by, at=AT, **ASKED)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [({"reason": " "}, "what has changed"), ({"basis": "risk"}, "without their agreement")],
)
def test_what_the_front_door_needs_is_asked_for(wrong: dict[str, str], says: str) -> None:
    ada = a_child("Ada")
    by, family = helped(ada)
    with pytest.raises(Refused, match=says):
        step_up(family, [ada], by=by, at=AT, **{**ASKED, **wrong})
    assert not Contact.objects.exists()


def test_early_help_ends_as_stepped_up_once_social_care_has_every_child() -> None:
    ada, ben = a_child("Ada"), a_child("Ben")
    by, family = helped(ada, ben)
    first = step_up(family, [ada], by=by, at=AT, **ASKED)
    decided(first, "referral")
    family.refresh_from_db()
    assert family.closed_on is None, "Ben is still helped"
    decided(step_up(family, [ben], by=by, at=AT, **ASKED), "referral")
    family.refresh_from_db()
    assert (family.closed_on, family.outcome) == (date(2026, 11, 27), "stepped_up")
    told = by.notices.filter(text="The front door has decided on a family that you stepped up.")
    assert told.count() == 2


def test_early_help_goes_on_with_what_is_asked_where_social_care_does_not_take_the_child() -> None:
    ada = a_child("Ada")
    by, family = helped(ada)
    contact = step_up(family, [ada], by=by, at=AT, **ASKED)
    decided(contact, "early_help", "Keep at it with the freedom programme")
    family.refresh_from_db()
    assert (family.closed_on, family.stepped_down_reason) == (None, "Keep at it with the freedom programme")
    decider = a_user("service_manager", team=a_team("Front door", stage="front_door"))
    verdict = Verdict(outcome="referral", level_of_need="4", reason="He came back")
    correct(contact.children.get(), verdict, correction_reason="He came back", by=decider, at=LATER)
    family.refresh_from_db()
    assert family.outcome == "stepped_up"


def test_it_is_asked_from_the_familys_page(sign_in: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("casework.common.clock.now", lambda: AT)
    ada, ben = a_child("Ada"), a_child("Ben")
    by, family = helped(ada, ben)
    client = sign_in(by)
    sent = {"children": [ada.pk], **ASKED}
    assert client.post(f"/early-help/{family.pk}/step-up", sent).status_code == 302
    assert Contact.objects.get().children.get().person == ada
    page = client.get(f"/early-help/{family.pk}").content.decode()
    assert "The front door was asked on 27 November 2026 and has not decided yet." in page
    again = client.post(f"/early-help/{family.pk}/step-up", sent)
    assert "Ring it with what is new" in again.content.decode()
