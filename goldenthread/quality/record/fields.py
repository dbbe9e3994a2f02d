"""Which field of the record to mend for a fault found in a return: read from the columns' own map to the returns."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cache

from goldenthread.dataset.tables import TABLES
from goldenthread.quality.rule import Rule


@cache
def _fields_of(kind: str) -> Mapping[str, tuple[tuple[str, str], ...]]:
    """The return's `Table.COLUMN` to the canonical (table, column) that fill it."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for table in TABLES.values():
        for column in table.columns:
            filled = column.ssda903 if kind == "ssda903" else column.cin
            if filled:
                found[filled].append((table.name, column.name))
    return {name: tuple(places) for name, places in found.items()}


def field_to_mend(kind: str, rule: Rule, record: str | None) -> str | None:
    """The first field of the rule that the record at fault holds, `table.column`; else one of another table.

    A rule on the record itself names its fields; one on a return names the return's, of which some are worked out and
    have no field of their own: None where all are.
    """
    named = [tuple(field.split(".", 1)) for field in rule.fields]
    if kind == "record":
        places = [(table, column) for table, column in named if table in TABLES]
    else:
        places = [place for field in rule.fields for place in _fields_of(kind).get(field, ())]
    own = [column for table, column in places if table == record]
    if own:
        return f"{record}.{own[0]}"
    return ".".join(places[0]) if places else None
