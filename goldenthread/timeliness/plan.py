"""Which clocks of the statute book can be followed in the dataset, and how: one pattern serves every clock that has the
same triggers, satisfying events and endings, and patterns that live in the same episode are worked together.

Every entry of the book is either followed or listed with the reason it is not: nothing is silently inert.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

from goldenthread.dates import Counting
from goldenthread.journey.episodes import can_hold
from goldenthread.journey.source import EventSource
from goldenthread.journey.sources import PROVIDED, sources_of
from goldenthread.statute.book import ENDS_EVERY_CHILD_CLOCK, StatuteBook
from goldenthread.statute.conditions import CONDITIONS
from goldenthread.statute.kinds import KINDS, About
from goldenthread.statute.model import Clock, Condition, Limit, Rule
from goldenthread.timeliness.facts import ANSWERABLE

SCOPES = {
    # The plan of adoption is endorsed before the decision with which its own episode begins.
    "adoption_case_presented_2m": "care_periods",
}
"""The episode a rule is followed in, where the general reading in `_scope` does not find it."""


@dataclass(frozen=True)
class Pattern:
    """What starts, satisfies and ends a clock, and the episode all of it belongs to (None: the person's whole record).

    Event kinds that no table provides are left out. `again`: each satisfying event starts the clock anew. `before`: the
    limit is counted back from the trigger, so that what satisfies the clock came before it, if it came in time.
    """

    triggers: frozenset[str]
    satisfied: frozenset[str]
    ends: frozenset[str]
    until: frozenset[str]
    again: bool
    scope: str | None
    before: bool = False

    @cached_property
    def strict(self) -> frozenset[str]:
        """Triggers that are rows of the satisfying kind themselves: only a later day's event satisfies their clock."""
        places = {(source.table, source.on) for source in sources_of(self.satisfied)}
        return frozenset(source.kind for source in sources_of(self.triggers) if (source.table, source.on) in places)

    @cached_property
    def restarts(self) -> bool:
        """Whether satisfying events must be added to the triggers to keep the clock going."""
        return self.again and not self.satisfied <= self.triggers


@dataclass(frozen=True)
class Earlier:
    """The clock that a chained one is counted with: what begins it, what of its own row ends it, its limit, and the
    sets of conditions of which one must hold (none: always).
    """

    pattern: Pattern
    limit: Limit
    conditions: tuple[tuple[Condition, ...], ...] = ()


@dataclass(frozen=True)
class Followed:
    """A clock that is followed, with the sets of conditions the dataset can answer (none: always)."""

    clock: Clock
    pattern: Pattern
    conditions: tuple[tuple[Condition, ...], ...]
    conditions_unanswered: tuple[str, ...] = ()
    chained_to: Earlier | None = None


@dataclass(frozen=True)
class Batch:
    """What clocks worked in one pass have in common: their episode, whose record it is, and how they are judged."""

    scope: str | None
    about: About
    chained_to: Earlier | None
    other_reading: Limit | None
    holiday_end: bool

    @property
    def apart(self) -> bool:
        """Whether the clocks are chained, can be read two ways or may outlast a public holiday: few are."""
        return self.chained_to is not None or self.other_reading is not None or self.holiday_end


@dataclass(frozen=True)
class NotFollowed:
    """A rule of the book from which no obligation comes, why, and the event kinds or conditions that are missing."""

    rule: Rule
    reason: str
    missing: tuple[str, ...] = ()

    @property
    def computable(self) -> bool:
        """Whether the rule would make obligations if only the dataset held what is missing."""
        return bool(self.missing)


@dataclass(frozen=True)
class Plan:
    """Every clock followed and every rule not followed."""

    followed: tuple[Followed, ...]
    not_followed: tuple[NotFollowed, ...]

    def of_rules(self, rules: frozenset[str]) -> Plan:
        """The plan of these rules alone (by id)."""
        return Plan(tuple(one for one in self.followed if one.clock.rule.id in rules), self.not_followed)

    def begun(self, on: date) -> Plan:
        """The plan without the clocks that no law had yet made by a day."""

        def any_begun(clock: Clock) -> bool:
            return any(first is None or first <= on for first, _ in clock.spans)

        return Plan(tuple(one for one in self.followed if any_begun(one.clock)), self.not_followed)

    def triggered(self, kinds: frozenset[str]) -> Plan:
        """The plan without the clocks that no event of these kinds starts."""
        return Plan(tuple(one for one in self.followed if one.pattern.triggers & kinds), self.not_followed)

    @property
    def kinds(self) -> frozenset[str]:
        """Every kind of event looked for."""
        return frozenset[str]().union(*(one.triggers | one.satisfied | one.ends | one.until for one in self.patterns))

    @property
    def patterns(self) -> tuple[Pattern, ...]:
        """Every pattern looked for, once: those of the clocks, and of the clocks they are chained to."""
        chained = (one.chained_to.pattern for one in self.followed if one.chained_to)
        return tuple(dict.fromkeys((*(one.pattern for one in self.followed), *chained)))

    @property
    def batches(self) -> dict[Batch, tuple[Followed, ...]]:
        """The clocks followed, by what those worked in one pass have in common."""
        found: dict[Batch, list[Followed]] = {}
        for one in self.followed:
            about = KINDS[one.clock.rule.trigger_events[0]].about
            holiday = one.clock.holiday_end is not None
            batch = Batch(one.pattern.scope, about, one.chained_to, one.clock.other_reading, holiday)
            found.setdefault(batch, []).append(one)
        return {batch: tuple(members) for batch, members in found.items()}


@lru_cache(maxsize=8)
def plan(book: StatuteBook, *, reports_prove_earlier: bool = False) -> Plan:
    """The plan for a book. With `reports_prove_earlier`, see StatuteBook.clocks."""
    not_followed = [NotFollowed(inert.rule, inert.reason) for inert in book.inert()]
    lacking = book.unprovided(PROVIDED)
    followed: list[Followed] = []
    refused: dict[str, NotFollowed] = {}
    for clock in book.clocks(reports_prove_earlier=reports_prove_earlier):
        rule = clock.rule
        if rule.id in lacking:
            refused[rule.id] = NotFollowed(rule, "The dataset holds no such events.", lacking[rule.id])
            continue
        answered, unanswered = _conditions(rule)
        if rule.applies_when and not answered:
            refused[rule.id] = NotFollowed(rule, "The dataset cannot say whether the rule applies.", unanswered)
            continue
        earlier = book.rule(rule.chained_to.rule) if rule.chained_to else None
        if earlier and not PROVIDED.intersection(earlier.trigger_events):
            refused[rule.id] = NotFollowed(rule, "The dataset cannot say from when it counts.", earlier.trigger_events)
            continue
        followed.append(Followed(clock, _pattern(clock), answered, unanswered, _earlier(rule, earlier)))
    return Plan(tuple(followed), (*not_followed, *refused.values()))


def followable(chosen: Plan, kinds: frozenset[str]) -> Plan:
    """The plan for a dataset that holds events of these kinds. A clock that none of them could satisfy is not followed.

    A source that never says when a thing was done cannot show it undone: to call every such clock overdue would be to
    report the gap in the record as a failure of practice.
    """
    kept = tuple(one for one in chosen.followed if one.pattern.satisfied & kinds)
    silent = {one.clock.rule.id: one for one in chosen.followed if one not in kept}
    reason = "The dataset holds no event that could satisfy it, so nothing can be said to be undone."
    dropped = (NotFollowed(one.clock.rule, reason, tuple(sorted(one.pattern.satisfied))) for one in silent.values())
    return Plan(kept, (*chosen.not_followed, *dropped))


def unanswerable(book: StatuteBook) -> tuple[NotFollowed, ...]:
    """Rules that would make obligations if the dataset held the events or the answers that `missing` names."""
    return tuple(one for one in plan(book).not_followed if one.computable)


def _conditions(rule: Rule) -> tuple[tuple[tuple[Condition, ...], ...], tuple[str, ...]]:
    unanswered = {c.name for alternative in rule.applies_when for c in alternative if not _can_answer(c)}
    answered = tuple(alternative for alternative in rule.applies_when if not unanswered & {c.name for c in alternative})
    return answered, tuple(sorted(unanswered))


def _can_answer(condition: Condition) -> bool:
    if condition.name in ANSWERABLE:
        return True
    # Nothing in the dataset records it. Where the law takes silence for no, "no" is an answer and "yes" never comes.
    return CONDITIONS[condition.name].if_unrecorded == "no" and condition.value is False


def _pattern(clock: Clock) -> Pattern:
    rule = clock.rule
    triggers, satisfied = (frozenset(kinds) & PROVIDED for kinds in (rule.trigger_events, clock.satisfied_by))
    ends = frozenset(rule.ends_with) & PROVIDED
    until = frozenset(clock.repeat.until if clock.repeat else ()) & PROVIDED
    if KINDS[rule.trigger_events[0]].about == "child":
        ends |= frozenset(ENDS_EVERY_CHILD_CLOCK)
    # An event that satisfies the clock is not also its end, nor is the event that starts it.
    ends -= satisfied | triggers
    before = clock.limit.counting is Counting.before_event
    return Pattern(triggers, satisfied, ends, until - triggers, clock.repeat is not None, _scope(rule), before)


def _earlier(chained: Rule, rule: Rule | None) -> Earlier | None:
    if rule is None or chained.chained_to is None:
        return None
    triggers = frozenset(rule.trigger_events) & PROVIDED
    tables = {source.table for source in sources_of(triggers)}
    scope = tables.pop() if len(tables) == 1 else None
    own = frozenset(source.kind for source in sources_of(frozenset(rule.satisfied_by)) if source.table == scope)
    nothing = frozenset[str]()
    pattern = Pattern(triggers, own, nothing, nothing, again=False, scope=scope)
    return Earlier(pattern, rule.limit, chained.chained_to.applies_when)


def _scope(rule: Rule) -> str | None:
    if rule.family in SCOPES:
        return SCOPES[rule.family]
    triggers = sources_of(frozenset(rule.trigger_events) & PROVIDED)
    satisfied = sources_of(frozenset(rule.satisfied_by) & PROVIDED)
    own = {source.table for source in triggers}
    if len(own) == 1 and all(_answers(source, triggers[0]) for source in satisfied):
        return triggers[0].table
    for kind in rule.ends_with:
        tables = {source.table for source in sources_of(frozenset({kind}))} - {"people"}
        if len(tables) == 1 and can_hold(table := tables.pop()):
            return table
    shared = set.intersection(*(set(source.scopes) - {source.table} for source in (*triggers, *satisfied)))
    return min(shared, key=lambda table: (table == "referrals", table)) if shared else None


def _answers(satisfying: EventSource, trigger: EventSource) -> bool:
    """Whether the satisfying row says which trigger row it answers: it is the same row, or links to it."""
    if satisfying.table == trigger.table:
        return satisfying.on != trigger.on and len(trigger.row_key) == 1
    return trigger.table in satisfying.scopes
