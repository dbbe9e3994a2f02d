"""Which returns can be checked: the shape of each, its rules, and how its views are made."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module

import polars as pl

from goldenthread.quality.engines import RuleEngine
from goldenthread.quality.reference import Reference
from goldenthread.quality.rule import Rule, Year
from goldenthread.quality.run import Views
from goldenthread.quality.typed import Shape

Frames = Mapping[str, pl.DataFrame]
Prepare = Callable[[Frames, Frames, Year, Reference, RuleEngine], Views]


@dataclass(frozen=True, slots=True)
class Checked:
    """A return that can be checked: its tables, its rules, how its views are made and which columns it derives."""

    shape: Shape
    rules: tuple[Rule, ...]
    prepare: Prepare
    derivable: Mapping[str, tuple[str, ...]]
    """`Table.COLUMN` that the return derives, to what that takes: columns and reference data, as in `Rule.needs`."""


MODULES = {
    "cin-census": "goldenthread.quality.cin_census.checked",
    "ssda903": "goldenthread.quality.ssda903.checked",
}


def checked(kind: str) -> Checked:
    """The return of that name; `_` and `-` are one. ValueError when there is none."""
    name = kind.replace("_", "-")
    if name not in MODULES:
        raise ValueError(f"There is no return called {kind!r}; the returns are {', '.join(MODULES)}")
    found: Checked = import_module(MODULES[name]).CHECKED
    return found
