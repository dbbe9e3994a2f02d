"""The five lists of an episode: assessments, plans, enquiries and placements, as rows with the payload's columns."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from goldenthread.dataset.readers.linking import Spells, linked
from goldenthread.writers.dfe_api.faults import faults, with_fitting
from goldenthread.writers.dfe_api.shape import LISTS, PURGE, Item, Listed
from goldenthread.writers.dfe_api.window import Window

Record = Mapping[str, pl.DataFrame]
OWNER = ["child_id", "referral_id"]
NO_REFERRAL = "the child had no open referral it could belong to, and the payload has no other place for it"


def listed(record: Record, window: Window) -> tuple[dict[str, pl.DataFrame], list[pl.DataFrame]]:
    """For each list its rows in the window, and what was found wrong.

    A frame has `child_id`, `referral_id` and the list's objects, in the order of their start, as `objects`.
    """
    made: dict[str, pl.DataFrame] = {}
    wrong: list[pl.DataFrame] = []
    for each in LISTS:
        rows = _rows(record, each.table).filter(window.overlaps(each.start, each.end))
        owned, homeless = belonging(rows, each, record["referrals"])
        fitting, replaced = with_fitting(owned, each.identifier.column, each.table)
        made[each.name] = _objects(fitting, each)
        wrong += [homeless, replaced]
    return made, wrong


def belonging(rows: pl.DataFrame, each: Listed, referrals: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The rows with the child's referral each belongs to, by its link or else by date; as faults those with none."""
    found = linked(rows, each.start, Spells(referrals, "referral_id", "received_on", "closed_on"))
    homeless = found.join(referrals, on=OWNER, how="anti")
    owned = found.join(referrals.select(OWNER), on=OWNER, how="semi")
    return owned, faults(homeless, each.table, each.identifier.column, NO_REFERRAL)


def struct_of(items: tuple[Item, ...], *, purge: bool = True) -> pl.Expr:
    """The items as one object under the payload's names, with `purge` false where the object has one."""
    fields = [pl.col(item.column).alias(item.name) for item in items]
    return pl.struct(*fields, *([pl.lit(False).alias(PURGE)] if purge else []))


def _objects(rows: pl.DataFrame, each: Listed) -> pl.DataFrame:
    ordered = rows.sort(each.start, each.identifier.column)
    return ordered.group_by(OWNER, maintain_order=True).agg(struct_of(each.items).alias("objects"))


def _rows(record: Record, table: str) -> pl.DataFrame:
    rows = record[table]
    match table:
        case "assessments":
            return _with_factors(rows, record["assessment_factors"])
        case "section_47_enquiries":
            return _with_conference(rows, record["conferences"])
        case "placements":
            return _with_reasons(_of_period(rows, record["care_periods"]), record["care_episodes"])
        case _:
            return rows


def _with_factors(rows: pl.DataFrame, factors: pl.DataFrame) -> pl.DataFrame:
    found = factors.group_by("assessment_id").agg(pl.col("factor").unique().sort().alias("factors"))
    return rows.join(found, on="assessment_id", how="left").with_columns(pl.col("factors").fill_null([]))


def _with_conference(rows: pl.DataFrame, conferences: pl.DataFrame) -> pl.DataFrame:
    """With the latest initial conference of the enquiry, and whether one was required: not known when neither the
    decision nor the outcome says."""
    initial = conferences.filter(pl.col("kind") != "review", pl.col("section_47_id").is_not_null())
    latest = initial.group_by("section_47_id").agg(pl.col("held_on").max().alias("conference_on"))
    required = pl.coalesce(~pl.col("conference_not_required"), pl.col("outcome") == "conference")
    return rows.join(latest, on="section_47_id", how="left").with_columns(required.alias("conference_required"))


def _of_period(rows: pl.DataFrame, periods: pl.DataFrame) -> pl.DataFrame:
    owners = periods.select("care_period_id", "referral_id").unique("care_period_id", keep="first")
    return rows.join(owners, on="care_period_id", how="left", maintain_order="left")


def _with_reasons(rows: pl.DataFrame, episodes: pl.DataFrame) -> pl.DataFrame:
    """With why the placement started, of the child's episode that started that day, and why it ended, of the one that
    ended that day. A placement may last several episodes, of which those between say nothing of it."""
    day, reason = "__day", "__reason"
    for start, own, keep in (("started_on", "start_reason", "first"), ("ended_on", "end_reason", "last")):
        ordered = episodes.sort("started_on", "ended_on", nulls_last=True).drop_nulls([start])
        picked = pl.col(own).first() if keep == "first" else pl.col(own).last()
        found = ordered.group_by("child_id", pl.col(start).alias(day)).agg(picked.alias(reason))
        rows = rows.join(found, left_on=["child_id", start], right_on=["child_id", day], how="left")
        rows = rows.rename({reason: own})
    return rows
