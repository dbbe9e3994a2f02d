"""From the tables as uploaded to the views: types, the asylum flag, and the places derived from postcodes."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from goldenthread.quality.engines import RuleEngine
from goldenthread.quality.order import latest_of, run_of, with_places
from goldenthread.quality.reference import Reference, look_up
from goldenthread.quality.reference.places import postcodes_in, with_derived_places, with_known_postcodes
from goldenthread.quality.reference.postcodes import postcode_key
from goldenthread.quality.reference.providers import COLUMNS as PROVIDER_COLUMNS
from goldenthread.quality.rule import Year
from goldenthread.quality.ssda903.shape import ORDERED_BY, SHAPE
from goldenthread.quality.ssda903.views import Providers, Ssda903Views
from goldenthread.quality.typed import typed

Frames = Mapping[str, pl.DataFrame]
CARE_BEGINS = pl.col("RNE") == "S"
OF_EPISODES = (
    latest_of("DECOM", CARE_BEGINS, "care_start"),
    latest_of("CIN", CARE_BEGINS, "care_CIN"),
    *run_of("LS", "DECOM", "DEC", "status"),
    *run_of(None, "DECOM", "DEC", "period"),
)
"""Described in `goldenthread.quality.ssda903.views`."""


def prepare(tables: Frames, previous: Frames, year: Year, reference: Reference, engine: RuleEngine) -> Ssda903Views:
    """The views of the return, every table of the shape there, empty where it was not given."""
    postcodes = _postcodes(reference, [tables, previous])
    this, last = (_typed(given, postcodes, reference.local_authority) for given in (tables, previous))
    return Ssda903Views(
        {name: engine.adopt(frame) for name, frame in this.items()},
        {name: engine.adopt(frame) for name, frame in last.items()},
        year,
        _providers(reference, engine),
        {name: frame.height for name, frame in this.items()}
        | {f"{name}_last": frame.height for name, frame in last.items()},
        engine.shared,
    )


def _postcodes(reference: Reference, given: list[Frames]) -> pl.DataFrame | None:
    """The rows of the look-up that the episodes of both years need; None where it was not given."""
    episodes = [tables["Episodes"] for tables in given if "Episodes" in tables]
    return None if reference.postcodes is None else look_up(reference.postcodes, postcodes_in(episodes))


def _providers(reference: Reference, engine: RuleEngine) -> Providers:
    given = reference.providers if reference.providers is not None else pl.DataFrame(schema=PROVIDER_COLUMNS)
    entries = given.select(pl.col(name).cast(dtype) for name, dtype in PROVIDER_COLUMNS.items())
    places = entries.select("URN", PLACE="PLACE_CODES").explode("PLACE", empty_as_null=True).drop_nulls().unique()
    kinds = (
        entries.select("URN", PLACE_PROVIDER="PROVIDER_CODES")
        .explode("PLACE_PROVIDER", empty_as_null=True)
        .drop_nulls()
        .unique()
    )
    plain = entries.drop("PLACE_CODES", "PROVIDER_CODES")
    return Providers(engine.adopt(plain), engine.adopt(places), engine.adopt(kinds))


def _typed(given: Frames, postcodes: pl.DataFrame | None, authority: str | None) -> dict[str, pl.DataFrame]:
    if "Episodes" in given:
        given = {**given, "Episodes": with_derived_places(given["Episodes"], postcodes, authority)}
    made = typed(SHAPE, given)
    if "Header" in given and "UASC" in given and "UASC" not in given["Header"].columns:
        asylum = made["UASC"]["CHILD"].drop_nulls()
        status = pl.when(pl.col("CHILD").is_in(asylum.implode())).then(pl.lit("1")).otherwise(pl.lit("0"))
        made["Header"] = made["Header"].with_columns(UASC=status)
    made["Episodes"] = with_known_postcodes(made["Episodes"], postcodes)
    made["Episodes"] = made["Episodes"].with_columns(postcode=postcode_key(pl.col("PL_POST")))
    for table, day in ORDERED_BY.items():
        made[table] = with_places(made[table], SHAPE.child, day, OF_EPISODES if table == "Episodes" else ())
    return made
