"""The life courses hang together: first things come first, families share, and cases pass from worker to worker."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from goldenthread.dataset.tables import TABLES

from .conftest import Authority

FAR = date(2200, 1, 1)
UNDER_A_REFERRAL = [
    name for name in TABLES if "referral_id" in TABLES[name].schema and name not in ("referrals", "contacts")
]


def _first_day(name: str) -> str:
    return next(column.name for column in TABLES[name].columns if column.required and column.kind.value == "day")


@pytest.mark.parametrize("name", UNDER_A_REFERRAL)
def test_nothing_comes_before_its_referral_or_starts_after_its_case_closed(authority: Authority, name: str) -> None:
    day = _first_day(name)
    opened = authority["referrals"].select("referral_id", "child_id", "received_on", "closed_on")
    rows = authority[name].join(opened, on="referral_id", suffix="_of_referral")
    assert rows.height > 0
    assert rows.filter(pl.col(day) < pl.col("received_on")).height == 0
    assert rows.filter(pl.col(day) > pl.col("closed_on").fill_null(FAR)).height == 0
    assert rows.filter(pl.col("child_id") != pl.col("child_id_of_referral")).height == 0


def test_a_child_has_one_case_open_at_a_time(authority: Authority) -> None:
    cases = authority["referrals"].sort("child_id", "received_on")
    before = cases.with_columns(before=pl.col("closed_on").fill_null(FAR).shift(1).over("child_id"))
    assert before.filter(pl.col("before") > pl.col("received_on")).height == 0


def test_no_child_in_need_plan_is_open_beside_a_child_protection_plan(authority: Authority) -> None:
    needs = authority["cin_plans"].select("child_id", "started_on", "ended_on")
    both = needs.join(authority["cp_plans"].select("child_id", "started_on", "ended_on"), on="child_id", suffix="_cp")
    together = (pl.col("started_on") < pl.col("ended_on_cp").fill_null(FAR)) & (
        pl.col("started_on_cp") < pl.col("ended_on").fill_null(FAR)
    )
    assert both.height > 0
    assert both.filter(together).height == 0


def test_no_child_has_two_homes_at_once(authority: Authority) -> None:
    placed = authority["placements"].filter(~pl.col("temporary")).sort("child_id", "started_on")
    before = placed.with_columns(before=pl.col("ended_on").fill_null(FAR).shift(1).over("child_id"))
    assert before.filter(pl.col("before") > pl.col("started_on")).height == 0


def test_episodes_fill_their_period_of_care_without_a_gap(authority: Authority) -> None:
    ends = pl.col("ended_on").fill_null(FAR)
    spans = (
        authority["care_episodes"]
        .group_by("care_period_id")
        .agg(first=pl.col("started_on").min(), last=ends.max(), days=(ends - pl.col("started_on")).sum())
    )
    periods = authority["care_periods"].join(spans, on="care_period_id", how="left")
    whole = (pl.col("first") == pl.col("started_on")) & (pl.col("last") == ends)
    assert periods.filter(~(whole & (pl.col("days") == ends - pl.col("started_on")))).height == 0


def test_brothers_and_sisters_share_parents_and_addresses(authority: Authority) -> None:
    bonds = authority["relationships"]
    mothers = bonds.filter(pl.col("relationship") == "mother").select("person_id", mother="related_person_id")
    pairs = (
        bonds.filter(pl.col("relationship") == "sibling")
        .join(mothers, on="person_id")
        .join(mothers.rename({"person_id": "related_person_id", "mother": "other_mother"}), on="related_person_id")
    )
    assert pairs.height > 0
    assert pairs.filter(pl.col("mother") != pl.col("other_mother")).height == 0
    now = authority["addresses"].filter(pl.col("ended_on").is_null()).select("person_id", "lines", "postcode")
    homes = pairs.join(now, on="person_id").join(
        now.rename({"person_id": "related_person_id", "lines": "other_lines", "postcode": "other_postcode"}),
        on="related_person_id",
    )
    assert homes.height > 0
    assert (
        homes.filter(
            (pl.col("lines") != pl.col("other_lines")) | (pl.col("postcode") != pl.col("other_postcode"))
        ).height
        == 0
    )


def test_workers_leave_and_their_cases_pass_on(authority: Authority) -> None:
    left = authority["workers"].select("worker_id", "left_on")
    held = authority["allocations"].join(left, on="worker_id")
    assert held.filter(pl.col("ended_on").fill_null(FAR) > pl.col("left_on").fill_null(FAR)).height == 0
    handed = held.filter((pl.col("change_reason") == "LEFTRL") & (pl.col("ended_on") == pl.col("left_on")))
    assert handed.height > 0
    taken = handed.join(authority["allocations"], left_on=["child_id", "ended_on"], right_on=["child_id", "started_on"])
    assert taken.height == handed.height
    assert taken.filter(pl.col("worker_id") == pl.col("worker_id_right")).height == 0


def test_every_visit_is_made_by_someone_who_worked_there_that_day(authority: Authority) -> None:
    made = authority["visits"].join(authority["workers"].select("worker_id", "started_on", "left_on"), on="worker_id")
    inside = pl.col("visited_on").is_between(pl.col("started_on"), pl.col("left_on").fill_null(FAR))
    assert made.height == authority["visits"].height
    assert made.filter(~inside).height == 0


def test_unborn_children_are_protected_before_birth_and_not_seen(authority: Authority) -> None:
    born = authority["people"].select(child_id="person_id", born_on="born_on")
    early = authority["visits"].join(born, on="child_id").filter(pl.col("visited_on") < pl.col("born_on"))
    assert early.height > 0
    assert not early["seen"].any()
    plans = authority["cp_plans"].join(born, on="child_id")
    assert plans.filter(pl.col("pre_birth") != (pl.col("born_on") > pl.col("started_on"))).height == 0


def test_some_child_has_lived_through_nearly_everything_and_some_through_little(authority: Authority) -> None:
    stages = (
        "cin_plans",
        "cp_plans",
        "section_47_enquiries",
        "care_periods",
        "proceedings",
        "peps",
        "missing_episodes",
    )
    lived = pl.concat([authority[name].select("child_id").unique().with_columns(stage=pl.lit(name)) for name in stages])
    counts = lived.group_by("child_id").len()
    assert max(counts["len"].to_list()) >= 6
    contacted = authority["contacts"].select("child_id").unique()
    assert contacted.join(lived, on="child_id", how="anti").height > 100


def test_names_and_places_are_not_real(authority: Authority) -> None:
    assert authority["addresses"]["postcode"].str.starts_with("ZZ").all()
    assert authority["care_episodes"]["placement_postcode"].drop_nulls().str.starts_with("ZZ").all()
    assert authority["identifiers"].filter(pl.col("kind") == "nhs")["value"].str.starts_with("999").all()
    assert authority.manifest.authority == "X99000001"
