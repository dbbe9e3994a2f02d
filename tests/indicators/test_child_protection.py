"""Child protection, children in need and early help, drawn as tables."""

import pytest

from indicators.drawn import dataset
from indicators.figure import counts, figure, reasons

POPULATION = "authority year children\nYork 2018 10000\nYork 2019 10000"


def test_plan_is_open_on_its_first_day_and_not_on_its_last() -> None:
    drawn = dataset(
        population=POPULATION,
        cp_plans="""
        child_id started_on ended_on   temporary_other_authority
        ann      2019-06-30 -          -
        ben      2019-01-01 2019-06-30 no
        cat      2019-01-01 2019-07-01 no
        dan      2019-01-01 -          yes
        """,
    )
    assert figure(drawn, "EFL2", "2019-06-30") == (2, 10000, 2.0)


def test_second_plan_ever_and_within_twelve_months_of_the_end_of_the_first() -> None:
    drawn = dataset(
        cp_plans="""
        cp_plan_id child_id started_on ended_on   previous_plans
        a1         ann      2015-01-01 2016-01-01 -
        a2         ann      2019-04-01 -          -
        b1         ben      2017-01-01 2018-05-10 -
        b2         ben      2019-05-10 -          -
        c1         cat      2017-01-01 2018-05-10 -
        c2         cat      2019-05-11 -          -
        d1         dan      2019-04-01 -          -
        e1         eve      2019-04-01 -          1
        """,
    )
    assert figure(drawn, "65", "2019-06-30") == (4, 5, 80.0)
    assert figure(drawn, "65a", "2019-06-30") == (1, 5, 20.0)
    assert figure(drawn, "CPP_REPEAT_2Y", "2019-06-30") == (2, 5, 40.0)
    assert "no date" in reasons(drawn, "65a", "2019-06-30")["e1"]


@pytest.mark.parametrize(("on", "long"), [("2019-01-30", 0), ("2019-01-31", 1)])
def test_plan_is_two_years_long_after_729_days_and_not_at_729(on: str, long: int) -> None:
    drawn = dataset(cp_plans="child_id started_on\nann 2017-01-31")  # 729 days on is 30 January 2019
    assert counts(drawn, "CPP_2Y_ACTIVE", on) == (long, 1)


def test_ended_plan_of_729_days_is_not_two_years_long() -> None:
    drawn = dataset(
        cp_plans="""
        child_id started_on ended_on
        ann      2017-05-01 2019-04-30
        ben      2017-05-01 2019-05-01
        cat      2017-05-01 -
        """
    )
    assert figure(drawn, "CPP_2Y_CEASED", "2019-06-30") == (1, 2, 50.0)


def test_duration_is_the_days_so_far_of_open_plans() -> None:
    drawn = dataset(
        cp_plans="""
        child_id started_on ended_on
        ann      2019-06-20 -
        ben      2019-06-30 -
        cat      2019-01-01 2019-06-29
        """
    )
    assert figure(drawn, "CP_DURATION", "2019-06-30") == (10, 2, 5)
    assert figure(drawn, "CP_DURATION", "2019-07-01") == (12, 2, 6)


def test_conference_on_the_fifteenth_working_day_is_in_time() -> None:
    drawn = dataset(
        section_47_enquiries="""
        section_47_id child_id started_on
        s1            ann      2019-04-01
        s2            ben      2019-04-01
        s3            cat      2019-05-01
        """,
        conferences="""
        conference_id child_id section_47_id kind        held_on
        in_time       ann      s1            initial     2019-04-24
        late          ben      s2            initial     2019-04-25
        early         cat      s3            initial     2019-04-30
        unlinked      dan      -             pre_birth   2019-04-30
        moved         eve      -             transfer_in 2019-04-30
        reviewed      fay      -             review      2019-04-30
        """,
    )
    assert figure(drawn, "ICPC_15", "2019-06-30") == (1, 4, 25.0)
    assert counts(drawn, "ICPC_RATE", "2019-06-30")[0] == 5
    assert reasons(drawn, "ICPC_15", "2019-06-30")["unlinked"].startswith("No section 47 enquiry is known")


def test_second_conference_of_one_enquiry_counts_by_the_same_due_day() -> None:
    drawn = dataset(
        section_47_enquiries="section_47_id child_id started_on\ns1 ann 2019-04-01",
        conferences="""
        conference_id child_id section_47_id kind    held_on
        first         ann      s1            initial 2019-04-15
        second        ann      s1            initial 2019-04-24
        third         ann      s1            initial 2019-04-25
        """,
    )
    assert counts(drawn, "ICPC_15", "2019-06-30") == (2, 3)


def test_conference_with_no_link_counts_if_an_enquiry_of_the_child_led_to_it() -> None:
    drawn = dataset(
        section_47_enquiries="section_47_id child_id started_on\ns1 ann 2019-04-01",
        conferences="conference_id child_id section_47_id kind held_on\nc1 ann - initial 2019-04-24",
    )
    assert counts(drawn, "ICPC_15", "2019-06-30") == (1, 1)


REVIEWED = """
    child_id kind   held_on
    ann      review 2019-04-01
    ann      review 2019-06-20
    ben      review 2019-04-02
    """


def test_first_review_at_three_months_is_in_time_and_a_day_later_is_late_for_good() -> None:
    drawn = dataset(
        cp_plans="child_id started_on\nann 2019-01-01\nben 2019-01-01\ncat 2019-05-01\ndan 2019-03-30",
        conferences=REVIEWED,
    )
    assert counts(drawn, "CPP_REVIEW", "2019-04-01") == (2, 2)  # due that day: ben's is not late yet
    assert counts(drawn, "CPP_REVIEW", "2019-04-02") == (1, 2)
    assert counts(drawn, "CPP_REVIEW", "2019-06-30") == (2, 3)  # dan's first review is due on 30 June
    assert counts(drawn, "CPP_REVIEW", "2019-07-01") == (1, 3)


def test_later_review_is_due_six_months_after_the_one_before() -> None:
    drawn = dataset(
        cp_plans="child_id started_on\nann 2018-06-01",
        conferences="child_id kind held_on\nann review 2018-08-31\nann review 2019-03-01",
    )
    assert counts(drawn, "CPP_REVIEW", "2019-02-28") == (1, 1)
    assert counts(drawn, "CPP_REVIEW", "2019-03-01") == (0, 1)


def test_plan_older_than_the_rule_stays_in_the_denominator_and_is_judged_by_its_later_reviews() -> None:
    drawn = dataset(
        cp_plans="child_id started_on\nann 2012-06-01\nben 2012-06-01",
        conferences="child_id kind held_on\nann review 2019-01-10\nben review 2018-10-10",
    )
    assert counts(drawn, "CPP_REVIEW", "2019-04-30") == (1, 2)


def test_source_that_records_no_reviews_cannot_say_whether_they_were_held() -> None:
    drawn = dataset(
        cp_plans="child_id started_on\nann 2019-01-01", conferences="child_id kind held_on\nann initial 2018-12-20"
    )
    assert figure(drawn, "CPP_REVIEW", "2019-06-30") == (0, 0, None)


def test_visit_is_overdue_after_twenty_working_days() -> None:
    drawn = dataset(
        cp_plans="child_id started_on\nann 2019-01-01\nben 2019-01-01\ncat 2019-05-28",
        visits="""
        child_id kind             visited_on seen
        ann      child_protection 2019-05-28 yes
        ben      child_protection 2019-05-28 no
        ben      child_in_need    2019-06-20 yes
        """,
    )
    assert counts(drawn, "CP_VISIT_20D", "2019-06-25") == (2, 3)  # twenty working days after 28 May
    assert counts(drawn, "CP_VISIT_20D", "2019-06-26") == (0, 3)


def test_source_that_records_no_visits_to_children_on_plans_cannot_say_they_are_overdue() -> None:
    drawn = dataset(
        cp_plans="cp_plan_id child_id started_on\np1 ann 2019-01-01",
        visits="child_id kind visited_on\nann looked_after 2019-01-02",
    )
    assert figure(drawn, "CP_VISIT_20D", "2019-06-30") == (0, 0, None)
    assert reasons(drawn, "CP_VISIT_20D", "2019-06-30")["p1"].startswith("Left out")


def test_core_group_meets_within_ten_working_days_and_then_every_four_weeks() -> None:
    drawn = dataset(
        cp_plans="child_id started_on\nann 2019-05-01\nben 2019-05-01",
        core_groups="child_id held_on\nann 2019-05-14",
    )
    assert counts(drawn, "CORE_GROUP_4W", "2019-05-16") == (2, 2)
    assert counts(drawn, "CORE_GROUP_4W", "2019-05-17") == (1, 2)
    assert counts(drawn, "CORE_GROUP_4W", "2019-06-11") == (1, 2)
    assert counts(drawn, "CORE_GROUP_4W", "2019-06-12") == (0, 2)


def test_children_in_need_counts_episodes_and_not_those_with_no_further_action() -> None:
    drawn = dataset(
        population=POPULATION,
        referrals="""
        child_id received_on closed_on  no_further_action outcome
        ann      2019-01-01  -          no                assessment
        ann      2019-06-30  -          -                 -
        ben      2019-01-01  2019-06-30 no                assessment
        cat      2019-01-01  -          yes               -
        dan      2019-01-01  -          -                 no_further_action
        """,
    )
    assert figure(drawn, "EFL4", "2019-06-30") == (2, 10000, 2.0)


def test_source_without_closing_dates_cannot_say_who_is_in_need() -> None:
    drawn = dataset(population=POPULATION, referrals="child_id received_on\nann 2019-01-01")
    assert figure(drawn, "EFL4", "2019-06-30") == (None, None, None)


def test_early_help_initiated_and_open() -> None:
    drawn = dataset(
        early_help_assessments="""
        child_id started_on closed_on
        ann      2019-04-01 2019-06-30
        ben      2019-06-30 -
        cat      2018-04-01 -
        """
    )
    assert figure(drawn, "EHA_INITIATED", "2019-06-30") == (2, None, 2)
    assert figure(drawn, "EHA_OPEN", "2019-06-30") == (2, None, 2)


def test_statutory_interventions_are_plans_and_care_begun() -> None:
    drawn = dataset(
        population=POPULATION,
        cin_plans="child_id started_on\nann 2019-04-01",
        cp_plans="child_id started_on temporary_other_authority\nann 2019-05-01 -\nben 2019-05-01 yes",
        care_periods="child_id started_on short_breaks_only\nann 2019-06-01 no\ncat 2019-06-01 yes",
    )
    assert figure(drawn, "STAT_INTERVENTIONS", "2019-06-30") == (3, 10000, 3.0)
