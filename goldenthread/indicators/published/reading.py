"""Reading the Department's files: one key for an area, counts in hundredths, and marks for what is not shown."""

from __future__ import annotations

from pathlib import Path

import polars as pl

POPULATION_FILE = "ons_mid-year_population_estimates"
POPULATION_COLUMN = "population_estimate"

# c suppressed, z not applicable, x not available, u low reliability, k and low round to nought without being it.
MARKS = ("", "c", "z", "x", "u", "k", "low", "-", "~", ":")
NUMBER = r"^\d+(\.\d{1,2})?$"
KEY = ("time_period", "level", "area")


class PublishedFileError(ValueError):
    """A published file is missing, doubled, or holds what a figure cannot be worked out from."""


def find_file(folder: Path, begins: str) -> Path | None:
    """The one CSV whose name begins so; None when there is none. Raises PublishedFileError when there are several."""
    found = sorted(folder.glob(f"{begins}*.csv"))
    if len(found) > 1:
        names = ", ".join(path.name for path in found)
        raise PublishedFileError(f"{folder}: {names} all begin '{begins}'. Keep the newest release only.")
    return found[0] if found else None


def read_published(path: Path) -> pl.DataFrame:
    """The file as text, with ``row`` (1 is the heading), ``time_period``, ``level``, ``area`` and ``name`` added.

    An authority's key is the Department's three-digit number, which outlives the boundary changes that replace the
    national statistics code; a region's and England's are the national codes.
    """
    frame = pl.read_csv(path, infer_schema=False, encoding="utf8").with_columns(pl.all().str.strip_chars())
    frame = frame.rename({name: name.lstrip("\ufeff") for name in frame.columns})
    require(path, frame, ("time_period", "geographic_level", "country_code", "country_name"))
    for column in ("old_la_code", "region_code", "la_name", "region_name"):
        if column not in frame.columns:
            frame = frame.with_columns(pl.lit(None, dtype=pl.String).alias(column))
    level = pl.col("geographic_level")
    area = _by_level("old_la_code", "region_code", "country_code").alias("area")
    name = _by_level("la_name", "region_name", "country_name").alias("name")
    year = pl.col("time_period").cast(pl.Int32, strict=False)
    frame = frame.with_row_index("row", offset=2).with_columns(year, level.alias("level"), area, name)
    bad = frame.filter(pl.col("time_period").is_null() | pl.col("area").is_null())
    if not bad.is_empty():
        raise PublishedFileError(f"{path.name} row {bad['row'][0]}: no year or no area code. Correct the row.")
    return frame


def require(path: Path, frame: pl.DataFrame, columns: tuple[str, ...]) -> None:
    """Raise PublishedFileError naming every column the file lacks."""
    absent = [column for column in columns if column not in frame.columns]
    if absent:
        raise PublishedFileError(f"{path.name}: no column {', '.join(absent)}. Has the layout changed?")


def hundredths(path: Path, frame: pl.DataFrame, columns: tuple[str, ...]) -> pl.DataFrame:
    """The frame with each column as whole hundredths (Int64), missing where a mark stands for the number.

    Raises PublishedFileError naming every value that is neither a number nor a known mark.
    """
    require(path, frame, columns)
    faults = [fault for column in columns for fault in _not_numbers(path, frame, column)]
    if faults:
        raise PublishedFileError("\n".join(faults))
    return frame.with_columns(
        (pl.col(column).cast(pl.Float64, strict=False) * 100).round().cast(pl.Int64) for column in columns
    )


def _not_numbers(path: Path, frame: pl.DataFrame, column: str) -> list[str]:
    value = pl.col(column)
    bad = frame.filter(value.is_not_null() & ~value.str.contains(NUMBER) & ~value.is_in(MARKS))
    return [
        f"{path.name} row {row}, {column}: '{found}' is neither a number nor a mark such as c or z."
        for row, found in bad.select("row", column).iter_rows()
    ]


def _by_level(authority: str, region: str, country: str) -> pl.Expr:
    level = pl.col("geographic_level")
    return (
        pl.when(level == "Local authority")
        .then(pl.col(authority))
        .when(level == "Regional")
        .then(pl.col(region))
        .when(level == "National")
        .then(pl.col(country))
    )


def population_before(folder: Path) -> pl.DataFrame | None:
    """People aged 0 to 17 to divide each year's counts by: [time_period, level, area, denominator (hundredths)].

    A year to 31 March uses the estimate for the middle of the year before: 2025 uses mid-2024.
    """
    path = find_file(folder, POPULATION_FILE)
    if path is None:
        return None
    frame = hundredths(path, read_published(path), (POPULATION_COLUMN,))
    return frame.select(
        (pl.col("time_period") + 1).alias("time_period"),
        "level",
        "area",
        pl.col(POPULATION_COLUMN).alias("denominator"),
    )
