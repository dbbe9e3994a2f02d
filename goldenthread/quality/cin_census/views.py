"""The views that CIN census rules look at.

Every view holds its own table's columns in their types (`<DATE>_text` the text behind a date), `row`, and the days of
`goldenthread.quality.cin_census.period`: `year_start`, `year_end` and those counted back from them. Besides:

- ChildIdentifiers: `child_episodes`, how many episodes the child has, `child_helped`, how many of them led to further
  action, `child_disabilities`, how many codes it has, NONE included.
- CINdetails: `child_born`, how many records of the child have a date of birth; `episode_assessments`.
- Disabilities: `child_born`, `child_helped`. Section47: `episode_assessments`.
- ChildProtectionPlans: `episode_enquiries`, how many enquiries of the episode may have led to a conference.
- Assessments: `factors`, how many it has. AssessmentFactorsList: `assessment_row` and `assessment_*`, every column of
  its assessment, with `episode_assessments`; a factor that an assessment gives in its own row has no `row`.
- Reviews: `plan_row` and `plan_*`, every column of the child protection plan reviewed.

A count is missing where it is nought. A pair of tables, `("Section47", "CINdetails")`, is every row of the first
beside every row of the same child in the second, whose columns are named `other_*`, with `other_row`; say
`same_episode()` for those of one episode. A row without a key is beside no other.
"""

from __future__ import annotations

from collections.abc import Mapping

import narwhals as nw

from goldenthread.quality.cin_census.period import Period
from goldenthread.quality.conditions import given
from goldenthread.quality.rule import Lazy, View

CHILD = "LAchildID"
ONE_ABOVE = {"AssessmentFactorsList": ("assessment_", "Assessments"), "Reviews": ("plan_", "ChildProtectionPlans")}
"""Tables whose rows carry the row they stand in: its columns' first word, and its table."""


class CinCensusViews:
    """The views of one return. `tables` holds every table, typed, empty where it was not given.

    `crowded` are the tables whose rows cannot be set beside others, each with the reason (see `counts.crowded`).
    """

    lack_is_a_fault = True
    """Some rules on the return as a whole are about what it lacks."""

    def __init__(
        self, tables: Mapping[str, Lazy], period: Period, crowded: Mapping[str, str], rows: Mapping[str, int]
    ) -> None:
        self.tables = tables
        self.period = period
        self.crowded = crowded
        self.rows = rows
        self._made: dict[View, Lazy] = {}

    def view(self, on: View) -> Lazy:
        """The view of a table, or of a pair.

        Raises KeyError for a table the return does not have, ValueError for a pair with a table that is `crowded`.
        """
        if on not in self._made:
            self._made[on] = self._pairs(*on) if isinstance(on, tuple) else self._table(on)
        return self._made[on]

    def _table(self, table: str) -> Lazy:
        made = self.tables[table]
        if table in ONE_ABOVE:
            prefix, above = ONE_ABOVE[table]
            held = self.tables[above]
            made = made.join(held.rename(_named(held, prefix)), on=f"{prefix}row", how="left")
        days = {name: nw.lit(day, nw.Date) for name, day in self.period.columns().items()}
        return made.with_columns(**days)

    def _pairs(self, one: str, other: str) -> Lazy:
        for table in (one, other):
            if table in self.crowded:
                raise ValueError(self.crowded[table])
        rows = self.tables[other].filter(given(CHILD))
        names = {name: new for name, new in _named(rows, "other_").items() if name != CHILD}
        return self.view(one).join(rows.rename(names), on=CHILD, how="inner")


def _named(frame: Lazy, prefix: str) -> dict[str, str]:
    return {name: f"{prefix}{name}" for name in frame.collect_schema().names()}
