"""What of the record a payload cannot hold as it stands, row by row: nothing is left out in silence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import sha256

import polars as pl

from goldenthread.writers.dfe_api.shape import FIREWALLED, FITTING, LONGEST_IDENTIFIER

FAULTS: Mapping[str, pl.DataType] = {
    "child_id": pl.String(),
    "table": pl.String(),
    "record_id": pl.String(),
    "reason": pl.String(),
}
"""The child, the canonical table, the key of its row, and what was not sent of it and why."""

STANDS_IN = (
    "its identifier has other characters than letters, digits, - and _, is too long, or holds 0x: a stand-in is sent"
)


def faults(rows: pl.DataFrame, table: str, key: str, reason: str) -> pl.DataFrame:
    """`rows` (with `child_id` and `key`) as faults of one reason."""
    return rows.select(
        pl.col("child_id"),
        pl.lit(table).alias("table"),
        pl.col(key).cast(pl.String).alias("record_id"),
        pl.lit(reason).alias("reason"),
    )


def together(found: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """All faults as one frame, in the order of children and tables."""
    return pl.concat([pl.DataFrame(schema=FAULTS), *found]).unique(maintain_order=True).sort("child_id", "table")


def fits(identifier: str, longest: int = LONGEST_IDENTIFIER) -> pl.Expr:
    """Whether an identifier is one that the service takes; false where there is none."""
    text = pl.col(identifier)
    shaped = text.str.contains(FITTING) & (text.str.len_chars() <= longest)
    return (shaped & ~text.str.to_lowercase().str.contains(FIREWALLED, literal=True)).fill_null(False)


def with_fitting(rows: pl.DataFrame, key: str, table: str) -> tuple[pl.DataFrame, pl.DataFrame]:
    """`rows` with a stand-in for each identifier the service would turn away, the same one every day; and the faults.

    The DfE only matches by the identifier, so a stand-in that never changes serves as well.
    """
    wrong = rows.filter(~fits(key))
    if wrong.is_empty():
        return rows, pl.DataFrame(schema=FAULTS)
    stand_ins = pl.col(key).map_elements(_stand_in, return_dtype=pl.String)
    whole = rows.with_columns(pl.when(fits(key)).then(pl.col(key)).otherwise(stand_ins).alias(key))
    return whole, faults(wrong, table, key, STANDS_IN)


def _stand_in(identifier: str) -> str:
    return f"s-{sha256(identifier.encode()).hexdigest()[:32]}"
