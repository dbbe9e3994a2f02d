"""The XML form of the SSDA903 return (EXPSSDA903, with or without a namespace) as rows of its tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from goldenthread.dataset.hostile import xml_elements
from goldenthread.dataset.readers.common import LINE
from goldenthread.dataset.readers.ssda903_tables import CHILD, COLUMNS, DERIVED, column_name
from goldenthread.dataset.rejects import RefusedFile, Reject, Rejects

Row = dict[str, str | int | None]
GROUPS = {
    "AREVIEW": "Reviews",
    "AMISSING": "Missing",
    "OC2": "OC2",
    "PERMANENCE": "PrevPerm",
    "AD_PLACED": "PlacedAdoption",
}
"""The groups of a child's HEADER that make rows of their own."""
OF_THE_CHILD = {name for table in ("Header", "UASC", "OC3", "AD1") for name in COLUMNS[table]} | set(DERIVED["Header"])
WHEN_ANY = {"OC3": ("IN_TOUCH", "ACTIV", "ACCOM"), "AD1": COLUMNS["AD1"][2:]}
"""Tables whose values stand in HEADER itself, and the values of which one is enough to make a row."""


def xml_rows(path: Path, file: str, rejects: Rejects) -> dict[str, list[Row]]:
    """The rows of each table, as text. Elements that the return does not have are listed, under the name `file`.

    A file cut short gives the children before the break and a reject with its line; RefusedFile when there are none,
    when the file is not an SSDA903 return, or has a document type declaration.
    """
    rows: dict[str, list[Row]] = {}
    children = 0
    try:
        for child in xml_elements(path, "{*}CHILD"):
            children += 1
            for table, row in _child_rows(child, file, rejects):
                rows.setdefault(table, []).append(row)
    except RefusedFile as fault:
        if not children:
            raise
        line = re.search(r"line (\d+)", str(fault))
        rejects.add(Reject(file, "CHILD", int(line.group(1)) if line else None, "", "", str(fault), whole_row=True))
    if not children:
        raise RefusedFile(f"{path.name} has no CHILD element: it is no SSDA903 return. Give the exported XML file.")
    return rows


def _line(element: etree._Element) -> int | None:
    line: object = element.sourceline
    return line if isinstance(line, int) else None


def _name(element: etree._Element) -> str:
    return column_name(etree.QName(element).localname)


def _child_rows(child: etree._Element, file: str, rejects: Rejects) -> Iterator[tuple[str, Row]]:
    header = next((part for part in child if _name(part) == "HEADER"), None)
    values = {} if header is None else _values(header, OF_THE_CHILD, set(GROUPS), file, "HEADER", rejects)
    who: Row = {CHILD: values.get(CHILD), "DOB": values.get("DOB")}
    at = _line(child)
    if header is not None:
        yield from _header_rows(values, who, _line(header))
        for group in header:
            if table := GROUPS.get(_name(group)):
                own = _values(group, set(COLUMNS[table]), set(), file, _name(group), rejects)
                yield table, who | own | {LINE: _line(group)}
    for part in child:
        match _name(part):
            case "HEADER":
                if part is not header:
                    rejects.add(Reject(file, "CHILD", _line(part), "HEADER", "", "is given twice", "Leave one."))
            case "EPISODE":
                known = {*COLUMNS["Episodes"], *DERIVED["Episodes"]}
                own = _values(part, known, set(), file, "EPISODE", rejects)
                yield "Episodes", {CHILD: who[CHILD]} | own | {LINE: _line(part) or at}
            case other:
                _unknown(part, other, file, "CHILD", rejects)


def _header_rows(values: dict[str, str], who: Row, line: int | None) -> Iterator[tuple[str, Row]]:
    told: Row = {name: values.get(name) for name in (*COLUMNS["Header"], "UASC")}
    yield "Header", told | {LINE: line}
    if values.get("DUC") or values.get("UASC", "0") != "0":
        yield "UASC", who | {"SEX": values.get("SEX"), "DUC": values.get("DUC"), LINE: line}
    for table, names in WHEN_ANY.items():
        if any(values.get(name) for name in names):
            own: Row = {name: values.get(name) for name in names}
            yield table, who | own | {LINE: line}


def _values(
    element: etree._Element, known: set[str], groups: set[str], file: str, place: str, rejects: Rejects
) -> dict[str, str]:
    """The texts of the elements in `element`, the first of each name; unknown and repeated ones are listed."""
    found: dict[str, str] = {}
    for part in element:
        name = _name(part)
        if name in groups:
            continue
        text = (part.text or "").strip()
        if name not in known or len(part):
            _unknown(part, name, file, place, rejects)
        elif name in found and text:
            reason = "is given twice, and the first is kept"
            rejects.add(Reject(file, place, _line(part), name, text[:60], reason, "Leave one."))
        elif text:
            found[name] = text
    return found


def _unknown(part: etree._Element, name: str, file: str, place: str, rejects: Rejects) -> None:
    text = " ".join("".join(map(str, part.itertext())).split())[:60]
    rejects.add(Reject(file, place, _line(part), name, text, "is no element of the return here", "Remove it."))
