"""Running rules: every view once with all its conditions, everything computed together, and every rule's status.

A rule that breaks is named with its error and takes no other with it: when the whole does not compute, each rule is
computed by itself and those that cannot be are reported as failed. A failed rule is never mistaken for a clean one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Protocol

import narwhals as nw
import polars as pl
from polars.exceptions import PanicException

from goldenthread.quality.engines import RuleEngine, mark
from goldenthread.quality.rule import Lazy, Rule, View, Year

FOUND = {"rule": pl.String, "table": pl.String, "row": pl.Int64}
WHOLE_RETURN = ""
"""The table of a finding about the return as a whole, which points at no row."""


class Views(Protocol):
    """What rules look at: `view` gives a table, or the pairs of two, with everything a row is compared with."""

    @property
    def rows(self) -> Mapping[str, int]:
        """How many rows the tables have, where that is known."""
        ...

    @property
    def lack_is_a_fault(self) -> bool:
        """Whether a search may find that a table has no rows: then it is made even where all it looks at are empty."""
        ...

    def view(self, on: View) -> Lazy: ...


@dataclass(frozen=True, slots=True)
class Outcome:
    """`found`: rule, table, row (null for the whole return). `statuses`: rule code to (status, reason)."""

    found: pl.DataFrame
    statuses: Mapping[str, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class _Planned:
    """A plan, and how to read the rows each rule found from its result."""

    rules: tuple[Rule, ...]
    frame: Lazy
    read: Callable[[pl.DataFrame], list[pl.DataFrame]]


def run_rules(rules: Sequence[Rule], views: Views, year: Year, engine: RuleEngine) -> Outcome:
    """What the rules find. Each rule is `ran`, or `failed` with the error that stopped it."""
    statuses: dict[str, tuple[str, str]] = {}
    try:
        plans = list(_plans(rules, views, year, engine, statuses))
        results = engine.collect([plan.frame for plan in plans])
        found = [part for plan, result in zip(plans, results, strict=True) for part in plan.read(result)]
    except (Exception, PanicException):  # whatever an engine raises: the rules at fault are found below, and named
        found = _one_by_one(rules, views, year, engine, statuses)
    for rule in rules:
        statuses.setdefault(rule.code, ("ran", ""))
    together = pl.concat(found) if found else pl.DataFrame(schema=FOUND)
    return Outcome(together.unique(maintain_order=True), statuses)


def _one_by_one(
    rules: Sequence[Rule], views: Views, year: Year, engine: RuleEngine, statuses: dict[str, tuple[str, str]]
) -> list[pl.DataFrame]:
    found: list[pl.DataFrame] = []
    for rule in rules:
        if rule.code in statuses:
            continue
        try:
            plans = list(_plans([rule], views, year, engine, statuses))
            results = engine.collect([plan.frame for plan in plans])
            found.extend(part for plan, result in zip(plans, results, strict=True) for part in plan.read(result))
        except (Exception, PanicException) as fault:
            statuses[rule.code] = _failed(fault)
    return found


def _failed(fault: Exception) -> tuple[str, str]:
    text = str(fault).strip()
    return "failed", f"{type(fault).__name__}: {text.splitlines()[0] if text else 'no message'}"


def _plans(
    rules: Iterable[Rule], views: Views, year: Year, engine: RuleEngine, statuses: dict[str, tuple[str, str]]
) -> Iterable[_Planned]:
    by_view: dict[View, list[tuple[Rule, nw.Expr]]] = {}
    for rule in rules:
        try:
            if _nothing_to_look_at(rule, views):
                continue
            if rule.search is not None:
                yield from _searches(rule, rule.search(views, year))
            elif rule.on is not None and rule.where is not None:
                where = rule.where if isinstance(rule.where, nw.Expr) else _said_for(rule.where, year)
                by_view.setdefault(rule.on, []).append((rule, where))
        except Exception as fault:  # a rule that cannot even be said is that rule's failure alone
            statuses[rule.code] = _failed(fault)
    for on, conditions in by_view.items():
        yield _view_plan(views.view(on), conditions, engine)


@cache
def _said_for(where: Callable[[Year], nw.Expr], year: Year) -> nw.Expr:
    return where(year)


def _nothing_to_look_at(rule: Rule, views: Views) -> bool:
    """Whether the tables that the rule looks at, or could point at, are known to be empty: then it finds nothing."""
    if rule.on is not None:
        return is_empty(views, rule.on)
    tables = {field.partition(".")[0] for field in rule.fields}
    return not views.lack_is_a_fault and all(views.rows.get(table) == 0 for table in tables)


def is_empty(views: Views, on: View) -> bool:
    """Whether the view is known to have no rows."""
    return any(views.rows.get(table) == 0 for table in ((on,) if isinstance(on, str) else on))


def _searches(rule: Rule, found: Mapping[str, Lazy]) -> Iterable[_Planned]:
    for table, frame in found.items():

        def read(result: pl.DataFrame, table: str = table) -> list[pl.DataFrame]:
            return [_findings(rule.code, table, result["row"])]

        yield _Planned((rule,), frame.select(nw.col("row").cast(nw.Int64)), read)


def _view_plan(view: Lazy, conditions: list[tuple[Rule, nw.Expr]], engine: RuleEngine) -> _Planned:
    pointers = sorted({column for rule, _ in conditions for column in rule.pointers().values()})
    frame = engine.select(view, pointers, [where for _, where in conditions])

    def read(result: pl.DataFrame) -> list[pl.DataFrame]:
        parts = []
        for place, (rule, _) in enumerate(conditions):
            if not result[mark(place)].any():
                continue
            hit = result.filter(pl.col(mark(place)))
            for table, column in rule.pointers().items():
                parts.append(_findings(rule.code, table, hit[column]))
        return parts

    return _Planned(tuple(rule for rule, _ in conditions), frame, read)


def _findings(rule: str, table: str, rows: pl.Series) -> pl.DataFrame:
    if not len(rows):
        return pl.DataFrame(schema=FOUND)
    held = rows.cast(pl.Int64).alias("row").to_frame()
    held = held if table == WHOLE_RETURN else held.drop_nulls()
    return held.select(pl.lit(rule).alias("rule"), pl.lit(table).alias("table"), "row").cast(pl.Schema(FOUND))
