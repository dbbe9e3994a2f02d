"""Reading one YAML mapping field by field, noting each fault with its line instead of stopping at the first."""

from __future__ import annotations

import difflib
from calendar import monthrange
from collections.abc import Collection, Iterator
from datetime import date
from enum import StrEnum
from typing import TypeVar

import yaml

from goldenthread.statute.faults import Fault, fault
from goldenthread.statute.model import LegalDate, Where

Choice = TypeVar("Choice", bound=StrEnum)
NULL, BOOL, INT = "tag:yaml.org,2002:null", "tag:yaml.org,2002:bool", "tag:yaml.org,2002:int"
TRUE_WORDS = {"true", "yes", "on"}


def close_to(word: str, known: Collection[str]) -> str:
    """A hint naming the nearest known word, or nothing."""
    near = difflib.get_close_matches(word, known, n=1)
    return f"; did you mean {near[0]!r}?" if near else ""


def plain(node: yaml.Node) -> object:
    """The node as a plain value: text, int, bool, None or a list of them. Dates stay text."""
    if isinstance(node, yaml.SequenceNode):
        return [plain(item) for item in node.value]
    if isinstance(node, yaml.MappingNode):
        return {str(plain(key)): plain(value) for key, value in node.value}
    match node.tag:
        case "tag:yaml.org,2002:null":
            return None
        case "tag:yaml.org,2002:bool":
            return str(node.value).lower() in TRUE_WORDS
        case "tag:yaml.org,2002:int":
            return int(node.value)
        case _:
            return str(node.value)


class Entry:
    """One mapping of a file. Reading a field that is wrong notes a fault and gives a harmless value."""

    def __init__(self, node: yaml.Node, file: str, faults: list[Fault], allowed: Collection[str]) -> None:
        self.file, self.faults = file, faults
        self.line: int = node.start_mark.line + 1
        self._nodes: dict[str, yaml.Node] = {}
        if not isinstance(node, yaml.MappingNode):
            self.wrong("this should be a mapping of fields to values")
            return
        for key_node, value in node.value:
            key = str(key_node.value)
            if key not in allowed:
                self.wrong(f"unknown field {key!r}{close_to(key, allowed)}", key_node)
            elif key in self._nodes:
                self.wrong(f"field {key!r} is given twice", key_node)
            self._nodes[key] = value

    def wrong(self, message: str, at: yaml.Node | str | None = None) -> None:
        """Note a fault, at a node, at a field, or at the entry itself."""
        node = self._nodes.get(at) if isinstance(at, str) else at
        line = node.start_mark.line + 1 if node is not None else self.line
        self.faults.append(fault(Where(self.file, line), message))

    @property
    def where(self) -> Where:
        return Where(self.file, self.line)

    def _given(self, key: str) -> yaml.Node | None:
        node = self._nodes.get(key)
        return None if node is None or node.tag == NULL else node

    def text(self, key: str, *, required: bool = True) -> str:
        """A piece of text; empty if there is none."""
        node = self._given(key)
        value = str(node.value).strip() if isinstance(node, yaml.ScalarNode) else ""
        if node is not None and not isinstance(node, yaml.ScalarNode):
            self.wrong(f"{key} should be text", key)
        elif required and not value:
            self.wrong(f"{key} is missing", key)
        return value

    def number(self, key: str) -> int | None:
        """A whole number, or None where none is set."""
        node = self._given(key)
        if node is None:
            return None
        if node.tag != INT or int(node.value) < 0:
            self.wrong(f"{key} should be a whole number of nought or more, not {node.value!r}", key)
            return None
        return int(node.value)

    def yes(self, key: str, *, default: bool) -> bool:
        """True or false."""
        node = self._given(key)
        if node is None:
            return default
        if node.tag != BOOL:
            self.wrong(f"{key} should be true or false, not {node.value!r}", key)
            return default
        return plain(node) is True

    def choice(self, key: str, choices: type[Choice], default: Choice) -> Choice:
        """One of a declared list; the default stands in after a fault."""
        value = self.text(key)
        known = [choice.value for choice in choices]
        if value and value not in known:
            self.wrong(f"unknown {key} {value!r}{close_to(value, known)} (known: {', '.join(known)})", key)
        return choices(value) if value in known else default

    def names(self, key: str) -> tuple[str, ...]:
        """A list of names; empty if there is none."""
        node = self._given(key)
        if node is None:
            return ()
        if not isinstance(node, yaml.SequenceNode):
            self.wrong(f"{key} should be a list", key)
            return ()
        return tuple(str(item.value) for item in node.value)

    def day(self, key: str) -> LegalDate | None:
        """A date of day, month or year precision, or None."""
        text = self.text(key, required=False)
        if not text:
            return None
        try:
            return legal_date(text)
        except ValueError:
            wanted = "a day (2019-08-15), a month (2018-11) or a year (2014)"
            self.wrong(f"{key} should be {wanted}, not {text!r}", key)
            return None

    def inner(self, key: str, allowed: Collection[str]) -> Entry | None:
        """A mapping inside this one, or None."""
        node = self._given(key)
        return None if node is None else Entry(node, self.file, self.faults, allowed)

    def each(self, key: str) -> Iterator[yaml.Node]:
        """The items of a list, none if it is absent."""
        node = self._given(key)
        if node is None:
            return iter(())
        if not isinstance(node, yaml.SequenceNode):
            self.wrong(f"{key} should be a list", key)
            return iter(())
        return iter(node.value)


def legal_date(text: str) -> LegalDate:
    """The first and last day meant by `2019-08-15`, `2018-11` or `2014`. Raises ValueError for anything else."""
    parts = [int(part) for part in text.split("-")]
    match parts:
        case [year]:
            return LegalDate(text, date(year, 1, 1), date(year, 12, 31))
        case [year, month]:
            return LegalDate(text, date(year, month, 1), date(year, month, monthrange(year, month)[1]))
        case [year, month, day]:
            return LegalDate(text, date(year, month, day), date(year, month, day))
        case _:
            raise ValueError(text)
