"""The children of the census: who they are, their ethnic group and their disabilities."""

from __future__ import annotations

import polars as pl

from goldenthread.dataset.readers.cin_census_structure import SEX_SINCE
from goldenthread.dataset.readers.cin_census_tables import CHILD
from goldenthread.writers.cin_census.record import Record
from goldenthread.writers.cin_census.rows import Part
from goldenthread.writers.cin_census.year import CensusYear

SEX_OF_GENDER = {"1": "M", "2": "F", "0": "U", "9": "U"}
GENDER_OF_SEX = {"M": "1", "F": "2", "U": "0"}
UNKNOWN_SEX, UNKNOWN_GENDER = "U", "0"
PLACE = "place"


def children(record: Record, episodes: pl.DataFrame, year: CensusYear) -> pl.DataFrame:
    """The children of the episodes, in the order of the file, with what the record says of each.

    `borrowed` says that the sex is read from the gender, or before 2024-25 the gender from the sex, for want of it.
    """
    each = episodes.unique("child_id", keep="first", maintain_order=True).select("child_id", CHILD)
    people = record["people"].with_columns(year.by_then("born_on"), year.by_then("died_on"), child_id="person_id")
    found = each.with_row_index(PLACE).join(people, on="child_id", how="left").sort(PLACE)
    found = found.with_columns(expected_on=pl.when(pl.col("born_on").is_null()).then("expected_on"))
    unborn = pl.col("expected_on").is_not_null()
    if year.number >= SEX_SINCE:
        asked, other, meanings, unknown = "sex", "gender", SEX_OF_GENDER, UNKNOWN_SEX
    else:
        asked, other, meanings, unknown = "gender", "sex", GENDER_OF_SEX, UNKNOWN_GENDER
    read = pl.col(other).replace_strict(meanings, default=None, return_dtype=pl.String)
    return found.with_columns(
        # Of a child not yet born the census wants no sex (rule 8750).
        pl.when(unborn).then(pl.lit(unknown)).otherwise(pl.coalesce(asked, read)).alias(asked),
        borrowed=~unborn & pl.col(asked).is_null() & read.is_not_null(),
    )


def identifier_part(found: pl.DataFrame, year: CensusYear) -> Part:
    """ChildIdentifiers, from `children`."""
    sex = {"Sex": "sex"} if year.number >= SEX_SINCE else {"GenderCurrent": "gender"}
    frame = found.select(
        "child_id", CHILD,
        record_id="person_id",
        UPN="upn",
        FormerUPN="former_upn",
        UPNunknown="upn_unknown_reason",
        PersonBirthDate="born_on",
        ExpectedPersonBirthDate="expected_on",
        PersonDeathDate="died_on",
        **sex,
    )  # fmt: skip
    return Part("ChildIdentifiers", frame, "people")


def characteristics_part(found: pl.DataFrame) -> Part:
    """ChildCharacteristics, from `children`."""
    return Part(
        "ChildCharacteristics", found.select("child_id", CHILD, record_id="person_id", Ethnicity="ethnicity"), "people"
    )


def disability_part(record: Record, found: pl.DataFrame) -> Part:
    """Disabilities: each that is recorded, and NONE for a child recorded as having none."""
    held = found.select(PLACE, "child_id", CHILD, "disabled").join(record["disabilities"], on="child_id", how="left")
    listed = pl.col("disability").is_not_null()
    none = ~listed & (~pl.col("disabled")).fill_null(False)
    frame = held.filter(listed | none).select(
        PLACE, "child_id", CHILD,
        record=pl.when(listed).then(pl.lit("disabilities")).otherwise(pl.lit("people")),
        record_id=pl.when(listed).then(pl.concat_str("child_id", "disability", separator="|")).otherwise("child_id"),
        Disability=pl.col("disability").fill_null("NONE"),
    )  # fmt: skip
    return Part("Disabilities", frame.sort(PLACE, "Disability"), "disabilities")
