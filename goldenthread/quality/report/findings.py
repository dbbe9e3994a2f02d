"""The findings of a check, each with what its rule says and where it stands in the files."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from goldenthread.dataset.readers.common import LINE
from goldenthread.dataset.readers.ssda903_load import FILE
from goldenthread.quality.result import FINDINGS, Result
from goldenthread.quality.returns import Frames
from goldenthread.quality.rule import Rule

ADDED = {"file": pl.String, "line": pl.Int64, "values": pl.String}
DECLARED = {"rule": pl.String, "severity": pl.String, "says": pl.String, "fields": pl.String}
ENRICHED = DECLARED | {name: FINDINGS[name] for name in ("table", "row", "child")} | ADDED
BLANK = "blank"
BETWEEN = "; "


def enriched(result: Result, tables: Frames, file: str = "", findings: pl.DataFrame | None = None) -> pl.DataFrame:
    """The findings, in their order, with the columns of `ENRICHED`.

    `severity`, `says` and `fields` are the rule's. `file` and `line` are the row's own (`_file` and `_line`, as the
    loaders give them; `file` where a table names none). `values` are the cells at fault in that row, as uploaded:
    `DECOM: 31/02/2025; RNE: blank`. `findings` are some of the result's; all of them unless given.
    """
    given = result.findings if findings is None else findings
    parts = [
        _placed(part, result.declared, tables, file)
        for part in given.partition_by("rule", "table", maintain_order=True)
    ]
    placed = (
        pl.concat(parts) if parts else given.with_columns(pl.lit(None, dtype).alias(n) for n, dtype in ADDED.items())
    )
    told = placed.join(declared_frame(result.declared), on="rule", how="left", maintain_order="left")
    return told.select(*ENRICHED).cast(pl.Schema(ENRICHED))


def declared_frame(declared: Mapping[str, Rule]) -> pl.DataFrame:
    """One row a rule: the columns of `DECLARED`, and `source`."""
    rows = [
        (rule.code, rule.severity.value, rule.says, BETWEEN.join(rule.fields), rule.source)
        for rule in declared.values()
    ]
    return pl.DataFrame(rows, schema=DECLARED | {"source": pl.String}, orient="row")


def columns_at_fault(rule: Rule, table: str | None) -> tuple[str, ...]:
    """The columns of that table which the rule is about, in its order."""
    split = (name.partition(".") for name in rule.fields)
    return tuple(dict.fromkeys(column for of, _, column in split if of == table))


def _placed(part: pl.DataFrame, declared: Mapping[str, Rule], tables: Frames, file: str) -> pl.DataFrame:
    """The findings of one rule in one table, with the columns of `ADDED`."""
    table = part["table"][0]
    frame = tables.get(table) if table is not None else None
    if frame is None:  # of the return as a whole
        whole = {"file": file, "line": None, "values": ""}
        return part.with_columns(pl.lit(whole[name], dtype).alias(name) for name, dtype in ADDED.items())
    columns = [name for name in columns_at_fault(declared[part["rule"][0]], table) if name in frame.columns]
    wanted = [name for name in (FILE, LINE) if name in frame.columns]
    rows = frame.select(*wanted, *columns)[part["row"]]
    cells = [pl.lit(f"{name}: ") + pl.col(name).cast(pl.String).fill_null(BLANK) for name in columns]
    beside = rows.select(
        file=pl.col(FILE) if FILE in wanted else pl.lit(file),
        line=pl.col(LINE) if LINE in wanted else pl.lit(None, pl.Int64),
        values=pl.concat_str(cells, separator=BETWEEN) if cells else pl.lit(""),
    )
    return part.hstack(beside)
