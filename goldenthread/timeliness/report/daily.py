"""What the report holds: the overdue and the soon due, worst first, with totals by service, team, worker and rule; and
what was lately done in time by one reading only of a rule that can be read two ways.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import narwhals as nw
import polars as pl

from goldenthread.dataset.held import held
from goldenthread.dataset.store import Dataset
from goldenthread.dates import add_working_days
from goldenthread.journey.episodes import survey
from goldenthread.statute.book import StatuteBook
from goldenthread.statute.kinds import KINDS
from goldenthread.statute.load import load_book
from goldenthread.timeliness.engine import SCHEMA, obligations
from goldenthread.timeliness.plan import NotFollowed, Plan, followable, plan
from goldenthread.timeliness.report.wording import with_words
from goldenthread.timeliness.status import OPEN, Status

SOON = 10
"""Working days ahead that count as soon, and behind that count as lately."""

UNKNOWN = "Not recorded"
OF_A_CHILD = pl.col("trigger_kind").is_in([kind.name for kind in KINDS.values() if kind.about == "child"])
"""Whether a line is of a child: rules about adopters and workers name one of those where the child would stand."""
CHILDREN = pl.col("child_id").filter(OF_A_CHILD).n_unique()
GROUPS = ("service", "team", "worker", "title")


@dataclass(frozen=True)
class DailyReport:
    """The report of one day. `overdue`, `soon` and `lately_disputed` are lines, as `daily_report` says."""

    authority: str
    as_at: date
    known_on: date | None
    until: date
    overdue: pl.DataFrame
    soon: pl.DataFrame
    lately_disputed: pl.DataFrame
    followed: Plan

    @property
    def not_followed(self) -> tuple[NotFollowed, ...]:
        """The rules from which nothing in the report comes, each with why."""
        return self.followed.not_followed

    @property
    def children(self) -> int:
        """Children with anything overdue."""
        return int(self.overdue.select(CHILDREN).item())

    @property
    def disputed(self) -> pl.DataFrame:
        """Every line that is in time by one reading of its rule and late by the other, the open ones first."""
        return pl.concat([self.overdue, self.soon, self.lately_disputed]).filter("disputed")

    def totals(self, *by: str) -> pl.DataFrame:
        """Totals by these columns of the lines, most overdue first.

        Columns: those, overdue and soon (lines), children (with anything overdue), worst_days (calendar days, the
        most), total_days.
        """
        keys = list(by)
        late = self.overdue.group_by(keys).agg(
            overdue=pl.len(),
            children=CHILDREN,
            worst_days=pl.col("late_days").max(),
            total_days=pl.col("late_days").sum(),
        )
        ahead = self.soon.group_by(keys).agg(soon=pl.len())
        frame = late.join(ahead, on=keys, how="full", coalesce=True)
        counts = ("overdue", "soon", "children", "worst_days", "total_days")
        frame = frame.select(*keys, *(pl.col(name).fill_null(0).cast(pl.Int64) for name in counts))
        return frame.sort("overdue", "total_days", *keys, descending=[True, True, *([False] * len(keys))])


def daily_report(
    dataset: Dataset, as_at: date, known_on: date | None = None, *, book: StatuteBook | None = None
) -> DailyReport:
    """What is overdue as at a day, and what falls due in the ten working days after it, worst first; and what was done
    or ended in the ten working days up to it in time by one reading of its rule only, the latest first.

    Lines hold the columns of `obligations`, with service, team, worker (name, or identifier) and every gap in them
    filled by `Not recorded`; title, obligation, stage, citation, law, readings, why (see `wording.with_words`);
    days_over (calendar days late, 0 if not yet) and days_left (calendar days to the due day, 0 if past).
    """
    book, dataset = book or load_book(), held(dataset)
    until = add_working_days(as_at, SOON)
    frame = obligations(dataset, as_at, known_on, book=book)
    still_open = nw.col("status").is_in([status.value for status in OPEN])
    lately = ~still_open & (nw.coalesce("satisfied_on", "ended_on") > nw.lit(add_working_days(as_at, -SOON)))
    wanted = (still_open & (nw.col("due_on") <= nw.lit(until))) | (nw.col("disputed") & lately.fill_null(False))
    workers = dataset.lazy("workers").select("worker_id", nw.col("name").alias("worker"))
    lines, names = dataset.collect(frame.filter(wanted), workers)
    chosen = followable(plan(book), survey(dataset).kinds)
    lines = _ready(_as_declared(lines), names, chosen, as_at)
    overdue = lines.filter(pl.col("status") == Status.overdue.value)
    soon = lines.filter(pl.col("status") == Status.due.value)
    over = lines.filter(~pl.col("status").is_in([status.value for status in OPEN]))
    order = ["clock", "child_id", "trigger_on", "trigger_row_id"]
    return DailyReport(
        authority=dataset.manifest.authority_name or dataset.manifest.authority or "",
        as_at=as_at,
        known_on=known_on,
        until=until,
        overdue=overdue.sort("late_days", *order, descending=[True, False, False, False, False]),
        soon=soon.sort("due_on", *order),
        lately_disputed=over.sort(pl.coalesce("satisfied_on", "ended_on"), *order, descending=[True, *[False] * 4]),
        followed=chosen,
    )


def _as_declared(lines: pl.DataFrame) -> pl.DataFrame:
    # Spark gives moments a zone and whole numbers its own widths.
    return lines.cast(pl.Schema(SCHEMA))


def _ready(lines: pl.DataFrame, names: pl.DataFrame, chosen: Plan, as_at: date) -> pl.DataFrame:
    lines = lines.join(names.unique("worker_id", keep="first"), on="worker_id", how="left", maintain_order="left")
    lines = with_words(lines, [one.clock for one in chosen.followed])
    return lines.with_columns(
        worker=pl.coalesce("worker", "worker_id").fill_null(UNKNOWN),
        team=pl.col("team").fill_null(UNKNOWN),
        service=pl.col("service").fill_null(UNKNOWN),
        days_over=pl.col("late_days").fill_null(0),
        days_left=(pl.col("due_on") - pl.lit(as_at)).dt.total_days().clip(lower_bound=0),
    )
