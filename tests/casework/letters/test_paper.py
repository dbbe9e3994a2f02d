"""The same words in the tree, in the PDF and in the Word document, whatever they are."""

from __future__ import annotations

import contextlib
import re
from datetime import UTC, datetime
from io import BytesIO

import pytest
from docx import Document
from hypothesis import example, given, settings
from hypothesis import strategies as st

from casework.common.refused import Refused
from casework.letters.paper import markup
from casework.letters.paper.pdf import pdf
from casework.letters.paper.tree import (
    Heading,
    LeftOut,
    Listed,
    Paper,
    Paragraph,
    Run,
    Section,
    Table,
    covered,
    table,
    without,
)
from casework.letters.paper.word import word
from tests.papers import NEEDS_POPPLER, TAGGED, words_of

AT = datetime(2026, 11, 27, 17, tzinfo=UTC)
TEMPLATE = """# About {{ child.name }}
Dear {{ recipient.name }}

## What was decided
**{{ decision }}** on {{ day }}, by {{ chair }}.
- one point
- {{ nothing }}

{{ table }}
## What happens next
? What do you want them to know?
"""
ROWS = Table(("Who", "Came"), (("Mona Example", "yes"),))
VALUES: dict[str, markup.Value] = {
    "child.name": "Carl # Example", "recipient.name": "Ms Example", "decision": "A **plan**", "day": "3 May 2026",
    "chair": "", "nothing": "", "table": (ROWS,),
}  # fmt: skip


def paper(*said: str) -> Paper:
    blocks = tuple(Paragraph((Run(one),)) for one in said)
    return Paper(said[0], (Section(0, "", blocks), Section(1, said[-1], (Listed(((Run(said[0]),),), numbered=True),))))


def test_a_template_is_filled_and_what_is_not_known_is_said() -> None:
    filled = markup.fill(TEMPLATE, VALUES, {"What do you want them to know?": "Come.\n\n- by bus\n- on foot"})
    assert filled.title == "About Carl # Example"
    assert filled.nothing_for == ("chair", "nothing")
    first, decided, following = filled.sections
    assert first.blocks == (Paragraph((Run("Dear Ms Example"),)),)
    assert decided.blocks == (
        Paragraph((Run("A **plan**", bold=True), Run(" on 3 May 2026, by not known yet."))),
        Listed(((Run("one point"),),)),
        ROWS,
    )
    assert following.blocks == (
        Paragraph((Run("Come."),)),
        Listed(((Run("by bus"),), (Run("on foot"),))),
    )


def test_two_fields_on_a_line_are_two_and_a_record_keeps_its_points_and_its_numbers() -> None:
    filled = markup.fill(
        "# T\n{{ day }}, {{ chair }}\n\n{{ said }}", {**VALUES, "said": "We agreed:\n- one\n- two\n3. So."}, {}
    )
    assert filled.sections[0].blocks == (
        Paragraph((Run("3 May 2026, not known yet"),)),
        Paragraph((Run("We agreed:"),)),
        Listed(((Run("one"),), (Run("two"),))),
        Paragraph((Run("3. So."),)),
    )


def test_a_table_has_no_empty_column() -> None:
    (made,) = table(("Who", "Why", "When"), [("Mona", " ", "Monday")], (1, 2, 3))
    assert (made.header, made.rows, made.widths) == (("Who", "When"), (("Mona", "Monday"),), (1, 3))


def test_an_address_is_covered_wherever_it_is_written() -> None:
    rows = Table(("Where",), (("At 1, example road",),))
    blocks = (Paragraph((Run("They moved to ZZ11AA."),)), Listed(((Run("11 Example Road"),),)), rows)
    made = covered(Paper("T", (Section(0, "", blocks),)), ("1 Example Road", "ZZ1 1AA"))
    assert made.sections[0].blocks == (
        Paragraph((Run("They moved to [address not given]."),)),
        Listed(((Run("11 Example Road"),),)),
        Table(("Where",), (("At [address not given]",),)),
    )


def test_a_section_with_nothing_in_it_is_not_there() -> None:
    assert [one.title for one in markup.fill(TEMPLATE, VALUES, {}).sections] == ["", "What was decided"]


def test_a_template_with_mistakes_is_refused_line_by_line() -> None:
    found = markup.faults("Hello {{ childs.name }}\n{{ table }} here\n{{ half", ["table"], ["table"])
    assert found == [
        "Give it one title: a line that begins with “# ”.",
        "Line 1: there is no field “childs.name”. Choose one from the list.",
        "Line 2: “table” is a table or a list. Give it a line of its own.",
        "Line 3: a field begins with {{ and ends with }}, on one line.",
    ]
    assert markup.faults(TEMPLATE, VALUES, ["table"]) == []


@given(st.text(max_size=80))
def test_what_is_written_is_never_a_field_a_title_or_lost(said: str) -> None:
    blocks = markup.written(f"{{{{ child.name }}}}\n# {said}")
    words = "".join(run.text for one in blocks if isinstance(one, Paragraph) for run in one.words)
    assert words.startswith("{{ child.name }}")
    for value in (said, "{{ child.name }}", "**x**"):
        filled = markup.fill("# T\nDear {{ name }} there", {"name": value}, {})
        spoken = ", ".join(line.strip() for line in value.splitlines() if line.strip())
        (section,) = filled.sections or [Section(0, "", (Paragraph(()),))]
        assert section.blocks == ((Paragraph((Run(f"Dear {spoken} there"),)),) if spoken else (Paragraph(()),))


HOSTILE = (
    r'#panic("x") $x$ [y] \ " _a_ *b* `c` <d> @e //f /*g*/ ~ -- = == #{1}', "{{ child.name }}",
    "’“—é ž", "{% load %}", "<w:t>&amp;",
)  # fmt: skip


@NEEDS_POPPLER
def test_hostile_words_are_printed_as_they_are() -> None:
    shown = re.sub(r"\s+", " ", words_of(pdf(paper(*HOSTILE), AT)))
    assert [one for one in HOSTILE if one not in shown] == []
    said = [line.text for line in Document(BytesIO(word(paper(*HOSTILE), AT))).paragraphs]
    assert [one for one in HOSTILE if one not in said] == []


@settings(max_examples=15, deadline=None)
@example("\x1f")
@example("\u200b \u00a0")
@given(st.text(min_size=1, max_size=40))
def test_no_words_break_the_making_of_either(said: str) -> None:
    with contextlib.suppress(Refused):  # letters that no typeface here has
        assert pdf(paper(said, "x"), AT).startswith(b"%PDF-")
    assert word(paper(said, "x"), AT).startswith(b"PK")


def test_letters_that_no_typeface_has_are_refused_with_what_to_do() -> None:
    with pytest.raises(Refused, match="cannot be printed: no typeface here has these letters"):
        pdf(paper("\U00013000", "x"), AT)


@NEEDS_POPPLER
def test_the_pdf_is_tagged_and_read_in_order_and_the_word_document_has_styles() -> None:
    blocks = (Heading((Run("Third level"),)), Listed(((Run("first"),), (Run("second"),)), numbered=True), ROWS)
    made = Paper("A title", (Section(0, "Second level", blocks),), ("Amberford Council",), ("Mona Example",), "3 May")
    content = pdf(made, AT)
    assert content == pdf(made, AT)
    shown = re.sub(r"\s+", " ", words_of(content))
    assert "Amberford Council Mona Example 3 May A title Second level Third level 1. first 2. second Who" in shown
    assert [mark for mark in (*TAGGED, b">A title</rdf:li>") if mark not in content] == []
    held = Document(BytesIO(word(made, AT)))
    styles = [(line.style.name, line.text) for line in held.paragraphs if line.style]
    assert styles[3:] == [
        ("Heading 1", "A title"), ("Heading 2", "Second level"), ("Heading 3", "Third level"),
        ("List Number", "first"), ("List Number", "second"),
    ]  # fmt: skip
    assert [[cell.text for cell in row.cells] for row in held.tables[0].rows] == [
        ["Who", "Came"],
        ["Mona Example", "yes"],
    ]
    assert held.core_properties.language == "en-GB"


def test_what_is_left_out_is_said_or_not() -> None:
    whole = paper("Words", "A secret")
    said, silent = without(whole, [LeftOut(1, True)]), without(whole, [LeftOut(1, False)])
    assert said.sections[1].blocks == (Paragraph((Run("This part has been left out of your copy."),)),)
    assert [one.number for one in silent.sections] == [0]
