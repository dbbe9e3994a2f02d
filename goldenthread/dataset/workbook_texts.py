"""How much text a workbook's cells come to when each has its own copy.

A workbook holds each text once and its cells point to it; the sheet reader gives every cell a copy. One long text
shown in millions of cells is small on disk and would fill any memory, so the copies are counted first.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from xml.parsers import expat

from goldenthread.dataset.hostile import counted_chunks
from goldenthread.dataset.rejects import RefusedFile

MOST_COPIED_BYTES = 2_000_000_000
SHARED = "xl/sharedStrings.xml"
POINTER = re.compile(rb"""t\s*=\s*["']s["'][^<>]*>\s*<(?:\w+:)?v>\s*([0-9]{1,9})\s*</""")


def check_copied_text(archive: zipfile.ZipFile, sheets: list[str], pointers: int, too_big: RefusedFile) -> None:
    """Raise `too_big` when the texts of all cells come to more than `MOST_COPIED_BYTES`.

    `pointers` is an upper bound on the cells that point to a shared text; most workbooks pass on that alone.
    """
    if SHARED not in archive.namelist():
        return
    lengths = _lengths(archive, too_big)
    if pointers * max(lengths, default=0) <= MOST_COPIED_BYTES:
        return
    copied = 0
    for sheet in sheets:
        for text in _pointed_to(archive, sheet, too_big):
            copied += lengths[text] if text < len(lengths) else 0
            if copied > MOST_COPIED_BYTES:
                raise too_big


def _lengths(archive: zipfile.ZipFile, too_big: RefusedFile) -> list[int]:
    """The length of each shared text, in characters; the parser expands nothing, document types being refused."""
    lengths: list[int] = []

    def begun(name: str, _: dict[str, str]) -> None:
        if name.rpartition(":")[2] == "si":
            lengths.append(0)

    def text(found: str) -> None:
        if lengths:
            lengths[-1] += len(found)

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.CharacterDataHandler = begun, text
    with archive.open(SHARED) as opened:
        try:
            for chunk in counted_chunks(opened, MOST_COPIED_BYTES, too_big):
                parser.Parse(chunk)
            parser.Parse(b"", True)
        except expat.ExpatError as fault:
            raise RefusedFile(f"{archive.filename}: {SHARED} is broken ({fault}). Save the workbook again.") from None
    return lengths


def _pointed_to(archive: zipfile.ZipFile, sheet: str, too_big: RefusedFile) -> Iterator[int]:
    tail = b""
    with archive.open(sheet) as opened:
        for chunk in counted_chunks(opened, MOST_COPIED_BYTES, too_big):
            seen = tail + chunk
            cut = seen.rfind(b"</") + 2  # a pointer ends with an end tag: nothing is cut in two or found twice
            yield from map(int, POINTER.findall(seen[:cut]))
            tail = seen[cut:]
