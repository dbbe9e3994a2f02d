"""Short breaks: disabled children in need who stay away for some nights under an agreement, and are not counted with
the looked-after children."""

from __future__ import annotations

import numpy as np
import polars as pl

from goldenthread.dataset.synthetic import names
from goldenthread.dataset.synthetic.cases import History
from goldenthread.dataset.synthetic.chance import Whole, happens, known, spread, stream
from goldenthread.dataset.synthetic.desk import Desk
from goldenthread.dataset.synthetic.parameters import Parameters
from goldenthread.dataset.synthetic.tabulate import Cells, Tabulator, codes, constant

AGREED_SERIES = "V4"
"""The legal status of an agreed series of short-term breaks."""


def with_short_breaks(
    tabulator: Tabulator, book: Parameters, history: History, desk: Desk, tables: dict[str, pl.DataFrame]
) -> dict[str, pl.DataFrame]:
    """The tables with care_periods, care_episodes, legal_statuses and placements of short breaks added."""
    rng = stream(tabulator.seed, tabulator.district, "short breaks")
    cases = history.cases
    fit = known(cases.first_need) & ~known(cases.care_start) & history.children.disabled[cases.child]
    fit &= cases.first_need_end - cases.first_need > 120
    case = np.flatnonzero(fit & happens(rng, book.value("short_breaks.chance"), cases.count))
    start = cases.first_need[case] + spread(rng, 20, 90, len(case))
    end = cases.first_need_end[case]
    came = start <= tabulator.as_at
    added = _rows(tabulator, history, desk, case[came], start[came], end[came])
    whole = {name: pl.concat([tables[name], rows], how="diagonal") for name, rows in added.items()}
    whole["previous_permanence"] = _with_none_before(tabulator, tables["previous_permanence"], whole["care_periods"])
    return tables | whole


def _with_none_before(tabulator: Tabulator, held: pl.DataFrame, periods: pl.DataFrame) -> pl.DataFrame:
    """`previous_permanence` with a row for each child of a short break too: of nothing before, unless it has one."""
    first = periods.group_by("child_id", maintain_order=True).agg(pl.col("started_on").min())
    first = first.join(held, on="child_id", how="anti")
    days = first["started_on"].to_physical().to_numpy().astype(np.int64)
    cells: dict[str, Cells] = {"child_id": first["child_id"], "option": constant("Z1", first.height)}
    return pl.concat([held, tabulator.table("previous_permanence", cells, recorded_on=days)], how="diagonal")


def _rows(
    tabulator: Tabulator, history: History, desk: Desk, case: Whole, start: Whole, end: Whole
) -> dict[str, pl.DataFrame]:
    count = len(case)
    child = history.children.named(history.cases.child[case])
    periods = tabulator.identifiers("LV", count)
    span: dict[str, Cells] = {"child_id": child, "care_period_id": periods, "started_on": start, "ended_on": end}
    home: dict[str, Cells] = {
        "placement_type": codes(("K2", "U6"), history.cases.child[case] % 2),
        "placement_provider": constant("PR1", count),
    }
    ended = codes(("E8",), np.zeros(count, dtype=np.int64), end)
    whole: dict[str, Cells] = span | {
        "referral_id": history.cases.named(case),
        "end_reason": ended,
        "category_of_need": constant("N2", count),
        "short_breaks_only": np.ones(count, dtype=np.bool_),
        "team": desk.team(case, start),
        "worker_id": desk.worker(case, start),
    }
    episode: dict[str, Cells] = (
        span
        | home
        | {
            "care_episode_id": tabulator.identifiers("VE", count),
            "start_reason": constant("S", count),
            "legal_status": constant(AGREED_SERIES, count),
            "category_of_need": constant("N2", count),
            "placement_authority": constant(names.AUTHORITY_NAME, count),
            "placement_location": constant("IN", count),
            "end_reason": ended,
        }
    )
    placement: dict[str, Cells] = (
        span
        | home
        | {
            "placement_id": tabulator.identifiers("VP", count),
            "emergency": np.zeros(count, dtype=np.bool_),
            "temporary": np.zeros(count, dtype=np.bool_),
            "authority": constant(names.AUTHORITY_NAME, count),
            "location": constant("IN", count),
        }
    )
    status: dict[str, Cells] = span | {
        "legal_status_id": tabulator.identifiers("VS", count),
        "legal_status": constant(AGREED_SERIES, count),
    }
    by = desk.worker(case, start)
    return {
        "care_periods": tabulator.table("care_periods", whole, by=by),
        "care_episodes": tabulator.table("care_episodes", episode, by=by),
        "placements": tabulator.table("placements", placement, by=by),
        "legal_statuses": tabulator.table("legal_statuses", status, by=by),
    }
