"""Rules on dates of the record: in order, not before birth, not after death, not still to come."""

from __future__ import annotations

from collections.abc import Iterator

from goldenthread.dataset.schema import Kind, Table
from goldenthread.dataset.tables import TABLES
from goldenthread.quality.conditions import Expr, any_of, col, is_true, plus_days
from goldenthread.quality.record.views import child_column
from goldenthread.quality.rule import Rule

SOURCE = "Ofsted inspectors' questions of Annex A: are the dates in order?"
CARRIED = 280
"""Days before birth within which something may be recorded of an unborn child (40 weeks)."""
STILL_TO_COME = ("due_on", "target_on", "until", "ends_on", "expected_on", "_to")
"""Ends of the names of columns that may hold a day to come."""


def _in_words(name: str) -> str:
    return name.replace("_", " ")


def _happened(table: Table) -> tuple[str, ...]:
    """The days of the table on which something happened, or is said to have."""
    return tuple(
        column.name
        for column in table.columns
        if column.kind is Kind.DAY and not column.name.endswith(STILL_TO_COME) and column.name != "born_on"
    )


def _out_of_order(table: Table) -> Iterator[Rule]:
    for first, last in table.order:
        if table.column(first).kind is not Kind.DAY:
            continue
        what = _in_words(table.name)
        yield Rule(
            code=f"{table.name}.{first}>{last}",
            says=f"In {what}, '{_in_words(last)}' is before '{_in_words(first)}'. Correct one of the two dates.",
            fields=(f"{table.name}.{first}", f"{table.name}.{last}"),
            needs=(table.name,),
            source=SOURCE,
            on=table.name,
            where=col(last) < col(first),
            examples=f"""
                {table.name} 1 {first}=2025-06-02 {last}=2025-06-01  !
                {table.name} 2 {first}=2025-06-01 {last}=2025-06-01     # boundary
                {table.name} 3 {first}=2025-06-01                       # missing
            """,
        )


def _days_that_cannot_be(table: Table) -> Iterator[Rule]:
    days = _happened(table)
    if not days or child_column(table.name) is None:
        return
    fields = tuple(f"{table.name}.{name}" for name in days)
    what = _in_words(table.name)
    first = days[0]

    def rule(code: str, says: str, where: Expr, examples: str) -> Rule:
        return Rule(f"{table.name}.{code}", says, fields, (table.name,), SOURCE, examples, on=table.name, where=where)

    yield rule(
        "to_come",
        f"In {what}, something is dated after today. Correct the date.",
        any_of(col(name) > col("today") for name in days),
        f"""
            {table.name} 1 {first}=2026-04-01  !
            {table.name} 2 {first}=2026-03-31     # boundary
            {table.name} 3                        # missing
        """,
    )
    if table.name == "people":
        return
    yield rule(
        "before_birth",
        f"In {what}, something is dated more than 40 weeks before the child was born. Correct one of the two.",
        any_of(is_true(col(name) < plus_days(col("child_born_on"), -CARRIED)) for name in days),
        f"""
            people       1 is_child=true born_on=2025-06-01
            {table.name} 1 {first}=2024-08-24  !
            people       2 is_child=true born_on=2025-06-01
            {table.name} 2 {first}=2024-08-25     # boundary
            people       3 is_child=true          # missing
            {table.name} 3 {first}=2024-08-24
        """,
    )


RULES: tuple[Rule, ...] = (
    *(rule for table in TABLES.values() for rule in _out_of_order(table)),
    *(rule for table in TABLES.values() for rule in _days_that_cannot_be(table)),
)
