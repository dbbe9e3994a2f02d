"""An action is done wholly or not at all; inside another it is a part of it, without a place to go back to."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from casework.common.whole import whole
from casework.people.models import Person
from tests.casework.making import a_child


class Broken(Exception):
    """Something went wrong."""


@whole
def a_part(*, breaks: bool) -> None:
    a_child("Part")
    if breaks:
        raise Broken


@whole
def of_parts(*, breaks: bool) -> None:
    a_child("First")
    a_part(breaks=breaks)
    with whole:
        a_child("Last")


@pytest.mark.django_db
@pytest.mark.parametrize(("breaks", "there"), [(True, []), (False, ["First", "Part", "Last"])])
def test_what_fails_in_a_part_undoes_the_whole(breaks: bool, there: list[str]) -> None:
    try:
        of_parts(breaks=breaks)
    except Broken:
        assert breaks
    assert list(Person.objects.order_by("pk").values_list("forename", flat=True)) == there


@pytest.mark.django_db(transaction=True)
def test_only_the_outermost_asks_the_database_for_a_transaction() -> None:
    with CaptureQueriesContext(connection) as asked:
        of_parts(breaks=False)
    assert [each["sql"] for each in asked if "SAVEPOINT" in each["sql"]] == []
    with pytest.raises(Broken):
        of_parts(breaks=True)
    assert Person.objects.count() == 3


@pytest.mark.django_db(transaction=True)
def test_whoever_goes_on_after_a_part_that_failed_is_told() -> None:
    with pytest.raises(transaction.TransactionManagementError), transaction.atomic():
        with pytest.raises(Broken):
            a_part(breaks=True)
        Person.objects.count()
    with transaction.atomic():
        with pytest.raises(Broken), transaction.atomic():
            a_part(breaks=True)
        assert Person.objects.count() == 0
