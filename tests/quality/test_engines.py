"""The same rules find the same rows on every engine, in any order, and take no harm from one another."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

import narwhals as nw
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldenthread.quality import Result, Rule, check
from goldenthread.quality.conditions import col
from goldenthread.quality.engines import POLARS, RuleEngine, duckdb_engine, spark_engine
from goldenthread.quality.returns import MODULES, checked
from tests.quality.drawn import example_of, found_by
from tests.quality.together import Together, all_examples

KINDS = tuple(MODULES)
ON_SPARK = 12
"""Every so-manieth rule is run on Spark: each view and each way of searching is among them."""


@pytest.fixture(scope="module", params=KINDS)
def together(request: pytest.FixtureRequest) -> Together:
    return all_examples(request.param)


def found(result: Result) -> set[tuple[str | None, ...]]:
    return set(result.findings.iter_rows())


def run(together: Together, rules: Iterable[Rule], engine: RuleEngine = POLARS) -> Result:
    return check(
        together.kind,
        together.tables,
        together.previous,
        reference=together.reference,
        rules=rules,
        engine=engine,
    )


def test_every_rule_finds_the_same_rows_on_duckdb_as_on_polars(together: Together) -> None:
    rules = checked(together.kind).rules
    on_polars, on_duckdb = run(together, rules), run(together, rules, duckdb_engine())
    assert on_polars.failed.is_empty()
    assert on_duckdb.failed.is_empty(), on_duckdb.failed["reason"].to_list()[:3]
    assert found(on_duckdb) == found(on_polars)
    assert on_polars.findings.height > len(rules)


@pytest.mark.spark
def test_a_sample_of_every_kind_finds_the_same_rows_on_spark(together: Together) -> None:
    rules = checked(together.kind).rules[::ON_SPARK]
    on_polars, on_spark = run(together, rules), run(together, rules, spark_engine())
    assert on_spark.failed.is_empty(), on_spark.failed["reason"].to_list()[:3]
    assert found(on_spark) == found(on_polars)
    assert not on_polars.findings.is_empty()


@cache
def found_in_order(kind: str) -> set[tuple[str | None, ...]]:
    """What the rules find in the order they are kept in."""
    return found(run(all_examples(kind), checked(kind).rules))


@settings(max_examples=8)
@given(st.randoms(use_true_random=False))
@pytest.mark.parametrize("kind", KINDS)
def test_the_order_of_rules_changes_nothing(kind: str, random: object) -> None:
    together = all_examples(kind)
    rules = list(checked(kind).rules)
    expected = found_in_order(kind)
    random.shuffle(rules)  # type: ignore[attr-defined]  # hypothesis' own Random
    half = rules[: len(rules) // 2]
    names = {rule.code for rule in half}
    assert found(run(together, rules)) == expected
    assert found(run(together, half)) == {row for row in expected if row[0] in names}


def test_inputs_are_not_changed(together: Together) -> None:
    before = {name: frame.clone() for name, frame in together.tables.items()}
    run(together, checked(together.kind).rules)
    assert all(frame.equals(before[name]) for name, frame in together.tables.items())


BROKEN = (
    Rule("CANNOT_BE_SAID", "?", ("Header.SEX",), (), "test", "", on="Header", where=lambda year: 1 / 0),  # type: ignore[arg-type, return-value]
    Rule("NO_SUCH_COLUMN", "?", ("Header.SEX",), (), "test", "", on="Header", where=col("NOWHERE") == "1"),
    Rule("NO_SUCH_VIEW", "?", ("Header.SEX",), (), "test", "", on="Nowhere", where=col("SEX") == "1"),
    Rule("CANNOT_SEARCH", "?", ("Header.SEX",), (), "test", "", search=lambda views, year: views.nothing),
)


@pytest.mark.parametrize("broken", BROKEN, ids=[rule.code for rule in BROKEN])
def test_a_rule_that_breaks_is_named_and_takes_no_other_with_it(broken: Rule) -> None:
    rule = next(rule for rule in checked("ssda903").rules if rule.code == "101")
    tables = {"Header": pl.DataFrame({"CHILD": ["1"], "SEX": ["X"]})}
    for rules in ([broken, rule], [rule, broken]):
        result = check("ssda903", tables, rules=rules)
        statuses = dict(result.rules.select("rule", "status").iter_rows())
        assert statuses == {"101": "ran", broken.code: "failed"}
        assert result.failed["reason"][0]
        assert result.findings["rule"].to_list() == ["101"]


@pytest.mark.parametrize("kind", KINDS)
def test_a_rule_without_its_table_is_skipped_with_the_reason(kind: str) -> None:
    result = check(kind, {})
    assert set(result.rules["status"]) == {"skipped"}
    assert result.findings.is_empty()
    assert all("not given" in reason for reason in result.rules["reason"])


@pytest.mark.parametrize("kind", KINDS)
def test_a_table_with_no_columns_but_the_child_stops_no_rule(kind: str) -> None:
    shape = checked(kind).shape
    tables = {name: pl.DataFrame({shape.child: ["1", None, "1"]}) for name in shape.tables}
    result = check(kind, tables, tables)
    assert result.failed.is_empty()


@pytest.mark.parametrize(
    "bad", ["31/31/2025", "", "  ", "x" * 400, "\u0000", "=1+1", "\U0001f600", "-0", "1e400", "NaN"]
)
def test_one_bad_cell_disables_no_rule(bad: str) -> None:
    for kind in KINDS:
        together = all_examples(kind)
        damaged = {name: _with_first_row(frame, bad) for name, frame in together.tables.items()}
        result = check(kind, damaged, together.previous, reference=together.reference)
        assert result.failed.is_empty(), (kind, result.failed["reason"].to_list()[:2])


def _with_first_row(frame: pl.DataFrame, value: str) -> pl.DataFrame:
    first = pl.DataFrame({name: [value] for name in frame.columns}, schema=frame.schema)
    return pl.concat([first, frame])


def test_duplicate_rows_shift_nothing() -> None:
    together = all_examples("ssda903")
    rules = [rule for rule in checked("ssda903").rules if rule.code in {"101", "141", "143", "147", "166", "1004"}]
    twice = {name: pl.concat([frame, frame]) for name, frame in together.tables.items()}
    once = found(run(together, rules))
    doubled = check("ssda903", twice, together.previous, reference=together.reference, rules=rules)
    height = {name: frame.height for name, frame in together.tables.items()}
    again = {(rule, table, row + height[table], child) for rule, table, row, child in once}  # type: ignore[index, operator]
    assert found(doubled) == once | again


def test_the_quick_way_into_polars_is_the_same_as_narwhals_own() -> None:
    rule = next(rule for rule in checked("ssda903").rules if rule.code == "302")
    example = example_of("ssda903", rule)
    plain = RuleEngine("plain", POLARS.adopt, POLARS.collect)
    assert found_by("ssda903", rule, example, plain) == found_by("ssda903", rule, example)
    assert isinstance(rule.where, nw.Expr)
