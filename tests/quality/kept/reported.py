"""A report drawn by hand: two runs, with something of every standing, two teams and a rule that did not run."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import polars as pl

from goldenthread.dataset.store import Dataset, Manifest, dataset_of
from goldenthread.quality.kept.queries import Identity, answer, answers
from goldenthread.quality.kept.report.model import AccuracyReport, accuracy_report
from goldenthread.quality.kept.store import keep, runs_until
from tests.quality.kept.drawn import day, result

REASON = "=Seen with a sibling, <twice>."
WEEKS = (
    ("E1 C1", "E1 C2", "Q1 C1", "Q1 C3"),
    ("E1 C1", "Q1 C1", "Q1 C3", "E2 C3"),
    ("E1 C1", "E1 C2", "Q1 C1", "Q1 C3", "Q1 C2"),
)


def dataset() -> Dataset:
    teams = {"C1": "Blue", "C2": "Extraordinarily-Longnamed Testers", "C3": None}
    allocations = [
        {"allocation_id": f"A{child}", "child_id": child, "team": team, "started_on": day(-9)}
        for child, team in teams.items()
        if team
    ]
    visits = [
        {"visit_id": f"V{number}", "child_id": child, "visited_on": day(-1), "recorded_at": datetime(2026, 1, 2, 9)}
        for number, child in enumerate(teams, start=2)
    ]
    people = [{"person_id": child, "is_child": True, "sex": "1"} for child in teams]
    frames = {"allocations": allocations, "visits": visits, "people": people}
    made = {name: pl.DataFrame(rows) for name, rows in frames.items()}
    return dataset_of(made, Manifest(as_at=day(2), authority="999", authority_name="Nowhereshire"))


def report(folder: Path, weeks: int = 3) -> AccuracyReport:
    """The report of the last of so many weeks; a query is explained from the first, and in the last E2 did not run."""
    held = dataset()
    for week, found in enumerate(WEEKS[:weeks]):
        status = {"E2": "failed"} if week == len(WEEKS) - 1 else {}
        keep(result(day(week), *found, status=status), folder, held)
        if week == 0:
            answer(folder, Identity("record", "Q1", "C1", "visits", "V1"), REASON, "W1", day(0))
    return accuracy_report(runs_until(folder, day(weeks - 1)), answers(folder), held)
