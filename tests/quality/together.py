"""Every rule's examples as one return: each rule's children under numbers of their own, all in this year's tables."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache

import polars as pl

from goldenthread.quality.returns import checked
from tests.quality.drawn import example_of


@dataclass(frozen=True)
class Together:
    """`tables` and `previous` as `check` takes them, with the reference data of the examples."""

    kind: str
    tables: dict[str, pl.DataFrame]
    previous: dict[str, pl.DataFrame]
    reference: dict[str, object]


@cache
def all_examples(kind: str) -> Together:
    """The examples of every rule that needs no year or period but the usual."""
    shape = checked(kind).shape
    this: dict[str, list[pl.DataFrame]] = defaultdict(list)
    last: dict[str, list[pl.DataFrame]] = defaultdict(list)
    providers: list[pl.DataFrame] = []
    for number, rule in enumerate(checked(kind).rules):
        example = example_of(kind, rule)
        if example.year != 2026 or example.period is not None:
            continue
        provider = example.reference.get("providers")
        if isinstance(provider, pl.DataFrame):
            providers.append(provider)
        for into, tables in ((this, example.tables), (last, example.previous)):
            for name, frame in tables.items():
                into[name].append(
                    frame.with_columns(pl.lit(f"{number:03d}C").add(pl.col(shape.child)).alias(shape.child))
                )
    reference: dict[str, object] = {"local_authority": "E06000014"}
    if providers:
        reference["providers"] = pl.concat(providers, how="diagonal").unique("URN", keep="first", maintain_order=True)
    return Together(kind, _joined(this), _joined(last), reference)


def _joined(parts: dict[str, list[pl.DataFrame]]) -> dict[str, pl.DataFrame]:
    return {name: pl.concat(frames, how="diagonal") for name, frames in parts.items()}
