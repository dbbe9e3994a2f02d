"""The SSDA903 return, one year or several, to canonical tables."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import polars as pl

from goldenthread.codesets import code_set
from goldenthread.dataset.readers import ssda903_facts as facts
from goldenthread.dataset.readers.common import Field, ReadResult, source_of
from goldenthread.dataset.readers.ssda903_episodes import care_tables
from goldenthread.dataset.readers.ssda903_load import FILE
from goldenthread.dataset.readers.ssda903_years import (
    FLAG,
    TEXT,
    Reading,
    coded,
    dated,
    load_years,
    numbered,
)
from goldenthread.dataset.store import Source, conform
from goldenthread.dataset.tables import TABLES
from goldenthread.dataset.values import code

SEX_OF_GENDER = {"1": "M", "2": "F", "0": "U"}
UPN_UNKNOWN = r"^(?i:UN[1-7])$"


def read_ssda903(paths: Path | Sequence[Path], as_at: date | None = None, *, year: int | None = None) -> ReadResult:
    """The return in `paths` as canonical tables, with everything that could not be read.

    Each path is one year's return: a folder of CSV files or an XML file. Where two years tell of the same fact, the
    later counts. `year` is the calendar year the latest collection ends; without it and without `as_at` the dates
    in the return tell it. Raises RefusedFile when a path holds no table of the return.
    """
    given = [paths] if isinstance(paths, Path) else list(paths)
    years = load_years(given, year, as_at)
    reading = Reading(years)
    for found in years:
        reading.rejects.extend(found.raw.rejects.found)
        reading.warnings.extend(found.raw.warnings.found)
    tables = {name: conform(name, _declared(name, frame)) for name, frame in _canonical(reading).items()}
    return ReadResult(
        tables,
        reading.rejects,
        _sources(reading),
        reading.warnings,
        (*_notes(reading), *_begun_before(tables)),
        as_at=as_at or years[0].ends,
        as_at_because="as asked" if as_at else f"the end of the collection year of {years[0].path.name}",
    )


def _canonical(reading: Reading) -> dict[str, pl.DataFrame]:
    care = care_tables(reading)
    periods, episodes = care["care_periods"], care["care_episodes"]
    tables = {
        **care,
        "looked_after_reviews": facts.reviews(reading, periods),
        **facts.outcomes(reading),
        **facts.care_leavers(reading),
        "adoptions": facts.adoptions(reading, episodes, periods),
        "previous_permanence": facts.previous_permanence(reading),
        "missing_episodes": facts.missing_episodes(reading, periods),
        "deprivation_of_liberty_orders": facts.deprivation_of_liberty_orders(reading),
        **facts.allocations(reading),
    }
    header = _header(reading)
    babies, related = _births(header)
    people = pl.concat([_people(reading, header, tables), babies], how="diagonal")
    return {"people": people, "relationships": related} | tables


def _header(reading: Reading) -> pl.DataFrame:
    gender = code(code_set("gender"), also={"M": "1", "F": "2", "U": "0"})
    header = reading.parsed(
        "Header",
        [
            Field("SEX", "gender", gender),
            dated("DOB", "born_on"),
            coded("ETHNIC", "ethnicity", "ethnicity"),
            Field("UPN", "upn", TEXT),
            Field("MOTHER", "is_mother", FLAG),
            dated("MC_DOB", "childs_birth_on"),
            Field("UASC", "flagged", FLAG),
        ],
    )
    return reading.use(reading.newest(header, ["child_id"], "Header"))


def _births(header: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The first child of each mother, as a person of whom only the birth is known, and the relationship of the two."""
    mothers = header.filter(pl.col("childs_birth_on").is_not_null())
    named = numbered(mothers.select("child_id", born_on="childs_birth_on"), "person_id", "B", "born_on")
    babies = named.select("person_id", "born_on", is_child=pl.lit(False))
    return babies, named.select("person_id", related_person_id="child_id", relationship=pl.lit("mother"))


def _people(reading: Reading, header: pl.DataFrame, tables: dict[str, pl.DataFrame]) -> pl.DataFrame:
    """Children of Header with what UASC adds, and, with their date of birth alone, children only other tables name."""
    alone = reading.parsed("UASC", [dated("DUC", "unaccompanied_until"), dated("DOB", "uasc_born_on")])
    alone = reading.use(reading.newest(alone, ["child_id"], "UASC"))
    without_upn = pl.col("upn").str.contains(UPN_UNKNOWN)
    people = _with_others(reading, header, tables).join(
        alone.select("child_id", "unaccompanied_until", "uasc_born_on", listed=True), on="child_id", how="left"
    )
    return people.with_columns(
        born_on=pl.coalesce("born_on", "uasc_born_on"),
        is_child=True,
        sex=pl.col("gender").replace_strict(SEX_OF_GENDER, default=None, return_dtype=pl.String),
        upn=pl.when(~without_upn).then("upn"),
        upn_unknown_reason=pl.when(without_upn).then(pl.col("upn").str.to_uppercase()),
        # A return without the UASC table and column says nothing about any child.
        unaccompanied=pl.coalesce("listed", "flagged", pl.lit(False) if _tells_of_uasc(reading) else pl.lit(None)),
    ).rename({"child_id": "person_id"})


def _tells_of_uasc(reading: Reading) -> bool:
    return any("UASC" in year.raw.tables for year in reading.years)


def _with_others(reading: Reading, header: pl.DataFrame, tables: dict[str, pl.DataFrame]) -> pl.DataFrame:
    """`header` and a row for each child that other tables name and it does not."""
    named = pl.concat([frame.select("child_id") for frame in tables.values() if "child_id" in frame.columns])
    uasc = reading.years[0].raw.tables.get("UASC")
    if uasc is not None:
        named = pl.concat([named, uasc.select(child_id="CHILD").drop_nulls()])
    extra = named.unique(maintain_order=True).join(header, on="child_id", how="anti", maintain_order="left")
    if extra.height:
        listed = extra.with_columns(pl.lit(None, dtype=pl.Int64).alias("_line"), pl.lit("").alias(FILE))
        reading.warn_rows(
            listed, "Header", "child_id", "is in other tables and not in Header", "Add the child to Header."
        )
    return pl.concat([header, extra], how="diagonal")


def _declared(name: str, frame: pl.DataFrame) -> pl.DataFrame:
    return frame.select(column for column in frame.columns if column in TABLES[name].schema)


def _sources(reading: Reading) -> tuple[Source, ...]:
    rejects = reading.rejects.frame()
    return tuple(
        source_of(
            file,
            "ssda903",
            rows_in=rows,
            rows_out=reading.used[year.raw.name_of(file)],
            rejected=rejects.filter(pl.col("file") == year.raw.name_of(file)).height,
        )
        for year in reading.years
        for file, rows in year.raw.rows_in.items()
    )


def _begun_before(tables: dict[str, pl.DataFrame]) -> tuple[str, ...]:
    """What is said of periods whose first known episode is not the child's start: they are longer than they seem."""
    first = tables["care_episodes"].unique("care_period_id", keep="first", maintain_order=True)
    older = first.filter(pl.col("start_reason").is_not_null() & (pl.col("start_reason") != "S")).height
    if not older:
        return ()
    return (
        f"{older:,} of {first.height:,} periods of care begin with an episode that is no start (RNE other than S): the "
        "child was looked after before it. Give the earlier years' returns too.",
    )


def _notes(reading: Reading) -> tuple[str, ...]:
    years = ", ".join(f"{year.ends.year - 1}-{year.ends:%y}" for year in reading.years)
    replaced = sum(reading.superseded.values())
    later = (
        (f"{replaced:,} rows of earlier years are told again, as later known, in a later year.",) if replaced else ()
    )
    return (f"Collection years read: {years}.", *later)
