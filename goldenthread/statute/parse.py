"""From an entry of a statute file to a Rule or a LocalStandard."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import time

import yaml

from goldenthread.dates import COUNTABLE, UNITS_OF, Counting, Unit
from goldenthread.statute.conditions import value_fault
from goldenthread.statute.entry import Entry, close_to, plain
from goldenthread.statute.faults import Fault
from goldenthread.statute.kinds import KINDS
from goldenthread.statute.model import (
    OBLIGATION_KINDS,
    Authority,
    Basis,
    Chain,
    Condition,
    Edition,
    HolidayEnd,
    Limit,
    LocalStandard,
    Repeat,
    Rule,
    RuleKind,
    Seen,
    Source,
)

RULE_FIELDS = frozenset(
    [
        "id",
        "stage",
        "kind",
        "authority",
        "title",
        "trigger",
        "obligation",
        "limit",
        "trigger_events",
        "satisfied_by",
        "ends_with",
        "applies_when",
        "clock_from_previous",
        "repeat",
        "chained_to",
        "holiday_end",
        "other_reading",
        "effective_from",
        "effective_from_basis",
        "effective_to",
        "effective_to_basis",
        "commenced",
        "version_of",
        "suspends",
        "why_no_obligation",
        "exceptions",
        "note",
        "sources",
        "editions",
    ]
)
STANDARD_FIELDS = frozenset(
    ["rule", "label", "limit", "repeat", "satisfied_by", "note", "effective_from", "effective_to", "sources"]
)
LIMIT_FIELDS = frozenset({"number", "unit", "counting"})
REPEAT_FIELDS = frozenset({"every", "unit", "counting", "until", "as_planned"})
CHAIN_FIELDS = frozenset({"rule", "note", "source", "applies_when"})
HOLIDAY_END_FIELDS = frozenset({"until", "note", "source"})
SOURCE_FIELDS = frozenset({"title", "provision", "address", "seen", "quote"})
EDITION_FIELDS = frozenset({"edition", "effective_from", "text_seen"})


def parse_rule(node: yaml.Node, file: str, faults: list[Fault], stage: str, local_authority: str = "") -> Rule:
    """The rule written at a node. What is wrong goes to `faults`; the value is then not to be used."""
    entry = Entry(node, file, faults, RULE_FIELDS)
    rule = Rule(
        id=entry.text("id"),
        stage=entry.text("stage", required=not stage) or stage,
        kind=entry.choice("kind", RuleKind, RuleKind.deadline),
        authority=entry.choice("authority", Authority, Authority.local),
        title=entry.text("title"),
        trigger=entry.text("trigger"),
        obligation=entry.text("obligation"),
        limit=_limit(entry) or Limit(None, Unit.none, Counting.none),
        trigger_events=_events(entry, "trigger_events"),
        satisfied_by=_events(entry, "satisfied_by"),
        ends_with=_events(entry, "ends_with"),
        applies_when=tuple(_conditions(entry)),
        clock_from_previous=entry.yes("clock_from_previous", default=False),
        repeat=_repeat(entry),
        chained_to=_chain(entry),
        holiday_end=_holiday_end(entry),
        other_reading=_limit(entry, "other_reading", required=False),
        effective_from=entry.day("effective_from"),
        effective_from_basis=entry.choice("effective_from_basis", Basis, Basis.not_established),
        effective_to=entry.day("effective_to"),
        effective_to_basis=entry.choice("effective_to_basis", Basis, Basis.no_end_seen),
        commenced=entry.yes("commenced", default=True),
        version_of=entry.text("version_of", required=False),
        suspends=entry.names("suspends"),
        why_no_obligation=entry.text("why_no_obligation", required=False),
        exceptions=entry.text("exceptions", required=False),
        note=entry.text("note", required=False),
        sources=_sources(entry),
        editions=tuple(_editions(entry)),
        local_authority=local_authority,
        where=entry.where,
    )
    _check_rule(entry, rule)
    return rule


def parse_standard(node: yaml.Node, file: str, faults: list[Fault], local_authority: str) -> LocalStandard:
    """The local standard written at a node."""
    entry = Entry(node, file, faults, STANDARD_FIELDS)
    standard = LocalStandard(
        rule=entry.text("rule"),
        local_authority=local_authority,
        note=entry.text("note"),
        sources=_sources(entry),
        where=entry.where,
        limit=_limit(entry, required=False),
        repeat=_repeat(entry),
        label=entry.text("label", required=False),
        satisfied_by=_events(entry, "satisfied_by"),
        effective_from=entry.day("effective_from"),
        effective_to=entry.day("effective_to"),
    )
    _check_dates(entry, standard)
    return standard


def _check_rule(entry: Entry, rule: Rule) -> None:
    _check_dates(entry, rule)
    if not rule.trigger_events:
        entry.wrong(f"rule {rule.id} names no trigger event", "trigger_events")
    if rule.kind in OBLIGATION_KINDS and not rule.satisfied_by:
        entry.wrong(f"rule {rule.id} is a {rule.kind} and names no event that satisfies it", "satisfied_by")
    if rule.kind not in OBLIGATION_KINDS and not rule.why_no_obligation:
        entry.wrong(f"rule {rule.id} makes no obligation ({rule.kind}), so why_no_obligation must say why")
    if rule.commenced and rule.effective_from_basis is Basis.not_commenced:
        entry.wrong(f"rule {rule.id} is dated not_commenced, so commenced must be false", "effective_from_basis")
    if rule.repeat and not rule.clock_from_previous:
        entry.wrong(f"rule {rule.id} repeats, so clock_from_previous must be true", "repeat")
    _check_other_reading(entry, rule)
    about = {KINDS[name].about for name in rule.event_kinds if name in KINDS and name != "cycle.started"}
    if len(about) > 1:
        entry.wrong(f"rule {rule.id} mixes events about {' and '.join(sorted(about))}", "trigger_events")


def _check_other_reading(entry: Entry, rule: Rule) -> None:
    other = rule.other_reading
    if other is None:
        return
    if not other.gives_a_day or other.counting is Counting.elapsed_hours:
        entry.wrong("other_reading must give a day", "other_reading")
    if other == rule.limit:
        entry.wrong("other_reading says the same as limit: leave it out", "other_reading")
    if rule.repeat and rule.repeat.limit != rule.limit:
        entry.wrong("other_reading is of every round, so repeat must have the same limit as the first", "other_reading")


def _check_dates(entry: Entry, dated: Rule | LocalStandard) -> None:
    start, end = dated.effective_from, dated.effective_to
    if start and end and end.last < start.first:
        entry.wrong(f"effective_to {end.text} is before effective_from {start.text}", "effective_to")


def _limit(entry: Entry, key: str = "limit", *, required: bool = True) -> Limit | None:
    inner = entry.inner(key, LIMIT_FIELDS)
    if inner is None:
        if required:
            entry.wrong(f"{key} is missing")
        return None
    number = inner.number("number")
    unit, counting = inner.choice("unit", Unit, Unit.none), inner.choice("counting", Counting, Counting.none)
    _check_counting(inner, number, unit, counting)
    return Limit(number, unit, counting)


def _check_counting(entry: Entry, number: int | None, unit: Unit, counting: Counting) -> None:
    if unit not in UNITS_OF[counting]:
        allowed = " or ".join(sorted(UNITS_OF[counting]))
        entry.wrong(f"counting {counting} is in {allowed}, not {unit}", "unit")
    dateless = counting not in COUNTABLE or counting is Counting.before_event
    if number is None and not dateless and unit is not Unit.weeks:
        entry.wrong(f"counting {counting} needs a number", "counting")


def _repeat(entry: Entry) -> Repeat | None:
    inner = entry.inner("repeat", REPEAT_FIELDS)
    if inner is None:
        return None
    every, as_planned = inner.number("every"), inner.yes("as_planned", default=False)
    unit, counting = inner.choice("unit", Unit, Unit.none), inner.choice("counting", Counting, Counting.none)
    _check_counting(inner, every, unit, counting)
    return Repeat(every, unit, counting, _events(inner, "until"), as_planned)


def _chain(entry: Entry) -> Chain | None:
    inner = entry.inner("chained_to", CHAIN_FIELDS)
    if inner is None:
        return None
    source = _only_source(inner, "chained_to")
    return Chain(inner.text("rule"), inner.text("note"), source, tuple(_conditions(inner)))


def _holiday_end(entry: Entry) -> HolidayEnd | None:
    inner = entry.inner("holiday_end", HOLIDAY_END_FIELDS)
    if inner is None:
        return None
    until = inner.text("until")
    try:
        time.fromisoformat(until)
    except ValueError:
        inner.wrong(f"until should be a time such as '12:00', not {until!r}", "until")
    return HolidayEnd(until, inner.text("note"), _only_source(inner, "holiday_end"))


def _only_source(inner: Entry, of: str) -> Source:
    cited = inner.inner("source", SOURCE_FIELDS)
    if cited is None:
        inner.wrong(f"a citation is compulsory: source of {of} is missing")
    return _source(cited) if cited else Source("", "", Seen.not_seen)


def _events(entry: Entry, key: str) -> tuple[str, ...]:
    names = entry.names(key)
    for name in names:
        if name not in KINDS:
            entry.wrong(f"unknown event kind {name!r} in {key}{close_to(name, KINDS)}", key)
    return names


def _conditions(entry: Entry) -> Iterable[tuple[Condition, ...]]:
    for node in entry.each("applies_when"):
        asked = plain(node)
        if not isinstance(asked, dict) or not asked:
            entry.wrong("applies_when should be a list of sets of conditions, such as - {age_under: 5}", node)
            continue
        for name, value in asked.items():
            if (problem := value_fault(name, value)) is not None:
                entry.wrong(problem, node)
        yield tuple(
            Condition(name, tuple(value) if isinstance(value, list) else value) for name, value in asked.items()
        )


def _sources(entry: Entry) -> tuple[Source, ...]:
    sources = tuple(_source(Entry(node, entry.file, entry.faults, SOURCE_FIELDS)) for node in entry.each("sources"))
    if not sources:
        entry.wrong("a citation is compulsory: sources is missing or empty", "sources")
    return sources


def _source(entry: Entry) -> Source:
    return Source(
        title=entry.text("title"),
        provision=entry.text("provision"),
        seen=entry.choice("seen", Seen, Seen.not_seen),
        address=entry.text("address", required=False),
        quote=entry.text("quote", required=False),
    )


def _editions(entry: Entry) -> Iterable[Edition]:
    for node in entry.each("editions"):
        inner = Entry(node, entry.file, entry.faults, EDITION_FIELDS)
        yield Edition(inner.text("edition"), inner.day("effective_from"), inner.yes("text_seen", default=True))
