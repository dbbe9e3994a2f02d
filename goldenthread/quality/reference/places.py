"""Where children are placed, worked out from postcodes as the return's own system does it.

Source: SSDA903 guide, placement location, local authority of placement and distance, which a return need not carry.
"""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from goldenthread.quality.reference.authorities import one_code
from goldenthread.quality.reference.postcodes import Postcodes, look_up, postcode_key

HOME, PLACEMENT = "HOME_POST", "PL_POST"
METRES_OF_A_MILE = 1609.3
"""As the return counts: metres over 1,000, over 1.6093."""


def with_derived_places(episodes: pl.DataFrame, postcodes: Postcodes | None, authority: str | None) -> pl.DataFrame:
    """The episodes with `PL_LA`, `PL_LOCATION` and `PL_DISTANCE` as text, where they lack them and it can be known.

    `PL_LA` is the authority of PL_POST, `PL_LOCATION` whether it is `authority` (IN) or another (OUT), `PL_DISTANCE`
    the straight line from HOME_POST to PL_POST in miles, to one decimal, half up. Unknown postcodes give missing.
    Columns given are used as given, but that an authority in PL_LA is brought under its nine-character code in use.
    """
    if postcodes is not None:
        episodes = _with_looked_up(episodes, postcodes)
    if "PL_LA" not in episodes.columns:
        return episodes
    episodes = episodes.with_columns(one_code(pl.col("PL_LA").cast(pl.String)))
    if "PL_LOCATION" not in episodes.columns and authority is not None:
        same = pl.col("PL_LA") == one_code(pl.lit(authority))
        location = pl.when(same).then(pl.lit("IN")).when(~same).then(pl.lit("OUT"))
        episodes = episodes.with_columns(location.alias("PL_LOCATION"))
    return episodes


def with_known_postcodes(episodes: pl.DataFrame, postcodes: Postcodes | None) -> pl.DataFrame:
    """The episodes with `HOME_POST_known` and `PL_POST_known`: whether the look-up holds the postcode.

    Missing where there is no postcode, and throughout where there is no look-up.
    """
    if postcodes is None:
        unknown = pl.lit(None, pl.Boolean)
        return episodes.with_columns(unknown.alias(f"{column}_known") for column in (HOME, PLACEMENT))
    found = look_up(postcodes, postcodes_in([episodes]))["postcode"].implode()
    return episodes.with_columns(
        postcode_key(pl.col(column)).is_in(found).alias(f"{column}_known") for column in (HOME, PLACEMENT)
    )


def postcodes_in(frames: Iterable[pl.DataFrame]) -> pl.Series:
    """Every postcode of episodes in `frames`, as written there."""
    columns = [
        frame[name].cast(pl.String).rename("postcode")
        for frame in frames
        for name in (HOME, PLACEMENT)
        if name in frame.columns
    ]
    return pl.concat(columns) if columns else pl.Series("postcode", [], dtype=pl.String)


def _with_looked_up(episodes: pl.DataFrame, postcodes: Postcodes) -> pl.DataFrame:
    found = look_up(postcodes, postcodes_in([episodes]))
    beside, made = episodes, {}
    for column in (HOME, PLACEMENT):
        if column in episodes.columns:
            there = found.rename({name: f"_{column}_{name}" for name in found.columns})
            beside = beside.with_columns(postcode_key(pl.col(column).cast(pl.String)).alias(f"_{column}_postcode"))
            beside = beside.join(there, on=f"_{column}_postcode", how="left", maintain_order="left")
    if PLACEMENT in episodes.columns:
        made["PL_LA"] = pl.col(f"_{PLACEMENT}_authority")
        if HOME in episodes.columns:
            made["PL_DISTANCE"] = _miles()
    return beside.select(
        *episodes.columns, *(column.alias(name) for name, column in made.items() if name not in episodes.columns)
    )


def _miles() -> pl.Expr:
    east, north = (
        (pl.col(f"_{HOME}_{way}") - pl.col(f"_{PLACEMENT}_{way}")).cast(pl.Float64) for way in ("easting", "northing")
    )
    miles = (east**2 + north**2).sqrt() / METRES_OF_A_MILE
    tenths = (miles * 10 + 0.5).floor().cast(pl.Int64)
    # Written in whole numbers: a tenth is no exact fraction to a computer, and 394.4 would show its error.
    return pl.format("{}.{}", tenths // 10, tenths % 10)
