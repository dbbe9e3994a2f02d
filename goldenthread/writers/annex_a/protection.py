"""List 7: children on a child protection plan on the day, or until some time in the six months before."""

from __future__ import annotations

import polars as pl

from goldenthread.writers.annex_a.children import with_holder
from goldenthread.writers.annex_a.front_door import MONTHS
from goldenthread.writers.annex_a.latest import duty_visits, latest_in
from goldenthread.writers.annex_a.record import Record
from goldenthread.writers.annex_a.words import NO, YES, said, yes_no_unknown

EMERGENCY = "Subject to Emergency Protection Order or Protected Under Police Powers in Last Six Months (Y/N)"
UNDER_EMERGENCY_POWERS = ("L1", "L2")
"""Legal statuses of a child under police protection or an emergency protection order (SSDA903 code set)."""
POWERS = ("police_protections", "emergency_orders")


def protection_plans(record: Record) -> pl.LazyFrame:
    """List 7: one row a plan; another authority's plan, held here for a time, is not of this list."""
    own = record["cp_plans"].filter(pl.col("temporary_other_authority").fill_null(False).not_())
    own = own.with_columns((pl.col("started_on").rank("min").over("child_id") - 1).cast(pl.Int64).alias("_earlier"))
    rows = own.filter(pl.col("ended_on").is_null() | (pl.col("ended_on") >= record.back(MONTHS)))
    seen = duty_visits(record, "child_protection", "cp_plan_id")
    visits = latest_in(rows, "cp_plan_id", seen, "visited_on", ("visited_on", "seen_alone"))
    held = record["conferences"].filter(pl.col("kind") == "review").select("child_id", "cp_plan_id", "held_on")
    joined = (
        rows.join(visits, on="cp_plan_id", how="left")
        .join(latest_in(rows, "cp_plan_id", held, "held_on"), on="cp_plan_id", how="left")
        .join(_categories(record), on="cp_plan_id", how="left")
        .join(_emergencies(record), on="child_id", how="left")
    )
    return with_holder(joined, record).select(
        "child_id",
        pl.col("cp_plan_id").alias("record_id"),
        pl.col("started_on").alias("Child Protection Plan Start Date"),
        said("abuse_category", "_first").alias("Initial Category of Abuse"),
        said("abuse_category", "_last").alias("Latest Category of Abuse"),
        pl.col("visited_on").alias("Date of the Last Statutory Visit"),
        pl.when(pl.col("visited_on").is_not_null())
        .then(yes_no_unknown(pl.col("seen_alone")))
        .alias("Was the Child Seen Alone?"),
        pl.col("held_on").alias("Date of latest review conference"),
        pl.col("ended_on").alias("Child Protection Plan End Date"),
        _emergency_powers(record).alias(EMERGENCY),
        _previous(record).alias("Number of Previous Child Protection Plans"),
        "Allocated Team",
        "Allocated Worker",
    )


def _categories(record: Record) -> pl.LazyFrame:
    """Each plan's category at its start and its latest: cp_plan_id, _first, _last.

    The plan says both; where it is silent, the dated categories do.
    """
    dated = record["cp_plan_categories"].sort("started_on").group_by("cp_plan_id", maintain_order=True)
    ends = dated.agg(pl.col("category").first().alias("_began"), pl.col("category").last().alias("_ended"))
    plans = record["cp_plans"].select("cp_plan_id", "initial_category", "latest_category")
    return plans.join(ends, on="cp_plan_id", how="left").select(
        "cp_plan_id",
        pl.coalesce("initial_category", "_began").alias("_first"),
        pl.coalesce("latest_category", "_ended").alias("_last"),
    )


def _emergencies(record: Record) -> pl.LazyFrame:
    """The children under police protection or an emergency protection order in the six months: child_id, _powers."""
    since = record.back(MONTHS)
    lately = (pl.col("_began") >= since) | (pl.col("ended_on") >= since)
    orders = record["emergency_orders"].filter(pl.col("kind") == "emergency_protection")
    statuses = record["legal_statuses"].filter(pl.col("legal_status").is_in(UNDER_EMERGENCY_POWERS))
    began = ((record["police_protections"], "started_on"), (orders, "made_on"), (statuses, "started_on"))
    every = pl.concat([rows.select("child_id", pl.col(day).alias("_began"), "ended_on") for rows, day in began])
    return every.filter(lately).select("child_id").unique().with_columns(pl.lit(True).alias("_powers"))


def _emergency_powers(record: Record) -> pl.Expr:
    """Yes or No; where the dataset holds neither kind of power, a No cannot be known and the cell is empty."""
    known = record.held.issuperset(POWERS)
    return pl.when(pl.col("_powers")).then(pl.lit(YES)).otherwise(pl.lit(NO if known else None, dtype=pl.String))


def _previous(record: Record) -> pl.Expr:
    """Earlier plans as the source counted them; else those in the record, when it is not cut off at some day."""
    counted = pl.col("_earlier") if record.history_from is None else pl.lit(None, dtype=pl.Int64)
    return pl.coalesce("previous_plans", counted)
