"""The default city lives so that its board resembles the printed one; its indicators are those of anyone else."""

from __future__ import annotations

from goldenthread.board.printed import compare
from goldenthread.dataset.store import dataset_of
from goldenthread.dataset.synthetic.authority import DEFAULT_AS_AT, DEFAULT_FAULTS, DEFAULT_SEED, synthesise

OF_SEVERAL_AUTHORITIES = {"RAASC001", "RAASC002", "RAASC003"}
"""Rows of the regional adoption agency, which one authority's record cannot give."""


def test_the_default_city_is_near_every_printed_value() -> None:
    tables, manifest, _ = synthesise(None, DEFAULT_SEED, DEFAULT_AS_AT, DEFAULT_FAULTS)
    verdicts = {(row.key, row.period): row.verdict for row in compare(dataset_of(tables, manifest))}
    missing = {key for (key, _), verdict in verdicts.items() if verdict == "not computed"}
    assert missing == OF_SEVERAL_AUTHORITIES
    assert [row for row, verdict in verdicts.items() if verdict == "out"] == []
    assert sum(verdict.startswith("within") for verdict in verdicts.values()) >= 60
