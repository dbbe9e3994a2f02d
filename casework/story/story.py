"""A child's record as the child will one day read it: what happened, said to them plainly, and their own words.

Nothing is in it that is only for those who work with the family: no codes, no facts about other people.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from casework.chronology.lines import lines_of
from casework.people.models import Person
from casework.story.queries import heard_from


@dataclass(frozen=True)
class Told:
    """One thing: the day, what happened and why it mattered; or the child's own words and what came of them."""

    on: date
    sentence: str = ""
    why: str = ""
    words: str = ""
    what_changed: str = ""


def story_of(person: Person, today: date) -> list[tuple[int, list[Told]]]:
    """The key events and the child's words, by year, the earliest first."""
    name = person.known_as or person.forename or "you"
    told = [
        Told(line.on, _to(name, line.plain), line.significance)
        for line in lines_of([person], today)
        if line.key and (line.plain or line.significance)
    ]
    told += [Told(one.on, words=one.words, what_changed=one.what_changed) for one in heard_from(person)]
    return [(year, list(found)) for year, found in groupby(sorted(told, key=lambda one: one.on), _year)]


def _year(told: Told) -> int:
    return told.on.year


def _to(name: str, sentence: str) -> str:
    for words in ("the child's", "The child's", "the young person's", "The young person's"):
        sentence = sentence.replace(words, f"{name}’s")
    for words in ("the child", "The child", "the young person", "The young person"):
        sentence = sentence.replace(words, name)
    return sentence
