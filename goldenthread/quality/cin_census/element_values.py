"""What may stand in each element of the census file that holds a value, in each census year.

Source: the department's schemas of 2022-23 to 2025-26. Whether a value is right for the child is for the rules.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import polars as pl

from goldenthread.quality.cin_census.shape import DATES
from goldenthread.quality.cin_census.upn import WHOLE
from goldenthread.quality.cin_census.words import NO, YES
from goldenthread.quality.codes import codes_of

CODE_SETS: Mapping[str, str] = {
    "Sex": "sex",
    "GenderCurrent": "gender",
    "UPNunknown": "upn_unknown",
    "Ethnicity": "ethnicity",
    "Disability": "disability",
    "ReferralSource": "referral_source",
    "PrimaryNeedCode": "primary_need",
    "ReasonForClosure": "closure_reason",
    "AssessmentFactors": "assessment_factor",
    "InitialCategoryOfAbuse": "abuse_category",
    "LatestCategoryOfAbuse": "abuse_category",
}
FLAGS = ("ReferralNFA", "ICPCnotRequired")
PATTERNS: Mapping[str, tuple[str, str]] = {
    "Collection": ("^CIN$", "Write CIN."),
    "Year": ("^[0-9]{4}$", "Write the year the census ends in, in four digits."),
    "SourceLevel": ("^L$", "Write L, for a local authority."),
    "LEA": ("^[0-9]{3}$", "Write the authority's three digits."),
    "SerialNo": ("^[0-9]{3,}$", "Write a number of three digits or more."),
    "DateTime": (r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}", "Write it as 2026-05-01T09:30:00."),
    "UPN": (WHOLE, "Write a letter, eleven digits, and a digit or letter; leave the element out where not known."),
    "FormerUPN": (
        WHOLE,
        "Write a letter, eleven digits, and a digit or letter; leave the element out where not known.",
    ),
    "NumberOfPreviousCPP": ("^[0-9]+$", "Write a whole number, 0 for none."),
}
"""Each with what it must look like, and what to do when it does not."""
DAY, DAY_FORM = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "%Y-%m-%d"
WRITE_A_DAY = "Write the date as YYYY-MM-DD, with a day that exists."
MOST_NAMED = 12
"""Codes named in what to do; a longer list is in the code set."""


@dataclass(frozen=True, slots=True)
class ValueCheck:
    """`wrong` gives, for a column of texts without gaps, which are at fault; `fault` and `mend` say so."""

    wrong: Callable[[pl.Series], pl.Series]
    fault: str
    mend: str


def checks_of(element: str, year: int) -> tuple[ValueCheck, ...]:
    """What is asked of the values of that element in the census of that year."""
    if element in DATES:
        return (
            ValueCheck(lambda texts: ~texts.str.contains(DAY), "is not written as YYYY-MM-DD", WRITE_A_DAY),
            ValueCheck(_no_such_day, "is no day of the calendar", WRITE_A_DAY),
        )
    if element in CODE_SETS:
        known = codes_of(CODE_SETS[element], year)
        mend = f"Use one of {', '.join(known)}." if len(known) <= MOST_NAMED else "Use a code of that year's list."
        return (ValueCheck(lambda texts: ~texts.is_in(known), f"is no code of the census of {_called(year)}", mend),)
    if element in FLAGS:
        flags = ValueCheck(
            lambda texts: ~texts.str.to_lowercase().is_in([*YES, *NO]),
            "is neither true nor false",
            "Write true or false.",
        )
        return (flags,)
    if element in PATTERNS:
        pattern, mend = PATTERNS[element]
        return (ValueCheck(lambda texts: ~texts.str.contains(pattern), "is not what this element holds", mend),)
    return ()


def _no_such_day(texts: pl.Series) -> pl.Series:
    return texts.str.contains(DAY) & texts.str.to_date(DAY_FORM, strict=False).is_null()


def _called(year: int) -> str:
    return f"{year - 1}-{year % 100:02}"
