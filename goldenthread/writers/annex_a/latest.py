"""The latest of the rows that belong to a span of a child's time, and the visits made in it."""

from __future__ import annotations

import polars as pl

from goldenthread.writers.annex_a.record import Record

_LINK, _FROM, _TO = "_link", "_from", "_to"


def latest_in(spans: pl.LazyFrame, key: str, rows: pl.LazyFrame, day: str, order: tuple[str, ...] = ()) -> pl.LazyFrame:
    """For each span the latest of its rows: the span's `key`, and the columns of `rows` but child_id and its own key.

    `spans` has child_id, `key`, started_on and ended_on; `rows` child_id, `key` as a link that may be empty, and
    `day`. A row belongs to the span it is linked to; a row without a link, to the child's span in which its day lies.
    Linked rows go before others; then the latest by `order` (by `day` when there is none) is taken.
    """
    span = spans.select("child_id", key, pl.col("started_on").alias(_FROM), pl.col("ended_on").alias(_TO))
    within = (pl.col(day) >= pl.col(_FROM)) & (pl.col(_TO).is_null() | (pl.col(day) <= pl.col(_TO)))
    ours = pl.when(pl.col(_LINK).is_null()).then(within).otherwise(pl.col(_LINK) == pl.col(key))
    belonging = span.join(rows.rename({key: _LINK}), on="child_id").filter(ours)
    ranked = belonging.sort(pl.col(_LINK).is_not_null(), *(order or (day,)))
    return ranked.group_by(key, maintain_order=True).last().drop("child_id", _FROM, _TO, _LINK)


def duty_visits(record: Record, kind: str, link: str) -> pl.LazyFrame:
    """The visits that answer a duty, for `latest_in`: child_id, `link`, visited_on, seen_alone.

    They are those made under what `link` names, of whichever kind, for one visit may answer two duties; and those of
    the kind that say what they were for. One of the kind without either says only that the child was seen that day (so
    list 6 gives it), and not that the duty to visit was met. One at which the child is known not to have been seen is
    none.
    """
    answers = pl.col(link).is_not_null() | ((pl.col("kind") == kind) & pl.col("purpose").is_not_null())
    made = record["visits"].filter(answers & pl.col("seen").fill_null(True))
    return made.select("child_id", link, "visited_on", "seen_alone")
