"""A table that was carried and that the record keeps from now on: its rows move, once, when the record is migrated."""

from __future__ import annotations

import json

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from psycopg import sql

from casework.canonical.actions import WHICH_PLANS_WERE_REVIEWED, WRITE_DOWN, statement, untracked
from casework.canonical.places import INSERTS, Insert
from casework.canonical.queries import LIVE
from goldenthread.dataset.tables import TABLES

STILL_CARRIED = "SELECT table_name::text FROM information_schema.tables WHERE table_schema = 'carried'"
TEAMS = """
INSERT INTO accounts_team (name, service, stage)
SELECT DISTINCT b.team, b.team, 'other' FROM brought.{table} b WHERE b.team IS NOT NULL ON CONFLICT (name) DO NOTHING
"""


def settle(**_kwargs: object) -> list[str]:
    """Move the rows of every carried table that the record now keeps itself. Gives their names; safe to run again.

    As when a record is brought over, no version of a row is written, and the history gets one entry a table.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(STILL_CARRIED)
        found = sorted(name for (name,) in cursor.fetchall() if name in LIVE)
        if not found:
            return []
        cursor.execute("DROP SCHEMA IF EXISTS brought CASCADE; CREATE SCHEMA brought")
        for name in found:
            cursor.execute(f"ALTER TABLE carried.{name} SET SCHEMA brought")
            if "team" in TABLES[name].schema:
                cursor.execute(sql.SQL(TEAMS).format(table=sql.Identifier(name)))
        inserts = [insert for insert in INSERTS if insert.table in found]
        with untracked(cursor, inserts):
            _move(cursor, inserts)
            if {"conferences", "cp_plans"} <= set(found):
                cursor.execute(WHICH_PLANS_WERE_REVIEWED)
        cursor.execute("DROP SCHEMA brought CASCADE")
    return found


def _move(cursor: CursorWrapper, inserts: list[Insert]) -> None:
    for insert in inserts:
        cursor.execute(statement(insert))
        if insert.counted:
            what = f"{cursor.rowcount} rows of {insert.table} moved into the record's own tables"
            row = json.dumps({"kept": cursor.rowcount})
            cursor.execute(WRITE_DOWN, [what, "The record keeps them itself from now on.", insert.table, row])
