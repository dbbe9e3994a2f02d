"""OC2: who is in it, and what is told of each."""

from __future__ import annotations

from datetime import date

import pytest

from writers.ssda903.drawn import ALL_YEAR, noted, one, origins, returned, rows

CARE = [
    ("2023-04-01 - S C2 -", True),
    ("2023-04-02 - S C2 -", False),
    ("2023-04-02 - P C2 -", False),
    ("2022-05-01 2024-03-31 S C2 E4A", False),
    ("2022-05-01 2024-04-01 S C2 E4A", True),
    ("2022-05-01 2023-09-01 S C1 X1\nC1 2023-09-01 - L C2 -", True),
    ("2022-05-01 2023-09-01 S C1 X1\nC1 2023-09-02 - P C2 -", True),
    ("2022-05-01 2023-09-01 S C1 X1\nC1 2023-09-03 - P C2 -", False),
    ("2022-05-01 2023-09-01 S C1 -\nC1 2023-09-01 - L C2 -", True),
    ("2022-05-01 2023-09-01 S C1 E4A\nC1 2023-09-01 - S C2 -", False),
    ("2022-05-01 2023-09-01 S C1 X1\nC1 2023-09-01 - S C2 -", False),
    ("2022-05-01 2023-04-01 S C1 E4A\nC1 2023-04-01 - S C2 -", True),
    ("2022-05-01 2022-06-01 S V4 E8\nC1 2022-07-01 - S C2 -", True),
    ("2022-05-01 - S V3 -", False),
    ("2022-05-01 - S V4 -", False),
    ("2022-05-01 2023-09-01 S V4 X1\nC1 2023-09-01 - L C2 -", False),
    ("2022-05-01 - S - -", True),
]


@pytest.mark.parametrize(("care", "told"), CARE)
def test_oc2_is_of_those_looked_after_all_year_and_not_in_short_breaks(care: str, told: bool) -> None:
    episodes = f"child_id started_on ended_on start_reason legal_status end_reason\nC1 {care}"
    assert rows(returned(care_episodes=episodes), "OC2", "CHILD") == ([("C1",)] if told else [])


def test_in_a_year_under_way_it_is_of_those_looked_after_since_april() -> None:
    episodes = """
    child_id started_on ended_on   start_reason end_reason
    C1       2023-04-01 2024-01-15 S            E4A
    C2       2023-04-02 -          S            -
    """
    built = returned(date(2023, 12, 31), None, care_episodes=episodes)
    assert rows(built, "OC2", "CHILD") == [("C1",)]
    assert noted(built, "under way", "31/12/2023")


REPORTED = """
child_id year_end   health_assessment teeth_checked immunisations convicted substance_misuse
C1       2024-03-31 yes               no            yes           no        no
C1       2023-03-31 no                yes           no            yes       yes
"""


def test_what_is_recorded_of_the_year_itself_is_told() -> None:
    people = "person_id born_on\nC1 2010-02-03"
    built = returned(people=people, outcomes=REPORTED, care_episodes=ALL_YEAR)
    columns = ("HEALTH_ASSESSMENT", "TEETH_CHECK", "IMMUNISATIONS", "CONVICTED", "SUBSTANCE_MISUSE")
    assert one(built, "OC2", *columns) == ("1", "0", "1", "0", "0")
    assert origins(built, "OC2") == [("C1", "outcomes", "C1|2024-03-31")]


@pytest.mark.parametrize(
    ("born", "convicted", "check"),
    [
        ("2014-03-31", "0", None),
        ("2014-04-01", None, None),
        ("2019-03-31", None, None),
        ("2019-04-01", None, "1"),
        ("-", None, None),
    ],
)
def test_convictions_are_of_those_of_ten_and_development_checks_of_those_under_five(
    born: str, convicted: str | None, check: str | None
) -> None:
    outcomes = "child_id year_end convicted health_checks_up_to_date\nC1 2024-03-31 no yes"
    built = returned(people=f"person_id born_on\nC1 {born}", outcomes=outcomes, care_episodes=ALL_YEAR)
    assert one(built, "OC2", "CONVICTED", "HEALTH_CHECK") == (convicted, check)


@pytest.mark.parametrize(
    ("misuse", "told"),
    [
        ("no no no", ("0", None, None)),
        ("yes yes yes", ("1", "1", None)),
        ("yes no yes", ("1", "0", "1")),
        ("yes no no", ("1", "0", "0")),
        ("yes - -", ("1", None, None)),
        ("- yes yes", (None, None, None)),
    ],
)
def test_help_is_told_of_those_with_a_problem_and_its_offer_where_it_was_not_received(
    misuse: str, told: tuple[str | None, ...]
) -> None:
    heads = "child_id year_end substance_misuse intervention_received intervention_offered"
    built = returned(outcomes=f"{heads}\nC1 2024-03-31 {misuse}", care_episodes=ALL_YEAR)
    assert one(built, "OC2", "SUBSTANCE_MISUSE", "INTERVENTION_RECEIVED", "INTERVENTION_OFFERED") == told


@pytest.mark.parametrize(
    ("born", "seen", "told"),
    [
        ("2010-02-03", ["2023-04-01"], "1"),
        ("2010-02-03", ["2024-03-31"], "1"),
        ("2010-02-03", ["2023-03-31", "2024-04-01"], "0"),
        ("2019-03-31", ["2023-05-01"], "1"),
        ("2019-04-01", ["2023-05-01"], "0"),
        ("2019-04-01", ["2023-05-01", "2023-11-01"], "1"),
        ("-", ["2023-05-01"], None),
    ],
)
def test_health_assessments_are_counted_twice_a_year_under_five_and_once_from_then(
    born: str, seen: list[str], told: str | None
) -> None:
    lines = "\n".join(f"C1 {day} attended review" for day in seen)
    assessed = f"child_id seen_on status kind\n{lines}\nC1 2023-08-01 refused review"
    people = f"person_id born_on\nC1 {born}"
    built = returned(people=people, health_assessments=assessed, care_episodes=ALL_YEAR)
    assert one(built, "OC2", "HEALTH_ASSESSMENT") == (told,)


def test_no_event_is_a_no_only_where_the_record_holds_such_events() -> None:
    columns = ("TEETH_CHECK", "CONVICTED", "SUBSTANCE_MISUSE", "IMMUNISATIONS")
    people = "person_id born_on\nC1 2010-02-03"
    without = returned(people=people, care_episodes=ALL_YEAR)
    assert one(without, "OC2", *columns) == (None, None, None, None)
    assert noted(without, "TEETH_CHECK", "1 of 1")
    held = returned(
        people=people,
        care_episodes=ALL_YEAR,
        dental_checks="child_id checked_on\nC2 2023-05-01",
        convictions="child_id convicted_on\nC2 2023-05-01",
        substance_misuse="child_id identified_on\nC2 2023-05-01",
        immunisations="child_id checked_on up_to_date\nC2 2023-05-01 yes",
    )
    assert one(held, "OC2", *columns) == ("0", "0", "0", None)
    assert origins(held, "OC2") == [("C1", "outcomes", None)]


def test_events_of_the_year_are_told() -> None:
    built = returned(
        people="person_id born_on\nC1 2010-02-03",
        care_episodes=ALL_YEAR,
        dental_checks="child_id checked_on\nC1 2023-05-01",
        convictions="child_id convicted_on\nC1 2023-05-01",
        substance_misuse="child_id identified_on intervention_offered intervention_received\nC1 2023-05-01 yes no",
        immunisations="child_id checked_on up_to_date\nC1 2023-05-01 yes\nC1 2022-05-01 no\nC1 2024-05-01 no",
    )
    columns = ("TEETH_CHECK", "CONVICTED", "SUBSTANCE_MISUSE", "IMMUNISATIONS", "INTERVENTION_RECEIVED")
    assert one(built, "OC2", *columns) == ("1", "1", "1", "1", "0")


SDQS = [
    ("2023-05-01 9 -\nC1 2023-11-01 12 -", ("12", None)),
    ("2023-05-01 9 -\nC1 2023-11-01 - SDQ2", ("9", None)),
    ("2023-05-01 - SDQ4\nC1 2023-11-01 - SDQ2", (None, "SDQ2")),
    ("2024-03-31 0 -", ("0", None)),
    ("2023-03-31 9 -", (None, None)),
    ("2024-04-01 9 -", (None, None)),
]


@pytest.mark.parametrize(("held", "told"), SDQS)
def test_the_latest_score_of_the_year_is_told_else_why_there_is_none(held: str, told: tuple[str | None, ...]) -> None:
    sdqs = f"child_id completed_on score missing_reason\nC1 {held}"
    built = returned(people="person_id born_on\nC1 2012-02-03", sdqs=sdqs, care_episodes=ALL_YEAR)
    assert one(built, "OC2", "SDQ_SCORE", "SDQ_REASON") == told


@pytest.mark.parametrize(
    ("born", "asked"),
    [("2020-03-31", True), ("2020-04-01", False), ("2006-04-01", False), ("2006-04-02", True), ("-", False)],
)
def test_a_questionnaire_is_told_from_four_at_the_end_to_seventeen_at_the_start(born: str, asked: bool) -> None:
    sdqs = "child_id completed_on score\nC1 2023-05-01 9"
    built = returned(people=f"person_id born_on\nC1 {born}", sdqs=sdqs, care_episodes=ALL_YEAR)
    assert one(built, "OC2", "SDQ_SCORE") == ("9" if asked else None,)


OF_THE_YEAR_ONLY = {
    "people": "person_id born_on\nC1 2012-02-03",
    "outcomes": "child_id year_end teeth_checked\nC1 2024-03-31 yes",
    "sdqs": "child_id completed_on score\nC1 2024-03-31 9",
    "care_episodes": ALL_YEAR,
}


def test_what_is_known_of_a_year_under_way_is_told_where_the_record_is_of_that_day() -> None:
    built = returned(date(2023, 12, 31), None, **OF_THE_YEAR_ONLY)
    assert one(built, "OC2", "TEETH_CHECK", "SDQ_SCORE") == ("1", "9")
