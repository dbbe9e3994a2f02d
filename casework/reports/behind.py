"""The children behind a figure: those the viewer may see by name, the others counted."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

import narwhals as nw
import polars as pl

from casework.accounts.models import User
from casework.canonical.reading import one_moment, read_as_asked
from casework.people.models import Person
from casework.people.reading import readable
from goldenthread.dataset.store import Dataset
from goldenthread.indicators.catalogue import find
from goldenthread.indicators.explanation import explain

PARTS = {"counted": "Counted", "not_counted": "Looked at, not counted", "left_out": "Left out"}
A_PAGE = 50
LAST = {"VOICE_HEARD": ("words", "said_on", "Last heard")}
"""Figures of what is to happen again and again: the table and day of when it last did, and what that is called."""
OPEN = (("referrals", "received_on", "closed_on"), ("cin_plans", "started_on", "ended_on"),
        ("cp_plans", "started_on", "ended_on"), ("care_periods", "started_on", "ended_on"))  # fmt: skip
"""What makes a case: its table, and the days on which it opens and closes."""


@dataclass(frozen=True)
class Line:
    """One thing behind the figure, of a child whom the viewer may see."""

    person: Person
    on: date
    reason: str
    last: date | None = None
    days_open: int | None = None


@dataclass(frozen=True)
class Behind:
    """What stands behind a figure. `hidden` counts the children of the chosen part whom the viewer may not see, and
    `unnamed` its things that are of nobody who has a record here (a worker's absence, an adopter's approval).
    """

    part: str
    numbers: dict[str, int]
    reasons: tuple[tuple[str, int], ...]
    lines: tuple[Line, ...]
    in_all: int
    hidden: int
    unnamed: int
    page: int
    last: str = ""

    @property
    def address(self) -> str:
        """What the addresses of its pages ask for."""
        return f"part={self.part}"

    @property
    def pages(self) -> int:
        """How many pages the lines take."""
        return max(-(-self.in_all // A_PAGE), 1)


def behind(key: str, *, as_at: date, part: str, page: int, user: User, names: bool) -> Behind:
    """What stands behind the figure of the indicator `key`, from the record as it is now. `names`: whether to list."""
    with one_moment():
        dataset = read_as_asked(as_at)
        rows, last = explain(dataset, find(key), as_at), _last(dataset, key, as_at)
        opened = _opened(dataset, as_at) if key in LAST else {}
    split = {name: rows.filter(_of(name)) for name in PARTS}
    chosen = split[part]
    reasons = Counter[str](dict(chosen.group_by("reason").len().iter_rows()))
    found = _seen(chosen, user) if names else {}
    shown = [
        Line(found[child], on, why, last.get(child), (as_at - opened[child]).days if child in opened else None)
        for child, on, why in _things(chosen) if child in found
    ]  # fmt: skip
    if key in LAST:  # the longest ago first, and before them those for whom it never happened, the longest open first
        shown.sort(key=lambda one: (one.last or date.min, -(one.days_open or 0)))
    everybody = set(chosen["child_id"].drop_nulls())
    known = set(Person.objects.filter(reference__in=everybody).values_list("reference", flat=True)) if names else set()
    start = (page - 1) * A_PAGE
    return Behind(
        part=part,
        numbers={name: frame.height for name, frame in split.items()},
        reasons=tuple(reasons.most_common()),
        lines=tuple(shown[start : start + A_PAGE]),
        in_all=len(shown),
        hidden=len(known - set(found)),
        unnamed=sum(1 for child, _, _ in _things(chosen) if child not in known) if names else 0,
        page=page,
        last=LAST[key][2] if key in LAST else "",
    )


def _last(dataset: Dataset, key: str, as_at: date) -> dict[str, date]:
    """When it last happened for each child, up to the day."""
    if key not in LAST:
        return {}
    table, day, _ = LAST[key]
    found = dataset.collect(dataset.lazy(table).select("child_id", day))[0]
    return dict(found.filter(pl.col(day) <= as_at).group_by("child_id").agg(pl.col(day).max()).iter_rows())


def _opened(dataset: Dataset, as_at: date) -> dict[str, date]:
    """The day on which the case of each child opened that is open on the day."""
    lazy = (
        dataset.lazy(table).select("child_id", opens=nw.col(begins), closes=nw.col(ends))
        for table, begins, ends in OPEN
    )
    still = pl.col("closes").is_null() | (pl.col("closes") > as_at)
    found = pl.concat(dataset.collect(*lazy)).filter((pl.col("opens") <= as_at) & still)
    return dict(found.group_by("child_id").agg(pl.col("opens").min()).iter_rows())


def _of(part: str) -> pl.Expr:
    counted, weighed = pl.col("in_numerator"), pl.col("in_denominator")
    return {"counted": counted, "not_counted": weighed & ~counted, "left_out": ~counted & ~weighed}[part]


def _things(rows: pl.DataFrame) -> list[tuple[str | None, date, str]]:
    return rows.select("child_id", "on", "reason").rows()


def _seen(rows: pl.DataFrame, user: User) -> dict[str, Person]:
    asked = rows["child_id"].drop_nulls().unique().to_list()
    return {person.reference: person for person in readable(user).filter(reference__in=asked)}
