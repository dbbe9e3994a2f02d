"""What is known of a person themselves, in the words and the order of the details page, a topic at a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from casework.common.coded import meaning
from casework.people.ages import age_in_words
from casework.people.models import Person

ASKED = {True: "Yes", False: "No", None: "Not known"}


@dataclass(frozen=True)
class Topic:
    """Questions that are answered together. Each row is a label and what is known; empty for not known."""

    code: str
    title: str
    rows: tuple[tuple[str, str], ...]


def topics(person: Person, today: date) -> list[Topic]:
    """Every topic of this person: one query, for the disabilities."""
    died = [Topic("death", "Death", (("Died", _day(person.died_on)),))] if person.died_on else []
    found = [_name(person), *died, _birth(person, today), _identity(person), _communication(person)]
    if person.is_child:
        found += [_health(person), _school(person)]
    return [*found, _immigration(person), Topic("living", "Fixed address", (_living(person),))]


def _name(person: Person) -> Topic:
    rows = (
        ("First name", person.forename),
        ("Middle names", person.middle_names),
        ("Family name", person.surname),
        ("Known as", person.known_as),
    )
    return Topic("name", "Name", rows)


def _birth(person: Person, today: date) -> Topic:
    estimated = (
        "The day is a stand-in: the 15th of the month it was thought to be" if person.birth_date_estimated else ""
    )
    recorded = "Child" if person.is_child else "Adult"
    rows = [("Recorded as", recorded), ("Born", _day(person.born_on)), ("Age", age_in_words(person, today))]
    if person.birth_date_estimated:
        rows.append(("How sure", estimated))
    if person.expected_on:
        rows.append(("Expected" if person.unborn else "Was expected", _day(person.expected_on)))
    return Topic("birth", "Birth", tuple(rows))


def _identity(person: Person) -> Topic:
    rows = [
        ("Sex", meaning("sex", person.sex) if person.sex else ""),
        ("Gender", meaning("gender", person.gender) if person.gender else ""),
        ("Ethnic background", meaning("ethnicity", person.ethnicity) if person.ethnicity else ""),
    ]
    return Topic("identity", "Sex, gender and ethnic background", tuple(rows))


def _communication(person: Person) -> Topic:
    rows = (
        ("First language", person.first_language),
        ("Interpreter needed", ASKED[person.interpreter_needed]),
        ("What helps them to communicate", person.communication_needs),
    )
    return Topic("communication", "Language and communication", rows)


def _health(person: Person) -> Topic:
    kinds = ", ".join(meaning("disability", one.disability) for one in person.disabilities.order_by("disability"))
    rows = [("Disabled", ASKED[person.disabled]), ("Kinds of disability", kinds)]
    if person.is_mother is not None:
        rows.append(("Is a mother", ASKED[person.is_mother]))
    return Topic("health", "Disability", tuple(rows))


def _school(person: Person) -> Topic:
    reason = meaning("upn_unknown", person.upn_unknown_reason) if person.upn_unknown_reason else ""
    rows = [("Unique pupil number", person.upn or (f"None: {reason}" if reason else ""))]
    if person.former_upn:
        rows.append(("Earlier pupil number", person.former_upn))
    return Topic("school", "School", tuple(rows))


def _immigration(person: Person) -> Topic:
    rows = [("Immigration status", person.immigration_status)]
    if person.is_child:
        rows.append(("Unaccompanied and seeking asylum", ASKED[person.unaccompanied]))
    if person.unaccompanied_until:
        rows.append(("Stopped being so on", _day(person.unaccompanied_until)))
    return Topic("immigration", "Immigration", tuple(rows))


def _living(person: Person) -> tuple[str, str]:
    return "Without a fixed address", ASKED[person.no_fixed_address]


def _day(value: date | None) -> str:
    return f"{value:%-d %B %Y}" if value else ""
