"""Rows of one list in two runs, brought together by the child and the list's own dates, never by where they stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from goldenthread.dataset.readers.annex_a_lists import CHILD_ID

KEYS: dict[int, tuple[str, ...]] = {
    1: (CHILD_ID, "Date of Contact"),
    2: (CHILD_ID, "Assessment start date"),
    3: (CHILD_ID, "Date of referral"),
    4: (CHILD_ID, "Continuous Assessment Start Date"),
    5: (CHILD_ID, "Strategy discussion initiating Section 47 Enquiry Start Date"),
    6: (CHILD_ID, "CIN Start Date"),
    7: (CHILD_ID, "Child Protection Plan Start Date"),
    8: (CHILD_ID, "Date Started to be Looked After"),
    9: (CHILD_ID,),
    10: (CHILD_ID, "Date of Decision that Child Should be Placed for Adoption"),
    11: ("Individual adopter identifier",),
}
"""What makes a row of each list the same row in another run."""

ROW, ALIKE, OF = "_row", "_alike", "_of_key"


@dataclass(frozen=True, slots=True)
class Matched:
    """Row numbers (0-based) in the earlier and the later run: `both` has `before` and `after`, the others one each."""

    both: pl.DataFrame
    gone: pl.Series
    added: pl.Series


def match(number: int, before: pl.DataFrame, after: pl.DataFrame, moving: Sequence[str]) -> Matched:
    """The rows of a list in two runs by their key. `moving` columns change by themselves and never tell rows apart.

    Of several rows with one key (two contacts on a day), those that are alike go together first, and the rest in the
    order of what they say.
    """
    key = list(KEYS[number])
    told = [name for name in after.columns if name not in key and name not in moving]
    earlier, later = (_numbered(frame, key, told) for frame in (before, after))
    same = earlier.join(later, on=[*key, *told, ALIKE], how="inner", nulls_equal=True, suffix="_after")
    rest = [
        frame.join(same, left_on=ROW, right_on=named, how="anti").with_columns(
            pl.int_range(pl.len()).over(key).alias(OF)
        )
        for frame, named in ((earlier, ROW), (later, f"{ROW}_after"))
    ]
    others = rest[0].join(rest[1], on=[*key, OF], how="full", nulls_equal=True, suffix="_after")
    both = pl.concat([_pairs(same), _pairs(others.drop_nulls([ROW, f"{ROW}_after"]))]).sort("after")
    gone = others.filter(pl.col(f"{ROW}_after").is_null())[ROW]
    added = others.filter(pl.col(ROW).is_null())[f"{ROW}_after"]
    return Matched(both, gone.sort(), added.sort())


def _numbered(frame: pl.DataFrame, key: list[str], told: list[str]) -> pl.DataFrame:
    """The rows with their number, in the order of what they say, and their place among those that say the same."""
    held = frame.select(*key, *told).with_row_index(ROW).sort(*key, *told, ROW, nulls_last=True)
    return held.with_columns(pl.int_range(pl.len()).over([*key, *told]).alias(ALIKE))


def _pairs(joined: pl.DataFrame) -> pl.DataFrame:
    return joined.select(pl.col(ROW).alias("before"), pl.col(f"{ROW}_after").alias("after"))
