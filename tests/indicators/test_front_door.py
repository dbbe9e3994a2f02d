"""Contacts, referrals and decisions, drawn as tables."""

from indicators.drawn import dataset
from indicators.figure import counts, figure, reasons

POPULATION = """
    authority year children
    York      2017 36000
    York      2018 37000
    """


def test_rate_divides_by_the_population_of_the_year_before_the_years_end() -> None:
    drawn = dataset(
        population=POPULATION,
        referrals="""
        child_id received_on
        ann      2018-04-01
        ben      2019-03-31
        cat      2018-03-31
        """,
    )
    assert figure(drawn, "MI Pack 1", "2019-03-31") == (2, 37000, 0.54)
    assert figure(drawn, "REF_RATE", "2018-03-31") == (1, 36000, 0.28)


def test_a_population_not_yet_out_is_that_of_the_latest_year_before() -> None:
    drawn = dataset(population=POPULATION, referrals="child_id received_on\nann 2020-05-01")
    assert figure(drawn, "MI Pack 1", "2020-06-30") == (1, 37000, 0.27)


def test_no_population_gives_no_rate_and_keeps_the_count() -> None:
    drawn = dataset(referrals="child_id received_on\nann 2019-05-01")
    assert figure(drawn, "MI Pack 1", "2019-06-30") == (1, None, None)


def test_packaged_population_serves_an_authority_whose_dataset_holds_none() -> None:
    drawn = dataset(authority="816", referrals="child_id received_on\nann 2019-05-01")
    numerator, population, value = figure(drawn, "MI Pack 1", "2019-06-30")
    assert numerator == 1
    assert population is not None and 30_000 < population < 40_000
    assert value is not None


def test_referral_on_an_open_case_is_left_out() -> None:
    drawn = dataset(
        population=POPULATION,
        referrals="""
        referral_id child_id received_on closed_on
        first       ann      2018-04-10  2018-06-01
        while_open  ann      2018-05-31  2018-08-01
        same_day    ann      2018-08-01  -
        unclosed    ann      2018-09-01  -
        """,
    )
    assert counts(drawn, "MI Pack 1", "2019-03-31") == (3, 37000)
    assert reasons(drawn, "MI Pack 1", "2019-03-31")["while_open"].startswith("Left out")


def test_rereferral_on_the_corresponding_day_a_year_later_counts_and_the_day_after_does_not() -> None:
    drawn = dataset(
        referrals="""
        referral_id child_id received_on closed_on
        a1          ann      2018-05-10  2018-06-01
        a2          ann      2019-05-10  -
        b1          ben      2018-05-10  2018-06-01
        b2          ben      2019-05-11  -
        c1          cat      2019-05-12  -
        """,
    )
    assert figure(drawn, "CSB05", "2019-06-30") == (1, 3, 33.33)
    found = reasons(drawn, "CSB05", "2019-06-30")
    assert found["a2"] == "The child's previous referral was no more than 12 months earlier."
    assert found["b2"] == "The child's previous referral was more than 12 months earlier."
    assert found["c1"] == "The dataset holds no earlier referral of the child."


def test_rereferral_a_year_after_leap_day_is_the_last_of_february() -> None:
    drawn = dataset(
        referrals="""
        child_id received_on closed_on
        ann      2016-02-29  2016-03-01
        ann      2017-02-28  -
        ben      2016-02-29  2016-03-01
        ben      2017-03-01  -
        """,
    )
    assert counts(drawn, "CSB05", "2017-03-31") == (1, 2)


def test_two_referrals_of_one_day_are_not_a_return() -> None:
    drawn = dataset(referrals="child_id received_on\nann 2019-05-01\nann 2019-05-01")
    assert counts(drawn, "CSB05", "2019-06-30") == (0, 2)


def test_contact_without_an_outcome_has_not_become_a_referral() -> None:
    drawn = dataset(
        contacts="""
        child_id received_on outcome    referral_id
        ann      2019-04-01  referral   -
        ben      2019-04-02  -          R1
        cat      2019-04-03  -          -
        dan      2019-04-04  early_help -
        eve      2019-03-31  referral   -
        """,
    )
    assert figure(drawn, "CSC02", "2019-06-30") == (2, 4, 50.0)


def test_decision_at_24_hours_is_in_time_and_a_minute_later_is_late() -> None:
    drawn = dataset(
        contacts="""
        contact_id child_id received_on received_at       decided_on decided_at
        exact      ann      2019-04-05  2019-04-05T17:00  2019-04-06 2019-04-06T17:00
        minute     ben      2019-04-05  2019-04-05T17:00  2019-04-06 2019-04-06T17:01
        undecided  cat      2019-04-05  2019-04-05T17:00  -          -
        """,
    )
    assert figure(drawn, "REF_DECISION_24H", "2019-06-30") == (1, 3, 33.33)
    assert reasons(drawn, "REF_DECISION_24H", "2019-06-30")["undecided"] == "No decision is recorded."


def test_unknown_time_of_day_has_the_benefit_of_the_doubt() -> None:
    drawn = dataset(
        contacts="""
        child_id received_on received_at       decided_on decided_at
        ann      2019-04-05  -                 2019-04-06 2019-04-06T23:00
        ben      2019-04-05  2019-04-05T09:00  2019-04-06 -
        cat      2019-04-05  -                 2019-04-07 -
        """,
    )
    assert counts(drawn, "REF_DECISION_24H", "2019-06-30") == (2, 3)


def test_contact_before_the_standard_came_in_is_not_measured_by_it() -> None:
    drawn = dataset(
        contacts="""
        child_id received_on decided_on
        ann      2018-10-31  2018-10-31
        ben      2018-11-01  2018-11-01
        """,
    )
    assert counts(drawn, "REF_DECISION_24H", "2019-03-31") == (1, 1)
    assert figure(drawn, "REF_DECISION_24H", "2018-10-31") == (0, 0, None)


def test_contact_still_within_its_hours_is_left_out() -> None:
    drawn = dataset(
        contacts="""
        contact_id child_id received_on received_at      decided_on
        waiting    ann      2019-06-30  2019-06-30T09:00 -
        decided    ben      2019-06-30  2019-06-30T09:00 2019-06-30
        """,
    )
    assert counts(drawn, "REF_DECISION_24H", "2019-06-30") == (1, 1)
    assert "there is time yet" in reasons(drawn, "REF_DECISION_24H", "2019-06-30")["waiting"]


def test_closing_reasons_say_who_was_not_in_need() -> None:
    drawn = dataset(
        referrals="""
        child_id received_on closed_on  closure_reason no_further_action
        ann      2019-04-01  2019-05-01 RC8            no
        ben      2019-04-01  2019-05-01 RC9            -
        cat      2019-04-01  2019-04-02 RC8            yes
        dan      2019-04-01  -          -              -
        """,
    )
    assert figure(drawn, "REF_NOT_IN_NEED", "2019-06-30") == (2, 4, 50.0)
    assert figure(drawn, "REF_NFA", "2019-06-30") == (1, 4, 25.0)


def test_value_is_rounded_half_up() -> None:
    rows = "\n".join(f"child{n} 2019-04-01 {'referral' if n < 29 else 'information'}" for n in range(160))
    drawn = dataset(contacts=f"child_id received_on outcome\n{rows}")
    assert figure(drawn, "CSC02", "2019-06-30") == (29, 160, 18.13)  # 18.125
