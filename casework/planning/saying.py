"""What prompts say, and the words they look for: `prompts.yaml`, read once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

FILE = Path(__file__).parent / "prompts.yaml"


@dataclass(frozen=True)
class Vague:
    """Words that say too little, where they are looked for, what to write instead and why."""

    pattern: re.Pattern[str]
    apart_from: re.Pattern[str] | None
    places: frozenset[str]
    says: str
    why: str

    def found_in(self, text: str) -> str:
        """The first of the words there is in the text, other than as part of an ordinary phrase."""
        found = self.pattern.search(self.apart_from.sub(" ", text) if self.apart_from else text)
        return found.group() if found else ""


@dataclass(frozen=True)
class Sayings:
    """All of it."""

    vague: tuple[Vague, ...]
    missing: dict[str, dict[str, str]]
    reading: dict[str, Any]


@cache
def sayings() -> Sayings:
    """The file's content."""
    read = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return Sayings(tuple(map(_vague, read["vague"])), read["missing"], read["reading"])


def _vague(one: dict[str, Any]) -> Vague:
    apart_from = _pattern(one["apart_from"]) if "apart_from" in one else None
    return Vague(_pattern(one["words"]), apart_from, frozenset(one["in"]), one["says"], one["why"])


def _pattern(words: list[str]) -> re.Pattern[str]:
    each = (re.escape(word.removesuffix("*")) + (r"\w*" if word.endswith("*") else "") for word in words)
    return re.compile(rf"\b(?:{'|'.join(each)})\b", re.IGNORECASE)
