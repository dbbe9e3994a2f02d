"""What is data here: the rule of the return interview, the local measure of going again and again, the reasons."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from django.conf import settings

from casework.common.local_rules import read_rules
from casework.common.own_codes import OwnCodes

INTERVIEW = "return_interview_72h"
HERE = Path(__file__).parent
REASONS = OwnCodes(HERE / "reasons.yaml")
GROUPS = {"push": "What drives them away", "draw": "What draws them elsewhere"}
"""The groups of reasons why a child goes."""


@dataclass(frozen=True)
class Repeated:
    """From how many episodes begun in how many days a child goes missing again and again, and who says so."""

    episodes: int
    days: int
    source: str

    def first_day(self, today: date) -> date:
        """The first of the days that are counted, today being the last."""
        return today - timedelta(days=self.days - 1)


@cache
def repeated() -> Repeated:
    """The local measure, from the file that the setting names, or from `standards.yaml` here."""
    found = read_rules(settings.MISSING_STANDARDS, HERE / "standards.yaml")["repeated"]
    return Repeated(found["episodes"], found["days"], found["source"])
