"""The engine's own plan for a few children, built once for all whose records hold the same kinds of thing.

Building it takes three to four times as long as carrying it out on one child's rows. So it is built on frames whose
rows are given each time, and kept for the day. A plan also serves a record that holds less than it was built for: what
is not there has no rows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from logging import getLogger
from threading import Lock

import narwhals as nw
import polars as pl
from polars.io.plugins import register_io_source

from goldenthread.dataset.engines import POLARS, Lazy
from goldenthread.dataset.store import Dataset, Manifest

AS_WRITTEN = pl.QueryOptFlags.none()
"""On a few rows, finding out how a plan is best carried out takes longer than carrying it out as it is written."""

log = getLogger(__name__)

Build = Callable[[Dataset, Callable[[Sequence[Lazy]], list[Lazy]]], Lazy | None]


class KeptPlan:
    """What `build` makes of a dataset of these tables, to be carried out again on others' rows."""

    def __init__(self, schemas: Mapping[str, Mapping[str, pl.DataType]], as_at: date, build: Build) -> None:
        self._nothing = {name: pl.DataFrame(schema=schema) for name, schema in schemas.items()}
        self._rows: dict[str, pl.DataFrame] = {}
        self._turn = Lock()
        self._first: list[pl.LazyFrame] = []
        frames = {name: self._given(name, schema) for name, schema in schemas.items()}
        built = build(Dataset(Manifest(as_at, tables=dict.fromkeys(schemas, 1)), POLARS, frames), self._settle)
        self._last = None if built is None else nw.to_native(built)

    def carry_out(self, rows: Mapping[str, pl.DataFrame]) -> pl.DataFrame | None:
        """The plan's result for these rows, by table; None where it has none for any rows."""
        if self._last is None:
            return None
        with self._turn:
            self._rows.update(self._nothing | dict(rows))
            first = pl.collect_all(self._first, optimizations=AS_WRITTEN) if self._first else []
            self._rows.update(zip(map(_settled, range(len(first))), first, strict=True))
            try:
                (found,) = pl.collect_all([self._last], optimizations=AS_WRITTEN)
                return found
            finally:
                self._rows.clear()

    def _settle(self, frames: Sequence[Lazy]) -> list[Lazy]:
        begun = len(self._first)
        natives = [nw.to_native(frame) for frame in frames]
        self._first += natives
        return [self._given(_settled(begun + n), native.collect_schema()) for n, native in enumerate(natives)]

    def _given(self, name: str, schema: Mapping[str, pl.DataType]) -> Lazy:
        """A frame whose rows are those held under the name when the plan is carried out."""
        held = self._rows  # not the plan: it would hold itself through the engine, and never be let go

        def rows(
            columns: list[str] | None, test: pl.Expr | None, at_most: int | None, _size: int | None
        ) -> Iterator[pl.DataFrame]:
            found = held[name]
            found = found if test is None else found.filter(test)
            found = found if columns is None else found.select(columns)
            yield found if at_most is None else found.head(at_most)

        return nw.from_native(register_io_source(rows, schema=pl.Schema(schema)))


@dataclass(frozen=True)
class Held:
    """What a record holds, as far as a plan depends on it: the kinds of event, `under` the day and the rules."""

    under: Hashable
    kinds: frozenset[str]

    def holds(self, other: Held) -> bool:
        """Whether it has all that the other has."""
        return self.under == other.under and other.kinds <= self.kinds


class KeptPlans:
    """Plans of a few widths, `at_most` so many: of those kept, the narrowest that holds all a record needs serves it.

    The widest is for everything that a record can hold. Once records have been met (`learnt_at` so many, and again at
    each of the later numbers), there is one for the kinds of event that so large a share of them hold (`shares`, each
    of 1): a handful of plans serve nearly all, and few saves come while one is built. As long as no plan of the day
    fits, its first `own` are for their record's own kinds, which takes least time to build.

    Where `later` is set, it is given the building to do while a plan that is kept serves.
    """

    def __init__(self, at_most: int, own: int, shares: Sequence[float], learnt_at: Collection[int]) -> None:
        self.later: Callable[[Callable[[], None]], object] | None = None
        self._at_most, self._own, self._shares, self._learnt_at = at_most, own, shares, learnt_at
        self._kept: dict[Held, KeptPlan] = {}
        self._met, self._holding = 0, Counter[str]()
        self._widths: list[frozenset[str]] = []
        self._begun = set[Held]()
        self._turn = Lock()

    def fitting(self, wanted: Held, everything: Held, build: Callable[[Held], KeptPlan]) -> KeptPlan:
        """The kept plan with the least that is not wanted, or a new one."""
        with self._turn:
            self._meet([wanted.kinds])
            if self._met in self._learnt_at:
                self._learn()
            best, serves = self._best(wanted, everything)
            if best not in self._kept and serves and self.later:
                if best not in self._begun:
                    self._begun.add(best)
                    self.later(partial(self.build_beside, best, build))
                best = serves
            found = self._kept.pop(best, None) or build(best)
            self._keep(best, found)
            return found

    def learn_from(self, records: Sequence[frozenset[str]]) -> list[frozenset[str]]:
        """Begin as if these records had been met, by the kinds of event each holds; the kinds of each width then."""
        with self._turn:
            self._meet(records)
            return self._learn()

    def build_beside(self, what: Held, build: Callable[[Held], KeptPlan]) -> None:
        """Build a plan while those kept serve. What fails is written down, and the next of its sort asks again."""
        try:
            found = build(what)
        except Exception:
            log.exception("A plan for the clocks of %s kinds of event could not be built", len(what.kinds))
        else:
            with self._turn:
                self._keep(what, found)
        finally:
            self._begun.discard(what)

    def _keep(self, what: Held, plan: KeptPlan) -> None:
        self._kept[what] = plan  # as the one last used
        while len(self._kept) > self._at_most:
            del self._kept[next(iter(self._kept))]

    def _meet(self, records: Iterable[frozenset[str]]) -> None:
        for kinds in records:
            self._met += 1
            self._holding.update(kinds)

    def _learn(self) -> list[frozenset[str]]:
        self._widths = [
            frozenset(kind for kind, held in self._holding.items() if held >= share * self._met)
            for share in self._shares
        ]
        return self._widths

    def _best(self, wanted: Held, everything: Held) -> tuple[Held, Held | None]:
        """What to have a plan for, and which of those kept would serve until there is one."""
        fits = [kept for kept in self._kept if kept.holds(wanted)]
        serves = min(fits, key=lambda kept: len(kept.kinds), default=None)
        of_the_day = sum(kept.under == wanted.under for kept in self._kept)
        if serves is None and of_the_day < self._own:
            return wanted, None
        widths = (*(Held(wanted.under, kinds) for kinds in self._widths), everything, *fits)
        holding = (one for one in widths if one.holds(wanted))
        return min(holding, key=lambda one: len(one.kinds), default=wanted), serves


def _settled(number: int) -> str:
    return f"settled {number}"
