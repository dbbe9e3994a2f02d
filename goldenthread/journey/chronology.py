"""A chronology: everything recorded of one child in order, with where each line came from and when it was recorded."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import polars as pl

from goldenthread.dataset.asof import as_known
from goldenthread.dataset.store import Dataset
from goldenthread.journey.events import events, of_children
from goldenthread.journey.sources import PROVIDED
from goldenthread.statute.kinds import KINDS

SAID_ANOTHER_WAY = frozenset(
    {
        "early_help.started",  # early_help_assessment.started says it
        "case.closed",  # referral.closed
        "referral.received_for_assessment",  # referral.received
        "private_fostering.known",  # private_fostering.notified
        "private_fostering.stopped",  # private_fostering.ended, and what the carer told
        "authority_to_place.started",  # placement_order.made
        "child_in_need_meeting.held",  # child_in_need_review.held
        "adoption_review.held",  # looked_after_review.held
        "adoption_review.first_held_after_placing",
        "adoption_review.second_held_after_placing",
        "looked_after_review.first_held",
        "looked_after_review.second_held",
        "pre_birth_conference.held",  # initial_conference.held
        "personal_education_plan.reviewed",  # personal_education_plan.completed
        "section_47_enquiry.ended_without_conference",  # section_47_enquiry.completed
    }
)
"""Kinds the law tells apart that are one happening of another kind to a reader."""

BIRTHDAYS = frozenset(kind for kind in PROVIDED if kind.startswith("child.turned_"))
TOLD = frozenset(kind for kind in PROVIDED if KINDS[kind].about == "child") - SAID_ANOTHER_WAY
"""The kinds of event that a chronology tells."""
SENTENCES = {kind: KINDS[kind].description for kind in TOLD}


def chronology(dataset: Dataset, child_id: str, known_on: date | None = None) -> pl.DataFrame:
    """One child's life as recorded, in order; with `known_on`, as it was known on that day and to that day.

    Columns: on (Date), at (clock time or null), kind, sentence, days_since_last (whole days since the line before,
    Int64), table, row_id, scope, worker_id, known_at (when it was recorded, or null), recorded_after_days (days from
    happening to recording, Int64, null where either is unknown).
    """
    return chronologies(dataset, [child_id], known_on).drop("child_id")


def chronologies(dataset: Dataset, children: Sequence[str], known_on: date | None = None) -> pl.DataFrame:
    """The chronologies of several children, worked out at once: child_id, then the columns of `chronology`.

    Ordered by child, then in the order that things happened.
    """
    dataset = of_children(dataset, children)
    if known_on is not None:
        dataset = as_known(dataset, known_on)
    (found,) = dataset.collect(events(dataset, TOLD))
    if known_on is not None:
        found = found.filter(pl.col("on") <= known_on)
    return in_order(found, children, known_on or dataset.manifest.as_at)


def in_order(found: pl.DataFrame, children: Sequence[str], until: date) -> pl.DataFrame:
    """What `chronologies` gives, from the `events` of the kinds in `TOLD` that were found until a day."""
    # A birthday is worked out, not recorded: one still to come is no part of a record.
    found = found.filter(~(pl.col("kind").is_in(list(BIRTHDAYS)) & (pl.col("on") > until)))
    recorded = (pl.col("known_at").dt.date() - pl.col("on")).dt.total_days()
    return (
        found.filter(pl.col("child_id").is_in(list(children)))
        .sort("child_id", "on", "at", "kind", "table", "row_id", nulls_last=True)
        .select(
            "child_id",
            "on",
            "at",
            "kind",
            sentence=pl.col("kind").replace_strict(SENTENCES, return_dtype=pl.String),
            days_since_last=pl.col("on").diff().over("child_id").dt.total_days(),
            table="table",
            row_id="row_id",
            scope="scope",
            worker_id="worker_id",
            known_at="known_at",
            recorded_after_days=recorded,
        )
    )


def longest_silence(lines: pl.DataFrame) -> tuple[date, date] | None:
    """The longest stretch between two lines of a chronology, as its two days; None if there are fewer than two."""
    gaps = lines.filter(pl.col("days_since_last") > 0).sort("days_since_last", "on", descending=[True, False])
    if gaps.is_empty():
        return None
    ends: date = gaps["on"][0]
    return ends - timedelta(days=gaps["days_since_last"][0]), ends
