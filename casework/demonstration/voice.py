"""Children's words, case notes and warnings at the demonstration authority, written by the workers who hold the cases.

Which child says what follows from the made-up record alone, so that the same seed gives the same words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from casework.accounts.models import User
from casework.allocation.models import Allocation
from casework.notes.actions import Slice, Written, write_note
from casework.people.actions.belongings import add
from casework.people.models import Person, WarningNote
from casework.visits.models import ChildVisited
from casework.voice.actions import say_why_not_asked, write_down
from casework.voice.models import NotAsked
from casework.voice.why import Why

A_DAY = timedelta(days=1)
CHILDREN, WITH_A_NOTE, WITH_A_WARNING, NOT_ASKED = 80, 40, 6, 6
"""How many have words, and of those how many a case note, a warning, and a visit on which nobody asked."""


@dataclass(frozen=True)
class Line:
    """What a child says or shows, how, what it is about, and what came of it where something did."""

    words: str
    how: str
    about: str
    what_changed: str = ""


SAID: tuple[tuple[int, tuple[Line, ...]], ...] = (
    (3, (
        Line("Turned to Nana’s voice and smiled. Went stiff when the front door banged.", "observation", "Home",
             "The health visitor and Nana watch for this, and write it down each week."),
        Line("Crawled to the toy box and brought me the red brick, then looked to Mum to see if that was all right.",
             "observation", "Play"),
        Line("Slept through all of the visit. Woke hungry, and settled as soon as Dad came.", "observation",
             "Feeding"),
    )),
    (8, (
        Line("The dolls’ mummy is in bed. The little one makes the toast.", "play", "Home",
             "A neighbour walks us to school, and the breakfast club has a place."),
        Line("This is my house. That is me under the table. It is loud.", "drawing", "Home"),
        Line("I like it when you come. Can you come when Daddy is not here?", "talk", "Visits",
             "The next visits are at school."),
        Line("Miss Sample lets me feed the fish. I want a fish.", "talk", "School"),
    )),
    (18, (
        Line("I don’t mind the meetings but nobody tells me what they said after.", "talk", "Meetings",
             "We talk for ten minutes after each meeting, at school."),
        Line("It is better since Mum got the tablets. I can have friends round again.", "talk", "Home"),
        Line("pls dont ring at school, text me", "message", "How we keep in touch", "Texts only, after four o’clock."),
        Line("I want to stay with my brother. Whatever happens, not without him.", "advocate", "Where I live"),
        Line("I am fine. Everybody asks if I am fine.", "talk", "How I am"),
    )),
)  # fmt: skip
NOTES = (
    ("phone_call", "Rang Mum. The school has offered the breakfast club from Monday. Mum goes along at first.", ""),
    ("other", "Called at home. Tea was on the table. The broken window has been mended. Talked about the weekend.",
     "Can Nana stay when you go?"),
    ("direct_work", "Three houses: worries, good things, dreams. The dreams took longest.",
     "In my dream house everybody has a door."),
)  # fmt: skip
WARNINGS = (
    ("A large dog is loose in the yard and bit a postman last spring.", "Ring first: they shut the dog in."),
    ("A former partner of Mum’s threatened a worker at the door. He does not live there.", "Visit in twos."),
)


def children_are_heard(*, at: datetime) -> int:
    """Give some of the children whose case is held words, case notes and warnings. Gives how many have words."""
    held = _held(timezone.localdate(at))
    for place, (one, user) in enumerate(held):
        _says(one.person, user, place, one.started_on, at)
        if place < WITH_A_NOTE:
            _a_note(one.person, user, place, one.started_on, at)
        if place % 10 == 3 and place // 10 < WITH_A_WARNING:
            _a_warning(one.person, user, place // 10, at)
    _nobody_asked([one.person for one, _ in held[: NOT_ASKED * 4]], at)
    return len(held)


def _held(today: date) -> list[tuple[Allocation, User]]:
    """Every other one of the children on a plan, each with the account of who holds the case."""
    on_a_plan = Q(person__child_protection_plans__ended_on=None, person__child_protection_plans__isnull=False)
    on_a_plan |= Q(person__child_in_need_plans__ended_on=None, person__child_in_need_plans__isnull=False)
    found = Allocation.objects.filter(
        on_a_plan, ended_on=None, worker__account__isnull=False, person__died_on=None, person__merged_into=None,
        person__born_on__range=(today - 17 * 365 * A_DAY, today - 60 * A_DAY), started_on__lt=today - 14 * A_DAY,
    )  # fmt: skip
    rows = found.select_related("person", "worker__account").order_by("pk").distinct()
    return [(one, one.worker.account) for one in rows[: CHILDREN * 2 : 2] if one.worker is not None]


def _says(child: Person, user: User, place: int, since: date, at: datetime) -> None:
    """Once or twice in the last three months."""
    for time in range(1 + place % 2):
        on = max(since, timezone.localdate(at) - (3 + (place * 7 + time * 31) % 85) * A_DAY)
        one = _line(child, on, place + time)
        write_down(
            child, said_on=on, words=one.words, how=one.how, about=one.about, heard_by_other="",
            what_changed=one.what_changed, by=user, at=_at_five(on),
        )  # fmt: skip


def _line(child: Person, on: date, place: int) -> Line:
    assert child.born_on is not None
    years = (on - child.born_on).days // 365
    lines: Sequence[Line] = next(lines for under, lines in SAID if years < under)
    return lines[place % len(lines)]


def _a_note(child: Person, user: User, place: int, since: date, at: datetime) -> None:
    kind, text, words = NOTES[place % len(NOTES)]
    on = max(since, timezone.localdate(at) - (2 + place % 25) * A_DAY)
    old_enough = child.born_on is not None and child.born_on < on - 4 * 365 * A_DAY
    slices = [Slice(child, "", words if old_enough else "")]
    write_note(Written(kind, _at_five(on) - timedelta(hours=2), text, slices), by=user, at=_at_five(on))


def _a_warning(child: Person, user: User, place: int, at: datetime) -> None:
    what, what_to_do = WARNINGS[place % len(WARNINGS)]
    on = timezone.localdate(at) - (20 + place) * A_DAY
    answers = {"what": what, "what_to_do": what_to_do, "told_to_person": place % 2 == 0, "started_on": on,
               "review_on": on + 90 * A_DAY}  # fmt: skip
    add(WarningNote, child, answers=answers, by=user, at=_at_five(on))


def _nobody_asked(children: list[Person], at: datetime) -> None:
    """On the last visit to some of them nobody could ask."""
    seen = ChildVisited.objects.filter(person__in=children, seen=True, said=None, visit__worker__account__isnull=False)
    seen = seen.select_related("visit__worker__account").order_by("person", "-visit__visited_on", "-pk")
    reasons = (Why("no_interpreter", "The interpreter was ill"), Why("declined"), Why("unwell", "Had a temperature"))
    for place, one in enumerate(seen.distinct("person")[:NOT_ASKED]):
        worker, on = one.visit.worker, one.visit.visited_on
        assert worker is not None
        say_why_not_asked(one.person, NotAsked.Place.VISIT, one.pk, reasons[place % len(reasons)], words="", on=on,
                          by=worker.account, at=_at_five(on))  # fmt: skip


def _at_five(on: date) -> datetime:
    return timezone.make_aware(datetime(on.year, on.month, on.day, 17))
