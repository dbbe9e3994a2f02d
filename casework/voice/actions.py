"""Write down what a child said, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from casework.accounts.models import User
from casework.accounts.stamps import save_over, stamp
from casework.common.kept_queries import Given, KeptQuery
from casework.common.models import Recorded
from casework.common.refused import Refused
from casework.common.whole import whole
from casework.people.models import Person
from casework.voice.models import CameOf, NotAsked, Said
from casework.voice.why import Why


@whole
def write_down(
    person: Person,
    *,
    said_on: date,
    words: str,
    how: str,
    about: str,
    heard_by_other: str,
    what_changed: str,
    by: User,
    at: datetime,
) -> Said:
    """The child's words. Heard by whoever writes them down, unless somebody else is named."""
    return Said.objects.create(
        person=person, said_on=said_on, words=words, how=how, about=about, heard_by_other=heard_by_other,
        heard_by=None if heard_by_other else by.worker, what_changed=what_changed,
        changed_recorded_at=at if what_changed else None, changed_recorded_by=by.worker if what_changed else None,
        **stamp(by, at),
    )  # fmt: skip


@whole
def say_what_changed(
    said: Said, *, what_changed: str, child_told_on: date | None, version: int | None, by: User, at: datetime
) -> None:
    """What was done with the words, or why it could not be, and when the child was told."""
    if not said.what_changed:
        # When it was first said counts; what it says later stays in the history.
        said.changed_recorded_at, said.changed_recorded_by = at, by.worker
    said.what_changed, said.child_told_on = what_changed, child_told_on
    save_over(said, version)


@whole
def say_what_came(
    person: Person, place: str, row: int, *, what_changed: str, child_told_on: date | None, version: int | None,
    by: User, at: datetime,
) -> None:  # fmt: skip
    """The same of words that stand elsewhere in the record. `version` is None where nothing was said of them yet."""
    held = CameOf.objects.select_for_update().filter(place=place, row=row).first()
    if held is None:
        CameOf.objects.create(
            person=person, place=place, row=row, what_changed=what_changed, child_told_on=child_told_on, **stamp(by, at)
        )  # fmt: skip
        return
    if version is None:
        raise Refused("Somebody else has just said what came of this. Open it again to see what they wrote.")
    held.what_changed, held.child_told_on = what_changed, child_told_on
    save_over(held, version)


@dataclass(frozen=True)
class Answer:
    """What a child answered where a stage asked: the words and how they gave them, or why they were not asked."""

    words: str = ""
    how: str = ""
    why_not_asked: Why | None = None


NO_ANSWER = Answer()


class TakesWords(Protocol):
    """A row of the record in which a child's words were taken down."""

    said: Said | None


@whole
def hear(
    person: Person, answer: Answer, row: TakesWords, *, place: str, said_on: date, about: str,
    heard_by_other: str = "", version: int | None = None, by: User, at: datetime,
) -> None:  # fmt: skip
    """What the child answered in that row of the record, kept with all their words; or why they were not asked.

    The row is saved with them: a new one, or over the one read at `version`. Words that it holds stay as they were
    given.
    """
    if row.said is None and answer.words.strip():
        row.said = write_down(
            person, said_on=said_on, words=answer.words, how=answer.how, about=about, heard_by_other=heard_by_other,
            what_changed="", by=by, at=at,
        )  # fmt: skip
    assert isinstance(row, Recorded)
    new = row.pk is None
    if new:
        row.save()
    else:
        save_over(row, version)
    words = row.said.words if row.said else ""
    if not new or answer.why_not_asked:
        say_why_not_asked(person, place, row.pk, answer.why_not_asked, words=words, on=said_on, by=by, at=at)


def move_why_not_asked(place: str, row: int, *, on: date) -> None:
    """What that row of the record is about was on another day. Called in the transaction that puts it right."""
    for held in NotAsked.objects.select_for_update().filter(place=place, row=row):
        held.on = on
        save_over(held, None)


WHY_NOT = KeptQuery(
    lambda: NotAsked.objects.select_for_update().filter(place=Given("place"), row=Given("row")).order_by("pk")
)


@whole
def say_why_not_asked(
    person: Person, place: str, row: int, why: Why | None, *, words: str, on: date, by: User, at: datetime
) -> None:
    """Why there are no words in that row of the record. Where there are `words`, or no reason is given, none stays."""
    held = WHY_NOT.first(place=place, row=row)
    if why is None or words.strip():
        if held is not None:
            held.delete()
    elif held is None:
        NotAsked.objects.create(
            person=person, place=place, row=row, on=on, reason=why.reason, more=why.more, **stamp(by, at)
        )
    elif why != Why(held.reason, held.more):
        held.on, held.reason, held.more = on, why.reason, why.more
        save_over(held, None)
