"""What is data here: what counts as private fostering, and the times that a carer has to tell the authority."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache
from pathlib import Path

import yaml
from django.utils import timezone

from casework.deadlines.book import cited, hours_from, rule_on
from goldenthread.statute import load_book

STAGE = "private_fostering"
BEFOREHAND = "pf_notice_6_weeks_before"
OF_A_CHANGE = "pf_change_notice_48h"


@dataclass(frozen=True)
class Meaning:
    """Below which ages, for how many days, with whom not, and where that is written."""

    age: int
    age_of_a_disabled_child: int
    days: int
    relatives: frozenset[str]
    source: str


@cache
def meaning() -> Meaning:
    """What counts as private fostering, from `meaning.yaml`."""
    found = yaml.safe_load(Path(__file__).with_name("meaning.yaml").read_text(encoding="utf-8"))
    return Meaning(**{**found, "relatives": frozenset(found["relatives"])})


@cache
def rules() -> frozenset[str]:
    """The rules of the statute book on private fostering."""
    return frozenset(rule.id for rule in load_book().rules if rule.stage == STAGE)


@dataclass(frozen=True)
class Limit:
    """Until when the carer had to tell the authority, and where that is written."""

    until: datetime | date
    cited: str


def to_be_told_beforehand(begins_on: date) -> Limit:
    """By which day the carer has to tell of a child who is to come that day."""
    rule = rule_on(BEFOREHAND, begins_on)
    until = rule.limit.due(begins_on)
    assert until is not None  # The limit is a number of weeks.
    return Limit(until, cited(rule))


def to_be_told_of_change(happened_at: datetime) -> Limit:
    """By when the carer has to tell of a change or the end: hours that pass, those of the night too."""
    rule = rule_on(OF_A_CHANGE, timezone.localdate(happened_at))
    return Limit(hours_from(rule, happened_at), cited(rule))


def end_of(until: datetime | date) -> datetime:
    """The last moment: that of the day, where only a day is given."""
    return until if isinstance(until, datetime) else timezone.make_aware(datetime.combine(until, time.max))
