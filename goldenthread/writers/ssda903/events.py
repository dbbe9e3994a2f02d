"""Reviews, Missing, DoLo and SWEpisodes: what happened to the children in the year, and who worked with them."""

from __future__ import annotations

import polars as pl

from goldenthread.writers.ssda903.cells import Cell, as_rows, day, plain, true
from goldenthread.writers.ssda903.facts import Facts
from goldenthread.writers.ssda903.spans import cut_off, during, short_break

REGISTERED, NOT_REGISTERED = "SW", "XX"
"""How a social worker's identifier begins: the regulator's number, or the authority's own (rule SW02STG1)."""
NOT_SOCIAL_WORKERS = (
    "cin_practitioner",
    "social_care_assistant",
    "personal_adviser",
    "early_help_worker",
    "business_support",
)
"""Roles that hold cases and are no social workers."""
ONE_OPEN_SINCE = 2026
"""Each child of SWEpisodes must have an open one at the end of the year from the collection of 2025/26."""


def reviews(facts: Facts) -> pl.LazyFrame:
    """Reviews held in the year, of children looked after other than in short-term breaks (rule 399)."""
    held = facts.of_looked_after("looked_after_reviews", short_breaks=False)
    cells: dict[str, Cell] = {"REVIEW": day("held_on"), "REVIEW_CODE": pl.col("participation")}
    return as_rows(held, "Reviews", cells, "looked_after_reviews", pl.col("review_id"), ["held_on", "review_id"])


def missing(facts: Facts) -> pl.LazyFrame:
    """Times missing or away without authorisation with a day in the year, while looked after."""
    found = cut_off(facts.of_looked_after("missing_episodes"), facts.year.last)
    found = during(found, facts["care_episodes"], "missing_id")
    cells: dict[str, Cell] = {
        "MISSING": pl.col("kind"),
        "MIS_START": day("started_on"),
        "MIS_END": day("ended_on"),
    }
    return as_rows(found, "Missing", cells, "missing_episodes", pl.col("missing_id"), ["started_on", "missing_id"])


def deprivations_of_liberty(facts: Facts) -> pl.LazyFrame:
    """Orders that deprive a child of liberty with a day in the year, while looked after."""
    table, key = "deprivation_of_liberty_orders", "deprivation_of_liberty_order_id"
    found = during(cut_off(facts.of_looked_after(table), facts.year.last), facts["care_episodes"], key)
    cells: dict[str, Cell] = {"DOLO_START": day("started_on"), "DOLO_END": day("ended_on")}
    return as_rows(found, "DoLo", cells, table, pl.col(key), ["started_on", key])


def social_workers(facts: Facts) -> pl.LazyFrame:
    """The social workers of the year: of who is looked after on the last day all, of others those of their care.

    Rule SW12STG2 asks for the whole year of those looked after at its end, the time before they were included. From
    2025/26 whoever has left care is left out unless a worker of that time is with the child still (rule SW17STG2).
    """
    care = facts["care_episodes"].filter(~short_break())
    still = care.filter(pl.col("ended_on").is_null()).select("number").unique()
    held = cut_off(facts.of_looked_after("allocations", short_breaks=False), facts.year.last)
    held = held.join(facts["workers"], on="worker_id", how="left")
    held = held.filter(~true(pl.col("role").is_in(list(NOT_SOCIAL_WORKERS))))
    of_others = during(held.join(still, on="number", how="anti"), care, "allocation_id")
    if facts.year.ends.year >= ONE_OPEN_SINCE:
        open_still = of_others.filter(pl.col("ended_on").is_null()).select("number").unique()
        of_others = of_others.join(open_still, on="number", how="semi")
    told = pl.concat([held.join(still, on="number", how="semi"), of_others])
    cells: dict[str, Cell] = {
        "SW_ID": social_worker(),
        "SW_DECOM": day("started_on"),
        "SW_DEC": day("ended_on"),
        "SW_REASON": pl.col("change_reason"),
    }
    return as_rows(told, "SWEpisodes", cells, "allocations", pl.col("allocation_id"), ["started_on", "allocation_id"])


def social_worker() -> pl.Expr:
    """The regulator's number, or the authority's own identifier under XX where the record holds no such number."""
    number, own = plain("registration"), pl.col("worker_id")
    registered = true(number.str.starts_with(REGISTERED))
    marked = true(own.str.contains(f"^({REGISTERED}|{NOT_REGISTERED})"))
    return pl.when(registered).then(number).when(marked).then(own).otherwise(pl.lit(NOT_REGISTERED) + own)
