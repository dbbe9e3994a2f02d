"""A clock chained to an earlier one is counted from what began that, if it was still running."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from goldenthread.dates import bank_holidays, due
from goldenthread.statute.load import load_book
from goldenthread.timeliness.report.daily import daily_report
from tests.timeliness.drawn import brief, drawn, outcome

RULE = "epo_8d"
NOT_ENDED = None


def day(number: int) -> date:
    return date(2024, 1, number)


def taken(began: int, ended: int | None, child: str = "C1", at: time | None = None) -> dict[str, Any]:
    row = {"police_protection_id": f"L{child}{began}", "child_id": child, "started_on": day(began)}
    row["started_at"] = datetime.combine(day(began), at) if at else None
    return row | {"ended_on": day(ended) if ended else None}


MADE = [{"emergency_order_id": "E1", "kind": "emergency_protection", "made_on": day(5)}]


@pytest.mark.parametrize(
    ("protections", "counted_from"),
    [
        ([], 5),
        ([taken(3, 5)], 3),
        ([taken(5, 5)], 5),
        ([taken(3, 4)], 5),  # let go the day before: the order follows nothing
        ([taken(6, 8)], 5),  # taken after the order
        ([taken(3, 5, child="C2")], 5),  # another child
        ([taken(3, NOT_ENDED)], 3),  # within its 72 hours, so taken to have lasted
        ([taken(2, NOT_ENDED, at=time(23))], 2),  # to eleven at night on the 5th
        ([taken(1, NOT_ENDED)], 5),  # ran out on the 4th
        ([taken(1, 5)], 1),  # recorded as lasting too long, but as lasting
        ([taken(1, 2), taken(4, 5)], 4),
        ([taken(1, NOT_ENDED), taken(4, 4)], 5),
    ],
)
def test_order_is_counted_from_the_police_protection_it_follows(
    protections: list[dict[str, Any]], counted_from: int
) -> None:
    data = drawn(emergency_orders=MADE, police_protections=protections) if protections else drawn(emergency_orders=MADE)
    (row,) = outcome(data, RULE)
    assert (row["trigger_on"], row["due_on"]) == (day(5), day(counted_from + 7))
    assert (row["chained_on"] or day(5)) == day(counted_from)


def test_chained_line_leads_to_the_row_it_is_counted_from() -> None:
    (row,) = outcome(drawn(emergency_orders=MADE, police_protections=[taken(3, 5, at=time(10, 30))]), RULE)
    names = ("chained_kind", "chained_table", "chained_row_id", "chained_on", "chained_at")
    assert [row[name] for name in names] == [
        *("police_protection.started", "police_protections", "LC13", day(3), datetime(2024, 1, 3, 10, 30))
    ]


def test_order_that_runs_eight_days_from_its_making_is_late_after_police_protection() -> None:
    order = [MADE[0] | {"ended_on": day(12)}]
    ended = {"emergency_orders": order}
    assert brief(drawn(**ended), RULE) == [(day(5), day(12), day(12), "met", None)]
    after = drawn(**ended, police_protections=[taken(3, 5)])
    assert brief(after, RULE) == [(day(5), day(10), day(12), "late", 2)]


@pytest.mark.parametrize(
    ("applicant", "last"),
    [("police", 10), (None, 10), ("authority", 12), ("nspcc", 12), ("other", 12)],
)
def test_days_begin_with_police_protection_only_where_the_police_may_have_applied(
    applicant: str | None, last: int
) -> None:
    data = drawn(emergency_orders=[MADE[0] | {"applicant": applicant}], police_protections=[taken(3, 5)])
    assert [row[1] for row in brief(data, RULE)] == [day(last)]


@pytest.mark.parametrize(
    ("made_on", "last"),
    [
        (date(2026, 11, 27), date(2026, 12, 4)),  # Friday to Friday.
        (date(2026, 11, 28), date(2026, 12, 5)),  # Saturday is no public holiday.
        (date(2026, 11, 29), date(2026, 12, 7)),  # The eighth day is a Sunday.
        (date(2026, 12, 18), date(2026, 12, 29)),  # Christmas, Boxing Day, Sunday, and Boxing Day's own Monday.
        (date(2026, 3, 27), date(2026, 4, 4)),  # Good Friday.
    ],
)
def test_order_may_last_to_the_day_after_a_public_holiday(made_on: date, last: date) -> None:
    data = drawn(emergency_orders=[MADE[0] | {"made_on": made_on, "ended_on": last, "applicant": "authority"}])
    assert brief(data, RULE, date(2027, 1, 31)) == [(made_on, last, last, "met", None)]


def test_extension_is_counted_from_the_day_after_the_first_period() -> None:
    order = [MADE[0] | {"extended_on": day(9), "extension_begins_on": day(13)}]
    data = drawn(emergency_orders=order, police_protections=[taken(3, 5)])
    assert [row[:2] for row in brief(data, "epo_extension_7d")] == [(day(13), day(19))]


def test_extension_is_counted_from_its_own_day_where_the_first_period_is_not_known() -> None:
    order = [MADE[0] | {"extended_on": day(9)}]
    data = drawn(emergency_orders=order, police_protections=[taken(3, 5)])
    assert [row[:2] for row in brief(data, "epo_extension_7d")] == [(day(9), day(15))]


def test_end_of_police_protection_recorded_later_is_not_seen() -> None:
    late_word = taken(1, 5) | {"ended_recorded_at": datetime(2024, 1, 20)}
    data = drawn(emergency_orders=MADE, police_protections=[late_word])
    assert [row[1] for row in brief(data, RULE, day(15), known_on=day(15))] == [day(12)]
    assert [row[1] for row in brief(data, RULE, day(25), known_on=day(25))] == [day(8)]


def test_report_says_what_the_days_are_counted_from() -> None:
    ended = [MADE[0] | {"emergency_order_id": "E0", "child_id": "C2", "ended_on": day(6)}]  # shows that ends are kept
    data = drawn(emergency_orders=[*MADE, *ended], police_protections=[taken(3, 5)])
    (line,) = daily_report(data, day(8)).soon.filter(rule=RULE).to_dicts()
    assert line["why"].startswith(
        "A court made an emergency protection order (5 January 2024). Counted from 3 January 2024: Police took the "
        "child into police protection. "
    )
    chain = load_book().rule(RULE).chained_to
    assert chain is not None
    assert f"{chain.note} Source: Children Act 1989 s45(3) and s46(7). " in line["why"]
    assert "8 calendar days, that day itself counting as day 1: due by 10 January 2024." in line["why"]


FIRST, LAST = date(2023, 12, 20), date(2024, 1, 20)
days = st.dates(FIRST, LAST)


@st.composite
def protections(draw: st.DrawFn) -> dict[str, Any]:
    began = draw(days)
    at = draw(st.none() | st.times().map(lambda found: datetime.combine(began, found.replace(second=0, microsecond=0))))
    ended = draw(st.none() | st.integers(0, 6).map(lambda after: began + timedelta(days=after)))
    return {"child_id": draw(st.sampled_from(("C1", "C2"))), "started_on": began, "started_at": at, "ended_on": ended}


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(protections(), min_size=1, max_size=6), st.lists(days, min_size=1, max_size=3), days)
def test_eight_days_begin_with_police_protection_whatever_the_dates(
    held: list[dict[str, Any]], made: list[date], as_at: date
) -> None:
    rows = [row | {"police_protection_id": f"L{number}"} for number, row in enumerate(held)]
    orders = [
        {"emergency_order_id": f"E{number}", "kind": "emergency_protection", "made_on": on}
        for number, on in enumerate(made)
    ]
    found = outcome(drawn(emergency_orders=orders, police_protections=rows), RULE, as_at)
    assert len(found) == sum(on <= as_at for on in made)
    for row in found:
        start = counted_from(row["trigger_on"], [one for one in rows if one["child_id"] == "C1"], as_at)
        assert row["due_on"] == lawful_end(start + timedelta(days=7))
        assert row["due_on"] <= lawful_end(row["trigger_on"] + timedelta(days=7))
        assert row["chained_row_id"] is None or row["chained_on"] == start


def lawful_end(last: date) -> date:
    """The first day from `last` that is neither a Sunday nor a bank holiday."""
    while last.isoweekday() == 7 or last in bank_holidays():
        last += timedelta(days=1)
    return last


def counted_from(made: date, held: list[Mapping[str, Any]], as_at: date) -> date:
    """The law said slowly: the latest police protection begun by then, if the child was still in it."""
    begun = [row for row in held if row["started_on"] <= made]
    if not begun:
        return made
    latest = max(begun, key=lambda row: (row["started_on"], row["police_protection_id"]))
    ended = latest["ended_on"] if latest["ended_on"] and latest["ended_on"] <= as_at else None
    runs_out = due(latest["started_at"] or latest["started_on"], 72, "hours", "elapsed_hours")
    assert isinstance(runs_out, datetime)
    return latest["started_on"] if (ended or runs_out.date()) >= made else made
