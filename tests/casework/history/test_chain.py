"""The history: what is changed is written down, nobody can alter it unseen, and the check finds what was altered."""

import pytest
from django.db import ProgrammingError, connection, transaction

from casework.history.models import Entry
from casework.history.tracking import acting
from casework.history.verify import faults
from tests.casework.making import a_child

pytestmark = pytest.mark.django_db(transaction=True)


def changes() -> None:
    with acting(who=7, who_name="Wilma Worker", why="a test", where_from="192.0.2.1"), transaction.atomic():
        child = a_child("Ada")
        child.surname = "Newname"
        child.save()
        child.delete()


def test_each_change_has_an_entry_that_says_who_why_and_what() -> None:
    changes()
    entries = list(Entry.objects.filter(of_table="people.Person"))
    assert [entry.what for entry in entries] == ["insert", "update", "delete"]
    assert {(entry.who, entry.who_name, entry.why, entry.where_from) for entry in entries} == {
        (7, "Wilma Worker", "a test", "192.0.2.1")
    }
    assert entries[1].row["surname"] == "Newname"
    assert entries[0].person == entries[0].row["id"]


def test_a_reason_given_while_a_page_is_saved_leaves_the_address_that_it_came_from() -> None:
    page = acting(who=7, who_name="Wilma Worker", what="/page", where_from="192.0.2.1")
    with page, acting(who=7, who_name="Wilma Worker", why="a reason"), transaction.atomic():
        a_child("Ada")
    entry = Entry.objects.get(of_table="people.Person")
    assert (entry.why, entry.where_from) == ("a reason", "192.0.2.1")


def test_an_untouched_history_holds() -> None:
    changes()
    assert faults() == []


ALTERATIONS = [
    ("UPDATE history_entry SET why = 'another' WHERE position = 2", "its own content was altered"),
    ("DELETE FROM history_entry WHERE position = 2", "an entry before it is missing"),
    ("UPDATE history_entry SET hash = '\\x01' WHERE position = 1", "its own content was altered"),
    ("TRUNCATE people_personevent", "the version it tells of was altered or removed"),
]


@pytest.mark.parametrize(("statement", "found"), ALTERATIONS)
def test_what_even_the_owner_alters_is_found(statement: str, found: str) -> None:
    changes()
    with connection.cursor() as cursor:
        cursor.execute(statement)
    assert any(found in fault.what for fault in faults())


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE history_entry SET why = ''",
        "DELETE FROM history_entry",
        "TRUNCATE history_entry",
        "UPDATE people_personevent SET surname = ''",
        "DELETE FROM people_personevent",
        "DROP TRIGGER history_link ON history_entry",
        "ALTER TABLE history_entry DISABLE TRIGGER ALL",
    ],
)
def test_the_applications_own_role_cannot_alter_it(statement: str) -> None:
    changes()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE casework_app")
        with pytest.raises(ProgrammingError, match=r"permission denied|must be owner"):
            cursor.execute(statement)


def test_a_change_that_is_taken_back_leaves_no_entry() -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        a_child("Ada")
        raise RuntimeError
    assert not Entry.objects.exists()
