"""Questions put together once for the process give what the framework itself would, whoever asks and when."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import Count, QuerySet
from django.test.utils import CaptureQueriesContext

from casework.common.kept_queries import Given, KeptQuery, among, numbered, prepared
from casework.common.sql import ALWAYS, NEVER, Holds, Sql
from casework.people.models import Person, Relationship
from tests.casework.making import a_child, an_adult, related

pytestmark = pytest.mark.django_db


def test_a_question_that_is_asked_again_keeps_its_plan() -> None:
    assert [prepared("SELECT $1::int + 1 AS planned_once", [number]) for number in range(7)] == [
        [(number + 1,)] for number in range(7)
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT generic_plans, custom_plans FROM pg_prepared_statements WHERE statement LIKE %s",
            ["%AS planned_once"],
        )
        assert cursor.fetchall() == [(7, 0)]


@pytest.mark.django_db(transaction=True)
def test_a_request_s_first_question_goes_over_a_connection_that_lives(monkeypatch: pytest.MonkeyPatch) -> None:
    [(backend,)] = prepared("SELECT pg_backend_pid()", [])
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [backend])
    other.close()
    monkeypatch.setattr(connection, "health_check_enabled", True)
    monkeypatch.setattr(connection, "health_check_done", False)  # as at the beginning of a request
    assert prepared("SELECT 1", []) == [(1,)]


def test_the_questions_of_all_pages_stay_prepared() -> None:
    for number in range(120):
        prepared(f"SELECT {number} AS one_of_many", [])
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE %s", ["%AS one_of_many"])
        assert cursor.fetchone() == (120,)


def test_places_are_numbered_and_a_doubled_sign_is_one() -> None:
    assert numbered("a = %s AND b LIKE '%%x' AND c = %s") == "a = $1 AND b LIKE '%x' AND c = $2"


WAYS: list[Callable[[Any, Any], QuerySet[Any, Any]]] = [
    lambda person, _keys: Person.objects.filter(pk=person),
    lambda person, _keys: Relationship.objects.filter(person=person).select_related("related").order_by("pk"),
    lambda _person, keys: Person.objects.filter(keys).order_by("-pk"),
    lambda _person, keys: Person.objects.filter(keys).order_by("pk").values("born_on", "surname"),
    lambda _person, keys: Person.objects.filter(keys).order_by("pk").values_list("pk", "no_fixed_address"),
    lambda _person, keys: Person.objects.filter(keys).order_by("pk").values_list("pk", flat=True),
    lambda _person, keys: Person.objects.filter(keys).annotate(kin=Count("relationships")).order_by("pk"),
    lambda _person, keys: Person.objects.filter(keys).defer("surname").order_by("pk"),
    lambda _person, keys: Person.objects.filter(keys).prefetch_related("relationships__related").order_by("pk"),
    lambda person, _keys: Person.objects.none().filter(pk=person),
]


@pytest.mark.parametrize("make", WAYS)
def test_its_rows_are_the_framework_s_own_each_time(make: Callable[[Any, Any], QuerySet[Any, Any]]) -> None:
    children = [a_child(), a_child(born_on=date(2015, 2, 28))]
    for child in children:
        related(child, an_adult())
    kept = KeptQuery(lambda: make(Given("person"), among("pk", "keys")))
    for child, keys in (
        (children[0], [one.pk for one in children]),
        (children[1], [children[1].pk]),
        (children[1], []),
    ):
        asked = kept.ask(person=child.pk, keys=keys)
        own = list(make(child.pk, Holds("pk", Sql("{who} = ANY(%s)", (keys,)))))
        assert asked == own
        assert [_said(one) for one in asked] == [_said(one) for one in own]


def _said(row: object) -> object:
    """All that a row holds, with what was fetched beside it."""
    if not isinstance(row, Person | Relationship):
        return row
    held = {name: value for name, value in vars(row).items() if name != "_state"}
    if "_prefetched_objects_cache" in held:
        held["_prefetched_objects_cache"] = {name: list(its) for name, its in row._prefetched_objects_cache.items()}
    return held, {name: _said(one) for name, one in row._state.fields_cache.items()}


def test_each_condition_makes_a_question_of_its_own_and_its_values_are_given_each_time() -> None:
    first, second = a_child(), a_child()
    made = []

    def make(condition: Sql) -> QuerySet[Person, int]:
        made.append(condition.text)
        return Person.objects.filter(Holds("pk", condition)).order_by("pk").values_list("pk", flat=True)

    kept = KeptQuery(make)
    for who in (first, second, first):
        assert kept.ask(Sql("{who} = %s", (who.pk,))) == [who.pk]
    assert kept.ask(ALWAYS) == sorted([first.pk, second.pk])
    assert kept.ask(NEVER) == []
    assert made == ["{who} = %s", "true", "false"]


def test_it_is_counted_among_a_page_s_questions() -> None:
    with CaptureQueriesContext(connection) as asked:
        KeptQuery(lambda: Person.objects.filter(pk=Given("key"))).ask(key=0)
    assert len(asked) == 1


def test_what_the_database_refuses_is_the_framework_s_own_error() -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        prepared("SELECT 1 / $1::int", [0])
