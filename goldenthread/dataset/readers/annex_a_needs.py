"""List 6, the children in need, as spans of need: the referral that opened the case, its primary need and closure.

The record has no table of "children in need": a child is in need from the referral that was accepted until the case
closes, which is also how the census has it. A row of list 6 therefore completes the latest accepted referral of the
child in list 3 made on or before its start date. List 3 goes back six months only; for a case opened earlier the
start date of list 6 is taken as the date of the referral that opened it.
"""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from goldenthread.dataset.readers.annex_a_lists import CHILD_ID, TEAM, WORKER
from goldenthread.dataset.readers.annex_a_parts import ROW_ID
from goldenthread.dataset.readers.linking import Spells, open_then

START, CLOSED, REASON, NEED = "CIN Start Date", "CIN Closure Date", "Reason for Closure", "Primary Need Code"
CLOSURE = ("primary_need", "closed_on", "closure_reason")


@dataclass(frozen=True, slots=True)
class Needs:
    """The referrals, with those of earlier days added, and how many were `added`."""

    referrals: pl.DataFrame
    added: int


def with_needs(referrals: pl.DataFrame, list_six: pl.DataFrame) -> Needs:
    """`referrals` completed from the parsed rows of list 6 that have a start date."""
    spans = list_six.filter(pl.col(START).is_not_null()).select(
        pl.col(CHILD_ID).alias("child_id"),
        pl.col(ROW_ID).alias("_own"),
        pl.col(START).alias("received_on"),
        pl.col(NEED).alias("primary_need"),
        pl.col(CLOSED).alias("closed_on"),
        pl.col(REASON).alias("closure_reason"),
        pl.col(TEAM).alias("team"),
        pl.col(WORKER).alias("worker_id"),
    )
    matched = _matched(referrals, spans)
    completed = referrals.drop(CLOSURE, strict=False).join(
        matched.drop_nulls("referral_id").select("referral_id", *CLOSURE),
        on="referral_id",
        how="left",
        maintain_order="left",
    )
    earlier = matched.filter(pl.col("referral_id").is_null())
    opened = earlier.with_columns(pl.col("_own").alias("referral_id"), pl.lit(False).alias("no_further_action"))
    return Needs(pl.concat([completed, opened.drop("_own")], how="diagonal_relaxed"), opened.height)


def _matched(referrals: pl.DataFrame, spans: pl.DataFrame) -> pl.DataFrame:
    """Each span with the referral it completes; of two spans for one referral, the later keeps it."""
    accepted = referrals.filter(~pl.col("no_further_action").fill_null(False)).with_columns(
        pl.lit(None, pl.Date).alias("_never")
    )
    found = open_then(spans, "received_on", Spells(accepted, "referral_id", "received_on", "_never"))
    with_referral = spans.with_columns(found).sort("received_on", "_own", descending=True)
    first = pl.col("referral_id").is_first_distinct()
    return with_referral.with_columns(pl.when(first).then(pl.col("referral_id")).alias("referral_id")).sort("_own")
