"""England's authorities: the DfE's three-digit numbers, the ONS's nine-character codes, names and successors.

Source: numbers, codes and names as the DfE publishes them beside its children's social care statistics, 2013 to 2025
(Explore Education Statistics; contains public sector information licensed under the Open Government Licence v3.0). A
code gives way to another when boundaries or powers change: `succeeded_by` names it, or several where an area was
divided (Cumbria in 2023, Northamptonshire in 2021, Dorset in 2019).
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import polars as pl

AUTHORITIES = Path(__file__).parent / "data" / "authorities.csv"
STYLE = re.compile(
    r"\b(london borough|lb|council|county|city|the|of|borough|royal|metropolitan|district|unitary|authority|upon|mbc)\b"
)
"""Words of an authority's style, which lists write or leave out as they please."""
SHORT_NAMES = {"hull": "810", "bcp": "839", "st helen s": "342"}


@dataclass(frozen=True, slots=True)
class Authority:
    """One code an authority has had. `succeeded_by` is empty while it is in use."""

    number: str
    code: str
    name: str
    succeeded_by: tuple[str, ...]


@cache
def authorities() -> tuple[Authority, ...]:
    """Every authority under every code it has had since 2012, by number."""
    with AUTHORITIES.open(encoding="utf-8", newline="") as opened:
        rows = list(csv.DictReader(opened))
    return tuple(Authority(row["number"], row["code"], row["name"], tuple(row["succeeded_by"].split())) for row in rows)


def ons_code(number: str) -> str | None:
    """The nine-character code of a three-digit number: the one in use, or the last it had. None for an unknown one."""
    return _by_number().get(number.strip())


def number_of(code: str) -> str | None:
    """The three-digit number of a nine-character code, in use or not. None for an unknown one."""
    found = _by_code().get(code.strip().upper())
    return found.number if found else None


def current_code(code: str) -> str:
    """The code that took the place of `code`; `code` itself while in use, unknown, or where its area was divided."""
    found = _by_code().get(code)
    while found and len(found.succeeded_by) == 1:
        found = _by_code()[found.succeeded_by[0]]
    return found.code if found else code


def authority_code(text: str) -> str | None:
    """The nine-character code in use of an authority given by code, number or name. None when none is meant.

    WAL, SCO, NIR and NUK, which stand for everywhere outside England, are themselves.
    """
    plain = text.strip().upper()
    if plain in OUTSIDE_ENGLAND:
        return plain
    if plain in _by_code():
        return current_code(plain)
    found = ons_code(plain) or _by_name().get(_name_key(text))
    return current_code(found) if found else None


def authority_name(code: str) -> str:
    """The name of the authority with that code; the code itself when unknown."""
    found = _by_code().get(code)
    return found.name if found else code


def one_code(column: pl.Expr) -> pl.Expr:
    """A column of codes or numbers with each authority under its code in use; other texts in capitals, null null."""
    plain = column.str.strip_chars().str.to_uppercase()
    known = {entry.code: current_code(entry.code) for entry in authorities()}
    known |= {number: current_code(code) for number, code in _by_number().items()}
    return plain.replace(known)


OUTSIDE_ENGLAND: Mapping[str, str] = {"WAL": "W", "SCO": "S", "NIR": "N", "NUK": "LM"}
"""The return's codes for places outside England, to the first letters of the ONS codes of their areas.

The Channel Islands (L) and the Isle of Man (M) have postcodes and are not in the United Kingdom (SSDA903 guide,
local authority of placement).
"""


@cache
def _by_code() -> Mapping[str, Authority]:
    return {entry.code: entry for entry in authorities()}


@cache
def _by_number() -> Mapping[str, str]:
    in_order = sorted(authorities(), key=lambda entry: not entry.succeeded_by)
    return {entry.number: entry.code for entry in in_order}


@cache
def _by_name() -> Mapping[str, str]:
    in_order = sorted(authorities(), key=lambda entry: not entry.succeeded_by)
    names = {_name_key(entry.name): entry.code for entry in in_order}
    return names | {name: _by_number()[number] for name, number in SHORT_NAMES.items()}


def _name_key(name: str) -> str:
    words = re.sub(r"[^a-z]+", " ", name.casefold().replace("&", " and "))
    return " ".join(STYLE.sub(" ", words).split())
