"""What other agencies are asked, and how little a partner's account sees."""

from datetime import date
from typing import Any

import pytest

from casework.common.refused import Refused
from casework.front_door.actions.contacts import set_sharing_basis
from casework.front_door.actions.partners import answer_question, ask_agency
from casework.front_door.models import Contact, Contribution
from casework.history.models import Entry
from casework.notices.models import Notice
from casework.people.models import Address, WarningNote
from tests.casework.making import FRIDAY_TEATIME, a_child, a_user
from tests.casework.making_contacts import a_contact, decided

pytestmark = pytest.mark.django_db
HEALTH = "Amberford Health"


def a_contact_to_share(*children: Any) -> Contact:
    contact = a_contact(*children)
    by = a_user("front_door_officer")
    return set_sharing_basis(contact, basis="consent", reason="Mother agreed", by=by, at=FRIDAY_TEATIME)


def asked(contact: Contact, agency: str = HEALTH, about: Any = None, **details: Any) -> Contribution:
    people = about or [child.person for child in contact.children.all()]
    return ask_agency(
        contact, **{"kind": "health", "question": "Any injuries seen?", **details}, agency=agency, about=people,
        by=a_user("front_door_officer"), at=FRIDAY_TEATIME,
    )  # fmt: skip


@pytest.fixture
def partner(sign_in: Any) -> Any:
    return sign_in(a_user("partner", agency=HEALTH))


def test_nobody_is_asked_before_the_ground_for_sharing_is_recorded() -> None:
    with pytest.raises(Refused, match="First record consent"):
        asked(a_contact())


@pytest.mark.parametrize(("basis", "reason", "says"), [
    ("risk", " ", "without their consent"), ("refused", "", "without their consent"), ("", "x", "on what ground"),
])  # fmt: skip
def test_the_ground_for_sharing_without_consent_has_its_reason(basis: str, reason: str, says: str) -> None:
    by = a_user("front_door_officer")
    with pytest.raises(Refused, match=says):
        set_sharing_basis(a_contact(), basis=basis, reason=reason, by=by, at=FRIDAY_TEATIME)


def test_a_partner_sees_the_question_and_who_it_is_about_and_nothing_else(partner: Any) -> None:
    child, sister = a_child("Ada", "Sample", born_on=date(2015, 3, 2)), a_child("Bea", "Sample")
    Address.objects.create(person=child, kind="home", lines="3 Example Street", postcode="AM1 1AA")
    WarningNote.objects.create(person=child, what="Dogs bite", started_on=date(2026, 1, 1), review_on=date(2027, 1, 1))
    contact = a_contact_to_share(child, sister)
    question = asked(contact, about=[child])
    asked(contact, agency="Amberford Police", question="Any calls to the address?")
    page = partner.get(f"/questions/{question.reference}").content.decode()
    for shown in ("Ada Sample", "2 March 2015", "3 Example Street, AM1 1AA", "Any injuries seen?"):
        assert shown in page
    for hidden in ("Bea Sample", "Shouting heard", "Dogs bite", "Any calls", "Amberford Police", child.reference):
        assert hidden not in page
    read = Entry.objects.get(kind="read", person=child.pk)
    assert (read.what, read.why) == ("question to a partner", f"asked: {HEALTH}")


def test_a_partner_answers_once_in_its_own_words(partner: Any) -> None:
    question = asked(a_contact_to_share())
    answer = {"answer": "known", "said": "Seen for a burn in May."}
    assert partner.post(f"/questions/{question.reference}", answer).url == "/questions"
    question.refresh_from_db()
    assert (question.said, question.said_by, question.answered_by) == (answer["said"], partner.user.name, partner.user)
    assert "Seen for a burn in May." in partner.get(f"/questions/{question.reference}").content.decode()
    with pytest.raises(Refused, match="has answered this"):
        answer_question(question, answer="nothing", said="", said_by="", by=partner.user, at=FRIDAY_TEATIME)


def test_another_agency_or_none_sees_nothing(sign_in: Any) -> None:
    question = asked(a_contact_to_share())
    for agency in ("Amberford Police", "", "Amberford Health Trust"):
        client = sign_in(a_user("partner", agency=agency))
        assert "Asked" not in client.get("/questions").content.decode()
        assert client.get(f"/questions/{question.reference}").status_code == 404
        assert client.post(f"/questions/{question.reference}", {"answer": "nothing"}).status_code == 404


def test_a_partner_has_no_other_page_of_the_front_door(partner: Any) -> None:
    contact = a_contact_to_share()
    asked(contact)
    reference = contact.reference
    for address in ("/contacts", "/contacts/record", f"/contacts/{reference}", f"/contacts/{reference}/ask",
                    f"/contacts/{reference}/match", f"/contacts/{reference}/decide", "/referrals",
                    f"/people/{contact.children.get().person.reference}"):  # fmt: skip
        assert partner.get(address).status_code == 404, address


def test_once_decided_the_question_is_closed_to_the_partner(partner: Any) -> None:
    contact = a_contact_to_share()
    question = asked(contact)
    assert "Any injuries seen?" in partner.get("/questions").content.decode()
    decided(contact, "information")
    assert "Any injuries seen?" not in partner.get("/questions").content.decode()
    assert partner.get(f"/questions/{question.reference}").status_code == 404


def test_the_agencys_accounts_and_then_whoever_has_the_contact_are_told(partner: Any) -> None:
    officer = a_user("front_door_officer")
    contact = a_contact_to_share()
    contact.taken_by = officer.worker
    contact.save()
    question = asked(contact)
    assert [(notice.user, "Ada" in notice.text) for notice in Notice.objects.all()] == [(partner.user, False)]
    answer_question(question, answer="nothing", said="", said_by="x", by=partner.user, at=FRIDAY_TEATIME)
    assert Notice.objects.filter(user=officer).count() == 1


def test_who_knows_something_says_what(sign_in: Any) -> None:
    client, contact = sign_in("front_door_officer"), a_contact_to_share()
    question = asked(contact, agency="Example School")
    address = f"/contacts/{contact.reference}/asked/{question.reference}"
    refused = client.post(address, {"answer": "known", "said": "", "said_by": "Ms Head"})
    assert refused.status_code == 422
    assert "Write what they said" in refused.content.decode()
    client.post(address, {"answer": "nothing", "said": "", "said_by": "Ms Head"})
    page = client.get(f"/contacts/{contact.reference}").content.decode()
    assert "They know nothing of them." in page


def test_an_agency_is_asked_on_the_page(sign_in: Any, partner: Any) -> None:
    client, contact = sign_in("front_door_officer"), a_contact_to_share()
    child = contact.children.get().person
    address = f"/contacts/{contact.reference}/ask"
    assert f"{HEALTH} (sees the question here)" in client.get(address).content.decode()
    question = {"agency": "another", "other_agency": "", "kind": "school", "about": [str(child.pk)], "question": "Any?"}
    assert "Write the name of the agency" in client.post(address, question).content.decode()
    client.post(address, {**question, "other_agency": "Example School"})
    client.post(address, {**question, "agency": HEALTH, "kind": "health"})
    assert set(Contribution.objects.values_list("agency", "kind")) == {("Example School", "school"), (HEALTH, "health")}
