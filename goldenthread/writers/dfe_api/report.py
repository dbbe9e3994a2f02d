"""What the kept state tells: how each child stands with the DfE, and all that was ever sent."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import polars as pl

from goldenthread.writers.dfe_api.state import opened

MOMENT = "%Y-%m-%dT%H:%M:%S%.f"
CHANGES: Mapping[str, pl.DataType] = {
    "run": pl.Int64(),
    "as_at": pl.Date(),
    "at": pl.Datetime("us"),
    "child_id": pl.String(),
    "event": pl.String(),
    "hash": pl.String(),
    "added": pl.List(pl.String()),
    "changed": pl.List(pl.String()),
    "gone": pl.List(pl.String()),
    "reason": pl.String(),
}
STANDINGS: Mapping[str, pl.DataType] = {
    "child_id": pl.String(),
    "standing": pl.String(),
    "reason": pl.String(),
    "hash": pl.String(),
    "at": pl.Datetime("us"),
    "receipt": pl.String(),
}


def changes(folder: Path) -> pl.DataFrame:
    """The log, oldest line first, with the columns of `CHANGES`.

    The run and the day it was prepared as at; when the answer came, in local clock time; the child; what became of the
    body (accepted, purged, refused, failed, withdrawn); the hash of the payload; the places it added, changed and took
    back; and the reason where it was not accepted. DailyFlowError as for `opened`.
    """
    query = (
        "SELECT log.run, as_at, at, child, event, hash, added, changed, gone, reason FROM log JOIN run USING (run) "
        "ORDER BY entry"
    )
    with opened(folder) as state:
        rows = state.database.execute(query).fetchall()
    stored = {name: pl.Int64() if name == "run" else pl.String() for name in CHANGES}
    return pl.DataFrame(rows, schema=stored, orient="row").with_columns(
        pl.col("as_at").str.to_date(),
        pl.col("at").str.to_datetime(MOMENT, time_unit="us"),
        pl.col("added", "changed", "gone").str.json_decode(pl.List(pl.String)),
    )


def standings(folder: Path) -> pl.DataFrame:
    """Every child sent and not taken back since, with the columns of `STANDINGS`.

    How the child stands (accepted, failed, refused) and why; the hash of the payload the DfE holds, null while that is
    not known; when it was last accepted and the receipt. DailyFlowError as for `opened`.
    """
    with opened(folder) as state:
        lines = state.ledger().values()
    rows = [(x.child, x.standing.value, x.reason, x.hash, x.at, x.receipt) for x in lines]
    stored = dict.fromkeys(STANDINGS, pl.String())
    found = pl.DataFrame(rows, schema=stored, orient="row").sort("child_id")
    return found.with_columns(pl.col("at").str.to_datetime(MOMENT, time_unit="us"))
