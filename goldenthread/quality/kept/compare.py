"""Findings matched from run to run: which are new, which still stand, which were mended, which came back."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

import polars as pl

from goldenthread.quality.kept.store import IDENTITY, KEPT, Run

RAN = "ran"
HISTORY = {"first_found": pl.Date, "since": pl.Date, "last_found": pl.Date, "open": pl.Boolean}
COMPARED = {"as_at": pl.Date, **KEPT, "standing": pl.String, "first_found": pl.Date, "last_found": pl.Date,
            "days_stood": pl.Int64}  # fmt: skip


class Standing(StrEnum):
    """What became of a finding in a run.

    A finding whose rule did not run is neither there nor mended: it is not checked until the rule runs again.
    """

    NEW = "new"
    STILL_THERE = "still there"
    MENDED = "mended"
    CAME_BACK = "came back"
    NOT_CHECKED = "not checked"


def compared(runs: Sequence[Run]) -> pl.DataFrame:
    """What became of each finding in each run, given in any order.

    Columns: as_at (the run), those of `Run.findings`, standing, first_found (the first run that found it), last_found
    (the latest up to this run) and days_stood (calendar days from the start of its present stretch to last_found). A
    finding has a row for each run that found it, for the run in which it was mended, and, while it stood, for a run
    that could not check it. In the first run everything is new. ValueError for two runs of one day.
    """
    ordered = sorted(runs, key=lambda run: run.as_at)
    if len({run.as_at for run in ordered}) < len(ordered):
        raise ValueError("Two runs are of one day. Give one run a day.")
    known = pl.DataFrame(schema={**KEPT, **HISTORY})
    parts = [pl.DataFrame(schema=COMPARED)]
    for run in ordered:
        stood = _stood(known, run)
        known = stood.select([*KEPT, *HISTORY])
        parts.append(stood.filter(pl.col("standing").is_not_null()).select(list(COMPARED)))
    return pl.concat(parts)


def _stood(known: pl.DataFrame, run: Run) -> pl.DataFrame:
    """Every finding there ever was, as it stands in the run; `standing` is null for one mended before and not found."""
    ran = run.rules.filter(pl.col("status") == RAN).select("checked_as", "rule", pl.lit(True).alias("ran")).unique()
    before = known.with_columns(pl.lit(True).alias("was"))
    now = run.findings.with_columns(pl.lit(True).alias("found"))
    both = before.join(
        now, on=list(IDENTITY), how="full", coalesce=True, nulls_equal=True, suffix="_now", maintain_order="left_right"
    ).join(ran, on=["checked_as", "rule"], how="left", maintain_order="left")
    flags = both.with_columns(pl.col("was", "found", "ran", "open").fill_null(False))
    standing = _standing()
    told = [pl.coalesce(f"{name}_now", name).alias(name) for name in KEPT if name not in IDENTITY]
    return flags.with_columns(
        *told, standing.alias("standing"), pl.lit(run.as_at).alias("as_at"), *_history(run, standing)
    ).with_columns((pl.col("last_found") - pl.col("since")).dt.total_days().alias("days_stood"))


def _standing() -> pl.Expr:
    found, was, open_before = pl.col("found"), pl.col("was"), pl.col("open")
    return (
        pl.when(found & ~was)
        .then(pl.lit(Standing.NEW.value))
        .when(found & open_before)
        .then(pl.lit(Standing.STILL_THERE.value))
        .when(found)
        .then(pl.lit(Standing.CAME_BACK.value))
        .when(open_before & pl.col("ran"))
        .then(pl.lit(Standing.MENDED.value))
        .when(open_before)
        .then(pl.lit(Standing.NOT_CHECKED.value))
    )


def _history(run: Run, standing: pl.Expr) -> list[pl.Expr]:
    begins = standing.is_in([Standing.NEW.value, Standing.CAME_BACK.value])
    today = pl.lit(run.as_at)
    return [
        pl.coalesce("first_found", today).alias("first_found"),
        pl.when(begins).then(today).otherwise("since").alias("since"),
        pl.when("found").then(today).otherwise("last_found").alias("last_found"),
        (pl.col("found") | (pl.col("open") & ~pl.col("ran"))).alias("open"),
    ]
