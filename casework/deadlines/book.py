"""Rules of the statute book as a page needs them: as in force on a day, and where they are written."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from goldenthread.dates import Unit
from goldenthread.statute import Rule, load_book


def rule_on(name: str, on: date) -> Rule:
    """The rule as it was in force on a day. LookupError where it was not."""
    rule = load_book().version_for(name, on)
    if rule is None:
        raise LookupError(f"The statute book has no {name} on {on:%-d %B %Y}.")
    return rule


def hours_from(rule: Rule, began_at: datetime) -> datetime:
    """The last moment of a limit of hours: so many hours that pass, not hours of the clock.

    Counted from the moment itself, so that of the hour that comes twice when the clocks go back the right one is taken.
    """
    assert rule.limit.number is not None and rule.limit.unit is Unit.hours
    return began_at.astimezone(UTC) + timedelta(hours=rule.limit.number)


def cited(rule: Rule) -> str:
    """Where the limit comes from: the title of the rule, and its first source."""
    source = rule.sources[0]
    where = source.provision if source.seen == "not_seen" else source.title
    return f"{rule.title} ({where})"
