"""The return as the one XML file that is uploaded (EXPSSDA903): a CHILD with its HEADER and its EPISODEs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import TypeAlias

from lxml import etree

from goldenthread.dataset.readers.ssda903_tables import CHILD
from goldenthread.dataset.readers.ssda903_xml import GROUPS
from goldenthread.dataset.store import DatasetError
from goldenthread.dataset.whole_files import write_whole
from goldenthread.writers.built import Built

NAMES = {CHILD: "CHILDID", "PLACE": "PL"}
"""Columns that the XML calls otherwise."""
IN_HEADER = ("UASC", "OC3", "AD1")
"""Tables of one row a child whose cells stand in HEADER itself."""
ELEMENTS = {table: element for element, table in GROUPS.items()}
OF_THE_CHILD = frozenset({CHILD, "DOB", "SEX"})
"""Cells that HEADER has said already."""
LEFT_OUT = ("SWEpisodes", "DoLo")
"""Tables that the XML has no place for."""

Cells: TypeAlias = Mapping[str, str | None]
Rows: TypeAlias = Mapping[str, Mapping[str, list[Cells]]]


def write_xml(built: Built, path: Path) -> tuple[str, ...]:
    """Write the return to `path`, UTF-8, whole or not at all, and say in sentences what the XML has no place for.

    Blank cells are left out. DatasetError when the file cannot be written, or a cell holds what XML cannot.
    """
    rows: Rows = {name: _by_child(table.iter_rows(named=True)) for name, table in built.tables.items()}
    content = BytesIO()
    with etree.xmlfile(content, encoding="utf-8") as document:
        document.write_declaration()
        with document.element("EXPSSDA903"):
            for header in built.tables["Header"].iter_rows(named=True):
                document.write(_child(header, rows))
                document.write("\n")
    write_whole(path, content.getvalue())
    return tuple(_left_out(built))


def _by_child(rows: Iterable[Cells]) -> dict[str, list[Cells]]:
    found: dict[str, list[Cells]] = {}
    for row in rows:
        found.setdefault(row[CHILD] or "", []).append(row)
    return found


def _child(cells: Cells, rows: Rows) -> etree._Element:
    who = cells[CHILD] or ""

    def of(table: str) -> list[Cells]:
        return rows[table].get(who, []) if table in rows else []

    child = etree.Element("CHILD")
    header = etree.SubElement(child, "HEADER")
    _fill(header, {**cells, "UASC": "1" if of("UASC") else "0"}, who)
    for table in IN_HEADER:
        for row in of(table)[:1]:
            _fill(header, _own(row), who)
    for table, element in ELEMENTS.items():
        for row in of(table):
            _fill(etree.SubElement(header, element), _own(row), who)
    for row in of("Episodes"):
        _fill(etree.SubElement(child, "EPISODE"), _own(row), who)
    return child


def _own(row: Cells) -> Cells:
    return {name: cell for name, cell in row.items() if name not in OF_THE_CHILD}


def _fill(element: etree._Element, cells: Cells, who: str) -> None:
    for name, cell in cells.items():
        if cell is None:
            continue
        try:
            etree.SubElement(element, NAMES.get(name, name)).text = cell
        except ValueError:
            raise DatasetError(
                f"{name} of child {who} holds a character that XML cannot: {cell!r}. Correct it in the record."
            ) from None


def _left_out(built: Built) -> Iterator[str]:
    for table in LEFT_OUT:
        if table in built.tables and (count := built.tables[table].height):
            yield f"The XML has no place for the {count:,} rows of {table}: upload them as CSV."
    oc3 = built.tables["OC3"]
    if empty := oc3.filter(oc3["IN_TOUCH"].is_null() & oc3["ACTIV"].is_null() & oc3["ACCOM"].is_null()).height:
        yield f"The XML cannot tell {empty:,} care leavers of whom nothing is recorded from children who are none."
