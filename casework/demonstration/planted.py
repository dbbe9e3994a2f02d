"""What of a made-up authority the record did not take, for the faults planted in it as real records have them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

from casework.canonical.left_out import LeftOut


@dataclass(frozen=True)
class Explained:
    """Rows left out for a fault planted in them, rows and cells that name one of those, and others: faults of ours."""

    planted: tuple[LeftOut, ...]
    hanging: tuple[LeftOut, ...]
    others: tuple[LeftOut, ...]


def explained(left_out: Iterable[LeftOut], faults: pl.DataFrame) -> Explained:
    """What was left out, by why. `faults` are those planted (goldenthread.dataset.synthetic.faults)."""
    spoilt = set(faults.select("table", "row_id").iter_rows())
    planted, hanging, others = list[LeftOut](), list[LeftOut](), list[LeftOut]()
    gone = set[str]()
    for one in left_out:
        if one.left_out == "row" and (one.table, one.key) in spoilt:
            planted.append(one)
        elif one.value in gone:
            hanging.append(one)
        else:
            others.append(one)
            continue
        if one.left_out == "row":
            gone.add(one.key)
    return Explained(tuple(planted), tuple(hanging), tuple(others))
