"""Bringing over a whole record from a former system, once, into a record that is empty."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

import polars as pl
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from psycopg import sql

from casework.canonical.inserting import insert_all, workers_recorded_by_nobody
from casework.canonical.left_out import LeftOut, model_of
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
      UNION ALL SELECT team, NULL FROM brought.cp_plans UNION ALL SELECT team, NULL FROM brought.cin_plans) named
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
    """Rows of a canonical table given, and kept."""

    table: str
    given: int
    kept: int


@dataclass(frozen=True)
class BroughtOver:
    """How many rows of each table were given and kept, and everything that was not taken, each with what to do."""

    tables: tuple[Brought, ...]
    left_out: tuple[LeftOut, ...]


def bring_over(frames: Mapping[str, pl.DataFrame], manifest: Manifest, *, why: str) -> BroughtOver:
    """Make these canonical tables the record. Run as the role that owns the tables, on a record without people.

    A row that the record's constraints refuse, or that names nobody who was taken, is left out and listed; the rest is
    kept. No version of a row is written, since none existed before; the history gets one entry a table, with its
    digest. Raises Refused when the record already holds people.
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
        for brought in found.tables:
            row = {"given": brought.given, "kept": brought.kept, "sha256": digests[brought.table]}
            what = f"{brought.kept} rows of {brought.table} brought over"
            cursor.execute(WRITE_DOWN, [what, why, brought.table, json.dumps(row)])
        cursor.execute("DROP SCHEMA brought CASCADE")
    return found


def _insert_all(cursor: CursorWrapper, given: Mapping[str, int]) -> BroughtOver:
    cursor.execute(TEAMS)
    tables = [Brought(name, given.get(name, 0), given.get(name, 0)) for name in TABLES if name not in LIVE]
    left: list[LeftOut] = []
    for found in insert_all(cursor):
        tables.append(Brought(found.table, given.get(found.table, 0), found.kept))
        left += found.left
    cursor.execute(WHO_RECORDED_WORKERS)
    cursor.execute(WHICH_PLANS_WERE_REVIEWED)
    return BroughtOver(tuple(tables), (*left, *workers_recorded_by_nobody(cursor)))


def _copy(cursor: CursorWrapper, name: str, frame: pl.DataFrame) -> str:
    """Copy a canonical table in: where it stays if it is carried, else beside the record. Gives its SHA-256."""
    columns = ", ".join(f"{column.name} {SQL_TYPES[column.kind]}" for column in TABLES[name].columns)
    place = f"brought.{name}" if name in LIVE else f"carried.{name}"
    beside = f"CREATE TABLE brought.{name} ({columns}, _row bigserial PRIMARY KEY)"
    cursor.execute(beside if name in LIVE else f"TRUNCATE carried.{name}")
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
    tables = sorted({model_of(insert)._meta.db_table for insert in inserts})
    for table in tables:
        cursor.execute(sql.SQL("ALTER TABLE {} DISABLE TRIGGER USER").format(sql.Identifier(table)))
    yield
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    for table in tables:
        cursor.execute(sql.SQL("ALTER TABLE {} ENABLE TRIGGER USER").format(sql.Identifier(table)))
    cursor.execute("SET CONSTRAINTS ALL DEFERRED")
