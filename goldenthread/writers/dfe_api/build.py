"""The daily flow's payloads as at a day: one child, one payload, one hash."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import TypeAlias

import polars as pl

from goldenthread.dataset.store import Dataset
from goldenthread.writers.dfe_api.episodes import episodes, without_absent
from goldenthread.writers.dfe_api.faults import faults, fits, together
from goldenthread.writers.dfe_api.lists import Record, struct_of
from goldenthread.writers.dfe_api.record import collected, of_children
from goldenthread.writers.dfe_api.shape import (
    CHILD_DETAILS,
    CHILD_ID,
    DETAILS,
    EPISODES,
    HEALTH,
    PURGE,
    SDQ,
)
from goldenthread.writers.dfe_api.window import Window, window_at

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"
Payload: TypeAlias = dict[str, Json]

PUPIL_NUMBER = r"^[A-Za-z0-9]{13}$"
WRONG_UPN = "the unique pupil number is not thirteen letters and digits: it is left out"
NO_AGE = "no date of birth, known or expected: whether the child is 25 or under cannot be told"
WRONG_CHILD_ID = (
    "the child's identifier has other characters than letters, digits, - and _, is too long, or holds 0x, all of which "
    "the service turns away: the child is kept back"
)


@dataclass(frozen=True, slots=True)
class Payloads:
    """The payloads of one authority.

    `frame` has a row a child in the order of `child_id`: `payload` its JSON text, `hash` the SHA-256 of that in
    hexadecimal. `kept_back` are children (`child_id`, `reason`) whom the service could not take, or of whom it cannot
    be told whether they are in the cohort: nothing is sent of them, nor taken back. `faults` are rows of the record not
    sent as they stand (`child_id`, `table`, `record_id`, `reason`). `recorded` are all the people in the record, to
    tell one who has left the cohort from one whose record is gone.
    """

    as_at: date
    window: Window
    authority: str | None
    frame: pl.DataFrame
    kept_back: pl.DataFrame
    faults: pl.DataFrame
    recorded: pl.Series

    def payload(self, child_id: str) -> Payload:
        """One child's payload as plain values. KeyError when the child is not in the cohort."""
        found = self.frame.filter(pl.col("child_id") == child_id)
        if found.is_empty():
            raise KeyError(child_id)
        made: Payload = json.loads(found["payload"].item())
        return made


def build(dataset: Dataset, as_at: date) -> Payloads:
    """The payloads of the cohort as at a day: everything in the window that the record holds of each child.

    In the cohort is whoever was 25 or under at some time in the window (or is expected to be born in it) and has, in
    the window, a referral that was open, a child in need plan, or time in care. The pilot's further grounds, an open
    referral without an assessment and a care leaver's contact with an open episode, add nobody to these. Those who have
    died are kept.
    """
    window = window_at(as_at)
    everyone = collected(dataset, window)
    people = (
        everyone["people"].rename({"person_id": "child_id"}).join(_served(everyone, window), "child_id", how="semi")
    )
    cohort = people.filter(_of_age(window))
    record = of_children(everyone, cohort["child_id"])
    ageless = people.filter(pl.all_horizontal(pl.col("born_on", "expected_on").is_null()))
    made, wrong = episodes(record, window)
    details, misshapen = _details(cohort, record, as_at)
    sendable = cohort.filter(fits("child_id")).select("child_id").sort("child_id")
    return Payloads(
        as_at,
        window,
        dataset.manifest.authority,
        _with_hash(_payloads(sendable, details, _health(record, window), made)),
        pl.concat([_kept_back(cohort.filter(~fits("child_id")), WRONG_CHILD_ID), _kept_back(ageless, NO_AGE)]),
        together([*wrong, misshapen]),
        everyone["people"]["person_id"],
    )


def _kept_back(rows: pl.DataFrame, reason: str) -> pl.DataFrame:
    return rows.select("child_id", pl.lit(reason).alias("reason"))


def _served(record: Record, window: Window) -> pl.DataFrame:
    spans = [record["referrals"].filter(window.overlaps("received_on", "closed_on"))]
    for table in ("cin_plans", "care_periods", "care_episodes", "placements"):
        spans.append(record[table].filter(window.overlaps("started_on", "ended_on")))
    return pl.concat([rows.select("child_id") for rows in spans]).unique()


def _of_age(window: Window) -> pl.Expr:
    born, expected = pl.col("born_on"), window.holds("expected_on")
    young = (born > window.born_after) & (born <= window.last)
    return pl.when(born.is_not_null()).then(young).otherwise(expected)


def _details(cohort: pl.DataFrame, record: Record, as_at: date) -> tuple[pl.DataFrame, pl.DataFrame]:
    known = cohort.drop("disabled").join(_disabilities(cohort, record["disabilities"]), on="child_id", how="left")
    known = known.join(_home(record["addresses"], as_at), on="child_id", how="left")
    known = known.join(_former_numbers(record["identifiers"]), on="child_id", how="left")
    known = known.with_columns(pl.coalesce("former_upn", "__former").alias("former_upn"))
    shaped = [
        pl.when(pl.col(name).str.contains(PUPIL_NUMBER)).then(pl.col(name)).alias(name)
        for name in ("upn", "former_upn")
    ]
    wrong = known.filter(pl.any_horizontal(~pl.col("upn", "former_upn").str.contains(PUPIL_NUMBER)))
    made = known.with_columns(shaped).select("child_id", struct_of(CHILD_DETAILS).alias(DETAILS))
    return made, faults(wrong, "people", "child_id", WRONG_UPN)


def _disabilities(cohort: pl.DataFrame, rows: pl.DataFrame) -> pl.DataFrame:
    """The codes recorded; NONE where the child is recorded as having no disability; null where nothing is recorded."""
    codes = rows.group_by("child_id").agg(pl.col("disability").unique().sort().alias("disabilities"))
    none = pl.when(~pl.col("disabled")).then(pl.lit(["NONE"]))
    found = cohort.select("child_id", "disabled").join(codes, on="child_id", how="left")
    return found.select("child_id", pl.coalesce("disabilities", none).alias("disabilities"))


def _home(addresses: pl.DataFrame, as_at: date) -> pl.DataFrame:
    """The postcode of the home address of the day; of several, the one begun last."""
    current = addresses.filter(
        pl.col("kind").is_null() | (pl.col("kind") == "home"),
        pl.col("started_on").is_null() | (pl.col("started_on") <= as_at),
        pl.col("ended_on").is_null() | (pl.col("ended_on") >= as_at),
    )
    latest = current.sort("started_on", "postcode", nulls_last=False).unique("person_id", keep="last")
    return latest.select(pl.col("person_id").alias("child_id"), "postcode")


def _former_numbers(identifiers: pl.DataFrame) -> pl.DataFrame:
    former = identifiers.filter(pl.col("kind") == "former_upn").sort("valid_from", "value", nulls_last=False)
    latest = former.unique("person_id", keep="last")
    return latest.select(pl.col("person_id").alias("child_id"), pl.col("value").alias("__former"))


def _health(record: Record, window: Window) -> pl.DataFrame:
    rows = record["sdqs"].filter(window.holds("completed_on"), pl.col("score").is_not_null())
    scores = rows.sort("completed_on", "score").group_by("child_id", maintain_order=True)
    found = scores.agg(struct_of(SDQ, purge=False).alias("sdq_assessments"))
    return found.select("child_id", pl.struct("sdq_assessments", pl.lit(False).alias(PURGE)).alias(HEALTH))


def _payloads(sendable: pl.DataFrame, details: pl.DataFrame, health: pl.DataFrame, made: pl.DataFrame) -> pl.DataFrame:
    whole = sendable
    for part in (details, health, made):
        whole = whole.join(part, on="child_id", how="left", maintain_order="left")
    child = pl.struct(pl.col("child_id").alias(CHILD_ID), pl.lit(False).alias(PURGE), DETAILS, HEALTH)
    text = without_absent(child.struct.json_encode(), HEALTH).str.head(-1)
    payload = pl.concat_str(text, pl.lit(f',"{EPISODES}":'), pl.col(EPISODES).fill_null("[]"), pl.lit("}"))
    return whole.select("child_id", payload.alias("payload"))


def _with_hash(made: pl.DataFrame) -> pl.DataFrame:
    hashes = [sha256(text.encode()).hexdigest() for text in made["payload"]]
    return made.with_columns(pl.Series("hash", hashes, dtype=pl.String))
