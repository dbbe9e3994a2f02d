"""A census file flattened to tables of text, in one pass, with everything in it that has no place listed.

The tables are the ones the return's own rules speak of, one row for each group of the file, columns named as its
elements, every value text. `_line` is the line the group starts on. `LAchildID` names the child; `CINdetailsID`,
`AssessmentID` and `CPPID` number those groups 1, 2, 3 through the whole file, so that each is unique.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt
import polars as pl

from goldenthread.dataset.readers import cin_census_shape as shape
from goldenthread.dataset.readers import cin_census_sound
from goldenthread.dataset.readers.cin_census_scan import Elements, Ints, Names, scan
from goldenthread.dataset.readers.cin_census_xml import Broken, NotPlain, body_of, plain_blocks, unread_blocks
from goldenthread.dataset.readers.common import LINE, MOST_LISTED
from goldenthread.dataset.rejects import RefusedFile, Reject, Rejects

CHILD = "LAchildID"
LONGEST_CELL = 500
"""Characters; no value of the census comes near, so a longer one is a fault and is not carried on."""
MOST_SHOWN = 200
"""Characters of a value that a reject shows."""


@dataclass(frozen=True, slots=True)
class RawCensus:
    """A census as text. `truncated` is true when the file broke off; its last, unfinished child is not here."""

    tables: dict[str, pl.DataFrame]
    rejects: Rejects
    truncated: bool = False
    rows_in: int = 0
    """Groups met in the file that make a row, whether or not the row could be used."""


@dataclass(frozen=True, slots=True)
class CensusFile:
    """Every element of a file, text met between elements (line and text), and where the file breaks off, if it does."""

    flat: Flat
    stray: list[tuple[int, str]]
    fault: Broken | None


def load_elements(path: Path) -> CensusFile:
    """Every element of the census in `path`, the last and unfinished child of a broken file included.

    Raises RefusedFile when the file is no census, has a document type declaration or is not in the encoding it claims.
    """
    names = Names(list(shape.NAMES))
    parts, fault = _while_it_is_verified(path, names), None
    if parts is None:
        names = Names(list(shape.NAMES))
        try:
            parts, fault = _elements(path, names, rewriting=False)
        except NotPlain:
            parts, fault = _elements(path, names, rewriting=True)
    if not parts:
        raise RefusedFile(_no_census(path.name, fault))
    flat = Flat.of(_joined(parts), names.names)
    if flat.root != shape.ROOT:
        raise RefusedFile(f"{path.name} is no CIN census: its outermost element is <{flat.root}>, not <{shape.ROOT}>.")
    return CensusFile(flat, [found for part in parts for found in part.stray], fault)


def load_tables(path: Path, found: CensusFile | None = None) -> RawCensus:
    """The tables of the census in `path`, as text; of `found`, where its elements were loaded before.

    Raises RefusedFile as `load_elements`. A file cut short gives every child before the break, and a reject that names
    the line.
    """
    found = found or load_elements(path)
    flat, fault = found.flat, found.fault
    rejects = Rejects()
    rejects.extend(_stray(path.name, found.stray))
    kept = flat.whole_children() if fault else flat
    rejects.extend(_misplaced(path.name, kept))
    rejects.extend(_second_identifiers(path.name, kept))
    tables = {"Header": _header(kept, path.name, rejects)}
    for table in shape.TABLES:
        tables[table.name] = _table(kept, table, path.name, rejects)
    if fault:
        rejects.add(_cut_short(path.name, fault, flat, kept))
    rows_in = sum(frame.height for frame in tables.values())
    return RawCensus(tables, rejects, truncated=fault is not None, rows_in=rows_in)


def _while_it_is_verified(path: Path, names: Names) -> list[Elements] | None:
    """The elements of a large file that another process meanwhile finds sound; None where it must be read with care."""
    if path.stat().st_size < cin_census_sound.LARGE:
        return None
    try:
        verdict = cin_census_sound.asked_apart(path, body_of(path))
    except (NotPlain, OSError):  # unusual, or no other process to be had
        return None
    try:
        parts = list(scan(unread_blocks(path), names))
    except Exception:  # not yet known to be XML, it may be anything: the careful reading says what is wrong
        verdict.kill()
        parts = None
    return parts if verdict.wait() == 0 else None


def _elements(path: Path, names: Names, *, rewriting: bool) -> tuple[list[Elements], Broken | None]:
    parts: list[Elements] = []
    try:
        for part in scan(plain_blocks(path, rewriting=rewriting), names):
            parts.append(part)
    except Broken as fault:
        return parts, fault
    return parts, None


@dataclass(frozen=True, slots=True)
class Flat:
    """Every element of the file in order: number of its name, its parent's place, whether it stands where it may."""

    names: list[str]
    code: Ints
    depth: Ints
    parent: Ints
    line: Ints
    leaf: npt.NDArray[np.bool_]
    placed: npt.NDArray[np.bool_]
    value_of: Ints
    values: pl.Series
    by_name: Ints
    """The places sorted by the number of their name, and in order within one name."""
    begins: Ints
    """Where in `by_name` each name begins, and where the last ends."""
    places: dict[str, Ints] = field(default_factory=dict)

    @classmethod
    def of(cls, found: Elements, names: list[str]) -> Flat:
        parent = _parents(found.depth)
        allowed = np.zeros((len(names), len(names)), np.bool_)
        number = {name: place for place, name in enumerate(names)}
        for outer, inner in shape.INSIDE.items():
            allowed[number[outer], [number[name] for name in inner]] = True
        placed = np.where(parent < 0, found.code == number[shape.ROOT], allowed[found.code[parent], found.code])
        for depth in range(1, int(found.depth.max(initial=0)) + 1):  # what stands in a misplaced element is misplaced
            at = np.flatnonzero(found.depth == depth)
            placed[at] &= (parent[at] < 0) | placed[np.maximum(parent[at], 0)]
        value_of = np.where(found.leaf, np.cumsum(found.leaf, dtype=np.int32) - np.int32(1), np.int32(-1))
        by_name = np.argsort(found.code, kind="stable").astype(np.int32)
        return cls(
            names,
            found.code,
            found.depth,
            parent,
            found.line,
            found.leaf,
            placed,
            value_of,
            found.values,
            by_name,
            _begins(found.code, names),
        )

    @property
    def root(self) -> str:
        return self.names[int(self.code[0])]

    def at(self, name: str) -> Ints:
        """The places of the well-placed elements of that name, in order."""
        if name not in self.places:
            found = self.named(self.names.index(name))
            self.places[name] = found[self.placed[found]]
        return self.places[name]

    def named(self, number: int) -> Ints:
        """The places of all elements whose name has that number, in order."""
        first, end = self.begins[number : number + 2]
        return self.by_name[first:end]

    def inside(self, places: Ints, name: str) -> Ints:
        """Which element of that name each place stands in, counting from nought; the latest to open before it."""
        return np.searchsorted(self.at(name), places, side="right") - 1

    def texts(self, places: Ints) -> pl.Series:
        """The text of each place; null for one that is negative or holds other elements."""
        value_of = np.where(places >= 0, self.value_of[places], -1)
        index = pl.Series(value_of)
        if not len(self.values):
            return pl.Series("value", [None] * len(places), dtype=pl.String)
        return self.values.gather(index.set(index < 0, None))

    def whole_children(self) -> Flat:
        """Only what stands before the last child to open, which the break in the file left unfinished."""
        opened = np.flatnonzero(self.code == self.names.index("Child"))
        end = int(opened[-1]) if len(opened) else len(self.code)
        return Flat(
            self.names,
            self.code[:end],
            self.depth[:end],
            self.parent[:end],
            self.line[:end],
            self.leaf[:end],
            self.placed[:end],
            self.value_of[:end],
            self.values,
            self.by_name[self.by_name < end],
            _begins(self.code[:end], self.names),
        )


def _joined(parts: list[Elements]) -> Elements:
    return Elements(
        np.concatenate([part.code for part in parts]),
        np.concatenate([part.depth for part in parts]),
        np.concatenate([part.line for part in parts]),
        np.concatenate([part.leaf for part in parts]),
        pl.concat([part.values for part in parts], rechunk=True),
        [],
    )


def _begins(code: Ints, names: list[str]) -> Ints:
    return np.concatenate([[0], np.bincount(code, minlength=len(names)).cumsum()])


def _parents(depth: Ints) -> Ints:
    """The place of the element each one stands in: the latest before it one level up; -1 for the outermost."""
    parent = np.full(len(depth), -1, np.int32)
    outer = np.flatnonzero(depth == 0)
    for level in range(1, int(depth.max(initial=0)) + 1):
        here = np.flatnonzero(depth == level)
        parent[here] = outer[np.searchsorted(outer, here) - 1]
        outer = here
    return parent


def _header(flat: Flat, file: str, rejects: Rejects) -> pl.DataFrame:
    names = (*shape.COLLECTION, *shape.SOURCE)
    schema = {LINE: pl.Int64(), **dict.fromkeys(names, pl.String())}
    if not len(flat.at("Header")):
        return pl.DataFrame(schema=schema)
    again = np.concatenate([flat.at(name)[1:] for name in names])
    rejects.extend(_listed(file, flat, again, "is given twice in the header, and the first is kept", "Leave one."))
    found = {name: list(flat.texts(flat.at(name)[:1])) or [None] for name in names}
    return pl.DataFrame({LINE: [int(flat.line[flat.at("Header")[0]])], **found}, schema=schema)


def _table(flat: Flat, table: shape.RawTable, file: str, rejects: Rejects) -> pl.DataFrame:
    rows = flat.at(table.element)
    if table.element == "CPPreviewDate":  # a review without its date is still a review that was reported
        rows = np.sort(np.concatenate([rows, _without(flat, "Reviews", "CPPreviewDate")]))
    columns = {CHILD: child_of(flat, rows)}
    for link, element in table.links.items():
        columns[link] = pl.Series(flat.inside(rows, element) + 1).cast(pl.String)
    if table.value:
        columns[table.value] = _bounded(flat.texts(rows), flat.line[rows], table.value, table, file, rejects)
    for name in table.columns:
        if name != CHILD:
            columns[name] = _cells(flat, rows, name, table, file, rejects)
    return pl.DataFrame({LINE: pl.Series(flat.line[rows], dtype=pl.Int64), **columns})


def _cells(flat: Flat, rows: Ints, name: str, table: shape.RawTable, file: str, rejects: Rejects) -> pl.Series:
    """One text a row: the element of that name in it, the first where it is given twice."""
    found = flat.at(name)
    found = found[flat.code[flat.parent[found]] == flat.names.index(table.element)]
    row = np.searchsorted(rows, flat.parent[found])
    again = np.flatnonzero(np.diff(row, prepend=-1) == 0)
    if len(again):
        values = flat.texts(found[again]).fill_null("")
        lines = flat.line[found[again]].tolist()
        reason = f"is given twice in one {table.element}, and the first is kept"
        rejects.extend(Reject(file, table.name, line, name, text, reason, "Leave one.")
                       for line, text in zip(lines, values, strict=True))  # fmt: skip
        found, row = np.delete(found, again), np.delete(row, again)
    places = np.full(len(rows), -1, np.int64)
    places[row] = found
    return _bounded(flat.texts(places), flat.line[rows], name, table, file, rejects)


def _bounded(texts: pl.Series, lines: Ints, name: str, table: shape.RawTable, file: str, rejects: Rejects) -> pl.Series:
    long = (texts.str.len_bytes() > LONGEST_CELL).fill_null(False)
    if not long.any():
        return texts
    for place in long.arg_true():
        rejects.add(
            Reject(file, table.name, int(lines[place]), name, texts[place][:60] + "...",
                   f"is longer than {LONGEST_CELL} characters", "Correct it.")
        )  # fmt: skip
    return texts.set(long, None)


def child_of(flat: Flat, rows: Ints) -> pl.Series:
    """The child's own identifier for each row; null where the file gives none."""
    children = flat.at("Child")
    named = flat.at(CHILD)
    number = flat.inside(named, "Child")
    first = np.flatnonzero(np.diff(number, prepend=-1) != 0)
    places = np.full(max(len(children), 1), -1, np.int64)
    places[number[first]] = named[first]
    identifiers = flat.texts(places)
    return identifiers.gather(pl.Series(flat.inside(rows, "Child"))) if len(rows) else identifiers.clear()


def _second_identifiers(file: str, flat: Flat) -> Iterator[Reject]:
    named = flat.at(CHILD)
    again = named[np.diff(flat.inside(named, "Child"), prepend=-1) == 0]
    yield from _listed(file, flat, again, "is a second identifier of one child, and the first is kept", "Leave one.")


def _without(flat: Flat, outer: str, inner: str) -> Ints:
    """The places of `outer` elements that hold no `inner`."""
    outers = flat.at(outer)
    return outers[~np.isin(outers, flat.parent[flat.at(inner)])]


def _misplaced(file: str, flat: Flat) -> Iterator[Reject]:
    """Elements that stand where the census has none of that name, and values where elements should stand."""
    outermost = ~flat.placed & (flat.parent >= 0) & flat.placed[np.maximum(flat.parent, 0)]
    holders = np.array([name in shape.INSIDE for name in flat.names])[flat.code]
    yield from _listed(file, flat, np.flatnonzero(outermost), "is no element of the census here", "Remove it.")
    texts = np.flatnonzero(holders & flat.leaf & flat.placed)
    texts = texts[flat.texts(texts).is_not_null().to_numpy()] if len(texts) else texts
    yield from _listed(file, flat, texts, "is text where elements should stand", "Put it in its own element.")
    nested = np.unique(flat.parent[outermost])
    values = nested[~holders[nested] & flat.placed[nested]]
    yield from _listed(file, flat, values, "holds elements where a value should stand", "Give the value alone.")


def _listed(file: str, flat: Flat, places: Ints, reason: str, what_to_do: str) -> Iterator[Reject]:
    children = child_of(flat, places) if len(places) else pl.Series([], dtype=pl.String)
    within = flat.inside(places, "Child") >= 0
    for place, child, inside in zip(places[:MOST_LISTED].tolist(), children, within.tolist(), strict=False):
        outer = flat.names[int(flat.code[flat.parent[place]])]
        whose = f" (child {child})" if child and inside else ""
        name, line = flat.names[int(flat.code[place])], int(flat.line[place])
        yield Reject(file, outer, line, name, _all_text(flat, place), reason + whose, what_to_do)


def _all_text(flat: Flat, place: int) -> str:
    """The text of an element and of all it holds, shortened."""
    end = place + 1
    while end < len(flat.parent) and flat.parent[end] >= place and end - place < MOST_SHOWN:
        end += 1
    return " ".join(flat.texts(np.arange(place, end)).drop_nulls())[:MOST_SHOWN]


def _stray(file: str, stray: Iterable[tuple[int, str]]) -> Iterator[Reject]:
    for line, text in stray:
        yield Reject(
            file, "", line, "", text[:MOST_SHOWN], "is text outside any element", "Remove it, or put it in its element."
        )


def _cut_short(file: str, fault: Broken, flat: Flat, kept: Flat) -> Reject:
    lost = Flat.at(flat, "Child")[len(kept.at("Child")) :]
    child = child_of(flat, lost)[0] if len(lost) else None
    return Reject(
        file,
        "Child",
        fault.line,
        CHILD,
        child or "",
        f"the file breaks off or is no longer XML at this line ({fault.reason}); every child before it was read, "
        "the child being read was not",
        "Export the file again, or mend that line.",
        whole_row=True,
    )


def _no_census(file: str, fault: Broken | None) -> str:
    if fault:
        return f"{file} is not XML: {fault.reason} at line {fault.line}. Export it again as XML."
    return f"{file} holds no elements. Export it again."
