"""Ofsted's words for a code: the text with its letter, as the inspectorate asks for it, and not the bare code.

The texts are Ofsted's own (Annex A workbook, tab of codes, August 2019, with the codes added since). A code that
Ofsted's lists lack keeps its return's code and is marked so in the data, to be said in the notes.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import polars as pl

DATA = Path(__file__).parent / "data" / "words.csv"
YES, NO, UNKNOWN = "a) Yes", "b) No", "c) Unknown"


@dataclass(frozen=True, slots=True)
class Words:
    """The texts of one set of codes. `not_ofsted` are the codes that Ofsted's own set does not have."""

    texts: Mapping[str, str]
    not_ofsted: frozenset[str]


@cache
def all_words() -> Mapping[str, Words]:
    """Every set by name, in the order of the file."""
    found: dict[str, dict[str, str]] = {}
    strange: dict[str, set[str]] = {}
    with DATA.open(encoding="utf-8", newline="") as opened:
        for row in csv.DictReader(opened):
            found.setdefault(row["set"], {})[row["code"]] = row["text"]
            if row["ofsted"] == "no":
                strange.setdefault(row["set"], set()).add(row["code"])
    return {name: Words(texts, frozenset(strange.get(name, ()))) for name, texts in found.items()}


@cache
def said(name: str, column: str) -> pl.Expr:
    """The column of codes in Ofsted's words; null stays null, and a code without words stays as it is."""
    texts = all_words()[name].texts
    return pl.col(column).replace(list(texts), list(texts.values()))


def text_of(name: str, code: str) -> str:
    """Ofsted's words for one code. KeyError for a code the set does not have."""
    return all_words()[name].texts[code]


def yes_no(flag: pl.Expr) -> pl.Expr:
    """A flag as Ofsted's Yes or No; null, not known, stays null."""
    return pl.when(flag).then(pl.lit(YES)).when(~flag).then(pl.lit(NO))


def yes_no_unknown(flag: pl.Expr) -> pl.Expr:
    """A flag as Ofsted's Yes, No or Unknown."""
    return yes_no(flag).fill_null(UNKNOWN)
