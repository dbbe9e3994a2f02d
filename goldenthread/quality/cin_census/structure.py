"""The faults of a census file's structure: what is missing, repeated, out of order or not the census's at all.

These stop the file at the door, before any rule is run: the department's schema refuses it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt
import polars as pl

from goldenthread.dataset.readers.cin_census_scan import Ints
from goldenthread.dataset.readers.cin_census_structure import MESSAGE, Element, group, may, of_year, with_all_inside
from goldenthread.dataset.readers.cin_census_tables import MOST_SHOWN, CensusFile, Flat, child_of, load_elements
from goldenthread.quality.cin_census.element_values import checks_of

FAULTS = {
    "line": pl.Int64(),
    "child": pl.String(),
    "element": pl.String(),
    "value": pl.String(),
    "fault": pl.String(),
    "mend": pl.String(),
}
Marks = npt.NDArray[np.bool_]
CONTENT = group("Content", group("CBDSLevels", *may("CBDSLevel")))
"""What some systems say of the file's own content, at the end of its header; it asks nothing and is let be."""
HOLD_CHILDREN = ("Message", "Children")
LEAVE_OUT = "Give the value, or leave the element out where it may be."


def structure_faults(path: Path, collection_year: int, found: CensusFile | None = None) -> pl.DataFrame:
    """The faults of the file as a census of the year that ends in `collection_year`, in the order of its lines.

    Of `found`, where the file's elements were loaded before.

    Columns: line (Int64), child (its LAchildID, where it is in one), element, value (shortened), fault (what is
    wrong) and mend (what to do). Raises RefusedFile for a file that is no census at all, as the reader does.
    Source: the department's schemas of 2022-23 to 2025-26.
    """
    found = found or load_elements(path)
    flat = found.flat.whole_children() if found.fault else found.flat
    checked = _Checked(flat, _with_content(of_year(MESSAGE, collection_year)), collection_year, found.fault is not None)
    parts = [*_every_fault(checked), *_of_the_file(found)]
    together = pl.concat([pl.DataFrame(schema=FAULTS), *parts])
    return together.sort("line", maintain_order=True, nulls_last=True)


def _with_content(message: Element) -> Element:
    header, *others = message.inside
    return replace(message, inside=(replace(header, inside=(*header.inside, CONTENT)), *others))


@dataclass(frozen=True)
class _Checked:
    """The elements of a file beside those the year's census has."""

    flat: Flat
    message: Element
    year: int
    broken: bool
    """Whether the file breaks off, so that what holds the children was never closed."""

    @cached_property
    def holders(self) -> dict[int, Element]:
        """The elements that hold others, by the number of their name."""
        return {self.number(each.name): each for each in with_all_inside(self.message) if each.inside}

    @cached_property
    def place(self) -> Ints:
        """The place of each element among those its parent may hold, from 0; -1 where it may not stand there."""
        names = len(self.flat.names)
        places = np.full((names, names), -1, np.int64)
        for holder, each in self.holders.items():
            for place, inner in enumerate(each.inside):
                places[holder, self.number(inner.name)] = place
        inside = self.flat.parent >= 0
        return np.where(inside, places[self.flat.code[self.flat.parent], self.flat.code], 0)

    @cached_property
    def known(self) -> Marks:
        """Whether each element stands where the census has one, and so does every element it stands in."""
        known: Marks = self.place >= 0
        before = None
        while not known.all() and (before is None or (known != before).any()):
            before = known
            known = known & ((self.flat.parent < 0) | known[self.flat.parent])
        return known

    @cached_property
    def holds(self) -> Marks:
        """Whether each element is one that holds others in this census."""
        holders = np.zeros(len(self.flat.names), np.bool_)
        holders[list(self.holders)] = True
        return holders[self.flat.code] & self.known

    @cached_property
    def empty(self) -> Marks:
        """Whether each element has no text: it is empty, or holds others."""
        without = np.append(self.flat.values.is_null().to_numpy(), True)
        return without[self.flat.value_of]

    def number(self, name: str) -> int:
        """The number of an element's name in the file."""
        return self.flat.names.index(name)

    def at(self, number: int) -> Ints:
        """The places of the known elements of that name, in order."""
        places = self.flat.named(number)
        return places[self.known[places]]

    def faults(self, places: Ints, fault: str | pl.Series, mend: str, element: str | None = None) -> pl.DataFrame:
        """One row for each place; `element` names the element where it is another than the one that stands there."""
        flat = self.flat
        if not len(places):
            return pl.DataFrame(schema=FAULTS)
        names = pl.Series(flat.names, dtype=pl.String).gather(flat.code[places])
        within = pl.Series(flat.inside(places, "Child") >= 0, dtype=pl.Boolean)
        children = child_of(flat, places) if len(flat.at("Child")) else pl.Series([None] * len(places), dtype=pl.String)
        return pl.DataFrame(
            {
                "line": pl.Series(flat.line[places], dtype=pl.Int64),
                "child": children.set(~within, None),
                "element": names if element is None else pl.repeat(element, len(places), eager=True),
                "value": flat.texts(places).str.slice(0, MOST_SHOWN),
                "fault": fault if isinstance(fault, pl.Series) else pl.repeat(fault, len(places), eager=True),
                "mend": pl.repeat(mend, len(places), eager=True),
            },
            schema=FAULTS,
        )


def _every_fault(checked: _Checked) -> Iterator[pl.DataFrame]:
    flat = checked.flat
    held_here = (flat.parent >= 0) & checked.holds[flat.parent]
    yield checked.faults(
        np.flatnonzero(held_here & (checked.place < 0)), "is no element of this year's census here", "Remove it."
    )
    yield from _out_of_place(checked, held_here & checked.known)
    yield from _missing(checked)
    values = checked.known & ~checked.holds
    yield checked.faults(
        np.flatnonzero(values & ~flat.leaf), "holds elements where a value should stand", "Give the value alone."
    )
    yield checked.faults(np.flatnonzero(values & flat.leaf & checked.empty), "is empty", LEAVE_OUT)
    texts = np.flatnonzero(checked.holds & ~checked.empty)
    yield checked.faults(texts, "holds text, not elements", "Put it in its own element.")
    yield from _wrong_values(checked)


def _out_of_place(checked: _Checked, held: Marks) -> Iterator[pl.DataFrame]:
    """Of the known elements `held`: those after one they must come before, and those given once too often."""
    flat = checked.flat
    once = [checked.number(inner.name) for each in checked.holders.values() for inner in each.inside if not inner.many]
    places = _in_disorder(checked, held, once)
    if not len(places):
        return
    beside = pl.DataFrame(
        {"at": places, "parent": flat.parent[places], "place": checked.place[places], "code": flat.code[places]}
    ).sort("parent", "at")
    beside = beside.with_columns(
        before=pl.col("place").cum_max().over("parent"), again=~pl.struct("parent", "code").is_first_distinct()
    )
    late = beside.filter(pl.col("place") < pl.col("before"))
    orders = {holder: [inner.name for inner in each.inside] for holder, each in checked.holders.items()}
    holders = flat.code[late["parent"].to_numpy()].tolist()
    after = [orders[holder][before] for holder, before in zip(holders, late["before"], strict=True)]
    yield checked.faults(
        late["at"].to_numpy(),
        pl.Series([f"stands after {name}, which it must come before" for name in after], dtype=pl.String),
        "Put the elements in the order of the schema.",
    )
    # A name may stand once in one element and many times in another: none of the census's does.
    again = beside.filter(pl.col("again") & pl.col("code").is_in(once))
    yield checked.faults(again["at"].to_numpy(), "is given again in the same element", "Leave one.")


def _in_disorder(checked: _Checked, held: Marks, once: list[int]) -> Ints:
    """The elements of `held` beside which something is out of order or given again: nearly always none at all."""
    flat = checked.flat
    # Level by level, in the order of the file, the elements in one parent stand side by side.
    order = np.argsort(flat.depth, kind="stable")
    order = order[held[order]]
    parent, place, code = flat.parent[order], checked.place[order], flat.code[order]
    only_once = np.zeros(len(flat.names), np.bool_)
    only_once[once] = True
    wrong = (place[1:] < place[:-1]) | ((place[1:] == place[:-1]) & only_once[code[1:]])
    wrong &= parent[1:] == parent[:-1]
    within = np.zeros(len(flat.code), np.bool_)
    within[parent[1:][wrong]] = True
    return np.flatnonzero(held & within[flat.parent]) if wrong.any() else np.empty(0, np.int64)


def _missing(checked: _Checked) -> Iterator[pl.DataFrame]:
    flat = checked.flat
    for holder, each in checked.holders.items():
        if checked.broken and each.name in HOLD_CHILDREN:
            continue
        holders = checked.at(holder)
        for inner in each.inside:
            if inner.required:
                given = np.zeros(len(flat.code), np.bool_)
                given[flat.parent[checked.at(checked.number(inner.name))]] = True
                yield checked.faults(
                    holders[~given[holders]], f"is missing from {each.name}", f"Add {inner.name}.", inner.name
                )


def _wrong_values(checked: _Checked) -> Iterator[pl.DataFrame]:
    flat = checked.flat
    for number, name in enumerate(flat.names):
        if not (checks := checks_of(name, checked.year)):
            continue
        places = checked.at(number)
        places = places[~checked.holds[places] & ~checked.empty[places]]
        texts = flat.texts(places)
        different = texts.unique()  # far fewer than the texts: days and codes
        for check in checks:
            wrong = different.filter(check.wrong(different))
            if len(wrong):
                yield checked.faults(places[texts.is_in(wrong.implode()).to_numpy()], check.fault, check.mend)


def _of_the_file(found: CensusFile) -> Iterator[pl.DataFrame]:
    """Text between elements, and the line at which the file breaks off."""
    rows: list[tuple[int, None, None, str | None, str, str]] = [
        (line, None, None, text[:MOST_SHOWN], "is text outside any element", "Remove it, or put it in its element.")
        for line, text in found.stray
    ]
    if found.fault:
        fault = f"the file breaks off or is no longer XML here ({found.fault.reason})"
        rows.append((found.fault.line, None, None, None, fault, "Export the file again, or mend that line."))
    yield pl.DataFrame(rows, schema=FAULTS, orient="row")
