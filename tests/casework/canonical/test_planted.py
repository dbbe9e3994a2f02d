"""What of the demonstration is left out on purpose, and what would be our own fault."""

from __future__ import annotations

import polars as pl

from casework.canonical.left_out import LeftOut
from casework.demonstration.planted import explained
from goldenthread.dataset.synthetic.faults import COLUMNS


def left(table: str, key: str, value: str, what: str = "row") -> LeftOut:
    return LeftOut(table, 1, key, "column", value, what, "Mend it.")


def test_a_spoilt_row_and_all_that_belongs_to_it_are_planted_and_nothing_else_is() -> None:
    spoilt = ("assessment_reversed", "assessments", "S1", "started_on", "Authorised before it started")
    faults = pl.DataFrame([spoilt], schema=COLUMNS, orient="row")
    planted = left("assessments", "S1", "2014-05-12, 2014-07-08")
    factor, of_it = left("assessment_factors", "S1, 3B", "S1"), left("words", "W1", "S1, 3B", "cell")
    same_number, other, of_other = (
        left("visits", "S1", "2014"),
        left("assessments", "S2", "x"),
        left("words", "W2", "S2"),
    )
    found = explained([planted, factor, of_it, same_number, other, of_other], faults)
    assert found.planted == (planted,)
    assert found.hanging == (factor, of_it)
    assert found.others == (same_number, other, of_other)
