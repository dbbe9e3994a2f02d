"""The bridge from the record to the core: the same columns, the same rows, merged records as one."""

from datetime import date, datetime

import polars as pl
import pytest
from django.db import connection
from django.utils import timezone

from casework.canonical import dataset, dataset_of
from casework.canonical.actions import bring_over
from casework.canonical.schema import SQL_TYPES, carried
from casework.canonical.settling import settle
from casework.common.refused import Refused
from casework.history.models import Entry
from casework.history.verify import faults
from goldenthread.dataset.synthetic.authority import synthesise
from goldenthread.dataset.tables import TABLES
from tests.casework.making import a_child, a_worker, allocated, an_adult, related

AS_AT = date(2026, 11, 27)
PG_NAMES = {"timestamp": "timestamp without time zone"}


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.django_db
def test_a_view_has_the_declared_columns_in_order_and_type(table: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT column_name::text, data_type::text FROM information_schema.columns "
            "WHERE table_schema = 'canonical' AND table_name = %s ORDER BY ordinal_position",
            [table],
        )
        found = cursor.fetchall()
    kinds = [(column.name, SQL_TYPES[column.kind]) for column in TABLES[table].columns]
    assert found == [(name, PG_NAMES.get(kind, kind)) for name, kind in kinds]


@pytest.mark.django_db
def test_a_made_up_authority_brought_over_reads_back_the_same() -> None:
    frames, manifest, _ = synthesise(children=400, as_at=AS_AT, faults=0)
    brought = bring_over(frames, manifest, why="A test")
    assert {one.table for one in brought.tables if one.given != one.kept} == set()
    assert brought.left_out == ()
    read = dataset(AS_AT)
    for name, table in TABLES.items():
        found = read.collect(read.lazy(name))[0].sort(table.key)
        wanted = frames[name].select(list(table.schema)).sort(table.key)
        assert found.equals(wanted), f"{name}: {found.height} rows read, {wanted.height} brought"
    assert read.manifest.authority_name == manifest.authority_name
    loaded = Entry.objects.filter(kind=Entry.Kind.LOADED)
    assert loaded.count() == len(TABLES)
    assert faults() == []
    with pytest.raises(Refused, match="already holds people"):
        bring_over(frames, manifest, why="A test")


@pytest.mark.django_db
def test_a_few_children_read_alone_are_as_in_the_whole() -> None:
    frames, manifest, _ = synthesise(children=200, as_at=AS_AT, faults=0)
    bring_over(frames, manifest, why="A test")
    asked = frames["care_periods"]["child_id"].unique().sort().to_list()[:3]
    few = dataset_of(asked, AS_AT)
    for name, table in TABLES.items():
        if "child_id" in table.schema:
            wanted = frames[name].filter(pl.col("child_id").is_in(asked)).select(list(table.schema)).sort(table.key)
            assert few.collect(few.lazy(name))[0].sort(table.key).equals(wanted), name
    assert few.rows("people") == len(asked)


@pytest.mark.django_db
def test_a_merged_record_is_one_with_what_it_became() -> None:
    kept, duplicate, mother = a_child(), a_child(), an_adult()
    related(kept, mother)
    related(duplicate, mother)
    related(duplicate, kept, "sibling")
    for one in (kept, duplicate):
        allocated(one, a_worker())
    allocated(duplicate, a_worker(), ended_on=date(2026, 2, 1))
    duplicate.merged_into = kept
    duplicate.save()
    for read in (dataset(AS_AT), dataset_of([duplicate.reference], AS_AT)):
        relations = read.collect(read.lazy("relationships"))[0]
        assert relations.select("person_id", "related_person_id").rows() == [(kept.reference, mother.reference)]
        held = read.collect(read.lazy("allocations"))[0].select("child_id", "ended_on").rows()
        assert sorted(held, key=str) == [(kept.reference, None), (kept.reference, date(2026, 2, 1))]
        assert duplicate.reference not in read.collect(read.lazy("people"))[0]["person_id"]


@pytest.mark.django_db
def test_a_moment_is_englands_clock_time() -> None:
    a_child(recorded_at=timezone.make_aware(datetime(2026, 7, 1, 9, 30)))
    read = dataset(AS_AT)
    assert read.collect(read.lazy("people"))[0]["recorded_at"].to_list() == [datetime(2026, 7, 1, 9, 30)]


@pytest.mark.django_db
def test_what_was_carried_moves_into_the_records_own_tables_when_it_keeps_them() -> None:
    child = a_child()
    with connection.cursor() as cursor:
        for name in ("cp_plans", "conferences"):
            cursor.execute(carried(TABLES[name]))
        cursor.execute(
            "INSERT INTO carried.cp_plans (cp_plan_id, child_id, started_on, team) "
            "VALUES ('K1', %s, '2026-01-05', 'Elm')",
            [child.reference],
        )
        cursor.execute(
            "INSERT INTO carried.conferences (conference_id, child_id, kind, held_on, cp_plan_id, recorded_at) "
            "VALUES ('G1', %s, 'review', '2026-03-31', 'K1', '2026-04-01 09:00')",
            [child.reference],
        )
    assert settle() == ["conferences", "cp_plans"]
    read = dataset(AS_AT)
    (plan,) = read.collect(read.lazy("cp_plans"))[0].to_dicts()
    (conference,) = read.collect(read.lazy("conferences"))[0].to_dicts()
    assert (plan["child_id"], plan["started_on"], plan["team"]) == (child.reference, date(2026, 1, 5), "Elm")
    assert (conference["cp_plan_id"], conference["recorded_at"]) == ("K1", datetime(2026, 4, 1, 9))
    assert Entry.objects.filter(kind=Entry.Kind.LOADED).count() == 2
    assert settle() == []
