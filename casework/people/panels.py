"""What apps above people put on a person's record. Each adds its own in `AppConfig.ready`; people names none of them.

    from casework.people import panels
    panels.add(panels.Panel("notes", "Latest notes", 30, "people.read", latest_notes, "notes/panel.html"))
    panels.add(panels.RecordPage("notes", "Case notes", 30, "people.read", "notes_of_person"))
    panels.add(panels.Addition("note", "Case note", 10, "notes.write", "write_note"))
    panels.add(panels.Alert("missing", "Missing", 10, "people.read", missing_now))
    panels.add(panels.Beside("letters", 10, "people.read", letters_beside, "letters/beside.html"))
    panels.read_here("visits", panels.pages_by_row("visit_row"))

A panel's template gets what its function gave as `shown`, with `person` and `request` beside it. What a panel asks the
database it names as `asks`: the overview asks it of all panels in one statement, and the function takes its `answer`.
A page's view opens
the person with `open_record` and answers with `frame.record_page`. Views are named by their address's name, and take
the person's `reference` alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from django.db.models import Model
from django.http import HttpRequest
from django.urls import reverse

from casework.access.rules import may
from casework.accounts.models import User
from casework.common.kept_queries import KeptQuery, among
from casework.common.together import Question, ask_together
from casework.people.models import Person


@dataclass(frozen=True)
class Panel:
    """A part of the overview, lowest `order` first. `function` gives None for nothing to show.

    It takes the answers to what `asks` names, made for the account where it depends on who asks, and asks the database
    nothing else if it can help it.
    """

    code: str
    title: str
    order: int
    permission: str
    function: Callable[[HttpRequest, Person], Mapping[str, Any] | None]
    template: str
    column: Literal["main", "side"] = "main"
    asks: tuple[Question | Callable[[User], Question], ...] = ()


@dataclass(frozen=True)
class RecordPage:
    """A page of the record, named in its navigation. `when` says whom it is for; everybody where there is none."""

    code: str
    title: str
    order: int
    permission: str
    view: str
    when: Callable[[Person], bool] | None = None


@dataclass(frozen=True)
class Addition:
    """Something that can be added to a record, offered under “Add to this record”.

    `given` is what its address takes after the person's reference.
    """

    code: str
    title: str
    order: int
    permission: str
    view: str
    when: Callable[[Person], bool] | None = None
    given: tuple[str, ...] = ()


@dataclass(frozen=True)
class Said:
    """What an alert says of a person: the words, and where it leads."""

    words: str
    address: str


@dataclass(frozen=True)
class Alert:
    """What must be seen first on every page of a record. `function` asks no query: it reads what `open_record` carries.

    It gives None where there is nothing to say.
    """

    code: str
    title: str
    order: int
    permission: str
    function: Callable[[Person, datetime], Said | None]


@dataclass(frozen=True)
class Beside:
    """What stands at the foot of the page of one row of the record, lowest `order` first: `{% beside person row %}`.

    `function` takes the row's reference, and gives None for nothing to show.
    """

    code: str
    order: int
    permission: str
    function: Callable[[HttpRequest, Person, str], Mapping[str, Any] | None]
    template: str


Part = Panel | RecordPage | Addition | Alert | Beside
Addresses = Callable[[Sequence[str]], Mapping[str, str]]
"""Of identifiers of a canonical table's rows, the address of each that can be read on a page of its own."""
ANSWERS = "golden_thread_answers"
_parts: dict[tuple[type[Part], str], Part] = {}
_read_here: dict[str, Addresses] = {}


def living_child(person: Person) -> bool:
    """Whether something that happens to children who are born and alive can be added: the `when` of many parts."""
    return person.is_child and not person.unborn and person.died_on is None


def add(part: Part) -> None:
    """Have it on every record. The same code again takes the place of what was there."""
    _parts[type(part), part.code] = part


def panels_for(request: HttpRequest) -> list[Panel]:
    """The panels that the account may see, in order."""
    return [part for part in _allowed(request) if isinstance(part, Panel)]


def questions_of(shown: Iterable[Panel], user: User) -> list[Question]:
    """What these panels ask when that account looks."""
    return [question(user) if callable(question) else question for panel in shown for question in panel.asks]


def ask_for(person: Person, questions: Iterable[Question]) -> None:
    """Have the person carry the answers to these questions, asked in one statement."""
    person.__dict__.setdefault(ANSWERS, {}).update(ask_together(person.pk, questions))


def answer(question: Question, person: Person) -> Any:
    """What was asked for all panels together; asked alone where it was not."""
    answers = person.__dict__.setdefault(ANSWERS, {})
    if question.name not in answers:
        answers[question.name] = question.ask(person.pk)
    return answers[question.name]


def pages_for(request: HttpRequest, person: Person) -> list[RecordPage]:
    """The pages of this person's record that the account may open, in order."""
    found = [part for part in _allowed(request) if isinstance(part, RecordPage)]
    return [page for page in found if page.when is None or page.when(person)]


def alerts_for(request: HttpRequest, person: Person, at: datetime) -> list[tuple[str, Said]]:
    """What must be seen first on this person's record, in order: the title of each, and what it says."""
    found = [part for part in _allowed(request) if isinstance(part, Alert)]
    said = [(alert.title, alert.function(person, at)) for alert in found]
    return [(title, one) for title, one in said if one is not None]


def additions_for(request: HttpRequest, person: Person) -> list[tuple[str, str]]:
    """What the account may add to this person's record, in order: the title of each and its address."""
    found = [part for part in _allowed(request) if isinstance(part, Addition)]
    offered = [addition for addition in found if addition.when is None or addition.when(person)]
    return [(one.title, reverse(one.view, args=[person.reference, *one.given])) for one in offered]


def beside(request: HttpRequest, person: Person, row: str) -> list[tuple[str, Mapping[str, Any]]]:
    """What there is to show beside that row, in order: the template of each, and what it shows."""
    found = [part for part in _allowed(request) if isinstance(part, Beside)]
    shown = [(part.template, part.function(request, person, row)) for part in found]
    return [(template, one) for template, one in shown if one is not None]


def read_here(table: str, addresses: Addresses) -> None:
    """Have the rows of a canonical table lead to where they are read, on the chronology and wherever else they show."""
    _read_here[table] = addresses


def pages_of(view: str, model: type[Model], page: str = "pk") -> Addresses:
    """The addresses of rows, by the model's `reference`, on the pages of that view, which that column of theirs names.

    They are asked for by a kept question.
    """
    rows = KeptQuery(
        lambda: model._default_manager.filter(among("reference", "references")).values_list("reference", page)
    )

    def addresses(references: Sequence[str]) -> Mapping[str, str]:
        return {row: reverse(view, args=[key]) for row, key in rows.ask(references=list(references))}

    return addresses


def pages_by_row(view: str) -> Addresses:
    """The addresses of rows on the pages of that view, which their identifiers name. Asks nothing."""
    return lambda rows: {row: reverse(view, args=[row]) for row in rows}


def read_at(named: Iterable[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """The addresses of these rows, each named by table and identifier, of those that have one.

    Tables whose rows are read in one way are asked of together.
    """
    rows = {(table, row): _read_here[table] for table, row in named if table in _read_here}
    asked: dict[Addresses, set[str]] = defaultdict(set)
    for (_, row), addresses in rows.items():
        asked[addresses].add(row)
    found = {addresses: addresses(sorted(its)) for addresses, its in asked.items()}
    return {one: found[addresses][one[1]] for one, addresses in rows.items() if one[1] in found[addresses]}


def _allowed(request: HttpRequest) -> list[Part]:
    return sorted((part for part in _parts.values() if may(request.user, part.permission)), key=_place)


def _place(part: Part) -> tuple[int, str]:
    return part.order, part.code
