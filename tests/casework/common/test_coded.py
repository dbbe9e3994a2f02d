"""A column of codes is written with codes of its set, whoever writes it; what a former system wrote stays."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.db import connection, models, transaction

from casework.common.coded import CodeColumn, OfCodeSet
from casework.common.refused import Refused
from casework.people.models import Address, Person
from tests.casework.making import a_child

STRANGE = "home_visit"
COLUMNS = [
    pytest.param(column, id=f"{model._meta.label}.{column.name}")
    for model in apps.get_models()
    for column in model._meta.concrete_fields
    if any(isinstance(one, OfCodeSet) for one in column.validators) and not hasattr(model, "pgh_tracked_model")
]


@pytest.mark.parametrize("column", COLUMNS)
def test_every_column_of_codes_refuses_what_is_no_code_of_its_set(column: Any) -> None:
    assert isinstance(column, CodeColumn)
    with pytest.raises(Refused, match="“home_visit” is not one of the answers") as refused:
        column.get_db_prep_save(STRANGE, connection)
    assert refused.value.field == column.name
    for code in ("", next(iter(column._allowed))):
        assert column.get_db_prep_save(code, connection) == code


def test_every_column_of_codes_there_is_has_been_tried() -> None:
    assert len(COLUMNS) > 40


@pytest.mark.django_db
def test_one_row_or_many_saved_or_updated_none_gets_in() -> None:
    child = a_child()
    address = Address.objects.create(person=child, kind="", lines="1 Made Up Lane")
    address.kind = STRANGE
    for write in (
        address.save,
        lambda: Address.objects.create(person=child, kind=STRANGE),
        lambda: Address.objects.bulk_create([Address(person=child, kind=STRANGE)]),
        lambda: Address.objects.bulk_update([address], ["kind"]),
        lambda: Address.objects.update(kind=STRANGE),
    ):
        with pytest.raises(Refused), transaction.atomic():
            write()
    assert [one.kind for one in Address.objects.filter(person=child)] == [""]


@pytest.mark.django_db
def test_what_a_former_system_wrote_is_read_and_saved_again_as_it_came() -> None:
    child = a_child()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE people_person SET ethnicity = 'OLD1' WHERE id = %s", [child.pk])
    found = Person.objects.get(pk=child.pk)
    found.given_name = "Adah"
    found.save()
    found.refresh_from_db()
    assert (found.ethnicity, found.given_name) == ("OLD1", "Adah")
    (same,) = Person.objects.filter(ethnicity=found.ethnicity)
    Person.objects.filter(pk=same.pk).update(ethnicity=same.ethnicity)
    assert Person.objects.values_list("ethnicity", flat=True).get(pk=child.pk) == "OLD1"
    same.ethnicity = str(same.ethnicity) + "x"
    with pytest.raises(Refused):
        same.save()


def test_to_the_database_it_is_a_column_of_text_like_any_other() -> None:
    column = Address._meta.get_field("kind")
    assert column.deconstruct()[1] == "django.db.models.CharField"
    assert isinstance(column.clone(), models.CharField)
