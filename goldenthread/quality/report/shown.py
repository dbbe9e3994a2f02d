"""Which findings the page shows, each with the row it stands in: enough to see what is wrong, and quick to open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from goldenthread.dataset.readers.common import LINE
from goldenthread.dataset.readers.ssda903_load import FILE
from goldenthread.quality.report.findings import columns_at_fault
from goldenthread.quality.report.model import CheckReport

ROWS_IN_ALL = 1_200
ROWS_OF_A_RULE = 20
LEAST_ROWS = 3
CHILDREN_SHOWN = 100
LINES_OF_A_CHILD = 12
"""Numbers of what the page shows; it says how many more there are, and where."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a row, as uploaded. `name` is its column; `value` is empty for a blank cell."""

    name: str
    value: str
    at_fault: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A row that a rule points at: the child's own identifier, where it stands, and its cells."""

    child: str
    file: str
    line: int | None
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class TablePart:
    """The rows of one table that a rule points at.

    `at_fault` and `others` are the columns shown beside the child, which itself is at fault when `child_at_fault`.
    """

    table: str
    at_fault: tuple[str, ...]
    others: tuple[str, ...]
    rows: tuple[Row, ...]
    child_at_fault: bool = False

    @property
    def several_files(self) -> bool:
        return len({row.file for row in self.rows}) > 1


@dataclass(frozen=True, slots=True)
class RulePart:
    """A rule with its findings: `shown` rows of them on the page, `more` that are not."""

    rule: str
    severity: str
    says: str
    fields: tuple[str, ...]
    source: str
    findings: int
    children: int
    tables: tuple[TablePart, ...]
    more: int

    @property
    def shown(self) -> int:
        return self.findings - self.more


@dataclass(frozen=True, slots=True)
class ChildPart:
    """A child with its findings: dicts with rule, severity, says, table, file, line, values."""

    child: str
    errors: int
    queries: int
    lines: Sequence[dict[str, object]]
    more: int


def rule_parts(report: CheckReport) -> list[RulePart]:
    """Every rule with findings, errors first, those with most findings first."""
    found = report.by_rule.filter(pl.col("findings") > 0)
    found = found.sort("severity", -pl.col("findings"), maintain_order=True)
    each = max(LEAST_ROWS, min(ROWS_OF_A_RULE, ROWS_IN_ALL // max(1, found.height)))
    findings = _by_rule(report.result.findings)
    return [_rule_part(report, row, findings[row["rule"]], each) for row in found.iter_rows(named=True)]


def _by_rule(findings: pl.DataFrame) -> dict[str, pl.DataFrame]:
    """The findings of each rule. They come in the order of the rules, so that each rule's are a slice of them all."""
    runs = findings["rule"].rle().struct.unnest()
    starts = runs["len"].cast(pl.Int64).cum_sum() - runs["len"].cast(pl.Int64)
    return {rule: findings.slice(start, count) for count, rule, start in runs.with_columns(starts.alias("at")).rows()}


def child_parts(report: CheckReport, shown: int = CHILDREN_SHOWN) -> list[ChildPart]:
    """The children with most errors, each with its findings."""
    children = report.children.head(shown)
    ours = report.result.findings.filter(pl.col("child").is_in(children["child"].implode()))
    lines = report.enriched(ours).sort("severity", maintain_order=True).partition_by("child", as_dict=True)
    return [
        ChildPart(
            child=row["child"],
            errors=row["errors"],
            queries=row["queries"],
            lines=lines[row["child"],].head(LINES_OF_A_CHILD).to_dicts(),
            more=max(0, row["findings"] - LINES_OF_A_CHILD),
        )
        for row in children.iter_rows(named=True)
    ]


def _rule_part(
    report: CheckReport, row: dict[str, Any], findings: pl.DataFrame, each: int
) -> RulePart:  # Any: a row of `by_rule`
    rule = report.result.declared[str(row["rule"])]
    # Where a rule points at rows of two tables, those of one child belong together.
    children = findings["child"].unique(maintain_order=True).head(each)
    ours = findings.filter(pl.col("child").is_in(children.implode(), nulls_equal=True))
    parts = [
        _table_part(report, part.head(each), columns_at_fault(rule, part["table"][0]))
        for part in ours.partition_by("table", maintain_order=True)
    ]
    return RulePart(
        rule=rule.code,
        severity=rule.severity.value,
        says=rule.says,
        fields=rule.fields,
        source=rule.source,
        findings=findings.height,
        children=row["children"],
        tables=tuple(part for part in parts if part.table),
        more=findings.height - sum(len(part.rows) for part in parts),
    )


def _table_part(report: CheckReport, findings: pl.DataFrame, columns: tuple[str, ...]) -> TablePart:
    table, child = findings["table"][0], report.child_column
    if table is None:
        return TablePart("", (), (), tuple(Row("", "", None, ()) for _ in range(findings.height)))
    frame = report.tables[table][findings["row"]]
    place = {name: number for number, name in enumerate(frame.columns)}
    texts = [[value or "" for value in row] for row in frame.select(pl.all().cast(pl.String)).rows()]
    at_fault = tuple(name for name in columns if name in place and name != child)
    apart = {child, FILE, LINE, *at_fault}
    others = tuple(name for name in place if name not in apart and any(row[place[name]] for row in texts))
    shown = [(name, place[name], name in at_fault) for name in (*at_fault, *others)]
    rows = tuple(
        Row(
            child=row[place[child]] if child in place else "",
            file=row[place[FILE]] if FILE in place else report.source,
            line=int(row[place[LINE]]) if LINE in place and row[place[LINE]] else None,
            cells=tuple(Cell(name, row[number], fault) for name, number, fault in shown),
        )
        for row in texts
    )
    return TablePart(table, at_fault, others, rows, child_at_fault=child in columns)
