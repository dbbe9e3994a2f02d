"""The runs of the record's checks that are kept, each with who held the child then and the facts found fault with."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from goldenthread.dataset.kept_runs import damaged, days_kept, keep_tables, open_tables
from goldenthread.dataset.store import Dataset
from goldenthread.dataset.tables import TABLES
from goldenthread.quality.kept.teams import NO_TEAM, teams
from goldenthread.quality.record.check import FINDINGS, RecordResult

KIND = "accuracy"
IDENTITY = ("checked_as", "rule", "child_id", "record", "record_id")
"""What makes a finding of one run the same as one of another."""
KEPT = {**FINDINGS, "team": pl.String, "facts": pl.String}
RULES = {"checked_as": pl.String, "rule": pl.String, "status": pl.String, "reason": pl.String}
FACTS = dict.fromkeys(("record", "record_id", "facts"), pl.String)
UNSAID, BETWEEN = "\x1e", "\x1f"
"""What stands for an empty cell, and between cells, where a row is made one text to be hashed: no text holds them."""


@dataclass(frozen=True, slots=True)
class Run:
    """A run that was kept.

    `findings`: those of `RecordResult`, one an identity, with `team` (who held the child that day) and `facts` (a hash
    of the record found fault with, which changes when the record does). `rules`: checked_as, rule, status, reason.
    """

    as_at: date
    findings: pl.DataFrame
    rules: pl.DataFrame


def run_of(result: RecordResult, dataset: Dataset | None = None) -> Run:
    """The run to be kept. Without the dataset no team is known, and `facts` is a hash of the finding's identity."""
    findings = result.findings.unique(IDENTITY, keep="first", maintain_order=True)
    team = pl.DataFrame(schema={"child_id": pl.String, "team": pl.String})
    facts = pl.DataFrame(schema=FACTS)
    if dataset is not None:
        team = teams(dataset, result.as_at)
        facts = _facts(dataset, findings)
    placed = findings.join(team, on="child_id", how="left", maintain_order="left").join(
        facts, on=["record", "record_id"], how="left", maintain_order="left"
    )
    told = placed.with_columns(pl.col("team").fill_null(NO_TEAM), pl.col("facts").fill_null(_hashed(list(IDENTITY))))
    return Run(result.as_at, told.select(list(KEPT)), result.rules.select(list(RULES)))


def keep(result: RecordResult, folder: Path, dataset: Dataset | None = None, *, replace: bool = False) -> Run:
    """Keep the result in `folder`, whole or not at all, and give the run as kept (see `run_of`).

    A run already kept for the day is replaced only when `replace`. DatasetError when it may not be, or when nothing
    can be written.
    """
    run = run_of(result, dataset)
    tables = {"findings": run.findings, "rules": run.rules}
    keep_tables(folder, run.as_at, tables, {"kind": KIND}, replace=replace)
    return run


def runs_kept(folder: Path) -> tuple[date, ...]:
    """The days of the runs kept in `folder`, in order; none when there is no such folder."""
    return days_kept(folder)


def open_run(folder: Path, day: date) -> Run:
    """The run of that day. DatasetError when it was not kept, or is not as it was written."""
    about, tables = open_tables(folder, day)
    try:
        if about["kind"] != KIND:
            raise ValueError(f"it is a run of {about['kind']}")
        return Run(day, tables["findings"].select(list(KEPT)), tables["rules"].select(list(RULES)))
    except (KeyError, ValueError, pl.exceptions.PolarsError) as fault:
        raise damaged(folder / day.isoformat(), fault) from fault


def runs_until(folder: Path, day: date) -> list[Run]:
    """Every run kept up to and with the day, in order. DatasetError as `open_run`."""
    return [open_run(folder, kept) for kept in runs_kept(folder) if kept <= day]


def _facts(dataset: Dataset, findings: pl.DataFrame) -> pl.DataFrame:
    """Columns record, record_id, facts: a hash of each record found fault with, but for when and by whom recorded."""
    named = [name for name in findings["record"].drop_nulls().unique(maintain_order=True) if name in TABLES]
    frames = dataset.collect(*(dataset.lazy(name) for name in named))
    parts = [
        frame.with_columns(
            pl.lit(name).alias("record"),
            pl.concat_str([pl.col(key).cast(pl.String) for key in TABLES[name].key], separator="|").alias("record_id"),
        )
        .join(findings.filter(pl.col("record") == name).select("record_id"), on="record_id", how="semi")
        .select("record", "record_id", _hashed(_told(name)).alias("facts"))
        .unique(["record", "record_id"], keep="first", maintain_order=True)
        for name, frame in zip(named, frames, strict=True)
    ]
    return pl.concat(parts) if parts else pl.DataFrame(schema=FACTS)


def _told(table: str) -> list[str]:
    """The table's columns that tell of the child and not of the recording."""
    return [name for name in TABLES[table].schema if name != "recorded_by" and not name.endswith("recorded_at")]


def _hashed(columns: list[str]) -> pl.Expr:
    cells = [pl.col(name).cast(pl.String).fill_null(UNSAID) for name in columns]
    text = pl.concat_str(cells, separator=BETWEEN)
    return text.map_elements(lambda row: hashlib.sha256(row.encode()).hexdigest(), return_dtype=pl.String)
