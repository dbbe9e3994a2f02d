"""Bringing over a whole record from a former system, once, into a record that is empty."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

import polars as pl
from django.apps import apps
from django.db import connection, models, transaction
from django.db.backends.utils import CursorWrapper
from psycopg import sql

from casework.canonical.places import INSERTS, Insert
from casework.canonical.queries import LIVE
from casework.canonical.schema import SQL_TYPES
from casework.common.refused import Refused
from goldenthread.dataset.store import Manifest, conform, dataset_of
from goldenthread.dataset.tables import TABLES
from goldenthread.journey.episodes import survey

MOMENT = "%Y-%m-%d %H:%M:%S%.6f"
TEAMS = """
INSERT INTO accounts_team (name, service, stage)
SELECT named.team, coalesce(mode() WITHIN GROUP (ORDER BY named.service), named.team), 'other'
FROM (SELECT team, service FROM brought.workers UNION ALL SELECT team, service FROM brought.allocations
      UNION ALL SELECT team, NULL FROM brought.referrals UNION ALL SELECT team, NULL FROM brought.assessments
      UNION ALL SELECT team, NULL FROM brought.section_47_enquiries
      UNION ALL SELECT team, NULL FROM brought.cp_plans) named
WHERE named.team IS NOT NULL GROUP BY named.team
"""
WHO_RECORDED_WORKERS = """
UPDATE accounts_worker w SET recorded_by_id = by.id FROM brought.workers b, accounts_worker by
WHERE b.worker_id = w.reference AND by.reference = b.recorded_by
"""
WHICH_PLANS_WERE_REVIEWED = """
UPDATE child_protection_childatconference c SET plan_id = p.id
FROM brought.conferences b, child_protection_childprotectionplan p
WHERE b.conference_id = c.reference AND p.reference = b.cp_plan_id
"""
WRITE_DOWN = """
INSERT INTO history_entry (kind, who_name, what, why, where_from, of_table, row)
VALUES ('loaded', 'the database''s owner', %s, %s, '', %s, %s)
"""


@dataclass(frozen=True)
class Brought:
    """Rows of a canonical table given, and kept. Fewer are kept where a row names a person who is not in `people`."""

    table: str
    given: int
    kept: int


def bring_over(frames: Mapping[str, pl.DataFrame], manifest: Manifest, *, why: str) -> list[Brought]:
    """Make these canonical tables the record. Run as the role that owns the tables, on a record without people.

    No version of a row is written, since none existed before; the history gets one entry a table, with its digest.
    Raises Refused when the record already holds people.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT 1 FROM people_person)")
        if cursor.fetchone()[0]:
            raise Refused("This record already holds people. Bring a former record over into an empty one.")
        cursor.execute("DROP SCHEMA IF EXISTS brought CASCADE; CREATE SCHEMA brought")
        digests = {name: _copy(cursor, name, conform(name, frames.get(name, TABLES[name].empty()))) for name in TABLES}
        with untracked(cursor):
            found = _insert_all(cursor, {name: frame.height for name, frame in frames.items()})
        _keep_about(cursor, frames, manifest)
        for brought in found:
            row = {"given": brought.given, "kept": brought.kept, "sha256": digests[brought.table]}
            what = f"{brought.kept} rows of {brought.table} brought over"
            cursor.execute(WRITE_DOWN, [what, why, brought.table, json.dumps(row)])
        cursor.execute("DROP SCHEMA brought CASCADE")
    return found


def _insert_all(cursor: CursorWrapper, given: Mapping[str, int]) -> list[Brought]:
    cursor.execute(TEAMS)
    found = [Brought(name, given.get(name, 0), given.get(name, 0)) for name in TABLES if name not in LIVE]
    for insert in INSERTS:
        cursor.execute(statement(insert))
        if insert.counted:
            found.append(Brought(insert.table, given.get(insert.table, 0), cursor.rowcount))
        cursor.execute(sql.SQL("ANALYZE {}").format(sql.Identifier(_model(insert)._meta.db_table)))
    cursor.execute(WHO_RECORDED_WORKERS)
    cursor.execute(WHICH_PLANS_WERE_REVIEWED)
    return found


def statement(insert: Insert) -> sql.Composed:
    model = _model(insert)
    named = insert.expressions()
    columns: dict[str, sql.Composable] = {name: sql.SQL(expression) for name, expression in named.items()}
    for column in model._meta.concrete_fields:
        name = column.column
        if name and name not in named and not column.primary_key and not column.null:
            columns[name] = sql.Literal(_default(column))
    return sql.SQL("INSERT INTO {into} ({names}) SELECT {values} FROM brought.{table} b" + insert.joins).format(
        into=sql.Identifier(model._meta.db_table),
        names=sql.SQL(", ").join(map(sql.Identifier, columns)),
        values=sql.SQL(", ").join(columns.values()),
        table=sql.Identifier(insert.table),
    )


def _default(column: models.Field[object, object]) -> object:
    return column.get_default() if column.has_default() else ""


def _model(insert: Insert) -> type[models.Model]:
    return apps.get_model(insert.model)


def _copy(cursor: CursorWrapper, name: str, frame: pl.DataFrame) -> str:
    """Copy a canonical table in: where it stays if it is carried, else beside the record. Gives its SHA-256."""
    columns = ", ".join(f"{column.name} {SQL_TYPES[column.kind]}" for column in TABLES[name].columns)
    place = f"brought.{name}" if name in LIVE else f"carried.{name}"
    cursor.execute(f"CREATE TABLE brought.{name} ({columns})" if name in LIVE else f"TRUNCATE carried.{name}")
    text = frame.write_csv(include_header=False, datetime_format=MOMENT).encode()
    names = ", ".join(TABLES[name].schema)
    with cursor.copy(f"COPY {place} ({names}) FROM STDIN (FORMAT csv)") as into:
        into.write(text)
    cursor.execute(f"ANALYZE {place}")
    return hashlib.sha256(text).hexdigest()


def _keep_about(cursor: CursorWrapper, frames: Mapping[str, pl.DataFrame], manifest: Manifest) -> None:
    cursor.execute("DELETE FROM carried.about")
    cursor.execute(
        "INSERT INTO carried.about (authority, authority_name, history_from) VALUES (%s, %s, %s)",
        [manifest.authority, manifest.authority_name, manifest.history_from],
    )
    carried = {name: frame for name, frame in frames.items() if name not in LIVE and frame.height}
    kinds = sorted(survey(dataset_of(carried, manifest)).kinds)
    cursor.execute("DELETE FROM carried.kinds")
    cursor.execute("INSERT INTO carried.kinds SELECT unnest(%s::text[])", [kinds])


@contextmanager
def untracked(cursor: CursorWrapper, inserts: Iterable[Insert] = INSERTS) -> Iterator[None]:
    """The triggers that keep every version are off inside, which only the owner of the tables can do."""
    tables = sorted({_model(insert)._meta.db_table for insert in inserts})
    for table in tables:
        cursor.execute(sql.SQL("ALTER TABLE {} DISABLE TRIGGER USER").format(sql.Identifier(table)))
    yield
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    for table in tables:
        cursor.execute(sql.SQL("ALTER TABLE {} ENABLE TRIGGER USER").format(sql.Identifier(table)))
    cursor.execute("SET CONSTRAINTS ALL DEFERRED")
