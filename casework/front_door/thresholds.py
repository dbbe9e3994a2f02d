"""Which edition of the threshold document a decision is made under, and its headings. The editions are data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

EDITIONS = Path(__file__).with_name("threshold_editions.yaml")


@dataclass(frozen=True)
class Edition:
    """An edition of the threshold document, in use from a day until the next one."""

    name: str
    effective_from: date
    headings: tuple[str, ...]
    source: str


@cache
def editions() -> tuple[Edition, ...]:
    """Every edition, oldest first. ValueError where the first gives no headings."""
    found: list[Edition] = []
    for entry in yaml.safe_load(EDITIONS.read_text(encoding="utf-8"))["editions"]:
        found.append(_edition(entry, found[-1].headings if found else ()))
    return tuple(sorted(found, key=lambda edition: edition.effective_from))


def _edition(entry: dict[str, Any], before: tuple[str, ...]) -> Edition:
    headings = tuple(entry.get("headings", before))
    if not headings:
        raise ValueError(f"{EDITIONS.name}: {entry['name']} gives no headings, and no edition before it does")
    return Edition(entry["name"], date.fromisoformat(entry["effective_from"]), headings, entry["source"])


def edition_on(day: date) -> Edition | None:
    """The edition in use on that day; None before the first."""
    return next((edition for edition in reversed(editions()) if edition.effective_from <= day), None)
