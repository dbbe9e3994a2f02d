"""What a kind of letter is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from casework.accounts.models import User
from casework.letters.paper.markup import Value
from casework.people.models import Person


@dataclass(frozen=True)
class Field:
    """A field of a template: what it says, and what stands for it in a preview. `part` is a table or a list; `of_child`
    what the child said, or how they were heard."""

    name: str
    says: str
    example: Value
    part: bool = False
    of_child: bool = False


@dataclass(frozen=True)
class Source:
    """A row of the record that a letter can tell of, in words."""

    reference: str
    words: str


@dataclass(frozen=True)
class Whom:
    """Somebody the letter may go to, as the record knows them: `recipient` is a code of `Copy.For`."""

    recipient: str
    name: str
    address: str = ""
    person: int | None = None


Sources = Callable[[Person, User], list[Source]]
Filling = Callable[[Person, str, User, date], Mapping[str, Value] | None]
Whoms = Callable[[Person, str, User], list[Whom]]
KeptBack = Callable[[Person, str, Whom, User, date], Mapping[str, str]]
WhyNot = Callable[[Person, str], str]


@dataclass(frozen=True)
class Kind:
    """A kind of letter. Without `sources` it tells of the child alone.

    `fill` gives its fields from the row of that reference, or None where the reader may not have it or it is not there.
    `kept_back` gives the fields that somebody does not get unless the worker puts them in, each with the reason; what
    the child said is kept back in every kind (`sharing.of_the_child`), and `why_not_read` is why the parents may not
    read it where the row says that itself, empty where they may. `several` is the field that tells of brothers and
    sisters, where it can be about them too; it is then filled from their references.
    """

    code: str
    title: str
    fields: tuple[Field, ...]
    sources: Sources | None = None
    fill: Filling | None = None
    whom: Whoms | None = None
    kept_back: KeptBack | None = None
    why_not_read: WhyNot | None = None
    several: str = ""
