"""Running a rule on the examples it declares."""

from __future__ import annotations

from goldenthread.quality import Rule, check
from goldenthread.quality.engines import POLARS, RuleEngine
from goldenthread.quality.examples import Example, read_examples
from goldenthread.quality.returns import checked

Found = dict[str, set[int]]


def example_of(kind: str, rule: Rule) -> Example:
    """The example the rule declares."""
    return read_examples(rule.examples, checked(kind).shape.child)


def found_by(kind: str, rule: Rule, example: Example, engine: RuleEngine = POLARS) -> tuple[Found, str]:
    """The rows found, by table, and the rule's status with its reason."""
    result = check(
        kind,
        example.tables,
        example.previous or None,
        example.year,
        example.period,
        example.reference or None,
        rules=[rule],
        engine=engine,
    )
    rows: Found = {}
    for _, table, row, _ in result.findings.iter_rows():
        rows.setdefault(table or "", set()).add(row)
    status = result.rules.filter(rule=rule.code)
    return rows, " ".join(status.select("status", "reason").row(0)).strip()
