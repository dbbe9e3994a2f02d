"""The part of the bridge that lives in the database: schema `canonical` (views) and schema `carried` (tables).

Set up after every `migrate`, by the role that owns the tables.
"""

from __future__ import annotations

from django.db import connection

from casework.canonical.queries import LIVE, of_everybody, owner
from goldenthread.dataset.schema import Kind, Table
from goldenthread.dataset.tables import TABLES

SQL_TYPES = {
    Kind.TEXT: "text",
    Kind.IDENTIFIER: "text",
    Kind.CODE: "text",
    Kind.DAY: "date",
    Kind.MOMENT: "timestamp",
    Kind.WHOLE: "bigint",
    Kind.NUMBER: "double precision",
    Kind.FLAG: "boolean",
    Kind.POSTCODE: "text",
}

LED = """
CREATE OR REPLACE VIEW canonical.led AS
WITH RECURSIVE merged(person, last) AS (
    SELECT id, merged_into_id FROM people_person WHERE merged_into_id IS NOT NULL
    UNION
    SELECT merged.person, next.merged_into_id
    FROM merged JOIN people_person next ON next.id = merged.last AND next.merged_into_id IS NOT NULL
)
SELECT merged.person, former.reference::text AS former, now.reference::text AS reference
FROM merged
JOIN people_person former ON former.id = merged.person
JOIN people_person now ON now.id = merged.last AND now.merged_into_id IS NULL
"""
"""Records that were merged: the number each had, and that of the record it has become part of."""

WHOSE = """
CREATE OR REPLACE VIEW canonical.whose AS
SELECT id AS person, reference::text AS former, reference::text AS reference
FROM people_person WHERE merged_into_id IS NULL
UNION ALL
SELECT person, former, reference FROM canonical.led
"""

KEPT_BESIDE = """
CREATE TABLE IF NOT EXISTS carried.about (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    authority text, authority_name text, history_from date, brought_over_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE IF NOT EXISTS carried.kinds (kind text PRIMARY KEY);
"""
"""What came with the carried tables: whose they are, how far back they reach, and which kinds of event they hold."""

GRANTS = """
GRANT USAGE ON SCHEMA canonical, carried TO casework_app;
GRANT SELECT ON ALL TABLES IN SCHEMA canonical, carried TO casework_app;
"""


def take_down(**_kwargs: object) -> None:
    """Drop the views. What is carried stays."""
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA IF EXISTS canonical CASCADE")


def set_up(**_kwargs: object) -> None:
    """Make the carried tables, the views of every canonical table, and the grants. Safe to run again."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE SCHEMA IF NOT EXISTS canonical; CREATE SCHEMA IF NOT EXISTS carried")
        cursor.execute(KEPT_BESIDE)
        cursor.execute(LED)
        cursor.execute(WHOSE)
        for name, table in TABLES.items():
            if name not in LIVE:
                cursor.execute(carried(table))
            cursor.execute(_view(table))
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = 'casework_app'")
        if cursor.fetchone():
            cursor.execute(GRANTS)


def _view(table: Table) -> str:
    columns = ", ".join(f"{column.name}::{SQL_TYPES[column.kind]} AS {column.name}" for column in table.columns)
    return f"CREATE OR REPLACE VIEW canonical.{table.name} AS SELECT {columns} FROM ({of_everybody(table.name)}) kept"


def carried(table: Table) -> str:
    columns = [f"{column.name} {SQL_TYPES[column.kind]}" for column in table.columns]
    made = f"CREATE TABLE IF NOT EXISTS carried.{table.name} ({', '.join(columns)});"
    # A column declared since the table was made.
    added = "".join(f"ALTER TABLE carried.{table.name} ADD COLUMN IF NOT EXISTS {column};" for column in columns)
    whose = owner(table)
    index = f"CREATE INDEX IF NOT EXISTS {table.name}_whose ON carried.{table.name} ({whose});" if whose else ""
    return f"{made}{added}{index}"
