"""The few marks a template is written in, and what each line of it becomes.

    # The letter’s title, once, first          ? A question to the writer: the answer stands here
    ## A section, which can be left out        {{ child.name }}   a field, filled from the record
    ### A heading within it                    **bold**
    - a point                                  1. a number

What a field is filled with, and what is written in a letter, is never read as a field or a title.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from casework.letters.paper.tree import Block, Heading, Listed, Paragraph, Run, Section, Words, plain

FIELD = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
BOLD = re.compile(r"\*\*(.+?)\*\*", re.S)
POINT, NUMBER = re.compile(r"[-*•]\s+(.*)"), re.compile(r"\d+[.)]\s+(.*)")
NOT_KNOWN = "not known yet"
Value = str | tuple[Block, ...]


@dataclass(frozen=True)
class Line:
    """A line of a template, its number in it, and what it is."""

    number: int
    kind: str
    text: str


@dataclass(frozen=True)
class Filled:
    """What a template became: its title, its sections, the title of each by its number, also where there is nothing to
    put under it, and the fields in it for which the record has nothing."""

    title: str
    sections: tuple[Section, ...]
    headings: Mapping[int, str]
    nothing_for: tuple[str, ...]


def lines(text: str) -> list[Line]:
    """The lines of a template, each with what it is."""
    return [Line(number, *_kind(line.strip())) for number, line in enumerate(text.splitlines(), 1)]


def _kind(line: str) -> tuple[str, str]:
    for mark, kind in (("### ", "heading"), ("## ", "section"), ("# ", "title"), ("? ", "asked")):
        if line.startswith(mark):
            return kind, line.removeprefix(mark).strip()
    return _in_text(line)


def _in_text(line: str) -> tuple[str, str]:
    """What a line is where titles and questions are not looked for."""
    if point := POINT.fullmatch(line):
        return "point", point[1]
    if number := NUMBER.fullmatch(line):
        return "number", number[1]
    return ("text", line) if line else ("blank", "")


def questions(text: str) -> list[str]:
    """What the template asks its writer, in order. A question that is asked twice is answered once."""
    return list(dict.fromkeys(line.text for line in lines(text) if line.kind == "asked"))


def faults(text: str, fields: Collection[str], parts: Collection[str]) -> list[str]:
    """What is wrong with a template, a sentence each with its line; empty for nothing.

    `fields` are the names it may use; `parts`, of those, the ones that are a table or a list and stand alone.
    """
    found, titles = [], [line for line in lines(text) if line.kind == "title"]
    if len(titles) != 1:
        found.append("Give it one title: a line that begins with “# ”.")
    for line in lines(text):
        alone = line.kind == "text" and FIELD.fullmatch(line.text)
        for name in FIELD.findall(line.text):
            if name not in fields:
                found.append(f"Line {line.number}: there is no field “{name}”. Choose one from the list.")
            elif name in parts and not alone:
                found.append(f"Line {line.number}: “{name}” is a table or a list. Give it a line of its own.")
        if "{{" in FIELD.sub("", line.text) or "}}" in FIELD.sub("", line.text):
            found.append(f"Line {line.number}: a field begins with {{{{ and ends with }}}}, on one line.")
    return found


def sections_with(text: str, fields: Collection[str]) -> dict[int, str]:
    """The number of each section that has one of these fields in it, with the first that it has."""
    found, number = dict[int, str](), 0
    for line in lines(text):
        number += line.kind == "section"
        for name in FIELD.findall(line.text):
            if name in fields:
                found.setdefault(number, name)
    return found


def fill(text: str, values: Mapping[str, Value], answers: Mapping[str, str]) -> Filled:
    """The template with what the record says and what was written.

    A line all of whose fields are empty is left out; one empty field among others is said not to be known.
    """
    nothing: dict[str, None] = {}
    title, sections, number = "", list[Section](), 0
    headings, held = {0: ""}, list[Line]()

    def close() -> None:
        blocks = tuple(_blocks(held, values, answers, nothing))
        if blocks:
            sections.append(Section(number, headings[number], blocks))

    for line in lines(text):
        if line.kind == "title":
            title = plain(_words(line.text, values, nothing) or ())
        elif line.kind == "section":
            close()
            number, held = number + 1, []
            headings[number] = plain(_words(line.text, values, nothing) or ())
        else:
            held.append(line)
    close()
    return Filled(title, tuple(sections), headings, tuple(nothing))


def written(text: str) -> tuple[Block, ...]:
    """What somebody wrote: paragraphs, lists and bold. Nothing in it is a field or a title."""
    held = [Line(number, *_in_text(line.strip())) for number, line in enumerate(text.splitlines(), 1)]
    return tuple(_grouped([(line.kind, bold(line.text)) for line in held]))


def _blocks(
    held: list[Line], values: Mapping[str, Value], answers: Mapping[str, str], nothing: dict[str, None]
) -> Iterator[Block]:
    waiting: list[tuple[str, Words]] = []
    for line in held:
        alone = FIELD.fullmatch(line.text) if line.kind == "text" else None
        if line.kind == "asked" or alone:
            yield from _grouped(waiting)
            waiting = []
            yield from (
                written(answers.get(line.text, ""))
                if line.kind == "asked"
                else _part(alone[1] if alone else "", values, nothing)
            )
        elif (words := _words(line.text, values, nothing)) is not None:
            waiting.append((line.kind, words))
    yield from _grouped(waiting)


def _part(name: str, values: Mapping[str, Value], nothing: dict[str, None]) -> tuple[Block, ...]:
    """A field on a line of its own: a table or list, or text of any number of paragraphs and points."""
    value = values.get(name, "")
    if not value:
        nothing[name] = None
    if not isinstance(value, str):
        return value
    return tuple(_grouped([line for one in value.splitlines() if one.strip() for line in _noted(one.strip())]))


def _noted(line: str) -> list[tuple[str, Words]]:
    """A line of the record: a point, or a paragraph of its own. Its numbers stay as they are written."""
    point = POINT.fullmatch(line)
    return [("point", (Run(point[1]),))] if point else [("text", (Run(line),)), ("blank", ())]


def _words(text: str, values: Mapping[str, Value], nothing: dict[str, None]) -> Words | None:
    """The line's words, its fields filled; None where it has fields and the record has nothing for any of them."""
    names = FIELD.findall(text)
    said = {name: _said(values.get(name, "")) for name in names}
    nothing.update(dict.fromkeys(name for name in names if not said[name]))
    if names and not any(said.values()):
        return None
    return bold(text, {name: value or NOT_KNOWN for name, value in said.items()})


def _said(value: Value) -> str:
    return ", ".join(one.strip() for one in value.splitlines() if one.strip()) if isinstance(value, str) else ""


def bold(text: str, said: Mapping[str, str] | None = None) -> Words:
    """The words with their weight; the fields of `said` filled, whose own marks mean nothing."""
    found = []
    for place, piece in enumerate(BOLD.split(text)):
        filled = FIELD.sub(lambda match: said[match[1]], piece) if said else piece
        if filled:
            found.append(Run(filled, bold=bool(place % 2)))
    return tuple(found)


def _grouped(held: list[tuple[str, Words]]) -> Iterator[Block]:
    """Lines that follow one another as one paragraph or one list."""
    group: list[Words] = []
    before = "blank"
    for kind, words in [*held, ("blank", ())]:
        if kind != before and group:
            yield _block(before, group)
            group = []
        if kind == "heading":
            yield Heading(words)
        elif kind != "blank":
            group.append(words)
        before = kind


def _block(kind: str, group: list[Words]) -> Block:
    if kind in {"point", "number"}:
        return Listed(tuple(group), numbered=kind == "number")
    joined: list[Run] = []
    for words in group:
        joined += [*([Run("\n")] if joined else []), *words]
    return Paragraph(tuple(joined))
