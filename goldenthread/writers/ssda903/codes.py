"""The codes of a collection year, where they are fewer than those the record may hold."""

from __future__ import annotations

import polars as pl

from goldenthread.codesets import code_set
from goldenthread.writers.ssda903.cells import Cell, Limited, one_of
from goldenthread.writers.ssda903.year import SEX_IN_LETTERS, CollectionYear

NEEDS = tuple(f"N{number}" for number in range(1, 9))
"""N9 and N0 are codes of the CIN census: no looked-after child's main need (rule 145)."""
UPN_UNKNOWN = ("UN1", "UN2", "UN3", "UN4", "UN5")
"""Rule 168; UN6 and UN7 are codes of other returns."""
ACTIVITIES = ("F1", "P1", "F2", "P2", "F4", "P4", "F5", "P5", "G4", "G5", "G6")
"""Rule 132. F3 and P3, training or employment, were divided into apprenticeships (4) and the rest (5)."""
NEVER_SUITABLE = ("S", "X")
"""No fixed abode and custody have no code for suitable accommodation (rule 133)."""
ACCOMMODATION = tuple(
    f"{place}{suitable}"
    for place in code_set("accommodation").codes
    for suitable in ("1", "2")
    if suitable == "2" or place not in NEVER_SUITABLE
)
NOT_KNOWN = "0"
"""What is said of the activity and accommodation of a young person the authority is not in touch with."""
AUTHORITY = r"^(\d{3}|WAL|SCO|NUK|NIR)$"
"""A three-digit number of a local authority, or a country (rule 633)."""


def sex(value: pl.Expr, year: CollectionYear) -> Cell:
    """M, F or U; before 2024/25 1 or 2, with no code for unknown (rule 101)."""
    if year.ends.year >= SEX_IN_LETTERS:
        return value
    return one_of(value.replace({"M": "1", "F": "2"}), ("1", "2"))


def placement(year: CollectionYear) -> Limited:
    """The placement type, where it was in use in the part of the episode that falls in the year (rule 146)."""
    begun = pl.max_horizontal(pl.col("started_on"), pl.lit(year.first))
    ended = pl.coalesce("ended_on", pl.lit(year.ends))
    value = pl.col("placement_type")
    return Limited(value, code_set("placement_type").in_use(value, begun, ended))


def unique_pupil_number(number: pl.Expr, reason: pl.Expr) -> Limited:
    """The number, or why there is none."""
    return Limited(pl.coalesce(number, reason), number.is_not_null() | reason.is_in(list(UPN_UNKNOWN)))
