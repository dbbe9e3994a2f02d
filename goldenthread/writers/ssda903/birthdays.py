"""The care leavers whose seventeenth to twenty-first birthday falls in the year."""

from __future__ import annotations

from datetime import date

import narwhals as nw
import polars as pl

from goldenthread.dataset.engines import Lazy
from goldenthread.dataset.store import Dataset
from goldenthread.writers.ssda903.cells import true
from goldenthread.writers.ssda903.spans import short_break
from goldenthread.writers.ssda903.year import CollectionYear

YOUNGEST, OLDEST = 17, 21
"""The birthdays that the care leaver part of the return asks about (rule 391)."""
NOT_IF_LOOKED_AFTER = 18
"""Up to this birthday only those who had left care before it are asked about (rules 1007 and 1016)."""
OWED = ("relevant", "former_relevant")
"""Who is asked about (rule 1001); those whose eligibility is not recorded are taken to be."""
GONE = ("E2", "E3")
"""Died in care, or passed to another authority: not asked about (rules 1000 and 1011)."""


def care_leavers(dataset: Dataset, year: CollectionYear) -> Lazy:
    """Leaving care services owed to those of the age, whenever: `child_id`, the row's key and span, `born_on`."""
    born = nw.col("born_on")
    oldest, youngest = date(year.ends.year - OLDEST - 1, 4, 1), date(year.ends.year - YOUNGEST, 3, 31)
    of_age = dataset.lazy("people").filter((born >= nw.lit(oldest)) & (born <= nw.lit(youngest)))
    owed = dataset.lazy("care_leavers").filter(
        nw.col("eligibility").is_null() | nw.col("eligibility").is_in(list(OWED))
    )
    people = of_age.select(nw.col("person_id").alias("child_id"), "born_on", "died_on")
    return owed.select("child_id", "care_leaver_id", "started_on", "ended_on").join(people, on="child_id", how="inner")


def on_their_birthday(leavers: pl.DataFrame, episodes: pl.DataFrame, year: CollectionYear) -> pl.DataFrame:
    """Who is asked about, once each: `child_id`, `care_leaver_id`, `born_on`, `died_on`, `birthday`.

    The service reaches the birthday, which is not after the last day; nobody who had died before the year is there.
    """
    days = leavers.with_columns(birthday=_birthday(year))
    owed = true(pl.col("started_on") <= pl.col("birthday")) | pl.col("started_on").is_null()
    owed &= true(pl.col("ended_on") >= pl.col("birthday")) | pl.col("ended_on").is_null()
    alive = ~true(pl.col("died_on") < year.first)
    asked = days.filter(owed & alive & (pl.col("birthday") <= year.last))
    asked = asked.join(_still_in_care(asked, episodes), on="child_id", how="anti")
    latest = asked.sort("started_on", "care_leaver_id", descending=True, nulls_last=True)
    return latest.unique("child_id", keep="first", maintain_order=True).drop("started_on", "ended_on")


def _still_in_care(asked: pl.DataFrame, episodes: pl.DataFrame) -> pl.DataFrame:
    """Those looked after on their seventeenth or eighteenth birthday, and those who died or were passed on."""
    care = episodes.filter(~short_break()).select(
        "child_id", _from="started_on", _to="ended_on", _gone=true(pl.col("end_reason").is_in(list(GONE)))
    )
    young = pl.col("birthday").dt.year() - pl.col("born_on").dt.year() <= NOT_IF_LOOKED_AFTER
    there = (pl.col("_from") <= pl.col("birthday")) & ~true(pl.col("_to") < pl.col("birthday"))
    gone = pl.col("_gone") & true(pl.col("_to") <= pl.col("birthday"))
    return asked.join(care, on="child_id").filter((young & there) | gone)


def _birthday(year: CollectionYear) -> pl.Expr:
    """The birthday in the collection year: for 29 February, 1 March of a common year."""
    born = pl.col("born_on")
    late = born.dt.month().cast(pl.Int32) * 100 + born.dt.day() > year.ends.month * 100 + year.ends.day
    first_of_month = pl.date(year.ends.year - late.cast(pl.Int32), born.dt.month(), 1)
    return first_of_month + pl.duration(days=born.dt.day().cast(pl.Int32) - 1)
