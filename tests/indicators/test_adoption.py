"""Adoption, drawn as tables."""

from goldenthread.indicators import Basis
from indicators.drawn import dataset
from indicators.figure import counts, figure, reasons

CARE = """
    care_period_id child_id started_on ended_on   end_reason
    a0             ann      2015-01-01 2015-02-01 E4A
    a1             ann      2017-01-01 2019-05-01 E11
    b1             ben      2018-01-01 2019-06-01 E12
    c1             cat      2018-07-01 -          -
    d1             dan      2016-01-01 2019-05-20 E45
    """
PLANS = """
    adoption_id child_id decided_on placement_order_on matched_on placed_on  adopted_on reversed_on
    ann         ann      2017-08-01 2018-01-10         2018-03-11 2018-03-03 2019-05-01 -
    ben         ben      2018-06-01 2018-08-10         2018-08-01 2019-03-02 2019-06-01 -
    cat         cat      2018-12-01 -                  -          -          -          -
    dan         dan      2016-06-01 -                  -          -          -          2016-12-01
    """


def test_wait_runs_from_the_care_period_in_which_the_plan_was_made() -> None:
    drawn = dataset(care_periods=CARE, adoptions=PLANS)
    # ann: 1 January 2017 to 3 March 2018, 426 days; ben: 1 January 2018 to 2 March 2019, 425 days.
    assert figure(drawn, "RAASC001/York", "2019-06-30") == (851, 2, 426)  # 425.5, half up
    assert figure(drawn, "ADOPT_A1", "2020-03-31") == (851, 2, 426)
    assert figure(drawn, "RAASC001/York", "2020-04-30") == (0, 0, None)


def test_match_before_the_order_waits_no_days() -> None:
    drawn = dataset(care_periods=CARE, adoptions=PLANS)
    assert figure(drawn, "RAASC002/York", "2019-06-30") == (60, 2, 30)


def test_less_than_fourteen_months_is_less_than_426_days() -> None:
    drawn = dataset(care_periods=CARE, adoptions=PLANS)
    assert figure(drawn, "RAASC003/York", "2019-06-30") == (2, 3, 66.67)
    assert reasons(drawn, "RAASC003/York", "2019-06-30")["ann"] == "Waited 14 months or more."
    assert counts(drawn, "RAASC003/York", "2019-08-30") == (2, 3)  # cat's 426th day is 31 August
    assert counts(drawn, "RAASC003/York", "2019-08-31") == (1, 3)
    assert counts(drawn, "RAASC003/York", "2020-04-01") == (0, 1)  # the adopted leave with the year


def test_adopted_count_and_shares_of_those_who_left() -> None:
    drawn = dataset(care_periods=CARE, adoptions=PLANS)
    assert figure(drawn, "CSC039", "2019-06-30") == (2, None, 2)
    assert figure(drawn, "ADOPT_PCT", "2019-06-30") == (2, 3, 67)
    assert figure(drawn, "SGO_PCT", "2019-06-30") == (1, 3, 33)
    assert figure(drawn, "CSC039", "2019-06-30", basis=Basis.MONTH) == (1, None, 1)


def test_plan_without_an_adoption_is_no_wait() -> None:
    plan = "adoption_id child_id decided_on adopted_on placed_on\na ann 2017-08-01 2019-05-01 -"
    drawn = dataset(care_periods=CARE, adoptions=plan)
    assert figure(drawn, "RAASC001/York", "2019-06-30") == (0, 0, None)
    assert reasons(drawn, "RAASC001/York", "2019-06-30")["a"].startswith("Left out")
