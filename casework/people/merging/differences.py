"""What two records say of one person, topic by topic: the same, by one of them alone, or differently by each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from casework.common.coded import OfCodeSet, meaning
from casework.people.models import Person

STAYS, GOES = "stays", "goes"
EMPTY = (None, "")


@dataclass(frozen=True)
class Topic:
    """Columns of a person that are answered together, so that no mixture of two records is made of them."""

    code: str
    title: str
    columns: tuple[str, ...]


TOPICS = (
    Topic("name", "Name", ("forename", "middle_names", "surname")),
    Topic("known_as", "Known as", ("known_as",)),
    Topic("birth", "Date of birth", ("born_on", "birth_date_estimated", "expected_on")),
    Topic("death", "Date of death", ("died_on",)),
    Topic("sex", "Sex", ("sex",)),
    Topic("gender", "Gender", ("gender",)),
    Topic("ethnicity", "Ethnic background", ("ethnicity",)),
    Topic("disabled", "Disabled", ("disabled",)),
    Topic("upn", "Unique pupil number", ("upn", "upn_unknown_reason")),
    Topic("former_upn", "Earlier pupil number", ("former_upn",)),
    Topic("mother", "Is a mother", ("is_mother",)),
    Topic("alone", "Came alone, seeking asylum", ("unaccompanied", "unaccompanied_until")),
    Topic("language", "First language", ("first_language",)),
    Topic("interpreter", "Needs an interpreter", ("interpreter_needed",)),
    Topic("communication", "Help with communication", ("communication_needs",)),
    Topic("immigration", "Immigration status", ("immigration_status",)),
    Topic("ward", "Ward", ("ward",)),
    Topic("homeless", "No fixed address", ("no_fixed_address",)),
)


@dataclass(frozen=True)
class Compared:
    """One topic of two records, in words, and whose answer holds: None where somebody has to choose."""

    topic: Topic
    stays: str
    goes: str
    holds: str | None


def compare(stays: Person, goes: Person) -> list[Compared]:
    """Every topic that either record answers."""
    found = []
    for topic in TOPICS:
        here, there = values(stays, topic), values(goes, topic)
        if _known(here) or _known(there):
            words = in_words(stays, topic), in_words(goes, topic)
            found.append(Compared(topic, *words, STAYS if words[0] == words[1] else _holds(here, there)))
    return found


def values(person: Person, topic: Topic) -> tuple[Any, ...]:
    """What the record holds in the columns of the topic."""
    return tuple(getattr(person, name) for name in topic.columns)


def chosen(stays: Person, goes: Person, choices: Mapping[str, str]) -> dict[str, Any]:
    """The columns of `stays` that change, and to what. KeyError for a topic that has to be chosen and is not."""
    changes: dict[str, Any] = {}
    for one in compare(stays, goes):
        if (one.holds or choices[one.topic.code]) == GOES:
            changes |= {name: getattr(goes, name) for name in one.topic.columns}
    if goes.is_child:
        changes["is_child"] = True
    return {name: value for name, value in changes.items() if getattr(stays, name) != value}


def in_words(person: Person, topic: Topic) -> str:
    """The topic as the record has it; empty where it does not know."""
    if topic.code == "birth":
        return _birth(person)
    if topic.code == "name":
        return " ".join(part for part in values(person, topic) if part)
    said = [_said(person, name) for name in topic.columns]
    return ", ".join(part for part in said if part)


def _holds(here: Iterable[Any], there: Iterable[Any]) -> str | None:
    if not _known(there):
        return STAYS
    return None if _known(here) else GOES


def _known(answers: Iterable[Any]) -> bool:
    return any(answer not in EMPTY for answer in answers)


def _said(person: Person, name: str) -> str:
    value = getattr(person, name)
    if value in EMPTY:
        return ""
    return said(value, person._meta.get_field(name))


def said(value: Any, field: Any) -> str:
    """A column's value as a reader is told it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return f"{value:%-d %B %Y}"
    code_set = next((one for one in getattr(field, "validators", ()) if isinstance(one, OfCodeSet)), None)
    return meaning(code_set.name, value) if code_set else str(value)


def _birth(person: Person) -> str:
    born = f"{'about ' if person.birth_date_estimated else ''}{person.born_on:%-d %B %Y}" if person.born_on else ""
    expected = f"expected {person.expected_on:%-d %B %Y}" if person.expected_on else ""
    return ", ".join(part for part in (born, expected) if part)
