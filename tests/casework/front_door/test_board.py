"""The triage board: its order, its filters, what each contact waits for; and how many queries each page asks."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from casework.front_door.actions.contacts import Said, name_people, record_contact, set_sharing_basis, take_contact
from casework.front_door.actions.partners import answer_question, ask_agency
from casework.front_door.models import Contact, Referral
from casework.front_door.queries.board import Asked, Tally, board
from tests.casework.making import FRIDAY_TEATIME, a_child, a_user, an_adult, related
from tests.casework.making_contacts import AN_HOUR, a_contact, a_message, decided

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(db: None) -> Any:
    return a_user("front_door_officer")


def shown(user: Any, at: Any = FRIDAY_TEATIME, **asked: str) -> list[Any]:
    return board(user, Asked(**asked), page="1", at=at, today=at.date()).rows


def wall(user: Any, at: Any) -> Tally:
    return board(user, Asked(urgency="next_day"), page="1", at=at, today=at.date()).tally


def test_least_time_left_comes_first_and_the_most_urgent_where_asked(officer: Any) -> None:
    late = a_contact(a_child("Late"), at=FRIDAY_TEATIME - timedelta(days=2), urgency="next_day")
    new, middle = a_contact(at=FRIDAY_TEATIME), a_contact(at=FRIDAY_TEATIME - AN_HOUR, urgency="next_day")
    assert [row.contact for row in shown(officer)] == [late, middle, new]
    assert [row.contact for row in shown(officer, sort="urgency")] == [new, late, middle]
    assert [row.faces[0].late for row in shown(officer)] == [True, False, False]


def test_the_wall_counts_each_clock(officer: Any) -> None:
    a_contact(at=FRIDAY_TEATIME - timedelta(days=3))
    a_contact()
    saturday = FRIDAY_TEATIME + timedelta(days=1, minutes=1)
    assert dict(wall(officer, saturday).late) == {"The authority’s hours": 2, "Guidance’s working day": 1}


def test_what_each_contact_waits_for(officer: Any) -> None:
    record_contact(a_message(), by=officer, at=FRIDAY_TEATIME)
    waiting = [row.waiting_for for row in shown(officer)]
    assert waiting == ["Children to be named"]
    contact = Contact.objects.get()
    name_people(contact, [Said(forename="Ada")], by=officer, at=FRIDAY_TEATIME)
    assert [row.waiting_for for row in shown(officer)] == ["Names to be matched"]
    other = set_sharing_basis(a_contact(), basis="consent", reason="", by=officer, at=FRIDAY_TEATIME)
    asked = ask_agency(other, kind="health", agency="Amberford Health", question="?", by=officer, at=FRIDAY_TEATIME,
                       about=[other.children.get().person])  # fmt: skip
    [row] = shown(officer, waiting="partners")
    assert (row.contact, row.outstanding, row.asked) == (other, ["Amberford Health"], 1)
    answer_question(asked, answer="nothing", said="", said_by="x", by=officer, at=FRIDAY_TEATIME)
    [row] = shown(officer, waiting="decision")
    assert (row.contact, row.outstanding, row.asked) == (other, [], 1)
    decided(other, "information")
    assert shown(officer, waiting="decision") == []


@pytest.mark.parametrize(
    ("asked", "count"),
    [({"source": "6"}, 1), ({"source": "1"}, 1), ({"source": "9"}, 1), ({"urgency": "today"}, 2),
     ({"agency": "example"}, 1), ({"taken": "me"}, 1), ({"taken": "nobody"}, 2), ({"source": "4"}, 0)],
)  # fmt: skip
def test_filters(asked: dict[str, str], count: int, officer: Any) -> None:
    take_contact(a_contact(), by=officer, at=FRIDAY_TEATIME)
    a_contact(source="1A", agency="", urgency="next_day")
    a_contact(source="10", agency="Example place")
    assert len(shown(officer, **asked)) == count


def test_filters_stay_in_the_address_there_and_back(sign_in: Any) -> None:
    client, contact = sign_in("front_door_officer"), a_contact()
    board = client.get("/contacts?source=6&sort=urgency").content.decode()
    assert f"/contacts/{contact.reference}?source=6&amp;sort=urgency" in board
    page = client.get(f"/contacts/{contact.reference}?source=6&sort=urgency").content.decode()
    assert 'href="/contacts?source=6&amp;sort=urgency"' in page


def test_first_child_how_many_others_and_their_ages(officer: Any) -> None:
    a_contact(a_child("Ada", "Sample"), a_child(born_on=None, expected_on=FRIDAY_TEATIME.date()), a_child(born_on=None))
    name_people(Contact.objects.get(), [Said(forename="Ben", age_said=4)], by=officer, at=FRIDAY_TEATIME)
    [row] = shown(officer)
    assert (row.first, row.others, row.ages) == ("Ada Sample", 3, "11 years, unborn, age not known, about 4")


def busy(number: int) -> Contact:
    """A contact of as many children, among as many contacts, each child with a history."""
    mother = an_adult()
    children = [a_child() for _ in range(number)]
    for child in children:
        related(child, mother)
        Referral.objects.create(person=child, received_on=FRIDAY_TEATIME.date() - timedelta(days=400))
        decided(a_contact(child, at=FRIDAY_TEATIME - timedelta(days=9)), "information")
        a_contact(at=FRIDAY_TEATIME)
    contact = a_contact(*children, mother)
    officer = a_user("front_door_officer")
    set_sharing_basis(contact, basis="consent", reason="", by=officer, at=FRIDAY_TEATIME)
    for _ in range(number):
        ask_agency(contact, kind="health", agency="Amberford Health", question="?", about=children, by=officer,
                   at=FRIDAY_TEATIME)  # fmt: skip
    name_people(contact, [Said(forename="Child", surname="Example")] * 5, by=officer, at=FRIDAY_TEATIME)
    return contact


@pytest.mark.parametrize("number", [1, 8])
def test_no_page_asks_more_however_much_there_is(number: int, sign_in: Any) -> None:
    contact, client = busy(number), sign_in("group_manager")
    child = contact.children.first()
    at = f"/contacts/{contact.reference}"
    for address in ("/contacts", "/contacts?waiting=partners&sort=urgency", at, f"{at}/match", f"{at}/family",
                    f"{at}/decide", f"{at}/ask", f"{at}/tell", f"{at}/sharing", f"{at}/people", "/contacts/record",
                    f"/people/{child.person.reference}/contacts"):  # fmt: skip
        if address.endswith("/family"):
            related(a_child(), child.person.relationships.get().related)
        _asks_at_most(client, address)
    referrals = [one.referrals.get() for one in decided(a_contact(*(a_child() for _ in range(number))))]
    for address in (
        "/referrals",
        f"/referrals/{referrals[0].reference}",
        f"/referrals/{referrals[0].reference}/decide",
    ):
        _asks_at_most(client, address)


def _asks_at_most(client: Client, address: str) -> None:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200, address
    own = [one["sql"] for one in asked if "SAVEPOINT" not in one["sql"]]  # those are of the test's own transaction
    assert len(own) < 25, (address, len(own))
