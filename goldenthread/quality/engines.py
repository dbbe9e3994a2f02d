"""Where rules are run: Polars, DuckDB or Spark. An engine adopts the typed tables and brings findings back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import narwhals as nw
import polars as pl

from goldenthread.dataset import engines
from goldenthread.quality.rule import Lazy


def _select(frame: Lazy, columns: Sequence[str], conditions: Sequence[nw.Expr]) -> Lazy:
    return frame.select(*columns, *(where.alias(mark(place)) for place, where in enumerate(conditions)))


def _as_it_is(frame: Lazy) -> Lazy:
    return frame


def mark(place: int) -> str:
    """The name of the column that says where the condition at `place` holds."""
    return f"__{place}"


@dataclass(frozen=True, slots=True)
class RuleEngine:
    """`adopt` hands a frame over; `collect` computes several plans together.

    `select` gives the named columns of a frame and, under the names of `mark`, where each condition holds. `shared`
    gives a frame that many plans begin with, so that those collected together compute it once.
    """

    name: str
    adopt: Callable[[pl.DataFrame], Lazy]
    collect: Callable[[list[Lazy]], list[pl.DataFrame]]
    select: Callable[[Lazy, Sequence[str], Sequence[nw.Expr]], Lazy] = _select
    shared: Callable[[Lazy], Lazy] = _as_it_is


_MADE: dict[int, tuple[nw.Expr, pl.Expr]] = {}
"""Conditions already turned into Polars' own, by identity: an expression has no equality of its own to go by."""


def _in_polars(condition: nw.Expr) -> pl.Expr:
    """The condition as Polars' own expression, made once: the same few hundred are asked of every child's record.

    The one place that reaches under Narwhals' public names (its version is pinned, and a test holds the two alike).
    """
    if id(condition) not in _MADE:
        frame: Any = nw.from_native(pl.LazyFrame())
        compliant: Any = condition._to_compliant_expr(frame._compliant_frame.__narwhals_namespace__())
        _MADE[id(condition)] = (condition, compliant.native)
    return _MADE[id(condition)][1]


def _polars_select(frame: Lazy, columns: Sequence[str], conditions: Sequence[nw.Expr]) -> Lazy:
    native: pl.LazyFrame = frame.to_native()
    marks = [_in_polars(where).alias(mark(place)) for place, where in enumerate(conditions)]
    return nw.from_native(native.select(*columns, *marks))


def _polars_shared(frame: Lazy) -> Lazy:
    native: pl.LazyFrame = frame.to_native()
    return nw.from_native(native.cache())


POLARS = RuleEngine("polars", engines.POLARS.adopt, engines.POLARS.collect, _polars_select, _polars_shared)


def duckdb_engine() -> RuleEngine:
    """DuckDB in memory. Raises ModuleNotFoundError when the `duckdb` extra is not installed."""
    import duckdb

    connection = duckdb.connect()

    def adopt(frame: pl.DataFrame) -> Lazy:
        relation: Any = connection.from_arrow(frame.to_arrow())
        adopted: Lazy = nw.from_native(relation)
        return adopted

    def collect(frames: list[Lazy]) -> list[pl.DataFrame]:
        return [pl.DataFrame(frame.to_native().to_arrow_table()) for frame in frames]

    def shared(frame: Lazy) -> Lazy:
        """Worked out and handed back: DuckDB would bind, simplify and carry it out again in every plan it begins."""
        (made,) = collect([frame])
        return adopt(made)

    return RuleEngine("duckdb", adopt, collect, shared=shared)


def spark_engine() -> RuleEngine:
    """Spark in local mode. Raises ModuleNotFoundError when the `spark` extra is not installed."""
    spark = engines.spark_engine()
    return RuleEngine(spark.name, spark.adopt, spark.collect, shared=engines.shortened)
