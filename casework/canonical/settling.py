"""A table that was carried and that the record keeps from now on: its rows move, once, when the record is migrated."""

from __future__ import annotations

import json
from dataclasses import asdict

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from psycopg import sql

from casework.canonical.actions import WHICH_PLANS_WERE_REVIEWED, WRITE_DOWN, untracked
from casework.canonical.inserting import Inserted, insert_all
from casework.canonical.places import INSERTS, Insert
from casework.canonical.queries import LIVE
from casework.canonical.schema import carried
from goldenthread.dataset.tables import TABLES

STILL_CARRIED = "SELECT table_name::text FROM information_schema.tables WHERE table_schema = 'carried'"
TEAMS = """
INSERT INTO accounts_team (name, service, stage)
SELECT DISTINCT b.team, b.team, 'other' FROM brought.{table} b WHERE b.team IS NOT NULL ON CONFLICT (name) DO NOTHING
"""


def settle(**_kwargs: object) -> list[str]:
    """Move the rows of every carried table that the record now keeps itself. Gives their names; safe to run again.

    As when a record is brought over, no version of a row is written, and the history gets one entry a table, with
    everything that was not taken. Rows that are refused stay in `carried`, as `<table>_left_out`.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(STILL_CARRIED)
        found = sorted(name for (name,) in cursor.fetchall() if name in LIVE)
        if not found:
            return []
        cursor.execute("DROP SCHEMA IF EXISTS brought CASCADE; CREATE SCHEMA brought")
        for name in found:
            cursor.execute(carried(TABLES[name]))  # With the columns declared since it was made.
            cursor.execute(f"ALTER TABLE carried.{name} SET SCHEMA brought")
            cursor.execute(f"ALTER TABLE brought.{name} ADD COLUMN _row bigserial PRIMARY KEY")
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
    for found in insert_all(cursor, inserts):
        what = f"{found.kept} rows of {found.table} moved into the record's own tables"
        row = json.dumps({"kept": found.kept, "left_out": [asdict(one) for one in found.left]})
        cursor.execute(WRITE_DOWN, [what, "The record keeps them itself from now on.", found.table, row])
        _keep_what_was_refused(cursor, found)


def _keep_what_was_refused(cursor: CursorWrapper, found: Inserted) -> None:
    """Rows that the record's constraints refuse stay carried, in a table named for that, so that none is lost."""
    rows = [one.row for one in found.left if one.left_out == "row"]
    if rows:
        text = "CREATE TABLE carried.{aside} AS SELECT * FROM brought.{table} WHERE _row = ANY(%s)"
        names = {"aside": f"{found.table}_left_out", "table": found.table}
        cursor.execute(sql.SQL(text).format(**{key: sql.Identifier(name) for key, name in names.items()}), [rows])
