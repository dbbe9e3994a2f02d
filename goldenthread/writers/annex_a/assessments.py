"""Lists 4 and 5: assessments, and section 47 enquiries with their initial conferences."""

from __future__ import annotations

import polars as pl

from goldenthread.writers.annex_a.children import with_holder
from goldenthread.writers.annex_a.front_door import MONTHS, before_the_latest
from goldenthread.writers.annex_a.record import Record
from goldenthread.writers.annex_a.words import yes_no, yes_no_unknown

INITIAL = ("initial", "pre_birth")
"""A pre-birth conference is the initial one of a child not yet born."""
DISCUSSED = "Strategy discussion initiating Section 47 Enquiry Start Date"


def assessments(record: Record) -> pl.LazyFrame:
    """List 4: assessments that ran at any time in the six months."""
    running = pl.col("authorised_on").is_null() | (pl.col("authorised_on") >= record.back(MONTHS))
    seen = pl.coalesce(pl.col("child_seen"), pl.when(pl.col("child_first_seen_on").is_not_null()).then(True))
    return with_holder(record["assessments"].filter(running), record).select(
        "child_id",
        pl.col("assessment_id").alias("record_id"),
        pl.col("started_on").alias("Continuous Assessment Start Date"),
        yes_no_unknown(seen).alias("Child Seen During Continuous Assessment"),
        pl.col("authorised_on").alias("Continuous Assessment Date of Authorisation"),
        yes_no(pl.col("support_needed")).alias(
            "Was the child assessed as requiring LA children's social care support?"
        ),
        "Allocated Team",
        "Allocated Worker",
    )


def enquiries(record: Record) -> pl.LazyFrame:
    """List 5: enquiries that ran at any time in the six months, each with the initial conference it led to."""
    enquired = record["section_47_enquiries"]
    rows = enquired.filter(pl.col("ended_on").is_null() | (pl.col("ended_on") >= record.back(MONTHS)))
    enquiries_before = before_the_latest(record, enquired, "started_on", "_enquiries")
    rows = _with_conference(rows, record).join(enquiries_before, on="child_id", how="left")
    rows = rows.join(_conferences_before(record, enquired), on="child_id", how="left")
    return with_holder(rows, record).select(
        "child_id",
        pl.col("section_47_id").alias("record_id"),
        pl.col("started_on").alias(DISCUSSED),
        yes_no(pl.col("conference_not_required")).alias(
            "Was an Initial Child Protection Conference deemed unnecessary?"
        ),
        pl.col("held_on").alias("Date of Initial Child Protection Conference"),
        yes_no(pl.col("_decided").replace_strict({"plan_made": True, "no_plan": False}, default=None)).alias(
            "Did the Initial Child Protection Conference Result in a Child Protection Plan"
        ),
        pl.col("_enquiries").alias("Number of Section 47 Enquiries in the last 12 months"),
        pl.when(pl.col("_enquiries").is_not_null())
        .then(pl.col("_conferences").fill_null(0))
        .alias("Number of ICPCs in the last 12 months"),
        "Allocated Team",
        "Allocated Worker",
    )


def _with_conference(rows: pl.LazyFrame, record: Record) -> pl.LazyFrame:
    """The rows with `held_on` and `_decided` of their conference.

    It is the first one linked to the enquiry; or, where the record says the enquiry led to a conference and links
    none to it (one conference can follow two enquiries), the child's next.
    """
    initial = _initial(record)
    linked = initial.drop_nulls("section_47_id").sort("held_on").group_by("section_47_id").first()
    following = initial.select("child_id", pl.col("held_on").alias("_next_on"), pl.col("outcome").alias("_next"))
    joined = rows.join(
        linked.select("section_47_id", "held_on", pl.col("outcome").alias("_decided")), on="section_47_id", how="left"
    )
    joined = joined.sort("started_on").join_asof(
        following.sort("_next_on"),
        left_on="started_on",
        right_on="_next_on",
        by="child_id",
        strategy="forward",
        check_sortedness=False,
    )
    other = pl.col("held_on").is_null() & (pl.col("outcome") == "conference").fill_null(False)
    return joined.with_columns(
        pl.when(other).then(pl.col("_next_on")).otherwise(pl.col("held_on")).alias("held_on"),
        pl.when(other).then(pl.col("_next")).otherwise(pl.col("_decided")).alias("_decided"),
    )


def _conferences_before(record: Record, enquired: pl.LazyFrame) -> pl.LazyFrame:
    """Initial conferences of a child in the twelve months before the latest enquiry: child_id, _conferences."""
    latest = enquired.group_by("child_id").agg(pl.col("started_on").max().alias("_latest"))
    in_time = (pl.col("held_on") < pl.col("_latest")) & (pl.col("held_on") >= pl.col("_latest").dt.offset_by("-12mo"))
    held = _initial(record).join(latest, on="child_id").filter(in_time)
    return held.group_by("child_id").agg(pl.len().cast(pl.Int64).alias("_conferences"))


def _initial(record: Record) -> pl.LazyFrame:
    return record["conferences"].filter(pl.col("kind").is_in(INITIAL))
