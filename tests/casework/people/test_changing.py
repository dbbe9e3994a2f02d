"""Changing what is known of a person, through the pages."""

from datetime import date
from typing import Any

import pytest

from casework.access.models import Restriction
from casework.people.models import Address, Identifier, OtherName, Person, Professional, Relationship, WarningNote
from tests.casework.making import FRIDAY_TEATIME, a_child, a_team, a_user, a_worker, allocated, an_adult, related

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def friday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("casework.common.clock.now", lambda: FRIDAY_TEATIME)


@pytest.fixture
def clocks(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Whose clocks were brought up to date."""
    asked: list[int] = []
    for place in ("adding", "belongings", "details", "relations"):
        monkeypatch.setattr(
            f"casework.people.actions.{place}.bring_up_to_date", lambda people, at: asked.extend(people)
        )
    return asked


def day(name: str, year: int, month: int, number: int) -> dict[str, str]:
    return {f"{name}_day": str(number), f"{name}_month": str(month), f"{name}_year": str(year)}


TOPICS: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    ("name", {"forename": "New", "middle_names": "Ernest", "surname": "Name", "known_as": "Nu"},
     {"forename": "New", "middle_names": "Ernest", "surname": "Name", "known_as": "Nu"}),
    ("birth", {"is_child": "yes", **day("born_on", 2015, 5, 15), "birth_date_estimated": "yes"},
     {"born_on": date(2015, 5, 15), "birth_date_estimated": True}),
    ("identity", {"sex": "F", "gender": "2", "ethnicity": "WBRI"}, {"sex": "F", "gender": "2", "ethnicity": "WBRI"}),
    ("communication", {"first_language": "Polish", "interpreter_needed": "yes", "communication_needs": "Pictures"},
     {"first_language": "Polish", "interpreter_needed": True, "communication_needs": "Pictures"}),
    ("health", {"disabled": "", "disabilities": ["AUT", "COMM"]}, {"disabled": True}),
    ("school", {"upn": "h801200001001", "upn_unknown_reason": ""}, {"upn": "H801200001001"}),
    ("immigration", {"immigration_status": "Leave to remain", "unaccompanied": "yes"}, {"unaccompanied": True}),
    ("living", {"no_fixed_address": "yes"}, {"no_fixed_address": True}),
    ("death", day("died_on", 2026, 11, 1), {"died_on": date(2026, 11, 1)}),
]  # fmt: skip


@pytest.mark.parametrize(("topic", "answers", "known"), TOPICS, ids=[topic for topic, _, _ in TOPICS])
def test_a_topic_is_changed(
    topic: str, answers: dict[str, Any], known: dict[str, Any], sign_in: Any, clocks: list[int]
) -> None:
    child = a_child()
    address = f"/people/{child.reference}/details/{topic}"
    client = sign_in("head_of_service")
    assert client.get(address).status_code == 200
    answer = client.post(address, answers)
    assert answer["Location"] == f"/people/{child.reference}/details"
    child.refresh_from_db()
    assert {name: getattr(child, name) for name in known} == known
    assert (child.version, clocks) == (2, [child.pk])
    assert client.get(answer["Location"]).status_code == 200


def test_several_disabilities_are_kept_and_taken_away(sign_in: Any) -> None:
    child, client = a_child(), sign_in("head_of_service")
    address = f"/people/{child.reference}/details/health"
    client.post(address, {"disabled": "yes", "disabilities": ["AUT", "COMM"]})
    client.post(address, {"disabled": "yes", "disabilities": ["COMM", "HEAR"]})
    assert set(child.disabilities.values_list("disability", flat=True)) == {"COMM", "HEAR"}


def test_a_death_before_birth_is_refused(sign_in: Any) -> None:
    child = a_child()
    answer = sign_in("head_of_service").post(f"/people/{child.reference}/details/death", day("died_on", 2014, 1, 1))
    assert "Died on 1 January 2014 but born on 1 May 2015" in answer.content.decode()


def test_two_who_change_the_same_topic_are_told(sign_in: Any) -> None:
    child, one, two = a_child(), sign_in("head_of_service"), sign_in("head_of_service")
    address = f"/people/{child.reference}/details/name"
    page = two.get(address)
    hidden = {name: page.context[name] for name in ("draft_page", "draft_reference", "draft_version", "submission")}
    one.post(address, {"forename": "Theirs", "surname": "Example"})
    answer = two.post(address, {"forename": "Mine", "surname": "Example", **hidden})
    assert answer.status_code == 409
    shown = answer.content.decode()
    assert "Theirs" in shown and "Mine" in shown
    assert Person.objects.get(pk=child.pk).forename == "Theirs"


def test_what_is_added_is_listed_changed_and_taken_away(sign_in: Any, clocks: list[int]) -> None:
    child, client = a_child(), sign_in("head_of_service")
    rows: list[tuple[str, Any, dict[str, str], str]] = [
        ("names", OtherName, {"kind": "alias", "forename": "Also", "surname": "Called", "restricted": "no"}, "Also"),
        ("numbers", Identifier, {"kind": "home_office", "value": "ab 123"}, "AB123"),
        ("professionals", Professional, {"name": "Terri Teacher", "role": "Teacher"}, "Terri Teacher"),
        ("warnings", WarningNote, {"what": "A large dog", **day("started_on", 2026, 11, 1),
                                   **day("review_on", 2027, 2, 1)}, "A large dog"),
    ]  # fmt: skip
    for kind, model, answers, words in rows:
        address = f"/people/{child.reference}/details/{kind}"
        assert client.get(f"{address}/add").status_code == 200
        assert client.post(f"{address}/add", answers).status_code == 302
        row = model.objects.get(person=child)
        assert words in client.get(f"/people/{child.reference}/details").content.decode()
        assert client.get(f"{address}/{row.pk}").status_code == 200
        assert client.post(f"{address}/{row.pk}", answers).status_code == 302
        asked = client.get(f"{address}/{row.pk}/remove").content.decode()
        assert "Take it away?" in asked and words in asked
        assert client.post(f"{address}/{row.pk}/remove").status_code == 302
        assert not model.objects.filter(person=child).exists()
    assert clocks == [child.pk] * 12


@pytest.mark.parametrize(
    ("kind", "answers", "words"),
    [
        ("names", {"kind": "alias", "restricted": "no"}, "Enter a first name or a family name"),
        ("warnings", {"what": "Dog", **day("started_on", 2026, 11, 1), **day("review_on", 2026, 1, 1)},
         "looked at again after it begins"),
        ("professionals", {"name": "T", "role": "T", **day("started_on", 2026, 11, 1), **day("ended_on", 2026, 1, 1)},
         "cannot end on 1 January 2026"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused(kind: str, answers: dict[str, str], words: str, sign_in: Any) -> None:
    answer = sign_in("head_of_service").post(f"/people/{a_child().reference}/details/{kind}/add", answers)
    assert (answer.status_code, words in answer.content.decode()) == (422, True)


def test_a_number_twice_is_refused(sign_in: Any) -> None:
    child = a_child()
    Identifier.objects.create(person=child, kind="nhs", value="9434765919")
    answer = sign_in("head_of_service").post(
        f"/people/{child.reference}/details/numbers/add", {"kind": "nhs", "value": "943 476 5919"}
    )
    assert "on the record already" in answer.content.decode()


def test_a_closed_name_is_seen_by_few(sign_in: Any) -> None:
    child, team = a_child(), a_team()
    name = OtherName.objects.create(person=child, kind="former", forename="Former", surname="Name", restricted=True)
    allocated(child, a_worker(team=team))
    client = sign_in(a_user("social_worker", team=team))
    assert "Former" not in client.get(f"/people/{child.reference}/details").content.decode().replace("Former name", "")
    assert client.get(f"/people/{child.reference}/details/names/{name.pk}").status_code == 404
    assert "Former Name" in sign_in("head_of_service").get(f"/people/{child.reference}/details").content.decode()


def test_a_family_moves_together(sign_in: Any) -> None:
    child, brother, lodger = a_child(), a_child(), an_adult()
    for one in (child, brother, lodger):
        Address.objects.create(
            person=one, kind="home", lines="1 Test Street", postcode="YO1 7ZZ", started_on=date(2020, 1, 1)
        )
    answer = sign_in("head_of_service").post(
        f"/people/{child.reference}/details/addresses/add",
        {"kind": "home", "lines": "2 New Road", "postcode": "yo18zz", **day("started_on", 2026, 11, 20),
         "ends_before": "yes", "others": [str(brother.pk)]},
    )  # fmt: skip
    assert answer.status_code == 302
    for one in (child, brother):
        before, now = one.addresses.order_by("pk")
        assert (before.ended_on, now.postcode, now.ended_on) == (date(2026, 11, 20), "YO1 8ZZ", None)
    assert lodger.addresses.get().ended_on is None


def test_a_relation_may_be_recorded_from_either_side(sign_in: Any, clocks: list[int]) -> None:
    child, mother, client = a_child("Carl"), an_adult("Mona"), sign_in("head_of_service")
    found = client.get(f"/people/{mother.reference}/family/find", {"q": "carl"}).content.decode()
    address = f"/people/{mother.reference}/family/with/{child.reference}"
    assert address in found
    assert client.get(address).status_code == 200
    client.post(address, {"relationship": "of:mother", "parental_responsibility": "yes"})
    row = Relationship.objects.get()
    assert (row.person, row.related, row.relationship, row.parental_responsibility) == (child, mother, "mother", True)
    assert set(clocks) == {child.pk, mother.pk}
    again = client.post(f"/people/{child.reference}/family/with/{mother.reference}", {"relationship": "mother"})
    assert "recorded already" in again.content.decode()


def test_a_relation_is_ended_and_taken_away_and_both_records_are_newer(sign_in: Any) -> None:
    child, father, client = a_child(), an_adult(), sign_in("head_of_service")
    row = related(child, father, "father")
    address = f"/people/{father.reference}/family/relation/{row.pk}"
    assert client.get(address).status_code == 200
    client.post(address, {"parental_responsibility": "no", **day("ended_on", 2026, 1, 2)})
    row.refresh_from_db()
    assert (row.parental_responsibility, row.ended_on) == (False, date(2026, 1, 2))
    assert {Person.objects.get(pk=one.pk).version for one in (child, father)} == {2}
    assert client.post(f"{address}/remove").status_code == 302
    assert not Relationship.objects.exists()


def test_a_relation_is_no_way_into_a_record_out_of_reach(sign_in: Any) -> None:
    team, elsewhere = a_team(), a_team("Beryl", service="Elsewhere")
    child, stranger, hidden = a_child(), an_adult("Zara"), an_adult("Hidden")
    allocated(child, a_worker(team=team))
    allocated(stranger, a_worker(team=elsewhere))
    Restriction.objects.create(person=hidden, reason="Staff", owner=a_user("director"), started_at=FRIDAY_TEATIME)
    client = sign_in(a_user("social_worker", team=team))
    for other in (stranger, hidden):
        address = f"/people/{child.reference}/family/with/{other.reference}"
        assert client.get(address).status_code == 404
        assert client.post(address, {"relationship": "mother"}).status_code == 404
    assert "Out of your reach" in client.get(f"/people/{child.reference}/family/find", {"q": "zara"}).content.decode()
    row = related(child, hidden, "mother")
    assert client.get(f"/people/{child.reference}/family/relation/{row.pk}").status_code == 404


@pytest.mark.parametrize("role", ["director", "reviewing_officer"])
def test_who_may_read_alone_changes_nothing(role: str, sign_in: Any) -> None:
    child, client = a_child(), sign_in(role)
    for page in ("details/name", "details/names/add", "details/addresses/add", "family/find"):
        assert client.get(f"/people/{child.reference}/{page}").status_code == 404
    assert "Change" not in client.get(f"/people/{child.reference}/details").content.decode().replace("changed", "")
    assert "Relative or carer" not in client.get(f"/people/{child.reference}").content.decode()


def test_the_forms_ask_few_questions_of_the_database(sign_in: Any, django_assert_max_num_queries: Any) -> None:
    child, client = a_child(), sign_in("head_of_service")
    for page in ("details/name", "details/health", "details/warnings/add", "details/addresses/add"):
        with django_assert_max_num_queries(25):
            client.get(f"/people/{child.reference}/{page}")
