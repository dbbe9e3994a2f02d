"""Annex A's eleven lists as Ofsted lays them out: headings in order, their other spellings, and what each cell holds.

Where a canonical column names its heading (`annex_a="3.Date of referral"`), kind and codes come from that column;
only what no column can hold is described here. Two generations: the layout of August 2019, and that of 2024 whose
list 9 has four headings more (`since=2024`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from goldenthread.codesets import Code, CodeSet, code_set
from goldenthread.dataset import values
from goldenthread.dataset.schema import Column, Kind
from goldenthread.dataset.tables import TABLES
from goldenthread.dataset.values import UNKNOWN, Parser

CHILD_ID = "Child Unique ID"
GENDER, ETHNICITY, BORN, AGE = "Gender", "Ethnicity", "Date of Birth", "Age of Child (Years)"
DISABILITY = "Does the Child have a Disability"
TEAM, WORKER, ADVISER = "Allocated Team", "Allocated Worker", "Allocated Personal Advisor"
UASC_8 = "Unaccompanied Asylum Seeking Child (UASC) within the Last 12 Months (Y/N)"
UASC_9 = "Unaccompanied Asylum Seeking Child (UASC), or formerly UASC if 18 or over (Y/N)"
CASE_STATUS = "Case Status"
ENTERED_CARE = "Date the Child Entered Care"

CASE_STATUSES = CodeSet(
    "case status",
    (
        Code("looked_after", "Looked after child"),
        Code("child_protection", "Child Protection plan"),
        Code("child_in_need", "Child in need plan"),
        Code("assessment", "Open assessment"),
        Code("closed", "Closed episode"),
    ),
)
"""List 6 says in one word where a case stands; the record holds episodes instead."""

OFSTED_WORDS: Mapping[str, Mapping[str, str]] = {
    "gender": {
        "M": "1",
        "F": "2",
        "Not stated/recorded": "0",
        "Not stated": "0",
        "Not recorded": "0",
        "Unborn": "0",
        "Neither": "9",
        "Indeterminate": "9",
    },
    "ethnicity": {"Unknown": UNKNOWN, "Not known": UNKNOWN},
    "abuse_category": {"Multiple/not recommended": "MUL", "Multiple": "MUL"},
    "permanence_plan": {"SGO/CAO": "guardianship"},
    "conference_outcome": {"Yes": "plan_made", "Y": "plan_made", "No": "no_plan", "N": "no_plan"},
    "adopter_leaving_reason": {
        "Adopter withdrew from process": "1",
        "Process put on hold": "2",
    },
}
"""Ofsted's words for a code, where they are neither the code nor its label."""


@dataclass(frozen=True, slots=True)
class Heading:
    """One column of a list. `why_not_held` is given for what no canonical column can hold."""

    name: str
    kind: Kind | None = None
    codes: CodeSet | None = None
    spellings: tuple[str, ...] = ()
    since: int = 2019
    why_not_held: str = ""


@dataclass(frozen=True, slots=True)
class AnnexList:
    """One list: its number, Ofsted's title, other titles its sheet may have, and its headings in order."""

    number: int
    title: str
    headings: tuple[Heading, ...]
    also_titled: tuple[str, ...] = ()
    row_key: str = CHILD_ID
    names: Mapping[str, str] = field(init=False)
    """The heading meant by each spelling, in the form `spelt` gives."""

    def __post_init__(self) -> None:
        found = {spelt(text): heading.name for heading in self.headings for text in (heading.name, *heading.spellings)}
        object.__setattr__(self, "names", found)

    @property
    def place(self) -> str:
        """How the list is named to people."""
        return f"List {self.number}"

    def parser(self, heading: Heading) -> Parser:
        """How a cell under the heading is read."""
        column = next(iter(declared(self.number).get(heading.name, ())), None)
        match heading.name:
            case "Suitability of Accommodation":
                return _suitability()
            case "LA of Placement":
                return _area()
        kind = heading.kind or (column[1].kind if column else Kind.TEXT)
        if kind is Kind.CODE:
            codes = heading.codes or code_set((column[1].codes if column else None) or "")
            return values.code(codes, also=OFSTED_WORDS.get(codes.name))
        return values.parser_for(kind, serials=True)


def spelt(text: str) -> str:
    """A heading or title with only its letters and digits, in lower case: what all its spellings share."""
    return re.sub(r"[^a-z0-9]", "", text.lower())


@cache
def declared(number: int) -> Mapping[str, tuple[tuple[str, Column], ...]]:
    """For each heading of the list that canonical columns name, the tables and columns it goes to."""
    found: dict[str, tuple[tuple[str, Column], ...]] = {}
    for table in TABLES.values():
        for column in table.columns:
            listed, _, heading = (column.annex_a or "").partition(".")
            if listed == str(number):
                found[heading] = (*found.get(heading, ()), (table.name, column))
    return found


def _suitability() -> Parser:
    suitable = CodeSet("suitability", (Code("yes", "Suitable"), Code("no", "Unsuitable")))
    read = values.code(suitable)

    def parse(cells: values.Cells) -> values.Parsed:
        clean, bad = read(cells)
        return clean == "yes", bad

    return Parser(values.FLAG, parse, "is neither suitable nor unsuitable", "Write Suitable or Unsuitable.")


def _area() -> Parser:
    """An authority's name as it is; of the places that are none, the code without its words."""
    read = values.text()

    def parse(cells: values.Cells) -> values.Parsed:
        clean, bad = read(cells)
        return clean.str.replace(r"^(NIR|WAL|SCO|NUK|CON) - .*$", "$1"), bad

    return Parser(read.dtype, parse, read.reason, read.what_to_do)


def _a_count(name: str, *spellings: str) -> Heading:
    return Heading(
        name,
        Kind.WHOLE,
        spellings=spellings,
        why_not_held="a count; the record holds the dated rows themselves, and this list has no dates for them",
    )


_ID = Heading(CHILD_ID, Kind.IDENTIFIER)
_GENDER = Heading(GENDER, Kind.CODE, code_set("gender"))
_ETHNICITY = Heading(ETHNICITY, Kind.CODE, code_set("ethnicity"))
_BORN = Heading(BORN, Kind.DAY)
_AGE = Heading(AGE, Kind.NUMBER, spellings=("Age",))
_DISABILITY = Heading(DISABILITY, Kind.FLAG)
_CHILD = (_ID, _GENDER, _ETHNICITY, _BORN, _AGE)
_TEAM = (Heading(TEAM, Kind.TEXT), Heading(WORKER, Kind.TEXT))


def _h(*names: str) -> tuple[Heading, ...]:
    """Headings that canonical columns describe."""
    return tuple(Heading(name) for name in names)


LISTS: tuple[AnnexList, ...] = (
    AnnexList(1, "Contacts", (*_CHILD, *_h("Date of Contact", "Contact Source"))),
    AnnexList(
        2,
        "Early Help",
        (
            *_CHILD,
            *_h("Assessment start date", "Assessment completion date", "Organisation completing assessment"),
        ),
        also_titled=("Early Help Assessments",),
    ),
    AnnexList(
        3,
        "Referrals",
        (
            *_CHILD,
            *_h("Date of referral", "Referral Source", "Referral NFA?"),
            _a_count("Number of Referrals in Last 12 Months"),
            *_TEAM,
        ),
    ),
    AnnexList(
        4,
        "Assessments",
        (
            *_CHILD,
            _DISABILITY,
            *_h(
                "Continuous Assessment Start Date",
                "Child Seen During Continuous Assessment",
                "Continuous Assessment Date of Authorisation",
                "Was the child assessed as requiring LA children's social care support?",
            ),
            *_TEAM,
        ),
    ),
    AnnexList(
        5,
        "Section 47 and ICPC",
        (
            *_CHILD,
            _DISABILITY,
            *_h(
                "Strategy discussion initiating Section 47 Enquiry Start Date",
                "Was an Initial Child Protection Conference deemed unnecessary?",
                "Date of Initial Child Protection Conference",
                "Did the Initial Child Protection Conference Result in a Child Protection Plan",
            ),
            _a_count("Number of Section 47 Enquiries in the last 12 months"),
            _a_count("Number of ICPCs in the last 12 months"),
            *_TEAM,
        ),
        also_titled=("Section 47 enquiries and ICPCs", "S47 and ICPC", "S47 & ICPC", "Section 47"),
    ),
    AnnexList(
        6,
        "Children in Need",
        (
            *_CHILD,
            _DISABILITY,
            Heading("CIN Start Date", Kind.DAY),
            *_h("Primary Need Code"),
            Heading("Date Child Was Last Seen", Kind.DAY),
            *_h("CIN Closure Date", "Reason for Closure"),
            Heading(CASE_STATUS, Kind.CODE, CASE_STATUSES),
            *_TEAM,
        ),
        also_titled=("Child in Need", "CIN"),
    ),
    AnnexList(
        7,
        "Child Protection",
        (
            *_CHILD,
            _DISABILITY,
            *_h(
                "Child Protection Plan Start Date",
                "Initial Category of Abuse",
                "Latest Category of Abuse",
                "Date of the Last Statutory Visit",
                "Was the Child Seen Alone?",
            ),
            Heading("Date of latest review conference", Kind.DAY),
            *_h("Child Protection Plan End Date"),
            Heading(
                "Subject to Emergency Protection Order or Protected Under Police Powers in Last Six Months (Y/N)",
                Kind.FLAG,
                why_not_held="it says neither which of the two nor when, and each is held by its date",
            ),
            *_h("Number of Previous Child Protection Plans"),
            *_TEAM,
        ),
        also_titled=("Child Protection Plans", "CP"),
    ),
    AnnexList(
        8,
        "Children in Care",
        (
            *_CHILD,
            Heading(UASC_8, Kind.FLAG),
            _DISABILITY,
            *_h("Date Started to be Looked After", "Child's Category of Need"),
            Heading(
                "Is this a second or subsequent period of being a Looked After Child within the last 12 months (Y/N)",
                Kind.FLAG,
                why_not_held="an earlier period is held by its dates, which this list does not give",
            ),
            *_h(
                "Start date of current legal status",
                "Child's Legal Status",
                "Date of Latest Statutory Review",
            ),
            Heading("Date of Last Social Work Visit", Kind.DAY),
            *_h(
                "What is the permanence plan for this child?",
                "Date of Last IRO Visit / Contact to the Child",
                "Date of Last Health Assessment",
                "Date of Last Dental Check",
            ),
            _a_count("Number of Placements in the Last 12 months"),
            *_h(
                "Date Ceased to be Looked After",
                "Reason Ceased to be Looked After",
                "Start Date of Most Recent Placement",
                "Placement Type",
                "Placement Provider",
                "Placement postcode",
                "URN of Placement",
                "Placement Location",
                "LA of Placement",
            ),
            _a_count("Number of Episodes the Child has been 'Missing' from their Placement in the last 12 months"),
            _a_count("Number of Episodes the Child has been 'Absent' from their Placement in the last 12 months"),
            *_h(
                "Was the child offered a Return Interview after their last missing episode (Y/N)?",
                "Did the child accept a Return Interview after their last missing episode (Y/N)?",
            ),
            *_TEAM,
        ),
        also_titled=("Looked After Children", "Children Looked After", "CLA", "CIC"),
    ),
    AnnexList(
        9,
        "Care Leavers",
        (
            *_CHILD,
            Heading(UASC_9, Kind.FLAG, since=2024),
            _DISABILITY,
            *_TEAM,
            Heading(ADVISER, Kind.TEXT, since=2024, spellings=("Allocated Personal Adviser",)),
            *_h("Eligibility Category"),
            Heading("Latest Pathway Plan Review Date", since=2024),
            *_h("LA in Touch"),
            Heading("Latest Date of Contact", since=2024),
            *_h("Type of Accommodation", "Suitability of Accommodation", "Activity Status"),
        ),
    ),
    AnnexList(
        10,
        "Adoption",
        (
            _ID,
            *_h("Family identifier"),
            _GENDER,
            _ETHNICITY,
            _BORN,
            _AGE,
            _DISABILITY,
            Heading(ENTERED_CARE, Kind.DAY),
            *_h(
                "Date of Decision that Child Should be Placed for Adoption",
                "Date of Placement Order",
                "Date of Matching Child and Prospective Adopters",
                "Date Placed for Adoption",
                "Date of Adoption Order",
                "Date of Decision that Child Should No Longer be Placed for Adoption",
                "Reason Why Child No Longer Placed for Adoption",
                "Date the child was placed for fostering in FFA or concurrent planning placement",
            ),
        ),
    ),
    AnnexList(
        11,
        "Adopters",
        _h(
            "Individual adopter identifier",
            "Family identifier",
            "Gender",
            "Ethnicity",
            "Disability",
            "Is the (prospective) adopter fostering for adoption?",
            "Date enquiry received",
            "Date Stage 1 started",
            "Date Stage 1 ended",
            "Date Stage 2 started",
            "Date Stage 2 ended",
            "Date application submitted",
            "Date application approved",
            "Date adopter matched with child(ren)",
            "Date child/children placed with adopter(s)",
            "No. of children placed",
            "Date of Adoption Order",
            "Date of leaving adoption process",
            "Reason for leaving adoption process",
        ),
        also_titled=("Prospective Adopters",),
        row_key="Individual adopter identifier",
    ),
)
"""The eleven lists, in order."""
