"""The views that SSDA903 rules look at: a table of the return with everything its rows are compared with.

Every view holds its own table's columns in their types (`<DATE>_text` the text behind a date), `row`, the columns of
`goldenthread.quality.ssda903.child`, and `year_start` and `year_end`. In a table with many rows a child, by date:

- `nth`: 1 for the child's first row, and so on; missing where the row has no date or no child.
- `of`: how many dated rows the child has in the table.
- `prev_*`, `next_*`: the row before and the row after, every column, with `prev_row` and `next_row`.

Episodes also have `care_start` and `care_CIN`: the DECOM and the need of the episode with which this period of care
began, as far as the year's return shows it (the latest with RNE "S" so far, or the child's first); and `status_start`
and `status_end`, of the unbroken run of episodes under this legal status, the end missing while it lasts; and
`period_start` and `period_end`, of the unbroken run of episodes whatever their status.

A pair of tables, `("Missing", "Episodes")`, is every row of the first beside every row of the same child's in the
second, whose columns are named `other_*`, with `other_row`. The second may be last year's, `("Header",
"Missing_last")`, and then has `other_carried_on`: a row of this year starts on the same day.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

import narwhals as nw

from goldenthread.quality.rule import Lazy, View, Year
from goldenthread.quality.ssda903.child import child_facts
from goldenthread.quality.ssda903.shape import ORDERED_BY

LAST_YEAR = "_last"


@dataclass(frozen=True, slots=True)
class Providers:
    """Ofsted's lists. `entries`: URN, POSTCODE, REG_END, LA_CODE. `places`, `kinds`: URN with PLACE, PLACE_PROVIDER."""

    entries: Lazy
    places: Lazy
    kinds: Lazy


class Ssda903Views:
    """The views of one year's return. `tables` and `last` hold every table, typed, empty where it was not given."""

    lack_is_a_fault = False

    def __init__(
        self,
        tables: Mapping[str, Lazy],
        last: Mapping[str, Lazy],
        year: Year,
        providers: Providers,
        rows: Mapping[str, int],
        shared: Callable[[Lazy], Lazy],
    ) -> None:
        self.tables = tables
        self.last = last
        self.year = year
        self.rows = rows
        self.providers = providers.entries
        self.provider_places = providers.places
        self.provider_kinds = providers.kinds
        self._shared = shared
        self._made: dict[View, Lazy] = {}

    @cached_property
    def child(self) -> Lazy:
        """One row a child: see `child_facts`."""
        return self._shared(child_facts(self.tables, self.last, self.year))

    def view(self, on: View) -> Lazy:
        """The view of a table, or of a pair. KeyError for a table the return does not have."""
        if on not in self._made:
            self._made[on] = self._pairs(*on) if isinstance(on, tuple) else self._table(on)
        return self._made[on]

    def _table(self, table: str) -> Lazy:
        own = self.tables[table]
        own = _beside_neighbours(own) if table in ORDERED_BY else own
        beside = own.join(self.child, on="CHILD", how="left")
        return beside.with_columns(year_start=nw.lit(self.year.start), year_end=nw.lit(self.year.end))

    def _pairs(self, one: str, other: str) -> Lazy:
        source = self._carried_on(other.removesuffix(LAST_YEAR)) if other.endswith(LAST_YEAR) else self.tables[other]
        rows = source.filter(~nw.col("CHILD").is_null())
        named = {name: f"other_{name}" for name in rows.collect_schema().names() if name != "CHILD"}
        return self.view(one).join(rows.rename(named), on="CHILD", how="inner")

    def _carried_on(self, table: str) -> Lazy:
        """Last year's rows, with `carried_on`: this year's table has a row of the child that starts on the same day."""
        day = ORDERED_BY[table]
        this = self.tables[table].filter(~nw.col("CHILD").is_null() & ~nw.col(day).is_null())
        this = this.select("CHILD", day).unique().with_columns(__again=nw.lit(1))
        last = self.last[table].join(this, on=["CHILD", day], how="left")
        return last.with_columns(carried_on=~nw.col("__again").is_null()).drop("__again")


def _beside_neighbours(frame: Lazy) -> Lazy:
    columns = [name for name in frame.collect_schema().names() if name not in {"CHILD", "nth", "of"}]
    for prefix, step in (("prev_", 1), ("next_", -1)):
        neighbour = frame.filter(~nw.col("nth").is_null())
        neighbour = neighbour.select(
            "CHILD", nth=nw.col("nth") + step, **{prefix + name: nw.col(name) for name in columns}
        )
        frame = frame.join(neighbour, on=["CHILD", "nth"], how="left")
    return frame
