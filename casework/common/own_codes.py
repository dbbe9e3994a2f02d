"""Codes of our own in a YAML file, by group: each with its words and, once it is retired, until when it was in use.

push:
  arguments: Arguments at home
  curfew: {words: A curfew that felt unfair, until: 2027-03-31}
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml


@dataclass(frozen=True)
class OwnCodes:
    """The codes of one file, read once."""

    path: Path

    @cached_property
    def _groups(self) -> dict[str, dict[str, Any]]:
        found: dict[str, dict[str, Any]] = yaml.safe_load(self.path.read_text(encoding="utf-8"))
        return found

    def in_use(self, group: str, on: date) -> list[tuple[str, str]]:
        """The codes of a group in use on a day, with their words, for a form."""
        return [(code, _words(said)) for code, said in self._groups[group].items() if _until(said) >= on]

    def words_of(self, group: str, codes: Iterable[str]) -> list[str]:
        """What these codes are called, of those that the group has or had, in the order of the file."""
        wanted = set(codes)
        return [_words(said) for code, said in self._groups[group].items() if code in wanted]

    @property
    def words(self) -> dict[str, str]:
        """What each code of any group is or was called."""
        return {code: _words(said) for group in self._groups.values() for code, said in group.items()}


def _words(said: Any) -> str:
    return said if isinstance(said, str) else str(said["words"])


def _until(said: Any) -> date:
    until = None if isinstance(said, str) else said.get("until")
    return until if isinstance(until, date) else date.max
