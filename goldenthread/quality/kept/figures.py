"""Figures of the runs kept: by rule, team and week; the children with most; how far each return is from submittable."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import polars as pl

from goldenthread.quality.kept.compare import RAN
from goldenthread.quality.kept.queries import marked
from goldenthread.quality.kept.store import Run
from goldenthread.quality.record.check import RECORD
from goldenthread.quality.rule import Severity

RETURNS = ("ssda903", "cin-census", RECORD)
"""What is checked, in the order it is reported; the record's own checks stand for what an inspector looks for."""
MOST = 20
"""Children shown with most findings (issue "Data accuracy", "Queries and mending")."""

ERROR = pl.col("severity") == Severity.ERROR.value
UNEXPLAINED = (pl.col("severity") == Severity.QUERY.value) & (pl.col("answered") == "explained").not_().fill_null(True)
EXPLAINED = (pl.col("severity") == Severity.QUERY.value) & (pl.col("answered") == "explained").fill_null(False)
OPEN = ERROR | UNEXPLAINED
"""What somebody has still to mend or to explain; of the frames that `queries.marked` gives."""


def week_of(day: date) -> date:
    """The Monday of the day's week."""
    return day - timedelta(days=day.weekday())


def by_rule_team_week(runs: Sequence[Run], answers: pl.DataFrame) -> pl.DataFrame:
    """What was open at the last run of each week, by rule and team.

    Columns: week (its Monday), as_at (that run's day), checked_as, rule, severity, says, team (which held the child
    then), findings (open: errors and unexplained queries) and children. Latest week first, most findings first.
    """
    last = {week_of(run.as_at): run for run in sorted(runs, key=lambda run: run.as_at)}
    parts = [
        marked(run, answers)
        .filter(OPEN)
        .group_by("checked_as", "rule", "severity", "says", "team")
        .agg(findings=pl.len().cast(pl.Int64), children=pl.col("child_id").n_unique().cast(pl.Int64))
        .select(pl.lit(week).alias("week"), pl.lit(run.as_at).alias("as_at"), pl.all())
        for week, run in last.items()
    ]
    if not parts:
        return pl.DataFrame(schema=WEEKLY)
    order = ["week", "findings", "checked_as", "rule", "team"]
    return pl.concat(parts).select(list(WEEKLY)).sort(order, descending=[True, True, False, False, False])


WEEKLY = {"week": pl.Date, "as_at": pl.Date, "checked_as": pl.String, "rule": pl.String, "severity": pl.String,
          "says": pl.String, "team": pl.String, "findings": pl.Int64, "children": pl.Int64}  # fmt: skip


def most_findings(run: Run, answers: pl.DataFrame, most: int = MOST) -> pl.DataFrame:
    """The children with most open findings, most first; of children with as many, the lower identifier.

    Columns: child_id, team, findings (open), errors, queries (unexplained), rules (the codes broken, in order). A
    finding about no child is left out.
    """
    found = marked(run, answers).filter(OPEN, pl.col("child_id").is_not_null())
    by_child = found.group_by("child_id").agg(
        team=pl.col("team").first(),
        findings=pl.len().cast(pl.Int64),
        errors=ERROR.sum().cast(pl.Int64),
        queries=UNEXPLAINED.sum().cast(pl.Int64),
        rules=pl.col("rule").unique().sort(),
    )
    return by_child.sort("findings", "errors", "child_id", descending=[True, True, False]).head(most)


def how_far(runs: Sequence[Run], answers: pl.DataFrame) -> pl.DataFrame:
    """How far each return is from submittable in the latest run, and how that has changed since the run before.

    Columns: checked_as, errors, queries (unexplained), explained, children (with anything open), rules_ran,
    rules_not_run (skipped or failed: what they would find is not known), errors_change and queries_change (from the
    run before; null for the first run, or where none of the return's rules ran then or now). A return none of whose
    rules ran is not known to be submittable, however few its errors.
    """
    ordered = sorted(runs, key=lambda run: run.as_at)
    if not ordered:
        return pl.DataFrame(schema=DISTANCE)
    now = _distance(ordered[-1], answers)
    before = _distance(ordered[-2], answers) if len(ordered) > 1 else now.clear()
    both = now.join(before, on="checked_as", how="left", suffix="_before", maintain_order="left")
    ran = (pl.col("rules_ran") > 0) & (pl.col("rules_ran_before") > 0)
    changes = [
        pl.when(ran).then(pl.col(name) - pl.col(f"{name}_before")).alias(f"{name}_change")
        for name in ("errors", "queries")
    ]
    return both.with_columns(changes).select(list(DISTANCE))


DISTANCE = {"checked_as": pl.String, **dict.fromkeys(("errors", "queries", "explained", "children", "rules_ran",
            "rules_not_run", "errors_change", "queries_change"), pl.Int64)}  # fmt: skip


def _distance(run: Run, answers: pl.DataFrame) -> pl.DataFrame:
    found = marked(run, answers).group_by("checked_as").agg(
        errors=ERROR.sum(),
        queries=UNEXPLAINED.sum(),
        explained=EXPLAINED.sum(),
        children=pl.col("child_id").filter(OPEN).n_unique(),
    )  # fmt: skip
    rules = run.rules.group_by("checked_as").agg(
        rules_ran=(pl.col("status") == RAN).sum(), rules_not_run=(pl.col("status") != RAN).sum()
    )
    returns = pl.DataFrame({"checked_as": list(RETURNS)})
    placed = returns.join(found, on="checked_as", how="left", maintain_order="left")
    whole = placed.join(rules, on="checked_as", how="left", maintain_order="left")
    return whole.with_columns(pl.exclude("checked_as").fill_null(0).cast(pl.Int64))
