"""The CIN census's tables as its rules see them: those that the reader makes, columns named as the elements.

`LAchildID` names the child in every table, `CINdetailsID`, `AssessmentID` and `CPPID` the group a row stands in.
"""

from __future__ import annotations

from goldenthread.dataset.readers.cin_census_shape import COLLECTION, SOURCE, TABLES, RawTable
from goldenthread.dataset.readers.cin_census_tables import CHILD
from goldenthread.quality.typed import Holds, Shape

DATES = frozenset(
    {
        "ReferenceDate", "PersonBirthDate", "ExpectedPersonBirthDate", "PersonDeathDate", "CINreferralDate",
        "CINclosureDate", "DateOfInitialCPC", "AssessmentActualStartDate", "AssessmentInternalReviewDate",
        "AssessmentAuthorisationDate", "CINPlanStartDate", "CINPlanEndDate", "S47ActualStartDate",
        "InitialCPCtarget", "CPPstartDate", "CPPendDate", "CPPreviewDate", "PPStartDate", "LBPSentDate",
        "InitialPPMeetingDate", "StepDecisionDate", "CourtAppDate", "LetterInitCPDate",
    }
)  # fmt: skip
NUMBERS = frozenset({"Year", "NumberOfPreviousCPP", "ReviewMeetingsCount"})
ONE_FACTOR = {"Assessments": ("AssessmentFactors",)}
"""Columns that some systems give beside the tables: a single factor in the assessment's own row."""


def holds(column: str) -> Holds:
    """What a column of the census holds."""
    if column in DATES:
        return Holds.DATE
    return Holds.NUMBER if column in NUMBERS else Holds.TEXT


def _columns(table: RawTable) -> tuple[str, ...]:
    value = (table.value,) if table.value else ()
    return tuple(dict.fromkeys((CHILD, *table.links, *value, *table.columns, *ONE_FACTOR.get(table.name, ()))))


COLUMNS = {"Header": (CHILD, *COLLECTION, *SOURCE)} | {table.name: _columns(table) for table in TABLES}

SHAPE = Shape(
    child=CHILD,
    tables={table: {column: holds(column) for column in columns} for table, columns in COLUMNS.items()},
    date_format="%Y-%m-%d",
    capitals=False,
)
