"""What templates need beyond Django's own: how a field is drawn, dates in UK form, what a code means."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django import template
from django.forms import BoundField, CheckboxSelectMultiple, MultiWidget, RadioSelect
from django.utils import timezone

from casework.common.coded import meaning
from casework.common.fields import DayBoxes
from casework.common.rendering import NOT_ANSWERED

register = template.Library()
BY_WEEKS = 21
"""From so many days on, weeks say it better."""


@register.filter
def grouped(field: BoundField) -> bool:
    """Whether the field is several boxes under one question."""
    return isinstance(field.field.widget, (DayBoxes, RadioSelect, CheckboxSelectMultiple))


@register.filter
def first_box(field: BoundField) -> str:
    """The id of the field's first box, for the error summary to lead to."""
    own = field.auto_id
    if isinstance(field.field.widget, (MultiWidget, RadioSelect, CheckboxSelectMultiple)):
        return f"{own}_0"
    return str(own)


@register.filter
def in_summary(error: str, field: BoundField) -> str:
    """The error as the summary above the form says it: with the question, where the error does not name it."""
    return f"No answer yet: {field.label}" if error == NOT_ANSWERED else error


@register.filter
def unquoted(words: str) -> str:
    """Somebody's words without the quotation marks that were typed round them: the page puts its own."""
    return words.strip().strip('"“”')


@register.filter
def near(value: date | datetime | None, today: date) -> str:
    """A day from where one stands: today, yesterday, 3 weeks ago, tomorrow, in 5 days; "" for nothing."""
    if value is None:
        return ""
    on = timezone.localdate(value) if isinstance(value, datetime) else value
    days = (today - on).days
    if days >= 0:
        return ago(days)
    return "tomorrow" if days == -1 else f"in {-days} days" if days > -BY_WEEKS else f"in {-days // 7} weeks"


AN_HOUR = timedelta(hours=1)


def hours(length: timedelta) -> str:
    """Whole hours: less than an hour; 1 hour; 31 hours."""
    whole = int(length / AN_HOUR)
    return "less than an hour" if whole < 1 else f"{whole} hour{'' if whole == 1 else 's'}"


@register.filter
def day(value: date | datetime | None) -> str:
    """3 May 2026; "not known" for nothing."""
    if value is None:
        return "not known"
    if isinstance(value, datetime):
        value = timezone.localtime(value) if timezone.is_aware(value) else value
    return f"{value:%-d %B %Y}"


@register.filter
def moment(value: datetime | None) -> str:
    """3 May 2026 at 5:05pm; "not known" for nothing."""
    if value is None:
        return "not known"
    at = timezone.localtime(value) if timezone.is_aware(value) else value
    return f"{day(at)} at {clock(at.time())}"


@register.filter
def clock(value: time) -> str:
    """5:05pm."""
    return f"{value:%-I:%M}{value:%p}".replace("AM", "am").replace("PM", "pm")


@register.filter
def ago(days: int) -> str:
    """Today, yesterday, 12 days ago; in weeks from the third, in months from the fourth: nobody counts 100 days."""
    if days < BY_WEEKS:
        return {0: "today", 1: "yesterday"}.get(days, f"{days} days ago")
    return f"{days // 7} weeks ago" if days < 120 else f"{days // 30} months ago"


@register.filter
def means(code: str, codes: str) -> str:
    """What a code of the set means; "not known" for an empty one."""
    return meaning(codes, code) if code else "not known"


@register.filter
def yes_no(value: bool | None) -> str:
    """Yes, no or not known."""
    return {True: "Yes", False: "No"}.get(value, "Not known") if value is not None else "Not known"
