"""What the census takes from the record: the rows that can be of the year, from all tables at once."""

from __future__ import annotations

from collections.abc import Mapping

import narwhals as nw
import polars as pl

from goldenthread.dataset.engines import Lazy
from goldenthread.dataset.readers.linking import Spells, linked
from goldenthread.dataset.store import Dataset
from goldenthread.writers.cin_census.year import CensusYear

PEOPLE = ("person_id", "upn", "former_upn", "upn_unknown_reason", "born_on", "expected_on", "died_on")
TRAITS = ("sex", "gender", "ethnicity", "disabled")
REFERRAL = ("referral_id", "child_id", "received_on", "source", "primary_need", "closed_on", "closure_reason")
DECISION = ("no_further_action", "outcome")
ASSESSMENT = ("assessment_id", "child_id", "referral_id", "started_on", "review_point_on", "authorised_on")
ENQUIRY = ("section_47_id", "child_id", "referral_id", "started_on", "ended_on")
CONFERENCE_OF_ENQUIRY = ("conference_target_on", "conference_not_required")
CONFERENCE = ("conference_id", "child_id", "referral_id", "section_47_id", "cp_plan_id", "kind", "held_on")
CIN_PLAN = ("cin_plan_id", "child_id", "referral_id", "started_on", "ended_on")
CP_PLAN = ("cp_plan_id", "child_id", "referral_id", "started_on", "ended_on")
CATEGORIES = ("initial_category", "latest_category", "previous_plans")
OF_REFERRALS = {
    "assessments": "started_on",
    "section_47_enquiries": "started_on",
    "conferences": "held_on",
    "cin_plans": "started_on",
    "cp_plans": "started_on",
    "care_periods": "started_on",
}
"""Tables of which each row belongs to a referral, and the day it began."""

Record = Mapping[str, pl.DataFrame]
"""Frames by canonical table, each with the columns the census takes from it."""


def taken(dataset: Dataset, year: CensusYear) -> Record:
    """The rows of the record that the census of the year may need, computed together.

    A row that names no referral has the child's one that was open when it began, where there is one.
    """
    assessments = _running(dataset, "assessments", year, end="authorised_on").select(*ASSESSMENT)
    ours = dataset.lazy("cp_plans").filter(~nw.col("temporary_other_authority").fill_null(False))
    plans = {
        "people": dataset.lazy("people").select(*PEOPLE, *TRAITS),
        "disabilities": dataset.lazy("disabilities").select("child_id", "disability"),
        "referrals": _begun(dataset.lazy("referrals"), "received_on", year).select(*REFERRAL, *DECISION),
        "assessments": assessments,
        "assessment_factors": dataset.lazy("assessment_factors")
        .select("assessment_id", "child_id", "factor")
        .join(assessments.select("assessment_id"), on="assessment_id", how="semi"),
        "section_47_enquiries": _begun(dataset.lazy("section_47_enquiries"), "started_on", year).select(
            *ENQUIRY, *CONFERENCE_OF_ENQUIRY
        ),
        "conferences": _begun(dataset.lazy("conferences"), "held_on", year).select(*CONFERENCE),
        "cin_plans": _running(dataset, "cin_plans", year).select(*CIN_PLAN),
        "cp_plans": _begun(ours, "started_on", year).select(*CP_PLAN, *CATEGORIES),
        "cp_plan_categories": dataset.lazy("cp_plan_categories").select("cp_plan_id", "category", "started_on"),
        "care_periods": _running(dataset, "care_periods", year).select("child_id", "referral_id", "started_on"),
        "care_leavers": _running(dataset, "care_leavers", year).select("child_id"),
    }
    found = dict(zip(plans, dataset.collect(*plans.values()), strict=True))
    return found | {name: _linked(found[name], day, found["referrals"]) for name, day in OF_REFERRALS.items()}


def _linked(rows: pl.DataFrame, day: str, referrals: pl.DataFrame) -> pl.DataFrame:
    if not rows["referral_id"].null_count():
        return rows
    return linked(rows, day, Spells(referrals, "referral_id", "received_on", "closed_on"))


def _begun(frame: Lazy, day: str, year: CensusYear) -> Lazy:
    return frame.filter(nw.col(day) <= nw.lit(year.known_to))


def _running(dataset: Dataset, table: str, year: CensusYear, end: str = "ended_on") -> Lazy:
    """Rows begun by then, and not over before the year; one begun in it is of it, whatever its end."""
    over = ((nw.col(end) < nw.lit(year.first)) & (nw.col("started_on") < nw.lit(year.first))).fill_null(False)
    return _begun(dataset.lazy(table), "started_on", year).filter(~over)
