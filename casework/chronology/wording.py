"""How a line of a chronology is said: what happened, in the field's words, and the facts of the row it comes from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from casework.common.coded import meaning
from goldenthread.dataset.schema import Column, Kind
from goldenthread.dataset.tables import TABLES

STAGES = {
    "people": "The family and home",
    "early_help": "Early help",
    "front_door": "Contacts and referrals",
    "assessment": "Assessments",
    "child_protection": "Child protection",
    "child_in_need": "Child in need and visits",
    "exploitation": "Exploitation",
    "court": "Court and police",
    "looked_after": "Looked after",
    "adoption": "Adoption",
    "leaving_care": "Leaving care",
    "workforce": "Workers and supervision",
    "notes": "Case notes",
    "added": "Added to the chronology",
}
"""What the lines are sorted under: the stage that declares their table, and the kinds of line that have none."""

ROUTINE = frozenset(
    {
        *("child.seen", "child_in_need_visit.made", "child_protection_visit.made", "looked_after_visit.made"),
        *(
            "private_fostering_visit.made",
            "private_fostering.change_notified",
            "adoption_visit.made",
            "personal_adviser_visit.made",
        ),
        *("child.turned_5", "child.turned_16", "child.turned_21", "child.turned_25"),
        *("referral.acknowledged", "referral.decided", "assessment.reviewed", "assessment.reviewed_again"),
        *("assessment.shared", "supervision.held", "core_group.held", "case.deallocated", "care_leaver.contacted"),
        *("early_help_plan.reviewed", "child_in_need_review.held", "permanence_meeting.held", "placement_plan.agreed"),
        *("care_plan.prepared", "delegated_authority.recorded", "pathway_plan.reviewed"),
        *("personal_education_plan.started", "personal_education_plan.completed", "personal_education_plan.reviewed"),
        *("dental_check.completed", "immunisations.confirmed", "sdq.completed", "review_health_assessment.completed"),
        *("initial_health_assessment.reported", "reviewing_officer.appointed", "accommodation.started"),
        *("return_interview.offered", "emergency_protection_order.extension_began"),
    }
)
"""What repeats in an ordinary life on the record: not among the key events, unless somebody says why it matters."""

SAID_OTHERWISE = {"kind", "child_seen", "latest_category"}
"""Columns that say nothing of their own: the title says it, or the line of the day on which the category changed."""
FACTS_OF = {"strategy_discussions": "held_on", "conferences": "held_on"}
"""The day on which their facts became known, of tables with an earlier one: when harm was suspected, or word came."""
TOLD_ELSEWHERE = {"people"}
"""Tables whose facts stand at the top of the record, and are no part of what happened."""
SOURCES = {
    "people": "details",
    "cin_plans": "child in need plans",
    "cin_reviews": "child in need reviews",
    "cp_plans": "child protection plans",
    "cp_plan_categories": "child protection plans",
    "peps": "personal education plans",
    "sdqs": "strengths and difficulties questionnaires",
    "notes": "case note",
    "warnings": "warning note",
    "exploitation": "risk of exploitation",
    "exploitation_meetings": "meetings about exploitation",
    "national_referrals": "National Referral Mechanism",
}
"""What the parts of the record are called that are not called as their table is."""
ABBREVIATIONS = {"sdq": "SDQ", "pep": "PEP", "dbs": "DBS"}


def title(kinds: Iterable[str]) -> str:
    """What happened, in few words: “Referral received; referral accepted”."""
    said = "; ".join(_words(kind) for kind in kinds)
    return said[:1].upper() + said[1:]


def _words(kind: str) -> str:
    words = kind.replace("_", " ").replace(".", " ").split()
    return " ".join(ABBREVIATIONS.get(word, word) for word in words)


def facts(table: str, row: Mapping[str, Any], on: date, *, first: bool) -> str:
    """The row's coded facts and yeses that belong to that day, as “Outcome: conference. Seen alone.”

    A fact that became known with a later day of the row is told on that day; the others on the row's first line.
    """
    return "" if table in TOLD_ELSEWHERE else ". ".join(_facts(table, row, on, first))


def _facts(table: str, row: Mapping[str, Any], on: date, first: bool) -> Iterator[str]:
    for column in TABLES[table].columns:
        value = row.get(column.name)
        if value in (None, "", False) or column.name in SAID_OTHERWISE:
            continue
        known_with = column.known_with or FACTS_OF.get(table)
        if (row.get(known_with) == on) if known_with else first:
            yield from _fact(column, value)


def _fact(column: Column, value: Any) -> Iterator[str]:
    name = capital(column.name.replace("_", " "))
    if column.kind is Kind.CODE and column.codes:
        yield f"{name}: {_lower(meaning(column.codes, value))}"
    elif column.kind is Kind.FLAG:
        yield name


def capital(text: str) -> str:
    """With a capital at its start."""
    return text[:1].upper() + text[1:]


def _lower(text: str) -> str:
    """A sentence's start made its middle; names in capitals stay."""
    return text[:1].lower() + text[1:] if text[1:2].islower() else text
