"""List 10's date of entering care: the period of care of an adopted child whom list 8 no longer names.

List 8 goes back six months and list 10 twelve. A child ceases to be looked after on the day of the adoption order
(Adoption and Children Act 2002, section 46), so for an adopted child both ends of the period are known. For any other
child list 10 does not say whether care has ended, and its date makes no period.
"""

from __future__ import annotations

import polars as pl

from goldenthread.dataset.readers.annex_a_lists import CHILD_ID, ENTERED_CARE
from goldenthread.dataset.readers.annex_a_parts import ROW_ID

ADOPTED = "Date of Adoption Order"


def with_entries(periods: pl.DataFrame, list_ten: pl.DataFrame) -> pl.DataFrame:
    """`periods` (of list 8) with the periods of adopted children that none of a child's own overlaps."""
    adopted = list_ten.filter(pl.col(ENTERED_CARE) <= pl.col(ADOPTED)).select(
        pl.col(ROW_ID).alias("care_period_id"),
        pl.col(CHILD_ID).alias("child_id"),
        pl.col(ENTERED_CARE).alias("started_on"),
        pl.col(ADOPTED).alias("ended_on"),
    )
    held = periods.select("child_id", pl.col("started_on").alias("_from"), pl.col("ended_on").alias("_to"))
    overlaps = (pl.col("_from") <= pl.col("ended_on")) & (
        pl.col("_to").is_null() | (pl.col("_to") >= pl.col("started_on"))
    )
    known = adopted.join(held, on="child_id").filter(overlaps)
    new = adopted.join(known, on="care_period_id", how="anti").unique("child_id", keep="first", maintain_order=True)
    return pl.concat([periods, new], how="diagonal_relaxed")


def entries_not_held(periods: pl.DataFrame, list_ten: pl.DataFrame) -> int:
    """The dates of entering care in list 10 that are not the start of a period held."""
    given = list_ten.drop_nulls(ENTERED_CARE).select(pl.col(CHILD_ID).alias("child_id"), started_on=ENTERED_CARE)
    return given.join(periods, on=["child_id", "started_on"], how="anti").height
