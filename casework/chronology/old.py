"""How long ago is too long ago for a summary: the local measure, which is data."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from django.conf import settings

from casework.common.local_rules import read_rules

FILE = Path(__file__).parent / "old.yaml"


@cache
def measures() -> Mapping[str, int]:
    """After how many days each line is too old, from the file that the setting names, or from `old.yaml` here."""
    found: dict[str, int] = read_rules(settings.SUMMARY_STANDARDS, FILE)["old"]
    return found


def too_old(line: str, days: int | None) -> bool:
    """Whether that line is too old to rely on; what was never done is, and what has no measure never is."""
    return days is None or days > measures().get(line, days)
