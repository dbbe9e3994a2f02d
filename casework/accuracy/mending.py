"""Where what a rule finds is mended: the form that changes that field, or who can change it where no form does yet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from casework.access.rules import may
from casework.accounts.models import User
from casework.accuracy.models import Finding
from casework.assessment.models import Assessment
from casework.canonical.queries import LIVE
from casework.early_help.models import AssessedChild
from casework.people import panels
from casework.people.models import Address
from goldenthread.quality.kept.report.words import return_name, table_name

ASSESSORS = ("assessment.write", "assessment.authorise")
TOPICS: Mapping[str, tuple[str, ...]] = {
    "name": ("forename", "surname"),
    "birth": ("is_child", "born_on", "birth_date_estimated", "expected_on"),
    "identity": ("sex", "gender", "ethnicity"),
    "health": ("disabled", "is_mother", "disability"),
    "school": ("upn", "former_upn", "upn_unknown_reason"),
    "immigration": ("immigration_status", "unaccompanied", "unaccompanied_until"),
    "living": ("no_fixed_address",),
    "death": ("died_on",),
}
"""The columns of a person that each page of the details asks."""
TOPIC_OF = {column: topic for topic, columns in TOPICS.items() for column in columns}
SEEN = ("child_first_seen_on", "child_seen")
CARRIED = (
    "No form changes this yet: it came over with the former record. Tell the analyst, who has it mended there and "
    "brought over again."
)
ROWS: Mapping[str, str] = {
    "strategy_discussions": "strategy discussion",
    "section_47_enquiries": "enquiry",
    "conferences": "conference",
    "cp_plans": "plan",
    "cp_plan_categories": "plan",
    "cin_plans": "plan",
    "core_groups": "core group",
    "cin_reviews": "review",
    "visits": "visit",
    "missing_episodes": "time missing",
    "return_interviews": "time missing",
    "police_protections": "police protection",
    "emergency_orders": "emergency order",
    "private_fostering": "private fostering",
}
"""Tables whose every row is read, and put right, on a page of its own: what the row is called."""
NO_COLUMN = "No single field shows it. Compare the dates and choices on this record with what the rule says."
TWICE = "If they are one child, ask a manager to put the two records together."
AUTHORISED = "An authorised assessment is not changed. If the day is right, say why below; if not, ask a manager."


@dataclass(frozen=True)
class Mend:
    """How to mend a finding: what the link says and where it leads; without an address, who can."""

    words: str
    address: str = ""


@dataclass(frozen=True)
class Shown:
    """A finding with how it is mended, and whether the reader may explain it."""

    finding: Finding
    mend: Mend
    field: str
    may_answer: bool

    @property
    def of(self) -> str:
        """Whose rule it is, in words."""
        return {"record": "record itself"}.get(self.finding.checked_as) or return_name(self.finding.checked_as)


def shown(findings: Iterable[Finding], user: User, *, look_up: bool = True) -> list[Shown]:
    """The findings (with person and answer) as pages show them: a query for each kind of row, none without `look_up`.

    An error that one rule finds in several rows of a child is one line: it is read once, and names every field.
    """
    together: dict[tuple[object, ...], list[Finding]] = {}
    for row in findings:
        key = (row.checked_as, row.rule, row.person_id) if row.error else (row.pk,)
        together.setdefault(key, []).append(row)
    firsts = [rows[0] for rows in together.values()]
    places, answers = _Places(firsts if look_up else []), may(user, "accuracy.answer")
    return [
        Shown(row, _mend(row, user, places), _fields(rows), answers and not row.error and bool(row.person_id))
        for row, rows in zip(firsts, together.values(), strict=True)
    ]


def _fields(rows: list[Finding]) -> str:
    """The fields in words, each once: Care episodes: started on (2 rows); People: born on."""
    counted = Counter(field_name(row.field) for row in rows if row.field)
    return "; ".join(f"{name} ({number} rows)" if number > 1 else name for name, number in counted.items())


def field_name(field: str) -> str:
    """`care_leavers.in_touch` in words: Care leavers, in touch."""
    table, _, column = field.partition(".")
    return f"{table_name(table)}: {column.replace('_', ' ')}" if column else ""


class _Places:
    """The keys that addresses of pages take, of the rows that these findings are about."""

    def __init__(self, rows: list[Finding]) -> None:
        self.looked_up = bool(rows)
        self.assessments: dict[str, Assessment] = {
            one.reference: one
            for one in _if_any(Assessment, rows, "assessments", "assessment_factors")
        }  # fmt: skip
        self.families = {
            one.reference: one.assessment_id for one in _if_any(AssessedChild, rows, "early_help_assessments")
        }
        self.addresses = {one.reference: one.pk for one in _if_any(Address, rows, "addresses")}
        self.pages = panels.read_at((row.record, _key(row)) for row in rows if row.record in ROWS)


def _if_any(model: Any, rows: list[Finding], *tables: str) -> Iterable[Any]:
    asked = {_key(row) for row in rows if row.record in tables}
    return model._default_manager.filter(reference__in=asked) if asked else ()


def _key(row: Finding) -> str:
    """The identifier of the row that is found fault with."""
    return row.record_id.split("|")[0]


def _mend(row: Finding, user: User, places: _Places) -> Mend:
    if row.rule == "people.twice":
        return Mend(TWICE)
    page = places.pages.get((row.record, _key(row)))
    if page:
        return Mend(f"Open the {ROWS[row.record]}", page)
    table, _, column = row.field.partition(".")
    if not column:
        return Mend(NO_COLUMN)
    if table not in LIVE or row.person is None:
        return Mend(CARRIED)
    words, view, args, permissions = _form(row, table, column, places)
    if not view:
        return Mend(words)
    if not may(user, *permissions):
        return Mend(f"{WHO.get(permissions[0], 'A manager')} can change this.")
    return Mend(words, reverse(view, args=args))


WHO = {
    "people.write": "The child’s worker or business support",
    "assessment.write": "The social worker who assesses the child",
    "early_help.write": "The early help worker",
}
LOOKED_UP = {"addresses", "assessments", "assessment_factors", "early_help_assessments", *ROWS}
"""Tables whose rows are looked for, to know their pages."""
Form = tuple[str, str, list[object], tuple[str, ...]]
"""What the link says, the view, what its address takes, and who may open it. No view: the words say who can mend it."""


def _form(row: Finding, table: str, column: str, places: _Places) -> Form:
    assert row.person is not None
    own: list[object] = [row.person.reference]
    key = _key(row)
    match table:
        case "people" | "disabilities" if column in TOPIC_OF:
            return "Change it", "change_details", [*own, TOPIC_OF[column]], ("people.write",)
        case "addresses" if key in places.addresses:
            return (
                "Change the address",
                "change_belonging",
                [*own, "addresses", places.addresses[key]],
                ("people.write",),
            )
        case "assessments" | "assessment_factors" if key in places.assessments:
            return _assessment(places.assessments[key], table, column)
        case "early_help_assessments" if key in places.families:
            return "Open the early help", "early_help", [places.families[key]], ("people.read",)
        case _ if not places.looked_up and table in LOOKED_UP:
            return "See where to mend it", "person_accuracy", own, ("people.read",)
        case "referrals" if row.record == table:
            return "Open the referral", "referral", [key], ("people.read",)
        case "contacts":
            return "Open the contacts", "contacts_of_person", own, ("people.read",)
        case "relationships":
            return "Open the family", "person_family", own, ("people.read",)
        case "allocations":
            return "Change who holds the case", "allocate", own, ("allocation.make",)
        case _:
            return "Open the details", "person_details", own, ("people.read",)


def _assessment(found: Assessment, table: str, column: str) -> Form:
    if found.authorised_on is not None:
        return AUTHORISED, "", [], ()
    if table == "assessment_factors":
        return "Change the factors", "assessment_factors", [found.pk], ASSESSORS
    if column in SEEN:
        return "Say when the child was seen", "assessment_seen", [found.pk], ASSESSORS
    return "Open the assessment", "assessment", [found.pk], ("people.read",)
