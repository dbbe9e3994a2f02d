"""A former record with faults in it: what can be taken is taken, and everything else is listed with its place."""

from datetime import date
from typing import Any

import polars as pl
import pytest

from casework.assessment.models import Assessment, Factor
from casework.canonical.actions import BroughtOver, bring_over
from casework.front_door.models import Contact, ContactChild, Referral
from casework.history.models import Entry
from casework.people.models import Person, Relationship
from goldenthread.dataset.store import Manifest
from goldenthread.dataset.synthetic.authority import synthesise
from goldenthread.dataset.tables import TABLES

pytestmark = pytest.mark.django_db
AS_AT = date(2026, 11, 27)
DAY = date(2026, 11, 2)


def brought(**tables: list[dict[str, Any]]) -> BroughtOver:
    frames = {name: pl.DataFrame(rows, schema=TABLES[name].schema) for name, rows in tables.items()}
    return bring_over(frames, Manifest(AS_AT), why="A test")


def people(*references: str, **details: Any) -> list[dict[str, Any]]:
    return [{"person_id": one, "is_child": True, "forename": one.title(), **details} for one in references]


def found(over: BroughtOver) -> list[tuple[str, int, str, str, str]]:
    return [(one.table, one.row, one.column, one.value, one.left_out) for one in over.left_out]


def test_rows_that_a_constraint_refuses_are_listed_and_the_rest_is_taken() -> None:
    ada, ben, too_long = people("ada", "ben", "cem")
    kin = {"person_id": "ada", "related_person_id": "ben", "relationship": "sibling"}
    over = brought(
        people=[ada, ben, {**too_long, "forename": "x" * 101}, *people("ben")],
        relationships=[kin, kin, {**kin, "related_person_id": "ada"}],
        contacts=[{"contact_id": "K1", "child_id": "ada", "received_on": DAY, "decided_on": DAY, "outcome": None}],
        assessments=[
            {"assessment_id": "A1", "child_id": "ada", "started_on": DAY, "authorised_on": date(2026, 11, 1)},
            {"assessment_id": "A2", "child_id": "ada", "started_on": DAY},
            {"assessment_id": "A3", "child_id": "ben", "started_on": None},
        ],
    )
    assert found(over) == [
        ("people", 3, "forename", "x" * 101, "row"),
        ("people", 4, "person_id", "ben", "row"),
        ("relationships", 2, "person_id, related_person_id, relationship", "ada, ben, sibling", "row"),
        ("relationships", 3, "person_id, related_person_id", "ada, ada", "row"),
        ("contacts", 1, "decided_on, outcome", "2026-11-02, ", "row"),
        ("assessments", 1, "authorised_on, started_on", "2026-11-01, 2026-11-02", "row"),
        ("assessments", 3, "started_on", "", "row"),
    ]
    assert {one.forename for one in Person.objects.all()} == {"Ada", "Ben"}
    assert Relationship.objects.count() == Assessment.objects.count() == 1
    # A contact is a message and the children it is about: not one without the other.
    assert Contact.objects.count() == ContactChild.objects.count() == 0
    words = {one.table: one.what_to_do for one in over.left_out}
    assert "assessment authorised after start" in next(o.what_to_do for o in over.left_out if o.key == "A1")
    assert all("Mend it where it comes from" in one for one in words.values())


def test_rows_and_cells_that_name_what_was_not_taken_are_listed() -> None:
    over = brought(
        people=people("ada"),
        referrals=[
            {"referral_id": "R1", "child_id": "ada", "received_on": DAY, "contact_id": "K9", "recorded_by": "W9"},
            {"referral_id": "R2", "child_id": "zoe", "received_on": DAY},
        ],
        assessment_factors=[{"child_id": "ada", "assessment_id": "A9", "factor": "1A"}],
        workers=[{"worker_id": "W1", "name": "Wilma", "recorded_by": "W8"}],
    )
    assert sorted(found(over)) == [
        ("assessment_factors", 1, "assessment_id", "A9", "row"),
        ("referrals", 1, "contact_id", "K9", "cell"),
        ("referrals", 1, "recorded_by", "W9", "cell"),
        ("referrals", 2, "child_id", "zoe", "row"),
        ("workers", 1, "recorded_by", "W8", "cell"),
    ]
    assert (Referral.objects.get().contact, Factor.objects.count()) == (None, 0)


def test_an_authority_with_planted_faults_loads_and_every_row_is_kept_or_listed() -> None:
    frames, manifest, planted = synthesise(children=300, as_at=AS_AT, faults=0.05)
    over = bring_over(frames, manifest, why="A test")
    whole = [one for one in over.left_out if one.left_out == "row"]
    for one in over.tables:
        assert one.given == one.kept + len([row for row in whole if row.table == one.table]), one.table
    reversed_ones = planted.filter(pl.col("fault") == "assessment_reversed")["row_id"].to_list()
    assert reversed_ones
    assert {one.key for one in whole if one.table == "assessments"} == set(reversed_ones)
    entry = Entry.objects.get(kind=Entry.Kind.LOADED, of_table="assessments")
    assert entry.row["given"] - entry.row["kept"] == len(reversed_ones)
