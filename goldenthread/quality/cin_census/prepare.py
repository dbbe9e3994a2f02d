"""From the tables as uploaded to the views: types, each factor with its assessment, each review with its plan."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from goldenthread.quality.cin_census.counts import crowded, with_counts
from goldenthread.quality.cin_census.period import period_of
from goldenthread.quality.cin_census.shape import DATES, SHAPE
from goldenthread.quality.cin_census.upn import letter_asked_for
from goldenthread.quality.cin_census.views import CinCensusViews
from goldenthread.quality.engines import RuleEngine
from goldenthread.quality.reference import Reference
from goldenthread.quality.rule import Year
from goldenthread.quality.typed import typed

Frames = Mapping[str, pl.DataFrame]
CHILD, EPISODE = "LAchildID", "CINdetailsID"
OTHER_DATES = ("%d-%m-%Y", "%d/%m/%Y")
"""Ways of writing a date that say the same without doubt; the file's own checks tell that they are not the census's."""


def prepare(tables: Frames, previous: Frames, year: Year, reference: Reference, engine: RuleEngine) -> CinCensusViews:
    """The views of the return, every table of the shape there, empty where it was not given."""
    made = typed(SHAPE, {table: _in_census_dates(frame) for table, frame in tables.items()})
    made["ChildIdentifiers"] = made["ChildIdentifiers"].with_columns(UPN_letter=letter_asked_for("UPN"))
    made["Reviews"] = _within(made["Reviews"], made["ChildProtectionPlans"], "CPPID", "plan_row")
    made["AssessmentFactorsList"] = _factors(made["AssessmentFactorsList"], made["Assessments"])
    made["Assessments"] = _with_factors(made["Assessments"], made["AssessmentFactorsList"])
    period = period_of(made["Header"], year)
    adopted = {name: engine.adopt(frame) for name, frame in with_counts(made).items()}
    return CinCensusViews(adopted, period, crowded(made), {name: frame.height for name, frame in made.items()})


def _in_census_dates(frame: pl.DataFrame) -> pl.DataFrame:
    """The frame with dates written day first turned into the census's own form."""
    columns = [name for name in frame.columns if name in DATES]
    text = {name: pl.col(name).cast(pl.String).str.strip_chars() for name in columns}
    parsed = {name: pl.coalesce(text[name].str.to_date(form, strict=False) for form in OTHER_DATES) for name in columns}
    return frame.with_columns(
        pl.coalesce(parsed[name].dt.to_string(SHAPE.date_format), text[name]).alias(name) for name in columns
    )


def _within(frame: pl.DataFrame, holders: pl.DataFrame, key: str, name: str) -> pl.DataFrame:
    """The frame with the row of the group each row stands in, by child, episode and `key`; missing where there is none.

    A key that one of the two does not give at all is left out. The first of several is taken; without `key` itself,
    which of several it is cannot be told, and it is missing.
    """
    known = [name for name in (EPISODE, key) if all(table[name].is_not_null().any() for table in (frame, holders))]
    keys = [CHILD, *known]
    first = holders.select("row", *keys).unique(keys, keep="first" if key in known else "none", maintain_order=True)
    return frame.join(first.rename({"row": name}), on=keys, how="left", maintain_order="left")


def _factors(listed: pl.DataFrame, assessments: pl.DataFrame) -> pl.DataFrame:
    """Every factor with its assessment's row: those listed, and the one an assessment gives in its own row.

    The latter have no `row`. Where an assessment has both, the list is taken.
    """
    listed = _within(listed, assessments, "AssessmentID", "assessment_row")
    listed = listed.join(
        assessments.select(assessment_row="row", of_assessment=EPISODE), on="assessment_row", how="left",
        maintain_order="left",
    )  # fmt: skip
    listed = listed.with_columns(pl.coalesce(EPISODE, "of_assessment").alias(EPISODE)).drop("of_assessment")
    has_list = listed["assessment_row"].drop_nulls().unique()
    alone = assessments.filter(pl.col("AssessmentFactors").is_not_null(), ~pl.col("row").is_in(has_list.implode()))
    own = alone.select(
        CHILD, EPISODE, "AssessmentID", AssessmentFactor="AssessmentFactors", assessment_row="row"
    ).with_columns(pl.lit(None, dtype=pl.Int64).alias("row"))
    return pl.concat([listed, own.select(listed.columns)])


def _with_factors(assessments: pl.DataFrame, factors: pl.DataFrame) -> pl.DataFrame:
    """The assessments with `factors`, how many were given."""
    held = factors.group_by(row="assessment_row").agg(factors=pl.col("AssessmentFactor").count().cast(pl.Int64))
    counted = assessments.join(held, on="row", how="left", maintain_order="left")
    return counted.with_columns(pl.col("factors").fill_null(0))
