"""Where each first conference stands in the census: in the enquiry that led to it, or in the episode of a child who
moved in on a plan."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from goldenthread.writers.cin_census.record import Record
from goldenthread.writers.cin_census.year import CensusYear

FIRST_KINDS = ("initial", "pre_birth")
MOVED_IN = "transfer_in"


@dataclass(frozen=True, slots=True)
class Placed:
    """`enquiries`: the record's, with `held_on`, the day of the conference. `transfers`: `referral_id` and `held_on`,
    one a referral. `unplaced`: conferences of the year for which the census has no place."""

    enquiries: pl.DataFrame
    transfers: pl.DataFrame
    unplaced: int


def conferences_placed(record: Record, year: CensusYear) -> Placed:
    """Each enquiry with its first conference, and each referral with its transfer-in conference of the year.

    A conference that names no enquiry goes to the referral's latest one begun by that day without one of its own.
    """
    held = record["conferences"].filter(pl.col("kind").is_in([*FIRST_KINDS, MOVED_IN])).sort("held_on", "conference_id")
    moved_in = pl.col("kind") == MOVED_IN
    initial, transfers = held.filter(~moved_in), held.filter(moved_in & year.within("held_on"))
    enquiries = record["section_47_enquiries"]
    named = initial.join(enquiries, on="section_47_id", how="semi").unique("section_47_id", keep="first")
    found = _with_conference(enquiries, named.select("section_47_id", "conference_id", "held_on"))
    loose = initial.join(enquiries, on="section_47_id", how="anti")
    if loose.height:
        found = _with_conference(found, _claimed(loose, found))
    # One on the day of the enquiry's own is that conference: the census wants it in one place (rule 2884).
    transfers = transfers.join(found, on=["referral_id", "held_on"], how="anti").drop_nulls("referral_id")
    transfers = transfers.unique("referral_id", keep="first")
    placed = pl.concat([found["conference_id"].drop_nulls(), transfers["conference_id"]])
    spare = held.filter(year.within("held_on") & ~pl.col("conference_id").is_in(placed.implode()))
    return Placed(found, transfers.select("referral_id", "held_on"), spare.height)


def _with_conference(enquiries: pl.DataFrame, held: pl.DataFrame) -> pl.DataFrame:
    """`enquiries` with the conferences in `held`; one they have already stays."""
    found = enquiries.join(held, on="section_47_id", how="left", suffix="_more")
    if "held_on_more" not in found.columns:
        return found
    own = (pl.coalesce(name, f"{name}_more").alias(name) for name in ("conference_id", "held_on"))
    return found.with_columns(own).drop("conference_id_more", "held_on_more")


def _claimed(loose: pl.DataFrame, enquiries: pl.DataFrame) -> pl.DataFrame:
    """The enquiry each conference must have come from, where there is one."""
    free = enquiries.filter(pl.col("held_on").is_null()).select("referral_id", "section_47_id", "started_on")
    pairs = loose.select("referral_id", "conference_id", "held_on").join(free, on="referral_id")
    pairs = pairs.filter(pl.col("started_on") <= pl.col("held_on")).sort("held_on", "conference_id", "started_on")
    latest = pairs.unique("conference_id", keep="last", maintain_order=True)
    return latest.unique("section_47_id", keep="first").select("section_47_id", "conference_id", "held_on")
