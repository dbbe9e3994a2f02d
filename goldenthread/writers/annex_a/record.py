"""The record as it stood on a day: what Annex A needs of each table, read once.

What lies after the day has not happened: rows that begin later are left out, and later days in a row are empty, with
what is only known through them (the reason for an end). A day that was never given stays unknown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from goldenthread.dataset.schema import Kind, Table
from goldenthread.dataset.store import Dataset
from goldenthread.dataset.tables import TABLES
from goldenthread.dates import plus_months

TIMELESS = "people"
"""A birth after the day is a birth to come, which is what the lists say of the unborn; it is not left out."""

ALSO_FOLLOWING: Mapping[str, Mapping[str, str]] = {
    "adopters": {"leaving_reason": "left_on", "children_placed": "placed_on"},
}
"""Columns that say something of a day that may lie ahead, beyond those whose declaration says so."""

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "people": (
        *("person_id", "born_on", "expected_on", "gender", "ethnicity", "disabled"),
        *("unaccompanied", "unaccompanied_until"),
    ),
    "disabilities": ("child_id", "disability"),
    "workers": ("worker_id", "name"),
    "allocations": ("allocation_id", "child_id", "worker_id", "team", "started_on", "ended_on"),
    "contacts": ("contact_id", "child_id", "received_on", "source"),
    "early_help_assessments": (
        *("early_help_id", "child_id", "started_on", "completed_on", "closed_on", "organisation"),
    ),
    "referrals": (
        *("referral_id", "child_id", "received_on", "source", "no_further_action", "primary_need", "closed_on"),
        *("closure_reason", "team", "worker_id"),
    ),
    "assessments": (
        *("assessment_id", "child_id", "referral_id", "started_on", "child_first_seen_on", "child_seen"),
        *("authorised_on", "support_needed", "team", "worker_id"),
    ),
    "section_47_enquiries": (
        *("section_47_id", "child_id", "referral_id", "started_on", "child_first_seen_on", "ended_on", "outcome"),
        *("conference_not_required", "team", "worker_id"),
    ),
    "conferences": ("conference_id", "child_id", "section_47_id", "cp_plan_id", "kind", "held_on", "outcome"),
    "cp_plans": (
        *("cp_plan_id", "child_id", "referral_id", "started_on", "ended_on", "initial_category", "latest_category"),
        *("previous_plans", "temporary_other_authority", "team", "worker_id"),
    ),
    "cp_plan_categories": ("cp_plan_id", "category", "started_on"),
    "cin_plans": ("cin_plan_id", "child_id", "referral_id", "started_on", "ended_on", "team", "worker_id"),
    "visits": (
        *(
            "visit_id",
            "child_id",
            "kind",
            "cp_plan_id",
            "care_period_id",
            "visited_on",
            "seen",
            "seen_alone",
            "purpose",
        ),
    ),
    "police_protections": ("child_id", "started_on", "ended_on"),
    "emergency_orders": ("child_id", "kind", "made_on", "ended_on"),
    "legal_statuses": ("legal_status_id", "child_id", "care_period_id", "legal_status", "started_on", "ended_on"),
    "care_periods": (
        *("care_period_id", "child_id", "referral_id", "started_on", "ended_on", "end_reason", "category_of_need"),
        *("short_breaks_only", "reviewing_officer_seen_on", "team", "worker_id"),
    ),
    "placements": (
        *("placement_id", "child_id", "care_period_id", "started_on", "ended_on", "placement_type"),
        *("placement_provider", "temporary", "urn", "postcode", "authority", "location"),
    ),
    "looked_after_reviews": ("review_id", "child_id", "care_period_id", "held_on"),
    "permanence_plans": ("permanence_plan_id", "child_id", "care_period_id", "plan", "decided_on"),
    "health_assessments": ("health_assessment_id", "child_id", "care_period_id", "seen_on", "status"),
    "dental_checks": ("dental_check_id", "child_id", "care_period_id", "checked_on"),
    "missing_episodes": ("missing_id", "child_id", "care_period_id", "kind", "started_on"),
    "return_interviews": ("missing_id", "child_id", "offered", "accepted"),
    "care_leavers": ("care_leaver_id", "child_id", "eligibility", "started_on", "ended_on", "team", "worker_id"),
    "pathway_plans": ("pathway_plan_id", "child_id", "kind", "completed_on"),
    "personal_advisers": ("personal_adviser_id", "child_id", "worker_id", "started_on", "ended_on"),
    "care_leaver_contacts": ("care_leaver_contact_id", "child_id", "contacted_on", "in_touch"),
    "care_leaver_activity": ("care_leaver_activity_id", "child_id", "activity", "started_on"),
    "care_leaver_accommodation": (
        *("care_leaver_accommodation_id", "child_id", "accommodation", "suitable", "started_on"),
    ),
    "adoptions": (
        *("adoption_id", "child_id", "care_period_id", "family_id", "decided_on", "placement_order_on", "matched_on"),
        *("placed_on", "adopted_on", "reversed_on", "reversed_reason", "fostered_for_adoption_on"),
    ),
    "adopters": (
        *("adopter_id", "family_id", "gender", "ethnicity", "disabled", "fostering_for_adoption", "enquired_on"),
        *("stage_one_started_on", "stage_one_ended_on", "stage_two_started_on", "stage_two_ended_on", "applied_on"),
        *("approved_on", "matched_on", "placed_on", "children_placed", "adopted_on", "left_on", "leaving_reason"),
    ),
}
"""What is read of each table."""


@dataclass(frozen=True, slots=True)
class Record:
    """The tables as they stood on `as_at`, each with the columns of `COLUMNS`.

    `held`: the tables the dataset has at all, be they empty; `empty`: those without a row. `history_from`: the first
    day from which the dataset has everything that happened, when it says so.
    """

    as_at: date
    frames: Mapping[str, pl.LazyFrame]
    held: frozenset[str]
    empty: frozenset[str]
    history_from: date | None

    def __getitem__(self, table: str) -> pl.LazyFrame:
        return self.frames[table]

    def back(self, months: int) -> date:
        """The corresponding day so many months before the day of the lists: the first day of that window."""
        return plus_months(self.as_at, -months)

    def knows_since(self, day: date) -> bool:
        """Whether the dataset has everything from that day on."""
        return self.history_from is None or self.history_from <= day


def record_of(dataset: Dataset, as_at: date) -> Record:
    """The record for the lists of that day, on whatever engine the dataset is."""
    plans = [dataset.lazy(name).select(*_needed(TABLES[name], columns)) for name, columns in COLUMNS.items()]
    read = dict(zip(COLUMNS, dataset.collect(*plans), strict=True))
    return Record(
        as_at,
        {name: _until(TABLES[name], frame.lazy(), as_at) for name, frame in read.items()},
        frozenset(dataset.frames),
        frozenset(name for name, frame in read.items() if not frame.height),
        dataset.manifest.history_from,
    )


def _needed(table: Table, columns: tuple[str, ...]) -> dict[str, None]:
    """The columns, and the days that say when they began to hold."""
    begins = _begins(table)
    following = _following(table)
    return dict.fromkeys((*columns, *([begins] if begins else ()), *(following[c] for c in columns if c in following)))


def _until(table: Table, frame: pl.LazyFrame, as_at: date) -> pl.LazyFrame:
    if table.name == TIMELESS:
        return frame
    begins, columns, following = _begins(table), COLUMNS[table.name], _following(table)
    days = [name for name in columns if table.column(name).kind is Kind.DAY and name != begins]
    if begins:
        frame = frame.filter(pl.col(begins).is_null() | (pl.col(begins) <= as_at))
    known = [pl.when(pl.col(name) <= as_at).then(pl.col(name)).alias(name) for name in days]
    for name in columns:
        if name in following:
            on = pl.col(following[name])
            known.append(pl.when(on.is_null() | (on <= as_at)).then(pl.col(name)).alias(name))
    return frame.with_columns(known).select(columns) if known else frame.select(columns)


def _following(table: Table) -> Mapping[str, str]:
    """The columns that are known only through a day, and that day."""
    return {**table.follows, **ALSO_FOLLOWING.get(table.name, {})}


def _begins(table: Table) -> str | None:
    """The column with the day on which a row begins to be so."""
    if table.episode:
        return table.episode.start
    return next((column.name for column in table.columns if column.kind is Kind.DAY and column.required), None)
