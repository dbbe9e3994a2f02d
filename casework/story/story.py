"""A child's record as the child will one day read it: what happened, said to them plainly, and their own words.

Of what workers write, only what came of the child's words is in it, which is written for the child. A sentence of ours
is told of each event; why a worker thought that it matters, warnings and what others said in confidence are not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
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
    """One thing: the day and what happened; or the child's own words and what came of them."""

    on: date
    sentence: str = ""
    words: str = ""
    what_changed: str = ""
    unborn: bool = False


def story_of(person: Person, today: date) -> list[tuple[int, list[Told]]]:
    """What happened and the child's words, by year, the earliest first. What was taken down again is told once."""
    told = [*_events(person, today), *_words(reversed(heard_from(person)))]
    return [(year, list(found)) for year, found in groupby(sorted(told, key=lambda one: one.on), _year)]


@lru_cache(maxsize=1)
def sentences() -> Mapping[str, str]:
    """What is said to the child of each kind of event; empty where nothing is told."""
    found: dict[str, str] = yaml.safe_load((Path(__file__).parent / "sentences.yaml").read_text(encoding="utf-8"))
    return found


def _events(person: Person, today: date) -> Iterator[Told]:
    """A day at a time. What repeats in an ordinary life is told once a year of each worker: a list of visits is no
    story.
    """
    told_in, named, before = set[tuple[int, str]](), set[str](), set[str]()
    for day, lines in groupby(lines_of([person], today), lambda line: line.on):
        said = list[str]()
        found = [(line, kind) for line in lines for kind in line.kinds or ("",)]
        kinds = {kind for _, kind in found}
        before -= {new for kind in kinds for new in BEGINS_ANEW.get(kind, ())}
        for line, kind in sorted(found, key=lambda one: _place(one[1])):
            told = "" if kinds & SAID_BY.get(kind, set()) else _sentence(kind, line.who, named, before)
            if told and (line.key or (day.year, told) not in told_in):
                said.append(told)
                told_in.add((day.year, told))
                before.add(kind)
        if said:
            unborn = person.born_on is not None and day < person.born_on
            yield Told(day, " ".join(dict.fromkeys(said)), unborn=unborn)


SAID_BY = {
    "referral.received": {"contact.received"},
    "referral.decided": {"referral.accepted"},
    "contact.decided": {"referral.accepted"},
    "referral.closed": {"case.transferred_out"},
    "placement.started": {"adoption_placement.started", "short_break.started"},
    "placement.ended": {
        "placement.started", "care_period.ended", "short_break.ended", "adoption_placement.ended",
        "adoption_order.made",
    },
    "short_break.started": {"short_break_arrangement.started"},
    "short_break.ended": {"short_break_arrangement.ended"},
    "care_period.ended": {"adoption_order.made"},
    "authority_to_place.ended": {"adoption_order.made"},
    "adoption_plan.ended": {"adoption_order.made"},
    "adoption_placement.ended": {"adoption_order.made"},
    "care_leaver.support_ended": {"care_leaver.became_relevant", "care_leaver.became_former_relevant"},
}  # fmt: skip
"""What need not be told on a day on which one of the others happened."""
LATER = {
    "case.allocated": "You got a new worker.{worker}",
    "placement.started": "Where you lived, or who cared for you, changed.",
}
"""What is told instead once it was told before, until one of `BEGINS_ANEW`."""
BEGINS_ANEW = {"care_period.started": {"placement.started"}}
A_WORKER = "A social worker"
AGAIN = {"case.allocated": "{who} was your worker from then on."}
"""What is told instead where the child knows the worker already."""


@lru_cache(maxsize=1)
def _places() -> Mapping[str, int]:
    return {kind: place for place, kind in enumerate(sentences())}


def _place(kind: str) -> int:
    """Where in its day it is told."""
    return _places().get(kind, len(_places()))


def _sentence(kind: str, who: str, named: set[str], before: set[str]) -> str:
    """What is told of it. A worker is introduced once, and has a name from then on."""
    told = LATER[kind] if kind in LATER and kind in before else sentences().get(kind, "")
    if "{worker}" not in told or not who:
        return told.replace("{worker}", "")
    if who in named and kind in AGAIN:
        return AGAIN[kind].format(who=who)
    if who in named and told.startswith(A_WORKER):
        return told.replace("{worker}", "").replace(A_WORKER, who, 1)
    named.add(who)
    return told.replace("{worker}", f" Their name is {who}.")


def _words(heard: Iterable[Heard]) -> Iterator[Told]:
    known = set[str]()
    for one in heard:
        if one.what_changed or one.words.strip() not in known:
            yield Told(one.on, words=one.words, what_changed=one.what_changed)
        known.add(one.words.strip())


def _year(told: Told) -> int:
    return told.on.year
