"""Social care episodes: each a referral until its case closes, with everything that happened under it."""

from __future__ import annotations

import polars as pl

from goldenthread.dataset.readers.linking import Spells, linked, open_then
from goldenthread.writers.dfe_api.faults import faults, fits, with_fitting
from goldenthread.writers.dfe_api.lists import NO_REFERRAL, OWNER, Record, listed, struct_of
from goldenthread.writers.dfe_api.shape import (
    ACTIVITIES,
    ADOPTION,
    ADOPTION_ITEMS,
    CARE_LEAVER_ITEMS,
    CARE_LEAVERS,
    CIN_PLANS,
    EPISODE,
    EPISODES,
    LISTS,
    LONGEST_WORKER,
    PURGE,
    WORKER_ITEMS,
    WORKERS,
)
from goldenthread.writers.dfe_api.window import Window

NO_SUCH_ACTIVITY = "the flow has no such activity code: the activity is left empty"
NO_SUCH_WORKER = "the worker's registration number does not fit the flow: the worker is left out"


def episodes(record: Record, window: Window) -> tuple[pl.DataFrame, list[pl.DataFrame]]:
    """For each child (`child_id`) the JSON text of its list of episodes (`social_care_episodes`), and what was wrong.

    An episode is sent when it overlaps the window or when something under it does, so that a placement that outlives
    its referral is not lost with it.
    """
    lists, wrong = listed(record, window)
    adopted, unadopted = _adoption(record, window)
    owners = pl.concat([frame.select(OWNER) for frame in (*lists.values(), adopted)]).unique()
    sent = pl.concat(
        [
            record["referrals"].filter(window.overlaps("received_on", "closed_on")),
            record["referrals"].join(owners, on=OWNER, how="semi"),
        ]
    ).unique("referral_id", keep="first")
    leavers, unplaced = _care_leavers(record, sent, window)
    workers, unsent = _workers(record, sent, lists[CIN_PLANS.name], window)
    for each in LISTS:
        sent = _joined(sent, lists[each.name].rename({"objects": each.name}))
    sent = _joined(_joined(_joined(sent, adopted), leavers), workers)
    fitting, replaced = with_fitting(sent, "referral_id", "referrals")
    return _texts(fitting), [*wrong, unadopted, unplaced, unsent, replaced]


def _joined(sent: pl.DataFrame, found: pl.DataFrame) -> pl.DataFrame:
    return sent.join(found, on=OWNER, how="left", maintain_order="left")


def _texts(sent: pl.DataFrame) -> pl.DataFrame:
    """The list as text, put together from each episode's: a frame of texts is joined and grouped many times faster than
    one of nested objects."""
    lists = [pl.col(each.name).fill_null([]) for each in LISTS]
    items = [pl.col(item.column).alias(item.name) for item in EPISODE]
    whole = pl.struct(*items, *lists, ADOPTION, CARE_LEAVERS, pl.col(WORKERS).fill_null([]), pl.lit(False).alias(PURGE))
    text = without_absent(whole.struct.json_encode(), ADOPTION, CARE_LEAVERS)
    ordered = sent.sort("received_on", "referral_id").select("child_id", text.alias(EPISODES))
    return ordered.group_by("child_id").agg(pl.format("[{}]", pl.col(EPISODES).str.join(",")))


def without_absent(text: pl.Expr, *names: str) -> pl.Expr:
    """JSON text without the objects of these names that are null: an object there is not is left out.

    A name within a text of the record would have its quotes escaped, so none is mistaken for one of the payload's.
    """
    for name in names:
        text = text.str.replace(f',"{name}":null', "", literal=True)
    return text


def _adoption(record: Record, window: Window) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Of each episode the latest plan of adoption with a step in the window: by placing, else match, else decision.

    It belongs to the episode of its period of care, and to no other of the child's.
    """
    days = ("decided_on", "matched_on", "placed_on")
    periods = record["care_periods"].select("care_period_id", "referral_id").unique("care_period_id", keep="first")
    rows = record["adoptions"].filter(pl.any_horizontal(window.holds(day) for day in days))
    spells = Spells(record["referrals"], "referral_id", "received_on", "closed_on")
    found = linked(rows.join(periods, on="care_period_id", how="left"), "decided_on", spells)
    owned = found.join(record["referrals"], on=OWNER, how="semi")
    homeless = found.join(record["referrals"], on=OWNER, how="anti")
    ordered = owned.sort(pl.coalesce("placed_on", "matched_on", "decided_on"), "adoption_id")
    latest = ordered.group_by(OWNER, maintain_order=True).agg(struct_of(ADOPTION_ITEMS).last().alias(ADOPTION))
    return latest, faults(homeless, "adoptions", "adoption_id", NO_REFERRAL)


def _care_leavers(record: Record, sent: pl.DataFrame, window: Window) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The latest contact in the window, what the young person then did and where they then lived.

    It goes under the one episode open at the contact or, since the payload has no other place for a care leaver, the
    latest begun before it.
    """
    contacts = record["care_leaver_contacts"].filter(window.holds("contacted_on"))
    latest = contacts.sort("contacted_on", "care_leaver_contact_id").unique("child_id", keep="last")
    open_one = open_then(latest, "contacted_on", Spells(sent, "referral_id", "received_on", "closed_on"))
    begun = open_then(latest, "contacted_on", Spells(sent.with_columns(__never=_NEVER), "referral_id", *_BEGUN))
    found = latest.with_columns(open_one.zip_with(open_one.is_not_null(), begun).alias("referral_id"))
    for table, column in (("care_leaver_activity", "activity"), ("care_leaver_accommodation", "accommodation")):
        state = record[table].sort("started_on", column).unique("child_id", keep="last").select("child_id", column)
        found = found.join(state, on="child_id", how="left")
    coded = pl.col("activity").is_in(ACTIVITIES)
    placed = found.with_columns(pl.when(coded).then(pl.col("activity")).alias("activity")).drop_nulls("referral_id")
    key = "care_leaver_contact_id"
    wrong = [
        faults(found.filter(pl.col("referral_id").is_null()), "care_leaver_contacts", key, NO_REFERRAL),
        faults(found.filter(~coded), "care_leaver_activity", "activity", NO_SUCH_ACTIVITY),
    ]
    return placed.select(*OWNER, struct_of(CARE_LEAVER_ITEMS).alias(CARE_LEAVERS)), pl.concat(wrong)


_NEVER = pl.lit(None, dtype=pl.Date)
_BEGUN = ("received_on", "__never")


def _workers(
    record: Record, sent: pl.DataFrame, cin_plans: pl.DataFrame, window: Window
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The registered workers who held the child's case on a 31 March in the window, in an episode with a child in need
    plan in the window: as narrow as the sector's own sender, which once sent more and was asked not to."""
    held = [
        (pl.col("started_on") <= day) & ~(pl.col("ended_on") < day).fill_null(False) for day in window.ends_of_march
    ]
    spans = sent.join(cin_plans, on=OWNER, how="semi").select(*OWNER, "received_on", "closed_on")
    rows = (
        record["allocations"]
        .filter(pl.any_horizontal(pl.lit(False), *held))
        .join(record["workers"].drop_nulls("registration"), on="worker_id")
        .join(spans, on="child_id")
        .filter(
            pl.col("closed_on").is_null() | (pl.col("started_on") <= pl.col("closed_on")),
            pl.col("ended_on").is_null() | (pl.col("ended_on") >= pl.col("received_on")),
        )
    )
    fit = fits("registration", LONGEST_WORKER)
    ordered = (
        rows.filter(fit).unique([*OWNER, "registration", "started_on", "ended_on"]).sort("started_on", "worker_id")
    )
    made = ordered.group_by(OWNER, maintain_order=True).agg(struct_of(WORKER_ITEMS, purge=False).alias(WORKERS))
    return made, faults(rows.filter(~fit), "workers", "worker_id", NO_SUCH_WORKER)
