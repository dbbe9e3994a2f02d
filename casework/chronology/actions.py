"""Say what a line means, add what the record holds nowhere else, withdraw what should not be there."""

from __future__ import annotations

from datetime import date, datetime

from casework.accounts.models import User
from casework.accounts.stamps import save_over, stamp
from casework.chronology.lines import Line
from casework.chronology.models import Entry, Remark
from casework.common.refused import Refused
from casework.common.whole import whole
from casework.people.models import Person


@whole
def say_why(person: Person, line: Line, text: str, *, version: int | None, by: User, at: datetime) -> None:
    """Why the line matters; with no words, that it no longer needs saying. The history keeps what was said."""
    said = text.strip()
    if line.remark is None:
        if said:
            Remark.objects.create(person=person, table=line.table, row=line.row, on=line.on, text=said, **stamp(by, at))
        return
    if not said:
        line.remark.delete()
        return
    line.remark.text, line.remark.recorded_at, line.remark.recorded_by = said, at, by.worker
    save_over(line.remark, version)


@whole
def add_entry(
    person: Person,
    *,
    happened_on: date,
    day_not_certain: bool,
    what: str,
    known_from: str,
    significance: str,
    by: User,
    at: datetime,
) -> Entry:
    """Something that happened to the child and that nothing else on the record says."""
    return Entry.objects.create(
        person=person, happened_on=happened_on, day_not_certain=day_not_certain, what=what, known_from=known_from,
        significance=significance, **stamp(by, at),
    )  # fmt: skip


@whole
def withdraw(entry: Entry, *, reason: str, by: User, at: datetime) -> None:
    """Take what was added out of the chronology. It stays in the history, with the reason."""
    held = Entry.objects.select_for_update(of=("self",)).get(pk=entry.pk)
    if held.withdrawn_at:
        raise Refused("Somebody has taken this out of the chronology already.")
    held.withdrawn_at, held.withdrawn_by, held.withdrawn_reason = at, by.worker, reason
    save_over(held, None)
