"""Two records of one person made one and made two again, with nothing lost."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.core import serializers
from django.db import models, transaction
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casework.access.models import BreakGlass, Named, Restriction
from casework.accounts.models import User
from casework.canonical.reading import rows_of
from casework.common.refused import Refused
from casework.deadlines.models import Obligation
from casework.early_help.models import AssessedChild, FamilyAssessment
from casework.front_door.actions.decisions import decide
from casework.front_door.queries.contact import children_of
from casework.front_door.reading import visible_contacts, waiting
from casework.notices.models import Notice
from casework.people.actions.merging import merge, undo
from casework.people.family import family_of
from casework.people.merging.differences import GOES, STAYS, TOPICS, compare
from casework.people.merging.pointers import pointers, rows_clashing
from casework.people.models import (
    Address,
    Disability,
    Identifier,
    Merge,
    OtherName,
    Person,
    Professional,
    Relationship,
    WarningNote,
)  # fmt: skip
from casework.people.reading import readable
from tests.casework.making import FRIDAY_TEATIME, a_child, a_team, a_user, allocated, an_adult, related
from tests.casework.making_contacts import a_contact, a_verdict

pytestmark = pytest.mark.django_db
AT = FRIDAY_TEATIME
LATER = AT + timedelta(days=3)


@pytest.fixture(autouse=True)
def friday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("casework.common.clock.now", lambda: FRIDAY_TEATIME)


@pytest.fixture
def by(db: None) -> User:
    return a_user("head_of_service")


def merged(stays: Person, goes: Person, by: User, **choices: str) -> Merge:
    """Merged, with the answers of `stays` where they differ and nothing else is said."""
    asked = {one.topic.code: STAYS for one in compare(stays, goes)}
    return merge(stays, goes, choices={**asked, **choices}, reason="One child", by=by, at=AT)


def undone(made: Merge, by: User) -> list[Any]:
    return undo(made, reason="Two children", by=by, at=LATER)


def everything() -> dict[str, Any]:
    """Every row that names a person or a restriction; without versions, which only grow, and what is worked out."""
    found = {}
    models = {pointer.model for pointer in pointers()} | {Person, BreakGlass, Named, Obligation}
    for model in models:
        for row in json.loads(serializers.serialize("json", model._default_manager.order_by("pk"))):
            for name in ("version", "worked_out_at"):
                row["fields"].pop(name, None)
            key = json.dumps(row["fields"]) if model is Obligation else row["pk"]
            found[f"{row['model']}:{key}"] = row["fields"]
    return found


def test_every_column_that_names_a_person_is_known() -> None:
    found = {(pointer.label, pointer.column) for pointer in pointers()}
    assert {
        ("people.Address", "person"), ("people.Relationship", "person"), ("people.Relationship", "related"),
        ("people.Person", "merged_into"), ("allocation.Allocation", "person"), ("front_door.Referral", "person"),
        ("front_door.ContactChild", "person"), ("access.Restriction", "person"),
    } <= found  # fmt: skip
    every = {
        (model._meta.label, field.name)
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.concrete_fields
        if field.related_model is Person and not hasattr(model, "pgh_tracked_model")
    }
    left_out = {label for label, _ in every - found}
    assert left_out == {"deadlines.Obligation", "access.BreakGlass", "people.Merge"}


def test_every_answer_about_a_person_is_compared() -> None:
    asked = {name for topic in TOPICS for name in topic.columns}
    mine = {field.name for field in Person._meta.concrete_fields if field.editable and not field.primary_key}
    assert mine - asked == {"is_child", "merged_into"}


def test_everything_of_the_one_is_the_others_and_its_number_leads_there(by: User, sign_in: Any) -> None:
    stays, goes, mother = a_child("Carl"), a_child("Karl"), an_adult()
    related(goes, mother)
    Address.objects.create(person=goes, lines="1 Test Street")
    allocated(goes, by.worker)
    made = merged(stays, goes, by)
    assert stays.relationships.get().related == mother
    assert stays.addresses.get().lines == "1 Test Street"
    assert stays.allocations.count() == 1
    assert {label for label, _, _ in made.moved} >= {"people.Relationship", "people.Address", "allocation.Allocation"}
    assert made.aside == []
    assert stays.other_names.get().forename == "Karl"
    assert stays.identifiers.get(kind="former_local").value == goes.reference
    client = sign_in(by)
    shown = client.get(f"/people/{goes.reference}").content.decode()
    assert stays.reference in shown and "Carl Example" in shown
    assert stays.reference in client.get(f"/people/find?q={goes.reference}").content.decode()


def test_what_both_have_stays_with_the_one_that_goes_and_is_listed(by: User) -> None:
    stays, goes, mother = a_child(), a_child(), an_adult()
    for one in (stays, goes):
        related(one, mother)
        Disability.objects.create(person=one, disability="AUT")
        allocated(one, by.worker)
    Disability.objects.create(person=goes, disability="COMM")
    related(goes, stays, "sibling")
    made = merged(stays, goes, by)
    kinds = sorted(label for label, _, _ in made.aside)
    assert kinds == ["allocation.Allocation", "people.Disability", "people.Relationship", "people.Relationship"]
    assert set(stays.disabilities.values_list("disability", flat=True)) == {"AUT", "COMM"}
    family = family_of(stays, by)
    assert [one.person for one in (*family.relatives, *family.siblings)] == [mother]
    assert [one.person for one in family_of(mother, by).children] == [stays]


def test_unknown_is_filled_and_what_differs_is_as_chosen(by: User) -> None:
    stays = a_child("Carl", known_as="Caz", upn="H801200001001", first_language="")
    goes = a_child("Karl", born_on=date(2015, 5, 15), upn="Z801200001002", first_language="Polish", ward="Amber")
    made = merged(stays, goes, by, name=GOES, birth=GOES)
    stays.refresh_from_db()
    assert (stays.forename, stays.known_as, stays.born_on) == ("Karl", "Caz", date(2015, 5, 15))
    assert (stays.upn, stays.first_language) == ("H801200001001", "Polish")
    assert [one.forename for one in stays.other_names.all()] == ["Carl"]
    assert stays.identifiers.get(kind="former_upn").value == "Z801200001002"
    undone(made, by)
    stays.refresh_from_db()
    assert (stays.forename, stays.born_on, stays.first_language) == ("Carl", date(2015, 5, 1), "")
    assert not stays.other_names.exists() and not stays.identifiers.exists()


def test_a_difference_that_was_not_shown_is_refused(by: User) -> None:
    stays, goes = a_child(), a_child()
    with pytest.raises(Refused, match="Open it again"):
        merge(stays, goes, choices={}, reason="One child", by=by, at=AT)
    with pytest.raises(Refused, match="Change one of them"):
        adult, dead = a_child("A", died_on=None), a_child("A", born_on=date(2010, 1, 1), died_on=date(2011, 1, 1))
        merge(adult, dead, choices={"birth": STAYS}, reason="One child", by=by, at=AT)


def test_no_disability_does_not_stand_beside_one(by: User) -> None:
    stays, goes = a_child("A", disabled=False), a_child("A", disabled=True)
    Disability.objects.create(person=stays, disability="NONE")
    Disability.objects.create(person=goes, disability="AUT")
    before = everything()
    made = merged(stays, goes, by)
    stays.refresh_from_db()
    assert (stays.disabled, [one.disability for one in stays.disabilities.all()]) == (True, ["AUT"])
    assert undone(made, by) == [] and everything() == before


def test_what_came_since_stays_and_what_was_changed_since_is_told(by: User) -> None:
    stays, goes = a_child("Carl", first_language=""), a_child("Carl", first_language="Polish", gender="1")
    moved = Address.objects.create(person=goes, lines="1 Test Street")
    gone = Professional.objects.create(person=goes, name="T", role="T")
    made = merged(stays, goes, by)
    Person.objects.filter(pk=stays.pk).update(first_language="Ukrainian")
    Address.objects.filter(pk=moved.pk).update(lines="1 Test Street, Amberford")
    key = gone.pk
    gone.delete()
    new = Address.objects.create(person=stays, lines="2 New Road")
    left = undone(made, by)
    stays.refresh_from_db()
    assert (stays.first_language, stays.gender) == ("Ukrainian", "")
    assert list(stays.addresses.all()) == [new]
    assert goes.addresses.get().lines == "1 Test Street, Amberford"
    assert left == [("people.Person", "first_language", stays.pk), ("people.Professional", "person", key)]


def restricted(person: Person, owner: User, *named: User) -> Restriction:
    made = Restriction.objects.create(person=person, reason="Staff", owner=owner, started_at=AT)
    for user in named:
        Named.objects.create(restriction=made, user=user)
    return made


def test_a_restriction_comes_over_and_leave_to_look_ends(by: User) -> None:
    stays, goes, other, on_duty = a_child(), a_child(), a_user("head_of_service"), a_user("reviewing_officer")
    restricted(goes, by)
    for one in (stays, goes):
        BreakGlass.objects.create(person=one, user=on_duty, reason="Duty", opened_at=AT, until=LATER)
    made = merged(stays, goes, by)
    assert readable(by).filter(pk=stays.pk).exists()
    assert not readable(other).filter(pk=stays.pk).exists()
    assert not readable(on_duty).filter(pk=stays.pk).exists()
    undone(made, by)
    assert readable(other).filter(pk=stays.pk).exists()
    assert not readable(other).filter(pk=goes.pk).exists()


def test_of_two_restricted_records_only_those_see_the_one_who_saw_both(by: User) -> None:
    stays, goes, one, two, both = a_child(), a_child(), *(a_user("head_of_service") for _ in range(3))
    restricted(stays, one, by, both)
    restricted(goes, two, by, both)
    before = everything()
    made = merged(stays, goes, by)
    seen = [user for user in (by, one, two, both) if readable(user).filter(pk=stays.pk).exists()]
    assert seen == [by, both]
    assert stays.restrictions.get(lifted_at=None).owner == by
    assert undone(made, by) == [] and everything() == before


def test_one_who_was_let_in_with_a_reason_does_not_merge(by: User) -> None:
    stays, goes = a_child(), a_child()
    restricted(goes, a_user("director"))
    BreakGlass.objects.create(person=goes, user=by, reason="Duty", opened_at=AT, until=LATER)
    with pytest.raises(Refused, match="by right"):
        merged(stays, goes, by)


def test_what_goes_back_is_as_closed_as_the_record_it_comes_from(by: User) -> None:
    stays, goes, other = a_child(), a_child(), a_user("head_of_service")
    made = merged(stays, goes, by)
    restricted(stays, by)
    undone(made, by)
    assert not readable(other).filter(pk=goes.pk).exists()


def test_merges_are_undone_last_first(by: User) -> None:
    one, two, three, four = a_child(), a_child(), a_child(), a_child()
    first, second, third = merged(two, one, by), merged(three, two, by), merged(three, four, by)
    one.refresh_from_db()
    assert one.merged_into == three
    for early in (first, second):
        with pytest.raises(Refused, match="Undo that merge first"):
            undone(early, by)
    for made in (third, second, first):
        undone(made, by)
    with pytest.raises(Refused, match="undone already"):
        undone(first, by)
    assert Person.objects.filter(merged_into=None).count() == 4


def test_a_record_is_part_of_one_other(by: User) -> None:
    one, two, three = a_child(), a_child(), a_child()
    merged(two, one, by)
    for stays, goes in ((three, one), (one, three), (two, two)):
        with pytest.raises(Refused):
            merged(stays, goes, by)


def test_a_contact_about_both_is_about_the_one_and_is_decided_once(by: User) -> None:
    stays, goes = a_child(), a_child()
    contact = a_contact(stays, goes)
    family = FamilyAssessment.objects.create(started_on=date(2026, 11, 1), consent_given=True)
    for one in (stays, goes):
        AssessedChild.objects.create(reference=f"E{one.pk}", assessment=family, person=one)
    made = merged(stays, goes, by)
    assert {label for label, _, _ in made.aside} >= {"front_door.ContactChild", "early_help.AssessedChild"}
    assert [one.person for one in children_of(contact, by, AT.date())] == [stays]
    rows = rows_of([stays.pk])
    assert (len(rows["contacts"]), len(rows["early_help_assessments"])) == (1, 1)
    far = a_user("practice_manager", team=a_team("Far", service="Other service"))
    assert readable(far).filter(pk=stays.pk).exists(), "who triages reads of whom a decision is waited for"
    decide(contact.children.filter(person=stays), a_verdict("information"), by=by, at=LATER)
    assert not readable(far).filter(pk=stays.pk).exists()
    assert not visible_contacts(by).filter(waiting(), pk=contact.pk).exists()


def test_both_workers_are_told_and_the_history_has_both(by: User, sign_in: Any) -> None:
    stays, goes = a_child(), a_child()
    worker, other, client = a_user("social_worker"), a_user("social_worker"), sign_in(by)
    allocated(stays, worker.worker), allocated(goes, other.worker)
    client.get(f"/people/{goes.reference}/details")
    merged(stays, goes, by)
    told = Notice.objects.filter(user__in=(worker, other))
    assert {notice.user for notice in told} == {worker, other}
    assert (
        "Looked at: details"
        in client.get(reverse("who_looked", args=[stays.reference]), {"kind": "read"}).content.decode()
    )


ROWS: dict[str, Callable[[Person, Person, User], Any]] = {
    "address": lambda who, _o, _b: Address.objects.create(person=who, lines="1 Test Street"),
    "name": lambda who, _o, _b: OtherName.objects.create(person=who, forename="Also"),
    "nhs": lambda who, _o, _b: Identifier.objects.get_or_create(person=who, kind="nhs", value="9434765919"),
    "autism": lambda who, _o, _b: Disability.objects.get_or_create(person=who, disability="AUT"),
    "none": lambda who, _o, _b: Disability.objects.get_or_create(person=who, disability="NONE"),
    "mother": lambda who, other, _b: Relationship.objects.get_or_create(
        person=who, related=other, relationship="mother"),
    "child": lambda who, other, _b: Relationship.objects.get_or_create(
        person=other, related=who, relationship="father"),
    "warning": lambda who, _o, _b: WarningNote.objects.create(
        person=who, what="Dog", started_on=date(2026, 1, 1), review_on=date(2026, 6, 1)),
    "held": lambda who, _o, by: None if who.allocations.filter(ended_on=None) else allocated(who, by.worker),
    "closed": lambda who, _o, by: allocated(who, by.worker, ended_on=date(2026, 2, 1)),
    "restricted": lambda who, _o, by: Restriction.objects.get_or_create(
        person=who, lifted_at=None, defaults={"reason": "Staff", "owner": by, "started_at": AT}),
    "contact": lambda who, _o, by: None if who.contacts.exists() else a_contact(who, by=by),
}  # fmt: skip
COLUMNS = {
    "forename": st.sampled_from(["Carl", "Karl", ""]),
    "born_on": st.sampled_from([None, date(2015, 5, 1), date(2016, 6, 2)]),
    "birth_date_estimated": st.sampled_from([None, True, False]),
    "known_as": st.sampled_from(["", "Charlie"]),
    "upn": st.sampled_from(["", "H801200001001", "Z801200001002"]),
    "disabled": st.sampled_from([None, True, False]),
    "is_child": st.booleans(),
}
SOME = st.lists(st.sampled_from(sorted(ROWS)), max_size=8)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    here=SOME, there=SOME, one=st.fixed_dictionaries(COLUMNS), two=st.fixed_dictionaries(COLUMNS),
    akin=st.booleans(), named_together=st.booleans(), whose=st.sampled_from([STAYS, GOES]),
)  # fmt: skip
def test_a_merge_undone_is_as_if_it_had_never_been(
    by: User, here: list[str], there: list[str], one: dict[str, Any], two: dict[str, Any], akin: bool,
    named_together: bool, whose: str,
) -> None:  # fmt: skip
    with transaction.atomic():
        stays, goes, other = a_child(**one), a_child(**two), an_adult()
        for who, kinds in ((stays, here), (goes, there)):
            for kind in kinds:
                ROWS[kind](who, other, by)
        if akin:
            related(stays, goes, "sibling")
        if named_together:
            a_contact(stays, goes, by=by)
        before, expected = everything(), rows_clashing(stays.pk, goes.pk)
        made = merged(stays, goes, by, **{one.topic.code: whose for one in compare(stays, goes)})
        assert {tuple(row) for row in made.aside} == expected
        rows = everything().keys() - {f"{label.lower()}:{key}" for label, key in made.made}
        assert not {key for key in before.keys() - rows if "obligation" not in key}
        assert undone(made, by) == []
        assert everything() == before
        transaction.set_rollback(True)


def test_whatever_is_unique_by_person_is_kept_aside_in_any_model(by: User) -> None:
    """Each model that holds a person once beside something is among those compared, whoever wrote it."""
    for pointer in pointers():
        unique = [one for one in pointer.model._meta.constraints
                  if isinstance(one, models.UniqueConstraint) and pointer.column in one.fields]  # fmt: skip
        if unique:
            assert "EXISTS" in str(pointer.clashing(1, 2).query), pointer
