"""What a genogram is drawn from: people, how they are related, who lives together. No database, no web."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Person:
    """One person of the drawing. `sex` and `gender` are codes of those code sets.

    A restricted person keeps a place and lines and loses all else: name, dates, sex, link, household.
    """

    id: str
    name: str
    sex: str = "U"
    gender: str = ""
    born_on: date | None = None
    birth_date_estimated: bool = False
    expected_on: date | None = None
    died_on: date | None = None
    unborn: bool = False
    focus: bool = False
    concern: bool = False
    restricted: bool = False
    href: str = ""


@dataclass(frozen=True, slots=True)
class Relationship:
    """What `related_id` is to `person_id`: a code of the code set `relationship`."""

    person_id: str
    related_id: str
    kind: str
    parental_responsibility: bool | None = None
    started_on: date | None = None
    ended_on: date | None = None


@dataclass(frozen=True, slots=True)
class Stay:
    """A person's time in a household; either day may be unknown."""

    person_id: str
    started_on: date | None = None
    ended_on: date | None = None

    def on(self, day: date) -> bool:
        """Whether the person lives there on a day."""
        return (self.started_on is None or self.started_on <= day) and (self.ended_on is None or day <= self.ended_on)


@dataclass(frozen=True, slots=True)
class Household:
    """People who live or lived together, under a name that a reader knows it by."""

    name: str
    stays: tuple[Stay, ...] = ()


@dataclass(frozen=True, slots=True)
class Family:
    """Everyone to be drawn and all that is recorded of how they belong together."""

    people: tuple[Person, ...]
    relationships: tuple[Relationship, ...] = ()
    households: tuple[Household, ...] = ()


@dataclass(frozen=True, slots=True)
class Genogram:
    """The drawing as SVG text, its size, and a sentence for each relationship that could not be drawn."""

    svg: str
    width: int
    height: int
    not_drawn: tuple[str, ...]
