"""Conditions and expressions whose SQL is put together beforehand."""

import pytest
from django.db.models import Exists, F, OuterRef

from casework.common.sql import Once
from casework.people.models import Person, Relationship
from tests.casework.making import a_child, an_adult, related

pytestmark = pytest.mark.django_db


def test_what_is_put_together_once_is_about_the_table_by_the_name_it_has_in_each_query() -> None:
    child, other = a_child(), a_child()
    related(child, an_adult())
    kin = Relationship.objects.filter(person=OuterRef("pk"), related__forename__gt="")
    people = Person.objects.filter(is_child=True).annotate(has_kin=Once(Exists(kin)))
    for _ in range(2):
        assert dict(people.values_list("pk", "has_kin")) == {child.pk: True, other.pk: False}
    within = people.filter(has_kin=True).values("pk")
    assert list(Person.objects.filter(is_child=True, pk__in=within)) == [child]
    named_otherwise = Person.objects.filter(Exists(people.filter(has_kin=True, pk=OuterRef("pk"))))
    assert list(named_otherwise) == [child]
    assert people.filter(has_kin=F("is_child")).count() == 1
