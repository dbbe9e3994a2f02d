"""The bytes of a census, checked and made plain, a block at a time.

Expat, the parser of Python's own library, reads every byte: it decides whether the file is XML at all. A document
type declaration is refused where it starts, so no entity is ever defined, expanded or fetched. A file that is only
elements and text, as all case systems write it, is passed on as it is. One with attributes, comments, CDATA,
processing instructions or another encoding is passed on rewritten without them, its lines kept in place, so that what
follows (`cin_census_scan`) has one simple form to read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import BinaryIO
from xml.parsers import expat

from goldenthread.dataset.rejects import RefusedFile

BLOCK = 2 << 20
"""Bytes read at a time: large enough for the column arithmetic to pay, small beside the frames that result."""
HEAD = 4096
DEEPEST = 64
"""Elements inside one another. The census needs seven; a file nested further is not one."""

_DECLARATION = re.compile(rb"""\A(?:\xef\xbb\xbf)?<\?xml[^>]*?\?>""")
_ENCODING = re.compile(rb"""encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_SAME_AS_UTF8 = {"utf-8", "utf8", "us-ascii", "ascii"}


class Broken(Exception):
    """The file stops being XML at `line`. Raised after everything before the fault has been given."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(f"line {line}: {reason}")
        self.line = line
        self.reason = reason


class NotPlain(Exception):
    """The file holds more than tags and text; it must be read again with `rewriting`."""


def plain_blocks(path: Path, *, rewriting: bool = False) -> Iterator[bytes]:
    """The file as UTF-8 holding only tags and text, in blocks.

    Raises RefusedFile for a document type declaration, a text encoding other than the one declared, or an empty
    file; NotPlain, unless `rewriting`, where something else than tags and text stands; Broken, at the end, for a
    file that stops being XML part of the way.
    """
    with path.open("rb") as file:
        head = file.read(HEAD)
        if not head.strip():
            raise RefusedFile(f"{path.name} is empty. Export it again.")
        file.seek(0)
        yield from _rewritten(path.name, file) if rewriting else _as_it_is(path.name, file, _body_of(head))


def unread_blocks(path: Path) -> Iterator[bytes]:
    """The bytes of the file in the same blocks, whatever they are: for one that is found sound elsewhere."""
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            yield block


def body_of(path: Path) -> int:
    """Where the elements inside the root begin; NotPlain when the declaration or the root is unusual."""
    with path.open("rb") as file:
        return _body_of(file.read(HEAD))


def _body_of(head: bytes) -> int:
    """Where the elements inside the root begin; NotPlain when the declaration or the root is unusual."""
    declaration = _DECLARATION.match(head)
    begins = declaration.end() if declaration else 0
    encoding = _ENCODING.search(declaration.group()) if declaration else None
    named = encoding.group(1).decode("ascii").lower() if encoding else "utf-8"
    ends = head.find(b">", begins) + 1
    root = head[begins:ends]
    # A namespace on the root is usual, and harmless unless a quoted value holds the end of a tag.
    quoted = root.count(b'"') % 2 or root.count(b"'") % 2
    if head[:2] in (b"\xff\xfe", b"\xfe\xff") or named not in _SAME_AS_UTF8 or quoted or b"<!" in root:
        raise NotPlain
    return ends


def _guarded(name: str) -> expat.XMLParserType:
    parser = expat.ParserCreate()

    def refuse(doctype: str, *_: object) -> None:
        raise RefusedFile(
            f"{name} has a document type declaration (DOCTYPE {doctype}) at line {parser.CurrentLineNumber}. "
            "A census has none, and they can hide harmful content. Remove it, or export the file again."
        )

    parser.StartDoctypeDeclHandler = refuse
    return parser


def _as_it_is(name: str, file: BinaryIO, body: int) -> Iterator[bytes]:
    parser = _guarded(name)
    odd: list[bool] = []

    def met(*_: object) -> None:
        odd.append(True)

    parser.CommentHandler = met
    parser.ProcessingInstructionHandler = met
    parser.StartCdataSectionHandler = met
    given = 0
    while True:
        block = file.read(BLOCK)
        fault: expat.ExpatError | None = None
        try:
            parser.Parse(block, not block)
        except expat.ExpatError as found:
            fault = found
        # After the root an equals sign means attributes, whose values may hold anything.
        if odd or b"=" in (block if given else block[body:]):
            raise NotPlain
        if fault:
            _refuse_wrong_encoding(name, block, parser, given)
            yield block[: max(parser.ErrorByteIndex - given, 0)]
            raise Broken(fault.lineno, expat.ErrorString(fault.code))
        if not block:
            return
        given += len(block)
        yield block


def _refuse_wrong_encoding(name: str, block: bytes, parser: expat.XMLParserType, given: int) -> None:
    where = parser.ErrorByteIndex - given
    wrong = block[where : where + 1] if 0 <= where < len(block) else b""
    if wrong >= b"\x80":
        raise RefusedFile(
            f"{name} says its text is UTF-8, but byte {wrong.hex().upper()} at line {parser.ErrorLineNumber} is not. "
            "Save it as UTF-8, or name the encoding it is in on its first line."
        )


def _rewritten(name: str, file: BinaryIO) -> Iterator[bytes]:
    parser = _guarded(name)
    out: list[str] = []
    line = 1
    depth = 0

    def start(tag: str, _: object) -> None:
        nonlocal line, depth
        depth += 1
        if depth > DEEPEST:
            raise RefusedFile(f"{name} nests elements more than {DEEPEST} deep at line {parser.CurrentLineNumber}.")
        out.append("\n" * (parser.CurrentLineNumber - line))
        line = parser.CurrentLineNumber
        out.append(f"<{tag}>")

    def end(tag: str) -> None:
        nonlocal depth
        depth -= 1
        out.append(f"</{tag}>")

    def text(data: str) -> None:
        nonlocal line
        out.append(escape(data, quote=False))
        line += data.count("\n")

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    while True:
        block = file.read(BLOCK)
        fault: Broken | None = None
        try:
            parser.Parse(block, not block)
        except expat.ExpatError as error:
            fault = Broken(error.lineno, expat.ErrorString(error.code))
        except (LookupError, ValueError) as error:
            raise RefusedFile(f"{name} is in a text encoding that cannot be read: {error}. Save it as UTF-8.") from None
        yield "".join(out).encode()
        out.clear()
        if fault:
            raise fault
        if not block:
            return
