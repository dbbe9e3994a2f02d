"""Lists 10 and 11: children with a plan of adoption, and adopters."""

from __future__ import annotations

import polars as pl

from goldenthread.dataset.readers.annex_a_lists import ENTERED_CARE, ETHNICITY, GENDER
from goldenthread.writers.annex_a.front_door import COUNTED_MONTHS
from goldenthread.writers.annex_a.record import Record
from goldenthread.writers.annex_a.words import said, text_of, yes_no, yes_no_unknown

ADOPTER_DAYS = {
    "enquired_on": "Date enquiry received",
    "stage_one_started_on": "Date Stage 1 started",
    "stage_one_ended_on": "Date Stage 1 ended",
    "stage_two_started_on": "Date Stage 2 started",
    "stage_two_ended_on": "Date Stage 2 ended",
    "applied_on": "Date application submitted",
    "approved_on": "Date application approved",
    "matched_on": "Date adopter matched with child(ren)",
    "placed_on": "Date child/children placed with adopter(s)",
    "adopted_on": "Date of Adoption Order",
    "left_on": "Date of leaving adoption process",
}


def adoptions(record: Record) -> pl.LazyFrame:
    """List 10: one row a child, the latest plan of adoption of those that stood at any time in the twelve months."""
    since = record.back(COUNTED_MONTHS)
    ended = pl.min_horizontal("adopted_on", "reversed_on")
    standing = record["adoptions"].filter(ended.is_null() | (ended >= since))
    rows = standing.sort("decided_on", "adoption_id").group_by("child_id", maintain_order=True).last()
    return _with_entry(rows, record).select(
        "child_id",
        pl.col("adoption_id").alias("record_id"),
        pl.col("family_id").alias("Family identifier"),
        pl.col("_entered_on").alias(ENTERED_CARE),
        pl.col("decided_on").alias("Date of Decision that Child Should be Placed for Adoption"),
        pl.col("placement_order_on").alias("Date of Placement Order"),
        pl.col("matched_on").alias("Date of Matching Child and Prospective Adopters"),
        pl.col("placed_on").alias("Date Placed for Adoption"),
        pl.col("adopted_on").alias("Date of Adoption Order"),
        pl.col("reversed_on").alias("Date of Decision that Child Should No Longer be Placed for Adoption"),
        said("adoption_reversed_reason", "reversed_reason").alias("Reason Why Child No Longer Placed for Adoption"),
        pl.col("fostered_for_adoption_on").alias(
            "Date the child was placed for fostering in FFA or concurrent planning placement"
        ),
    )


def _with_entry(rows: pl.LazyFrame, record: Record) -> pl.LazyFrame:
    """The rows with `_entered_on`: the start of the period of care linked, or else of the one the decision lies in."""
    periods = record["care_periods"]
    linked = periods.select("care_period_id", pl.col("started_on").alias("_linked_on"))
    spans = periods.select("child_id", pl.col("started_on").alias("_span_on"), pl.col("ended_on").alias("_span_end"))
    joined = (
        rows.join(linked, on="care_period_id", how="left")
        .sort("decided_on")
        .join_asof(
            spans.sort("_span_on"),
            left_on="decided_on",
            right_on="_span_on",
            by="child_id",
            strategy="backward",
            check_sortedness=False,
        )
    )
    inside = pl.col("_span_end").is_null() | (pl.col("_span_end") >= pl.col("decided_on"))
    return joined.with_columns(pl.coalesce("_linked_on", pl.when(inside).then(pl.col("_span_on"))).alias("_entered_on"))


def adopters(record: Record) -> pl.LazyFrame:
    """List 11: every adopter still in the process, or with anything dated in the twelve months."""
    since = record.back(COUNTED_MONTHS)
    in_process = pl.all_horizontal(pl.col("left_on", "adopted_on").is_null())
    lately = pl.any_horizontal((pl.col(day) >= since).fill_null(False) for day in ADOPTER_DAYS)
    return (
        record["adopters"]
        .filter(in_process | lately)
        .select(
            pl.lit(None, dtype=pl.String).alias("child_id"),
            pl.col("adopter_id").alias("record_id"),
            pl.col("adopter_id").alias("Individual adopter identifier"),
            pl.col("family_id").alias("Family identifier"),
            said("gender", "gender").fill_null(text_of("gender", "0")).alias(GENDER),
            said("ethnicity", "ethnicity").fill_null(text_of("ethnicity", "NOBT")).alias(ETHNICITY),
            yes_no_unknown(pl.col("disabled")).alias("Disability"),
            yes_no(pl.col("fostering_for_adoption")).alias("Is the (prospective) adopter fostering for adoption?"),
            *(pl.col(day).alias(heading) for day, heading in ADOPTER_DAYS.items()),
            pl.col("children_placed").alias("No. of children placed"),
            said("adopter_leaving_reason", "leaving_reason").alias("Reason for leaving adoption process"),
        )
    )
