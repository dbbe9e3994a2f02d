"""Each rule on the record finds what its own examples say it must, and nothing else."""

from __future__ import annotations

from datetime import date

import pytest

from goldenthread.dataset.tables import TABLES
from goldenthread.quality import Rule, Year
from goldenthread.quality.engines import POLARS
from goldenthread.quality.record.rules import RULES
from goldenthread.quality.record.views import RecordViews
from goldenthread.quality.run import run_rules
from tests.quality.record.drawn import AS_AT, dataset_of_example, example_of

YEAR = Year(2026, date(2025, 4, 1), date(2026, 3, 31))


@pytest.mark.parametrize("rule", RULES, ids=[rule.code for rule in RULES])
def test_rule_finds_what_its_examples_say(rule: Rule) -> None:
    example = example_of(rule)
    outcome = run_rules([rule], RecordViews(dataset_of_example(example), AS_AT), YEAR, POLARS)
    assert outcome.statuses[rule.code] == ("ran", "")
    found: dict[str, set[int]] = {}
    for _, table, row in outcome.found.iter_rows():
        found.setdefault(table, set()).add(row)
    assert found == example.expected


@pytest.mark.parametrize("rule", RULES, ids=[rule.code for rule in RULES])
def test_examples_show_a_fault_no_fault_a_boundary_and_a_missing_value(rule: Rule) -> None:
    example = example_of(rule)
    assert any(example.expected.values())
    assert sum(frame.height for frame in example.tables.values()) > sum(map(len, example.expected.values()))
    assert "boundary" in example.comments
    assert "missing" in example.comments


def test_every_code_and_field_is_one_of_its_own() -> None:
    codes = [rule.code for rule in RULES]
    assert len(codes) == len(set(codes))
    for rule in RULES:
        for field in rule.fields:
            table, column = field.split(".")
            assert column in TABLES[table].schema, field
