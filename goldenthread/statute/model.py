"""What an entry of the statute book is: frozen values, with no behaviour beyond reading themselves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from typing import Literal, TypeAlias

from goldenthread.dates import COUNTABLE, Counting, Unit, due


class Authority(StrEnum):
    """Where a timescale gets its force, strongest first."""

    statute = "statute"
    regulations = "regulations"
    court_rules = "court_rules"
    statutory_guidance = "statutory_guidance"
    national_minimum_standard = "national_minimum_standard"
    non_statutory_guidance = "non_statutory_guidance"
    indicator_definition = "indicator_definition"
    local = "local"


class Seen(StrEnum):
    """How the text behind a citation was read. Anything but `primary` needs checking before reliance."""

    primary = "primary"
    secondary = "secondary"
    partial = "partial"
    york_report = "york_report"
    open_source = "open_source"
    not_seen = "not_seen"


class Basis(StrEnum):
    """What stands behind a date in force."""

    seen = "seen"
    general_knowledge = "general_knowledge"
    guidance_date = "guidance_date"  # the date of the guidance that carries the rule
    report_date = "report_date"  # only the date of the report that prints it: it may well be older
    not_established = "not_established"
    not_commenced = "not_commenced"
    no_end_seen = "no_end_seen"


class RuleKind(StrEnum):
    """What sort of entry this is. Only deadlines and alerts become obligations."""

    deadline = "deadline"  # something must be done by a day
    alert = "alert"  # something has lasted long enough that someone must look
    window = "window"  # a period looked back over or allowed
    gate = "gate"  # must come before, or at, another event
    threshold = "threshold"  # an average compared with a number
    status = "status"  # a standing a child has or a cohort belongs to
    retention = "retention"  # how long a record is kept
    cycle = "cycle"  # the authority's own calendar of meetings and reports
    duty = "duty"  # owed, with no clock


OBLIGATION_KINDS = frozenset({RuleKind.deadline, RuleKind.alert})

Layer: TypeAlias = Literal["statutory", "local"]
Span: TypeAlias = tuple[date | None, date | None]
ConditionValue: TypeAlias = bool | int | str | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Limit:
    """A number, what it counts, and how. `number` is None where no number is set."""

    number: int | None
    unit: Unit
    counting: Counting

    @property
    def gives_a_day(self) -> bool:
        """Whether a trigger alone is enough to say when something is due."""
        return self.number is not None and self.counting in COUNTABLE

    def due(self, trigger: date | datetime) -> date | datetime | None:
        """The last lawful day (or moment, for hours); None where this limit gives no date.

        Raises goldenthread.dates.OutsideCalendar if a working day is needed beyond the calendar.
        """
        return None if self.number is None else due(trigger, self.number, self.unit, self.counting)

    def __str__(self) -> str:
        unit = self.unit.value.replace("_", " ")
        return unit if self.number is None else f"{self.number} {unit[:-1] if self.number == 1 else unit}"


@dataclass(frozen=True, slots=True)
class Repeat:
    """How often, and the event kinds that stop it. `as_planned`: the frequency is written on the child's plan."""

    every: int | None
    unit: Unit
    counting: Counting
    until: tuple[str, ...] = ()
    as_planned: bool = False

    @property
    def limit(self) -> Limit:
        """The interval as a limit, to be counted from the previous satisfying event."""
        return Limit(self.every, self.unit, self.counting)


@dataclass(frozen=True, slots=True)
class Condition:
    """One declared condition (see `conditions.py`) and the value it must have. Codes are a tuple."""

    name: str
    value: ConditionValue


@dataclass(frozen=True, slots=True)
class LegalDate:
    """A date in force as the source gives it: `2018-11` runs from its first day (or to its last)."""

    text: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Source:
    """A citation, and how it was read."""

    title: str
    provision: str
    seen: Seen
    address: str = ""
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Chain:
    """An earlier clock to count with: where that one is still running when this one is triggered, this one is counted
    from what began that one. `note` says, for whoever reads a due day, when the law wants it. Where there are
    sets of conditions in `applies_when`, it is only if one of them holds all through when this one is triggered.
    """

    rule: str
    note: str
    source: Source
    applies_when: tuple[tuple[Condition, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class HolidayEnd:
    """Where the last day is a public holiday: the clock time, on the next day that is none, to which it may last."""

    until: str
    note: str
    source: Source

    @property
    def hour(self) -> time:
        """`until` as a time."""
        return time.fromisoformat(self.until)


@dataclass(frozen=True, slots=True)
class Edition:
    """An edition of guidance that carried the rule. `start` is None if its day is not known."""

    name: str
    start: LegalDate | None
    text_seen: bool = True


@dataclass(frozen=True, slots=True)
class Where:
    """The place in a file, for error messages."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


@dataclass(frozen=True, slots=True)
class Rule:
    """One entry: what starts the clock, what must be done, by when, and on whose word."""

    id: str
    stage: str
    kind: RuleKind
    authority: Authority
    title: str
    trigger: str
    obligation: str
    limit: Limit
    trigger_events: tuple[str, ...]
    satisfied_by: tuple[str, ...]
    effective_from_basis: Basis
    effective_to_basis: Basis
    sources: tuple[Source, ...]
    where: Where
    ends_with: tuple[str, ...] = ()
    applies_when: tuple[tuple[Condition, ...], ...] = ()  # applies if ANY of these sets holds ALL through
    clock_from_previous: bool = False
    repeat: Repeat | None = None
    chained_to: Chain | None = None
    holiday_end: HolidayEnd | None = None
    other_reading: Limit | None = None  # of a source that can be read two ways: the one `limit` does not follow
    effective_from: LegalDate | None = None  # None: a start was not established; taken as always
    effective_to: LegalDate | None = None  # None: no end seen
    commenced: bool = True  # False: enacted, waiting for a day to be appointed
    version_of: str = ""  # the name that dated versions of one rule share; its own id if it stands alone
    suspends: tuple[str, ...] = ()  # entries that give way while this one is in force
    why_no_obligation: str = ""  # compulsory unless the kind is deadline or alert
    exceptions: str = ""
    note: str = ""
    editions: tuple[Edition, ...] = ()
    local_authority: str = ""  # set on an authority's own rules

    @property
    def family(self) -> str:
        """The name under which dated versions of this rule are one rule."""
        return self.version_of or self.id

    @property
    def layer(self) -> Layer:
        """`local` for practice an authority sets for itself, `statutory` for everything national."""
        return "local" if self.authority is Authority.local else "statutory"

    @property
    def makes_obligations(self) -> bool:
        """Whether events of a child become something due under this rule."""
        return self.kind in OBLIGATION_KINDS

    @property
    def event_kinds(self) -> frozenset[str]:
        """Every event kind the rule names."""
        until = self.repeat.until if self.repeat else ()
        return frozenset((*self.trigger_events, *self.satisfied_by, *self.ends_with, *until))

    @property
    def in_force_from(self) -> date | None:
        """First day in force; None if its start was not established (always, as far as is known)."""
        return self.effective_from.first if self.effective_from else None

    @property
    def in_force_to(self) -> date | None:
        """Last day in force; None while no end is known."""
        return self.effective_to.last if self.effective_to else None

    @property
    def start_may_be_earlier(self) -> bool:
        """Whether the start is only the date of a report that prints the rule."""
        return self.effective_from_basis is Basis.report_date

    def in_force(self, on: date) -> bool:
        """Whether the entry is law on that day, suspension by another entry apart (see StatuteBook)."""
        if not self.commenced:
            return False
        started = self.in_force_from is None or self.in_force_from <= on
        return started and (self.in_force_to is None or on <= self.in_force_to)

    def status(self, on: date) -> Literal["in force", "enacted, not commenced", "not yet in force", "ended"]:
        """Its standing on a day, in words."""
        if not self.commenced:
            return "enacted, not commenced"
        if self.in_force(on):
            return "in force"
        return "ended" if self.in_force_to is not None and on > self.in_force_to else "not yet in force"


@dataclass(frozen=True, slots=True)
class LocalStandard:
    """An authority's own number for a rule of the book, or (with no limit) its remark on one."""

    rule: str
    local_authority: str
    note: str
    sources: tuple[Source, ...]
    where: Where
    limit: Limit | None = None
    repeat: Repeat | None = None
    label: str = ""  # tells apart several standards for one rule
    satisfied_by: tuple[str, ...] = ()  # where the authority asks for something else than the rule does
    effective_from: LegalDate | None = None
    effective_to: LegalDate | None = None

    def in_force(self, on: date) -> bool:
        """Whether the authority's standard stands on that day."""
        started = self.effective_from is None or self.effective_from.first <= on
        return started and (self.effective_to is None or on <= self.effective_to.last)


@dataclass(frozen=True, slots=True)
class Clock:
    """A rule with the limit it runs under: the national one, or an authority's own beside it."""

    rule: Rule
    layer: Layer
    limit: Limit
    repeat: Repeat | None
    spans: tuple[Span, ...]
    """When an event starts this clock: first and last day, both included, None where open."""
    standard: LocalStandard | None = None
    """The local standard behind the limit, if that is where it comes from."""

    @property
    def satisfied_by(self) -> tuple[str, ...]:
        """The events that stop it: the rule's, unless the authority's standard names its own."""
        return (self.standard.satisfied_by if self.standard else ()) or self.rule.satisfied_by

    @property
    def other_reading(self) -> Limit | None:
        """The limit as the rule's source may also be read; None under a standard, which is the authority's answer."""
        return None if self.standard else self.rule.other_reading

    @property
    def holiday_end(self) -> HolidayEnd | None:
        """To when the limit may last where its last day is a public holiday; None under a standard."""
        return None if self.standard else self.rule.holiday_end

    def runs_from(self, trigger_day: date) -> bool:
        """Whether an event on that day starts this clock."""
        return any(
            (first is None or first <= trigger_day) and (last is None or trigger_day <= last)
            for first, last in self.spans
        )

    @property
    def id(self) -> str:
        """Unique in the book: the rule's id, and the standard's authority and label where there is one."""
        if self.standard is None:
            return self.rule.id
        return ":".join(part for part in (self.rule.id, self.standard.local_authority, self.standard.label) if part)
