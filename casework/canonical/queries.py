"""The SQL of every canonical table: of the whole record, or of the few people asked for.

A view's file names whose rows it takes as `{whose}`: a relation of person (key), former (the number the row was made
under) and reference (the number that person's record has now). Both uses are made of the one file.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from string import Formatter

from goldenthread.dataset.schema import Table
from goldenthread.dataset.tables import TABLES

VIEWS = Path(__file__).parent / "views"
LIVE = frozenset(path.stem for path in VIEWS.glob("*.sql"))
"""The canonical tables that the record keeps. Every other one is carried."""

OWNERS = ("child_id", "person_id")

ASKED = """
WITH RECURSIVE asked(person, former, reference) AS (
    SELECT p.id, p.reference::text, p.reference::text FROM people_person p WHERE p.id = ANY($1)
    UNION
    SELECT p.id, p.reference::text, asked.reference
    FROM people_person p JOIN asked ON p.merged_into_id = asked.person
)
"""
"""The people asked for by key, none of them merged, and every record that was merged into theirs."""


def owner(table: Table) -> str | None:
    """The column that says whose row it is; None for a table that is about nobody the record has a page for."""
    held = {column.name for column in table.columns}
    return next((name for name in OWNERS if name in held), None)


@cache
def of_everybody(name: str) -> str:
    """The query of a canonical table over the whole record."""
    if name in LIVE:
        return _live(name, "canonical.whose")
    table = TABLES[name]
    whose = owner(table)
    columns = [
        f"coalesce(led.reference, kept.{column}) AS {column}" if column == whose else f"kept.{column}"
        for column in table.schema
    ]
    led = f" LEFT JOIN canonical.led ON led.former = kept.{whose}" if whose else ""
    return f"SELECT {', '.join(columns)} FROM carried.{name} kept{led}"


OWNED = tuple(name for name, table in TABLES.items() if owner(table))
"""The tables whose rows are somebody's."""


@cache
def of_the_asked(tables: tuple[str, ...] = OWNED) -> str:
    """One query that gives one JSON document: each of the tables, with the rows of the people asked for."""
    parts = [f"'{name}', ({_as_json(_of_asked(name))})" for name in tables]
    # PostgreSQL takes at most 100 arguments to a function, so the document is put together in parts.
    documents = [f"jsonb_build_object({', '.join(parts[at : at + 40])})" for at in range(0, len(parts), 40)]
    return f"{ASKED}SELECT ({' || '.join(documents)})::text"


@cache
def about_the_asked(query: str) -> str:
    """`query` with each `{table}` in it as that canonical table's rows of the people whose keys are $1.

    It may also name `asked` (person, former, reference): those people, and the records that were merged into theirs.
    """
    named = {name for _, name, _, _ in Formatter().parse(query) if name}
    return ASKED + query.format_map({name: f"({_of_asked(name)}) {name}" for name in named})


def _of_asked(name: str) -> str:
    if name in LIVE:
        return _live(name, "asked")
    table = TABLES[name]
    whose = owner(table)
    columns = ", ".join(
        f"asked.reference AS {column}" if column == whose else f"kept.{column}" for column in table.schema
    )
    return f"SELECT {columns} FROM asked JOIN carried.{name} kept ON kept.{whose} = asked.former"


def _as_json(query: str) -> str:
    # Without the empty cells, which are most of them.
    return f"SELECT jsonb_agg(jsonb_strip_nulls(to_jsonb(found))) FROM ({query}) found"


@cache
def _live(name: str, whose: str) -> str:
    return (VIEWS / f"{name}.sql").read_text(encoding="utf-8").replace("{whose}", whose)
