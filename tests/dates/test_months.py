"""Ages, months and reporting periods."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.dates import (
    age_on,
    anniversary,
    financial_year,
    months_to,
    plus_months,
    quarter,
    rolling_twelve_months,
    snapshot,
    threshold_in_days,
    year_to_date,
)
from goldenthread.dates.periods import Period, Span

DAYS = st.dates(date(1920, 1, 1), date(2100, 12, 31))


def test_eighteen_comes_on_the_birthday_and_not_days_before() -> None:
    assert age_on(date(2005, 1, 10), date(2023, 1, 6)) == 17
    assert age_on(date(2005, 1, 10), date(2023, 1, 10)) == 18


def test_a_leap_day_child_is_a_year_older_on_the_first_of_march() -> None:
    assert age_on(date(2004, 2, 29), date(2022, 2, 28)) == 17
    assert age_on(date(2004, 2, 29), date(2022, 3, 1)) == 18


@given(birth=DAYS, years=st.integers(0, 60))
def test_age_changes_on_the_anniversary(birth: date, years: int) -> None:
    day = anniversary(birth, years)
    assert age_on(birth, day) == years
    assert age_on(birth, day - timedelta(days=1)) == years - 1


@given(day=DAYS, months=st.integers(-240, 240))
def test_plus_months_lands_in_the_month_asked_for(day: date, months: int) -> None:
    landed = plus_months(day, months)
    assert landed.year * 12 + landed.month == day.year * 12 + day.month + months
    assert landed.day == day.day or (landed + timedelta(days=1)).day == 1


@pytest.mark.parametrize(("months", "days"), [(21, 639), (18, 547), (16, 487), (14, 426), (4, 121)])
def test_thresholds_in_months_are_the_published_days(months: int, days: int) -> None:
    assert threshold_in_days(months) == days


def test_periods() -> None:
    assert (financial_year(2018).first, financial_year(2018).last) == (date(2018, 4, 1), date(2019, 3, 31))
    assert financial_year(2018).label == "2018/19"
    assert year_to_date(date(2019, 3, 31)).first == date(2018, 4, 1)
    assert year_to_date(date(2019, 4, 1)).days == 1
    assert rolling_twelve_months(date(2019, 6, 30)).first == date(2018, 7, 1)
    assert rolling_twelve_months(date(2020, 2, 29)).first == date(2019, 3, 1)
    assert (quarter(date(2020, 2, 1)).first, quarter(date(2020, 2, 1)).label) == (date(2020, 1, 1), "Q4 2019/20")
    assert quarter(date(2019, 6, 30)).last == date(2019, 6, 30)
    assert [period.label for period in months_to(date(2019, 1, 31), 3)] == ["Nov 2018", "Dec 2018", "Jan 2019"]
    assert date(2019, 6, 30) in snapshot(date(2019, 6, 30))


@given(on=DAYS)
def test_twelve_months_hold_every_calendar_day_once(on: date) -> None:
    period = rolling_twelve_months(on)
    assert period.last == on
    assert period.days in {365, 366}
    assert plus_months(period.last, -12) not in period


def test_a_period_cannot_end_before_it_begins() -> None:
    with pytest.raises(ValueError, match="cannot end on 2019-01-01, before it begins on 2019-02-01"):
        Period(date(2019, 2, 1), date(2019, 1, 1), Span.month, "wrong")
