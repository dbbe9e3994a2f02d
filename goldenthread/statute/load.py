"""Loading the statute book: the rules of the land, and an authority's own layer over them.

A local file has three parts: `local_authority`, its name; `rules`, entries of its own; and `standards`, its numbers for
rules of the book or its remarks on them. With `extends: york` it builds on the layer that ships with the package, and a
rule or standard it repeats takes the place of that one. The book itself is never changed by it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

from goldenthread.statute.book import StatuteBook
from goldenthread.statute.entry import Entry, close_to
from goldenthread.statute.faults import Fault, StatuteError, fault
from goldenthread.statute.model import Authority, LocalStandard, Rule
from goldenthread.statute.parse import parse_rule, parse_standard

BOOK = Path(__file__).parent / "book"
LOCAL = BOOK / "local"
DEFAULT_LOCAL = "york"
_LOADER: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # PyYAML built without libyaml is slower, no worse


def load_book(local: Path | str | None = DEFAULT_LOCAL, *, book: Path = BOOK) -> StatuteBook:
    """The statute book with an authority's layer over it.

    `local` is the path of an authority's own file, the name of a layer that ships with the package (`york`),
    or None for the national rules alone. Raises StatuteError, holding every fault found in every file.
    """
    return _load(str(local) if local is not None else None, str(book))


@lru_cache(maxsize=8)
def _load(local: str | None, folder: str) -> StatuteBook:
    faults: list[Fault] = []
    rules = [rule for path in sorted(Path(folder).glob("*.yaml")) for rule in _stage_file(path, faults)]
    layer = _Layer("", (), ()) if local is None else _local_file(_local_path(local), faults)
    faults.extend(_cross_check(rules, layer))
    if faults:
        raise StatuteError(faults)
    return StatuteBook((*rules, *layer.rules), layer.standards, layer.name)


@dataclass(frozen=True, slots=True)
class _Layer:
    name: str
    rules: tuple[Rule, ...]
    standards: tuple[LocalStandard, ...]


def _local_path(local: str) -> Path:
    shipped = LOCAL / f"{local}.yaml"
    return shipped if shipped.is_file() else Path(local)


def _composed(path: Path, faults: list[Fault], allowed: frozenset[str]) -> Entry | None:
    try:
        node = yaml.compose(path.read_text(encoding="utf-8"), Loader=_LOADER)
    except yaml.MarkedYAMLError as problem:
        line = problem.problem_mark.line + 1 if problem.problem_mark else 1
        faults.append(Fault(path.name, line, f"not readable as YAML: {problem.problem}"))
        return None
    except yaml.reader.ReaderError as problem:
        faults.append(Fault(path.name, 1, f"not a text file: {problem.reason}. Save it as plain text"))
        return None
    except (OSError, UnicodeDecodeError) as problem:
        faults.append(Fault(str(path), 0, f"cannot be read: {problem}"))
        return None
    if node is None:
        faults.append(Fault(path.name, 1, "the file is empty"))
        return None
    return Entry(node, path.name, faults, allowed)


def _stage_file(path: Path, faults: list[Fault]) -> Iterable[Rule]:
    entry = _composed(path, faults, frozenset({"stage", "rules"}))
    if entry is None:
        return []
    stage = entry.text("stage")
    return [parse_rule(node, path.name, faults, stage) for node in entry.each("rules")]


def _local_file(path: Path, faults: list[Fault]) -> _Layer:
    entry = _composed(path, faults, frozenset({"local_authority", "extends", "rules", "standards"}))
    if entry is None:
        return _Layer("", (), ())
    name, extends = entry.text("local_authority"), entry.text("extends", required=False)
    rules = tuple(parse_rule(node, path.name, faults, "", name) for node in entry.each("rules"))
    standards = tuple(parse_standard(node, path.name, faults, name) for node in entry.each("standards"))
    for rule in rules:
        if rule.authority is not Authority.local:
            faults.append(fault(rule.where, f"rule {rule.id} is an authority's own, so its authority must be local"))
    if not extends:
        return _Layer(name, rules, standards)
    if not (LOCAL / f"{extends}.yaml").is_file():
        entry.wrong(f"extends names no layer that ships with the package: {extends!r}", "extends")
        return _Layer(name, rules, standards)
    return _laid_over(_local_file(LOCAL / f"{extends}.yaml", faults), _Layer(name, rules, standards))


def _laid_over(below: _Layer, above: _Layer) -> _Layer:
    own, ruled = {rule.id for rule in above.rules}, {(s.rule, s.label) for s in above.standards}
    rules = (*(rule for rule in below.rules if rule.id not in own), *above.rules)
    kept = tuple(s for s in below.standards if (s.rule, s.label) not in ruled)
    return _Layer(above.name, rules, (*kept, *above.standards))


def _cross_check(rules: list[Rule], layer: _Layer) -> Iterable[Fault]:
    every = [*rules, *layer.rules]
    yield from _clashing(every)
    yield from _badly_chained(every)
    ids = {rule.id for rule in every}
    for rule in every:
        for name in rule.suspends:
            if name not in ids:
                yield fault(rule.where, f"rule {rule.id} suspends an unknown rule {name!r}{close_to(name, ids)}")
    seen: list[LocalStandard] = []
    for standard in layer.standards:
        if standard.rule not in ids:
            hint = close_to(standard.rule, ids)
            yield fault(standard.where, f"a local standard for an unknown rule {standard.rule!r}{hint}")
        for other in seen:
            if (other.rule, other.label) == (standard.rule, standard.label) and _overlap(other, standard):
                yield fault(
                    standard.where, f"a second local standard for {standard.rule} at the same time as {other.where}"
                )
        seen.append(standard)


def _badly_chained(rules: list[Rule]) -> Iterable[Fault]:
    by_id = {rule.id: rule for rule in rules}
    for rule in rules:
        if rule.chained_to is None:
            continue
        name = rule.chained_to.rule
        earlier = by_id.get(name)
        if earlier is None:
            yield fault(rule.where, f"rule {rule.id} is chained to an unknown rule {name!r}{close_to(name, by_id)}")
        elif not earlier.makes_obligations or not earlier.limit.gives_a_day:
            yield fault(rule.where, f"rule {rule.id} is chained to {name}, of which nothing ever falls due")
        elif not set(rule.trigger_events) & set(earlier.satisfied_by):
            yield fault(rule.where, f"rule {rule.id} is chained to {name}, but nothing that starts it satisfies {name}")


def _clashing(rules: list[Rule]) -> Iterable[Fault]:
    families: dict[str, list[Rule]] = {}
    for rule in rules:
        for other in families.setdefault(rule.family, []):
            if _overlap(other, rule):
                yield fault(rule.where, _clash(other, rule))
        families[rule.family].append(rule)


def _clash(other: Rule, rule: Rule) -> str:
    undated = rule.in_force_from is None and other.in_force_from is None
    if rule.id == other.id and (undated or rule.effective_from == other.effective_from):
        return f"duplicate id {rule.id!r}, already used at {other.where}"
    return f"{rule.id} is in force at the same time as another version of {rule.family}, at {other.where}"


def _overlap(one: Rule | LocalStandard, other: Rule | LocalStandard) -> bool:
    def begins_after(later: Rule | LocalStandard, earlier: Rule | LocalStandard) -> bool:
        start, end = later.effective_from, earlier.effective_to
        return start is not None and end is not None and end.last < start.first

    return not (begins_after(one, other) or begins_after(other, one))
