"""The tree of a letter. Every word in it is plain text: nothing in it is read as markup again."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, TypeVar
from unicodedata import category

T = TypeVar("T")


@dataclass(frozen=True)
class Run:
    """Words of one weight. A line break is a line break."""

    text: str
    bold: bool = False


Words = tuple[Run, ...]


@dataclass(frozen=True)
class Heading:
    """A heading within a section."""

    words: Words


@dataclass(frozen=True)
class Paragraph:
    """A paragraph."""

    words: Words


@dataclass(frozen=True)
class Listed:
    """A list, with points or with numbers."""

    items: tuple[Words, ...]
    numbered: bool = False


@dataclass(frozen=True)
class Table:
    """A table whose first row is its header. `widths` are parts of the whole width."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...] = ()


def table(header: tuple[str, ...], rows: Iterable[tuple[str, ...]], widths: tuple[int, ...] = ()) -> tuple[Table, ...]:
    """The table as a field's value, without the columns that are empty in every row; nothing where it has no rows."""
    held = tuple(rows)
    kept = [place for place in range(len(header)) if any(row[place].strip() for row in held)]

    def only(cells: tuple[T, ...]) -> tuple[T, ...]:
        return tuple(cells[place] for place in kept) if cells else ()

    return (Table(only(header), tuple(map(only, held)), only(widths)),) if kept else ()


Block = Heading | Paragraph | Listed | Table


@dataclass(frozen=True)
class Section:
    """A part of the letter under its heading; the part before the first heading has no title.

    It is what can be left out of somebody's copy; `number` names it.
    """

    number: int
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Paper:
    """A letter: who it is from, to whom, what it says. `mark` is said at the top of one that is not sent yet."""

    title: str
    sections: tuple[Section, ...]
    letterhead: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    dated: str = ""
    mark: str = ""


@dataclass(frozen=True)
class LeftOut:
    """A section left out of a copy, and whether the copy says that something is."""

    number: int
    says_so: bool


SAYS_SO = "This part has been left out of your copy."


def without(paper: Paper, left_out: Iterable[LeftOut]) -> Paper:
    """The paper without those sections: in silence, or with a sentence in their place."""
    says = {one.number: one.says_so for one in left_out}
    kept = []
    for section in paper.sections:
        if section.number not in says:
            kept.append(section)
        elif says[section.number]:
            kept.append(replace(section, blocks=(Paragraph((Run(SAYS_SO),)),)))
    return replace(paper, sections=tuple(kept))


COVERED = "[address not given]"


def covered(paper: Paper, places: Iterable[str]) -> Paper:
    """The paper with these words of an address covered wherever they stand, in whatever case and spacing."""
    found = [r"[\s,]*".join(map(re.escape, re.findall(r"\w+", one))) for one in places]
    if not found:
        return paper
    seen = re.compile("|".join(rf"\b{one}\b" for one in found), re.IGNORECASE)
    sections = tuple(
        replace(one, title=seen.sub(COVERED, one.title), blocks=tuple(_covered(block, seen) for block in one.blocks))
        for one in paper.sections
    )
    return replace(paper, title=seen.sub(COVERED, paper.title), sections=sections)


def _covered(block: Block, seen: re.Pattern[str]) -> Block:
    match block:
        case Heading(words) | Paragraph(words):
            return replace(block, words=_words_covered(words, seen))
        case Listed(items):
            return replace(block, items=tuple(_words_covered(item, seen) for item in items))
        case Table(_, rows):
            return replace(block, rows=tuple(tuple(seen.sub(COVERED, cell) for cell in row) for row in rows))


def _words_covered(words: Words, seen: re.Pattern[str]) -> Words:
    return tuple(replace(run, text=seen.sub(COVERED, run.text)) for run in words)


def plain(words: Words) -> str:
    """The words without their weight."""
    return "".join(run.text for run in words)


def as_data(paper: Paper) -> dict[str, Any]:
    """The paper as plain data, for a page or for Typst: each block says what `is`. No heading is empty."""
    return {
        "title": headed(paper.title) or "Letter",
        "letterhead": [shown(one) for one in paper.letterhead],
        "to": [shown(one) for one in paper.to],
        "dated": paper.dated,
        "mark": paper.mark,
        "sections": [
            {
                "number": one.number,
                "title": headed(one.title),
                "blocks": [_block(block) for block in one.blocks if _stands(block)],
            }
            for one in paper.sections
        ],
    }


def _block(block: Block) -> dict[str, Any]:
    match block:
        case Heading(words):
            return {"is": "heading", "words": _words(words)}
        case Paragraph(words):
            return {"is": "paragraph", "words": _words(words)}
        case Listed(items, numbered):
            return {"is": "numbers" if numbered else "points", "items": [_words(item) for item in items]}
        case Table(header, rows, widths):
            said = [[shown(cell) for cell in row] for row in (header, *rows)]
            return {"is": "table", "header": said[0], "rows": said[1:], "widths": widths or (1,) * len(header)}


def _words(words: Words) -> list[dict[str, Any]]:
    return [{"text": shown(run.text), "bold": run.bold} for run in words]


def _stands(block: Block) -> bool:
    return not isinstance(block, Heading) or bool(headed(plain(block.words)))


def headed(text: str) -> str:
    """The words of a heading; nothing where none of them can be seen, which PDF/UA lets no heading be."""
    return shown(text) if any(category(one)[0] not in "ZC" for one in text) else ""


def shown(text: str) -> str:
    """The text without control characters, which no paper can show and no XML document may hold."""
    return "".join(one for one in text if one in "\n\t" or category(one) not in {"Cc", "Cs", "Cn", "Co"})
