"""What a rule is: one declaration, run on any return of any year, on any engine.

A rule looks at one view, row by row, and says where its condition holds. The view carries what the row must be
compared with (the child's date of birth, the episode before, last year's row), so that most rules are one line.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, TypeAlias

import narwhals as nw

from goldenthread.dataset.engines import Lazy as Lazy

View: TypeAlias = str | tuple[str, str]
"""A table of the return, or two tables of which every row of a child is set beside every row of the same child."""


class Severity(StrEnum):
    """An error stops the return; a query wants a look, and a reason where the data is right."""

    ERROR = "error"
    QUERY = "query"


@dataclass(frozen=True, slots=True)
class Year:
    """The collection a check is run for. `number` is the year it ends in; `start` and `end` its first and last day.

    `authority` is the authority's own code (nine characters, ONS), where it is known.
    """

    number: int
    start: date
    end: date
    authority: str | None = None


Condition: TypeAlias = nw.Expr | Callable[[Year], nw.Expr]
Search: TypeAlias = Callable[[Any, Year], Mapping[str, Lazy]]
"""Given the return's views and the year, frames by table with a column `row`. `Any`: each return has its own views."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of a return.

    `says` tells the worker what is wrong and how to mend it. The fault is found by `where`, a condition on the view
    `on`, or by `search` where no single row shows it. `points` maps a table to the view's column that holds the
    position of the row to point at; left out, it is the view's own row. `fields` are the columns at fault,
    `Table.COLUMN`. `needs` names the tables without which the rule says nothing (`Episodes_last` is last year's) and
    the reference data (`providers`, `postcodes`, `local_authority`). `years` are the first and last collection year.
    `examples` is described in `goldenthread.quality.examples`.
    """

    code: str
    says: str
    fields: tuple[str, ...]
    needs: tuple[str, ...]
    source: str
    examples: str
    on: View | None = None
    where: Condition | None = None
    points: Mapping[str, str] = field(default_factory=dict)
    search: Search | None = None
    severity: Severity = Severity.ERROR
    years: tuple[int, int | None] = (2023, None)

    def __post_init__(self) -> None:
        if (self.where is None) == (self.search is None) or (self.where is None) != (self.on is None):
            raise ValueError(f"Rule {self.code} must have either a view and a condition, or a search")

    def applies(self, year: int) -> bool:
        """Whether the rule belongs to the collection that ends in `year`."""
        first, last = self.years
        return first <= year and (last is None or year <= last)

    def pointers(self) -> Mapping[str, str]:
        """Table to the view's column with the row to point at."""
        if self.points or self.on is None:
            return self.points
        return {self.on: "row"} if isinstance(self.on, str) else {self.on[0]: "row", self.on[1]: "other_row"}
