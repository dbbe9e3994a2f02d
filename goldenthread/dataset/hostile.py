"""Files that would harm or mislead are refused before anything is built from them, in bounded memory.

Each check raises `RefusedFile` with a sentence that says what is wrong and what to do. The limits are far above any
authority's return and far below what would trouble an ordinary computer.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import IO
from xml.parsers import expat

import polars as pl
from lxml import etree

from goldenthread.dataset.rejects import RefusedFile

MOST_BYTES = 2_000_000_000
"""The largest file read, in bytes."""

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What makes a spreadsheet take a text for a formula, the full-width forms too."""

SIGNED_NUMBER = r"^[+-](\d[\d,]*)?(\.\d+)?%?$"


def ordinary_file(path: Path, *, most_bytes: int = MOST_BYTES) -> Path:
    """`path`, when it is a plain file of a readable size; RefusedFile for a folder, link, device or empty file."""
    try:
        found = os.lstat(path)
    except FileNotFoundError:
        raise RefusedFile(f"There is no file {path}. Check the path.") from None
    except OSError as fault:
        raise RefusedFile(f"{path} cannot be opened: {fault.strerror}. Check the path.") from fault
    if stat.S_ISLNK(found.st_mode):
        raise RefusedFile(f"{path} is a link to another place. Give the path of the file itself.")
    if stat.S_ISDIR(found.st_mode):
        raise RefusedFile(f"{path} is a folder. Give the path of the file in it.")
    if not stat.S_ISREG(found.st_mode):
        raise RefusedFile(f"{path} is not an ordinary file. Copy it to a file and give that.")
    if found.st_size == 0:
        raise RefusedFile(f"{path} is empty. Export or copy it again.")
    if found.st_size > most_bytes:
        size, most = found.st_size // 1_000_000, most_bytes // 1_000_000
        raise RefusedFile(f"{path} has {size:,} MB; at most {most:,} MB are read. Split it or export less.")
    return path


def ordinary_folder(path: Path) -> tuple[Path, ...]:
    """The plain files directly in the folder, by name. RefusedFile when it is no folder or holds links."""
    if not path.is_dir():
        raise RefusedFile(f"{path} is not a folder. Give the folder that holds the files.")
    inside = sorted(path.iterdir())
    if links := [found.name for found in inside if found.is_symlink()]:
        raise RefusedFile(f"{path} holds links to other places: {', '.join(links)}. Put the files themselves there.")
    return tuple(found for found in inside if found.is_file())


def utf8_text(path: Path, *, most_bytes: int = MOST_BYTES) -> str:
    """The file's text, which must be UTF-8, with or without the mark at its start.

    RefusedFile for UTF-16, for bytes that are not UTF-8 (naming the line) and for binary files.
    """
    found = ordinary_file(path, most_bytes=most_bytes).read_bytes()
    if found.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise RefusedFile(f"{path} is in UTF-16. Save it again as 'CSV UTF-8'.")
    if b"\0" in found:
        raise RefusedFile(f"{path} is not a text file. Export it again as 'CSV UTF-8'.")
    try:
        return found.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = found.count(b"\n", 0, fault.start) + 1
        raise RefusedFile(
            f"{path}, line {line}: the byte {found[fault.start]:#04x} is not UTF-8; the file is probably in an older "
            "Windows encoding. Save it again as 'CSV UTF-8'."
        ) from None


def xml_elements(path: Path, *tags: str) -> Iterator[etree._Element]:
    """Each finished element of those tags ("{*}Child" for any namespace), read as a stream and then forgotten.

    No entity is expanded, nothing is fetched, no document type is allowed. RefusedFile for a document type, for a
    truncated or broken file and for text or nesting beyond the parser's own bounds. An element is emptied, and those
    before it dropped, as soon as the next is asked for.
    """
    without_document_type(ordinary_file(path))
    try:
        with path.open("rb") as opened:
            events = etree.iterparse(
                opened,
                events=("end",),
                tag=tags or None,
                resolve_entities=False,
                no_network=True,
                load_dtd=False,
                dtd_validation=False,
                huge_tree=False,
                remove_comments=True,
                remove_pis=True,
            )
            for _, element in events:
                yield element
                element.clear()
                while element.getprevious() is not None and (parent := element.getparent()) is not None:
                    del parent[0]
    except etree.XMLSyntaxError as fault:
        raise RefusedFile(
            f"{path}, line {fault.lineno}: the XML is broken or cut short ({fault.msg}). Export the file again."
        ) from None


def without_document_type(path: Path) -> None:
    """Raise RefusedFile when the XML declares a document type, where entity bombs and outside files come in."""

    def declared(*_: object) -> None:
        raise RefusedFile(
            f"{path} declares a document type (DOCTYPE), which no return does and which can carry harm. "
            "Export the file again from the system it came from."
        )

    class BodyReached(Exception):
        pass

    def body(*_: object) -> None:
        raise BodyReached

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = declared
    parser.StartElementHandler = body
    with path.open("rb") as opened:
        try:
            while chunk := opened.read(4096):
                parser.Parse(chunk)
            parser.Parse(b"", True)
        except BodyReached:
            return
        except (expat.ExpatError, LookupError, ValueError) as fault:
            raise RefusedFile(f"{path} is not XML: {fault}. Give the XML file that was exported.") from None
    raise RefusedFile(f"{path} holds no XML element. Give the XML file that was exported.")


def neutralise(value: str) -> str:
    """`value` so that a spreadsheet shows it and never runs it: an apostrophe goes before a formula's first sign.

    A plain signed number is left as it is.
    """
    frame = pl.select(neutralised(pl.lit(value, dtype=pl.String)).alias("value"))
    return str(frame.item())


def neutralised(column: pl.Expr) -> pl.Expr:
    """`neutralise` for a column of text; null stays null."""
    starts = pl.any_horizontal(column.str.strip_chars_start(" ").str.starts_with(start) for start in FORMULA_STARTS)
    signed_number = column.str.contains(SIGNED_NUMBER) & column.str.contains(r"\d")
    return pl.when(starts & ~signed_number).then(pl.lit("'") + column).otherwise(column)


def neutralised_frame(frame: pl.DataFrame) -> pl.DataFrame:
    """`frame` with every column of text neutralised, for CSV and XLSX."""
    return frame.with_columns(
        neutralised(pl.col(name)).alias(name) for name, dtype in frame.schema.items() if dtype == pl.String
    )


def counted_chunks(opened: IO[bytes], most_bytes: int, too_many: RefusedFile) -> Iterator[bytes]:
    """The stream in pieces of 1 MB; raises `too_many` as soon as more than `most_bytes` have come."""
    seen = 0
    while chunk := opened.read(1 << 20):
        seen += len(chunk)
        if seen > most_bytes:
            raise too_many
        yield chunk
