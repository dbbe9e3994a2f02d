"""What of the record a payload is made from: some twenty narrow plans, computed together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import narwhals as nw
import polars as pl

from goldenthread.dataset.engines import Lazy
from goldenthread.dataset.store import Dataset
from goldenthread.writers.dfe_api.window import Window


@dataclass(frozen=True, slots=True)
class Wanted:
    """Columns of a table, and which of them are days.

    A row whose `start` is after the window has not happened yet and is left out; any of `days` after it is emptied, and
    the columns of `with_end` with the last of them, for they say how something ended that has not.
    """

    table: str
    columns: tuple[str, ...]
    start: str | None = None
    days: tuple[str, ...] = ()
    with_end: tuple[str, ...] = ()


WANTED = (
    Wanted(
        "people",
        (
            "person_id",
            "upn",
            "former_upn",
            "upn_unknown_reason",
            "forename",
            "surname",
            "born_on",
            "expected_on",
            "sex",
            "ethnicity",
            "disabled",
            "unaccompanied",
            "unaccompanied_until",
        ),
    ),
    Wanted("identifiers", ("person_id", "kind", "value", "valid_from")),
    Wanted("addresses", ("person_id", "kind", "postcode", "started_on"), days=("ended_on",)),
    Wanted("disabilities", ("child_id", "disability")),
    Wanted(
        "referrals",
        ("referral_id", "child_id", "source", "no_further_action"),
        start="received_on",
        days=("closed_on",),
        with_end=("closure_reason",),
    ),
    Wanted("assessments", ("assessment_id", "child_id", "referral_id"), start="started_on", days=("authorised_on",)),
    Wanted("assessment_factors", ("assessment_id", "factor")),
    Wanted("cin_plans", ("cin_plan_id", "child_id", "referral_id"), start="started_on", days=("ended_on",)),
    Wanted(
        "section_47_enquiries",
        ("section_47_id", "child_id", "referral_id", "outcome", "conference_not_required"),
        start="started_on",
        days=("ended_on",),
    ),
    Wanted("conferences", ("section_47_id", "kind"), start="held_on"),
    Wanted("cp_plans", ("cp_plan_id", "child_id", "referral_id"), start="started_on", days=("ended_on",)),
    Wanted("care_periods", ("care_period_id", "child_id", "referral_id"), start="started_on", days=("ended_on",)),
    Wanted(
        "care_episodes",
        ("child_id", "start_reason"),
        start="started_on",
        days=("ended_on",),
        with_end=("end_reason",),
    ),
    Wanted(
        "placements",
        ("placement_id", "child_id", "care_period_id", "placement_type", "postcode"),
        start="started_on",
        days=("ended_on",),
        with_end=("change_reason",),
    ),
    Wanted("sdqs", ("child_id", "score"), start="completed_on"),
    Wanted(
        "adoptions",
        ("adoption_id", "child_id", "care_period_id"),
        start="decided_on",
        days=("matched_on", "placed_on"),
    ),
    Wanted("care_leaver_contacts", ("care_leaver_contact_id", "child_id"), start="contacted_on"),
    Wanted("care_leaver_activity", ("child_id", "activity"), start="started_on"),
    Wanted("care_leaver_accommodation", ("child_id", "accommodation"), start="started_on"),
    Wanted("allocations", ("child_id", "worker_id"), start="started_on", days=("ended_on",)),
    Wanted("workers", ("worker_id", "registration")),
)


def collected(dataset: Dataset, window: Window) -> Mapping[str, pl.DataFrame]:
    """Each wanted table with its columns, as it stood on the window's last day."""
    frames = dataset.collect(*(_plan(dataset.lazy(wanted.table), wanted, window) for wanted in WANTED))
    return {wanted.table: frame for wanted, frame in zip(WANTED, frames, strict=True)}


def of_children(record: Mapping[str, pl.DataFrame], children: pl.Series) -> Mapping[str, pl.DataFrame]:
    """The record with the rows of these children alone, and every row that is of nobody."""
    wanted = children.implode()
    found = dict(record)
    for name, frame in record.items():
        owner = next((column for column in ("child_id", "person_id") if column in frame.columns), None)
        if owner:
            found[name] = frame.filter(pl.col(owner).is_in(wanted))
    return found


def _plan(frame: Lazy, wanted: Wanted, window: Window) -> Lazy:
    last = nw.lit(window.last)
    if wanted.start:
        frame = frame.filter(nw.col(wanted.start) <= last)
    ended = [nw.when(nw.col(wanted.days[-1]) <= last).then(nw.col(name)).alias(name) for name in wanted.with_end]
    days = [nw.when(nw.col(name) <= last).then(nw.col(name)).alias(name) for name in wanted.days]
    start = (wanted.start,) if wanted.start else ()
    return frame.select(*wanted.columns, *start, *days, *ended)
