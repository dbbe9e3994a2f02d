"""How long police protection and emergency orders may last: the statute book's limits, laid on a real moment or day."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from casework.common.templatetags.golden_thread import day, moment
from casework.deadlines.book import hours_from, rule_on
from goldenthread.dates import public_holidays
from goldenthread.statute import Rule

POLICE = "police_protection_72h"
ORDER = {"emergency_protection": "epo_8d", "child_assessment": "child_assessment_order_7d"}
EXTENSION = "epo_extension_7d"
A_DAY = timedelta(days=1)


def police_until(taken_at: datetime) -> datetime:
    """The last moment of police protection (Children Act 1989 s46(6))."""
    return hours_from(rule_on(POLICE, timezone.localdate(taken_at)), taken_at)


def order_until(kind: str, first_day: date, made_on: date) -> datetime:
    """The last moment that an order can have, its days counted from `first_day`."""
    return _last_moment(rule_on(ORDER[kind], made_on), first_day)


def extended_until(until: datetime, extended_on: date) -> datetime:
    """The last moment that an extension can have: its days begin when the first period is over, as the entry notes."""
    first = timezone.localdate(until - timedelta(microseconds=1)) + A_DAY
    return _last_moment(rule_on(EXTENSION, extended_on), first)


def said(until: datetime) -> str:
    """The moment as people say it: a midnight is the end of the day before."""
    at = timezone.localtime(until)
    return f"the end of {day(at - A_DAY)}" if at.time() == time.min else moment(until)


def _last_moment(rule: Rule, first: date) -> datetime:
    last = rule.limit.due(first)
    assert last is not None and not isinstance(last, datetime)  # The limit is a number of days.
    if rule.holiday_end is None or last not in public_holidays():
        return timezone.make_aware(datetime.combine(last + A_DAY, time.min))
    return timezone.make_aware(datetime.combine(public_holidays()[last], rule.holiday_end.hour))
