"""One check of one return as the reports show it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import polars as pl

from goldenthread.quality.report.findings import declared_frame, enriched
from goldenthread.quality.result import Result
from goldenthread.quality.returns import Frames, checked
from goldenthread.quality.rule import Severity

RETURNS = {"ssda903": "SSDA903", "cin-census": "CIN census"}
UNREAD = {
    "file": pl.String(),
    "place": pl.String(),
    "row": pl.Int64(),
    "column": pl.String(),
    "value": pl.String(),
    "reason": pl.String(),
    "what_to_do": pl.String(),
    "whole_row": pl.Boolean(),
}
"""The columns of `Rejects.frame()`."""
IS_ERROR = pl.col("severity") == Severity.ERROR.value


@dataclass(frozen=True)
class CheckReport:
    """A check and what the files held beside it.

    `tables` are those checked; `source` is the name of what was given. `unread` are the cells and rows that could not
    be read, `notices` what deserves a look although it was read, `structure` the faults of the file as a whole
    (columns as `structure_faults` gives them; none at all for a return without such checks).
    """

    result: Result
    tables: Frames
    source: str
    unread: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=UNREAD))
    notices: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=UNREAD))
    structure: pl.DataFrame = field(default_factory=pl.DataFrame)

    @property
    def title(self) -> str:
        """What was checked: `SSDA903 return 2025-26`."""
        number = self.result.year.number
        name = RETURNS[self.result.kind.replace("_", "-")]
        return f"{name} {'return ' if name == 'SSDA903' else ''}{number - 1}-{number % 100:02}"

    @property
    def child_column(self) -> str:
        """The column that names the child in every table of the return."""
        return checked(self.result.kind).shape.child

    @cached_property
    def findings(self) -> pl.DataFrame:
        """Every finding: see `enriched`."""
        return self.enriched(self.result.findings)

    def enriched(self, findings: pl.DataFrame) -> pl.DataFrame:
        """Some of the findings, each with its rule and its place."""
        return enriched(self.result, self.tables, self.source, findings)

    @cached_property
    def by_rule(self) -> pl.DataFrame:
        """One row a rule, in the result's order.

        Columns: rule, severity, says, fields, source, status, reason, findings, children (with one or more). Of a rule
        that was not run, `findings` and `children` are missing: nobody knows.
        """
        counts = self.result.findings.group_by("rule").agg(
            findings=pl.len().cast(pl.Int64), children=pl.col("child").n_unique().cast(pl.Int64)
        )
        told = declared_frame(self.result.declared).join(
            self.result.rules, on="rule", how="right", maintain_order="right"
        )
        counted = told.join(counts, on="rule", how="left", maintain_order="left")
        ran = pl.when(pl.col("status") == "ran")
        return counted.select(
            *("rule", "severity", "says", "fields", "source", "status", "reason"),
            *(ran.then(pl.col(name).fill_null(0)).alias(name) for name in ("findings", "children")),
        )

    @cached_property
    def children(self) -> pl.DataFrame:
        """One row a child with findings, most errors first. Columns: child, findings, errors, queries.

        Findings without a child are left out.
        """
        errors = [rule.code for rule in self.result.declared.values() if rule.severity is Severity.ERROR]
        told = self.result.findings.lazy().filter(pl.col("child").is_not_null())
        totals = told.group_by("child").agg(
            findings=pl.len().cast(pl.Int64), errors=pl.col("rule").is_in(errors).sum().cast(pl.Int64)
        )
        counted = totals.with_columns(queries=pl.col("findings") - pl.col("errors"))
        return counted.sort("errors", "queries", "child", descending=[True, True, False]).collect()

    @cached_property
    def by_child(self) -> pl.DataFrame:
        """The rows of `children` with `rules`, the codes joined by commas."""
        return self.with_rules(self.children)

    def with_rules(self, children: pl.DataFrame) -> pl.DataFrame:
        """Some rows of `children` with `rules`: the codes, in the order of the rules, joined by commas."""
        theirs = self.result.findings.join(children.select("child"), on="child", how="semi", maintain_order="left")
        codes = theirs.group_by("child").agg(rules=pl.col("rule").unique(maintain_order=True).str.join(", "))
        return children.join(codes, on="child", how="left", maintain_order="left")

    @cached_property
    def totals(self) -> Mapping[str, int]:
        """How many of everything: errors, queries, children, rules by status, unread, structure, notices."""
        errors = self.by_rule.filter(IS_ERROR)["findings"].sum()
        status = self.result.rules["status"]
        return {
            "errors": int(errors),
            "queries": self.result.findings.height - int(errors),
            "children": self.children.height,
            "rules_ran": int((status == "ran").sum()),
            "rules_skipped": int((status == "skipped").sum()),
            "rules_failed": int((status == "failed").sum()),
            "structure": self.structure.height,
            "not_read": self.unread.height,
            "notices": self.notices.height,
        }

    @property
    def clean(self) -> bool:
        """Whether nothing stands in the way: no error, no fault of the file, nothing unread, no rule that failed."""
        return not any(self.totals[name] for name in ("errors", "structure", "not_read", "rules_failed"))

    @cached_property
    def skipped(self) -> list[tuple[str, list[str]]]:
        """Why rules were skipped, each reason with the codes it holds for, the commonest first."""
        why = self.result.rules.filter(pl.col("status") == "skipped")
        groups = why.group_by("reason", maintain_order=True).agg("rule", count=pl.len())
        return groups.sort("count", descending=True, maintain_order=True).select("reason", "rule").rows()
