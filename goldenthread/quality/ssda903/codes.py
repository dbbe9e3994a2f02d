"""Codes as a collection year knows them, and the groups of codes that rules share."""

from __future__ import annotations

from functools import cache

from goldenthread.codesets import code_set
from goldenthread.quality.codes import codes as codes  # for the rules, beside the groups below
from goldenthread.quality.rule import Year

RESPITE = ("V3", "V4")
"""Legal statuses of a series of short breaks, which most rules on being looked after leave out."""
TEMPORARY = ("T0", "T1", "T2", "T3", "T4")
PLACED_FOR_ADOPTION = ("A3", "A4", "A5", "A6")
FOSTER = ("U1", "U2", "U3", "U4", "U5", "U6")
ADOPTED = ("E11", "E12")
CONTINUES = "X1"
"""The reason for an episode's end when the next begins: care goes on."""
NEEDS = tuple(f"N{number}" for number in range(1, 9))
"""The categories of need of this return; N9 and N0 are the CIN census's alone."""


@cache
def authority_numbers() -> tuple[str, ...]:
    """The DfE's three-digit numbers of authorities, and WAL, SCO, NIR and NUK for orders made outside England."""
    return code_set("authority_number").codes


ACTIVITIES = ("F1", "P1", "F2", "P2", "F4", "P4", "F5", "P5", "G4", "G5", "G6", "0")
"""Activity after leaving care, full or part time; 0 is for those who died, went home or are not in touch."""
ACCOMMODATION = (
    *(f"{kind}{suitable}" for kind in "BCDEGHKRTUVWYZ" for suitable in "12"),
    "S2",
    "X2",
    "0",
)
"""Accommodation after leaving care, each suitable (1) or not (2), save two that never are; 0 as for activities."""
MALE = ("M", "1")
FEMALE = ("F", "2")
"""The letter from the collection of 2024/25 on, the number before."""
SEX_IN_LETTERS_FROM = 2025


def sexes(year: Year) -> tuple[str, ...]:
    """The codes for sex in that collection: 1 and 2 to 2023/24, then M, F and U."""
    return ("M", "F", "U") if year.number >= SEX_IN_LETTERS_FROM else ("1", "2")


CRIMINAL_RESPONSIBILITY = 10
"""Children and Young Persons Act 1933 s.50: no child under 10 can be guilty of an offence."""
NEAR_ENOUGH = 0.2
"""Miles by which one distance may differ in two years, where the grid references of postcodes were revised."""
