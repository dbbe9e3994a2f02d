"""Last year's return with the care leavers' whole history in it, which a check of this year's has to look back on.

The rule that counts the weeks a young person was looked after since fourteen (1001) sees this year's episodes and last
year's, and a return holds only the episodes with a day in its year. The record holds them all.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

import narwhals as nw
import polars as pl

from goldenthread.dataset.store import Dataset
from goldenthread.writers.built import Built
from goldenthread.writers.ssda903.build import build
from goldenthread.writers.ssda903.cells import day
from goldenthread.writers.ssda903.year import CollectionYear, collection_year

OF_EPISODES = {
    "CHILD": "child_id",
    "DECOM": "started_on",
    "RNE": "start_reason",
    "LS": "legal_status",
    "CIN": "category_of_need",
    "PLACE": "placement_type",
    "PLACE_PROVIDER": "placement_provider",
    "DEC": "ended_on",
    "REC": "end_reason",
}
"""What is told of an episode of long ago; the rest of its columns are blank."""
DATES = ("DECOM", "DEC")


def previous_with_history(dataset: Dataset, this: Built, *, year: int | None = None) -> Mapping[str, pl.DataFrame]:
    """The tables of the return before `this`, with the episodes of `this` return's care leavers that ended earlier.

    `year` is what `this` was built for, where it was said. The added rows stand first in Episodes, each child's in
    order of day. ValueError as `build` raises.
    """
    last = collection_year(collection_year(this.as_at, year).first - timedelta(days=1))
    before = build(dataset, last.ends).tables
    earlier = _ended_before(dataset, last, this.tables["OC3"].select(child_id="CHILD").unique())
    whole = pl.concat([earlier, before["Episodes"]], how="diagonal").select(before["Episodes"].columns)
    return {**before, "Episodes": whole}


def _ended_before(dataset: Dataset, year: CollectionYear, children: pl.DataFrame) -> pl.DataFrame:
    """The children's episodes that ended before the year, as rows of Episodes."""
    episodes = dataset.lazy("care_episodes").filter(nw.col("ended_on") < nw.lit(year.first))
    held = episodes.select(*OF_EPISODES.values()).join(dataset.adopt(children), on="child_id", how="inner")
    (found,) = dataset.collect(held)
    cells = [(day(own) if name in DATES else pl.col(own)).alias(name) for name, own in OF_EPISODES.items()]
    return found.sort("child_id", "started_on").select(cells)
