"""What each counting rule gives for one trigger."""

from datetime import date, datetime

import pytest

from goldenthread.dates import due, due_in_school_days, greatest_rolling_total

D = date.fromisoformat
T = datetime.fromisoformat


@pytest.mark.parametrize(
    ("trigger", "number", "unit", "counting", "expected"),
    [
        # Friday 17:00: York's 24 hours end on Saturday, guidance's working day on Monday.
        (T("2019-06-14T17:00"), 24, "hours", "elapsed_hours", T("2019-06-15T17:00")),
        (T("2019-06-14T17:00"), 1, "working_days", "wd_day0", D("2019-06-17")),
        # A day without a time runs from its end.
        (D("2019-06-14"), 24, "hours", "elapsed_hours", T("2019-06-15T23:59:59")),
        # Hours pass: a night with 23 of them (29 March 2026), one with 25 (25 October), and the hour that comes twice.
        (T("2026-03-27T16:00"), 72, "hours", "elapsed_hours", T("2026-03-30T17:00")),
        (T("2026-03-29T00:30"), 1, "hours", "elapsed_hours", T("2026-03-29T02:30")),
        (T("2026-10-23T16:00"), 72, "hours", "elapsed_hours", T("2026-10-26T15:00")),
        (T("2026-10-25T00:30"), 24, "hours", "elapsed_hours", T("2026-10-25T23:30")),
        (T("2026-10-25T01:30"), 24, "hours", "elapsed_hours", T("2026-10-26T01:30")),
        (D("2026-10-24"), 24, "hours", "elapsed_hours", T("2026-10-25T22:59:59")),
        # Weekend and bank holiday triggers: the next working day is day 1.
        (D("2019-06-15"), 1, "working_days", "wd_day0", D("2019-06-17")),
        (D("2019-06-16"), 5, "working_days", "wd_day0", D("2019-06-21")),
        (D("2022-09-19"), 1, "working_days", "wd_day0", D("2022-09-20")),
        (D("2022-09-16"), 1, "working_days", "wd_day0", D("2022-09-20")),
        (D("2019-06-15"), 0, "working_days", "wd_day0", D("2019-06-15")),
        (D("2019-06-03"), 20, "working_days", "york_20", D("2019-07-01")),
        # Court numbering: the day of issue is day 1, or the next business day.
        (D("2019-06-03"), 1, "working_days", "court_days", D("2019-06-03")),
        (D("2019-06-01"), 1, "working_days", "court_days", D("2019-06-03")),
        (D("2019-06-03"), 18, "working_days", "court_days", D("2019-06-26")),
        (D("2019-06-03"), 10, "calendar_days", "calendar_day0", D("2019-06-13")),
        (D("2019-06-03"), 6, "weeks", "weeks_not_more_than", D("2019-07-15")),
        # "Beginning with" is one day shorter than "after".
        (D("2019-06-03"), 26, "weeks", "weeks_not_more_than", D("2019-12-02")),
        (D("2019-06-03"), 26, "weeks", "beginning_with", D("2019-12-01")),
        (D("2019-06-03"), 8, "calendar_days", "beginning_with", D("2019-06-10")),
        (D("2026-04-29"), 2, "months", "beginning_with", D("2026-06-28")),
        # Months by the calendar.
        (D("2019-01-31"), 1, "months", "months_corresponding", D("2019-02-28")),
        (D("2020-01-31"), 1, "months", "months_corresponding", D("2020-02-29")),
        (D("2019-08-31"), 6, "months", "months_corresponding", D("2020-02-29")),
        (D("2019-11-30"), 3, "months", "months_corresponding", D("2020-02-29")),
        (D("2016-02-29"), 3, "years", "months_corresponding", D("2019-02-28")),
        # Subject access before and after 15 August 2019; 1 September 2019 is a Sunday.
        (D("2019-08-01"), 1, "months", "month_day_after", D("2019-09-02")),
        (D("2021-08-01"), 1, "months", "month_same_date", D("2021-09-01")),
        (D("2020-08-31"), 1, "months", "month_same_date", D("2020-09-30")),
        (D("2019-12-25"), 1, "months", "month_same_date", D("2020-01-27")),
        (D("2018-12-30"), 1, "months", "month_day_after", D("2019-01-31")),
        # Ages: a leap-day child is a year older on 1 March.
        (D("2004-02-29"), 18, "years", "age", D("2022-03-01")),
        (D("2004-02-29"), 16, "years", "age", D("2020-02-29")),
        (D("2005-01-10"), 18, "years", "age", D("2023-01-10")),
        (D("2005-01-10"), 6, "weeks", "age", D("2005-02-21")),
        (D("2010-07-01"), 75, "years", "age", D("2085-07-01")),
        # Backwards from an event.
        (D("2019-06-13"), 3, "working_days", "before_event", D("2019-06-10")),
        (D("2019-06-15"), 1, "working_days", "before_event", D("2019-06-14")),
        (D("2019-05-28"), 1, "working_days", "before_event", D("2019-05-24")),
        (D("2019-05-31"), 3, "months", "before_event", D("2019-02-28")),
        (D("2019-05-31"), 6, "weeks", "before_event", D("2019-04-19")),
        # No date of their own.
        (D("2019-05-31"), 75, "calendar_days", "rolling_window", None),
        (D("2019-05-31"), 14, "months", "threshold_days", None),
        (D("2019-05-31"), 20, "school_days", "school_days", None),
        (D("2019-05-31"), 1, "school_terms", "school_term", None),
    ],
)
def test_due(trigger: date, number: int, unit: str, counting: str, expected: date | None) -> None:
    assert due(trigger, number, unit, counting) == expected


def test_a_unit_foreign_to_the_counting_is_refused() -> None:
    with pytest.raises(ValueError, match="Counting wd_day0 is in working_days, not months"):
        due(D("2019-05-31"), 3, "months", "wd_day0")


def test_a_negative_limit_is_refused() -> None:
    with pytest.raises(ValueError, match="cannot be negative: -1 months"):
        due(D("2019-05-31"), -1, "months", "months_corresponding")


def test_school_days_come_from_the_school() -> None:
    open_days = [D("2019-07-18"), D("2019-07-19"), D("2019-09-04"), D("2019-09-05")]
    assert due_in_school_days(D("2019-07-19"), 2, open_days) == D("2019-09-05")
    assert due_in_school_days(D("2019-07-19"), 3, open_days) is None


def test_a_rolling_window_slides_by_the_day() -> None:
    breaks = [
        (D("2018-12-20"), D("2018-12-29")),
        (D("2019-06-01"), D("2019-06-10")),
        (D("2019-12-24"), D("2020-01-02")),
    ]
    # The year to 24 December 2019 begins on Christmas Day: five days of the first break, ten of June, one of the last.
    # A day later a day is lost and a day is won, until the first break is left behind.
    assert greatest_rolling_total(breaks[:2], months=12) == (20, D("2019-06-10"))
    assert greatest_rolling_total(breaks[1:], months=12) == (20, D("2020-01-02"))
    assert greatest_rolling_total([breaks[0], breaks[2]], months=12) == (10, D("2018-12-29"))
    assert greatest_rolling_total([], months=12) == (0, None)
