"""What the census file holds, in what order and how many times, in each census year.

From the department's schemas of 2022-23 to 2025-26; a year is the one the census ends in. An element without a year
has stood there since before 2017. The group of pre-proceedings of 2026-27 is known by its names alone, so it is not
here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

PLANS_SINCE = 2022
"""Dates of child in need plans are collected from the census of 2021-22."""
SEX_SINCE = 2025
"""Sex takes the place of GenderCurrent from the census of 2024-25."""
PRE_PROCEEDINGS_SINCE = 2027


@dataclass(frozen=True, slots=True)
class Element:
    """An element, with those that stand in it in their order. `many` says that it may be repeated."""

    name: str
    required: bool = False
    many: bool = False
    inside: tuple[Element, ...] = ()
    since: int | None = None
    until: int | None = None

    def stands_in(self, year: int) -> bool:
        """Whether the census of that year has it."""
        return (self.since is None or self.since <= year) and (self.until is None or year <= self.until)


def must(name: str, *, since: int | None = None, until: int | None = None) -> Element:
    """A value that has to be there."""
    return Element(name, required=True, since=since, until=until)


def may(*names: str) -> tuple[Element, ...]:
    """Values that are left out where they are not known."""
    return tuple(Element(name) for name in names)


def group(name: str, *inside: Element, required: bool = False, many: bool = False, since: int | None = None) -> Element:
    """An element that holds others."""
    return Element(name, required, many, inside, since)


def listed(name: str, value: str) -> Element:
    """A group of one value or more, left out where there is none."""
    return group(name, Element(value, required=True, many=True))


HEADER = group(
    "Header",
    group("CollectionDetails", *may("Collection", "Year", "ReferenceDate")),
    group("Source", *may("SourceLevel"), must("LEA"), *may("SoftwareCode", "Release", "SerialNo", "DateTime")),
)
IDENTIFIERS = group(
    "ChildIdentifiers",
    must("LAchildID"),
    *may("UPN", "FormerUPN", "UPNunknown", "PersonBirthDate", "ExpectedPersonBirthDate"),
    must("Sex", since=SEX_SINCE),
    must("GenderCurrent", until=SEX_SINCE - 1),
    *may("PersonDeathDate"),
    required=True,
)
CHARACTERISTICS = group("ChildCharacteristics", must("Ethnicity"), listed("Disabilities", "Disability"), required=True)
ASSESSMENTS = group(
    "Assessments",
    must("AssessmentActualStartDate"),
    *may("AssessmentInternalReviewDate", "AssessmentAuthorisationDate"),
    listed("FactorsIdentifiedAtAssessment", "AssessmentFactors"),
    many=True,
)
CIN_PLANS = group("CINPlanDates", must("CINPlanStartDate"), *may("CINPlanEndDate"), many=True, since=PLANS_SINCE)
SECTION_47 = group(
    "Section47",
    must("S47ActualStartDate"),
    *may("InitialCPCtarget", "DateOfInitialCPC"),
    must("ICPCnotRequired"),
    many=True,
)
PROTECTION_PLANS = group(
    "ChildProtectionPlans",
    must("CPPstartDate"),
    *may("CPPendDate"),
    must("InitialCategoryOfAbuse"),
    must("LatestCategoryOfAbuse"),
    must("NumberOfPreviousCPP"),
    listed("Reviews", "CPPreviewDate"),
    many=True,
)
DETAILS = group(
    "CINdetails",
    must("CINreferralDate"),
    must("ReferralSource"),
    *may("PrimaryNeedCode", "CINclosureDate", "ReasonForClosure", "DateOfInitialCPC"),
    ASSESSMENTS,
    CIN_PLANS,
    SECTION_47,
    must("ReferralNFA"),
    PROTECTION_PLANS,
    required=True,
    many=True,
)
ONE_CHILD = group("Child", IDENTIFIERS, CHARACTERISTICS, DETAILS, required=True, many=True)
MESSAGE = group("Message", HEADER, group("Children", ONE_CHILD, required=True), required=True)


def of_year(element: Element, year: int) -> Element:
    """`element` as it stands in the census of that year."""
    return replace(element, inside=tuple(of_year(inner, year) for inner in element.inside if inner.stands_in(year)))


def with_all_inside(element: Element) -> Iterator[Element]:
    """The element and every one in it, outermost first."""
    yield element
    for inner in element.inside:
        yield from with_all_inside(inner)
