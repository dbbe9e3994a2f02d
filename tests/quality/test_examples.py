"""Each rule finds what its own examples say it must, and nothing else."""

from __future__ import annotations

import pytest

from goldenthread.quality import Rule
from goldenthread.quality.returns import MODULES, checked
from tests.quality.drawn import example_of, found_by

EVERY_RULE = [(kind, rule) for kind in MODULES for rule in checked(kind).rules]


@pytest.mark.parametrize(("kind", "rule"), EVERY_RULE, ids=[f"{kind} {rule.code}" for kind, rule in EVERY_RULE])
def test_rule_finds_what_its_examples_say(kind: str, rule: Rule) -> None:
    example = example_of(kind, rule)
    found, status = found_by(kind, rule, example)
    assert status == "ran"
    if example.whole_return:
        assert "" in found
    else:
        assert found == example.expected


@pytest.mark.parametrize(("kind", "rule"), EVERY_RULE, ids=[f"{kind} {rule.code}" for kind, rule in EVERY_RULE])
def test_examples_show_a_fault_no_fault_a_boundary_and_a_missing_value(kind: str, rule: Rule) -> None:
    example = example_of(kind, rule)
    rows = sum(frame.height for frame in example.tables.values())
    assert example.whole_return or any(example.expected.values()), "no row must be found"
    assert example.whole_return or rows > sum(len(found) for found in example.expected.values()), "no row may pass"
    assert "boundary" in example.comments
    assert "missing" in example.comments
