"""Every row of a record that hangs on a person copied so many times over, with staff of its own: for measuring only.

A copy keeps what its original has, in tables, links and dates, under other keys and references; people get names that
are mixed anew, so that a search finds what it would. The history is not copied: copies were never worked on.
"""

from __future__ import annotations

from dataclasses import dataclass

from casework.database.embedded import Server

APART = 100_000_000
"""Between the keys of one copy and the next."""
LEFT_ALONE = ("django_%", "auth_%", "history_%", "account_%", "mfa_%", "socialaccount_%", "procrastinate_%", "%event",
              "accounts_user%", "drafts_%", "notices_%", "access_%", "cache", "deadlines_fullrun",
              "pghistory_%", "accuracy_check%", "accuracy_return%")  # fmt: skip
COLUMNS = """
SELECT c.table_schema, c.table_name, c.column_name, c.data_type, coalesce(target.relname, '')
FROM information_schema.columns c
JOIN information_schema.tables t USING (table_schema, table_name)
LEFT JOIN LATERAL (
    SELECT f.relname FROM pg_constraint k JOIN pg_class f ON f.oid = k.confrelid
    JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = ANY (k.conkey)
    WHERE k.contype = 'f' AND k.conrelid = format('%I.%I', c.table_schema, c.table_name)::regclass
      AND a.attname = c.column_name LIMIT 1) target ON true
WHERE t.table_type = 'BASE TABLE' AND c.table_schema IN ('public', 'carried') AND c.is_generated = 'NEVER'
ORDER BY 1, 2, c.ordinal_position;
"""


@dataclass(frozen=True)
class Column:
    """A column: what it holds, and the table that it points to, if it points to one."""

    schema: str
    table: str
    name: str
    kind: str
    points_to: str

    @property
    def copied(self) -> str:
        """SQL of what a copy has in it; `n` is the copy's number."""
        name = f'o."{self.name}"'
        to_a_row = self.name == "row"  # of a table that the row itself names: of a sign-off, words, why not asked
        if self.schema == "public" and (
            self.name == "id" or to_a_row or (self.points_to and not left_alone(self.points_to))
        ):
            return f"{name} + n * {APART}::bigint"
        if self.table == "people_person" and self.name in ("surname", "forename"):
            return f"coalesce(mixed.{self.name}, {name})"
        if self.name in ("reference", "trigger_row_id", "satisfied_row_id") or (
            (self.schema, self.kind) == ("carried", "text") and self.name.endswith("_id")
        ):
            empty = "''" if self.name == "satisfied_row_id" else "NULL"
            return f"CASE WHEN {name} <> '' THEN {name} || '-' || n ELSE {empty} END"
        if (self.table, self.name) == ("people_address", "lines"):  # else each copy's family lives with every other's
            return f"{name} || ', block ' || n"
        if (self.table, self.name) == ("accounts_team", "name") or self.name == "service":
            return f"CASE WHEN {name} = '' THEN '' ELSE {name} || ' ' || n END"
        return name


def left_alone(table: str) -> bool:
    """Whether copies have no rows of their own in the table."""
    return any(
        table.endswith(name[1:]) if name.startswith("%") else table.startswith(name.rstrip("%")) for name in LEFT_ALONE
    )


def multiply(server: Server, database: str, times: int) -> None:
    """Copy everything `times` - 1 times. Run as the superuser: triggers and checks of links rest meanwhile."""
    lines = server.superuser_sql(COLUMNS, database).strip().splitlines()
    tables: dict[tuple[str, str], list[Column]] = {}
    for column in (Column(*line.split("|")) for line in lines):
        if not left_alone(column.table):
            tables.setdefault((column.schema, column.table), []).append(column)
    statements = [
        _copy(schema, table, columns, times) for (schema, table), columns in tables.items()
        if schema == "public" or "child_id" in {column.name for column in columns}
    ]  # fmt: skip
    server.superuser_sql("\n".join((
        "SET session_replication_role = replica; SET maintenance_work_mem = '512MB'; BEGIN;",
        MIXED, *statements, "COMMIT;", "ANALYZE;",
    )), database)  # fmt: skip


MIXED = """
CREATE TEMPORARY TABLE mixed AS
SELECT row_number() OVER (ORDER BY id) - 1 AS place, id, forename, surname, count(*) OVER () AS number
FROM people_person;
CREATE INDEX ON mixed (place); CREATE INDEX ON mixed (id); ANALYZE mixed;
"""


def _copy(schema: str, table: str, columns: list[Column], times: int) -> str:
    names = ", ".join(f'"{column.name}"' for column in columns)
    values = ", ".join(column.copied for column in columns)
    mixed = (
        ""
        if table != "people_person"
        else """
        JOIN mixed own ON own.id = o.id
        JOIN mixed family ON family.place = (own.place + n * 977) % own.number
        JOIN mixed given ON given.place = (own.place + n * 3511) % own.number
        CROSS JOIN LATERAL (SELECT family.surname, given.forename) mixed"""
    )
    has_key = any(column.name == "id" for column in columns) and schema == "public"
    whose = " AND person_id IS NOT NULL" if table == "accuracy_finding" else ""  # the others are of the whole return
    originals = f'(SELECT * FROM {schema}."{table}"{f" WHERE id < {APART}{whose}" if has_key else ""})'
    return (
        f'INSERT INTO {schema}."{table}" ({names}) '
        f"{'OVERRIDING SYSTEM VALUE ' if has_key else ''}SELECT {values} FROM {originals} o "
        f"CROSS JOIN generate_series(1, {times - 1}) n {mixed};"
    )
