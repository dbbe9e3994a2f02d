"""Adding a person: never before a search, never beside somebody alike without looking."""

from datetime import date
from typing import Any

import pytest

from casework.access.models import Restriction
from casework.people.duplicates import New, likely
from casework.people.models import Identifier, Person
from tests.casework.making import FRIDAY_TEATIME, a_child, a_user, an_adult

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 27)


@pytest.fixture(autouse=True)
def friday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("casework.common.clock.now", lambda: FRIDAY_TEATIME)


def sent(**answers: str) -> dict[str, str]:
    """A new child as the page sends it."""
    return {"forename": "Carl", "surname": "Example", "is_child": "yes", "no_fixed_address": "no", **answers}


BORN = {"born_on_day": "1", "born_on_month": "5", "born_on_year": "2015"}
ADD = "/people/add?q=carl+example"


def test_there_is_no_adding_without_a_search(sign_in: Any) -> None:
    client = sign_in("social_worker")
    assert client.get("/people/add")["Location"] == "/people/find"
    assert client.post("/people/add", sent())["Location"] == "/people/find"
    assert not Person.objects.filter(forename="Carl").exists()
    assert "/people/add?q=carl" in client.get("/people/find", {"q": "carl"}).content.decode()
    assert "/people/add" not in client.get("/people/find").content.decode()


def test_the_page_begins_with_what_was_searched_for(sign_in: Any) -> None:
    shown = sign_in("social_worker").get("/people/add", {"q": "carl example 1/5/2015 yo1 7zz"}).content.decode()
    for value in ('value="Carl"', 'value="Example"', 'value="2015"', 'value="YO1 7ZZ"'):
        assert value in shown


def test_a_child_is_added_under_a_number_and_can_be_opened(sign_in: Any) -> None:
    client = sign_in("social_worker")
    answer = client.post(ADD, sent(**BORN, postcode="yo17zz", nhs="943 476 5919", middle_names="Ernest"))
    child = Person.objects.get(forename="Carl")
    assert answer["Location"] == f"/people/{child.reference}"
    assert child.reference.startswith("P") and len(child.reference) == 9
    assert (child.born_on, child.middle_names, child.is_child) == (date(2015, 5, 1), "Ernest", True)
    assert child.recorded_by == client.user.worker
    assert child.addresses.get().postcode == "YO1 7ZZ"
    assert child.identifiers.get().value == "9434765919"
    assert client.get(answer["Location"]).status_code == 200
    assert sign_in(a_user("cin_practitioner")).get(answer["Location"]).status_code == 404


@pytest.mark.parametrize(
    "answers",
    [
        {},
        {"forename": "", "surname": "", "expected_on_day": "1", "expected_on_month": "2", "expected_on_year": "2027"},
        {**BORN, "born_on_day": "15", "birth_date_estimated": "yes"},
        {"surname": ""},
        {"no_fixed_address": "yes", "is_child": "no"},
    ],
)
def test_little_has_to_be_known(answers: dict[str, str], sign_in: Any) -> None:
    assert sign_in("social_worker").post(ADD, sent(**answers)).status_code == 302
    assert Person.objects.filter(reference__startswith="P1").count() == 1


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({"forename": "", "surname": ""}, "Enter a name, or the expected date"),
        ({**BORN, "born_on_year": "2030"}, "must be 27 November 2026 or earlier"),
        ({**BORN, "born_on_year": "1850"}, "more than 120 years ago"),
        ({"is_child": "no", "expected_on_day": "1", "expected_on_month": "2", "expected_on_year": "2027"},
         "Only a child can be expected"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused(answers: dict[str, str], words: str, sign_in: Any) -> None:
    answer = sign_in("social_worker").post(ADD, sent(**answers))
    assert (answer.status_code, words in answer.content.decode()) == (422, True)


def test_somebody_alike_stops_it_until_each_has_been_looked_at(sign_in: Any) -> None:
    client, there = sign_in("head_of_service"), a_child("Karl", "Exampel")
    stopped = client.post(ADD, sent(**BORN))
    assert stopped.status_code == 422
    assert there.reference in (shown := stopped.content.decode())
    assert "Karl Exampel" in shown and "the same birth date" in shown
    assert client.post(ADD, sent(**BORN, looked_at=there.reference)).status_code == 422
    assert client.post(ADD, sent(**BORN, looked_at="P0", not_these="on")).status_code == 422
    assert client.post(ADD, sent(**BORN, looked_at=there.reference, not_these="on")).status_code == 302


def test_those_alike_are_given_while_typing(sign_in: Any) -> None:
    client = sign_in("head_of_service")
    a_child("Karl", "Exampel")
    shown = client.post("/people/alike", sent(**{**BORN, "born_on_month": "", "born_on_day": ""})).content.decode()
    assert "Karl Exampel" in shown
    assert "Is it one of these?" not in client.post("/people/alike", sent(forename="Zz", surname="Qq")).content.decode()
    assert client.get("/people/alike").status_code == 405


def why(new: New, user: Any) -> dict[str, str]:
    return {line.person.full_name: line.why for line in likely(new, user, TODAY)}


def test_who_is_alike_and_who_is_not() -> None:
    user = a_user("head_of_service")
    a_child("Same", "Example")
    a_child("Father", "Example", born_on=date(1985, 5, 2))
    a_child("Turned", "Example", born_on=date(2015, 1, 5))
    number = an_adult("Other", "Name")
    Identifier.objects.create(person=number, kind="nhs", value="9434765919")
    found = why(New("Same", "Example", date(2015, 5, 1), numbers=("943 476 5919",)), user)
    assert found["Other Name"] == "the same NHS number"
    assert found["Same Example"] == "the same name, the same birth date"
    assert "Father Example" not in found
    assert "birth date much like it" in why(New("Turned", "Example", date(2015, 5, 1)), user)["Turned Example"]


def test_an_unborn_child_of_the_same_family_is_alike() -> None:
    a_child(surname="Example", forename="Baby", born_on=None, expected_on=date(2027, 2, 1))
    found = why(New("", "Example", None, date(2027, 2, 20)), a_user("head_of_service"))
    assert list(found) == ["Baby Example (unborn, expected 1 Feb 2027)"]


def test_a_restricted_child_is_not_among_those_alike() -> None:
    child = a_child("Same", "Example")
    Restriction.objects.create(person=child, reason="Staff", owner=a_user("director"), started_at=FRIDAY_TEATIME)
    assert why(New("Same", "Example", date(2015, 5, 1)), a_user("head_of_service")) == {}


def test_a_number_that_does_not_fit_is_warned_of_and_saved(sign_in: Any) -> None:
    answer = sign_in("social_worker").post(ADD, sent(nhs="9434765918"), follow=True)
    assert "its last figure does not fit" in answer.content.decode()
    assert Identifier.objects.get().value == "9434765918"


def test_the_page_asks_few_questions_of_the_database(sign_in: Any, django_assert_max_num_queries: Any) -> None:
    client = sign_in("head_of_service")
    for _ in range(10):
        a_child("Carl")
    client.post("/people/alike", sent(**BORN))
    with django_assert_max_num_queries(25):
        client.post("/people/alike", sent(**BORN))
