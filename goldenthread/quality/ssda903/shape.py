"""The SSDA903 return's tables as its rules see them."""

from __future__ import annotations

from collections.abc import Mapping

from goldenthread.dataset.readers.ssda903_tables import CHILD, COLUMNS, DERIVED
from goldenthread.quality.typed import Holds, Shape

DATES = frozenset(
    {
        "DOB", "MC_DOB", "DECOM", "DEC", "REVIEW", "DUC", "DATE_INT", "DATE_MATCH", "DATE_PLACED",
        "DATE_PLACED_CEASED", "MIS_START", "MIS_END", "DATE_PERM", "SW_DECOM", "SW_DEC", "DOLO_START", "DOLO_END",
    }
)  # fmt: skip
"""Parts of DATE_PERM and of the social worker dates may lawfully be unknown (ZZ): their rules read the text as well."""

NUMBERS = frozenset({"SDQ_SCORE", "PL_DISTANCE"})

ORDERED_BY: Mapping[str, str] = {
    "Episodes": "DECOM",
    "Reviews": "REVIEW",
    "PlacedAdoption": "DATE_PLACED",
    "Missing": "MIS_START",
    "SWEpisodes": "SW_DECOM",
    "DoLo": "DOLO_START",
}
"""Tables with many rows a child, and the date that puts them in order."""

ONE_A_CHILD = ("Header", "UASC", "OC2", "OC3", "AD1", "PrevPerm")


def _holds(column: str) -> Holds:
    if column in DATES:
        return Holds.DATE
    return Holds.NUMBER if column in NUMBERS else Holds.TEXT


SHAPE = Shape(
    child=CHILD,
    tables={
        table: {column: _holds(column) for column in (*columns, *DERIVED.get(table, ()))}
        for table, columns in COLUMNS.items()
    },
    date_format="%d/%m/%Y",
)
