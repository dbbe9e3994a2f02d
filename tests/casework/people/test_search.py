"""Finding people: by any part of what is known, and never anybody who is closed to the reader."""

from datetime import date, timedelta
from typing import Any

import pytest

from casework.access import throttle
from casework.access.models import BreakGlass, Named, Restriction
from casework.accounts.models import User
from casework.common import clock
from casework.history.models import Entry
from casework.people.asked import parse
from casework.people.found import lines as lines_of
from casework.people.models import Address, Identifier, OtherName, Person
from casework.people.search import NUMBER, Match, find
from tests.casework.making import FRIDAY_TEATIME, a_child, a_team, a_user, a_worker, allocated, an_adult

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 27)


@pytest.fixture(autouse=True)
def friday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("casework.common.clock.now", lambda: FRIDAY_TEATIME)


@pytest.fixture
def user(db: None) -> User:
    return a_user("head_of_service")


def found(text: str, user: User) -> list[str]:
    """The first names of those found, in order."""
    matches = find(parse(text, TODAY), user)
    names = dict(Person.objects.values_list("pk", "forename"))
    return [names[match.person] for match in matches]


@pytest.mark.parametrize(
    "text",
    [
        "carl example", "CARL", "example carl", "Example, Carl", "exam", "ca ex", "c example", "c e example", "charlie",
        "ernest", "carl ernest example", "karl example", "carl exampel", "exmaple", "cral example",
        "carl example 2015", "1/5/2015", "may 2015", "carl 1 may 2015", "yo1 7zz", "yo1", "carl yo1 7", "P777",
        "943 476 5919", "A801200001001", "zoe secondname", "José",
    ],
)  # fmt: skip
def test_a_child_is_found_by_any_part_of_what_is_known(text: str, user: User) -> None:
    child = a_child("Carl", "Example", middle_names="Ernest José", known_as="Charlie", reference="P777",
                    upn="A801200001001")  # fmt: skip
    Address.objects.create(person=child, postcode="YO1 7ZZ", lines="1 Test Street")
    Identifier.objects.create(person=child, kind="nhs", value="9434765919")
    OtherName.objects.create(person=child, forename="Zoë", surname="Secondname")
    a_child("Wrong", "Person", born_on=date(2012, 2, 2), upn="B801200001001")
    assert found(text, user) == ["Carl"]


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("Steven Philips", "stephen phillips"),
        ("Catherine Smyth", "kathryn smith"),
        ("Siân O'Brien", "sian obrien"),
        ("Siân O'Brien", "sian o'brien"),
        ("Łukasz Nowak", "lukasz nowak"),
        ("Mohammed Hussain", "muhammad hussein"),
        ("Anne-Marie Smith-Jones", "annemarie jones"),
    ],
)
def test_spelling_and_accents_do_not_matter(written: str, typed: str, user: User) -> None:
    forename, surname = written.split(" ", 1)
    a_child(forename, surname)
    a_child("Wrong", "Person")
    assert found(typed, user) == [forename]


def test_the_best_match_is_first_and_the_youngest_of_equals(user: User) -> None:
    for forename, surname, born in (
        ("Older", "Smith", 2010), ("Younger", "Smith", 2014), ("Begins", "Smithson", 2020), ("Sounds", "Smyth", 2022),
    ):  # fmt: skip
        a_child(forename, surname, born_on=date(born, 1, 1))
    a_child("Unborn", "Smith", born_on=None, expected_on=date(2027, 1, 1))
    a_child("Undated", "Smith", born_on=None)
    assert found("smith", user) == ["Unborn", "Younger", "Older", "Undated", "Begins", "Sounds"]


def test_a_number_is_found_before_a_name(user: User) -> None:
    a_child("Name", "Y01")
    a_child("Number", reference="Y01")
    assert found("y01", user)[0] == "Number"


def test_a_merged_record_is_found_as_the_one_it_became(user: User) -> None:
    kept, lost = a_child("Kept", "Example"), a_child("Lost", "Previous", reference="P888")
    lost.merged_into = kept
    lost.save()
    assert found("P888", user) == ["Kept"]
    assert found("previous", user) == ["Kept"]


def test_a_restricted_person_is_found_only_by_those_named(user: User) -> None:
    child, named, owner = a_child("Hidden"), a_user("social_worker"), a_user("director")
    restriction = Restriction.objects.create(person=child, reason="Staff", owner=owner, started_at=FRIDAY_TEATIME)
    Named.objects.create(restriction=restriction, user=named)
    assert found("hidden", user) == []
    assert found(child.reference, user) == []
    assert found("1/5/2015", user) == []
    assert found("hidden", named) == found("hidden", owner) == ["Hidden"]
    BreakGlass.objects.create(
        person=child, user=user, reason="Duty", opened_at=FRIDAY_TEATIME, until=FRIDAY_TEATIME + timedelta(hours=1)
    )
    assert found("hidden", user) == ["Hidden"]


def test_a_closed_former_name_finds_nobody_for_most(user: User) -> None:
    OtherName.objects.create(
        person=a_child("Adopted"), forename="Birth", surname="Name", kind="former", restricted=True
    )
    assert found("birth name", a_user("social_worker")) == []
    assert found("birth name", user) == ["Adopted"]


@pytest.mark.parametrize(
    "text", ["%", "_", "carl%", "'; drop table people_person; --", "\\", "a" * 500, "b c d e f g h i"]
)
def test_whatever_is_typed_does_no_harm(text: str, user: User) -> None:
    a_child("Wrong", "Person")
    assert found(text, user) == []


def test_the_page_shows_what_tells_people_apart_and_why_they_were_found(sign_in: Any, user: User) -> None:
    child = a_child("Carl")
    Address.objects.create(person=child, lines="1 Test Street", postcode="YO1 7ZZ")
    allocated(child, user.worker)
    shown = sign_in(user).get("/people/find", {"q": "exanple"}).content.decode()
    for words in ("Carl Example", "11 years", "born 1 May 2015", "1 Test Street, YO1 7ZZ", str(user.worker)):
        assert words in shown
    assert "spelt much the same" in shown


def test_somebody_out_of_reach_is_a_line_and_not_a_link(sign_in: Any) -> None:
    child, elsewhere = a_child("Carl"), a_team("Beryl", service="Elsewhere")
    Address.objects.create(person=child, lines="1 Test Street", postcode="YO1 7ZZ")
    allocated(child, a_worker(team=elsewhere))
    shown = sign_in("social_worker").get("/people/find", {"q": "carl"}).content.decode()
    for words in ("Carl Example", "11 years", "YO1", "Beryl", f"/open-a-record?number={child.reference}"):
        assert words in shown
    for words in (f'href="/people/{child.reference}"', "1 Test Street", "YO1 7ZZ", "1 May 2015"):
        assert words not in shown


def test_a_search_is_written_down_as_a_count_and_a_keyed_digest(sign_in: Any, user: User) -> None:
    a_child("Carl")
    client = sign_in(user)
    for text in ("carl", "CARL ", "somebody else"):
        client.get("/people/find", {"q": text})
    entries = list(Entry.objects.filter(what__startswith="search").order_by("position").values_list("what", "why"))
    assert [what for what, _ in entries] == ["search: 1 found", "search: 1 found", "search: 0 found"]
    assert entries[0][1] == entries[1][1] != entries[2][1]
    assert "carl" not in str(entries).lower()


def test_searching_without_end_is_stopped(sign_in: Any, user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(throttle.LIMITS, "search", throttle.Limit(2, 60))
    client = sign_in(user)
    answers = [client.get("/people/find", {"q": "carl"}).status_code for _ in range(3)]
    assert answers == [200, 200, 429]


def test_the_count_begins_again_once_the_time_is_over(user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(throttle.LIMITS, "search", throttle.Limit(2, 60))
    other, over = a_user("social_worker"), []
    for second in (0, 1, 59, 60, 61, 62):
        monkeypatch.setattr(clock, "now", lambda second=second: FRIDAY_TEATIME + timedelta(seconds=second))
        over.append(throttle.too_often(user, "search"))
    assert over == [False, False, True, False, False, True]
    assert not throttle.too_often(other, "search") and not throttle.too_often(user, "alike")


def test_a_full_page_asks_few_questions(sign_in: Any, user: User, django_assert_max_num_queries: Any) -> None:
    for _ in range(12):
        allocated(a_child("Carl"), user.worker)
        an_adult("Carl")
    client = sign_in(user)
    client.get("/people/find", {"q": "carl"})
    with django_assert_max_num_queries(25):
        assert client.get("/people/find", {"q": "carl"}).content.decode().count("Carl Example") >= 24


def test_the_address_of_somebody_found_is_where_they_live_now(user: User) -> None:
    child = a_child()
    for lines, began, ended in (
        ("1 Old Road", date(2015, 1, 1), date(2019, 1, 1)), ("3 Now Road", date(2021, 1, 1), None),
        ("2 Then Road", date(2019, 1, 1), date(2021, 1, 1)),
    ):  # fmt: skip
        Address.objects.create(person=child, lines=lines, started_on=began, ended_on=ended)
    (line,) = lines_of([Match(child.pk, NUMBER, "")], user, TODAY)
    assert line.address == "3 Now Road"


def test_a_manager_is_led_to_merge_those_born_on_one_day(sign_in: Any) -> None:
    one, two, other = a_child("Carl"), a_child("Karl"), a_child("Carla", born_on=date(2011, 1, 1))
    address = {child: f'href="/people/{child.reference}/merge?q=carl"' for child in (one, two, other)}
    shown = sign_in("head_of_service").get("/people/find?q=carl").content.decode()
    assert [child for child in address if address[child] in shown] == [one, two]
    assert "/merge" not in sign_in("reviewing_officer").get("/people/find?q=carl").content.decode()
