"""Events, states, chronology and what was known when."""

from __future__ import annotations

from datetime import date, datetime

from goldenthread.dataset.asof import as_known
from goldenthread.dataset.store import Dataset
from goldenthread.journey.chronology import chronology
from goldenthread.journey.episodes import kinds_in
from goldenthread.journey.events import events
from goldenthread.journey.sources import PROVIDED, SOURCES
from goldenthread.journey.states import faults, journey, open_states, transitions
from goldenthread.statute.kinds import KINDS
from tests.timeliness.drawn import drawn


def life() -> Dataset:
    return drawn(
        people=[{"person_id": "C1", "born_on": date(2008, 2, 29)}],
        referrals=[{"referral_id": "R1", "received_on": date(2024, 1, 8), "recorded_at": datetime(2024, 1, 9, 10)}],
        assessments=[
            {
                "assessment_id": "A1",
                "referral_id": "R1",
                "started_on": date(2024, 1, 9),
                "authorised_on": date(2024, 2, 9),
                "recorded_at": datetime(2024, 1, 9),
                "authorised_recorded_at": datetime(2024, 3, 1),
            }
        ],
        cin_plans=[{"cin_plan_id": "N1", "started_on": date(2024, 2, 10), "ended_on": date(2024, 4, 1)}],
        cp_plans=[{"cp_plan_id": "P1", "started_on": date(2024, 3, 20)}],
    )


def test_every_source_names_a_declared_kind_and_column() -> None:
    assert {source.kind for source in SOURCES} == PROVIDED <= set(KINDS)


def test_event_carries_its_row_and_both_times() -> None:
    data = life()
    (found,) = data.collect(events(data, ["assessment.authorised"]))
    assert found.select("child_id", "on", "known_at", "scope", "table", "row_id").row(0) == (
        "C1",
        date(2024, 2, 9),
        datetime(2024, 3, 1),
        "A1",
        "assessments",
        "A1",
    )


def test_a_visit_is_the_event_of_each_duty_that_it_was_made_under_and_one_that_missed_the_child_of_none() -> None:
    on, both = date(2024, 4, 2), {"cp_plan_id": "P1", "care_period_id": "CP1"}
    data = drawn(
        visits=[
            {"visit_id": "V1", "kind": "looked_after", "visited_on": on, **both},
            {"visit_id": "V2", "kind": "assessment", "visited_on": on, "seen": True, "cin_plan_id": "N1"},
            {"visit_id": "V3", "kind": "child_protection", "visited_on": on},
            {"visit_id": "V4", "kind": "child_protection", "visited_on": on, "seen": False, **both},
        ]
    )
    (found,) = data.collect(events(data))
    assert sorted(found.select("row_id", "kind").rows()) == [
        ("V1", "child_protection_visit.made"),
        ("V1", "looked_after_visit.made"),
        ("V2", "child.seen"),
        ("V2", "child_in_need_visit.made"),
        ("V3", "child_protection_visit.made"),
    ]
    rows = {"visits": [{"kind": "looked_after", "visited_on": on, "cp_plan_id": "P1"}]}
    assert kinds_in(rows) == {"child_protection_visit.made", "looked_after_visit.made"}


def test_leap_day_birthday_is_the_first_of_march() -> None:
    data = life()
    (found,) = data.collect(events(data, ["child.turned_18"]))
    assert found["on"].to_list() == [date(2026, 3, 1)]


def test_fact_recorded_later_is_not_known_yet() -> None:
    data = as_known(life(), date(2024, 2, 20))
    (found,) = data.collect(events(data, ["assessment.started", "assessment.authorised"]))
    assert found["kind"].to_list() == ["assessment.started"]


def test_row_recorded_later_is_not_known_at_all() -> None:
    data = as_known(life(), date(2024, 1, 8))
    assert data.collect(data.lazy("referrals"))[0].is_empty()


def test_open_states_are_those_begun_and_not_closed() -> None:
    data = life()
    (found,) = data.collect(open_states(data, date(2024, 3, 25)))
    assert sorted(found["state"]) == ["child_in_need", "child_protection", "referral"]
    (on_the_day,) = data.collect(open_states(data, date(2024, 4, 1)))
    assert "child_in_need" not in on_the_day["state"].to_list()


def test_two_plans_open_together_are_reported_with_their_days_and_rows() -> None:
    found = [row for row in faults(life()).to_dicts() if row["fault"] == "impossible pair"]
    assert [(row["states"], row["on"], row["until"], row["row_id"], row["other_row_id"]) for row in found] == [
        ("child_in_need + child_protection", date(2024, 3, 20), date(2024, 4, 1), "N1", "P1")
    ]


def test_change_from_one_plan_to_the_other_on_a_day_is_no_fault() -> None:
    data = drawn(
        cin_plans=[{"cin_plan_id": "N1", "started_on": date(2024, 1, 1), "ended_on": date(2024, 2, 1)}],
        cp_plans=[{"cp_plan_id": "P1", "started_on": date(2024, 2, 1)}],
    )
    assert faults(data).is_empty()


def test_assessment_with_no_referral_before_it_is_an_impossible_transition() -> None:
    data = drawn(
        referrals=[{"referral_id": "R1", "received_on": date(2024, 5, 1)}],
        assessments=[{"assessment_id": "A1", "started_on": date(2024, 1, 9)}],
    )
    assert [(row["states"], row["row_id"]) for row in faults(data).to_dicts()] == [("universal -> assessment", "A1")]


def test_move_is_not_judged_where_the_dataset_holds_no_earlier_state() -> None:
    data = drawn(cp_plans=[{"cp_plan_id": "P1", "started_on": date(2024, 3, 20)}])
    (found,) = data.collect(transitions(data))
    assert found["permitted"].to_list() == [None]
    assert faults(data).is_empty()


def test_every_state_but_moments_has_a_closing_column_and_a_way_in() -> None:
    assert set(journey().before) == set(journey().states)


def test_chronology_is_in_order_with_the_source_of_each_line() -> None:
    lines = chronology(life(), "C1")
    assert lines["on"].is_sorted()
    referral = lines.filter(lines["kind"] == "referral.received").row(0, named=True)
    assert (referral["table"], referral["row_id"], referral["recorded_after_days"]) == ("referrals", "R1", 1)
    assert "child.turned_18" not in lines["kind"].to_list()


def test_chronology_as_known_stops_at_that_day() -> None:
    lines = chronology(life(), "C1", date(2024, 2, 20))
    assert lines["on"].max() == date(2024, 2, 10)
