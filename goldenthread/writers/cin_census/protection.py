"""Section 47 enquiries, child protection plans and their reviews, as the census has them."""

from __future__ import annotations

import polars as pl

from goldenthread.dataset.readers.cin_census_tables import CHILD
from goldenthread.writers.cin_census.record import Record
from goldenthread.writers.cin_census.rows import EPISODE, PLAN, Part, numbered, of_episodes
from goldenthread.writers.cin_census.year import CensusYear


def enquiry_part(enquiries: pl.DataFrame, episodes: pl.DataFrame, year: CensusYear) -> Part:
    """Section47: enquiries begun, ended or with a conference in the year, and those without an answer yet.

    `enquiries` is as `conferences_placed` gives them. That no conference was needed is known from the day the
    enquiry ended.
    """
    found = of_episodes(enquiries, episodes, "started_on", "section_47_id")
    ends_later = (pl.col("ended_on") > year.known_to).fill_null(False)
    unneeded = pl.col("conference_not_required").fill_null(False) & ~ends_later
    frame = found.filter(_of_the_year(year, unneeded)).select(
        "child_id", CHILD, EPISODE,
        record_id="section_47_id",
        S47ActualStartDate="started_on",
        InitialCPCtarget="conference_target_on",
        DateOfInitialCPC="held_on",
        ICPCnotRequired=unneeded,
    )  # fmt: skip
    return Part("Section47", frame, "section_47_enquiries")


def _of_the_year(year: CensusYear, unneeded: pl.Expr) -> pl.Expr:
    """Of an enquiry begun earlier and found to need no conference, the census holds no day of ending; without one it
    is of this year only where the record itself begins with the year, and so holds nothing that had ended before."""
    all_were_running = year.record_begins is not None and year.first <= year.record_begins
    no_end_known = pl.col("ended_on").is_null() & (~unneeded | all_were_running)
    without = pl.col("held_on").is_null() & ((pl.col("ended_on") >= year.first).fill_null(False) | no_end_known)
    return (pl.col("started_on") >= year.first) | year.within("held_on") | without


def plans(record: Record, episodes: pl.DataFrame, year: CensusYear) -> pl.DataFrame:
    """The authority's own plans in force at some time of the year, numbered in the order of the file.

    `earlier` is the number of plans before: as the source counted them, otherwise those of the record;
    `earlier_counted` says that it is the latter.
    """
    held = record["cp_plans"].sort("child_id", "started_on", "cp_plan_id")
    held = held.with_columns(
        earlier=pl.coalesce("previous_plans", pl.int_range(pl.len()).over("child_id")),
        earlier_counted=pl.col("previous_plans").is_null(),
    )
    found = of_episodes(held.filter(year.running()), episodes, "started_on", "cp_plan_id")
    return numbered(_with_categories(found, record["cp_plan_categories"], year), PLAN)


def _with_categories(found: pl.DataFrame, categories: pl.DataFrame, year: CensusYear) -> pl.DataFrame:
    """`found` with `first` and `latest`, the category at the start and the one on the last day known."""
    changes = categories.sort("cp_plan_id", "started_on", "category").group_by("cp_plan_id", maintain_order=True)
    changed_later = (pl.col("started_on") > year.known_to).any()
    by_then = pl.col("category").filter(pl.col("started_on") <= year.known_to)
    known = changes.agg(begun=by_then.first(), current=by_then.last(), changed_later=changed_later)
    joined = found.join(known, on="cp_plan_id", how="left", maintain_order="left")
    first = pl.coalesce("initial_category", "begun")
    return joined.with_columns(
        first=first,
        latest=pl.when(pl.col("changed_later").fill_null(False))
        .then(pl.coalesce("current", first))
        .otherwise(pl.coalesce("latest_category", "current", first)),
    )


def plan_part(found: pl.DataFrame, year: CensusYear) -> Part:
    """ChildProtectionPlans, from `plans`."""
    frame = found.select(
        "child_id", CHILD, EPISODE, PLAN,
        record_id="cp_plan_id",
        CPPstartDate="started_on",
        CPPendDate=year.by_then("ended_on"),
        InitialCategoryOfAbuse="first",
        LatestCategoryOfAbuse="latest",
        NumberOfPreviousCPP="earlier",
    )  # fmt: skip
    return Part("ChildProtectionPlans", frame, "cp_plans")


def review_part(record: Record, found: pl.DataFrame) -> Part:
    """Reviews: every review of each plan since it began, for whether one was in time hangs on the one before."""
    reviews = record["conferences"].filter(pl.col("kind") == "review").select("cp_plan_id", "conference_id", "held_on")
    of_plans = reviews.join(found.select("cp_plan_id", "child_id", CHILD, EPISODE, PLAN), on="cp_plan_id")
    frame = of_plans.sort(PLAN, "held_on", "conference_id").select(
        "child_id", CHILD, EPISODE, PLAN, record_id="conference_id", CPPreviewDate="held_on"
    )
    return Part("Reviews", frame, "conferences")
