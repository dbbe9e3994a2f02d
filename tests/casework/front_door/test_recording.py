"""Recording a contact and finding out who it is about, through the pages."""

import re
from datetime import date
from typing import Any

import pytest
from django.utils import timezone

from casework.common.refused import Refused
from casework.front_door.actions.contacts import Said, change_contact, name_people, set_contact_aside
from casework.front_door.actions.families import relate_family
from casework.front_door.actions.matching import add_people, match, match_with_new, set_aside
from casework.front_door.families import parent_said
from casework.front_door.models import Contact, ContactChild, Named
from casework.history.models import Entry
from casework.people.models import Address, Person, Relationship
from tests.casework.making import FRIDAY_TEATIME, a_child, a_user, an_adult, related
from tests.casework.making_contacts import AN_HOUR, a_contact, a_message

pytestmark = pytest.mark.django_db

MESSAGE = {
    "received_at_day": "27", "received_at_month": "11", "received_at_year": "2026", "received_at_time": "17:00",
    "out_of_hours": "no", "source": "6", "agency": "Amberford Police", "caller_name": "PC Pat Sample",
    "caller_telephone": "01632 960123", "concern": "Called to shouting.\nThree children at home.", "urgency": "today",
    "children": "3", "adults": "1",
}  # fmt: skip


@pytest.fixture(autouse=True)
def friday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("casework.common.clock.now", lambda: FRIDAY_TEATIME + AN_HOUR)


def recorded(client: Any, **changes: str) -> Any:
    return client.post("/contacts/record", {**MESSAGE, **changes})


def test_a_police_notification_for_three_children_one_unborn(sign_in: Any) -> None:
    client = sign_in("front_door_officer")
    known = a_child("Ada", "Sample", born_on=date(2015, 3, 2))
    answer = recorded(client)
    contact = Contact.objects.get()
    assert answer.url == f"/contacts/{contact.reference}/people?children=3&adults=1"
    assert client.get(answer.url).content.decode().count('name="child_') > 3 * 6
    people = {
        "child_1_forename": "Ada", "child_1_surname": "Sample",
        "child_1_born_on_day": "2", "child_1_born_on_month": "3", "child_1_born_on_year": "2015",
        "child_2_forename": "Ben", "child_2_surname": "Sample", "child_2_age_said": "4",
        "child_3_expected_on_day": "1", "child_3_expected_on_month": "march", "child_3_expected_on_year": "2027",
        "adult_1_forename": "Mo", "adult_1_surname": "Sample", "adult_1_part": "Mother",
        "address": "3 Example Street", "postcode": "am1 1aa",
    }  # fmt: skip
    answer = client.post(answer.url, people)
    assert answer.url == f"/contacts/{contact.reference}/match"
    page = client.get(answer.url).content.decode()
    assert f"record {known.reference} (same birth date)" in page
    ada, ben, baby, mo = (f"named_{named.pk}" for named in Named.objects.order_by("pk"))
    assert re.search(r'value="yes"[^>]* checked', page)  # one family name was said: they seem to be one family
    client.post(answer.url, {ada: str(known.pk), ben: "new", baby: "new", mo: "new", "family": "yes"})

    children = [child.person for child in ContactChild.objects.order_by("pk")]
    assert [child.full_name for child in children] == ["Ada Sample", "Ben Sample", "Unborn child (expected 1 Mar 2027)"]
    assert children[0] == known
    assert (children[1].born_on, children[2].expected_on) == (None, date(2027, 3, 1))
    assert Person.objects.get(forename="Mo").is_child is False
    assert Address.objects.get(person=children[1]).postcode == "AM1 1AA"
    assert contact.received_at == FRIDAY_TEATIME
    page = client.get(f"/contacts/{contact.reference}").content.decode()
    assert "Unborn child (expected 1 Mar 2027)" in page
    assert all(re.fullmatch(r"P\d{8}", one.reference) for one in [*children[1:], Person.objects.get(forename="Mo")])
    mother = Person.objects.get(forename="Mo")
    assert {(row.person, row.relationship) for row in mother.related_to.all()} == {(one, "mother") for one in children}
    assert not Relationship.objects.filter(relationship="sibling").exists()  # that follows from their mother
    assert "Called to shouting." in page


def test_the_contact_is_safe_before_anybody_is_named(sign_in: Any) -> None:
    client = sign_in("front_door_officer")
    recorded(client)
    assert "No child named yet" in client.get("/contacts").content.decode()


def test_a_contact_begun_from_a_record_is_about_that_person(sign_in: Any) -> None:
    client = sign_in("front_door_officer")
    child = a_child()
    client.post(f"/people/{child.reference}/contact", {**MESSAGE, "children": "0", "adults": "0"})
    assert ContactChild.objects.get().person == child


def test_what_comes_next_week_cannot_be_recorded_today(sign_in: Any) -> None:
    answer = recorded(sign_in("front_door_officer"), received_at_day="28")
    assert answer.status_code == 422
    assert "cannot be in the future" in answer.content.decode()


def test_a_worker_who_does_not_triage_records_and_names_but_does_not_match(sign_in: Any) -> None:
    client = sign_in("business_support")
    answer = client.post(recorded(client).url, {"child_1_forename": "Ada", "child_1_surname": "Sample"})
    assert Named.objects.get().forename == "Ada"
    assert client.get(answer.url).status_code == 200
    assert client.get(f"{answer.url}/match").status_code == 404


def test_brothers_and_sisters_on_record_are_added_in_one_go(sign_in: Any) -> None:
    client = sign_in("front_door_officer")
    one, two, three, mother = a_child(), a_child(), a_child(), an_adult()
    for child in (one, two, three):
        related(child, mother)
    contact = a_contact(one)
    client.post(f"/contacts/{contact.reference}/family", {"people": [str(two.pk), str(three.pk)]})
    assert set(contact.children.values_list("person", flat=True)) == {one.pk, two.pk, three.pk}


def test_a_search_finds_whom_the_likely_matches_do_not(sign_in: Any) -> None:
    client = sign_in("front_door_officer")
    contact, child = a_contact(), a_child("Zebedee", "Elsewhere")
    [named] = name_people(contact, [Said(forename="Zeb")], by=client.user, at=FRIDAY_TEATIME)
    address = f"/contacts/{contact.reference}/named/{named.pk}/find?q={child.reference}"
    assert "Zebedee Elsewhere" in client.get(address).content.decode()
    client.post(address, {"person": str(child.pk)})
    assert contact.children.filter(person=child).exists()


def test_the_same_person_is_in_a_contact_once() -> None:
    by, child = a_user("front_door_officer"), a_child()
    contact = a_contact(child)
    [again] = name_people(contact, [Said(forename="Same")], by=by, at=FRIDAY_TEATIME)
    with pytest.raises(Refused, match="in this contact already"):
        match(again, child, by=by, at=FRIDAY_TEATIME)
    set_aside(again, reason="Named twice", by=by, at=FRIDAY_TEATIME)
    with pytest.raises(Refused, match="already"):
        match_with_new(again, by=by, at=FRIDAY_TEATIME)


def test_a_contact_with_children_is_decided_and_not_set_aside() -> None:
    by = a_user("front_door_officer")
    with pytest.raises(Refused, match="decide on each"):
        set_contact_aside(a_contact(), reason="Twice", by=by, at=FRIDAY_TEATIME)


def test_the_second_of_two_who_change_a_contact_is_told() -> None:
    by, contact = a_user("front_door_officer"), a_contact()
    change_contact(contact, a_message(concern="First"), version=contact.version, by=by, at=FRIDAY_TEATIME)
    stale = Contact.objects.get()
    with pytest.raises(Refused, match="Somebody else changed this"):
        change_contact(stale, a_message(concern="Second"), version=stale.version - 1, by=by, at=FRIDAY_TEATIME)
    assert Contact.objects.get().concern == "First"


def test_an_adult_is_not_added_as_a_child() -> None:
    by, contact = a_user("front_door_officer"), a_contact()
    [named] = name_people(contact, [Said(is_child=True, forename="Mo")], by=by, at=FRIDAY_TEATIME)
    with pytest.raises(Refused, match="on record as an adult"):
        match(named, an_adult("Mo"), by=by, at=FRIDAY_TEATIME)
    add_people(contact, [an_adult("Jo")], by=by, at=FRIDAY_TEATIME)
    assert contact.children.count() == 1


def test_everybody_in_a_contact_that_is_opened_is_noted_as_looked_at(sign_in: Any) -> None:
    client, child, adult = sign_in("front_door_officer"), a_child(), an_adult()
    contact = a_contact(child, adult)
    client.get(f"/contacts/{contact.reference}")
    looked = Entry.objects.filter(kind="read", what="contact").values_list("person", flat=True)
    assert set(looked) == {
        child.pk,
        adult.pk,
    }
    assert timezone.is_aware(contact.recorded_at)


PARENTS_SAID = (
    ("Mother", "mother"), ("their mum", "mother"), ("The children’s father", "father"), ("parent.", "parent"),
    ("mother’s partner", ""), ("Grandmother", ""), ("neighbour", ""), ("", ""),
)  # fmt: skip


@pytest.mark.parametrize(("said", "code"), PARENTS_SAID)
def test_only_a_plain_parent_is_taken_for_one(said: str, code: str) -> None:
    assert parent_said(said) == code


def named_and_matched(*said: Said) -> tuple[Contact, Any]:
    by = a_user("front_door_officer")
    contact = a_contact()
    contact.children.all().delete(), contact.named.all().delete()
    for named in name_people(contact, said, by=by, at=FRIDAY_TEATIME):
        match_with_new(named, by=by, at=FRIDAY_TEATIME)
    return contact, by


def test_children_of_a_contact_without_a_parent_are_brothers_and_sisters_of_each_other() -> None:
    contact, by = named_and_matched(Said(forename="Ada"), Said(forename="Ben"), Said(expected_on=date(2027, 3, 1)))
    for _ in range(2):  # said twice is recorded once
        relate_family(contact, by=by, at=FRIDAY_TEATIME)
    rows = Relationship.objects.values_list("person__forename", "related__forename", "relationship")
    assert sorted(rows) == [("Ada", "", "sibling"), ("Ada", "Ben", "sibling"), ("Ben", "", "sibling")]


def test_what_is_on_record_of_a_family_is_not_contradicted() -> None:
    contact, by = named_and_matched(
        Said(forename="Ada"), Said(forename="Mo", is_child=False, part="mother"),
        Said(forename="Ned", is_child=False, part="neighbour"),
    )  # fmt: skip
    ada, known = Person.objects.get(forename="Ada"), an_adult("Mona")
    related(ada, known)
    relate_family(contact, by=by, at=FRIDAY_TEATIME)
    assert [row.related for row in ada.relationships.all()] == [known]


def test_matching_one_by_one_asks_whether_they_are_one_family_too(sign_in: Any) -> None:
    contact = a_contact()
    said = Said(forename="Mona", surname="Example", is_child=False, part="mother")
    (named,) = name_people(contact, [said], by=a_user("front_door_officer"), at=FRIDAY_TEATIME)
    child, mona = contact.named.get(is_child=True).person, an_adult("Mona")
    client, page = sign_in("front_door_officer"), f"/contacts/{contact.reference}/named/{named.pk}/find?q=Mona"
    assert "one family?" in client.get(page).content.decode()
    assert client.post(page, {"person": mona.pk, "family": "yes"}).status_code == 302
    assert [(row.related, row.relationship) for row in child.relationships.all()] == [(mona, "mother")]


def test_children_who_are_not_said_to_be_one_family_are_not_related(sign_in: Any) -> None:
    contact = a_contact()
    name_people(contact, [Said(forename="Zed", surname="Other")], by=a_user("front_door_officer"), at=FRIDAY_TEATIME)
    client, page = sign_in("front_door_officer"), f"/contacts/{contact.reference}/match"
    assert "one family?" in client.get(page).content.decode()
    named = contact.named.get(forename="Zed")
    assert client.post(page, {f"named_{named.pk}": "new", "family": ""}).status_code == 302
    assert not Relationship.objects.exists()
