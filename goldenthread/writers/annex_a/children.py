"""What every list says of the child itself, and who holds the case where a row of the record does not say."""

from __future__ import annotations

import narwhals as nw
import polars as pl

from goldenthread.dataset.readers.annex_a_lists import (
    AGE,
    BORN,
    CHILD_ID,
    DISABILITY,
    ETHNICITY,
    GENDER,
    TEAM,
    UASC_8,
    UASC_9,
    WORKER,
)
from goldenthread.dataset.readers.annex_a_people import UNBORN_AGE
from goldenthread.dates import age
from goldenthread.writers.annex_a.record import Record
from goldenthread.writers.annex_a.words import NO, UNKNOWN, YES, said, text_of, yes_no_unknown

OF_THE_BORN = (8, 9)
"""The lists in which no child is unborn: an expected date has no place in them (Annex A, guidance on age)."""
UNACCOMPANIED_MONTHS = 12


def children(record: Record) -> pl.DataFrame:
    """One row a person: child_id, and Ofsted's columns about the child; `born` is the birth date alone.

    A person without a birth date who is expected, or whose birth is after the day, is unborn and of age -1.
    """
    born = pl.when(pl.col("born_on") <= record.as_at).then(pl.col("born_on"))
    frame = record["people"].join(_disabilities(record), left_on="person_id", right_on="child_id", how="left").collect()
    frame = nw.from_native(frame).with_columns(age("born_on", record.as_at).alias("age")).to_native()
    unborn = born.is_null() & pl.any_horizontal(pl.col("born_on", "expected_on").is_not_null())
    until = pl.col("unaccompanied_until")
    lately = pl.col("unaccompanied") & (until.is_null() | (until >= record.back(UNACCOMPANIED_MONTHS)))
    return frame.select(
        pl.col("person_id").alias("child_id"),
        said("gender", "gender").alias(GENDER),
        said("ethnicity", "ethnicity").alias(ETHNICITY),
        pl.coalesce("born_on", "expected_on").alias(BORN),
        pl.when(unborn).then(pl.lit(UNBORN_AGE)).otherwise(pl.col("age")).cast(pl.Int64).alias(AGE),
        yes_no_unknown(pl.coalesce("disabled", "_disabled")).alias(DISABILITY),
        # Recorded only where it is so: nothing recorded is a No.
        pl.when(lately).then(pl.lit(YES)).otherwise(pl.lit(NO)).alias(UASC_8),
        pl.when(pl.col("unaccompanied")).then(pl.lit(YES)).otherwise(pl.lit(NO)).alias(UASC_9),
        born.alias("born"),
    )


def _disabilities(record: Record) -> pl.LazyFrame:
    """Whether any disability is recorded, for a person of whom the record does not say so itself."""
    return record["disabilities"].group_by("child_id").agg((pl.col("disability") != "NONE").any().alias("_disabled"))


def with_child(rows: pl.LazyFrame, people: pl.DataFrame, number: int) -> pl.LazyFrame:
    """The rows with Ofsted's columns about the child; a person not in the record gets the words for not known."""
    joined = rows.join(people.lazy(), on="child_id", how="left").with_columns(
        pl.col("child_id").alias(CHILD_ID),
        pl.col(GENDER).fill_null(text_of("gender", "0")),
        pl.col(ETHNICITY).fill_null(text_of("ethnicity", "NOBT")),
        pl.col(DISABILITY).fill_null(UNKNOWN),
        pl.col(UASC_8, UASC_9).fill_null(NO),
    )
    if number not in OF_THE_BORN:
        return joined
    return joined.with_columns(pl.col("born").alias(BORN), pl.when(pl.col(AGE) >= 0).then(pl.col(AGE)).alias(AGE))


def holders(record: Record) -> pl.LazyFrame:
    """One row a child with an allocation open on the day: child_id, _team, _worker (identifier), the latest begun."""
    running = record["allocations"].filter(pl.col("ended_on").is_null())
    latest = running.sort("started_on", "allocation_id").group_by("child_id").last()
    return latest.select("child_id", pl.col("team").alias("_team"), pl.col("worker_id").alias("_worker"))


def with_holder(rows: pl.LazyFrame, record: Record) -> pl.LazyFrame:
    """The rows with Ofsted's columns of team and worker.

    They are the row's own, `team` and `worker_id`; where both are empty, those of the allocation open on the day.
    """
    neither = pl.col("team").is_null() & pl.col("worker_id").is_null()
    return with_name(
        rows.join(holders(record), on="child_id", how="left").with_columns(
            pl.when(neither).then(pl.col("_team")).otherwise(pl.col("team")).alias(TEAM),
            pl.when(neither).then(pl.col("_worker")).otherwise(pl.col("worker_id")).alias(WORKER),
        ),
        record,
        WORKER,
    )


def with_name(rows: pl.LazyFrame, record: Record, column: str) -> pl.LazyFrame:
    """The rows with a worker's identifier replaced by the worker's name, where the record has it."""
    named = record["workers"].select(pl.col("worker_id").alias(column), pl.col("name").alias("_name"))
    joined = rows.join(named.unique(column, keep="first"), on=column, how="left")
    return joined.with_columns(pl.coalesce("_name", column).alias(column)).drop("_name")
