"""YAML that remembers its lines, so that every fault in a file can be told at once, each with its line."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import yaml

# The C parser where PyYAML was built with it: ten times faster on the printed board, and the same lines.
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

Scalar = str | int | float | bool | None


class DataFileError(ValueError):
    """A data file has faults. The message holds one line for each: file, line, what is wrong."""


@dataclass
class Faults:
    """Faults of one file, gathered while it is read and raised together."""

    path: Path
    found: list[tuple[int, str]] = field(default_factory=list)

    def add(self, line: int, message: str) -> None:
        """Note a fault."""
        self.found.append((line, message))

    def raise_any(self) -> None:
        """Raise DataFileError with every fault in order of line, if there is one."""
        if self.found:
            lines = [f"{self.path.name} line {line}: {message}" for line, message in sorted(self.found)]
            raise DataFileError("\n".join(lines))


@dataclass(frozen=True)
class Marked:
    """A piece of YAML and where it stands. Asking it for what is not there notes a fault and gives an empty value."""

    node: yaml.Node
    faults: Faults

    @property
    def line(self) -> int:
        """The line it begins on, from 1."""
        return int(self.node.start_mark.line) + 1

    def items(self) -> Iterator[tuple[str, Marked]]:
        """Key and value of each entry of a mapping; a key given twice is a fault."""
        if not isinstance(self.node, yaml.MappingNode):
            self.faults.add(self.line, "expected names with values.")
            return
        seen: set[str] = set()
        for key, value in self.node.value:
            if not isinstance(key, yaml.ScalarNode):
                self.faults.add(key.start_mark.line + 1, "a name is a word, not a list or a mapping.")
                continue
            if key.value in seen:
                self.faults.add(key.start_mark.line + 1, f"'{key.value}' is given twice.")
            seen.add(key.value)
            yield key.value, Marked(value, self.faults)

    def each(self) -> Iterator[Marked]:
        """Each entry of a list."""
        if not isinstance(self.node, yaml.SequenceNode):
            self.faults.add(self.line, "expected a list.")
            return
        for value in self.node.value:
            yield Marked(value, self.faults)

    def mapping(self, known: tuple[str, ...], needed: tuple[str, ...] = ()) -> dict[str, Marked]:
        """The mapping by key; a fault for every key that is unknown and every one that is needed and absent."""
        found = dict(self.items())
        for key, value in found.items():
            if key not in known:
                self.faults.add(value.line, f"'{key}' is not known here. Known: {', '.join(known)}.")
        for key in needed:
            if key not in found:
                self.faults.add(self.line, f"'{key}' is missing.")
        return found

    def text(self) -> str:
        """The value as text, empty when it is null."""
        value = self.scalar()
        return "" if value is None else str(self.node.value)

    def number(self) -> float | None:
        """The value as a number, None when it is null; a fault when it is anything else."""
        value = self.scalar()
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
            self.faults.add(self.line, f"'{value}' is not a number.")
            return None
        return float(value)

    def whole(self) -> int:
        """The value as a whole number; a fault, and nought, when it is not one."""
        value = self.scalar()
        if isinstance(value, bool) or not isinstance(value, int):
            self.faults.add(self.line, f"'{value}' is not a whole number.")
            return 0
        return value

    def scalar(self) -> Scalar:
        """The single value; a fault when it is a list or a mapping."""
        if not isinstance(self.node, yaml.ScalarNode):
            self.faults.add(self.line, "expected one value.")
            return None
        value: object = yaml.constructor.SafeConstructor().construct_object(self.node)
        return value if isinstance(value, str | int | float | bool) or value is None else str(value)


def read_marked(path: Path) -> Marked:
    """The file's contents with their lines. Raises DataFileError when it is not YAML, or empty."""
    faults = Faults(path)
    try:
        node = yaml.compose(path.read_text(encoding="utf-8"), Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise DataFileError(f"{path.name} line {line}: not YAML: {error.problem}.") from error
    except yaml.reader.ReaderError as error:
        raise DataFileError(f"{path.name}: not a text file ({error.reason}). Save it as plain text.") from error
    except UnicodeDecodeError as error:
        raise DataFileError(f"{path.name}: not UTF-8 text. Save it as UTF-8.") from error
    if node is None:
        raise DataFileError(f"{path.name} line 1: the file is empty.")
    return Marked(node, faults)
