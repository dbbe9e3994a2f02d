"""What the checks find in a record without a fault, because it was lived so: worked out from the record, not the rules.

Of each rule, the children it must find and no others, by what the record says of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl

from goldenthread.dates.calendar import add_working_days
from goldenthread.writers.built import Built

Tables = Mapping[str, pl.DataFrame]
LATE_ASSESSMENT, LATE_CONFERENCE = 45, 15
"""Working days that an assessment, and an enquiry up to its conference, may take (Working Together 2023)."""
LAST_DAYS = 5
"""Days before the end of the year in which an episode that ends wants one that follows (rule SW11bSTG2)."""
OF = {"SWEpisodes": "allocations", "Section47": "section_47_enquiries", "Assessments": "assessments"}


@dataclass(frozen=True)
class Told:
    """A record, a return built from it, and the return's collection year."""

    record: Tables
    built: Built
    first: date
    ends: date

    def rows(self, table: str) -> pl.DataFrame:
        """The record's rows that stand in that table of the return."""
        origins = self.built.origins[table]
        source = self.record[OF[table]]
        return source.filter(pl.col(source.columns[0]).is_in(origins["record_id"].implode()))


def _children(frame: pl.DataFrame) -> set[str]:
    return set(frame["child_id"])


def _open_on(day: date, start: str = "started_on", end: str = "ended_on") -> pl.Expr:
    return (pl.col(start) <= day) & (pl.col(end).is_null() | (pl.col(end) > day))


def _looked_after(told: Told) -> pl.DataFrame:
    care = told.record["care_episodes"].filter(~pl.col("legal_status").is_in(["V3", "V4"]))
    return care.filter(_open_on(told.ends)).select("child_id").unique()


def left_in_the_last_days(told: Told) -> set[str]:
    """Out of care, and the last of their workers gone in the last days of the year: nobody had to follow."""
    workers = told.rows("SWEpisodes").join(_looked_after(told), on="child_id", how="anti")
    workers = workers.with_columns(pl.when(pl.col("ended_on") <= told.ends).then("ended_on").alias("ended_on"))
    ended = workers.group_by("child_id").agg(pl.col("ended_on").max(), still=pl.col("ended_on").is_null().any())
    after = told.ends - timedelta(days=LAST_DAYS)
    return _children(ended.filter(~pl.col("still") & (pl.col("ended_on") >= after) & (pl.col("ended_on") < told.ends)))


def slow_assessment(told: Told) -> set[str]:
    """An assessment that was late already when the year ended, and not finished."""
    late = pl.col("started_on") < add_working_days(told.ends, -LATE_ASSESSMENT)
    return _children(told.record["assessments"].filter(late & _open_on(told.ends, end="authorised_on")))


def slow_conference(told: Told) -> set[str]:
    """An enquiry that by the end of the year had run on past the day a conference was due, without one."""
    late = pl.col("started_on") < add_working_days(told.ends, -LATE_CONFERENCE)
    held = told.record["conferences"].filter(pl.col("held_on") <= told.ends).select("section_47_id").drop_nulls()
    asked = told.rows("Section47").filter(late & ~pl.col("conference_not_required").fill_null(value=False))
    return _children(asked.join(held, on="section_47_id", how="anti"))


def assessed_before(told: Told) -> set[str]:
    """An enquiry out of a plan whose assessment was over before the year, which the return does not hold any more."""
    enquiries = told.rows("Section47")
    return _children(enquiries.join(told.rows("Assessments").select("referral_id"), on="referral_id", how="anti"))


LIVED: Mapping[str, Mapping[str, Callable[[Told], set[str]]]] = {
    "ssda903": {"SW11bSTG2": left_in_the_last_days},
    "cin-census": {"8670Q": slow_assessment, "8675Q": slow_conference, "2991Q": assessed_before},
}
SINCE = {"SW11bSTG2": 2024}
"""The first collection of a rule that is not of every year."""
