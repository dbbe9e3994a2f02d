"""What the project carries as data is what the reference says, entry by entry."""

import re
from pathlib import Path
from typing import Any

import yaml

from goldenthread.indicators import INDICATORS, NOT_COMPUTED
from goldenthread.statute.load import load_book


def read(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)


def test_every_timescale_is_in_the_statute_book(shared: Path) -> None:
    wanted = {rule["id"] for rule in read(shared / "reference/statute.yaml")["rules"]}
    held = {rule.id for rule in load_book().rules}
    assert len(wanted) == 200
    assert held >= wanted, sorted(wanted - held)


def test_limits_counting_and_dates_are_the_references(shared: Path) -> None:
    held = {rule.id: rule for rule in load_book().rules}
    wrong = []
    for entry in read(shared / "reference/statute.yaml")["rules"]:
        rule = held[entry["id"]]
        if rule.limit.number != entry["limit"]["number"]:
            wrong.append(f"{rule.id}: {rule.limit.number} is not {entry['limit']['number']}")
        if rule.limit.counting.value != entry["limit"]["counting"]:
            wrong.append(f"{rule.id}: {rule.limit.counting.value} is not {entry['limit']['counting']}")
        if (rule.effective_from.text if rule.effective_from else None) != text_or_none(entry["effective_from"]):
            wrong.append(f"{rule.id}: in force from {rule.effective_from}, not {entry['effective_from']}")
        if len(rule.sources) < len(entry["sources"]):
            wrong.append(f"{rule.id}: has {len(rule.sources)} of {len(entry['sources'])} sources")
    assert not wrong


def text_or_none(found: object) -> str | None:
    return None if found is None else str(found)


def test_every_printed_and_published_indicator_is_computed_or_says_why_not(shared: Path) -> None:
    printed = {str(entry["id"]) for entry in read(shared / "reference/dashboard_2019.yaml")["indicators"]}
    published = {
        entry["id"]
        for entry in read(shared / "reference/indicators.yaml")["indicators"]
        if "status" not in entry and "NOT PUBLISHED" not in entry["numerator"]
    }
    computed = {indicator.id for indicator in INDICATORS.values()}
    national = {
        word for found in INDICATORS.values() for word in re.findall(r"[A-Z0-9_]+", found.national_definition or "")
    }
    named = computed | national | {found.id for found in NOT_COMPUTED}
    assert len(printed) == 31
    assert not printed - named, sorted(printed - named)
    assert not published - named, sorted(published - named)
