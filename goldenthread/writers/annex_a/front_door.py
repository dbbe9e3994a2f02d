"""Lists 1 to 3: contacts, early help and referrals."""

from __future__ import annotations

import polars as pl

from goldenthread.writers.annex_a.children import with_holder
from goldenthread.writers.annex_a.record import Record
from goldenthread.writers.annex_a.words import said, yes_no

MONTHS = 6
COUNTED_MONTHS = 12


def contacts(record: Record) -> pl.LazyFrame:
    """List 1: every contact received in the six months, a row a child."""
    return (
        record["contacts"]
        .filter(pl.col("received_on") >= record.back(MONTHS))
        .select(
            "child_id",
            pl.col("contact_id").alias("record_id"),
            pl.col("received_on").alias("Date of Contact"),
            said("referral_source", "source").alias("Contact Source"),
        )
    )


def early_help(record: Record) -> pl.LazyFrame:
    """List 2: assessments begun or completed in the six months, and early help that still runs."""
    since = record.back(MONTHS)
    lately = (pl.col("started_on") >= since) | (pl.col("completed_on") >= since)
    return (
        record["early_help_assessments"]
        .filter(lately | pl.col("closed_on").is_null())
        .select(
            "child_id",
            pl.col("early_help_id").alias("record_id"),
            pl.col("started_on").alias("Assessment start date"),
            pl.col("completed_on").alias("Assessment completion date"),
            pl.col("organisation").alias("Organisation completing assessment"),
        )
    )


def referrals(record: Record) -> pl.LazyFrame:
    """List 3: every referral received in the six months."""
    rows = record["referrals"].filter(pl.col("received_on") >= record.back(MONTHS))
    counts = before_the_latest(record, record["referrals"], "received_on", "_before")
    return with_holder(rows.join(counts, on="child_id", how="left"), record).select(
        "child_id",
        pl.col("referral_id").alias("record_id"),
        pl.col("received_on").alias("Date of referral"),
        said("referral_source", "source").alias("Referral Source"),
        yes_no(pl.col("no_further_action")).alias("Referral NFA?"),
        pl.col("_before").alias("Number of Referrals in Last 12 Months"),
        "Allocated Team",
        "Allocated Worker",
    )


def before_the_latest(record: Record, rows: pl.LazyFrame, day: str, name: str) -> pl.LazyFrame:
    """Ofsted's count for the last twelve months: a child's rows in the twelve months before the latest of them.

    The latest itself is not counted (Annex A, guidance on lists 3 and 5). Columns: child_id, `name`, `_since` (the
    first day counted). Null where the record does not reach back so far.
    """
    since = pl.col(day).max().dt.offset_by(f"-{COUNTED_MONTHS}mo")
    found = rows.group_by("child_id").agg(
        ((pl.col(day) >= since).sum().cast(pl.Int64) - 1).alias(name), since.alias("_since")
    )
    return found.with_columns(pl.when(reaches(record, "_since")).then(pl.col(name)).alias(name))


def reaches(record: Record, since: str) -> pl.Expr:
    """Whether the record has everything from that day on."""
    return pl.lit(True) if record.history_from is None else pl.col(since) >= record.history_from
