"""Looked-after children: numbers, homes, moves, workers, visits, health and education, drawn as tables."""

import pytest

from indicators.drawn import dataset
from indicators.figure import counts, figure, reasons

PEOPLE = """
    person_id born_on
    ann       2008-06-15
    ben       2014-07-01
    cat       2001-06-30
    dan       2012-02-29
    """
IN_CARE = """
    child_id started_on ended_on
    ann      2017-01-01 -
    ben      2017-01-01 -
    """


def test_looked_after_leaves_out_short_breaks_adults_and_those_who_left_that_day() -> None:
    drawn = dataset(
        people=PEOPLE,
        population="authority year children\nYork 2019 10000",
        care_periods="""
        care_period_id child_id started_on ended_on   short_breaks_only
        open           ann      2019-06-30 -          -
        breaks         ben      2019-01-01 -          yes
        adult          cat      2019-01-01 -          no
        left           dan      2019-01-01 2019-06-30 no
        unknown_birth  eve      2019-01-01 -          no
        """,
    )
    assert figure(drawn, "EFL1", "2019-06-30") == (2, 10000, 2.0)
    assert counts(drawn, "EFL1", "2019-06-29")[0] == 3  # cat is 17 for one day more, dan has not left; ann has not come
    assert set(reasons(drawn, "CLA_RATE", "2019-06-30")) == {"open", "unknown_birth"}


def test_child_who_starts_twice_in_a_year_counts_once() -> None:
    drawn = dataset(
        care_periods="""
        care_period_id child_id started_on ended_on
        first          ann      2018-05-01 2018-06-01
        again          ann      2019-02-01 2019-03-31
        next_year      ann      2019-04-02 -
        """,
    )
    assert counts(drawn, "CLA_START", "2019-03-31")[0] == 1
    assert set(reasons(drawn, "CLA_START", "2019-03-31")) == {"first"}
    assert set(reasons(drawn, "CLA_CEASE", "2018-12-31")) == {"first"}
    assert set(reasons(drawn, "CLA_CEASE", "2019-03-31")) == {"again"}
    assert counts(drawn, "CLA_START", "2019-04-01")[0] == 0
    assert counts(drawn, "CLA_START", "2019-04-02")[0] == 1


HOMES = """
    child_id started_on ended_on   placement_type location distance temporary
    ann      2017-01-01 2019-03-01 U4             IN       2.0      no
    ann      2019-03-01 -          K2             OUT      20.0     no
    ben      2017-01-01 -          U6             OUT      20.1     no
    ben      2019-06-20 2019-07-05 T3             IN       1.0      yes
    """


def test_homes_are_those_of_the_day_and_holidays_are_no_move() -> None:
    drawn = dataset(people=PEOPLE, care_periods=IN_CARE, placements=HOMES)
    assert figure(drawn, "CSC057/foster", "2019-06-30") == (1, 2, 50.0)
    assert figure(drawn, "CSC057/residential", "2019-06-30") == (1, 2, 50.0)
    assert figure(drawn, "CSC057/foster", "2019-02-28") == (2, 2, 100.0)
    assert figure(drawn, "CSS9a", "2019-06-30") == (2, None, 2)
    assert figure(drawn, "CSS9b", "2019-06-30") == (0, None, 0)
    assert figure(drawn, "CLA_20MILES", "2019-06-30") == (1, 2, 50.0)  # 20 miles is not more than 20


def test_child_with_no_placement_recorded_stays_in_the_denominator() -> None:
    drawn = dataset(
        people=PEOPLE, care_periods=IN_CARE, placements="child_id started_on placement_type\nann 2017-01-01 U4"
    )
    assert counts(drawn, "CSC057/foster", "2019-06-30") == (1, 2)


MOVES = {
    "three in the year": (
        """
        ann 2017-01-01 2018-09-01 U4 no -
        ann 2018-09-01 2019-01-01 U4 no -
        ann 2019-01-01 -          U4 no -
        """,
        True,
    ),
    "one open on 1 April counts": (
        """
        ann 2017-01-01 2018-04-01 U4 no -
        ann 2018-04-01 2019-01-01 U4 no -
        ann 2019-01-01 -          U4 no -
        """,
        True,
    ),
    "one that ended the day before does not": (
        """
        ann 2017-01-01 2018-03-31 U4 no -
        ann 2018-03-31 2019-01-01 U4 no -
        ann 2019-01-01 -          U4 no -
        """,
        False,
    ),
    "a temporary absence is none": (
        """
        ann 2017-01-01 2018-09-01 U4 no  home
        ann 2018-09-01 2018-09-10 T1 -   -
        ann 2018-09-10 -          U4 no  home
        """,
        False,
    ),
    "a placement of less than a day is none": (
        """
        ann 2017-01-01 2018-09-01 U4 no -
        ann 2018-09-01 2018-09-01 U6 no -
        ann 2018-09-01 -          U6 no -
        """,
        False,
    ),
    "placed for adoption with the same carer is none": (
        """
        ann 2017-01-01 2018-09-01 U4 no -
        ann 2018-09-01 2019-01-01 U5 no -
        ann 2019-01-01 -          A5 no -
        """,
        False,
    ),
    "placed for adoption with others is one": (
        """
        ann 2017-01-01 2018-09-01 U4 no -
        ann 2018-09-01 2019-01-01 U5 no -
        ann 2019-01-01 -          A6 no -
        """,
        True,
    ),
}


@pytest.mark.parametrize("case", MOVES)
def test_three_placements_in_the_year(case: str) -> None:
    rows, often = MOVES[case]
    drawn = dataset(
        care_periods="care_period_id child_id started_on\nc1 ann 2017-01-01",
        placements="child_id started_on ended_on placement_type temporary urn care_period_id\n"
        + "\n".join(f"{line} c1" for line in rows.strip().splitlines()),
    )
    assert counts(drawn, "62", "2019-03-31") == (int(often), 1)


def test_three_workers_must_be_different_people() -> None:
    drawn = dataset(
        people=PEOPLE,
        care_periods=IN_CARE,
        allocations="""
        child_id worker_id started_on ended_on
        ann      w1        2017-01-01 2018-07-01
        ann      w2        2018-07-01 2019-01-01
        ann      w3        2019-01-01 -
        ben      w1        2017-01-01 2018-12-01
        ben      w2        2018-12-01 2019-01-01
        ben      w1        2019-01-01 -
        """,
    )
    assert counts(drawn, "CLA_SW3", "2019-06-30") == (1, 2)
    assert counts(drawn, "CLA_SW3", "2019-07-01") == (0, 2)


def test_same_home_for_two_years_of_two_and_a_half() -> None:
    drawn = dataset(
        people=PEOPLE,
        care_periods="child_id started_on\nann 2016-12-31\nben 2016-12-31\ncat 2010-01-01\ndan 2017-01-01",
        placements="""
        child_id started_on ended_on   placement_type
        ann      2016-12-31 2017-06-30 U4
        ann      2017-06-30 -          U4
        ben      2016-12-31 2017-07-01 U4
        ben      2017-07-01 2019-01-01 U4
        ben      2019-01-01 -          A6
        dan      2017-01-01 -          U4
        """,
    )
    assert counts(drawn, "CLA_LONG_STABLE", "2019-06-30") == (1, 2)  # ben: from July 2017, a day short
    assert counts(drawn, "CLA_LONG_STABLE", "2019-07-01") == (3, 3)


def test_visits_start_again_with_each_placement() -> None:
    drawn = dataset(
        care_periods="child_id started_on\nann 2019-01-01",
        placements="child_id started_on ended_on placement_type\nann 2019-01-01 2019-05-20 U6\nann 2019-05-20 - U6",
        visits="child_id kind visited_on\nann looked_after 2019-05-01\nann looked_after 2019-06-03",
    )
    assert counts(drawn, "LAC_VISIT", "2019-05-19") == (1, 1)
    assert counts(drawn, "LAC_VISIT", "2019-05-27") == (1, 1)  # a week from 20 May
    assert counts(drawn, "LAC_VISIT", "2019-05-28") == (0, 1)
    assert counts(drawn, "LAC_VISIT", "2019-07-15") == (1, 1)  # six weeks from 3 June
    assert counts(drawn, "LAC_VISIT", "2019-07-16") == (0, 1)


def test_visits_to_a_lasting_placement_are_three_months_apart_after_its_first_year() -> None:
    drawn = dataset(
        care_periods="child_id started_on\nann 2017-01-01\nben 2017-01-01",
        placements="child_id started_on placement_type\nann 2017-01-01 U4\nben 2017-01-01 U6",
        visits="""
        child_id kind         visited_on seen
        ann      looked_after 2019-03-10 yes
        ben      looked_after 2019-03-10 yes
        ben      looked_after 2019-04-20 no
        """,
    )
    assert counts(drawn, "LAC_VISIT", "2019-04-21") == (2, 2)
    assert counts(drawn, "LAC_VISIT", "2019-04-22") == (1, 2)  # ben was not seen on 20 April
    assert counts(drawn, "LAC_VISIT", "2019-06-10") == (1, 2)
    assert counts(drawn, "LAC_VISIT", "2019-06-11") == (0, 2)


def test_child_for_whom_no_visit_is_due_is_left_out_and_said_to_be() -> None:
    drawn = dataset(
        care_periods="care_period_id child_id started_on\nc1 ann 2019-01-01\nc2 ben 2019-01-01",
        placements="child_id started_on placement_type\nann 2019-01-01 U6",
        visits="child_id kind visited_on\nann looked_after 2019-01-02",
    )
    assert counts(drawn, "LAC_VISIT", "2019-01-31") == (1, 1)
    assert reasons(drawn, "LAC_VISIT", "2019-01-31")["c2"].startswith("Left out: no visit is due")


def test_a_year_in_care_counts_both_ends() -> None:
    drawn = dataset(
        people=PEOPLE,
        care_periods="child_id started_on\nann 2018-04-01\nben 2018-04-02",
        health_assessments="child_id kind seen_on\nann review 2018-05-01",
    )
    assert counts(drawn, "CF4", "2019-03-31") == (1, 1)
    assert counts(drawn, "CF4", "2019-04-01") == (1, 2)


def test_a_child_under_five_needs_two_health_assessments_and_a_refusal_is_none() -> None:
    drawn = dataset(
        people=PEOPLE,
        care_periods=IN_CARE,
        health_assessments="""
        child_id kind   seen_on    status
        ann      review 2018-07-01 refused
        ann      review 2018-08-01 attended
        ben      review 2018-07-01 -
        ben      review 2018-12-01 attended
        """,
    )
    assert counts(drawn, "CF4", "2019-06-30") == (2, 2)  # ben turns five on 1 July
    assert counts(drawn, "CF4", "2019-07-01") == (2, 2)  # and then one is enough
    assert counts(drawn, "CF4", "2019-08-01") == (1, 2)


def test_yearly_return_answers_for_its_own_year_end() -> None:
    drawn = dataset(
        people=PEOPLE,
        care_periods=IN_CARE,
        outcomes="child_id year_end health_assessment teeth_checked\nann 2019-03-31 yes no\nben 2019-03-31 - yes",
    )
    assert counts(drawn, "CF4", "2019-03-31") == (1, 2)
    assert counts(drawn, "CLA_DENTAL", "2019-03-31") == (1, 2)
    assert counts(drawn, "CF4", "2019-04-01") == (0, 2)
    assert figure(drawn, "CLA_IMMS", "2019-03-31") == (None, None, None)


def test_latest_score_of_the_year_is_averaged() -> None:
    drawn = dataset(
        people=PEOPLE,
        care_periods="child_id started_on\nann 2017-01-01\ndan 2017-01-01\nben 2017-01-01",
        sdqs="""
        child_id completed_on score
        ann      2018-07-01   20
        ann      2019-03-01   11
        dan      2018-07-01   14
        dan      2019-05-01   -
        ben      2019-03-01   40
        """,
    )
    assert figure(drawn, "CLA_SDQ", "2019-06-30") == (25, 2, 12.5)  # ben is four


def test_initial_health_assessment_is_judged_on_the_day_it_was_due() -> None:
    drawn = dataset(
        care_periods="""
        care_period_id child_id started_on ended_on
        in_time        ann      2019-05-01 -
        late           ben      2019-05-01 -
        never          cat      2019-05-01 -
        left           dan      2019-05-01 2019-05-31
        not_yet        eve      2019-06-20 -
        """,
        health_assessments="""
        child_id kind    seen_on
        ann      initial 2019-05-31
        ben      initial 2019-06-03
        cat      review  2019-05-02
        """,
    )
    assert figure(drawn, "CIC1", "2019-06-30") == (1, 3, 33.33)  # twenty working days from 1 May are 31 May
    found = reasons(drawn, "CIC1", "2019-06-30")
    assert found["left"].startswith("Left out")
    assert "not_yet" not in found


def test_personal_education_plan_lasts_six_months() -> None:
    drawn = dataset(
        people=PEOPLE, care_periods=IN_CARE, peps="child_id completed_on\nann 2018-12-31\nben 2018-12-30\nben -"
    )
    assert counts(drawn, "EH4", "2019-06-29") == (2, 2)
    assert counts(drawn, "EH4", "2019-06-30") == (0, 2)  # 31 December has no 31 June


def test_missing_in_the_year_to_date_counts_a_child_once() -> None:
    drawn = dataset(
        care_periods="""
        child_id started_on ended_on
        ann      2018-01-01 -
        ben      2019-04-10 2019-04-20
        ben      2019-05-10 -
        cat      2018-01-01 2019-03-31
        """,
        missing_episodes="""
        child_id started_on ended_on
        ann      2019-03-30 2019-04-01
        ben      2019-05-11 2019-05-11
        ben      2019-06-11 2019-06-12
        cat      2019-05-11 2019-05-12
        """,
    )
    assert counts(drawn, "CLA_MISSING", "2019-04-01") == (1, 1)
    assert counts(drawn, "CLA_MISSING", "2019-06-30") == (2, 2)


def test_result_that_is_not_known_is_left_out() -> None:
    drawn = dataset(
        education_results="""
        child_id key_stage taken_on   expected_standard
        ann      KS2       2019-05-15 yes
        ben      KS2       2019-05-15 no
        cat      KS2       2019-05-15 -
        dan      KS4       2019-05-15 yes
        """
    )
    assert figure(drawn, "EDUCATION/KS2", "2019-06-30") == (1, 2, 50.0)
    assert figure(drawn, "EDUCATION/KS4", "2019-06-30") == (1, 1, 100.0)


def test_care_orders_and_permanence_meetings_are_counted() -> None:
    drawn = dataset(
        proceedings="""
        child_id kind issued_on  concluded_on outcome
        ann      care 2018-10-01 2019-04-01   care_order
        ben      care 2018-10-01 2019-04-01   supervision_order
        cat      care 2018-10-01 -            -
        """,
        permanence_meetings="child_id held_on\nann 2019-04-01\nann 2019-06-01\nben 2019-03-31",
    )
    assert figure(drawn, "CARE_ORDERS", "2019-06-30") == (1, None, 1)
    assert figure(drawn, "PERM_MEETINGS", "2019-06-30") == (2, None, 2)


def test_convictions_dental_checks_and_immunisations_of_the_year() -> None:
    drawn = dataset(
        people=PEOPLE,
        care_periods=IN_CARE,
        convictions="child_id convicted_on\nann 2018-07-01",
        dental_checks="child_id checked_on\nann 2018-06-30\nben 2018-07-01",
        immunisations="child_id checked_on up_to_date\nann 2017-02-01 yes\nben 2017-02-01 yes\nben 2019-06-01 no",
    )
    assert counts(drawn, "CLA_CONV", "2019-06-30") == (1, 1)
    assert counts(drawn, "CLA_DENTAL", "2019-06-30") == (1, 2)
    assert counts(drawn, "CLA_IMMS", "2019-06-30") == (1, 2)
