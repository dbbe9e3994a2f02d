"""List 9: young people receiving leaving care services on the day."""

from __future__ import annotations

import polars as pl

from goldenthread.dataset.readers.annex_a_lists import ADVISER
from goldenthread.writers.annex_a.children import with_holder, with_name
from goldenthread.writers.annex_a.record import Record
from goldenthread.writers.annex_a.words import said

IN_TOUCH = "YES"


def care_leavers(record: Record) -> pl.LazyFrame:
    """List 9: one row a young person, the latest period in which the services are owed."""
    owed = record["care_leavers"].filter(pl.col("ended_on").is_null())
    rows = _last(owed, "started_on", "care_leaver_id")
    homes = _last(record["care_leaver_accommodation"], "started_on", "care_leaver_accommodation_id")
    doing = _last(record["care_leaver_activity"], "started_on", "care_leaver_activity_id")
    joined = (
        rows.join(_adviser(record), on="child_id", how="left")
        .join(_reviewed(record), on="child_id", how="left")
        .join(_contact(record), on="child_id", how="left")
        .join(homes.select("child_id", "accommodation", "suitable"), on="child_id", how="left")
        .join(doing.select("child_id", "activity"), on="child_id", how="left")
    )
    suitable = pl.when(pl.col("suitable")).then(pl.lit("yes")).when(~pl.col("suitable")).then(pl.lit("no"))
    named = with_name(with_holder(joined, record), record, ADVISER)
    return named.with_columns(suitable.alias("_suitable")).select(
        "child_id",
        pl.col("care_leaver_id").alias("record_id"),
        "Allocated Team",
        "Allocated Worker",
        ADVISER,
        said("care_leaver_eligibility", "eligibility").alias("Eligibility Category"),
        pl.col("_reviewed_on").alias("Latest Pathway Plan Review Date"),
        said("in_touch", "_in_touch").alias("LA in Touch"),
        pl.col("_contacted_on").alias("Latest Date of Contact"),
        said("accommodation", "accommodation").alias("Type of Accommodation"),
        said("suitability", "_suitable").alias("Suitability of Accommodation"),
        said("activity", "activity").alias("Activity Status"),
    )


def _last(rows: pl.LazyFrame, day: str, key: str) -> pl.LazyFrame:
    """Each child's latest row by `day`, one without a day coming before all."""
    return rows.sort(day, key, nulls_last=False).group_by("child_id", maintain_order=True).last()


def _adviser(record: Record) -> pl.LazyFrame:
    appointed = record["personal_advisers"].filter(pl.col("ended_on").is_null())
    return _last(appointed, "started_on", "personal_adviser_id").select("child_id", pl.col("worker_id").alias(ADVISER))


def _reviewed(record: Record) -> pl.LazyFrame:
    held = record["pathway_plans"].filter(pl.col("kind") == "review")
    return held.group_by("child_id").agg(pl.col("completed_on").max().alias("_reviewed_on"))


def _contact(record: Record) -> pl.LazyFrame:
    """Whether the authority is in touch, as last recorded, and the day of the last contact made.

    A row that says the young person was not in touch records an attempt; its day stands only where there is no other.
    """
    rows = record["care_leaver_contacts"].sort("contacted_on", "care_leaver_contact_id")
    made = pl.col("contacted_on").filter((pl.col("in_touch") == IN_TOUCH).fill_null(True))
    return rows.group_by("child_id", maintain_order=True).agg(
        pl.col("in_touch").drop_nulls().last().alias("_in_touch"),
        pl.coalesce(made.max(), pl.col("contacted_on").max()).alias("_contacted_on"),
    )
