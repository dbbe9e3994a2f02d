"""The postcode look-up: which authority a postcode lies in, and where on the National Grid.

Columns: `postcode` (capitals, no space), `authority` (the upper-tier authority's nine-character code in use; WAL, SCO,
NIR or NUK outside England), `easting` and `northing` (metres). Sorted by postcode, so that a check reads only the parts
of the file its postcodes can be in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TypeAlias

import polars as pl

from goldenthread.dataset.rejects import RefusedFile
from goldenthread.quality.reference.authorities import OUTSIDE_ENGLAND, one_code

COLUMNS: Mapping[str, type[pl.DataType]] = {
    "postcode": pl.String,
    "authority": pl.String,
    "easting": pl.Int32,
    "northing": pl.Int32,
}
NAMES: Mapping[str, str] = {
    "postcode": r"postcode|pcds|pcd8|pcd7|pcd2|pcd",
    "authority": r"authority",
    "district": r"oslaua|laua|lad\d*cd",
    "county": r"oscty|cty\d*cd|cty",
    "country": r"ctry\d*cd|ctry",
    "easting": r"easting|oseast1m|east1m",
    "northing": r"northing|osnrth1m|north1m",
    "ended": r"doterm",
    "latitude": r"lat",
    "longitude": r"long",
}
"""What the directory has called its columns: to February 2025 oslaua, oseast1m; since then lad25cd, east1m."""
COUNTY = "E10"
ENGLAND = "E"
LATITUDES = (49, 61)
"""Of the United Kingdom; the directory writes 99.999999 where it knows no place."""

Postcodes: TypeAlias = pl.DataFrame | Path
"""The look-up in memory, or the Parquet file that `build_postcodes` wrote."""


def postcode_key(column: pl.Expr) -> pl.Expr:
    """A postcode as the look-up holds it: capitals, no spaces; missing when nothing is left."""
    plain = column.str.to_uppercase().str.replace_all(r"\s", "")
    return pl.when(plain != "").then(plain)


def look_up(postcodes: Postcodes, wanted: pl.Series) -> pl.DataFrame:
    """The look-up's rows for the postcodes `wanted`, however written; those it does not hold have no row.

    RefusedFile when the file cannot be read.
    """
    keys = wanted.to_frame("postcode").select(postcode_key(pl.col("postcode"))).to_series().drop_nulls().unique().sort()
    if keys.is_empty():
        return pl.DataFrame(schema=COLUMNS)
    # The bounds let whole parts of the file be left unread: most children live near the authority.
    key = pl.col("postcode")
    chosen = key.is_between(pl.lit(keys[0]), pl.lit(keys[-1])) & key.is_in(keys.implode())
    try:
        return _lazy(postcodes).filter(chosen).select(*COLUMNS).collect()
    except (pl.exceptions.PolarsError, OSError) as fault:
        raise _unreadable(postcodes, fault) from None


def postcodes_of(given: pl.DataFrame | Path) -> Postcodes:
    """The look-up in a frame, whose columns may also bear the directory's names, or in a Parquet file.

    ValueError for a frame, RefusedFile for a file, that holds no look-up.
    """
    if isinstance(given, pl.DataFrame):
        names = named(given.columns)
        if "postcode" not in names:
            raise ValueError(f"The postcodes have no column postcode; they have {', '.join(given.columns)}")
        return kept(given.lazy(), names)
    try:
        absent = [name for name in COLUMNS if name not in pl.read_parquet_schema(given)]
    except (pl.exceptions.PolarsError, OSError) as fault:
        raise _unreadable(given, fault) from None
    if absent:
        raise RefusedFile(f"{given} is no postcode look-up: it has no {', '.join(absent)}. {REBUILD}")
    return given


REBUILD = "Make it with `goldenthread reference --postcodes`."


def named(columns: Iterable[str]) -> dict[str, str]:
    """What each of `NAMES` is called among `columns`; those not there are left out. Best names come first."""
    plain = {column.strip().strip("\ufeff").lower(): column for column in columns}
    found = {}
    for role, pattern in NAMES.items():
        for name in pattern.split("|"):
            match = next((column for text, column in plain.items() if re.fullmatch(name, text)), None)
            if match is not None:
                found[role] = match
                break
    return found


def kept(rows: pl.LazyFrame, names: Mapping[str, str]) -> pl.DataFrame:
    """What the look-up keeps of the directory's rows: `COLUMNS`, one row a postcode, in order of postcode.

    A postcode that was ended and used again is there twice: the one in use is kept.
    """
    texts = rows.select(
        (pl.col(names[role]).cast(pl.String).str.strip_chars() if role in names else pl.lit(None, pl.String)).alias(
            role
        )
        for role in NAMES
    )
    placed = texts.with_columns(
        postcode_key(pl.col("postcode")),
        pl.col("authority") if "authority" in names else _authority_of_place(),
        pl.col("easting", "northing").cast(pl.Float64, strict=False).cast(pl.Int32),
        (pl.col("ended").fill_null("") != "").alias("ended"),
    ).with_columns(one_code(pl.col("authority")))
    once = placed.filter(pl.col("postcode").is_not_null()).sort("postcode", "ended")
    once = once.select(*COLUMNS, "latitude", "longitude").unique("postcode", keep="first", maintain_order=True)
    found = once.collect()
    return (found if "authority" in names else _on_one_grid(found)).select(*COLUMNS)


def _authority_of_place() -> pl.Expr:
    """The county where there is one, else the district; outside England what the return calls the country."""
    county, district = (pl.col(role).str.to_uppercase() for role in ("county", "district"))
    letter = pl.coalesce("country", "district").str.to_uppercase().str.slice(0, 1)
    found = pl.when(county.str.starts_with(COUNTY)).then(county).when(district.str.starts_with(ENGLAND)).then(district)
    for code, letters in OUTSIDE_ENGLAND.items():
        found = found.when(letter.is_in(list(letters))).then(pl.lit(code))
    return found.alias("authority")


def _on_one_grid(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows with Northern Ireland's places on the National Grid, and none where the directory gives no place."""
    irish = pl.col("authority").eq("NIR").fill_null(False)
    nowhere = (pl.col("easting").eq(0) & pl.col("northing").eq(0)).fill_null(False)
    british = [pl.when(~irish & ~nowhere).then(pl.col(way)).alias(way) for way in ("easting", "northing")]
    there = rows.filter(irish).select("postcode", pl.col("latitude", "longitude").cast(pl.Float64, strict=False))
    there = there.filter(pl.col("latitude").is_between(*LATITUDES) & pl.col("longitude").is_not_null())
    rows = rows.with_columns(british)
    if there.is_empty():
        return rows
    from goldenthread.quality.reference.grid import national_grid  # here: only building loads numpy, not each check

    easting, northing = national_grid(there["latitude"].to_numpy(), there["longitude"].to_numpy())
    ways = {"easting": pl.Series(easting), "northing": pl.Series(northing)}
    moved = there.select("postcode", **{way: metres.round().cast(pl.Int32) for way, metres in ways.items()})
    return rows.update(moved, on="postcode", how="left")


def _lazy(postcodes: Postcodes) -> pl.LazyFrame:
    return postcodes.lazy() if isinstance(postcodes, pl.DataFrame) else pl.scan_parquet(postcodes)


def _unreadable(postcodes: Postcodes, fault: Exception) -> RefusedFile:
    where = postcodes if isinstance(postcodes, Path) else "The postcode look-up"
    return RefusedFile(f"{where} cannot be read ({str(fault).splitlines()[0]}). {REBUILD}")
