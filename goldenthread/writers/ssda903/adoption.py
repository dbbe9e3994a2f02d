"""AD1 and PlacedAdoption: children adopted in the year, and decisions that a child should be placed for adoption."""

from __future__ import annotations

import polars as pl

from goldenthread.writers.ssda903.cells import Cell, as_rows, day, flag, true
from goldenthread.writers.ssda903.facts import Facts

ADOPTED = ("E11", "E12")


def ad1(facts: Facts) -> pl.LazyFrame:
    """The plan of each child whose episode ended in adoption in the year: the latest not reversed (rules 601, 602)."""
    plans = facts.of_looked_after("adoptions").join(adopted(facts), on="number")
    standing = pl.col("reversed_on").is_null() | (pl.col("reversed_on") > pl.col("adopted_on"))
    plans = plans.filter((pl.col("decided_on") <= pl.col("adopted_on")) & standing)
    plans = plans.sort("decided_on", "adoption_id", descending=True)
    cells: dict[str, Cell] = {
        "DATE_INT": day("decided_on"),
        "DATE_MATCH": pl.when(pl.col("matched_on") <= facts.year.last).then(day("matched_on")),
        "FOSTER_CARE": flag(pl.col("adopted_by_carer")),
        "NB_ADOPTR": pl.col("number_of_adopters").cast(pl.String),
        "SEX_ADOPTR": pl.col("sex_of_adopters"),
        "LS_ADOPTR": pl.col("adopters_legal_status"),
    }
    latest = plans.unique("number", keep="first", maintain_order=True)
    return as_rows(latest, "AD1", cells, "adoptions", pl.col("adoption_id"), [])


def adopted(facts: Facts) -> pl.LazyFrame:
    """`number` and `adopted_on` of the children adopted in the year up to the last day, by their episodes."""
    ended = facts["care_episodes"].filter(true(pl.col("end_reason").is_in(list(ADOPTED))))
    return ended.group_by("number").agg(pl.col("ended_on").max().alias("adopted_on")).drop_nulls()


def placed_adoption(facts: Facts) -> pl.LazyFrame:
    """Decisions of the periods of care that the year is told of, unless reversed before it (rule 118)."""
    in_force = pl.col("reversed_on").is_null() | (pl.col("reversed_on") >= facts.year.first)
    plans = _of_the_periods(facts).filter(in_force)
    reversed_by_then = pl.col("reversed_on") <= facts.year.last
    cells: dict[str, Cell] = {
        "DATE_PLACED": day("decided_on"),
        "DATE_PLACED_CEASED": pl.when(reversed_by_then).then(day("reversed_on")),
        "REASON_PLACED_CEASED": pl.when(reversed_by_then | pl.col("reversed_on").is_null()).then("reversed_reason"),
    }
    return as_rows(plans, "PlacedAdoption", cells, "adoptions", pl.col("adoption_id"), ["decided_on", "adoption_id"])


def _of_the_periods(facts: Facts) -> pl.LazyFrame:
    """Plans whose period of care has an episode in the year, or for which the record cannot say."""
    periods = facts["care_episodes"].select("number", "care_period_id").unique()
    loose = periods.filter(pl.col("care_period_id").is_null()).select("number", loose=pl.lit(True))
    plans = facts.of_looked_after("adoptions").join(loose, on="number", how="left")
    plans = plans.join(periods.with_columns(of_year=pl.lit(True)), on=["number", "care_period_id"], how="left")
    return plans.filter(pl.col("care_period_id").is_null() | true(pl.col("of_year")) | true(pl.col("loose")))
