"""A migration run at once makes the tables that it would have made one operation after the other."""

from typing import Any

import pytest
from django.db import connection, migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState

from casework.common.migrating import CAN_BE_AT_ONCE, AtOnce

pytestmark = pytest.mark.django_db

A_FEW = 3
KEY = ("id", models.BigAutoField(primary_key=True))
FIRST = [migrations.CreateModel("House", [KEY, ("name", models.CharField(max_length=9))])]
TO_HOUSE = models.ForeignKey("made_up.house", models.PROTECT, related_name="rooms")
ROOMS = [
    migrations.CreateModel("Room", [KEY, ("house", TO_HOUSE)]),
    migrations.CreateModel("Door", [KEY, ("leads_to", models.ManyToManyField("made_up.room"))]),
    migrations.AddField("room", "way_out", models.ForeignKey("made_up.door", models.PROTECT, null=True)),
    migrations.AddField("room", "name", models.CharField(max_length=9, default="")),
    migrations.AddIndex("room", models.Index(fields=["name"], name="room_name")),
    migrations.AddConstraint("room", models.CheckConstraint(condition=~models.Q(name="x"), name="no_x")),
    migrations.AddConstraint(
        "room",
        models.UniqueConstraint(fields=["house"], condition=models.Q(name="hall"), name="one_hall"),
    ),
]
OF_THE_HOUSE = [
    migrations.AddField(
        "house", "hall", models.ForeignKey("made_up.room", models.PROTECT, null=True, related_name="+")
    ),
    migrations.AlterField("house", "name", models.CharField(max_length=99, null=True)),
    migrations.AddConstraint("house", models.UniqueConstraint(fields=["name"], name="one_of_a_name")),
]
COLUMNS = """
SELECT table_name::text, ordinal_position, column_name::text, data_type::text, is_nullable::text,
       character_maximum_length
FROM information_schema.columns WHERE table_name LIKE 'made_up_%' ORDER BY 1, 2
"""
CONSTRAINTS = """
SELECT conrelid::regclass::text, conname::text, pg_get_constraintdef(oid) FROM pg_constraint
WHERE conrelid::regclass::text LIKE 'made_up_%' ORDER BY 1, 2
"""
INDEXES = "SELECT indexdef FROM pg_indexes WHERE tablename LIKE 'made_up_%' ORDER BY 1"


def run(*steps: tuple[type[migrations.Migration], list[Any]]) -> ProjectState:
    """The state after migrations of those kinds with those operations, run as `migrate` runs them."""
    state = ProjectState()
    for kind, operations in steps:
        assert state.apps is not None
        migration = kind("step", "made_up")
        migration.operations = operations
        with connection.schema_editor() as editor:
            state = migration.apply(state, editor)
    return state


def in_the_database() -> list[list[Any]]:
    found = []
    for question in (COLUMNS, CONSTRAINTS, INDEXES):
        with connection.cursor() as cursor:
            cursor.execute(question)
            found.append(cursor.fetchall())
    return found


def taken_down() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE made_up_house, made_up_room, made_up_door, made_up_door_leads_to CASCADE")


@pytest.mark.parametrize("steps", [[ROOMS, OF_THE_HOUSE], [[*ROOMS, *OF_THE_HOUSE]]], ids=["apart", "together"])
def test_the_tables_are_those_of_one_operation_after_the_other(steps: list[list[Any]]) -> None:
    plain = run(*((migrations.Migration, operations) for operations in [FIRST, *steps]))
    expected = in_the_database()
    taken_down()
    at_once = run(*((AtOnce, operations) for operations in [FIRST, *steps]))
    assert in_the_database() == expected
    assert [len(found) for found in expected] == [11, 20, 13]
    assert at_once == plain


def test_the_models_after_it_know_each_other() -> None:
    state = run((AtOnce, FIRST), (AtOnce, ROOMS))
    house = state.apps.get_model("made_up", "house")
    assert {one.name for one in house._meta.related_objects} == {"rooms"}
    hall = state.apps.get_model("made_up", "room").objects.create(house=house.objects.create(name="a"), name="hall")
    assert list(house.objects.get().rooms.all()) == [hall]


def test_what_cannot_be_run_at_once_says_so() -> None:
    with pytest.raises(TypeError, match="give it a migration of its own"):
        run((AtOnce, [*FIRST, migrations.RunSQL("SELECT 1")]))


def test_our_migrations_of_tables_alone_are_run_at_once() -> None:
    ours = [one for one in MigrationLoader(None).disk_migrations.values() if one.__module__.startswith("casework.")]
    of_tables = [one for one in ours if all(isinstance(operation, CAN_BE_AT_ONCE) for operation in one.operations)]
    assert len(of_tables) > 30
    slow = [str(one) for one in of_tables if len(one.operations) > A_FEW and not isinstance(one, AtOnce)]
    assert slow == [], (
        "make it `class Migration(AtOnce)`, of casework.common.migrating: `migrate` takes seconds longer otherwise"
    )
