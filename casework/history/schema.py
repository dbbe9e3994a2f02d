"""The part of the history that lives in the database: the chain's trigger, the triggers that feed it, the grants.

Set up after every `migrate`, by the role that owns the tables. `history_entry` is filled by two hands: reads and
sign-ins are inserted by the pages; changes by a trigger on each table of row versions, at the end of the transaction,
so that the chain is locked only while it commits. `history_hash` is the one definition of what a hash covers.
"""

from __future__ import annotations

import pgtrigger.utils  # noqa: F401  (the event tables' own triggers must exist first)
from django.apps import apps
from django.db import connection
from psycopg import sql

FUNCTIONS = """
CREATE OR REPLACE FUNCTION history_hash(e history_entry, previous bytea) RETURNS bytea
LANGUAGE sql IMMUTABLE SET timezone = 'UTC' AS $$
    SELECT sha256(previous || convert_to(jsonb_build_array(
        e.position, to_char(e.at, 'YYYY-MM-DD HH24:MI:SS.US'), e.kind, e.who, e.who_name, e.person, e.what, e.why,
        e.where_from, e.of_table, e.event, e.row)::text, 'UTF8'))
$$;

CREATE OR REPLACE FUNCTION history_link() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE last history_entry;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('history_entry'));
    SELECT * INTO last FROM history_entry ORDER BY position DESC LIMIT 1;
    NEW.position := coalesce(last.position, 0) + 1;
    NEW.at := clock_timestamp();
    NEW.previous := coalesce(last.hash, '\\x00'::bytea);
    NEW.hash := history_hash(NEW, NEW.previous);
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION history_never() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The history is only added to: % of % is refused.', TG_OP, TG_TABLE_NAME;
END $$;

CREATE OR REPLACE FUNCTION history_of_change() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET timezone = 'UTC' AS $$
DECLARE
    whole jsonb := to_jsonb(NEW);
    context jsonb := coalesce(whole -> 'pgh_context', '{}'::jsonb);
BEGIN
    INSERT INTO history_entry (kind, who, who_name, person, what, why, where_from, of_table, event, row)
    VALUES ('change', (context ->> 'who')::bigint, coalesce(context ->> 'who_name', 'the database itself'),
            (whole ->> TG_ARGV[0])::bigint, whole ->> 'pgh_label', coalesce(context ->> 'why', ''),
            coalesce(context ->> 'where_from', ''), TG_ARGV[1], NEW.pgh_id,
            jsonb_strip_nulls(whole - 'pgh_context' - 'pgh_id'));
    RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER history_link BEFORE INSERT ON history_entry
    FOR EACH ROW EXECUTE FUNCTION history_link();
CREATE OR REPLACE TRIGGER history_never BEFORE UPDATE OR DELETE OR TRUNCATE ON history_entry
    FOR EACH STATEMENT EXECUTE FUNCTION history_never();
"""

FEED = sql.SQL(
    "DROP TRIGGER IF EXISTS history_of_change ON {table};"
    "CREATE CONSTRAINT TRIGGER history_of_change AFTER INSERT ON {table} DEFERRABLE INITIALLY DEFERRED "
    "FOR EACH ROW EXECUTE FUNCTION history_of_change({person}, {model})"
)
ONLY_ADDED_TO = sql.SQL("REVOKE ALL ON {table} FROM casework_app; GRANT SELECT, INSERT ON {table} TO casework_app")


def set_up(**_kwargs: object) -> None:
    """Put the functions, triggers and grants in place. Safe to run again."""
    with connection.cursor() as cursor:
        cursor.execute(FUNCTIONS)
        for table, person, model in _versions():
            cursor.execute(
                FEED.format(table=sql.Identifier(table), person=sql.Literal(person), model=sql.Literal(model))
            )
        if _has_app_role(cursor):
            for table in ("history_entry", *(name for name, _, _ in _versions())):
                cursor.execute(ONLY_ADDED_TO.format(table=sql.Identifier(table)))


def _versions() -> list[tuple[str, str, str]]:
    """Each table of row versions: its name, the column that says whose record it is, and the model it follows."""
    found = []
    for model in apps.get_models():
        tracked = getattr(model, "pgh_tracked_model", None)
        if tracked is None:
            continue
        names = {field.column for field in model._meta.concrete_fields}
        whose = next((name for name in ("person_id", "child_id") if name in names), "")
        if tracked._meta.label == "people.Person":
            whose = "pgh_obj_id"
        found.append((model._meta.db_table, whose, tracked._meta.label))
    return sorted(found)


def _has_app_role(cursor: object) -> bool:
    cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = 'casework_app'")  # type: ignore[attr-defined]
    return cursor.fetchone() is not None  # type: ignore[attr-defined]
