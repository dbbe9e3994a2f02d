"""A child's record as the child will one day read it: what happened, said to them plainly, and their own words.

Nothing is in it that is only for those who work with the family: no codes, no facts about other people.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import groupby
from pathlib import Path

import yaml

from casework.chronology.lines import lines_of
from casework.people.models import Person
from casework.story.queries import Heard, heard_from


@dataclass(frozen=True)
class Told:
    """One thing: the day, what happened and why it mattered; or the child's own words and what came of them."""

    on: date
    sentence: str = ""
    why: str = ""
    words: str = ""
    what_changed: str = ""


def story_of(person: Person, today: date) -> list[tuple[int, list[Told]]]:
    """What happened and the child's words, by year, the earliest first."""
    told = [*_events(person, today), *(_words(one) for one in heard_from(person))]
    return [(year, list(found)) for year, found in groupby(sorted(told, key=lambda one: one.on), _year)]


@lru_cache(maxsize=1)
def sentences() -> Mapping[str, str]:
    """What is said to the child of each kind of event; empty where nothing is told."""
    found: dict[str, str] = yaml.safe_load((Path(__file__).parent / "sentences.yaml").read_text(encoding="utf-8"))
    return found


def _events(person: Person, today: date) -> Iterator[Told]:
    """What repeats in an ordinary life is told once a year of each worker: a list of visits is no story."""
    told_in = set[tuple[int, str]]()
    for line in lines_of([person], today):
        said = [one for one in (_sentence(kind, line.who) for kind in line.kinds) if one]
        if not line.key:
            said = [one for one in said if (line.on.year, one) not in told_in]
        told_in |= {(line.on.year, one) for one in said}
        if said or line.significance:
            yield Told(line.on, " ".join(dict.fromkeys(said)), line.significance)


def _sentence(kind: str, who: str) -> str:
    return sentences().get(kind, "").replace("{worker}", f" Their name is {who}." if who else "")


def _words(one: Heard) -> Told:
    return Told(one.on, words=one.words, what_changed=one.what_changed)


def _year(told: Told) -> int:
    return told.on.year
