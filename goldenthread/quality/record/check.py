"""The checks run on a dataset as at a day: the record's own rules, and each return's on the return built from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from goldenthread.dataset.store import Dataset
from goldenthread.dataset.tables import TABLES
from goldenthread.quality.check import check
from goldenthread.quality.engines import POLARS
from goldenthread.quality.record.fields import field_to_mend
from goldenthread.quality.record.rules import RULES
from goldenthread.quality.record.views import RecordViews, child_column
from goldenthread.quality.reference import Reference
from goldenthread.quality.returns import MODULES
from goldenthread.quality.rule import Rule, Year
from goldenthread.quality.run import run_rules
from goldenthread.writers import cin_census, ssda903
from goldenthread.writers.built import Built

RECORD = "record"
YEAR_BEGINS = (4, 1)
FIRST_YEAR = 2023
"""The collection that ends in it is the first whose rules are held."""
FINDINGS = {
    "checked_as": pl.String,
    "rule": pl.String,
    "severity": pl.String,
    "child_id": pl.String,
    "record": pl.String,
    "record_id": pl.String,
    "field": pl.String,
    "says": pl.String,
}


@dataclass(frozen=True, slots=True)
class RecordResult:
    """What is wrong in a record as at a day.

    `findings`: checked_as ("record", "ssda903" or "cin-census"), rule, severity, child_id, record (canonical table),
    record_id (its key), field (the column to mend, `table.column`; null where no one field shows it) and says.
    `rules`: checked_as, rule, status, reason.
    """

    as_at: date
    findings: pl.DataFrame
    rules: pl.DataFrame


def check_record(
    dataset: Dataset, as_at: date, *, reference: Reference | None = None, returns: bool = True
) -> RecordResult:
    """Check a dataset, of one child or of all, as at a day: see `RecordResult`.

    Without `returns`, only the record's own rules are run: for a source that holds too little to make a return of.
    """
    parts = [_own(dataset, as_at)]
    year = collection_year(as_at)
    if returns and year < FIRST_YEAR:
        parts += [_no_rules_yet(kind, year) for kind in MODULES]
    elif returns:
        parts += [_of_return(*one, year, reference) for one in _returns(dataset, as_at, year)]
    findings = pl.concat([found for found, _ in parts])
    return RecordResult(as_at, findings, pl.concat([statuses for _, statuses in parts]))


def collection_year(as_at: date) -> int:
    """The year in which the collection that holds the day ends: collections run from 1 April to 31 March."""
    return as_at.year + ((as_at.month, as_at.day) >= YEAR_BEGINS)


def _returns(dataset: Dataset, as_at: date, year: int) -> list[tuple[str, Built, Built | None]]:
    last_day = date(year - 1, 3, 31)
    return [
        ("ssda903", ssda903.build(dataset, as_at), ssda903.build(dataset, last_day)),
        ("cin-census", cin_census.build(dataset, as_at), None),
    ]


def _own(dataset: Dataset, as_at: date) -> tuple[pl.DataFrame, pl.DataFrame]:
    views = RecordViews(dataset, as_at)
    year = collection_year(as_at)
    outcome = run_rules(RULES, views, Year(year, date(year - 1, 4, 1), date(year, 3, 31)), POLARS)
    at_fault = set(outcome.found["table"])
    rows = [
        frame.select(
            pl.lit(table).alias("record"),
            "row",
            pl.col(child_column(table) or TABLES[table].key[0]).alias("child_id"),
            pl.concat_str([pl.col(key).cast(pl.String) for key in TABLES[table].key], separator="|").alias("record_id"),
        )
        for table, frame in views.frames.items()
        if table in at_fault
    ]
    placed = outcome.found.rename({"table": "record"})
    named = placed.join(pl.concat(rows), on=["record", "row"], how="left") if rows else _unplaced(placed)
    declared = {rule.code: rule for rule in RULES}
    return _described(RECORD, named, declared), _statuses(RECORD, outcome.statuses, list(declared))


def _no_rules_yet(kind: str, year: int) -> tuple[pl.DataFrame, pl.DataFrame]:
    reason = f"no rules are held for the collection that ends in {year}; the first is that of {FIRST_YEAR}"
    return pl.DataFrame(schema=FINDINGS), _statuses(kind, {"every rule": ("skipped", reason)}, ["every rule"])


def _unplaced(found: pl.DataFrame) -> pl.DataFrame:
    return found.with_columns(child_id=pl.lit(None, dtype=pl.String), record_id=pl.lit(None, dtype=pl.String))


def _of_return(
    kind: str, built: Built, last: Built | None, year: int, reference: Reference | None
) -> tuple[pl.DataFrame, pl.DataFrame]:
    result = check(kind, built.tables, last.tables if last else None, year, reference=reference)
    origins = [
        origin.select(pl.lit(table).alias("table"), "child_id", "record", "record_id").with_row_index("row")
        for table, origin in built.origins.items()
    ]
    placed = result.findings.join(
        pl.concat(origins).with_columns(pl.col("row").cast(pl.Int64)), on=["table", "row"], how="left"
    )
    statuses = {code: (status, reason) for code, status, reason in result.rules.iter_rows()}
    return _described(kind, placed, result.declared), _statuses(kind, statuses, list(statuses))


def _described(kind: str, found: pl.DataFrame, rules: Mapping[str, Rule]) -> pl.DataFrame:
    about = pl.DataFrame(
        {
            "rule": list(rules),
            "severity": [rule.severity.value for rule in rules.values()],
            "says": [rule.says for rule in rules.values()],
        },
        schema={"rule": pl.String, "severity": pl.String, "says": pl.String},
    )
    described = found.join(about, on="rule", how="left").with_columns(pl.lit(kind).alias("checked_as"))
    pairs = described.select("rule", "record").unique()
    fields = pairs.with_columns(
        pl.Series("field", [field_to_mend(kind, rules[code], record) for code, record in pairs.iter_rows()], pl.String)
    )
    placed = described.join(fields, on=["rule", "record"], how="left", nulls_equal=True)
    return placed.select(list(FINDINGS)).unique(maintain_order=True)


def _statuses(kind: str, held: Mapping[str, tuple[str, str]], order: list[str]) -> pl.DataFrame:
    rows = [(kind, code, *held[code]) for code in order]
    schema = {"checked_as": pl.String, "rule": pl.String, "status": pl.String, "reason": pl.String}
    return pl.DataFrame(rows, schema=schema, orient="row")
