"""Where things stand for a child today: what is open and worrying, when each thing was last done, and what is old."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import F, QuerySet
from django.db.models.functions import TruncDate
from django.utils import timezone

from casework.allocation.panels import CLOCKS
from casework.assessment.models import Seen
from casework.canonical import reading
from casework.child_protection.models import TimeSeen
from casework.chronology.old import too_old
from casework.common.coded import meaning
from casework.common.together import Rows
from casework.deadlines.queries import RunningClock, in_order
from casework.exploitation.models import RiskAssessment
from casework.exploitation.panels import LATEST as EXPLOITATION
from casework.people import panels
from casework.people.models import Person
from casework.planning.models import PlanVersion
from casework.planning.queries import OF_A_PLAN
from casework.visits.models import in_words
from casework.visits.queries import DUTIES, waiting
from casework.visits.stretch import IN_PLANS, SINCE, Stretch, stretch_of
from goldenthread.dataset.tables import TABLES


@dataclass(frozen=True)
class Span:
    """A table whose rows are open until a day is in `ends`; `form` is the column that says in which form."""

    table: str
    what: str
    form: str | None = None
    begins: str = "started_on"
    ends: str = "ended_on"


OPEN = (
    Span("cp_plans", "Child protection plan", "latest_category"),
    Span("cin_plans", "Child in need plan"),
    Span("police_protections", "Police protection"),
    Span("emergency_orders", "Emergency order", "kind", "made_on"),
    Span("care_periods", "Looked after"),
    Span("legal_statuses", "Legal status", "legal_status"),
    Span("placements", "Placement", "placement_type"),
    Span("section_47_enquiries", "Section 47 enquiry"),
    Span("pre_proceedings", "Before proceedings"),
    Span("proceedings", "In court", "kind", "issued_on", "concluded_on"),
    Span("missing_episodes", "Whereabouts", "kind"),
    Span("private_fostering", "Private fostering", begins="coalesce(started_on, notified_on)"),
    Span("care_leavers", "Leaving care", "eligibility"),
)
"""What can be open, in the order that a duty worker asks for it."""

SEEN_AT = "visits"
EXPECTED = {SEEN_AT, "supervisions", "assessments"}
"""What is missed where it was never done, while a plan is open."""
PLANS = {"cp_plans", "cin_plans"}
AGAIN = (
    (SEEN_AT, "Last seen", DUTIES, "visited_on", None),
    ("supervisions", "Last talked over in supervision", None, "held_on", None),
    ("assessments", "Last assessed", None, "authorised_on", None),
    ("core_groups", "Last core group", None, "held_on", "cp_plans"),
    ("cin_reviews", "Last child in need review", None, "held_on", "cin_plans"),
    ("conferences", "Last conference", "outcome", "held_on", "cp_plans"),
    ("looked_after_reviews", "Last review of their care", None, "held_on", "care_periods"),
)
"""What is done again and again: the table, what it is called, its form, its day, and what it is done for while open."""


def _lines() -> Iterator[str]:
    """For each of `OPEN` and `AGAIN`: where it stands among them, its day, its form, whether seen alone."""
    for place, span in enumerate(OPEN):
        yield (
            f"SELECT {place}, {span.begins}, {span.form or 'NULL'}::text, NULL::boolean FROM {{{span.table}}} "
            f"WHERE {span.begins} IS NOT NULL AND {span.ends} IS NULL"
        )
    for place, (table, _, form, day, _) in enumerate(AGAIN, len(OPEN)):
        alone, seen = ("seen_alone", " AND seen") if table == SEEN_AT else ("NULL::boolean", "")
        yield (
            f"(SELECT {place}, {day}, {form or 'NULL'}::text, {alone} FROM {{{table}}} "
            f"WHERE {day} <= (SELECT day FROM today){seen} ORDER BY {day} DESC LIMIT 1)"
        )


def times_seen(person: int) -> QuerySet[Any, Any]:
    """When the child with that key was last seen for an assessment or an enquiry, and whether alone."""
    assessed = Seen.objects.filter(assessment__person=person).values_list("seen_on", "alone")
    enquired = TimeSeen.objects.filter(enquiry__person=person).values_list(TruncDate("seen_at"), "alone")
    found: QuerySet[Any, Any] = assessed.union(enquired, all=True).order_by("-seen_on")[:1]
    return found


def plan_in_writing(person: int) -> QuerySet[Any, Any]:
    """The versions of the child's open plans that are in force, with what each says of the worry, the latest first;
    then the drafts, the latest first."""
    found = PlanVersion.objects.filter(OF_A_PLAN, person=person, replaced_on=None)
    found = found.filter(need_plan__ended_on=None, protection_plan__ended_on=None)
    told = ("in_force_from", "worried_about", "pk", "recorded_by__name", "drawn_up_on")
    values: QuerySet[Any, Any] = found.order_by(F("in_force_from").desc(nulls_last=True), "-pk").values_list(*told)
    return values


HELD = reading.AnswerAbout(
    "standing",
    "SELECT jsonb_agg(jsonb_build_array(place, its_day, form, alone) ORDER BY place, its_day) "
    f"FROM ({' UNION ALL '.join(_lines())}) found(place, its_day, form, alone)",
)
SEEN = Rows("seen", times_seen)
PLAN = Rows("plan_in_writing", plan_in_writing)


@dataclass(frozen=True)
class Draft:
    """A version of an open plan that nobody has agreed to yet: its key, who began it and when."""

    pk: int
    by: str
    since: date


@dataclass(frozen=True)
class Standing:
    """One line: what, in which form, since or on which day; `last` for a thing done again and again.

    `old`: so long ago that nobody should rely on it; `text` is what somebody wrote; `due` are the clocks that wait for
    the next; `draft` is what is written and not agreed yet; `stretch` is how long the child has gone without a visit.
    """

    what: str
    form: str
    on: date | None
    last: bool
    days: int | None = None
    old: bool = False
    text: str = ""
    due: Sequence[RunningClock] = ()
    draft: Draft | None = None
    stretch: Stretch | None = None

    @property
    def mark(self) -> str:
        """What warns of relying on it; empty for nothing. A draft beside says itself that nothing is agreed."""
        return ("Old" if self.on else "" if self.draft else "Not known") if self.old else ""

    @property
    def late(self) -> bool:
        """Whether a clock that waits for the next is over."""
        return any(one.late for one in self.due)


def standing(person: Person, at: datetime) -> list[Standing]:
    """What is open for the child, the worry as the plan puts it, then the last of each thing done again and again."""
    today = timezone.localdate(at)
    found = [(place, date.fromisoformat(day), form, alone) for place, day, form, alone in panels.answer(HELD, person)]
    now = [(OPEN[place], day, form) for place, day, form, _ in found if place < len(OPEN)]
    stands = [Standing(one.what, _form(one.table, one.form, form), day, False) for one, day, form in now]
    last = {place - len(OPEN): (day, alone, form) for place, day, form, alone in found if place >= len(OPEN)}
    open_now = {span.table for span, *_ in now}
    risk = _exploitation(person, today)
    return [*stands, *risk, *_plan(person, open_now, today), *_last(person, last, open_now, at)]


def _exploitation(person: Person, today: date) -> Iterator[Standing]:
    """The risk as it was last judged, unless none was found; old once it was to be looked at again."""
    judged = getattr(person, EXPLOITATION, None)
    if judged and judged["level"] != RiskAssessment.Level.NONE:
        on, again = date.fromisoformat(judged["on"]), date.fromisoformat(judged["again"])
        level = RiskAssessment.Level(judged["level"]).label
        yield Standing("Risk of exploitation, as judged", level, on, True, (today - on).days, again < today)


def _plan(person: Person, open_now: set[str], today: date) -> Iterator[Standing]:
    """The worry in the words of the plan, and how old those are. That nothing is written where a plan is open."""
    if not open_now & PLANS:
        return
    versions = panels.answer(PLAN, person)
    written, worry = next(((on, worry) for on, worry, *_ in versions if on), (None, ""))
    draft = next((Draft(pk, by or "", since) for on, _, pk, by, since in versions if on is None), None)
    if worry:
        yield Standing("The worry", "", None, False, text=worry)
    days = (today - written).days if written else None
    yield Standing("Plan last written", "", written, True, days, too_old("plan", days), draft=draft)


def _last(person: Person, last: Mapping[int, Any], open_now: set[str], at: datetime) -> Iterator[Standing]:
    today, planned = timezone.localdate(at), bool(open_now & PLANS)
    for place, (table, what, column, _, while_open) in enumerate(AGAIN):
        if while_open and while_open not in open_now:
            continue
        found = last.get(place)
        due, stretch = (_due(person, at), _stretch(person, today)) if table == SEEN_AT else ((), None)
        if found:
            found = (*found[:2], _form(table, column, found[2]))
        if table == SEEN_AT:
            found = _seen(person, found)
        if found:
            on, alone, said = found
            days = (today - on).days
            old = bool(open_now) and too_old(table, days)
            stretch = stretch.after(on) if stretch else None
            yield Standing(f"{what}, alone" if alone else what, said, on, True, days, old, due=due, stretch=stretch)
        elif planned and table in EXPECTED:
            yield Standing(what, "", None, True, old=True, due=due, stretch=stretch)
        elif due or (stretch and stretch.attempts and open_now):
            yield Standing(what, "", None, True, due=due, stretch=stretch)


def _due(person: Person, at: datetime) -> tuple[RunningClock, ...]:
    """Every clock that waits for a visit, the first due first."""
    return tuple(waiting(in_order(RunningClock(row, at) for row in panels.answer(CLOCKS, person))))


def _stretch(person: Person, today: date) -> Stretch:
    return stretch_of(panels.answer(SINCE, person), panels.answer(IN_PLANS, person), today)


def _seen(person: Person, visit: Any) -> Any:
    """The latest of the last visit and the last time that the child was seen for an assessment or an enquiry."""
    seen = next(iter(panels.answer(SEEN, person)), None)
    return (*seen, "") if seen and (visit is None or seen[0] > visit[0]) else visit


def _form(table: str, column: str | None, value: str | None) -> str:
    if column is None or value is None:
        return ""
    if table == SEEN_AT:
        return in_words(value.split())
    codes = TABLES[table].column(column).codes
    return meaning(codes, value) if codes else value
