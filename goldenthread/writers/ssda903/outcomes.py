"""OC2: the health, conduct and questionnaire of children looked after without a break for twelve months.

What the record says of the year as such (`outcomes`) counts first; where it says nothing, the record's own events do:
assessments, checks, convictions. No event is a no only where the dataset holds the table of such events at all.
"""

from __future__ import annotations

import polars as pl

from goldenthread.writers.ssda903.cells import Cell, age_on, as_rows, flag, true
from goldenthread.writers.ssda903.facts import CHILDREN, Facts
from goldenthread.writers.ssda903.spans import looked_after_all_year

HEALTH_CHECK_UNTIL, CONVICTED_FROM = 5, 10
"""Under five, development checks are asked about (rule 546); from ten, convictions (rule 542); at 31 March."""
ONE_ASSESSMENT_FROM = 5
"""A health assessment every six months until five, every twelve from then (Care Planning Regulations 2010, reg. 7)."""
SDQ_FROM, SDQ_UNTIL = 4, 17
"""A questionnaire is asked for from four at the end of the year until seventeen at its start (rules 188 and 189)."""
ATTENDED = "attended"
EVENT = "event:"
"""Begins the name of what the record's events say of a column of `outcomes`."""


def oc2(facts: Facts) -> pl.LazyFrame:
    """One row for each child looked after for the whole year, or from 1 April until the last day of one under way."""
    year = facts.year
    everyone = facts[CHILDREN].select("number", "child_id", "born_on")
    children = looked_after_all_year(facts["care_episodes"], year).join(everyone, on="number")
    children = children.with_columns(age=age_on(year.ends), age_before=age_on(year.first))
    reported = facts["outcomes"].drop("child_id").sort("year_end").unique("number", keep="last", maintain_order=True)
    for found in (reported, _questionnaire(facts), *_events(facts)):
        children = children.join(found, on="number", how="left")
    children = children.with_columns(_said_by_events(facts))
    misuse = _told("substance_misuse")
    received = pl.when(true(misuse)).then(_told("intervention_received"))
    # Whether help was offered is asked only where it was not received (rules 158 and 159).
    offered = pl.when(true(misuse) & ~true(received)).then(_told("intervention_offered"))
    asked = true((pl.col("age") >= SDQ_FROM) & (pl.col("age_before") < SDQ_UNTIL))
    cells: dict[str, Cell] = {
        "SDQ_SCORE": pl.when(asked).then(pl.col("score").cast(pl.String)),
        "SDQ_REASON": pl.when(asked & pl.col("score").is_null()).then("missing_reason"),
        "CONVICTED": flag(pl.when(pl.col("age") >= CONVICTED_FROM).then(_told("convicted"))),
        "HEALTH_CHECK": flag(pl.when(pl.col("age") < HEALTH_CHECK_UNTIL).then("health_checks_up_to_date")),
        "IMMUNISATIONS": flag(_told("immunisations")),
        "TEETH_CHECK": flag(_told("teeth_checked")),
        "HEALTH_ASSESSMENT": flag(_told("health_assessment")),
        "SUBSTANCE_MISUSE": flag(misuse),
        "INTERVENTION_RECEIVED": flag(received),
        "INTERVENTION_OFFERED": flag(offered),
    }
    key = pl.concat_str("child_id", pl.col("year_end").dt.strftime("%Y-%m-%d"), separator="|")
    return as_rows(children, "OC2", cells, "outcomes", key, [])


def _told(column: str) -> pl.Expr:
    return pl.coalesce(column, EVENT + column)


def _questionnaire(facts: Facts) -> pl.LazyFrame:
    """Each child's latest score of the year, or where there is none the latest reason for that."""
    ordered = facts["sdqs"].sort(pl.col("score").is_not_null(), "completed_on", "sdq_id")
    return ordered.group_by("number", maintain_order=True).agg(pl.col("score", "missing_reason").last())


def _events(facts: Facts) -> tuple[pl.LazyFrame, ...]:
    """Each kind of event, one row a child."""
    attended = true(pl.col("status") == ATTENDED) | pl.col("status").is_null()
    looked_at = facts["immunisations"].sort("checked_on").group_by("number", maintain_order=True)
    helped = [pl.col(name).any(ignore_nulls=False).alias(EVENT + name) for name in _HELP]
    return (
        _counted(facts["health_assessments"].filter(attended), "assessments"),
        _counted(facts["dental_checks"], "dental_checks"),
        _counted(facts["convictions"], "convictions"),
        looked_at.agg(pl.col("up_to_date").last().alias(EVENT + "immunisations")),
        facts["substance_misuse"].group_by("number").agg(pl.len().alias("misuses"), *helped),
    )


_HELP = ("intervention_received", "intervention_offered")


def _counted(frame: pl.LazyFrame, name: str) -> pl.LazyFrame:
    return frame.group_by("number").agg(pl.len().alias(name))


def _said_by_events(facts: Facts) -> list[pl.Expr]:
    """Yes where there were as many events as are asked for, no where there were fewer; null where none could be."""
    assessments = pl.when(pl.col("age") >= ONE_ASSESSMENT_FROM).then(1).when(pl.col("age").is_not_null()).then(2)
    wanted = (
        ("health_assessment", "health_assessments", "assessments", assessments),
        ("teeth_checked", "dental_checks", "dental_checks", pl.lit(1)),
        ("convicted", "convictions", "convictions", pl.lit(1)),
        ("substance_misuse", "substance_misuse", "misuses", pl.lit(1)),
    )
    return [
        (pl.col(count).fill_null(0) >= least if table in facts.held else pl.lit(None, dtype=pl.Boolean)).alias(
            EVENT + name
        )
        for name, table, count, least in wanted
    ]
