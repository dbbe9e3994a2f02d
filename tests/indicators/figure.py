"""One figure of a drawn dataset, as (numerator, denominator, value)."""

from __future__ import annotations

from datetime import date

from goldenthread.dataset.store import Dataset
from goldenthread.indicators import Basis, explain, figures, find


def figure(
    dataset: Dataset, name: str, on: str, *, basis: Basis | None = None, known_on: str | None = None
) -> tuple[float | None, float | None, float | None]:
    known = date.fromisoformat(known_on) if known_on else None
    made = figures(dataset, [find(name)], [date.fromisoformat(on)], known_on=known, basis=basis)
    row = made.row(0, named=True)
    return row["numerator"], row["denominator"], row["value"]


def counts(dataset: Dataset, name: str, on: str) -> tuple[float | None, float | None]:
    """Numerator and denominator alone."""
    return figure(dataset, name, on)[:2]


def reasons(dataset: Dataset, name: str, on: str) -> dict[str, str]:
    """The reason of each row of the explanation, by row."""
    rows = explain(dataset, name, date.fromisoformat(on))
    return dict(rows.select("row_id", "reason").iter_rows())
