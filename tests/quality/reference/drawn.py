"""Small files in the layouts of the ONS Postcode Directory and of Ofsted's lists, with made-up rows."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from openpyxl import Workbook

Rows = Sequence[Sequence[str | float | date | None]]

OLD = "pcd,pcd2,pcds,dointr,doterm,oscty,oslaua,oseast1m,osnrth1m,ctry,lat,long"
NEW = "pcd7,pcd8,pcds,dointr,doterm,cty25cd,lad25cd,east1m,north1m,ctry25cd,lat,long"
"""Headings to February 2025, and since; the columns between, which nothing needs, are left out."""


def place(
    postcode: str,
    district: str = "E06000014",
    *,
    county: str = "E99999999",
    east: str = "460000",
    north: str = "452000",
    country: str = "E92000001",
    ended: str = "",
    latitude: str = "53.9",
    longitude: str = "-1.1",
) -> str:
    """A row of the directory."""
    squeezed = postcode.replace(" ", "")
    cells = (squeezed, postcode, postcode, "198001", ended, county, district, east, north, country, latitude, longitude)
    return ",".join(cells)


def directory(path: Path, *rows: str, headings: str = OLD) -> Path:
    """The directory as one CSV file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join([headings, *rows]) + "\n", encoding="utf-8")
    return path


def zipped(path: Path, files: Mapping[str, str]) -> Path:
    """A zip of text files by name."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return path


def workbook(path: Path, sheets: Mapping[str, Rows], hidden: Sequence[str] = ()) -> Path:
    """A workbook of those sheets, in order."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
        if name in hidden:
            sheet.sheet_state = "hidden"
    book.save(path)
    return path


HOMES = ["URN", "Local Authority", "Provider Code", "Provider Placement Code", "Closed Date", "Setting Postcode"]
SOCIAL_CARE = ["URN", "Local authority", "Placement code", "Placement provider code", "Setting postcode"]
CLOSED = [*SOCIAL_CARE, "Deregistration date"]
COMBINED = [
    "urn",
    "local authority",
    "placement code",
    "placement provider code",
    "deregistration date",
    "setting address postcode",
]
