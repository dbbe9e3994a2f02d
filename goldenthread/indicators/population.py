"""The child population that rates are divided by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import narwhals as nw
import polars as pl

from goldenthread.dataset.engines import Lazy
from goldenthread.dataset.packaged.population import population as packaged
from goldenthread.dataset.store import Dataset, Manifest
from goldenthread.dates import financial_year_of

OLDEST_USED = 5
"""How many years back an estimate may be taken from, while that of the right year is not out or not held."""


@dataclass(frozen=True, slots=True)
class Population:
    """Children aged 0 to 17 by group (empty for all) and year of the mid-year estimate."""

    held: Mapping[tuple[str, int], int]

    def for_period_ending(self, end: date, group: str = "") -> int | None:
        """The estimate of the year before the financial year's end, or the nearest earlier one, or None.

        A rate for March 2025, or for any day of the year that ends then, uses mid-2024 (DfE, CIN statistics).
        """
        wanted = financial_year_of(end)
        years = range(wanted, wanted - OLDEST_USED, -1)
        return next((self.held[group, year] for year in years if (group, year) in self.held), None)


def rows(dataset: Dataset) -> Lazy:
    """The dataset's own estimates, to be collected with the figures."""
    return dataset.lazy("population").filter(~nw.col("children").is_null())


def population(manifest: Manifest, estimates: pl.DataFrame, dimension: str | None) -> Population:
    """The population of the manifest's authority: the dataset's own estimates, or else the packaged national ones."""
    blank = {name: pl.col(name).fill_null("") == "" for name in ("ward", "age_band", "sex")}
    of_authority = estimates
    if estimates["authority"].n_unique() > 1:
        of_authority = estimates.filter(pl.col("authority") == (manifest.authority or ""))
    whole = of_authority.filter(pl.all_horizontal(blank.values()))
    held = {("", year): children for year, children in whole.select("year", "children").iter_rows()}
    if manifest.authority:
        for year in range(2000, manifest.as_at.year + 1):
            if ("", year) not in held and (children := packaged(manifest.authority, year)) is not None:
                held["", year] = children
    column = {"ward": "ward", "gender": "sex", "age_band": "age_band"}.get(dimension or "")
    if column:
        others = pl.all_horizontal(expr for name, expr in blank.items() if name != column)
        part = of_authority.filter(others & ~blank[column]).select(column, "year", "children")
        names = {"M": "1", "F": "2"} if column == "sex" else {}
        held |= {(names.get(group, group), year): children for group, year, children in part.iter_rows()}
    return Population(held)
