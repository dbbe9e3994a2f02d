"""Reviews, Missing, SWEpisodes and DoLo."""

from __future__ import annotations

from datetime import date

import pytest

from writers.ssda903.drawn import ALL_YEAR, noted, one, origins, returned, rows


def test_reviews_of_the_year_are_told_in_order() -> None:
    reviews = """
    review_id child_id held_on    participation
    R1        C1       2023-03-31 PN1
    R2        C1       2024-03-31 PN2
    R3        C1       2023-04-01 PN1
    R4        C1       2024-04-01 PN1
    R5        C2       2023-05-01 PN1
    """
    built = returned(looked_after_reviews=reviews, care_episodes=ALL_YEAR)
    assert rows(built, "Reviews", "REVIEW", "REVIEW_CODE") == [("01/04/2023", "PN1"), ("31/03/2024", "PN2")]
    assert origins(built, "Reviews") == [
        ("C1", "looked_after_reviews", "R3"),
        ("C1", "looked_after_reviews", "R2"),
    ]


@pytest.mark.parametrize(
    ("care", "told"),
    [
        ("2022-05-01 - V4", 0),
        ("2022-05-01 - V3", 0),
        ("2022-05-01 - C2", 1),
        ("2022-05-01 - -", 1),
        ("2022-05-01 2023-06-01 V4\nC1 2023-06-01 - C2", 1),
    ],
)
def test_reviews_are_not_told_of_children_in_short_breaks_alone(care: str, told: int) -> None:
    episodes = f"child_id started_on ended_on legal_status\nC1 {care}"
    built = returned(looked_after_reviews="child_id held_on\nC1 2023-05-01", care_episodes=episodes)
    assert built.tables["Reviews"].height == told


CARE = "child_id started_on ended_on end_reason\nC1 2023-05-01 2023-11-01 E4A"


@pytest.mark.parametrize(
    ("gone", "told"),
    [
        ("2023-05-01 2023-05-02", [("01/05/2023", "02/05/2023")]),
        ("2023-10-31 2023-11-01", [("31/10/2023", "01/11/2023")]),
        ("2023-11-01 2023-11-03", [("01/11/2023", "03/11/2023")]),
        ("2023-11-02 2023-11-03", []),
        ("2023-04-20 2023-05-01", []),
        ("2023-04-20 2023-05-02", [("20/04/2023", "02/05/2023")]),
        ("2023-04-20 2023-04-25", []),
        ("2023-06-01 -", [("01/06/2023", None)]),
        ("2023-06-01 2024-04-01", [("01/06/2023", None)]),
    ],
)
def test_missing_episodes_are_those_while_looked_after(gone: str, told: list[tuple[str | None, ...]]) -> None:
    missing = f"missing_id child_id kind started_on ended_on\nM1 C1 M {gone}"
    built = returned(missing_episodes=missing, care_episodes=CARE)
    assert rows(built, "Missing", "MIS_START", "MIS_END") == told
    assert origins(built, "Missing") == [("C1", "missing_episodes", "M1")] * len(told)


def test_a_missing_episode_over_two_episodes_of_care_is_told_once() -> None:
    episodes = "child_id started_on ended_on end_reason\nC1 2023-05-01 2023-06-02 X1\nC1 2023-06-02 - -"
    missing = "child_id kind started_on ended_on\nC1 M 2023-06-01 2023-06-04"
    assert returned(missing_episodes=missing, care_episodes=episodes).tables["Missing"].height == 1


WORKERS = """
worker_id role             registration
W1        social_worker    SW12345
W2        newly_qualified  -
SW9       social_worker    -
XX8       -                -
W3        personal_adviser -
W4        social_worker    RP77
"""


@pytest.mark.parametrize(
    ("worker", "told"),
    [("W1", "SW12345"), ("W2", "XXW2"), ("SW9", "SW9"), ("XX8", "XX8"), ("W4", "XXW4"), ("W7", "XXW7"), ("-", None)],
)
def test_a_social_worker_is_named_by_the_regulators_number_or_after_xx(worker: str, told: str | None) -> None:
    held = f"child_id worker_id started_on\nC1 {worker} 2023-05-01"
    built = returned(workers=WORKERS, allocations=held, care_episodes=ALL_YEAR)
    assert one(built, "SWEpisodes", "SW_ID") == (told,)
    assert noted(built, "after XX") == (told is not None and told.startswith("XX"))


def test_who_is_no_social_worker_is_left_out() -> None:
    held = "child_id worker_id started_on\nC1 W3 2023-05-01"
    assert rows(returned(workers=WORKERS, allocations=held, care_episodes=ALL_YEAR), "SWEpisodes") == []


HELD = """
allocation_id child_id worker_id started_on ended_on   change_reason
A1            C1       W1        2022-05-01 2023-03-31 LEFTRL
A2            C1       W1        2023-03-31 2023-04-01 LEFTRL
A3            C1       W1        2023-04-01 2023-08-01 TSPROC
A4            C1       W1        2023-08-01 2023-12-01 MANAGE
A5            C1       W1        2023-12-01 2024-04-01 ABSENC
A6            C1       W1        2024-04-01 -          -
"""


def test_of_who_is_looked_after_at_the_end_every_worker_of_the_year_is_told() -> None:
    episodes = "child_id started_on\nC1 2023-10-01"
    built = returned(workers=WORKERS, allocations=HELD, care_episodes=episodes)
    assert rows(built, "SWEpisodes", "SW_DECOM", "SW_DEC", "SW_REASON") == [
        ("31/03/2023", "01/04/2023", "LEFTRL"),
        ("01/04/2023", "01/08/2023", "TSPROC"),
        ("01/08/2023", "01/12/2023", "MANAGE"),
        ("01/12/2023", None, "ABSENC"),
    ]


def test_of_others_only_the_workers_of_their_care_are_told() -> None:
    episodes = "child_id started_on ended_on end_reason\nC1 2023-08-15 2023-11-15 E4A"
    built = returned(workers=WORKERS, allocations=HELD, care_episodes=episodes)
    assert rows(built, "SWEpisodes", "SW_DECOM") == [("01/08/2023",)]


WITH_A_WORKER_STILL = "A9 C1 W1 2025-08-15 -"


@pytest.mark.parametrize(
    ("last_day", "held", "told"),
    [
        (date(2026, 3, 31), "A1 C1 W1 2025-04-01 2025-11-20", []),
        (date(2026, 3, 31), "A1 C1 W1 2025-04-01 -", ["01/04/2025"]),
        (date(2026, 3, 31), f"A1 C1 W1 2025-04-01 2025-08-15\n{WITH_A_WORKER_STILL}", ["01/04/2025", "15/08/2025"]),
    ],
)
def test_from_2025_26_of_who_left_care_only_those_with_a_worker_still_are_told(
    last_day: date, held: str, told: list[str]
) -> None:
    episodes = "child_id started_on ended_on end_reason\nC1 2025-05-01 2025-11-15 E4A"
    allocations = f"allocation_id child_id worker_id started_on ended_on\n{held}"
    built = returned(last_day, None, workers=WORKERS, allocations=allocations, care_episodes=episodes)
    assert [day for (day,) in rows(built, "SWEpisodes", "SW_DECOM")] == told


def test_social_workers_are_not_told_of_children_in_short_breaks_alone() -> None:
    episodes = "child_id started_on legal_status\nC1 2022-05-01 V4"
    assert rows(returned(workers=WORKERS, allocations=HELD, care_episodes=episodes), "SWEpisodes") == []


def test_why_an_open_span_began_is_told() -> None:
    held = "child_id worker_id started_on change_reason\nC1 W1 2023-05-01 FCONTA"
    built = returned(workers=WORKERS, allocations=held, care_episodes=ALL_YEAR)
    assert one(built, "SWEpisodes", "SW_DEC", "SW_REASON") == (None, "FCONTA")


ORDERS = """
deprivation_of_liberty_order_id child_id started_on ended_on
L1                              C1       2025-12-01 2026-03-31
L2                              C1       2026-03-30 2026-04-01
L3                              C1       2026-09-01 2027-04-01
L4                              C1       2027-03-31 -
L5                              C1       2027-04-01 -
L6                              C7       2026-09-01 -
"""


def test_orders_that_deprive_of_liberty_with_a_day_in_the_year_are_told_as_they_stood_at_its_end() -> None:
    built = returned(date(2027, 3, 31), None, care_episodes=ALL_YEAR, deprivation_of_liberty_orders=ORDERS)
    assert rows(built, "DoLo", "DOLO_START", "DOLO_END") == [
        ("30/03/2026", "01/04/2026"),
        ("01/09/2026", None),
        ("31/03/2027", None),
    ]
    assert origins(built, "DoLo") == [("C1", "deprivation_of_liberty_orders", key) for key in ("L2", "L3", "L4")]
    assert not noted(built, "DoLo")


def test_an_order_after_care_had_ended_is_left_out() -> None:
    episodes = "child_id started_on ended_on end_reason\nC1 2026-05-01 2026-08-01 E4"
    built = returned(date(2027, 3, 31), None, care_episodes=episodes, deprivation_of_liberty_orders=ORDERS)
    assert rows(built, "DoLo") == []


def test_a_record_without_orders_says_so() -> None:
    built = returned(date(2027, 3, 31), None, care_episodes=ALL_YEAR)
    assert rows(built, "DoLo") == []
    assert noted(built, "DoLo")
