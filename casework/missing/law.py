"""What is data here: the rule of the return interview, the local measure of going again and again, the reasons."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import yaml
from django.conf import settings

INTERVIEW = "return_interview_72h"
HERE = Path(__file__).parent
GROUPS = {"push": "What drives them away", "draw": "What draws them elsewhere"}


@dataclass(frozen=True)
class Repeated:
    """From how many episodes begun in how many days a child goes missing again and again, and who says so."""

    episodes: int
    days: int
    source: str

    def first_day(self, today: date) -> date:
        """The first of the days that are counted, today being the last."""
        return today - timedelta(days=self.days - 1)


@dataclass(frozen=True)
class Reason:
    """Why a child goes: `group` is push or draw."""

    code: str
    group: str
    words: str
    until: date | None = None


@cache
def repeated() -> Repeated:
    """The local measure, from the file that the setting names, or from `standards.yaml` here."""
    path = Path(settings.MISSING_STANDARDS or HERE / "standards.yaml")
    found = yaml.safe_load(path.read_text(encoding="utf-8"))["repeated"]
    return Repeated(found["episodes"], found["days"], found["source"])


@cache
def every_reason() -> dict[str, Reason]:
    """Every reason there is or was, by its code."""
    groups = yaml.safe_load((HERE / "reasons.yaml").read_text(encoding="utf-8"))
    return {code: _reason(code, group, said) for group, given in groups.items() for code, said in given.items()}


def _reason(code: str, group: str, said: str | dict[str, object]) -> Reason:
    if isinstance(said, str):
        return Reason(code, group, said)
    until = said.get("until")
    return Reason(code, group, str(said["words"]), until if isinstance(until, date) else None)


def reasons_on(day: date, group: str) -> list[tuple[str, str]]:
    """The reasons of a group that are in use on a day, for a form: code and words."""
    found = (one for one in every_reason().values() if one.group == group)
    return [(one.code, one.words) for one in found if one.until is None or one.until >= day]
