"""How long ago is too long ago for a summary: the local measure, which is data."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import yaml
from django.conf import settings

FILE = Path(__file__).parent / "old.yaml"


@cache
def measures() -> Mapping[str, int]:
    """After how many days each line is too old, from the file that the setting names, or from `old.yaml` here."""
    path = Path(settings.SUMMARY_STANDARDS or FILE)
    found: dict[str, int] = yaml.safe_load(path.read_text(encoding="utf-8"))["old"]
    return found


def too_old(line: str, days: int | None) -> bool:
    """Whether that line is too old to rely on; what was never done is, and what has no measure never is."""
    return days is None or days > measures().get(line, days)
