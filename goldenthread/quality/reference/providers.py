"""Ofsted's providers, under one set of names whatever list they come from.

Columns: `URN` (String, capitals), `POSTCODE` (capitals, no spaces), `REG_END` (Date: closed or deregistered),
`PLACE_CODES` and `PROVIDER_CODES` (lists of the return's placement and provider codes), `LA_CODE` (the authority's
nine-character code in use, or the text given where it is no authority known). A provider registered again has several
rows. What a list does not say is missing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

import polars as pl

from goldenthread.dataset import values
from goldenthread.quality.reference.authorities import authority_code, one_code
from goldenthread.quality.reference.postcodes import Postcodes, look_up, postcode_key

NAMES: Mapping[str, tuple[str, ...]] = {
    "URN": ("urn", "ofsted urn", "setting urn"),
    "POSTCODE": ("postcode", "setting postcode", "setting address postcode"),
    "REG_END": ("reg end", "closed date", "deregistration date", "date closed", "date of deregistration"),
    "PLACE_CODES": ("place codes", "place code", "placement code", "placement codes", "provider placement code"),
    "PROVIDER_CODES": ("provider codes", "provider code", "placement provider code", "placement provider codes"),
    "LA_CODE": ("la code", "la code inferred", "la code from file"),
    "LA_NAME": ("la name from file", "la name", "la name inferred", "local authority", "provider local authority"),
}
"""What the lists and the sector's tools call each column, in small letters, other signs as spaces."""
COLUMNS: Mapping[str, pl.DataType] = {
    "URN": pl.String(),
    "POSTCODE": pl.String(),
    "REG_END": pl.Date(),
    "PLACE_CODES": pl.List(pl.String()),
    "PROVIDER_CODES": pl.List(pl.String()),
    "LA_CODE": pl.String(),
}
CODE = r"[A-Z]+[0-9]+"
"""A placement or provider code; all else in a cell, commas or brackets and quotation marks, parts them."""


def normalised(frame: pl.DataFrame, postcodes: Postcodes | None = None) -> pl.DataFrame:
    """The providers of any frame with a URN column, in `COLUMNS`; one row for each different row, in its order.

    Where a frame has several columns for one thing, the first that says something counts. An authority that is not
    given is taken from the postcode when `postcodes` are. ValueError when no column holds the URN.
    """
    columns = fields_of(frame.columns)
    if "URN" not in columns:
        raise ValueError(f"The providers have no column URN; they have {', '.join(frame.columns)}")
    cells = frame.select(
        _days(frame[name]) if field == "REG_END" else _texts(frame[name])
        for field, held in columns.items()
        for name in held
    )
    made = cells.select(
        _first(columns, "URN").str.replace(r"^(\d+)\.0+$", "$1").str.to_uppercase().alias("URN"),
        postcode_key(_first(columns, "POSTCODE")).alias("POSTCODE"),
        _first(columns, "REG_END", pl.Date).alias("REG_END"),
        _codes(_first(columns, "PLACE_CODES")).alias("PLACE_CODES"),
        _codes(_first(columns, "PROVIDER_CODES")).alias("PROVIDER_CODES"),
        pl.coalesce(one_code(_first(columns, "LA_CODE")), _first(columns, "LA_NAME")).alias("LA_CODE"),
    )
    made = made.filter(pl.col("URN").is_not_null())
    if postcodes is not None:
        made = _with_authority_by_postcode(made, postcodes)
    return made.cast(pl.Schema(COLUMNS)).unique(maintain_order=True)


def fields_of(headings: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Which of `headings` hold each of `NAMES`, best first; a name that none holds is left out."""
    plain: dict[str, list[str]] = {}
    for heading in headings:
        plain.setdefault(re.sub(r"[^a-z0-9]+", " ", heading.casefold()).strip(), []).append(heading)
    found = {
        field: tuple(heading for name in names for heading in plain.get(name, ())) for field, names in NAMES.items()
    }
    return {field: held for field, held in found.items() if held}


def _first(columns: Mapping[str, tuple[str, ...]], field: str, kind: type[pl.DataType] = pl.String) -> pl.Expr:
    """The first of the field's columns that says something, a name of an authority being its code."""
    held = [pl.col(name) for name in columns.get(field, ())]
    if field == "LA_NAME":
        held = [name.map_batches(_named_authority, return_dtype=pl.String) for name in held]
    return pl.coalesce(*held, pl.lit(None, kind))


def _texts(cells: pl.Series) -> pl.Series:
    """Text without outer spaces, empty as missing; a list's texts after one another."""
    if cells.dtype.base_type() in (pl.List, pl.Array):
        cells = cells.cast(pl.List(pl.String)).list.join(" ", ignore_nulls=True)
    return values.tidy(cells)


def _days(cells: pl.Series) -> pl.Series:
    return cells.cast(pl.Date) if cells.dtype.is_temporal() else values.day(serials=True)(cells.cast(pl.String))[0]


def _named_authority(names: pl.Series) -> pl.Series:
    return values.resolved(names, authority_code)[0]


def _codes(texts: pl.Expr) -> pl.Expr:
    """The codes in each text, each once; missing when there is none."""
    found = texts.str.to_uppercase().str.extract_all(CODE).list.unique(maintain_order=True)
    return pl.when(found.list.len() > 0).then(found)


def _with_authority_by_postcode(made: pl.DataFrame, postcodes: Postcodes) -> pl.DataFrame:
    unknown = made.filter(pl.col("LA_CODE").is_null())["POSTCODE"]
    found = look_up(postcodes, unknown).select(POSTCODE="postcode", _authority="authority")
    beside = made.join(found, on="POSTCODE", how="left", maintain_order="left")
    return beside.with_columns(LA_CODE=pl.coalesce("LA_CODE", "_authority")).drop("_authority")
