"""The statute book: what is law on a day, what changed between two, and which clocks run."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from goldenthread.dates import COUNTABLE, Counting
from goldenthread.dates.calendar import ONE_DAY
from goldenthread.statute.entry import close_to
from goldenthread.statute.model import Clock, LocalStandard, Repeat, Rule, Span

ENDS_EVERY_CHILD_CLOCK = ("child.died", "case.transferred_out")
"""Events after which nothing more falls due for a child here, whatever a rule's own `ends_with` says."""


@dataclass(frozen=True, slots=True)
class Inert:
    """A rule from which no obligation comes, and why."""

    rule: Rule
    reason: str


@dataclass(frozen=True, slots=True)
class Difference:
    """What differs in the law between two days."""

    before: date
    after: date
    started: tuple[Rule, ...]
    ended: tuple[Rule, ...]
    replaced: tuple[tuple[Rule, Rule], ...]  # the version then, the version now
    standards_started: tuple[LocalStandard, ...]
    standards_ended: tuple[LocalStandard, ...]


class UnknownRule(KeyError):
    """No rule of that name."""

    def __str__(self) -> str:
        return str(self.args[0])


@dataclass(frozen=True)
class StatuteBook:
    """Every rule and local standard, whatever their dates. `rules` keeps the order of the files."""

    rules: tuple[Rule, ...]
    standards: tuple[LocalStandard, ...] = ()
    local_authority: str = ""

    @cached_property
    def _families(self) -> dict[str, tuple[Rule, ...]]:
        found: dict[str, list[Rule]] = {}
        for rule in self.rules:
            for name in {rule.id, rule.family}:
                found.setdefault(name, []).append(rule)
        return {name: tuple(rules) for name, rules in found.items()}

    @cached_property
    def _suspensions(self) -> dict[str, tuple[Rule, ...]]:
        return {rule.id: tuple(by for by in self.rules if rule.id in by.suspends) for rule in self.rules}

    def versions(self, name: str) -> tuple[Rule, ...]:
        """Every dated version under an id or a family's name. Raises UnknownRule."""
        if name not in self._families:
            raise UnknownRule(f"The statute book has no rule {name!r}{close_to(name, self._families)}")
        return self._families[name]

    def rule(self, name: str, on: date | None = None) -> Rule:
        """The version in force on a day, or else the last one written. Raises UnknownRule."""
        versions = self.versions(name)
        found = self.version_for(name, on) if on else None
        return found or versions[-1]

    def version_for(self, name: str, trigger_day: date) -> Rule | None:
        """The version whose clock an event on that day starts: the law in force when it happened. None if none was.

        A rule suspended on that day gives way to the one that suspends it.
        """
        for rule in self.versions(name):
            if rule.in_force(trigger_day):
                by = next((s for s in self._suspensions[rule.id] if s.in_force(trigger_day)), None)
                return by or rule
        return None

    def suspended(self, rule: Rule, on: date) -> bool:
        """Whether another entry stands in for this one on a day."""
        return any(by.in_force(on) for by in self._suspensions[rule.id])

    def in_force(self, on: date) -> tuple[Rule, ...]:
        """Every rule that is law on a day, local ones among them, without those suspended."""
        return tuple(rule for rule in self.rules if rule.in_force(on) and not self.suspended(rule, on))

    def standards_for(self, rule: Rule | str, on: date | None = None) -> tuple[LocalStandard, ...]:
        """The authority's standards and remarks on a rule, on a day or at any time."""
        name = rule if isinstance(rule, str) else rule.id
        return tuple(s for s in self.standards if s.rule == name and (on is None or s.in_force(on)))

    def diff(self, before: date, after: date) -> Difference:
        """What came into force, what ended, and which versions took another's place, from one day to the other."""
        then, now = self.in_force(before), self.in_force(after)
        gone, come = [r for r in then if r not in now], [r for r in now if r not in then]
        replaced = tuple((old, new) for old in gone for new in come if old.family == new.family or _stands_in(old, new))
        paired = {rule for pair in replaced for rule in pair}
        return Difference(
            before,
            after,
            tuple(rule for rule in come if rule not in paired),
            tuple(rule for rule in gone if rule not in paired),
            replaced,
            tuple(s for s in self.standards if s.in_force(after) and not s.in_force(before)),
            tuple(s for s in self.standards if s.in_force(before) and not s.in_force(after)),
        )

    def clocks(self, on: date | None = None, *, reports_prove_earlier: bool = False) -> tuple[Clock, ...]:
        """Every clock that a child's events can start, national and local side by side.

        All of them, each with the spans of trigger days that start it; or only those that an event on `on` would start.
        An authority's number for a national rule runs beside it; for a rule that is local anyway it takes its
        place. With `reports_prove_earlier`, a rule dated only by the report that prints it is taken to have
        stood before the report.
        """
        made = (clock for rule in self.rules if rule.makes_obligations for clock in self._clocks_of(rule))
        clocks = tuple(_earlier(clock) if reports_prove_earlier else clock for clock in made)
        return clocks if on is None else tuple(clock for clock in clocks if clock.runs_from(on))

    def _clocks_of(self, rule: Rule) -> Iterable[Clock]:
        if not rule.commenced:
            return
        spans = self._spans(rule)
        local = [s for s in self.standards_for(rule) if s.limit and s.limit.number is not None]
        if rule.limit.gives_a_day and not (local and rule.layer == "local"):
            yield Clock(rule, rule.layer, rule.limit, rule.repeat, spans)
        for standard in local:
            if standard.limit and standard.limit.counting in COUNTABLE:
                own = (_first(standard), _last(standard))
                within = tuple(both for span in spans if (both := _both(span, own)) is not None)
                yield Clock(rule, "local", standard.limit, _repeat_of(rule, standard), within, standard)

    def _spans(self, rule: Rule) -> tuple[Span, ...]:
        spans: list[Span] = [(rule.in_force_from, rule.in_force_to)]
        for by in self._suspensions[rule.id]:
            if by.commenced:
                spans = [left for span in spans for left in _without(span, (by.in_force_from, by.in_force_to))]
        return tuple(spans)

    def inert(self) -> tuple[Inert, ...]:
        """Every rule from which no obligation ever comes, with the reason: nothing is silent."""
        running = {clock.rule for clock in self.clocks()}
        return tuple(Inert(rule, _why(rule)) for rule in self.rules if rule not in running)

    def unprovided(self, provided: Collection[str]) -> dict[str, tuple[str, ...]]:
        """Rules that make obligations but cannot be followed, because the events they need are not among `provided`.

        Rule id to the kinds it lacks. A rule needs one trigger and one satisfying event; endings it can do without.
        """
        lacking: dict[str, tuple[str, ...]] = {}
        for rule in self.rules:
            if rule.makes_obligations:
                needs = [kinds for kinds in (rule.trigger_events, rule.satisfied_by) if not set(kinds) & set(provided)]
                if needs:
                    lacking[rule.id] = tuple(dict.fromkeys(kind for kinds in needs for kind in kinds))
        return lacking


def _stands_in(old: Rule, new: Rule) -> bool:
    return old.id in new.suspends or new.id in old.suspends


def _why(rule: Rule) -> str:
    if not rule.commenced:
        return "Enacted and not yet commenced."
    if not rule.makes_obligations:
        return rule.why_no_obligation
    if rule.repeat and rule.repeat.as_planned:
        return "How often is written on each child's plan."
    if rule.limit.counting in {Counting.school_days, Counting.school_term}:
        return "Needs the calendar of the child's own school."
    return "No number is set nationally, and the authority has set none."


def _earlier(clock: Clock) -> Clock:
    if not clock.rule.start_may_be_earlier or not clock.spans:
        return clock
    spans = ((None, clock.spans[0][1]), *clock.spans[1:])
    return Clock(clock.rule, clock.layer, clock.limit, clock.repeat, spans, clock.standard)


def _repeat_of(rule: Rule, standard: LocalStandard) -> Repeat | None:
    if standard.repeat or not rule.repeat or not standard.limit:
        return standard.repeat
    limit = standard.limit
    return Repeat(limit.number, limit.unit, limit.counting, rule.repeat.until)


def _first(standard: LocalStandard) -> date | None:
    return standard.effective_from.first if standard.effective_from else None


def _last(standard: LocalStandard) -> date | None:
    return standard.effective_to.last if standard.effective_to else None


def _both(one: Span, other: Span) -> Span | None:
    first = max((day for day in (one[0], other[0]) if day), default=None)
    last = min((day for day in (one[1], other[1]) if day), default=None)
    return None if first and last and last < first else (first, last)


def _without(span: Span, hole: Span) -> list[Span]:
    if _both(span, hole) is None:
        return [span]
    before = _both(span, (None, hole[0] - ONE_DAY)) if hole[0] else None
    after = _both(span, (hole[1] + ONE_DAY, None)) if hole[1] else None
    return [left for left in (before, after) if left is not None]
