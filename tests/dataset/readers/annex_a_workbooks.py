"""Annex A workbooks for the tests, each made in the test that reads it. Children and workers are made up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import openpyxl

from goldenthread.dataset.readers.annex_a_lists import LISTS

Row = Mapping[str, object]

CHILD: Row = {
    "Child Unique ID": 1001,
    "Gender": "b) Female",
    "Ethnicity": "a) WBRI",
    "Date of Birth": date(2012, 5, 1),
    "Does the Child have a Disability": "b) No",
}
AS_AT = date(2024, 6, 30)


def child(identifier: int | str = 1001, **others: object) -> dict[str, object]:
    """The columns that say who a row is about."""
    return {**CHILD, "Child Unique ID": identifier, **{name.replace("_", " "): value for name, value in others.items()}}


def headings(number: int, *, layout: int = 2024) -> list[str]:
    """The list's headings in Ofsted's order, as in the layout of that year."""
    return [heading.name for heading in LISTS[number - 1].headings if heading.since <= layout]


def workbook(
    path: Path,
    lists: Mapping[int, Sequence[Row]],
    *,
    layout: int = 2024,
    sheet: str = "List {}",
    title: bool = False,
    renamed: Mapping[str, str] | None = None,
    others: Sequence[str] = (),
) -> Path:
    """Write the lists given, a sheet each, with a row of title when `title`, and `others` as sheets of guidance."""
    made = openpyxl.Workbook()
    made.remove(made.worksheets[0])
    for name in others:
        made.create_sheet(name).append(["How to fill in the lists"])
    for number, rows in lists.items():
        page = made.create_sheet(sheet.format(number))
        if title:
            page.append([f"List {number}: {LISTS[number - 1].title}"])
        names = headings(number, layout=layout)
        extra = list(dict.fromkeys(name for row in rows for name in row if name not in names and name not in CHILD))
        page.append([(renamed or {}).get(name, name) for name in (*names, *extra)])
        for row in rows:
            page.append([row.get(name) for name in (*names, *extra)])
    made.save(path)
    return path
