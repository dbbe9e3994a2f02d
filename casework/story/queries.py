"""A child's words wherever they were recorded: on their own, in notes, assessments and enquiries, at meetings.

A stage that keeps words of its own is added to `everywhere`, and to `canonical/views/words.sql`, which counts them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Case, Exists, F, OuterRef, QuerySet, TextField, Value, When
from django.db.models.functions import Cast, Coalesce, NullIf, TruncDate
from django.urls import reverse

from casework.assessment.models import Assessment, Seen
from casework.child_in_need.models import ChildInNeedPlan
from casework.child_protection.models import ChildAtConference, TimeSeen
from casework.common.coded import meaning
from casework.court.models import PoliceProtection
from casework.early_help.models import ChildHeard
from casework.exploitation.models import RiskAssessment
from casework.front_door.models import Referral
from casework.meetings.models import ChildAtMeeting
from casework.missing.models import ReturnInterview
from casework.notes.models import Part
from casework.people.models import Person
from casework.planning.models import PlanVersion
from casework.visits.models import ChildVisited
from casework.voice.last_words import ALONE, LastSaid
from casework.voice.models import CameOf, HeardBefore, NotAsked, Said

BEFORE = "before"
Place = CameOf.Place


@dataclass(frozen=True)
class Stands:
    """Rows in which words of a child stand, or the reason why there are none: the page they are read on.

    Its address takes `first` and then the row's column `key`. `said`: where the rows name words of `Said`.
    """

    place: NotAsked.Place
    rows: Any
    view: str
    key: str = "pk"
    first: tuple[str, ...] = ()
    said: bool = False

    def address(self, key: Any) -> str:
        """The page of the row with that key."""
        return reverse(self.view, args=[*self.first, key])


_Of = NotAsked.Place
STANDS = {
    one.place.value: one
    for one in (
        Stands(_Of.ASSESSMENT, Assessment, "assessment"),
        Stands(_Of.SEEN, Seen, "assessment", "assessment"),
        Stands(_Of.ENQUIRY, TimeSeen, "enquiry", "enquiry"),
        Stands(_Of.CONFERENCE, ChildAtConference, "conference"),
        Stands(_Of.MEETING, ChildAtMeeting, "meeting"),
        Stands(_Of.PLAN, PlanVersion, "plan_version"),
        Stands(_Of.VISIT, ChildVisited, "visit", said=True),
        Stands(_Of.RETURN, ReturnInterview, "missing_episode", "episode", said=True),
        Stands(_Of.POLICE, PoliceProtection, "police_protection", said=True),
        Stands(_Of.PLAN_END, ChildInNeedPlan, "plan", first=("need",), said=True),
        Stands(_Of.CLOSING, Referral, "referral", "reference", said=True),
        Stands(_Of.EXPLOITATION, RiskAssessment, "exploitation_assessment", said=True),
        Stands(_Of.EARLY_HELP, ChildHeard, "early_help", "child__assessment", said=True),
    )
}
"""Of every place but a case note, whose page is the child's too."""


@dataclass(frozen=True)
class Heard:
    """Words of a child: the day, how they were given, who heard them, where that is written, what came of it.

    `answer` is the page on which what came of it is said. Without words: a former system held some.
    """

    on: date
    words: str
    how: str = ""
    by: str = ""
    address: str = ""
    written_in: str = ""
    about: str = ""
    what_changed: str = ""
    child_told_on: date | None = None
    answer: str = ""


class Written(NamedTuple):
    """Words as they stand in the record: their page has the key `page`, their row is `row`, they are `whose`."""

    on: date
    words: str
    way: str
    by: str | None
    place: str
    page: str
    row: str
    whose: str

    @property
    def how(self) -> str:
        """How the child gave them, in words, without a full stop at the end: sentences are made with it."""
        return meaning("voice_means", self.way) if self.place == ALONE and self.way else self.way.rstrip(" .")


def heard_from(person: Person) -> list[Heard]:
    """All that the child is recorded as having said, the latest first, with what came of it."""
    rows = [one for one in map(Written._make, everywhere(person.pk)) if one.place != BEFORE]
    keys = [one.page for one in rows if one.place == ALONE]
    said = {one.reference: one for one in Said.objects.filter(reference__in=keys)} if keys else {}
    written_in = dict(_said_on([one.pk for one in said.values()])) if keys else {}
    came = {(one.place, one.row): one for one in CameOf.objects.filter(person=person)} if len(rows) > len(keys) else {}
    return [
        _own(person, one, said[one.page], written_in)
        if one.place == ALONE
        else _elsewhere(person, one, came.get((one.place, int(one.row))))
        for one in rows
        if one.place != ALONE or one.page in said
    ]


def heard_at(person: Person, place: str, row: int, came: CameOf | None) -> Heard | None:
    """The child's words that stand in that row of the record, with what came of them; None where there are none."""
    found = (one for one in map(Written._make, everywhere(person.pk)) if (one.place, one.row) == (place, str(row)))
    one = next(found, None) if place in Place.values else None
    return one and _elsewhere(person, one, came)


def heard_before(person: Person) -> list[date]:
    """The days on which a former system held words of the child, the latest first."""
    return list(person.words_before.order_by("-said_on").values_list("said_on", flat=True))


@dataclass(frozen=True)
class Unheard:
    """That a child was not asked: the day, why, and where that is written."""

    on: date
    why: str
    written_in: str
    address: str


def not_asked_of(person: Person) -> list[Unheard]:
    """Each time that a reason stands where the child's words would, the latest first."""
    every = list(person.not_asked.order_by("-on", "-pk"))
    pages = _pages_of(every)
    return [Unheard(one.on, one.why, one.get_place_display(), pages.get(one.pk, "")) for one in every]


def _pages_of(every: list[NotAsked]) -> dict[int, str]:
    """The page of each: that of the row itself, or of what the row is a part of."""
    found = dict[int, str]()
    for place, stands in STANDS.items():
        rows = {one.row: one.pk for one in every if one.place == place}
        keys = ((row, row) for row in rows)
        if rows and stands.key != "pk":
            keys = stands.rows.objects.filter(pk__in=rows).values_list("pk", stands.key)
        found |= {rows[row]: stands.address(key) for row, key in keys}
    return found


def came_of(person: Person, place: str, row: int) -> CameOf | None:
    """What came of them, where it is said."""
    return CameOf.objects.filter(person=person, place=place, row=row).first()


def last_heard(person: Person, rows: Iterable[Any]) -> tuple[list[Heard], int, date | None]:
    """The last time, how many there were, and the last day of a former system's, of the rows of `everywhere`."""
    written = [Written._make(row) for row in rows]
    own = [one for one in written if one.place != BEFORE]
    before = next((one.on for one in written if one.place == BEFORE), None)
    return [Heard(one.on, one.words, one.how, one.by or "") for one in own[:1]], len(own), before


def _own(person: Person, one: Written, said: Said, written_in: dict[int, tuple[str, str]]) -> Heard:
    address, what = written_in.get(said.pk, ("", ""))
    return Heard(
        one.on, one.words, one.how, one.by or "", address, what, "" if what else said.about, said.what_changed,
        said.child_told_on, reverse("what_changed", args=[person.reference, said.reference]),
    )  # fmt: skip


def _elsewhere(person: Person, one: Written, came: CameOf | None) -> Heard:
    in_a_note = one.place == Place.NOTE
    address = reverse("note", args=[person.reference, one.page]) if in_a_note else STANDS[one.place].address(one.page)
    changed, told = (came.what_changed, came.child_told_on) if came else ("", None)
    answer = reverse("what_came_of_words", args=[person.reference, one.place, one.row])
    return Heard(
        one.on, one.words, one.how, one.by or "", address, Place(one.place).label, "", changed, told, answer
    )  # fmt: skip


def _said_on(keys: list[int]) -> Iterator[tuple[int, tuple[str, str]]]:
    """For words of `Said` that a stage took down, the page of where it did and what that is called: one question."""
    parts = [
        one.rows.objects.filter(said__in=keys).order_by()
        .values_list("said_id", Cast(F(one.key), TextField()), Value(place))
        for place, one in STANDS.items() if one.said
    ]  # fmt: skip
    for said, page, place in parts[0].union(*parts[1:], all=True):
        yield said, (STANDS[place].address(page), STANDS[place].place.label)


def last_words(people: Collection[int], number: int | None = None) -> dict[int, list[LastSaid]]:
    """What each of these children said, the last `number` times or every time, the last first: one question."""
    found: dict[int, list[LastSaid]] = defaultdict(list)
    for one in map(Written._make, _of(people)):
        its = found[int(one.whose)]
        if one.place != BEFORE and (number is None or len(its) < number):
            its.append(LastSaid(one.on, one.words, one.how, one.by or "", one.place, int(one.row)))
    return found


def everywhere(person: int) -> QuerySet[Any, Any]:
    """All that the child with that key is recorded as having said, the latest first, a row each."""
    return _of((person,))


def _of(people: Collection[int]) -> QuerySet[Any, Any]:
    """All that these children said."""
    heard_by = Coalesce(NullIf("heard_by_other", Value("")), "heard_by__name")
    began = Coalesce("child_first_seen_on", "started_on")
    alone = Case(When(alone=True, then=Value("Alone")), default=Value(""))
    way = Coalesce(NullIf("how_heard", Value("")), alone)
    notes = Part.objects.filter(person__in=people, in_error_at=None).exclude(own_words="")
    assessments = Assessment.objects.filter(person__in=people).exclude(childs_words="")
    seen = Seen.objects.filter(assessment__person__in=people).exclude(what_was_said="")
    enquired = TimeSeen.objects.filter(enquiry__person__in=people).exclude(what_was_said="")
    conferences = ChildAtConference.objects.filter(person__in=people, conference__held_on__isnull=False)
    meetings = ChildAtMeeting.objects.filter(person__in=people, written=True, meeting__held_on__isnull=False)
    in_force = PlanVersion.objects.filter(in_force_from__isnull=False)
    # A version goes on from the one before it, with the words in it: they were said once.
    same = {name: OuterRef(name) for name in ("person", "childs_view")}
    plans = in_force.filter(~Exists(in_force.filter(**same, pk__lt=OuterRef("pk"))), person__in=people)
    parts = (
        _rows(Said.objects.filter(person__in=people), "said_on", "words", "how", heard_by, ALONE, "reference"),
        _rows(HeardBefore.objects.filter(person__in=people), "said_on", Value(""), "how", Value(""), BEFORE, "pk"),
        _rows(notes, TruncDate("note__happened_at"), "own_words", Value(""), "note__recorded_by__name", Place.NOTE,
              "note__reference"),
        _rows(assessments, began, "childs_words", "how_heard", "worker__name", Place.ASSESSMENT, "pk"),
        _rows(seen, "seen_on", "what_was_said", alone, "by__name", Place.SEEN, "assessment", "assessment__person"),
        _rows(enquired, TruncDate("seen_at"), "what_was_said", way, "by__name", Place.ENQUIRY, "enquiry",
              "enquiry__person"),
        _rows(conferences.exclude(childs_views=""), "conference__held_on", "childs_views", "how_child_was_heard",
              Value(""), Place.CONFERENCE, "pk"),
        _rows(meetings.exclude(childs_words=""), "meeting__held_on", "childs_words", Value(""), "written_by__name",
              Place.MEETING, "pk"),
        _rows(plans.exclude(childs_view=""), "in_force_from", "childs_view", Value(""), Value(""),
              Place.PLAN, "pk"),
    )  # fmt: skip
    found: QuerySet[Any, Any] = parts[0].union(*parts[1:], all=True)
    return found.order_by("-the_day", "-its_place")


def _rows(
    found: QuerySet[Any], day: Any, words: Any, how: Any, by: Any, place: str, page: Any, whose: str = "person"
) -> QuerySet[Any, Any]:
    as_text = {"the_words": words, "the_way": how, "the_hearer": by, "its_place": Value(place), "its_page": page,
               "its_row": "pk", "whose": whose}  # fmt: skip
    named = {name: Cast(value, TextField()) for name, value in as_text.items()}
    the_day = F(day) if isinstance(day, str) else day
    rows: QuerySet[Any, Any] = found.order_by().annotate(the_day=the_day, **named).values_list("the_day", *named)
    return rows
