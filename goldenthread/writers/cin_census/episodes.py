"""The episodes of the census, and the assessments, factors and child in need plans in them.

The census asks for every child with a case open at any time of the year or a referral received in it, those that led
to nothing included (census guide, scope).
"""

from __future__ import annotations

import polars as pl

from goldenthread.dataset.readers.cin_census_structure import PLANS_SINCE
from goldenthread.dataset.readers.cin_census_tables import CHILD
from goldenthread.writers.cin_census.record import Record
from goldenthread.writers.cin_census.rows import ASSESSMENT, EPISODE, Part, numbered, of_episodes, written
from goldenthread.writers.cin_census.year import CensusYear

NO_ACTION = "no_further_action"


def episodes_of(record: Record, enquiries: pl.DataFrame, transfers: pl.DataFrame, year: CensusYear) -> pl.DataFrame:
    """The referrals of the census, numbered in the order of the file: by child, then by day.

    One is in when it was received or closed in the year, when it is open, or when the record dates anything of it in
    the year. A referral with no further action ended with that decision, closing date or not.
    `enquiries` and `transfers` are as `conferences_placed` gives them.
    """
    none_taken = pl.coalesce(NO_ACTION, pl.col("outcome") == NO_ACTION, False)
    closed_by_then = (pl.col("closed_on") <= year.known_to).fill_null(False)
    open_still = ~closed_by_then & ~pl.col(NO_ACTION)
    in_it = (pl.col("received_on") >= year.first) | year.within("closed_on") | open_still
    active = pl.col("referral_id").is_in(_active(record, enquiries, transfers, year).implode())
    referrals = record["referrals"].with_columns(none_taken.alias(NO_ACTION))
    found = referrals.filter(in_it | active)
    found = found.with_columns(written("child_id", pl.String()).alias(CHILD))
    return numbered(found.sort(CHILD, "received_on", pl.col("referral_id").str.len_bytes(), "referral_id"), EPISODE)


def _active(record: Record, enquiries: pl.DataFrame, transfers: pl.DataFrame, year: CensusYear) -> pl.Series:
    """The referrals of which something is dated in the year, or a plan or a period of care was running in it."""
    begun = pl.col("started_on") >= year.first
    assessments = record["assessments"].filter(begun | year.within("authorised_on"))
    met = [
        assessments,
        enquiries.filter(begun | year.within("held_on")),
        transfers.filter(year.within("held_on")),
        record["cin_plans"],
        record["cp_plans"].filter(year.running()),
        record["care_periods"],
    ]
    return pl.concat([rows["referral_id"] for rows in met]).drop_nulls().unique()


def details(episodes: pl.DataFrame, transfers: pl.DataFrame, year: CensusYear) -> Part:
    """CINdetails, with the day of a transfer-in conference held in the year."""
    closed_later = pl.col("closed_on") > year.known_to
    reason = year.has_code("closure_reason", "closure_reason") & ~closed_later.fill_null(False)
    found = episodes.join(transfers.select("referral_id", "held_on"), on="referral_id", how="left").sort(EPISODE)
    frame = found.select(
        "child_id", CHILD, EPISODE,
        record_id="referral_id",
        CINreferralDate="received_on",
        ReferralSource=pl.when(year.has_code("source", "referral_source")).then("source"),
        PrimaryNeedCode="primary_need",
        CINclosureDate=year.by_then("closed_on"),
        ReasonForClosure=pl.when(reason).then("closure_reason"),
        DateOfInitialCPC="held_on",
        ReferralNFA=NO_ACTION,
    )  # fmt: skip
    return Part("CINdetails", frame, "referrals")


def assessments(record: Record, episodes: pl.DataFrame, year: CensusYear) -> pl.DataFrame:
    """The episodes' assessments that were not over before the year, numbered in the order of the file."""
    found = of_episodes(record["assessments"], episodes, "started_on", "assessment_id")
    return numbered(found.with_columns(year.by_then("authorised_on"), year.by_then("review_point_on")), ASSESSMENT)


def assessment_part(found: pl.DataFrame) -> Part:
    """Assessments, from `assessments`."""
    frame = found.select(
        "child_id", CHILD, EPISODE, ASSESSMENT,
        record_id="assessment_id",
        AssessmentActualStartDate="started_on",
        AssessmentInternalReviewDate="review_point_on",
        AssessmentAuthorisationDate="authorised_on",
    )  # fmt: skip
    return Part("Assessments", frame, "assessments")


def factor_part(record: Record, found: pl.DataFrame, year: CensusYear) -> Part:
    """AssessmentFactorsList: the factors of completed assessments, as the census takes no others (rule 8614)."""
    done = found.filter(pl.col("authorised_on").is_not_null())
    factors = record["assessment_factors"].filter(year.has_code("factor", "assessment_factor")).drop("child_id")
    frame = factors.join(done, on="assessment_id").sort(ASSESSMENT, "factor")
    frame = frame.select(
        "child_id", CHILD, EPISODE, ASSESSMENT,
        record_id=pl.concat_str("assessment_id", "factor", separator="|"),
        AssessmentFactor="factor",
    )  # fmt: skip
    return Part("AssessmentFactorsList", frame, "assessment_factors")


def need_plan_part(record: Record, episodes: pl.DataFrame, year: CensusYear) -> Part:
    """CINplanDates: plans in force at some time of the year, from the census that first collects them."""
    found = of_episodes(record["cin_plans"], episodes, "started_on", "cin_plan_id")
    frame = found.select(
        "child_id", CHILD, EPISODE,
        record_id="cin_plan_id",
        CINPlanStartDate="started_on",
        CINPlanEndDate=year.by_then("ended_on"),
    )  # fmt: skip
    return Part("CINplanDates", frame if year.number >= PLANS_SINCE else frame.clear(), "cin_plans")
