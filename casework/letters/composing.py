"""A letter put together: its template, what the record says today, what was written, and for whom the copy is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from casework.accounts.models import User
from casework.common.refused import Refused
from casework.common.templatetags.golden_thread import day
from casework.letters.kinds import KINDS, Whom, common, fields_of
from casework.letters.kinds.common import ADDRESS_HIDDEN, address_of
from casework.letters.kinds.sharing import of_the_child
from casework.letters.models import Copy, Letter
from casework.letters.models import LeftOut as Left
from casework.letters.paper.markup import Filled, Value, fill, sections_with
from casework.letters.paper.tree import LeftOut, Paper, covered, without
from casework.letters.wordings import letterhead
from casework.people.models import Person

DRAFT = "Draft. Not sent to anybody."
NOBODY = "(the recipient)"
BEGINNING = "The beginning"


@dataclass(frozen=True)
class Composed:
    """The paper of a copy, every section that it could have, those that the record may yet fill among `headings`, and
    the fields that it has nothing for."""

    paper: Paper
    sections: tuple[tuple[int, str], ...]
    headings: Mapping[int, str]
    nothing_for: tuple[str, ...]


def compose(letter: Letter, copy: Copy | None, *, by: User, on: date, draft: bool = True) -> Composed:
    """The letter as it is for that copy; for nobody yet where there is none. Raises Refused where it tells of a row
    that is no longer there."""
    values = values_of(letter.person, letter.kind, letter.tells_of, by, on)
    if values is None:
        raise Refused("What this letter tells of is no longer on this record. Put the letter away.")
    values["recipient.name"] = copy.name if copy else NOBODY
    where = address_of(letter.person, on) if copy and copy.hides_address else ""
    if copy and copy.hides_address:
        values["child.address"] = ADDRESS_HIDDEN
    filled = fill(letter.text, values, letter.answers)
    to = (copy.name, *copy.address.splitlines()) if copy else ()
    whole = Paper(filled.title, filled.sections, letterhead(), to, day(on), DRAFT if draft else "")
    left = [LeftOut(one.number, one.says_so) for one in left_out_of(letter, copy)] if copy else []
    paper = covered(without(whole, left), places(where))
    return Composed(paper, named(filled), filled.headings, _nothing_for(letter.kind, filled))


def left_out_of(letter: Letter, copy: Copy) -> list[Left]:
    """What the copy is without; until it is ready, also what the child said that may not be read, or no longer may, and
    that nobody has put back."""
    if copy.made_at is not None:
        return copy.without
    known = {one.number for one in copy.left_out.all()}
    silent = of_the_child(KINDS[letter.kind], letter.person, letter.tells_of, whom_of(copy))
    held = sections_with(letter.text, silent).items()
    return copy.without + [
        Left(copy=copy, number=number, title="What the child said", reason=silent[name], says_so=False)
        for number, name in held if number not in known
    ]  # fmt: skip


def whom_of(copy: Copy) -> Whom:
    """For whom it is."""
    return Whom(copy.recipient, copy.name, copy.address, copy.person_id)


def kept_back(letter: Letter, whom: Whom, *, by: User, on: date) -> list[tuple[int, str, str, bool]]:
    """The sections that somebody does not get unless the worker puts them back: number, title and reason of each, and
    whether the copy says so. One that the record has nothing for today is among them: it may have by tomorrow."""
    kind = KINDS[letter.kind]
    reasons = kind.kept_back(letter.person, letter.tells_of, whom, by, on) if kind.kept_back else {}
    silent = of_the_child(kind, letter.person, letter.tells_of, whom)
    held = sections_with(letter.text, reasons) | sections_with(letter.text, silent)
    if not held:
        return []
    titles = compose(letter, None, by=by, on=on).headings
    why = {**reasons, **silent}
    return [(number, titles[number] or BEGINNING, why[name], name not in silent) for number, name in held.items()]


def values_of(person: Person, kind: str, about: str, by: User, on: date) -> dict[str, Value] | None:
    """What the fields of that kind of letter say from the record; None where the row is not there."""
    how = KINDS[kind].fill
    own = how(person, about, by, on) if how else {}
    return None if own is None else {**common(person, by, on), **own}


def example(text: str, kind: str) -> Paper:
    """A template filled with made-up words, for whoever words it."""
    values = {one.name: one.example for one in fields_of(KINDS[kind])}
    filled = fill(text, values, _Answers())
    return Paper(filled.title, filled.sections, letterhead(), ("Mona Example", "2 Sample Street"), "27 November 2026")


def places(address: str) -> tuple[str, ...]:
    """The words of an address that give it away: its first line, its postcode and every line with a figure."""
    lines = address.splitlines()
    return tuple(one for one in lines if re.search(r"\d", one) or (one == lines[0] and " " in one))


class _Answers(dict[str, str]):
    """To every question, that its answer stands there."""

    def get(self, question: str, default: str = "") -> str:  # type: ignore[override]  # asked by question alone
        return f"[The writer’s answer: {question}]"


def named(filled: Filled) -> tuple[tuple[int, str], ...]:
    """Each section's number and what it is called."""
    return tuple((one.number, one.title or BEGINNING) for one in filled.sections)


def _nothing_for(kind: str, filled: Filled) -> tuple[str, ...]:
    says = {one.name: one.says for one in fields_of(KINDS[kind])}
    return tuple(says[name] for name in filled.nothing_for if name in says)
