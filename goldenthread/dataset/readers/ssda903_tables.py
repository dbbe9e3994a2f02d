"""The tables of the SSDA903 return and their columns, and which table a set of columns is.

One column list serves every collection year; SWEpisodes came with 2023-24 and DoLo with 2026-27. Earlier years lack
some columns, and some systems add the derived ones, so a file is known by the columns it has most in common.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

CHILD = "CHILD"

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "Header": (CHILD, "SEX", "DOB", "ETHNIC", "UPN", "MOTHER", "MC_DOB"),
    "Episodes": (
        CHILD,
        "DECOM",
        "RNE",
        "LS",
        "CIN",
        "PLACE",
        "PLACE_PROVIDER",
        "DEC",
        "REC",
        "REASON_PLACE_CHANGE",
        "HOME_POST",
        "PL_POST",
        "URN",
    ),
    "Reviews": (CHILD, "DOB", "REVIEW", "REVIEW_CODE"),
    "UASC": (CHILD, "SEX", "DOB", "DUC"),
    "OC2": (
        CHILD,
        "DOB",
        "SDQ_SCORE",
        "SDQ_REASON",
        "CONVICTED",
        "HEALTH_CHECK",
        "IMMUNISATIONS",
        "TEETH_CHECK",
        "HEALTH_ASSESSMENT",
        "SUBSTANCE_MISUSE",
        "INTERVENTION_RECEIVED",
        "INTERVENTION_OFFERED",
    ),
    "OC3": (CHILD, "DOB", "IN_TOUCH", "ACTIV", "ACCOM"),
    "AD1": (CHILD, "DOB", "DATE_INT", "DATE_MATCH", "FOSTER_CARE", "NB_ADOPTR", "SEX_ADOPTR", "LS_ADOPTR"),
    "PlacedAdoption": (CHILD, "DOB", "DATE_PLACED", "DATE_PLACED_CEASED", "REASON_PLACED_CEASED"),
    "PrevPerm": (CHILD, "DOB", "PREV_PERM", "LA_PERM", "DATE_PERM"),
    "Missing": (CHILD, "DOB", "MISSING", "MIS_START", "MIS_END"),
    "SWEpisodes": (CHILD, "DOB", "SW_ID", "SW_DECOM", "SW_DEC", "SW_REASON"),
    "DoLo": (CHILD, "DOB", "DOLO_START", "DOLO_END"),
}
DERIVED: Mapping[str, tuple[str, ...]] = {
    "Header": ("UASC",),
    "Episodes": ("PL_LA", "PL_LOCATION", "PL_DISTANCE"),
}
"""Columns that some files carry although the return derives them; read where they are given."""

OTHER_NAMES: Mapping[str, str] = {"CHILDID": CHILD, "CHILD_ID": CHILD, "PL": "PLACE"}
SHARED = frozenset({CHILD, "DOB", "SEX"})
"""Columns of several tables, which tell none of them."""

KEYS: Mapping[str, tuple[str, ...]] = {
    "Header": (CHILD,),
    "Episodes": (CHILD, "DECOM"),
    "Reviews": (CHILD, "REVIEW"),
    "UASC": (CHILD,),
    "OC2": (CHILD,),
    "OC3": (CHILD,),
    "AD1": (CHILD, "DATE_INT"),
    "PlacedAdoption": (CHILD, "DATE_PLACED"),
    "PrevPerm": (CHILD, "PREV_PERM"),
    "Missing": (CHILD, "MIS_START"),
    "SWEpisodes": (CHILD, "SW_DECOM"),
    "DoLo": (CHILD, "DOLO_START"),
}
"""What makes a row of a table the same fact in two years' returns."""

YEARLY = frozenset({"OC2", "OC3"})
"""Tables that say something new of each year: a later year's row does not replace an earlier one's."""


def column_name(heading: str) -> str:
    """The return's own name of a heading: upper case, without outer spaces, other names made one."""
    plain = heading.strip().strip("\ufeff").upper()
    return OTHER_NAMES.get(plain, plain)


def table_of(columns: Iterable[str]) -> str | None:
    """The table that has most columns in common with `columns`; None when no table has half of them.

    The child must be there, and a column that belongs to that table alone.
    """
    found = set(columns)
    if CHILD not in found:
        return None
    likeness = {
        name: len(found & set(own)) / len((found - set(DERIVED.get(name, ()))) | set(own))
        for name, own in COLUMNS.items()
        if (found & set(own)) - SHARED
    }
    best = max(likeness, key=lambda name: likeness[name], default=None)
    return best if best and likeness[best] >= 0.5 else None
