"""The record's own pages: who it is about, what is said before anything else, and what other apps add."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from casework.access.models import BreakGlass, Restriction
from casework.people import panels
from casework.people.models import Address, Person, Professional, WarningNote
from tests.casework.making import FRIDAY_TEATIME, a_child, a_team, a_user, a_worker, allocated, an_adult, related

pytestmark = pytest.mark.django_db
PAGES = ("", "/family", "/details", "/chronology")
AT_MOST = {"": 10}
"""Questions that the overview may ask, whose panels ask theirs together."""


@pytest.fixture(autouse=True)
def friday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("casework.common.clock.now", lambda: FRIDAY_TEATIME)


@pytest.fixture
def added() -> Iterator[None]:
    """What a test adds to records is gone after it."""
    before = dict(panels._parts)
    yield
    panels._parts.clear()
    panels._parts.update(before)


def a_family(brothers: int = 2) -> Person:
    """A child with parents, brothers and sisters, a home and everything else that the pages show."""
    child, mother, father = a_child("Carl"), an_adult("Mona"), an_adult("Fred")
    for one in (child, *(a_child() for _ in range(brothers))):
        related(one, mother, "mother", parental_responsibility=True, started_on=date(2015, 5, 1))
        related(one, father, "father", started_on=date(2016, 5, 1), ended_on=date(2020, 5, 1))
        Address.objects.create(person=one, kind="home", lines="1 Test Street", postcode="ZZ1 1ZZ")
    for _ in range(brothers):
        Professional.objects.create(person=child, name="Terri Teacher", role="Teacher")
    return child


def text(client: Any, person: Person, page: str = "") -> str:
    answer = client.get(f"/people/{person.reference}{page}")
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


@pytest.mark.parametrize("page", PAGES)
def test_a_page_asks_as_many_questions_for_ten_relatives_as_for_two(
    page: str, sign_in: Any, django_assert_max_num_queries: Any
) -> None:
    client, child = sign_in("head_of_service"), a_family(10)
    text(client, child, page)
    with django_assert_max_num_queries(AT_MOST.get(page, 24)):
        text(client, child, page)


def test_the_bar_says_who_this_is(sign_in: Any) -> None:
    client, team = sign_in("head_of_service"), a_team("Amber")
    child = a_child("Carl", known_as="Charlie", born_on=date(2024, 10, 1), gender="2")
    allocated(child, a_worker("Wilma Worker", team=team))
    shown = text(client, child)
    for words in (
        "Carl Example",
        "known as Charlie",
        "1 October 2024 (2 years)",
        child.reference,
        "Wilma Worker, Amber",
    ):
        assert words in shown


@pytest.mark.parametrize(
    ("details", "words"),
    [
        ({"born_on": None, "expected_on": date(2027, 3, 1)}, "Unborn"),
        ({"born_on": None}, "not known"),
        ({"born_on": date(2015, 5, 15), "birth_date_estimated": True}, "about 15 May 2015 (about 11 years)"),
        ({"died_on": date(2020, 5, 1)}, "died aged 5 years"),
    ],
)
def test_what_is_not_as_usual_is_said(details: dict[str, Any], words: str, sign_in: Any) -> None:
    assert words in text(sign_in("head_of_service"), a_child(**details))


def test_a_warning_is_above_everything_and_says_when_its_review_was_due(sign_in: Any) -> None:
    child = a_child()
    WarningNote.objects.create(
        person=child, what="A large dog", started_on=date(2026, 1, 1), review_on=date(2026, 11, 26)
    )
    WarningNote.objects.create(
        person=child, what="An old warning", started_on=date(2025, 1, 1), review_on=date(2025, 6, 1),
        ended_on=date(2025, 6, 1),
    )  # fmt: skip
    shown = text(sign_in("head_of_service"), child)
    assert shown.index("A large dog") < shown.index(child.full_name + "</span>")
    assert "Review was due on 26 November 2026" in shown
    assert "An old warning" not in shown


def test_the_bar_says_that_a_record_is_restricted_and_open_for_a_while(sign_in: Any) -> None:
    child, user = a_child(), a_user("social_worker")
    Restriction.objects.create(person=child, reason="Staff", owner=a_user("head_of_service"), started_at=FRIDAY_TEATIME)
    BreakGlass.objects.create(
        person=child, user=user, reason="Duty", opened_at=FRIDAY_TEATIME, until=FRIDAY_TEATIME.replace(hour=21)
    )
    shown = text(sign_in(user), child)
    assert "Restricted record" in shown
    assert "Open to you until 27 November 2026 at 9:00pm" in shown


def test_a_restricted_brother_is_nowhere_on_the_record(sign_in: Any) -> None:
    child = a_family(2)
    brother = next(one for one in Person.objects.filter(is_child=True).order_by("-pk") if one != child)
    brother.forename = "Hidden"
    brother.save()
    client = sign_in("head_of_service")
    assert "Hidden" in text(client, child)
    Restriction.objects.create(person=brother, reason="Staff", owner=a_user("director"), started_at=FRIDAY_TEATIME)
    for page in PAGES:
        assert "Hidden" not in text(client, child, page)


def test_a_relation_is_read_from_both_sides(sign_in: Any) -> None:
    child = a_family(1)
    mother = Person.objects.get(forename="Mona")
    client = sign_in("head_of_service")
    assert "has parental responsibility for Carl Example" in text(client, child, "/family")
    shown = text(client, mother, "/family")
    assert "Carl Example" in shown
    assert "Mona Example has parental responsibility" in shown


def test_children_of_one_mother_are_brothers_and_sisters_without_being_told(sign_in: Any) -> None:
    assert "same mother" in text(sign_in("head_of_service"), a_family(1), "/family")


@pytest.mark.usefixtures("added")
def test_an_app_adds_a_panel_a_page_and_an_addition(sign_in: Any) -> None:
    child = a_child()
    panels.add(panels.Panel("new", "New panel", 5, "people.read", lambda _r, _p: {}, "people/panels/working.html"))
    panels.add(panels.Panel("empty", "Nothing here", 6, "people.read", lambda _r, _p: None, "people/panels/who.html"))
    panels.add(panels.Panel("closed", "Closed panel", 7, "people.merge", lambda _r, _p: {}, "people/panels/who.html"))
    panels.add(panels.RecordPage("new", "New page", 150, "people.read", "person_family"))
    panels.add(panels.RecordPage("adult", "Adults only", 160, "people.read", "person", lambda who: not who.is_child))
    panels.add(panels.Addition("new", "New thing", 5, "people.write", "person_details"))
    allocated(child, (user := a_user("social_worker")).worker)
    client = sign_in(user)
    shown = text(client, child)
    assert "New panel" in shown and "New page" in shown and "New thing" in shown
    assert "Nothing here" not in shown and "Closed panel" not in shown and "Adults only" not in shown


@pytest.mark.parametrize(
    ("forename", "surname", "name"),
    [
        ("", "Sample", "Unborn Sample (expected 3 Feb 2027)"),
        ("", "", "Unborn child (expected 3 Feb 2027)"),
        ("Baby", "Sample", "Baby Sample (unborn, expected 3 Feb 2027)"),
        ("Unborn", "Sample", "Unborn Sample (expected 3 Feb 2027)"),
    ],
)
def test_an_unborn_child_is_told_apart_by_when_the_birth_is_expected(forename: str, surname: str, name: str) -> None:
    child = Person(forename=forename, surname=surname, expected_on=date(2027, 2, 3))
    assert child.full_name == name
    child.born_on = date(2027, 2, 1)
    assert child.full_name == (f"{forename} {surname}".strip() or "Name not known")


def test_when_a_child_out_of_reach_is_expected_is_not_said(sign_in: Any) -> None:
    a_child("", "Faraway", born_on=None, expected_on=date(2027, 2, 3))
    page = sign_in("social_worker").get("/people/find?q=Faraway").content.decode()
    assert "Out of your reach" in page
    assert "Feb 2027" not in page
