"""What a census file holds: which element may stand in which, and the tables it makes (CIN census 2021 to 2026-27).

One shape serves every year: `GenderCurrent` stands until 2023-24 and `Sex` from 2024-25, the dates of child in need
plans since 2021-22, pre-proceedings from 2026-27. A file with both, or neither, is read all the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

ROOT = "Message"
COLLECTION = ("Collection", "Year", "ReferenceDate")
SOURCE = ("SourceLevel", "LEA", "SoftwareCode", "Release", "SerialNo", "DateTime")
IDENTIFIERS = (
    "LAchildID",
    "UPN",
    "FormerUPN",
    "UPNunknown",
    "PersonBirthDate",
    "ExpectedPersonBirthDate",
    "GenderCurrent",
    "Sex",
    "PersonDeathDate",
)
DETAILS = (
    "CINreferralDate",
    "ReferralSource",
    "PrimaryNeedCode",
    "CINclosureDate",
    "ReasonForClosure",
    "DateOfInitialCPC",
    "ReferralNFA",
)
ASSESSMENT = ("AssessmentActualStartDate", "AssessmentInternalReviewDate", "AssessmentAuthorisationDate")
CIN_PLAN = ("CINPlanStartDate", "CINPlanEndDate")
SECTION_47 = ("S47ActualStartDate", "InitialCPCtarget", "DateOfInitialCPC", "ICPCnotRequired")
PROTECTION_PLAN = (
    "CPPstartDate",
    "CPPendDate",
    "InitialCategoryOfAbuse",
    "LatestCategoryOfAbuse",
    "NumberOfPreviousCPP",
)
PRE_PROCEEDINGS = (
    "PPStartDate",
    "LBPSentDate",
    "FGDMMeetingOffer",
    "FGDMMeetingFac",
    "InitialPPMeetingDate",
    "ReviewMeetingsCount",
    "StepDecisionDate",
    "PPOutcome",
    "CourtAppDate",
    "LetterInitCPDate",
)

INSIDE: Mapping[str, tuple[str, ...]] = {
    ROOT: ("Header", "Children"),
    "Header": ("CollectionDetails", "Source", "Content"),
    "CollectionDetails": COLLECTION,
    "Source": SOURCE,
    "Content": ("CBDSLevels",),
    "CBDSLevels": ("CBDSLevel",),
    "Children": ("Child",),
    "Child": ("ChildIdentifiers", "ChildCharacteristics", "CINdetails"),
    "ChildIdentifiers": IDENTIFIERS,
    "ChildCharacteristics": ("Ethnicity", "Disabilities"),
    "Disabilities": ("Disability",),
    "CINdetails": (
        *DETAILS,
        "Assessments",
        "CINPlanDates",
        "Section47",
        "ChildProtectionPlans",
        "PreProceedingsandFGDM",
    ),
    "Assessments": (*ASSESSMENT, "FactorsIdentifiedAtAssessment"),
    "FactorsIdentifiedAtAssessment": ("AssessmentFactors",),
    "CINPlanDates": CIN_PLAN,
    "Section47": SECTION_47,
    "ChildProtectionPlans": (*PROTECTION_PLAN, "Reviews"),
    "Reviews": ("CPPreviewDate",),
    "PreProceedingsandFGDM": PRE_PROCEEDINGS,
}
"""The elements that may stand in each element that holds others."""

REPEATED = frozenset({"Disability", "AssessmentFactors", "CPPreviewDate"})
"""Values that may stand several times in one element, each making a row of its own."""


@dataclass(frozen=True, slots=True)
class RawTable:
    """A table flattened from the file: one row for each `element`, its values in `columns`.

    `links` are the identifier columns, each with the element that is numbered for it. Where `value` is set, the
    element is itself the value, and goes in that column.
    """

    name: str
    element: str
    columns: tuple[str, ...]
    links: Mapping[str, str]
    value: str | None = None


EPISODE = {"CINdetailsID": "CINdetails"}
PLAN = EPISODE | {"CPPID": "ChildProtectionPlans"}
TABLES = (
    RawTable("ChildIdentifiers", "ChildIdentifiers", IDENTIFIERS, {}),
    RawTable("ChildCharacteristics", "ChildCharacteristics", ("Ethnicity",), {}),
    RawTable("Disabilities", "Disability", (), {}, value="Disability"),
    RawTable("CINdetails", "CINdetails", DETAILS, EPISODE),
    RawTable("Assessments", "Assessments", ASSESSMENT, EPISODE | {"AssessmentID": "Assessments"}),
    RawTable(
        "AssessmentFactorsList",
        "AssessmentFactors",
        (),
        EPISODE | {"AssessmentID": "Assessments"},
        value="AssessmentFactor",
    ),
    RawTable("CINplanDates", "CINPlanDates", CIN_PLAN, EPISODE),
    RawTable("Section47", "Section47", SECTION_47, EPISODE),
    RawTable(
        "ChildProtectionPlans", "ChildProtectionPlans", PROTECTION_PLAN, EPISODE | {"CPPID": "ChildProtectionPlans"}
    ),
    RawTable("Reviews", "CPPreviewDate", (), EPISODE | {"CPPID": "ChildProtectionPlans"}, value="CPPreviewDate"),
    RawTable("PreProceedings", "PreProceedingsandFGDM", PRE_PROCEEDINGS, EPISODE),
)

NAMES = tuple(dict.fromkeys([*INSIDE, *(name for names in INSIDE.values() for name in names)]))
"""Every element name of the census."""
