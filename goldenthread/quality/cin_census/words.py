"""The words that CIN census rules add to `goldenthread.quality.conditions`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import narwhals as nw

from goldenthread.quality.conditions import Expr, blank, col, is_true
from goldenthread.quality.rule import Condition, Lazy, Search, View, Year
from goldenthread.quality.run import WHOLE_RETURN, Views, is_empty

YES, NO = ("1", "true"), ("0", "false")
"""The census's yes and no, in capitals or not."""
WEEKEND = (6, 7, 0)
"""Saturday and Sunday as the engines number days of the week: Spark has 0 for the Sunday that is 7 elsewhere."""


def _said(name: str, values: tuple[str, ...]) -> Expr:
    return col(name).str.to_lowercase().is_in(list(values))


def yes(name: str) -> Expr:
    """The column says yes. Missing where it is empty."""
    return _said(name, YES)


def no(name: str) -> Expr:
    """The column says no. Missing where it is empty."""
    return _said(name, NO)


def undated(name: str) -> Expr:
    """Nothing stands in the date column. A date that cannot be is not nothing."""
    return blank(f"{name}_text")


def outside_year(name: str) -> Expr:
    """The date is before the census year or after it."""
    return (col(name) < col("year_start")) | (col(name) > col("year_end"))


def within_year(name: str) -> Expr:
    """The date is in the census year."""
    return (col(name) >= col("year_start")) & (col(name) <= col("year_end"))


def at_weekend(name: str) -> Expr:
    """The date is a Saturday or a Sunday."""
    return col(name).dt.weekday().is_in(list(WEEKEND))


def same_episode() -> Expr:
    """The two rows of a pair stand in one CINdetails group."""
    return col("CINdetailsID") == col("other_CINdetailsID")


def same_plan() -> Expr:
    """The two rows of a pair stand in one ChildProtectionPlans group, of one episode where both name it."""
    apart = is_true(col("CINdetailsID") != col("other_CINdetailsID"))
    return (col("CPPID") == col("other_CPPID")) & ~apart


def begins_during(start: Expr, since: Expr, until: Expr, is_open: Expr, *, last_day: bool = True) -> Expr:
    """Whether `start` falls while something runs: from `since` to `until`, or to the year's end where it is open.

    `last_day` says whether the last day itself counts. Never missing.
    """
    before_the_end = start <= until if last_day else start < until
    running = is_open & (start <= col("year_end"))
    return is_true((start >= since) & before_the_end) | is_true((start >= since) & running)


def overlapping(start: str, end: str, *, last_day: bool = True, is_open: Callable[[str], Expr] | None = None) -> Expr:
    """Of a pair of rows of one table: one begins while the other runs. True for both rows of the pair.

    `is_open` gives, for the first word of a row's columns ("" or "other_"), what makes it open: to have no end.
    """

    def begins(own: str, of: str) -> Expr:
        still = is_open(of) if is_open else undated(of + end)
        return begins_during(col(own + start), col(of + start), col(of + end), still, last_day=last_day)

    return (col("row") != col("other_row")) & (begins("", "other_") | begins("other_", ""))


def same_dates(start: str, end: str) -> Expr:
    """Both rows of a pair begin on one day and end on one day, or neither ends. Never missing."""
    begin = is_true(col(start) == col("other_" + start))
    ends = is_true(col(end) == col("other_" + end)) | (undated(end) & undated("other_" + end))
    return begin & ends


@dataclass(frozen=True, slots=True)
class Place:
    """One of several places where a rule looks: a view, the condition on it, and table to column with the row."""

    on: View
    where: Condition
    points: Mapping[str, str]


def wherever(*places: Place) -> Search:
    """The search that finds what any of the places shows."""

    def search(views: Views, year: Year) -> Mapping[str, Lazy]:
        found: dict[str, list[Lazy]] = {}
        for place in places:
            if is_empty(views, place.on):
                continue
            where = place.where if isinstance(place.where, nw.Expr) else place.where(year)
            hit = views.view(place.on).with_columns(__fault=where).filter(col("__fault"))
            for table, column in place.points.items():
                found.setdefault(table, []).append(hit.select(row=col(column)))
        return {table: nw.concat(rows) for table, rows in found.items()}

    return search


def of_the_return(fault: Callable[[Views, Year], Lazy]) -> Search:
    """The search for a fault of the return as a whole: `fault` gives a frame that holds a row when it is there."""
    # With the column added first: to select a literal alone makes a row of it even where there is none.
    return lambda views, year: {WHOLE_RETURN: fault(views, year).with_columns(row=nw.lit(None, nw.Int64)).select("row")}
