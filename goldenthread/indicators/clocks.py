"""The clocks that indicators of timeliness read: the obligations a worker sees as due dates, worked out once for all.

An indicator names the statute book's rules it measures. Those that set anyone a date are never counted again here: the
engine's obligations are read, so that a visit that is overdue on a worker's list is overdue in the board's percentage.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

import narwhals as nw

from goldenthread.dataset.asof import as_known
from goldenthread.dataset.engines import Lazy
from goldenthread.dataset.store import Dataset
from goldenthread.indicators.model import Indicator
from goldenthread.indicators.rows import FOREVER
from goldenthread.indicators.shared import shared
from goldenthread.statute.load import load_book
from goldenthread.timeliness.engine import obligations

STATUTORY = "statutory"
COLUMNS = (
    *("child_id", "rule", "status", "trigger_row_id", "trigger_on", "due_on"),
    *("satisfied_on", "satisfied_row_id", "ended_on"),
)
"""What indicators read of an obligation; the columns are those of `goldenthread.timeliness.engine.obligations`."""


def as_asked(dataset: Dataset, indicators: Iterable[Indicator], known_on: date | None = None) -> Dataset:
    """The dataset as known on a day (or now), with the clocks of every rule the indicators name worked out together."""
    seen = as_known(dataset, known_on) if known_on else dataset
    rules = frozenset(rule for each in indicators for rule in each.rules)
    if rules:
        _held(seen)[rules] = _worked_out(dataset, rules, known_on)
    return seen


def clocks(dataset: Dataset, *rules: str) -> Lazy:
    """One row a clock of these rules, with `COLUMNS`, as it stood on the last day the dataset knows of.

    Of a rule that has the authority's own number beside the national one, the national clock, which is what published
    measures count. A rule dated only by the report that prints it is taken to have stood before, so that years before
    the report can be compared. Empty for a rule that the dataset cannot answer, or that sets nobody a date.
    """
    held = _held(dataset)
    found = next((frame for together, frame in held.items() if together.issuperset(rules)), None)
    if found is None:
        found = held[frozenset(rules)] = _worked_out(dataset, frozenset(rules), None)
    return found.filter(nw.col("rule").is_in(list(rules)))


def closed_on() -> nw.Expr:
    """The day a clock stopped: when it was answered, else when its episode ended; FOREVER while it runs."""
    return nw.coalesce(nw.col("satisfied_on"), nw.col("ended_on"), nw.lit(FOREVER))


@shared
def _held(dataset: Dataset) -> dict[frozenset[str], Lazy]:
    """The clocks worked out so far, by the rules they were worked out for together."""
    return {}


def _worked_out(dataset: Dataset, rules: frozenset[str], known_on: date | None) -> Lazy:
    last = min(known_on or dataset.manifest.as_at, dataset.manifest.as_at)
    found = obligations(dataset, last, known_on, rules=rules, reports_prove_earlier=True, with_holders=False)
    own = (nw.col("layer") == STATUTORY) | ~nw.col("rule").is_in(sorted(_national() & rules))
    # Worked out here and handed back: a plan this long, read by a dozen indicators, would be gone through for each.
    (made,) = dataset.collect(found.filter(own).select(*COLUMNS))
    return dataset.adopt(made)


@lru_cache(maxsize=1)
def _national() -> frozenset[str]:
    """The rules that have a national clock, whatever the authority adds."""
    return frozenset(clock.rule.id for clock in load_book().clocks() if clock.layer == STATUTORY)
