"""The lines of a chronology, of one child or of several: from events, notes, warning notes and what was added by hand.

However many children, the record is read once for all of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, time
from itertools import pairwise
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator

from casework.accounts.models import Worker
from casework.canonical import reading
from casework.chronology.events import events_in
from casework.chronology.models import Entry, Remark
from casework.chronology.wording import ROUTINE, SOURCES, TOLD_ELSEWHERE, capital, facts, title
from casework.common.coded import meaning
from casework.common.kept_queries import KeptQuery, among
from casework.exploitation.chronicle import told_of
from casework.notes.models import Part
from casework.people import panels
from casework.people.models import Person, WarningNote
from goldenthread.dataset.tables import TABLES
from goldenthread.journey.chronology import in_order
from goldenthread.journey.sources import SOURCES as SOURCES_OF_EVENTS

WORDS_OF_A_NOTE = 60
CLOSES = ("case.deallocated", "case.transferred_out", "referral.closed")
PLACES = {
    kind: place for place, kind in enumerate([*dict.fromkeys(source.kind for source in SOURCES_OF_EVENTS), *CLOSES])
}
"""Where each kind of event stands in the order of the journey; what closes a case goes last."""


@dataclass(frozen=True)
class Line:
    """Something that happened to one child. `table`, `row` and `on` name it; `key` says that it is no routine;
    `plain` is a sentence of what happened, for a reader outside the service; `kinds` are those of its events."""

    child: int
    on: date
    table: str
    row: str
    what: str
    stage: str
    at: time | None = None
    detail: str = ""
    significance: str = ""
    who: str = ""
    address: str = ""
    key: bool = False
    plain: str = ""
    kinds: tuple[str, ...] = ()
    recorded_after: int | None = None
    remark: Remark | None = None
    entry: Entry | None = None
    day_not_certain: bool = False

    @property
    def source(self) -> str:
        """Where it is known from: what a paper says, or the part of the record and who wrote it."""
        if self.entry:
            return self.entry.known_from
        part = capital(SOURCES.get(self.table, self.table.replace("_", " ")))
        return f"{part}, {self.who}" if self.who else part

    @property
    def text(self) -> str:
        """Everything that a search finds it by."""
        return " ".join((self.what, self.detail, self.significance, self.who)).lower()


OF_THEM = among("person", "children")
REMARKS = KeptQuery(lambda: Remark.objects.filter(OF_THEM))
WORKERS = KeptQuery(lambda: Worker.objects.filter(among("reference", "references")).values_list("reference", "name"))
NOTES = KeptQuery(
    lambda: Part.objects.filter(OF_THEM, in_error_at=None).select_related("note", "note__recorded_by", "person")
)
WARNINGS = KeptQuery(lambda: WarningNote.objects.filter(OF_THEM).select_related("person"))
ENTRIES = KeptQuery(lambda: Entry.objects.filter(OF_THEM, withdrawn_at=None).select_related("recorded_by"))


def lines_of(children: Sequence[Person], today: date) -> list[Line]:
    """Every line of these children's chronologies, in the order that things happened."""
    keys = [child.pk for child in children]
    found = [
        *_events(children, today),
        *_notes(keys),
        *_warnings(keys),
        *_exploitation(children),
        *_entries(keys),
    ]
    remarks = {(one.person_id, one.table, one.row, one.on): one for one in REMARKS.ask(children=keys)}
    remarked = (_with_remark(line, remarks.get((line.child, line.table, line.row, line.on))) for line in found)
    return sorted(remarked, key=_place)


def _place(line: Line) -> tuple[date, time, int, str]:
    """Of one day, what has its hour goes first; of one hour, what leads to the other: the conference, then its plan."""
    return line.on, line.at or time.max, min((PLACES[kind] for kind in line.kinds), default=len(PLACES)), line.what


def _with_remark(line: Line, remark: Remark | None) -> Line:
    return replace(line, remark=remark, significance=remark.text, key=True) if remark else line


def _events(children: Sequence[Person], today: date) -> Iterator[Line]:
    rows = reading.rows_of([child.pk for child in children])
    keys = {child.reference: child.pk for child in children}
    found = in_order(events_in(rows), list(keys), today)
    grouped: dict[tuple[str, date, str, str], list[Mapping[str, Any]]] = defaultdict(list)
    for event in found.iter_rows(named=True):
        grouped[event["child_id"], event["on"], event["table"], event["row_id"]].append(event)
    held, names = _by_key(rows), _workers(found["worker_id"].unique().drop_nulls().to_list())
    addresses = panels.read_at((table, row) for _, _, table, row in grouped)
    told = set[tuple[str, str, str]]()
    for (child, on, table, row), events in grouped.items():
        first = (child, table, row) not in told
        told.add((child, table, row))
        yield Line(
            keys[child],
            on,
            table,
            row,
            title(event["kind"] for event in events),
            TABLES[table].stage,
            at=next((event["at"].time() for event in events if event["at"]), None),
            detail=facts(table, held.get((table, row), {}), on, first=first),
            who=next((names.get(event["worker_id"], "") for event in events if event["worker_id"]), ""),
            address=addresses.get((table, row), ""),
            key=any(event["kind"] not in ROUTINE for event in events),
            kinds=tuple(event["kind"] for event in events),
            plain=" ".join(event["sentence"] for event in events if event["kind"] not in ROUTINE),
            recorded_after=0 if table in TOLD_ELSEWHERE else max(one["recorded_after_days"] or 0 for one in events),
        )
    yield from _categories(rows, keys)


def _categories(rows: reading.Rows, keys: Mapping[str, int]) -> Iterator[Line]:
    """Each change of a plan's category: the first is told where the plan started."""
    table = "cp_plan_categories"
    held = sorted(rows.get(table, ()), key=lambda row: (row["cp_plan_id"], row["started_on"]))
    for before, row in pairwise(held):
        if before["cp_plan_id"] == row["cp_plan_id"]:
            words = f"Category of the plan changed from {_category(before)} to {_category(row)}"
            yield Line(
                keys[row["child_id"]], row["started_on"], table, f"{row['cp_plan_id']}-{row['category']}", words,
                TABLES[table].stage, key=True, plain=f"{words}.",
            )  # fmt: skip


def _category(row: Mapping[str, Any]) -> str:
    return meaning("abuse_category", row["category"]).lower()


def _by_key(rows: reading.Rows) -> dict[tuple[str, str], Mapping[str, Any]]:
    return {
        (name, "|".join(str(row.get(column, "")) for column in TABLES[name].key)): row
        for name, held in rows.items()
        for row in held
    }


def _workers(references: Iterable[str]) -> dict[str, str]:
    return dict(WORKERS.ask(references=list(references)))


def _notes(children: list[int]) -> Iterator[Line]:
    for part in NOTES.ask(children=children):
        note = part.note
        at = timezone.localtime(note.happened_at)
        yield Line(
            part.person_id,
            at.date(),
            "notes",
            note.reference,
            meaning("note_type", note.kind) or "Case note",
            "notes",
            at=at.time(),
            detail=Truncator(" ".join((note.shared, part.text)).strip()).words(WORDS_OF_A_NOTE),
            significance=note.why_significant,
            who=str(note.recorded_by or ""),
            address=reverse("note", args=[part.person.reference, note.reference]),
            key=note.significant,
        )


def _warnings(children: list[int]) -> Iterator[Line]:
    for note in WARNINGS.ask(children=children):
        address = reverse("person_details", args=[note.person.reference])
        for on, what, detail in (
            (note.started_on, "Warning note", note.what),
            (note.ended_on, "Warning note ended", note.ended_reason),
        ):
            if on:
                row = str(note.pk)
                yield Line(
                    note.person_id, on, "warnings", row, what, "people", detail=detail, address=address, key=True
                )


def _exploitation(children: Sequence[Person]) -> Iterator[Line]:
    """How the risk was judged, national referrals with what came back, meetings about it: one question."""
    for one in told_of(children):
        words = ". ".join(part for part in (one.outcome, Truncator(one.why).words(WORDS_OF_A_NOTE)) if part)
        yield Line(
            one.person, one.on, one.table, one.row, one.what, "exploitation", detail=words, who=one.who,
            address=one.address, key=True,
        )  # fmt: skip


def _entries(children: list[int]) -> Iterator[Line]:
    for entry in ENTRIES.ask(children=children):
        yield Line(
            entry.person_id,
            entry.happened_on,
            "entries",
            entry.reference,
            entry.what,
            "added",
            detail=f"Known from: {entry.known_from}",
            significance=entry.significance,
            who=str(entry.recorded_by or ""),
            key=True,
            entry=entry,
            day_not_certain=entry.day_not_certain,
        )
