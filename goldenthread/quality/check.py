"""The check itself: tables in, findings and every rule's status out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

import polars as pl

from goldenthread.quality.engines import POLARS, RuleEngine
from goldenthread.quality.needs import why_skipped
from goldenthread.quality.reference import Reference, reference_of
from goldenthread.quality.result import FINDINGS, STATUSES, Result
from goldenthread.quality.returns import Checked, Frames, checked
from goldenthread.quality.rule import Rule, Year
from goldenthread.quality.run import WHOLE_RETURN, run_rules

FIRST_MONTH, FIRST_DAY = 4, 1
LAST_MONTH, LAST_DAY = 3, 31
"""A collection year is 1 April to 31 March (SSDA903 guide; CIN census guide, reference date)."""


def check(
    kind: str,
    tables: Frames,
    previous: Frames | None = None,
    collection_year: int = 2026,
    period: tuple[date, date] | None = None,
    reference: Mapping[str, object] | Path | str | Reference | None = None,
    *,
    engine: RuleEngine = POLARS,
    rules: Iterable[Rule] | None = None,
) -> Result:
    """Run the rules of the return `kind` ("ssda903" or "cin-census") and give what they found.

    `tables` maps the return's table names to frames of text as uploaded, any subset of tables and columns; they are
    not changed. `previous` is last year's. `collection_year` is the year the collection ends in; `period` its first
    and last day, 1 April to 31 March unless given. `reference` is a mapping or a folder: `local_authority`,
    `providers`, `postcodes`. `rules` are the rules to run, all of the year unless given.

    Raises ValueError for a return there is none of, a year there are no rules of, or a table name or reference that is
    not known; RefusedFile for a file of reference data that cannot be read.
    """
    what = checked(kind)
    known = reference_of(reference)
    start, end = period or _period(collection_year)
    year = Year(collection_year, start, end, known.local_authority)
    chosen = [rule for rule in (what.rules if rules is None else rules) if rule.applies(collection_year)]
    if rules is None and not chosen:
        first = min(rule.years[0] for rule in what.rules)
        raise ValueError(
            f"No rules of the {kind} return are held for the collection that ends in {collection_year}; "
            f"they begin with the one that ends in {first}"
        )
    return _run(kind, what, chosen, _known(what, tables), _known(what, previous or {}), year, known, engine)


def _period(collection_year: int) -> tuple[date, date]:
    return date(collection_year - 1, FIRST_MONTH, FIRST_DAY), date(collection_year, LAST_MONTH, LAST_DAY)


def _known(what: Checked, tables: Frames) -> Frames:
    if unknown := sorted(set(tables) - set(what.shape.tables)):
        raise ValueError(f"The return has no table called {', '.join(unknown)}; it has {', '.join(what.shape.tables)}")
    return tables


def _run(
    kind: str,
    what: Checked,
    rules: list[Rule],
    tables: Frames,
    previous: Frames,
    year: Year,
    reference: Reference,
    engine: RuleEngine,
) -> Result:
    skipped = {rule.code: reason for rule in rules if (reason := why_skipped(rule, what, tables, previous, reference))}
    views = what.prepare(tables, previous, year, reference, engine)
    outcome = run_rules([rule for rule in rules if rule.code not in skipped], views, year, engine)
    statuses = [
        (rule.code, *outcome.statuses.get(rule.code, ("skipped", skipped.get(rule.code, "")))) for rule in rules
    ]
    return Result(
        kind=kind,
        year=year,
        findings=_with_children(outcome.found, what, tables, rules),
        rules=pl.DataFrame(statuses, schema=STATUSES, orient="row"),
        declared={rule.code: rule for rule in rules},
    )


def _with_children(found: pl.DataFrame, what: Checked, tables: Frames, rules: list[Rule]) -> pl.DataFrame:
    """The findings with the child of each row as the table gave it, sorted by rule, table and row."""
    order = pl.Enum([rule.code for rule in rules])
    parts = [pl.DataFrame(schema=FINDINGS)]
    for part in found.partition_by("table"):
        table = part["table"][0]
        frame = tables.get(table)
        if frame is None or what.shape.child not in frame.columns:
            child = pl.Series("child", [None] * part.height, pl.String)
        else:
            child = frame[what.shape.child].gather(part["row"]).cast(pl.String).alias("child")
        parts.append(part.with_columns(child))
    in_order = pl.concat(parts).sort(pl.col("rule").cast(order), "table", "row", nulls_last=True)
    return in_order.with_columns(pl.when(pl.col("table") != WHOLE_RETURN).then("table").alias("table"))
