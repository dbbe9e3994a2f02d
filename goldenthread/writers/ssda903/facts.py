"""What of the record a year's return is made from, found in two passes: whose episodes and birthdays, then their facts.

The first pass finds the children with an episode in the year and the care leavers with a birthday in it; the second
reads of every other table only what is about them. Each pass is one computation of all its plans together.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import narwhals as nw
import polars as pl

from goldenthread.dataset.engines import Lazy
from goldenthread.dataset.store import Dataset
from goldenthread.writers.ssda903.birthdays import care_leavers, on_their_birthday
from goldenthread.writers.ssda903.slices import OF_CARE_LEAVERS, OF_CHILDREN, PERIODS, WORKERS, Slice, no_rows
from goldenthread.writers.ssda903.spans import cut_off, short_break
from goldenthread.writers.ssda903.year import CollectionYear

CHILDREN, LEAVERS, BABIES = "children", "leavers", "babies"
MOTHER = "mother"


@dataclass(frozen=True)
class Facts:
    """The rows of the record that the year's return is about, by canonical table, and three frames made of them.

    `held` names the canonical tables that the dataset has at all. `care_episodes` is as it stood on the last day.
    `children` has `number` (from 0, in order of `child_id`), which every row about a child carries, `born_on`,
    `looked_after` (an episode in the year) and `short_breaks_only`; `leavers` the young people whose birthday falls in
    the year (`birthdays.on_their_birthday`); `babies` each birth to a mother, as `number` and `baby_born_on`.
    """

    year: CollectionYear
    held: frozenset[str]
    frames: Mapping[str, pl.DataFrame]

    def __getitem__(self, name: str) -> pl.LazyFrame:
        return self.frames[name].lazy()

    def of_looked_after(self, table: str, *, short_breaks: bool = True) -> pl.LazyFrame:
        """Rows of a table about the children with an episode in the year, with `born_on`.

        Without `short_breaks`, of those only who were looked after in another way too.
        """
        who = self[CHILDREN].filter("looked_after" if short_breaks else pl.col("looked_after") & ~_BREAKS)
        return self[table].drop("born_on", strict=False).join(who.select("number", "born_on"), on="number")


_BREAKS = pl.col("short_breaks_only")


def gather(dataset: Dataset, year: CollectionYear) -> Facts:
    """The facts of the collection year."""
    plans = {held.table: held.rows(dataset, year) for held in PERIODS}
    opening = _collected(dataset, plans | {LEAVERS: care_leavers(dataset, year)})
    whole = opening["care_episodes"].lazy()
    episodes = cut_off(whole, year.last, "end_reason", "placement_change_reason").collect()
    leavers = on_their_birthday(opening[LEAVERS], episodes, year)
    children = _children(episodes, leavers)
    named = children.select("child_id", "number")
    grown = named.join(leavers, on="child_id", how="semi")
    frames = opening | {held.table: no_rows(held) for held in (*OF_CHILDREN, *OF_CARE_LEAVERS, WORKERS)}
    frames |= {BABIES: pl.DataFrame(schema={"number": pl.Int64(), "baby_born_on": pl.Date()})}
    frames |= _collected(dataset, _about_all(dataset, year, dataset.adopt(named), dataset.adopt(grown)))
    frames |= {"care_episodes": _numbered(episodes, children), LEAVERS: _numbered(leavers, children)}
    frames["people"] = frames["people"].unique("number", keep="first", maintain_order=True)
    frames[CHILDREN] = children.join(frames["people"].select("number", "born_on"), on="number", how="left")
    return Facts(year, frozenset(dataset.frames), frames)


def _collected(dataset: Dataset, plans: Mapping[str, Lazy]) -> dict[str, pl.DataFrame]:
    return dict(zip(plans, dataset.collect(*plans.values()), strict=True))


def _about_all(dataset: Dataset, year: CollectionYear, children: Lazy, leavers: Lazy) -> dict[str, Lazy]:
    """The plans of the second pass, of the tables that have any row."""
    plans = {held.table: _about(dataset, held, year, children) for held in OF_CHILDREN if dataset.rows(held.table)}
    plans |= {held.table: _about(dataset, held, year, leavers) for held in OF_CARE_LEAVERS if dataset.rows(held.table)}
    if dataset.rows(WORKERS.table):
        plans[WORKERS.table] = WORKERS.rows(dataset, year)
    if dataset.rows("relationships"):
        plans[BABIES] = _babies(dataset, year, children)
    return plans


def _about(dataset: Dataset, wanted: Slice, year: CollectionYear, who: Lazy) -> Lazy:
    rows = wanted.rows(dataset, year)
    rows = rows.rename({wanted.who: "child_id"}) if wanted.who != "child_id" else rows
    return rows.join(who, on="child_id", how="inner")


def _babies(dataset: Dataset, year: CollectionYear, mothers: Lazy) -> Lazy:
    """`number` (of the mother) and `baby_born_on`, for births up to the last day."""
    related = dataset.lazy("relationships").filter(nw.col("relationship") == MOTHER)
    related = related.select("person_id", nw.col("related_person_id").alias("child_id"))
    people = dataset.lazy("people").filter(nw.col("born_on") <= nw.lit(year.last)).select("person_id", "born_on")
    births = related.join(mothers, on="child_id", how="inner").join(people, on="person_id", how="inner")
    return births.select("number", nw.col("born_on").alias("baby_born_on"))


def _children(episodes: pl.DataFrame, leavers: pl.DataFrame) -> pl.DataFrame:
    """Each child once, numbered: `number`, `child_id`, `short_breaks_only`, `looked_after`."""
    looked_after = episodes.group_by("child_id").agg(short_breaks_only=short_break().all(), looked_after=pl.lit(True))
    others = leavers.select("child_id", short_breaks_only=pl.lit(False), looked_after=pl.lit(False))
    others = others.join(looked_after, on="child_id", how="anti")
    every = pl.concat([looked_after, others]).sort("child_id")
    return every.select(pl.int_range(pl.len(), dtype=pl.Int64).alias("number"), pl.all())


def _numbered(frame: pl.DataFrame, children: pl.DataFrame) -> pl.DataFrame:
    return frame.join(children.select("child_id", "number"), on="child_id")
