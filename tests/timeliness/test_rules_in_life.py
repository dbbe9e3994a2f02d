"""Rules followed through small made-up lives: what is due, when, and what became of it."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from tests.timeliness.drawn import AS_AT, brief, drawn, outcome


def test_core_group_is_counted_from_the_meeting_held_not_the_day_it_was_due() -> None:
    plan = [{"cp_plan_id": "P1", "started_on": date(2024, 1, 2)}]
    groups = [
        {"core_group_id": "G1", "cp_plan_id": "P1", "held_on": date(2024, 1, 10)},
        {"core_group_id": "G2", "cp_plan_id": "P1", "held_on": date(2024, 2, 14)},  # a week late
    ]
    found = brief(drawn(cp_plans=plan, core_groups=groups), "core_group_subsequent", date(2024, 3, 1))
    assert found == [
        (date(2024, 1, 10), date(2024, 2, 7), date(2024, 2, 14), "late", 7),
        (date(2024, 2, 14), date(2024, 3, 13), None, "due", None),
    ]


def test_visit_clock_stops_when_the_plan_ends() -> None:
    plan = [{"cp_plan_id": "P1", "started_on": date(2024, 1, 2), "ended_on": date(2024, 3, 1)}]
    visits = [
        {"visit_id": "V1", "kind": "child_protection", "cp_plan_id": "P1", "visited_on": date(2024, 1, 10)},
        {"visit_id": "V2", "kind": "child_protection", "cp_plan_id": "P1", "visited_on": date(2024, 2, 20)},
    ]
    found = brief(drawn(cp_plans=plan, visits=visits), "cp_plan_visit")
    assert [(row[0], row[3]) for row in found] == [
        (date(2024, 1, 2), "met"),
        (date(2024, 1, 10), "late"),
        (date(2024, 2, 20), "ended"),
    ]


def test_visit_never_made_before_the_plan_ended_is_missed_not_ended() -> None:
    plan = [{"cp_plan_id": "P1", "started_on": date(2024, 1, 2), "ended_on": date(2024, 3, 1)}]
    found = brief(drawn(cp_plans=plan), "cp_plan_visit")
    assert found == [(date(2024, 1, 2), date(2024, 1, 30), None, "missed", 23)]


def test_visit_on_which_the_child_was_not_seen_does_not_satisfy() -> None:
    plan = [{"cp_plan_id": "P1", "started_on": date(2024, 1, 2)}]
    unseen = {"visit_id": "V1", "kind": "child_protection", "cp_plan_id": "P1", "visited_on": date(2024, 1, 9)}
    found = brief(drawn(cp_plans=plan, visits=[{**unseen, "seen": False}]), "cp_plan_visit", date(2024, 1, 31))
    assert [row[3] for row in found] == ["overdue"]


def test_two_visits_on_one_day_start_one_clock() -> None:
    plan = [{"cp_plan_id": "P1", "started_on": date(2024, 1, 2)}]
    same_day = [
        {"visit_id": name, "kind": "child_protection", "cp_plan_id": "P1", "visited_on": date(2024, 1, 9)}
        for name in ("V1", "V2")
    ]
    found = brief(drawn(cp_plans=plan, visits=same_day), "cp_plan_visit", date(2024, 1, 31))
    assert [row[0] for row in found] == [date(2024, 1, 2), date(2024, 1, 9)]


def test_the_initiating_discussion_starts_the_conference_clock_not_a_later_one() -> None:
    enquiry = [{"section_47_id": "S1", "strategy_discussion_id": "D1", "started_on": date(2024, 2, 1)}]
    discussions = [
        {"strategy_discussion_id": "D1", "held_on": date(2024, 2, 1), "outcome": "section_47"},
        {"strategy_discussion_id": "D2", "held_on": date(2024, 2, 12), "outcome": "section_47"},
    ]
    conference = [
        {"conference_id": "F1", "kind": "initial", "section_47_id": "S1", "held_on": date(2024, 2, 23)}
    ]  # fmt: skip
    data = drawn(section_47_enquiries=enquiry, strategy_discussions=discussions, conferences=conference)
    assert brief(data, "s47_to_icpc_15wd") == [(date(2024, 2, 1), date(2024, 2, 22), date(2024, 2, 23), "late", 1)]


def test_enquiry_that_needed_no_conference_is_called_off() -> None:
    enquiry = [
        {
            "section_47_id": "S1",
            "started_on": date(2024, 2, 1),
            "ended_on": date(2024, 2, 9),
            "conference_not_required": True,
        }
    ]
    assert [row[3] for row in brief(drawn(section_47_enquiries=enquiry), "s47_to_icpc_15wd")] == ["cancelled"]


def test_assessment_is_judged_from_referral_and_from_its_own_start() -> None:
    referral = [{"referral_id": "R1", "received_on": date(2024, 1, 8)}]
    assessment = [
        {
            "assessment_id": "A1",
            "referral_id": "R1",
            "started_on": date(2024, 1, 15),
            "authorised_on": date(2024, 3, 14),
        }
    ]
    data = drawn(referrals=referral, assessments=assessment)
    assert brief(data, "single_assessment_45wd")[0][3:] == ("late", 3)
    assert brief(data, "single_assessment_45wd_census")[0][3:] == ("met", None)


@pytest.mark.parametrize(
    ("decided", "at", "status"),
    [
        (date(2024, 1, 5), None, "met"),  # the same day can only be within a day
        (date(2024, 1, 6), None, "undecided"),  # before or after five o'clock?
        (date(2024, 1, 7), None, "late"),
        (date(2024, 1, 6), datetime(2024, 1, 6, 17, 0), "met"),
        (date(2024, 1, 6), datetime(2024, 1, 6, 17, 1), "late"),
    ],
)
def test_hours_are_judged_only_where_the_record_decides(decided: date, at: datetime | None, status: str) -> None:
    contact = [
        {
            "contact_id": "K1",
            "received_on": date(2024, 1, 5),
            "received_at": datetime(2024, 1, 5, 17, 0),
            "decided_on": decided,
            "decided_at": at,
        }
    ]
    assert [row[3] for row in brief(drawn(contacts=contact), "contact_decision_24h_york")] == [status]


def test_hours_from_a_day_without_a_time_run_from_its_end() -> None:
    held = [{"police_protection_id": "L1", "started_on": date(2024, 1, 5)}]
    row = outcome(drawn(police_protections=held), "police_protection_72h", date(2024, 1, 8))[0]
    assert (row["due_at"], row["status"]) == (datetime(2024, 1, 8, 23, 59, 59), "due")


@pytest.mark.parametrize(
    ("began", "ended", "status", "late_by"),
    [
        # The night of 29 March 2026 has an hour less, that of 25 October one more: 72 hours have to pass.
        (datetime(2026, 3, 27, 16), datetime(2026, 3, 30, 17), "met", None),
        (datetime(2026, 3, 27, 16), datetime(2026, 3, 30, 17, 1), "late", 1),
        (datetime(2026, 10, 23, 16), datetime(2026, 10, 26, 15), "met", None),
        (datetime(2026, 10, 23, 16), datetime(2026, 10, 26, 15, 1), "late", 1),
        # The hour from one to two comes twice, and the record does not say which: a doubt is no lateness.
        (datetime(2026, 10, 22, 1, 30), datetime(2026, 10, 25, 1, 15), "undecided", None),
        (datetime(2026, 10, 22, 1, 30), datetime(2026, 10, 25, 2), "late", 1),
        (datetime(2026, 10, 25, 1, 30), datetime(2026, 10, 28, 1, 0), "undecided", None),
        (datetime(2026, 10, 25, 1, 30), datetime(2026, 10, 28, 0, 30), "met", None),
    ],
)
def test_hours_pass_on_the_nights_the_clocks_change(
    began: datetime, ended: datetime, status: str, late_by: int | None
) -> None:
    row = {"police_protection_id": "L1", "started_on": began.date(), "started_at": began}
    data = drawn(police_protections=[row | {"ended_on": ended.date(), "ended_at": ended}])
    found = outcome(data, "police_protection_72h", date(2026, 11, 20))[0]
    assert (found["status"], found["late_by"]) == (status, late_by)


def test_each_placement_starts_its_own_week_and_its_own_year() -> None:
    period = [{"care_period_id": "C", "started_on": date(2022, 1, 10)}]
    placements = [
        {"placement_id": "L1", "started_on": date(2022, 1, 10), "ended_on": date(2024, 2, 5), "placement_type": "U6"},
        {"placement_id": "L2", "started_on": date(2024, 2, 5), "placement_type": "U6"},
    ]
    visits = [
        {"visit_id": f"V{number}", "kind": "looked_after", "care_period_id": "C", "visited_on": day}
        for number, day in enumerate([date(2022, 1, 14), date(2024, 1, 20), date(2024, 2, 10)])
    ]
    data = drawn(care_periods=period, placements=placements, visits=visits)
    assert [row[0] for row in brief(data, "lac_visit_first_1wk")] == [date(2022, 1, 10), date(2024, 2, 5)]
    assert [row[0] for row in brief(data, "lac_visit_first_year_6wk")] == [date(2022, 1, 14), date(2024, 2, 10)]
    assert [row[0] for row in brief(data, "lac_visit_other_6wk")] == [date(2024, 1, 20)]


def test_visit_on_the_day_of_a_move_belongs_to_the_new_placement() -> None:
    period = [{"care_period_id": "C", "started_on": date(2024, 1, 10)}]
    placements = [
        {"placement_id": "L1", "started_on": date(2024, 1, 10), "ended_on": date(2024, 3, 5)},
        {"placement_id": "L2", "started_on": date(2024, 3, 5)},
    ]
    visits = [{"visit_id": "V", "kind": "looked_after", "care_period_id": "C", "visited_on": date(2024, 3, 5)}]
    data = drawn(care_periods=period, placements=placements, visits=visits)
    assert [(row[0], row[3]) for row in brief(data, "lac_visit_first_1wk")] == [
        (date(2024, 1, 10), "missed"),
        (date(2024, 3, 5), "met"),
    ]
    assert [(row[0], row[3]) for row in brief(data, "lac_visit_first_year_6wk")] == [(date(2024, 3, 5), "overdue")]


def test_health_review_due_before_the_fifth_birthday_keeps_its_half_year() -> None:
    people = [{"person_id": "C1", "born_on": date(2019, 3, 1)}]
    period = [{"care_period_id": "C", "started_on": date(2023, 11, 1)}]
    health = [
        {"health_assessment_id": "H1", "kind": "initial", "care_period_id": "C", "seen_on": date(2023, 12, 1)},
        {"health_assessment_id": "H2", "kind": "review", "care_period_id": "C", "seen_on": date(2024, 5, 20)},
    ]
    data = drawn(people=people, care_periods=period, health_assessments=health)
    under = [(row[0], row[1]) for row in brief(data, "review_health_under5_6m")]
    over = [(row[0], row[1]) for row in brief(data, "review_health_5plus_12m")]
    assert under == [(date(2023, 12, 1), date(2024, 6, 1))]
    assert over == [(date(2024, 5, 20), date(2025, 5, 20))]


def test_second_review_is_three_months_from_the_first_held_and_later_ones_six() -> None:
    period = [{"care_period_id": "C", "started_on": date(2023, 1, 3)}]
    held = [date(2023, 1, 30), date(2023, 4, 20), date(2023, 10, 1)]
    reviews = [{"review_id": f"V{n}", "care_period_id": "C", "held_on": day} for n, day in enumerate(held)]
    data = drawn(care_periods=period, looked_after_reviews=reviews)
    assert [row[:3] for row in brief(data, "lac_review_first_20wd")] == [(date(2023, 1, 3), date(2023, 1, 31), held[0])]
    assert [row[:3] for row in brief(data, "lac_review_second_3m")] == [(held[0], date(2023, 4, 30), held[1])]
    assert [row[:3] for row in brief(data, "lac_review_subsequent_6m")] == [
        (held[1], date(2023, 10, 20), held[2]),
        (held[2], date(2024, 4, 1), None),
    ]


def test_short_breaks_alone_do_not_start_the_clocks_of_being_looked_after() -> None:
    period = [{"care_period_id": "C", "started_on": date(2023, 1, 3), "short_breaks_only": True}]
    assert brief(drawn(care_periods=period), "lac_review_first_20wd") == []


def test_condition_the_record_cannot_answer_does_not_fire() -> None:
    period = [{"care_period_id": "C", "started_on": date(2022, 1, 10)}]
    placement = [{"placement_id": "L1", "started_on": date(2022, 1, 10)}]  # no type: no telling if it is to last
    visit = [{"visit_id": "V", "kind": "looked_after", "care_period_id": "C", "visited_on": date(2024, 1, 20)}]
    data = drawn(care_periods=period, placements=placement, visits=visit)
    assert brief(data, "lac_visit_other_6wk") == []
    assert brief(data, "lac_visit_until_18_3m") == []


def test_law_of_the_trigger_day_decides_not_the_law_of_today() -> None:
    referrals = [
        {"referral_id": "R1", "received_on": date(2013, 4, 14)},
        {"referral_id": "R2", "received_on": date(2013, 4, 15)},
    ]
    data = drawn(referrals=referrals)
    assert [row[0] for row in brief(data, "initial_assessment_10wd_retired")] == [date(2013, 4, 14)]
    assert [row[0] for row in brief(data, "single_assessment_45wd")] == [date(2013, 4, 15)]


def test_events_without_a_link_go_to_the_episode_open_by_then() -> None:
    plans = [
        {"cp_plan_id": "P1", "started_on": date(2023, 1, 2), "ended_on": date(2023, 6, 1)},
        {"cp_plan_id": "P2", "started_on": date(2024, 1, 2)},
    ]
    groups = [
        {"core_group_id": "G1", "held_on": date(2023, 1, 10)},
        {"core_group_id": "G2", "held_on": date(2024, 1, 10)},
    ]
    found = brief(drawn(cp_plans=plans, core_groups=groups), "core_group_first_10wd")
    assert [(row[0], row[2], row[3]) for row in found] == [
        (date(2023, 1, 2), date(2023, 1, 10), "met"),
        (date(2024, 1, 2), date(2024, 1, 10), "met"),
    ]


def test_rule_that_the_dataset_never_shows_done_is_not_called_overdue() -> None:
    data = drawn(referrals=[{"referral_id": "R1", "received_on": date(2024, 1, 8)}])
    assert outcome(data, "referral_acknowledgement_1wd", held=None) == []
    assert [row[3] for row in brief(data, "referral_acknowledgement_1wd")] == ["overdue"]


def test_due_today_is_not_overdue() -> None:
    data = drawn(referrals=[{"referral_id": "R1", "received_on": date(2024, 6, 27)}])
    assert brief(data, "referral_decision_1wd", AS_AT) == [(date(2024, 6, 27), AS_AT, None, "due", None)]


def test_unborn_child_on_a_plan_is_reviewed_within_ten_days_of_birth() -> None:
    people = [{"person_id": "C1", "born_on": date(2024, 3, 1)}]
    plan = [{"cp_plan_id": "P1", "started_on": date(2024, 2, 1), "pre_birth": True}]
    found = brief(drawn(people=people, cp_plans=plan), "cp_pre_birth_review_10d", date(2024, 3, 12))
    assert found == [(date(2024, 3, 1), date(2024, 3, 11), None, "overdue", 1)]


def test_nothing_falls_due_after_a_child_has_died() -> None:
    people = [{"person_id": "C1", "born_on": date(2014, 3, 1), "died_on": date(2024, 1, 15)}]
    plan = [{"cp_plan_id": "P1", "started_on": date(2024, 1, 2)}]
    assert [row[3] for row in brief(drawn(people=people, cp_plans=plan), "cp_plan_visit")] == ["ended"]


def test_case_holder_is_the_allocation_open_on_the_day() -> None:
    referrals = [{"referral_id": "R1", "received_on": date(2024, 6, 3), "worker_id": "W1", "team": "Front desk"}]
    allocations = [
        {"allocation_id": "A1", "worker_id": "W1", "started_on": date(2024, 6, 3), "ended_on": date(2024, 6, 10)},
        {"allocation_id": "A2", "worker_id": "W2", "started_on": date(2024, 6, 10)},
    ]
    workers = [{"worker_id": "W2", "team": "Blue team", "service": "Assessment"}]
    row = outcome(
        drawn(referrals=referrals, allocations=allocations, workers=workers), "single_assessment_45wd", AS_AT
    )[0]
    assert (row["worker_id"], row["team"], row["service"]) == ("W2", "Blue team", "Assessment")


def test_a_first_look_at_an_assessment_does_not_answer_for_the_second() -> None:
    begun = {"assessment_id": "A1", "started_on": date(2024, 4, 2), "review_point_on": date(2024, 4, 12)}
    rule, on = "assessment_review_points", date(2024, 5, 20)
    found = brief(drawn(assessments=[begun]), rule, on)
    assert [(row[1], row[3]) for row in found] == [(date(2024, 4, 16), "met"), (date(2024, 5, 15), "overdue")]
    again = brief(drawn(assessments=[{**begun, "second_review_point_on": date(2024, 5, 15)}]), rule, on)
    assert [row[3] for row in again] == ["met", "met"]
    finished = brief(drawn(assessments=[{**begun, "authorised_on": date(2024, 5, 1)}]), rule, on)
    assert [row[3] for row in finished] == ["met", "met"]


REFERRED = {
    "referral_id": "R1",
    "received_on": date(2024, 1, 5),
    "received_at": datetime(2024, 1, 5, 17, 0),
    "decided_on": date(2024, 1, 9),
    "outcome": "assessment",
}


def test_the_child_is_to_be_seen_five_working_days_after_the_referral_however_late_it_is_decided() -> None:
    seen_before_it_was_decided = [{"assessment_id": "A1", "referral_id": "R1", "started_on": date(2024, 1, 8),
                                   "child_first_seen_on": date(2024, 1, 8)}]  # fmt: skip
    due = date(2024, 1, 12)
    assert brief(drawn(referrals=[REFERRED]), "child_seen_5wd_york", due) == [
        (date(2024, 1, 5), due, None, "due", None)
    ]
    data = drawn(referrals=[REFERRED], assessments=seen_before_it_was_decided)
    assert brief(data, "child_seen_5wd_york") == [(date(2024, 1, 5), due, date(2024, 1, 8), "met", None)]


@pytest.mark.parametrize("outcome_then", [{"outcome": "information"}, {"outcome": None, "decided_on": None}])
def test_nobody_is_to_be_seen_for_a_referral_that_does_not_go_on_or_not_yet(outcome_then: dict[str, object]) -> None:
    assert brief(drawn(referrals=[REFERRED | outcome_then]), "child_seen_5wd_york") == []


@pytest.mark.parametrize(
    ("person", "is_to_be_seen"),
    [
        ({"born_on": date(2015, 5, 1)}, True),
        ({}, True),  # neither day is known: somebody whose age is not known, and not an unborn child
        ({"expected_on": date(2024, 2, 3)}, False),
        ({"born_on": date(2024, 1, 20), "expected_on": date(2024, 2, 3)}, False),
        ({"born_on": date(2024, 1, 20)}, False),
        ({"born_on": date(2024, 1, 5), "expected_on": date(2024, 2, 3)}, True),
    ],
)
def test_a_child_is_to_be_seen_once_born(person: dict[str, date], is_to_be_seen: bool) -> None:
    enquiry = [{"section_47_id": "S1", "started_on": date(2024, 1, 5)}]
    data = drawn(people=[{"person_id": "C1", **person}], referrals=[REFERRED], section_47_enquiries=enquiry)
    for rule in ("child_seen_5wd_york", "child_seen_24h_york"):
        assert bool(brief(data, rule)) is is_to_be_seen, rule
