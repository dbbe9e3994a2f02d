"""What is wrong with a statute file: every fault, with its place."""

from __future__ import annotations

from dataclasses import dataclass

from goldenthread.statute.model import Where


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing wrong, where, and what to do."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


class StatuteError(ValueError):
    """The statute book could not be loaded. `faults` holds everything found, in the order of the files."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = tuple(sorted(faults))
        count = len(self.faults)
        head = f"The statute book has {count} fault{'' if count == 1 else 's'}:"
        super().__init__("\n".join((head, *(f"  {fault}" for fault in self.faults))))


def fault(where: Where, message: str) -> Fault:
    """A fault at a place."""
    return Fault(where.file, where.line, message)
