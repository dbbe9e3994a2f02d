"""People, dates and ages in words, as the drawing and its equivalent both say them."""

from __future__ import annotations

from datetime import date

from casework.people.genogram.model import Person
from goldenthread.codesets import code_set
from goldenthread.dates import age_on

RESTRICTED = "Restricted record"
MALE, FEMALE, OTHER = "male", "female", "other"
BY_GENDER = {"1": MALE, "2": FEMALE, "9": OTHER}
BY_SEX = {"M": MALE, "F": FEMALE}


def called(person: Person) -> str:
    """The name to show: never that of a restricted record."""
    if person.restricted:
        return RESTRICTED
    return " ".join(person.name.split()) or ("Unborn child" if person.unborn else "Name not known")


def first_name(person: Person) -> str:
    """Short form for a caption beside another person's name."""
    return called(person) if person.restricted or not person.name.split() else person.name.split()[0]


def gender(person: Person) -> str:
    """Male, female or other: gender where it is recorded, else sex. Not told of a restricted record."""
    if person.restricted:
        return OTHER
    return BY_GENDER.get(person.gender) or BY_SEX.get(person.sex, OTHER)


def age(person: Person, on: date) -> int | None:
    """Whole years on the day, or at death; None when not known, not born or restricted."""
    last = min(person.died_on, on) if person.died_on else on
    if person.restricted or person.unborn or person.born_on is None or last < person.born_on:
        return None
    return age_on(person.born_on, last)


def day_text(day: date) -> str:
    """A day as 3 May 2015."""
    return f"{day.day} {day:%B} {day.year}"


def short_day(day: date) -> str:
    """A day as 3 Sep 2015, for a narrow place."""
    return f"{day.day} {day:%b} {day.year}"


def dates(person: Person) -> list[str]:
    """Short lines: when born or due, and when died."""
    if person.restricted:
        return []
    found = []
    if person.unborn:
        found.append(f"Due {short_day(person.expected_on)}" if person.expected_on else "Unborn")
    elif person.born_on and person.birth_date_estimated:
        found.append(f"Born about {person.born_on.year}")
    elif person.born_on:
        found.append(f"Born {short_day(person.born_on)}")
    if person.died_on:
        found.append(f"Died {short_day(person.died_on)}")
    return found


def about(person: Person, on: date) -> str:
    """One line on the person in full, for a screen reader and for the words beside the drawing."""
    if person.restricted:
        return RESTRICTED
    said, years = [called(person)], age(person, on)
    said += [gender(person)] if gender(person) != OTHER else []
    said += [_birth(person)] if _birth(person) else []
    said += [f"aged {years}" if not person.died_on else f"aged {years} at death"] if years is not None else []
    said += [f"died {day_text(person.died_on)}"] if person.died_on else []
    said += ["the child in focus"] if person.focus else []
    said += ["subject of concern"] if person.concern else []
    return ", ".join(said)


def _birth(person: Person) -> str:
    if person.unborn:
        return f"unborn, due {day_text(person.expected_on)}" if person.expected_on else "unborn"
    if person.born_on is None:
        return ""
    if person.birth_date_estimated:
        return f"born about {person.born_on.year}"
    return f"born {day_text(person.born_on)}"


def relation_label(kind: str) -> str:
    """What the code set calls a kind of relationship."""
    return code_set("relationship").labels.get(kind, "Other")


def joined(names: list[str]) -> str:
    """Names as a list in a sentence."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
