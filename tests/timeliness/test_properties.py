"""What must hold of every life: the engine's dates are the calendar's, and asking again changes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

import polars as pl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from goldenthread.dataset.store import Dataset
from goldenthread.dates import due
from goldenthread.journey.sources import PROVIDED
from goldenthread.statute.load import load_book
from goldenthread.timeliness.engine import obligations
from goldenthread.timeliness.status import Status
from tests.timeliness.drawn import drawn

RULES = (
    *("contact_decision_24h_york", "single_assessment_45wd", "s47_to_icpc_15wd", "cp_plan_visit"),
    *("core_group_subsequent", "cp_review_first_3m", "cp_review_subsequent_6m", "lac_visit_first_1wk"),
    *("lac_visit_first_year_6wk", "lac_review_subsequent_6m", "care_proceedings_26wk"),
)
FIRST, LAST = date(2020, 1, 1), date(2023, 12, 31)
MODEST = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])

days = st.dates(FIRST, LAST)
CHILDREN = ("C1", "C2")


@st.composite
def lives(draw: st.DrawFn) -> dict[str, list[Mapping[str, Any]]]:
    """Two children's worth of rows, in no sensible order, some open, some not linked, some recorded long after."""
    tables: dict[str, list[Mapping[str, Any]]] = {
        "people": [{"person_id": child, "born_on": date(2012, 2, 29)} for child in CHILDREN]
    }
    for table, key, start, end, more in _SHAPES:
        rows = []
        for number in range(draw(st.integers(0, 3))):
            begun = draw(days)
            row: dict[str, Any] = {key: f"{table}{number}", "child_id": draw(st.sampled_from(CHILDREN)), start: begun}
            if end and draw(st.booleans()):
                row[end] = begun + timedelta(days=draw(st.integers(0, 500)))
            if draw(st.booleans()):
                row["recorded_at"] = datetime.combine(begun, datetime.min.time()) + timedelta(
                    days=draw(st.integers(0, 90))
                )
            rows.append(row | more)
        tables[table] = rows
    return tables


_SHAPES: tuple[tuple[str, str, str, str, dict[str, Any]], ...] = (
    ("contacts", "contact_id", "received_on", "decided_on", {}),
    ("referrals", "referral_id", "received_on", "closed_on", {}),
    ("assessments", "assessment_id", "started_on", "authorised_on", {}),
    ("section_47_enquiries", "section_47_id", "started_on", "ended_on", {}),
    ("conferences", "conference_id", "held_on", "", {"kind": "review"}),
    ("cp_plans", "cp_plan_id", "started_on", "ended_on", {}),
    ("core_groups", "core_group_id", "held_on", "", {}),
    ("visits", "visit_id", "visited_on", "", {"kind": "child_protection"}),
    ("care_periods", "care_period_id", "started_on", "ended_on", {}),
    ("placements", "placement_id", "started_on", "ended_on", {"placement_type": "U6"}),
    ("looked_after_reviews", "review_id", "held_on", "", {}),
    ("proceedings", "proceedings_id", "issued_on", "concluded_on", {"kind": "care"}),
)


def computed(dataset: Dataset, as_at: date, known_on: date | None = None, **options: Any) -> pl.DataFrame:
    frame = obligations(dataset, as_at, known_on, rules=RULES, held=PROVIDED, **options)
    (found,) = dataset.collect(frame)
    return found.sort("clock", "child_id", "trigger_on", "trigger_table", "trigger_row_id", "again")


@MODEST
@given(lives(), days)
def test_due_day_is_the_calendars_own(tables: dict[str, list[Mapping[str, Any]]], as_at: date) -> None:
    for row in computed(drawn(**tables), as_at).iter_rows(named=True):
        trigger = row["trigger_at"] or row["trigger_on"]
        expected = due(trigger, row["number"], row["unit"], row["counting"])
        assert (row["due_at"] or row["due_on"]) == expected


@MODEST
@given(lives(), days, st.integers(1, 400))
def test_what_is_met_stays_met(tables: dict[str, list[Mapping[str, Any]]], as_at: date, later: int) -> None:
    data = drawn(**tables)
    key = ["clock", "child_id", "trigger_table", "trigger_row_id", "trigger_on", "again"]
    settled = [Status.met.value, Status.late.value]
    then = computed(data, as_at).filter(pl.col("status").is_in(settled))
    now = computed(data, as_at + timedelta(days=later))
    kept = then.join(now, on=[*key, "status", "satisfied_on"], how="semi")
    assert kept.height == then.height


@MODEST
@given(lives(), days)
def test_nothing_recorded_later_is_seen(tables: dict[str, list[Mapping[str, Any]]], day: date) -> None:
    known = {
        name: [row for row in rows if row.get("recorded_at") is None or row["recorded_at"].date() <= day]
        for name, rows in tables.items()
    }
    kept = drawn(**{name: rows for name, rows in known.items() if rows})
    assert_frame_equal(computed(drawn(**tables), day, day), computed(kept, day, day))


@MODEST
@given(lives(), days)
def test_one_child_is_the_same_child_among_all(tables: dict[str, list[Mapping[str, Any]]], as_at: date) -> None:
    data = drawn(**tables)
    among_all = computed(data, as_at).filter(pl.col("child_id") == "C1")
    assert_frame_equal(computed(data, as_at, children=["C1"]), among_all)


@MODEST
@given(lives(), days)
def test_every_status_says_what_the_dates_say(tables: dict[str, list[Mapping[str, Any]]], as_at: date) -> None:
    for row in computed(drawn(**tables), as_at).iter_rows(named=True):
        match Status(row["status"]):
            case Status.met:
                assert row["satisfied_on"] <= row["due_on"]
            case Status.late:
                assert row["satisfied_on"] >= row["due_on"]
                assert row["late_days"] >= 0
            case Status.due:
                assert row["satisfied_on"] is None
                assert as_at <= row["due_on"]
            case Status.overdue:
                assert row["satisfied_on"] is None
                assert row["ended_on"] is None
                assert row["late_days"] > 0
            case Status.ended:
                assert row["ended_on"] <= row["due_on"]
            case Status.missed:
                assert row["ended_on"] > row["due_on"]
            case Status.undecided:
                assert row["unit"] == "hours"
            case Status.cancelled:
                assert row["ended_on"] is not None


SEEING = tuple(rule.id for rule in load_book().rules if "child.seen" in rule.satisfied_by)


@MODEST
@given(lives(), days, st.none() | days, st.none() | days)
def test_nobody_is_to_be_seen_before_birth(
    tables: dict[str, list[Mapping[str, Any]]], as_at: date, born_on: date | None, expected_on: date | None
) -> None:
    people = [{"person_id": child, "born_on": born_on, "expected_on": expected_on} for child in CHILDREN]
    referrals = [row | {"outcome": "assessment", "decided_on": row["received_on"]} for row in tables["referrals"]]
    data = drawn(**tables | {"people": people, "referrals": referrals})
    frame = obligations(data, as_at, rules=SEEING, held=PROVIDED)
    (found,) = data.collect(frame)
    asked_on = set(found["trigger_on"])
    if born_on is None and expected_on is not None:
        assert asked_on == set()
    elif born_on is not None:
        assert not [day for day in asked_on if day < born_on]
    else:
        begun = [row["received_on"] for row in referrals] + [
            row["started_on"] for row in tables["section_47_enquiries"]
        ]
        assert asked_on == {day for day in begun if day <= as_at}
