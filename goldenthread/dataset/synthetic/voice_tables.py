"""The child's words, from what was lived: at visits, assessments and reviews, by the workers who write them down."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import polars as pl

from goldenthread.dataset.synthetic.chance import NONE, YEAR, Mask, Whole, chosen_by_row, happens, skewed, stream
from goldenthread.dataset.synthetic.parameters import Parameters
from goldenthread.dataset.synthetic.tabulate import Chosen, Tabulator, codes

OCCASIONS = (
    ("visit", "visits", "visited_on", "worker_id"),
    ("assessment", "assessments", "started_on", "worker_id"),
    ("conference", "conferences", "held_on", "recorded_by"),
    ("meeting", "cin_reviews", "held_on", "recorded_by"),
    ("care_review", "looked_after_reviews", "held_on", "recorded_by"),
)
"""Where a child may be asked, and by whom."""

MEANS = ("observation", "play", "drawing", "talk", "message", "interpreter", "advocate")
BY_AGE = np.array([[96.0, 4, 0, 0, 0, 0, 0], [22, 34, 22, 18, 0, 4, 0], [4, 2, 18, 60, 6, 6, 4]])
"""How children under three, under eight and older give their words."""


def words(tabulator: Tabulator, book: Parameters, tables: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """words: each worker has a habit of writing down what children say, and one of saying what came of it."""
    rng = stream(tabulator.seed, tabulator.district, "voice")
    asked = _asked(tables)
    workers = asked["worker"].unique().sort()
    of = (
        asked["worker"]
        .replace_strict(workers, np.arange(len(workers)), return_dtype=pl.Int64)
        .to_numpy()
        .astype(np.int64)
    )
    writes, answers = (rng.beta(1.3, 2.2, len(workers)), rng.beta(1.6, 1.6, len(workers)))
    kept = happens(rng, 2 * book.value("voice.written_down") * writes[of], len(of))
    of, heard = of[kept], asked.filter(pl.Series(kept))
    said_on = _days(heard["on"])
    by = Chosen(workers, of)
    return tabulator.table(
        "words",
        {
            "words_id": tabulator.identifiers("WD", len(of)),
            "child_id": heard["child_id"],
            "said_on": said_on,
            "occasion": heard["occasion"],
            "how": codes(MEANS, chosen_by_row(rng, BY_AGE, _stage_of_life(said_on - _days(heard["born_on"])))),
            "heard_by": by,
            "answered_on": _answered(rng, said_on, happens(rng, answers[of], len(of)), tabulator.as_at),
        },
        by=by,
    )


def _asked(tables: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """Every time that a child who is born could be asked: child_id, born_on, on, worker, occasion."""
    found = []
    for occasion, table, day, worker in OCCASIONS:
        frame = tables[table].filter(pl.col("seen")) if table == "visits" else tables[table]
        found.append(
            frame.select("child_id", pl.col(day).alias("on"), pl.col(worker).alias("worker"), occasion=pl.lit(occasion))
        )
    born = tables["people"].select(pl.col("person_id").alias("child_id"), "born_on")
    return (
        pl.concat(found)
        .join(born, on="child_id", how="inner", maintain_order="left")
        .filter((pl.col("on") >= pl.col("born_on")) & pl.col("worker").is_not_null())
    )


def _answered(rng: np.random.Generator, said_on: Whole, answered: Mask, as_at: int) -> Whole:
    """Some the same day, most within some weeks, some not at all."""
    day = said_on + np.where(happens(rng, 0.3, len(said_on)), 0, skewed(rng, 9, 0.9, len(said_on)))
    return np.where(answered & (day <= as_at), day, NONE)


def _stage_of_life(days: Whole) -> Whole:
    return (days >= 3 * YEAR).astype(np.int64) + (days >= 8 * YEAR)


def _days(column: pl.Series) -> Whole:
    return column.to_physical().cast(pl.Int64).to_numpy()
