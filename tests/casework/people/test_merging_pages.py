"""The pages of merging, and the genogram's, as they are asked for."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from casework.access.models import Restriction
from casework.people.models import Address, Merge, Person
from tests.casework.making import FRIDAY_TEATIME, a_child, a_user, an_adult, related

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def friday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("casework.common.clock.now", lambda: FRIDAY_TEATIME)


def text(client: Any, name: str, *args: Any) -> str:
    return " ".join(client.get(reverse(name, args=args)).content.decode().split())


def closed(person: Person) -> Person:
    Restriction.objects.create(person=person, reason="x", owner=a_user("director"), started_at=FRIDAY_TEATIME)
    return person


def test_the_likely_same_are_offered_and_never_oneself_or_a_closed_record(sign_in: Any) -> None:
    one, two, hidden = a_child("Carl"), a_child("Karl"), closed(a_child("Carl", "Examplar"))
    shown = text(sign_in("head_of_service"), "find_same", one.reference)
    offered = {who: reverse("merge_with", args=[one.reference, who.reference]) in shown for who in (one, two, hidden)}
    assert offered == {one: False, two: True, hidden: False}


def test_what_will_come_over_is_told_and_nobody_closed_is_named(sign_in: Any) -> None:
    one, two, mother = a_child("Carl"), a_child("Karl"), an_adult("Mona")
    hidden = closed(an_adult("Secretly"))
    for child in (one, two):
        related(child, mother)
        related(child, hidden, "father")
    Address.objects.create(person=two, lines="1 Test Street")
    shown = text(sign_in("head_of_service"), "merge_with", one.reference, two.reference)
    assert "<li>1 address</li>" in shown
    assert "Related: Mona Example; Relationship: Mother" in shown
    assert "somebody whose record is closed to you" in shown and "Secretly" not in shown


def test_a_merge_is_made_and_undone_by_its_pages(sign_in: Any) -> None:
    one, two, client = a_child("Carl"), a_child("Karl"), sign_in("head_of_service")
    address = reverse("merge_with", args=[one.reference, two.reference])
    assert client.post(address, {"reason": "The school says so"}).status_code == 422
    assert not Merge.objects.exists()
    made = client.post(address, {"reason": "The school says so", "which_name": "goes"}, follow=True)
    assert "Karl Example" in made.content.decode() and "became part of this record" in made.content.decode()
    Address.objects.create(person=one, lines="2 New Road")
    merge = Merge.objects.get()
    undo = reverse("undo_merge", args=[one.reference, merge.pk])
    asked = " ".join(client.get(undo).content.decode().split())
    assert "Carl Example (in place of Karl Example" in asked and "Lines: 2 New Road" in asked
    assert "Record merged" not in asked
    client.post(undo, {"reason": "They are cousins"})
    assert Person.objects.get(pk=two.pk).merged_into is None
    assert "They are cousins" in text(client, "merges", one.reference)


def test_a_merge_of_another_record_is_not_undone_from_here(sign_in: Any) -> None:
    one, two, other, client = a_child(), a_child(), a_child(), sign_in("head_of_service")
    merge = Merge.objects.create(stays=one, goes=two, reason="x", at=FRIDAY_TEATIME, by=client.user)
    assert client.get(reverse("undo_merge", args=[other.reference, merge.pk])).status_code == 404


def a_large_family() -> tuple[Person, Person]:
    """A child, and a half-sister of whose father nothing else is known; a grandmother, and a foster carer."""
    child, half = a_child("Carl"), a_child("Hettie", born_on=date(2020, 1, 1))
    mother, father, granny = an_adult("Mona"), an_adult("Otto"), an_adult("Granny")
    carer, stranger = an_adult("Carrie"), a_child("Stranger")
    for one in (child, half):
        related(one, mother)
        Address.objects.create(person=one, lines="1 Test Street", postcode="ZZ1 1ZZ")
    related(half, father, "father")
    related(mother, granny)
    related(child, carer, "foster_carer")
    related(stranger, carer, "foster_carer")
    return child, half


def test_the_family_is_drawn_as_far_as_grandparents_and_half_brothers_fathers(sign_in: Any) -> None:
    child, half = a_large_family()
    related(child, closed(a_child("Secretly")), "sibling")
    shown = text(sign_in("head_of_service"), "person_genogram", child.reference)
    for name in ("Carl", "Hettie", "Mona", "Otto", "Granny", "Carrie"):
        assert name in shown
    assert "Stranger" not in shown and "Secretly" not in shown and "could not be drawn" not in shown
    assert f'href="/people/{half.reference}"' in shown
    assert "Lives with (1 Test Street): Hettie Example" in shown


def test_of_those_further_off_who_are_out_of_reach_only_the_name_is_drawn(sign_in: Any) -> None:
    child, half = a_large_family()
    worker = a_user("social_worker")
    child.allocations.create(worker=worker.worker, service=worker.worker.service, started_on=date(2026, 1, 5))
    shown = text(sign_in(worker), "person_genogram", child.reference)
    assert "Otto Example, aged" not in shown and "Otto Example" in shown
    assert "Hettie Example, born 1 January 2020" in shown and f'href="/people/{half.reference}"' not in shown
    assert "1 Test Street" not in shown


def test_what_contradicts_itself_is_told_and_not_drawn(sign_in: Any) -> None:
    one, two = a_child("Carl"), a_child("Otto")
    related(one, two, "mother")
    related(two, one, "mother")
    assert "What could not be drawn" in text(sign_in("head_of_service"), "person_genogram", one.reference)
