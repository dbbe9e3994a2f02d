"""The elements of a plain block of XML, found by arithmetic on its bytes rather than one at a time.

Only for blocks from `cin_census_xml.plain_blocks`: Expat has read them, so tags match and no `<` stands inside a
value. What is left is to find the brackets, which NumPy does at the speed of memory; a parser that calls back
into Python for each of the millions of elements of a large authority takes several times as long.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import unescape

import numpy as np
import numpy.typing as npt
import polars as pl

from goldenthread.dataset.readers.cin_census_xml import DEEPEST
from goldenthread.dataset.rejects import RefusedFile

LT, GT, SLASH, NEWLINE, SPACE, QUESTION = b"<>/\n ?"
LONGEST_VALUE = 16 << 20
MOST_NAMES = 1000
_WORDS = 4  # of eight bytes: enough for the longest name of the census
_KEEP = np.array([(1 << (8 * n)) - 1 for n in range(9)], dtype=np.uint64)
_MIX = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93], dtype=np.uint64)
_PADDING = bytes(8 * _WORDS + 8)
_REFERENCE = re.compile(r"&(?:#\d+|#x[0-9a-fA-F]+|lt|gt|amp|quot|apos);")

Ints = npt.NDArray[np.signedinteger]


@dataclass(slots=True)
class Names:
    """The element names met, numbered in order; the names of the census come first.

    `keys` and `codes` are a sorted look-up from a name's bytes, mixed into 64 bits, to its number.
    """

    names: list[str]
    keys: npt.NDArray[np.uint64] = field(init=False)
    codes: Ints = field(init=False)
    numbered: dict[str, int] = field(init=False)

    def __post_init__(self) -> None:
        self.numbered = {name: number for number, name in enumerate(self.names)}
        self.keys, self.codes = np.empty(0, np.uint64), np.empty(0, np.int64)
        self._learn({_key(name.encode()): number for name, number in self.numbered.items()})

    def _learn(self, found: dict[int, int]) -> None:
        keys = np.concatenate([self.keys, np.array(list(found), dtype=np.uint64)])
        codes = np.concatenate([self.codes, np.array(list(found.values()), dtype=np.int64)])
        order = np.argsort(keys, kind="stable")
        self.keys, self.codes = keys[order], codes[order]

    def look_up(self, block: bytes, start: Ints, length: Ints, keys: npt.NDArray[np.uint64]) -> Ints:
        """The number of each tag; a tag not met before (prefixed, with attributes, unknown) is read and numbered."""
        place = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
        known = (self.keys[place] == keys) & (length <= 8 * _WORDS)
        codes = np.where(known, self.codes[place], -1)
        learnt: dict[int, int] = {}
        for at in np.flatnonzero(~known):
            key, size = int(keys[at]), int(length[at])
            if key not in learnt or size > 8 * _WORDS:
                name = _local_name(block[start[at] : start[at] + size])
                number = self.numbered.setdefault(name, len(self.names))
                if number == len(self.names):
                    if number == MOST_NAMES:
                        raise RefusedFile(f"The file has more than {MOST_NAMES} kinds of element: it is no census.")
                    self.names.append(name)
                codes[at] = number
                if size <= 8 * _WORDS:
                    learnt[key] = number
            else:
                codes[at] = learnt[key]
        if learnt:
            self._learn(learnt)
        return codes


def _local_name(tag: bytes) -> str:
    """The name without attributes and without a namespace prefix."""
    return tag.decode("utf-8", "replace").split(maxsplit=1)[0].rpartition(":")[2]


def _key(name: bytes) -> int:
    padded = np.frombuffer(name + _PADDING, np.uint8)
    return int(_mixed(padded, np.array([0]), np.array([len(name)]))[0])


def _mixed(data: npt.NDArray[np.uint8], start: Ints, length: Ints) -> npt.NDArray[np.uint64]:
    words = np.ndarray((len(data) - 7,), "<u8", buffer=data, strides=(1,))
    mixed = np.zeros(len(start), np.uint64)
    for number in range(_WORDS):
        left = length - 8 * number
        if number and not (left > 0).any():
            break
        mixed += (words[start + 8 * number] & _KEEP[np.clip(left, 0, 8)]) * _MIX[number]
    return mixed


@dataclass(frozen=True, slots=True)
class Elements:
    """Elements in the order they open: number of the name, depth, line, whether it holds no other element.

    `values` has one text for each element that holds no other, in order, stripped; empty is null. `stray` lists
    text found between elements: line and text.
    """

    code: Ints
    depth: Ints
    line: Ints
    leaf: npt.NDArray[np.bool_]
    values: pl.Series
    stray: list[tuple[int, str]]


def scan(blocks: Iterable[bytes], names: Names) -> Iterator[Elements]:
    """The elements of each block. RefusedFile for nesting or a single value beyond all reason."""
    left, line, depth = b"", 1, 0
    for block in blocks:
        whole = left + block
        # Cut after an end tag, so that whether an element holds others is known within the block.
        cut = _after_last_end_tag(whole)
        if cut == 0:
            if len(whole) > LONGEST_VALUE:
                raise RefusedFile(f"The element after line {line} is longer than {LONGEST_VALUE >> 20} MB.")
            left = whole
            continue
        elements, depth = _scan_block(whole[:cut], line, depth, names)
        yield elements
        line += whole.count(b"\n", 0, cut)
        left = whole[cut:]


def _after_last_end_tag(block: bytes) -> int:
    end = len(block)
    while (start := block.rfind(b"</", 0, end)) >= 0:
        if (closed := block.find(b">", start)) >= 0:
            return closed + 1
        end = start
    return 0


def _scan_block(block: bytes, first_line: int, depth: int, names: Names) -> tuple[Elements, int]:
    data = np.frombuffer(block + _PADDING, np.uint8)
    opens, closes = _brackets(data)
    ends = data[opens + 1] == SLASH
    alone = data[closes - 1] == SLASH  # <Name/>
    steps = np.where(ends, -1, np.where(alone, 0, 1))
    level = depth + np.cumsum(steps)
    if len(level) and level.max() > DEEPEST:
        raise RefusedFile(f"Elements are nested more than {DEEPEST} deep after line {first_line}.")
    followed_by_end = np.append(ends[1:], False)
    at = np.flatnonzero(~ends)
    leaf = followed_by_end[at] | alone[at]
    start = opens[at] + 1
    length = closes[at] - start - alone[at]
    code = names.look_up(block, start, length, _mixed(data, start, length))
    lines = first_line + np.searchsorted(np.flatnonzero(data == NEWLINE), opens[at])
    inner = np.flatnonzero(~ends & followed_by_end & ~alone)
    values = _values(data, closes[inner] + 1, opens[inner + 1])
    if alone.any():
        values = _with_gaps(values, alone[at][leaf])
    # As small as they can be held (MOST_NAMES, DEEPEST): a large authority has tens of millions.
    elements = Elements(
        code.astype(np.int16),
        (level[at] - np.where(alone[at], 0, 1)).astype(np.int8),
        lines.astype(np.int32),
        leaf,
        values,
        _stray(data, block, opens, closes, ~ends & followed_by_end & ~alone, first_line),
    )
    return elements, int(level[-1]) if len(level) else depth


def _brackets(data: npt.NDArray[np.uint8]) -> tuple[Ints, Ints]:
    opens, closes = np.flatnonzero(data == LT), np.flatnonzero(data == GT)
    if len(opens) != len(closes):  # a bare > in a value
        closes = closes[np.searchsorted(closes, opens)]
    declaration = data[opens + 1] == QUESTION
    return (opens[~declaration], closes[~declaration]) if declaration.any() else (opens, closes)


def _values(data: npt.NDArray[np.uint8], start: Ints, end: Ints) -> pl.Series:
    """The texts from `start` to `end`, cut out together: each with the `<` that follows it, to part them by."""
    if not len(start):
        return pl.Series("value", [], dtype=pl.String)
    length = end + 1 - start
    stops = np.cumsum(length)
    places = np.repeat(start - stops + length, length) + np.arange(stops[-1])
    joined = data[places].tobytes()[:-1].decode()
    values = pl.Series("value", [joined]).str.split("<").explode(empty_as_null=True).str.strip_chars()
    if "&" in joined:
        marked = values.str.contains("&", literal=True)
        values = values.to_frame().select(
            pl.when(marked).then(pl.col("value").map_elements(_decoded, pl.String)).otherwise("value").alias("value")
        )["value"]
    return values.set(values.str.len_bytes() == 0, None)


def _decoded(value: str) -> str:
    return _REFERENCE.sub(lambda found: unescape(found.group()), value).strip()


def _with_gaps(values: pl.Series, gap: npt.NDArray[np.bool_]) -> pl.Series:
    """`values` with a null wherever `gap` is true."""
    place = np.cumsum(~gap) - 1
    return values.gather(pl.Series(place).set(pl.Series(gap), None))


def _stray(
    data: npt.NDArray[np.uint8],
    block: bytes,
    opens: Ints,
    closes: Ints,
    holds_value: npt.NDArray[np.bool_],
    first_line: int,
) -> list[tuple[int, str]]:
    """Text that is in no element of its own: before a tag other than the end of a plain value."""
    starts = np.concatenate([[0], closes + 1])
    stops = np.append(opens, len(block))
    kept = np.flatnonzero(~np.concatenate([[False], holds_value]) & (stops > starts))
    if not len(kept):
        return []
    bounds = np.stack([starts[kept], stops[kept]], axis=1).ravel()
    highest = np.maximum.reduceat(data, bounds)[::2]
    found = []
    for place in kept[highest > SPACE]:
        text = block[starts[place] : stops[place]].decode("utf-8", "replace").strip("\ufeff \t\r\n")
        if text and not text.startswith("<?xml"):
            line = first_line + block.count(b"\n", 0, int(starts[place]))
            found.append((line, text))
    return found
