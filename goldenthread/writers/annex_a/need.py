"""List 6: children in need, each with the episode of need that stands, its status and when the child was last seen.

The record has no table of children in need: a child is in need from the referral that was accepted until the case
closes, as the census has it, and the list has one row a child.
"""

from __future__ import annotations

import polars as pl

from goldenthread.dates import anniversary
from goldenthread.writers.annex_a.children import with_holder
from goldenthread.writers.annex_a.front_door import MONTHS
from goldenthread.writers.annex_a.record import Record
from goldenthread.writers.annex_a.words import said

OPEN_STATES = (
    ("looked_after", "care_periods", "ended_on"),
    ("child_protection", "cp_plans", "ended_on"),
    ("child_in_need", "cin_plans", "ended_on"),
    ("assessment", "assessments", "authorised_on"),
)
"""What an open case may be, the closest involvement first, with its table and the day it ends."""
SERVICES = ("care_periods", "cp_plans", "cin_plans", "assessments", "section_47_enquiries")
ADULT_SERVICES = ("relevant", "former_relevant", "qualifying")
"""Categories of care leaver who are no longer looked after (Children Act 1989, sections 23A, 23C and 24)."""
NOT_ASSESSED = "N0"
OF_AGE = 18
"""Nobody is a child from this birthday (Children Act 1989, section 105(1))."""


def children_in_need(record: Record) -> pl.LazyFrame:
    """List 6: one row a child in need on the day or in the six months before; see `_episodes` for which episode."""
    chosen = _episodes(record)
    closed = pl.col("closed_on").is_not_null()
    status = pl.when(closed).then(pl.lit("closed")).otherwise(pl.col("_state"))
    own_team = pl.when(closed | pl.col("_state").is_null()).then(pl.col("team")).otherwise(pl.col("_state_team"))
    own_worker = pl.when(closed | pl.col("_state").is_null()).then(pl.col("worker_id"))
    rows = chosen.join(_last_seen(record, chosen), on="referral_id", how="left").with_columns(
        status.alias("_status"),
        own_team.alias("team"),
        own_worker.otherwise(pl.col("_state_worker")).alias("worker_id"),
    )
    return with_holder(rows, record).select(
        "child_id",
        pl.col("referral_id").alias("record_id"),
        pl.col("received_on").alias("CIN Start Date"),
        said("primary_need", "primary_need").alias("Primary Need Code"),
        pl.col("_seen_on").alias("Date Child Was Last Seen"),
        pl.col("closed_on").alias("CIN Closure Date"),
        said("closure_reason", "closure_reason").alias("Reason for Closure"),
        said("case_status", "_status").alias("Case Status"),
        "Allocated Team",
        "Allocated Worker",
    )


def _episodes(record: Record) -> pl.LazyFrame:
    """The child's referral whose episode of need stands, with _state, _state_team, _state_worker (null when none).

    Left out: a referral closed at once; one of which nothing more is recorded, neither a service, a need nor a
    reason for closing (a child who is only the subject of a referral); and cases kept for leaving care alone (see
    `_leaving_care`). Of several, the one that what stands now is linked to goes first, then one with a need, then the
    latest.
    """
    since = record.back(MONTHS)
    lasting = pl.col("closed_on").is_null() | (pl.col("closed_on") >= since)
    accepted = pl.col("no_further_action").fill_null(False).not_()
    rows = record["referrals"].filter(lasting & accepted).join(_states(record), on="child_id", how="left")
    assessed = pl.col("closure_reason").is_not_null() | (pl.col("primary_need") != NOT_ASSESSED).fill_null(False)
    served = rows.join(_served(record), on="referral_id", how="left").filter(
        assessed | pl.col("_state").is_not_null() | pl.col("_served").fill_null(False)
    )
    still_open = pl.col("closed_on").is_null()
    return (
        served.join(_leaving_care(record), on="child_id", how="left")
        .filter(pl.col("_grown").is_null() | ~(pl.col("_grown") | still_open))
        .sort(
            still_open & (pl.col("_state_referral") == pl.col("referral_id")).fill_null(False),
            assessed,
            still_open & pl.col("_state").is_not_null(),
            "received_on",
            "referral_id",
        )
        .group_by("child_id")
        .last()
    )


def _states(record: Record) -> pl.LazyFrame:
    """What stands for each child on the day: child_id, _state, _state_referral, _state_team, _state_worker."""
    parts = [
        _of_children(record, table)
        .filter(pl.col(end).is_null())
        .select(
            "child_id",
            pl.lit(state).alias("_state"),
            pl.lit(order).alias("_order"),
            pl.col("started_on").alias("_began"),
            pl.col("referral_id").alias("_state_referral"),
            pl.col("team").alias("_state_team"),
            pl.col("worker_id").alias("_state_worker"),
        )
        for order, (state, table, end) in enumerate(OPEN_STATES)
    ]
    ranked = pl.concat(parts).sort("_order", "_began", descending=[False, True])
    return ranked.group_by("child_id", maintain_order=True).first().drop("_order", "_began")


def _of_children(record: Record, table: str) -> pl.LazyFrame:
    """The table without what is no such state: a series of short breaks, and a plan that is another authority's."""
    match table:
        case "care_periods":
            return record[table].filter(pl.col("short_breaks_only").fill_null(False).not_())
        case "cp_plans":
            return record[table].filter(pl.col("temporary_other_authority").fill_null(False).not_())
        case _:
            return record[table]


def _served(record: Record) -> pl.LazyFrame:
    """The referrals that anything more is linked to: referral_id, _served."""
    linked = pl.concat([record[table].select("referral_id") for table in SERVICES])
    return linked.drop_nulls().unique().with_columns(pl.lit(True).alias("_served"))


def _leaving_care(record: Record) -> pl.LazyFrame:
    """Care leavers without assessment, plan or care at any time in the six months: child_id, _grown.

    `_grown`: of age before the six months began. Of the others, a case closed in the six months was a child's need.
    """
    since = record.back(MONTHS)
    leaving = record["care_leavers"].filter(pl.col("ended_on").is_null() & pl.col("eligibility").is_in(ADULT_SERVICES))
    involved = [
        record[table].filter(pl.col(end).is_null() | (pl.col(end) >= since)).select("child_id")
        for _, table, end in OPEN_STATES
    ]
    alone = leaving.join(pl.concat(involved), on="child_id", how="anti").select("child_id").unique()
    born = record["people"].select(pl.col("person_id").alias("child_id"), "born_on")
    grown = pl.col("born_on") <= anniversary(since, -OF_AGE)
    return alone.join(born, on="child_id", how="left").select("child_id", grown.fill_null(False).alias("_grown"))


def _last_seen(record: Record, chosen: pl.LazyFrame) -> pl.LazyFrame:
    """When the child was last seen within the episode, by any visit, assessment or enquiry: referral_id, _seen_on."""
    seen = pl.concat(
        [
            record["visits"].filter(pl.col("seen")).select("child_id", pl.col("visited_on").alias("_seen_on")),
            *(
                record[table].select("child_id", pl.col("child_first_seen_on").alias("_seen_on"))
                for table in ("assessments", "section_47_enquiries")
            ),
        ]
    )
    episodes = chosen.select("child_id", "referral_id", "received_on", "closed_on")
    within = (pl.col("_seen_on") >= pl.col("received_on")) & (
        pl.col("closed_on").is_null() | (pl.col("_seen_on") <= pl.col("closed_on"))
    )
    return episodes.join(seen, on="child_id").filter(within).group_by("referral_id").agg(pl.col("_seen_on").max())
