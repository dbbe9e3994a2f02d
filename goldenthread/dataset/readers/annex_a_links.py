"""The links that Annex A leaves out: a row belongs to the episode of the child that was open on its day."""

from __future__ import annotations

import polars as pl

from goldenthread.dataset.readers.linking import Spells, linked

LINKED_TO_REFERRAL = {
    "assessments": "started_on",
    "strategy_discussions": "held_on",
    "section_47_enquiries": "started_on",
    "conferences": "held_on",
    "cp_plans": "started_on",
    "cin_plans": "started_on",
    "care_periods": "started_on",
}
CONTACT_TO_REFERRAL_DAYS = 3
"""A contact becomes a referral within a working day; three days let a weekend pass (Working Together 2023, ch. 3)."""


def with_links(tables: dict[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """The tables with the links between them that the days of their rows show."""
    found = dict(tables)
    if "referrals" in found:
        found |= _to_referrals(found)
        found |= _between_contacts_and_referrals(found)
    if "cp_plans" in found and "conferences" in found:
        found |= _between_plans_and_conferences(found)
    if "adoptions" in found and "care_periods" in found:
        periods = Spells(found["care_periods"], "care_period_id", "started_on", "ended_on")
        found["adoptions"] = linked(found["adoptions"], "decided_on", periods)
    return found


def _to_referrals(tables: dict[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """The tables of `LINKED_TO_REFERRAL` with the accepted referral open on the day."""
    accepted = tables["referrals"].filter(~pl.col("no_further_action").fill_null(False))
    if "closed_on" not in accepted.columns:
        accepted = accepted.with_columns(pl.lit(None, pl.Date).alias("closed_on"))
    spells = Spells(accepted, "referral_id", "received_on", "closed_on")
    return {table: linked(tables[table], day, spells) for table, day in LINKED_TO_REFERRAL.items() if table in tables}


def _between_contacts_and_referrals(tables: dict[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """Each referral with the contact it came from: the child's latest in the days before, each contact used once."""
    if "contacts" not in tables:
        return {}
    contacts, first = tables["contacts"], pl.col("contact_id").is_first_distinct()
    spells = Spells(contacts.with_columns(pl.col("received_on").alias("_end")), "contact_id", "received_on", "_end")
    referrals = linked(tables["referrals"], "received_on", spells, grace=CONTACT_TO_REFERRAL_DAYS)
    referrals = referrals.with_columns(pl.when(first).then(pl.col("contact_id")).alias("contact_id"))
    back = referrals.drop_nulls("contact_id").select("contact_id", "referral_id")
    return {
        "referrals": referrals,
        "contacts": contacts.join(back, on="contact_id", how="left", maintain_order="left"),
    }


def _between_plans_and_conferences(tables: dict[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """A plan and the initial conference of the day it started, each with the other."""
    conferences = tables["conferences"]
    initial = conferences.filter(pl.col("kind") == "initial").with_columns(pl.col("held_on").alias("_end"))
    plans = linked(tables["cp_plans"], "started_on", Spells(initial, "conference_id", "held_on", "_end"))
    made = plans.drop_nulls("conference_id").unique("conference_id", keep="first", maintain_order=True)
    made = made.select("conference_id", pl.col("cp_plan_id").alias("_made"))
    known = conferences.join(made, on="conference_id", how="left", maintain_order="left")
    either = pl.coalesce("cp_plan_id", "_made") if "cp_plan_id" in known.columns else pl.col("_made")
    return {"cp_plans": plans, "conferences": known.with_columns(either.alias("cp_plan_id")).drop("_made")}
