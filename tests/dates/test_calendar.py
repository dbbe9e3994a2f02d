"""Working days in England, and the days that were special."""

from datetime import date

import pytest

from goldenthread.dates import (
    FIRST_DAY,
    LAST_DAY,
    OutsideCalendar,
    add_working_days,
    bank_holidays,
    is_working_day,
    next_working_day,
    working_days,
    working_days_between,
)
from goldenthread.dates.holidays_list import from_package

OFF = [
    "1995-05-08",  # VE Day, fifty years: the May bank holiday moved
    "1999-12-27",
    "1999-12-28",
    "1999-12-31",  # the millennium
    "2000-01-03",
    "2002-06-03",  # golden jubilee
    "2002-06-04",
    "2011-04-29",  # royal wedding
    "2012-06-04",
    "2012-06-05",  # diamond jubilee
    "2020-05-08",  # VE Day, seventy-five years: moved from 4 May
    "2020-12-28",  # for Boxing Day, a Saturday
    "2022-01-03",
    "2022-06-02",
    "2022-06-03",  # platinum jubilee: the spring holiday moved and one was added
    "2022-09-19",  # the late Queen's funeral
    "2022-12-27",
    "2023-05-08",  # coronation
    "2026-04-03",
    "2026-04-06",
]
ON = [
    "1995-05-01",
    "2002-05-27",
    "2012-05-28",
    "2020-05-04",
    "2020-12-29",  # council closure days between Christmas and New Year are working days
    "2020-12-30",
    "2020-12-31",
    "2022-05-30",
    "2019-06-12",
]


@pytest.mark.parametrize("day", OFF)
def test_special_days_are_not_worked(day: str) -> None:
    assert not is_working_day(date.fromisoformat(day))


@pytest.mark.parametrize("day", ON)
def test_moved_holidays_and_closure_days_are_worked(day: str) -> None:
    assert is_working_day(date.fromisoformat(day))


def test_no_year_has_fewer_than_250_working_days_or_more_than_256() -> None:
    by_year = {year: sum(day.year == year for day in working_days()) for year in range(1990, 2036)}
    assert all(250 <= count <= 256 for count in by_year.values()), by_year


def test_forty_five_working_days_before_a_census_ends_counts_from_the_day_after() -> None:
    # The four years worked out in the reading of the census's counting: the start is day 0.
    for end, start in [
        (date(2023, 3, 31), date(2023, 1, 27)),
        (date(2024, 3, 31), date(2024, 1, 25)),
        (date(2025, 3, 31), date(2025, 1, 27)),
        (date(2026, 3, 31), date(2026, 1, 27)),
    ]:
        assert working_days_between(start, end) == 45


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        (date(2025, 6, 4), date(2025, 6, 4), 0),  # started and finished the same day
        (date(2025, 6, 6), date(2025, 6, 9), 1),  # Friday to Monday
        (date(2025, 6, 7), date(2025, 6, 8), 0),  # Saturday to Sunday
        (date(2025, 6, 7), date(2025, 6, 9), 1),  # Saturday to Monday
        (date(2025, 6, 9), date(2025, 6, 6), -1),
    ],
)
def test_working_days_between_counts_the_trigger_as_day_0(start: date, end: date, days: int) -> None:
    assert working_days_between(start, end) == days


def test_a_deadline_from_a_friday_is_one_day_not_three() -> None:
    assert add_working_days(date(2025, 6, 6), 15) == date(2025, 6, 27)


def test_the_day_after_the_calendar_is_refused_with_its_reach() -> None:
    with pytest.raises(OutsideCalendar, match=r"2036-01-01 is outside .* 1990-01-01 to 2035-12-31"):
        is_working_day(date(2036, 1, 1))
    with pytest.raises(OutsideCalendar, match=r"10 working days from 2035-12-31"):
        add_working_days(date(2035, 12, 31), 10)
    with pytest.raises(OutsideCalendar, match="1989-12-31"):
        next_working_day(date(1989, 12, 31))


def test_the_list_of_bank_holidays_is_what_the_package_has() -> None:
    assert list(bank_holidays().items()) == list(from_package(FIRST_DAY.year, LAST_DAY.year).items())
