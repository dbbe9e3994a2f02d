"""List 8: children in care on the day, or until some time in the six months before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import polars as pl

from goldenthread.writers.annex_a.children import with_holder
from goldenthread.writers.annex_a.front_door import COUNTED_MONTHS, MONTHS
from goldenthread.writers.annex_a.latest import duty_visits, latest_in
from goldenthread.writers.annex_a.record import Record
from goldenthread.writers.annex_a.words import NO, YES, said, yes_no, yes_no_unknown

PERIOD = "care_period_id"
OFFERED = "Was the child offered a Return Interview after their last missing episode (Y/N)?"
ACCEPTED = "Did the child accept a Return Interview after their last missing episode (Y/N)?"
AGAIN = "Is this a second or subsequent period of being a Looked After Child within the last 12 months (Y/N)"
MISSING = "Number of Episodes the Child has been 'Missing' from their Placement in the last 12 months"
ABSENT = "Number of Episodes the Child has been 'Absent' from their Placement in the last 12 months"


@dataclass(frozen=True, slots=True)
class Latest:
    """A fact of a period of care that the list shows by its latest row: the table, its day, and what is shown."""

    table: str
    day: str
    shown: Mapping[str, str]
    where: pl.Expr = field(default_factory=lambda: pl.lit(True))


FACTS = (
    Latest("legal_statuses", "started_on", {"started_on": "_status_on", "legal_status": "legal_status"}),
    Latest("looked_after_reviews", "held_on", {"held_on": "Date of Latest Statutory Review"}),
    Latest("permanence_plans", "decided_on", {"plan": "plan"}),
    Latest(
        "health_assessments",
        "seen_on",
        {"seen_on": "Date of Last Health Assessment"},
        (pl.col("status") == "attended").fill_null(True),
    ),
    Latest("dental_checks", "checked_on", {"checked_on": "Date of Last Dental Check"}),
)


def looked_after(record: Record) -> pl.LazyFrame:
    """List 8: one row a child, the latest period of care. A series of short breaks has its own legal statuses in it."""
    rows = _periods(record)
    joined = rows.join(_placements(record, rows), on=PERIOD, how="left")
    joined = joined.join(_visited(record, rows), on=PERIOD, how="left")
    for fact in FACTS:
        joined = joined.join(_fact(record, rows, fact), on=PERIOD, how="left")
    for counts in (_moves(record), _missing(record), _interviews(record)):
        joined = joined.join(counts, on="child_id", how="left")
    return with_holder(joined, record).select(
        "child_id",
        pl.col(PERIOD).alias("record_id"),
        pl.col("started_on").alias("Date Started to be Looked After"),
        said("category_of_need", "category_of_need").alias("Child's Category of Need"),
        _again(record).alias(AGAIN),
        pl.col("_status_on").alias("Start date of current legal status"),
        said("legal_status", "legal_status").alias("Child's Legal Status"),
        "Date of Latest Statutory Review",
        "Date of Last Social Work Visit",
        said("permanence_plan", "plan").alias("What is the permanence plan for this child?"),
        pl.col("reviewing_officer_seen_on").alias("Date of Last IRO Visit / Contact to the Child"),
        "Date of Last Health Assessment",
        "Date of Last Dental Check",
        _count(record, "_moves", "placements").alias("Number of Placements in the Last 12 months"),
        pl.col("ended_on").alias("Date Ceased to be Looked After"),
        said("care_end_reason", "end_reason").alias("Reason Ceased to be Looked After"),
        pl.col("_placed_on").alias("Start Date of Most Recent Placement"),
        said("placement_type", "placement_type").alias("Placement Type"),
        said("placement_provider", "placement_provider").alias("Placement Provider"),
        pl.col("postcode").alias("Placement postcode"),
        pl.col("urn").alias("URN of Placement"),
        said("placement_location", "location").alias("Placement Location"),
        said("placement_area", "authority").alias("LA of Placement"),
        _count(record, "_missing", "missing_episodes").alias(MISSING),
        _count(record, "_absent", "missing_episodes").alias(ABSENT),
        _offered().alias(OFFERED),
        _accepted().alias(ACCEPTED),
        "Allocated Team",
        "Allocated Worker",
    )


def _periods(record: Record) -> pl.LazyFrame:
    """Each child's latest period of care that ran in the six months, and when the one before it ended."""
    days = record["care_periods"].sort("started_on", PERIOD)
    before = pl.col("ended_on").fill_null(record.as_at).shift(1).over("child_id")
    named = days.with_columns(before.alias("_ended_before"))
    running = named.filter(pl.col("ended_on").is_null() | (pl.col("ended_on") >= record.back(MONTHS)))
    return running.group_by("child_id", maintain_order=True).last()


def _again(record: Record) -> pl.Expr:
    """Yes where an earlier period ran in the twelve months; a No only where the record reaches back so far."""
    since = record.back(COUNTED_MONTHS)
    otherwise = NO if record.knows_since(since) else None
    return pl.when(pl.col("_ended_before") >= since).then(pl.lit(YES)).otherwise(pl.lit(otherwise, dtype=pl.String))


def _fact(record: Record, rows: pl.LazyFrame, fact: Latest) -> pl.LazyFrame:
    held = record[fact.table].filter(fact.where).select("child_id", PERIOD, *dict.fromkeys((fact.day, *fact.shown)))
    found = latest_in(rows, PERIOD, held, fact.day)
    return found.select(PERIOD, *(pl.col(name).alias(shown) for name, shown in fact.shown.items()))


def _visited(record: Record, rows: pl.LazyFrame) -> pl.LazyFrame:
    found = latest_in(rows, PERIOD, duty_visits(record, "looked_after", PERIOD), "visited_on")
    return found.select(PERIOD, pl.col("visited_on").alias("Date of Last Social Work Visit"))


def _placements(record: Record, rows: pl.LazyFrame) -> pl.LazyFrame:
    """Where the child lives, or last lived: of the placements that lasted longest, the latest begun."""
    held = record["placements"].select(
        *("child_id", PERIOD, "placement_type", "placement_provider", "postcode", "urn", "location", "authority"),
        pl.col("started_on").alias("_placed_on"),
        pl.col("ended_on").fill_null(record.as_at).alias("_until"),
    )
    return latest_in(rows, PERIOD, held, "_placed_on", ("_until", "_placed_on")).drop("_until")


def _moves(record: Record) -> pl.LazyFrame:
    """Placements that ran in the twelve months, temporary absences from another apart: child_id, _moves."""
    since = record.back(COUNTED_MONTHS)
    running = pl.col("ended_on").is_null() | (pl.col("ended_on") >= since)
    counted = record["placements"].filter(running & pl.col("temporary").fill_null(False).not_())
    return counted.group_by("child_id").agg(pl.len().cast(pl.Int64).alias("_moves"))


def _missing(record: Record) -> pl.LazyFrame:
    """Episodes begun in the twelve months while looked after: child_id, _missing, _absent."""
    lately = _from_care(record).filter(pl.col("started_on") >= record.back(COUNTED_MONTHS))
    return lately.group_by("child_id").agg(
        *(
            (pl.col("kind") == kind).sum().cast(pl.Int64).alias(name)
            for kind, name in (("M", "_missing"), ("A", "_absent"))
        )
    )


def _from_care(record: Record) -> pl.LazyFrame:
    """The episodes of being missing from a placement, and not from home."""
    spans = record["care_periods"].select(
        "child_id", pl.col("started_on").alias("_from"), pl.col("ended_on").alias("_to")
    )
    day = pl.col("started_on")
    inside = (day >= pl.col("_from")) & (pl.col("_to").is_null() | (day <= pl.col("_to")))
    return record["missing_episodes"].join(spans, on="child_id").filter(inside).unique("missing_id")


def _interviews(record: Record) -> pl.LazyFrame:
    """The return interview after the last missing episode of the twelve months: child_id, offered, accepted, _last.

    `_last`: whether such an episode is recorded. Annex A gives an interview without its episode; read from there, it
    stands for the last one.
    """
    lately = _from_care(record).filter((pl.col("kind") == "M") & (pl.col("started_on") >= record.back(COUNTED_MONTHS)))
    last = lately.sort("started_on", "missing_id").group_by("child_id").last().select("child_id", "missing_id")
    held = record["return_interviews"]
    of_last = last.join(held.drop("child_id"), on="missing_id", how="left").with_columns(pl.lit(True).alias("_last"))
    loose = held.join(record["missing_episodes"], on="missing_id", how="anti").join(last, on="child_id", how="anti")
    every = pl.concat([of_last, loose.with_columns(pl.lit(False).alias("_last"))], how="diagonal")
    return every.select("child_id", "offered", "accepted", "_last").unique("child_id", keep="first")


def _offered() -> pl.Expr:
    """Unknown where there was an episode and nothing is recorded of an interview; empty where there was none."""
    return pl.when(pl.col("_last")).then(yes_no_unknown(pl.col("offered"))).otherwise(yes_no(pl.col("offered")))


def _accepted() -> pl.Expr:
    """Empty where none was offered."""
    asked = pl.col("offered").fill_null(pl.col("_last")) | pl.col("accepted").is_not_null()
    return pl.when(asked).then(yes_no_unknown(pl.col("accepted")))


def _count(record: Record, name: str, table: str) -> pl.Expr:
    """A count of the last twelve months, 0 for none; null where the dataset cannot know."""
    known = table in record.held and record.knows_since(record.back(COUNTED_MONTHS))
    return pl.col(name).fill_null(0) if known else pl.lit(None, dtype=pl.Int64)
