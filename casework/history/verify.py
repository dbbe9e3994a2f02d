"""Whether the chain of the history still holds: every hash, every link, and every kept row beside its entry."""

from __future__ import annotations

from dataclasses import dataclass

from django.apps import apps
from django.db import connection
from psycopg import sql

BROKEN_LINKS = """
    SELECT e.position,
           CASE WHEN e.hash <> history_hash(e, e.previous) THEN 'its own content was altered'
                WHEN e.position <> coalesce(before.position, 0) + 1 THEN 'an entry before it is missing'
                ELSE 'it does not follow the entry before it' END
    FROM (SELECT entry AS e, lag(entry) OVER (ORDER BY position) AS before FROM history_entry entry) pairs,
         LATERAL (SELECT (pairs.e).*) e, LATERAL (SELECT (pairs.before).*) before
    WHERE e.hash <> history_hash(pairs.e, e.previous)
       OR e.previous <> coalesce(before.hash, '\\x00'::bytea)
       OR e.position <> coalesce(before.position, 0) + 1
    ORDER BY e.position
"""
ROWS_THAT_DIFFER = sql.SQL(
    """
    SELECT e.position, 'the version it tells of was altered or removed'
    FROM history_entry e LEFT JOIN {table} v ON v.pgh_id = e.event
    WHERE e.of_table = {model} AND e.kind = 'change'
      AND (v.pgh_id IS NULL OR NOT to_jsonb(v) @> e.row)
    ORDER BY e.position
    """
)
ROWS_WITHOUT_ENTRY = sql.SQL(
    "SELECT count(*) FROM {table} v WHERE NOT EXISTS "
    "(SELECT 1 FROM history_entry e WHERE e.of_table = {model} AND e.event = v.pgh_id)"
)


@dataclass(frozen=True)
class Fault:
    """One place where the history does not hold. `position` is the entry's, or None for a row that has no entry."""

    position: int | None
    what: str


def faults() -> list[Fault]:
    """Every fault, in order of position; empty when the history is whole."""
    found = []
    with connection.cursor() as cursor:
        cursor.execute("SET timezone = 'UTC'")
        cursor.execute(BROKEN_LINKS)
        found += [Fault(position, what) for position, what in cursor.fetchall()]
        for table, model in version_tables():
            named = {"table": sql.Identifier(table), "model": sql.Literal(model)}
            cursor.execute(ROWS_THAT_DIFFER.format(**named))
            found += [Fault(position, f"{what} ({model})") for position, what in cursor.fetchall()]
            cursor.execute(ROWS_WITHOUT_ENTRY.format(**named))
            (loose,) = cursor.fetchone()
            if loose:
                found.append(Fault(None, f"{loose} versions of {model} have no entry"))
    return found


def version_tables() -> list[tuple[str, str]]:
    """Each table of row versions and the model that it follows."""
    return sorted(
        (model._meta.db_table, followed._meta.label)
        for model in apps.get_models()
        if (followed := getattr(model, "pgh_tracked_model", None)) is not None
    )
