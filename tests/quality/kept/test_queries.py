"""A query's reason: given once, carried while the facts stand, lapsed when they change, withdrawn but never lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.dataset.store import DatasetError
from goldenthread.quality.kept.queries import Identity, answer, answers, find_identity, marked, withdraw
from goldenthread.quality.kept.store import Run, keep
from tests.quality.kept.drawn import day, result, run

QUERY = Identity("record", "Q1", "C1", "visits", "V1")
REASON = "Twins, both seen that day."


def words(one: Run, folder: Path) -> list[str | None]:
    return marked(one, answers(folder))["answered"].to_list()


def test_a_reason_given_once_explains_the_query_in_later_runs(tmp_path: Path) -> None:
    keep(result(day(0), "Q1 C1"), tmp_path)
    answer(tmp_path, QUERY, REASON, "W1", day(0))
    told = marked(run(day(4), "Q1 C1"), answers(tmp_path)).row(0, named=True)
    assert (told["answered"], told["reason"], told["by"], told["on"]) == ("explained", REASON, "W1", day(0))


def test_an_answer_does_not_explain_a_run_before_its_day(tmp_path: Path) -> None:
    keep(result(day(0), "Q1 C1"), tmp_path)
    answer(tmp_path, QUERY, REASON, "W1", day(1))
    assert words(run(day(0), "Q1 C1"), tmp_path) == [None]
    assert words(run(day(1), "Q1 C1"), tmp_path) == ["explained"]


def test_an_answer_lapses_when_the_facts_change(tmp_path: Path) -> None:
    keep(result(day(0), "Q1 C1"), tmp_path)
    answer(tmp_path, QUERY, REASON, "W1", day(0))
    changed = run(day(1), "Q1 C1")
    changed = replace(changed, findings=changed.findings.with_columns(facts=pl.lit("other facts")))
    assert words(changed, tmp_path) == ["lapsed"]


def test_an_answer_withdrawn_explains_no_more_and_is_still_on_record(tmp_path: Path) -> None:
    keep(result(day(0), "Q1 C1"), tmp_path)
    first = answer(tmp_path, QUERY, REASON, "W1", day(0)).read_bytes()
    withdraw(tmp_path, QUERY, "W2", day(2))
    assert words(run(day(1), "Q1 C1"), tmp_path) == ["explained"]
    assert words(run(day(2), "Q1 C1"), tmp_path) == [None]
    assert (tmp_path / "answers" / "000001.json").read_bytes() == first
    assert answers(tmp_path)["by"].to_list() == ["W1", "W2"]


def test_an_answer_to_one_child_explains_no_other(tmp_path: Path) -> None:
    keep(result(day(0), "Q1 C1"), tmp_path)
    answer(tmp_path, QUERY, REASON, "W1", day(0))
    assert words(run(day(1), "Q1 C2", "Q1 C1 V2", "Q1 C1"), tmp_path) == [None, None, "explained"]


def test_an_error_is_mended_and_not_explained(tmp_path: Path) -> None:
    keep(result(day(0), "E1 C1"), tmp_path)
    with pytest.raises(DatasetError, match=r"is an error, which no reason explains. Mend visits.seen"):
        answer(tmp_path, replace(QUERY, rule="E1"), REASON, "W1", day(0))
    assert answers(tmp_path).is_empty()


@pytest.mark.parametrize(("reason", "by"), [(" ", "W1"), (REASON, "")])
def test_an_answer_needs_a_reason_and_a_worker(tmp_path: Path, reason: str, by: str) -> None:
    keep(result(day(0), "Q1 C1"), tmp_path)
    with pytest.raises(DatasetError, match="Give both"):
        answer(tmp_path, QUERY, reason, by, day(0))


def test_what_is_not_there_is_neither_explained_nor_withdrawn(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match="keeps no run"):
        answer(tmp_path, QUERY, REASON, "W1", day(0))
    keep(result(day(0), "Q1 C2"), tmp_path)
    with pytest.raises(DatasetError, match="has no finding Q1 of child C1"):
        answer(tmp_path, QUERY, REASON, "W1", day(0))
    with pytest.raises(DatasetError, match="none is withdrawn"):
        withdraw(tmp_path, QUERY, "W1", day(0))


def test_a_finding_is_named_by_rule_and_child_and_by_record_where_there_are_several() -> None:
    held = run(day(0), "Q1 C1 V1", "Q1 C1 V2", "Q1 C2 V3").findings
    assert find_identity(held, "Q1", "C2", None).record_id == "V3"
    assert find_identity(held, "Q1", "C1", "V1") == QUERY
    with pytest.raises(DatasetError, match="V1, V2"):
        find_identity(held, "Q1", "C1", None)
    with pytest.raises(DatasetError, match="There is no Q9 of child C1"):
        find_identity(held, "Q9", "C1", None)


def test_a_damaged_answer_is_said_to_be(tmp_path: Path) -> None:
    keep(result(day(0), "Q1 C1"), tmp_path)
    answer(tmp_path, QUERY, REASON, "W1", day(0)).write_text("{")
    with pytest.raises(DatasetError, match=r"000001.json cannot be read"):
        answers(tmp_path)


@given(deeds=st.lists(st.sampled_from(["answer", "withdraw", "facts change", "nothing"]), min_size=1, max_size=7))
def test_a_query_is_explained_only_while_an_answer_to_its_facts_stands(deeds: list[str]) -> None:
    with TemporaryDirectory() as name:
        folder, facts, answered_facts = Path(name), 0, None
        for week, deed in enumerate(deeds):
            if deed == "facts change":
                facts += 1
            record = f"Q1 C1 V{1}"
            held = run(day(week), record)
            held = replace(held, findings=held.findings.with_columns(facts=pl.lit(str(facts))))
            keep_as(held, folder)
            if deed == "answer":
                answer(folder, QUERY, REASON, "W1", day(week))
                answered_facts = facts
            elif deed == "withdraw" and answered_facts is not None:
                withdraw(folder, QUERY, "W1", day(week))
                answered_facts = None
            expected = None if answered_facts is None else "explained" if answered_facts == facts else "lapsed"
            later = replace(held, as_at=held.as_at + timedelta(days=1))
            assert words(later, folder) == [expected]


def keep_as(held: Run, folder: Path) -> None:
    """Kept with the facts it has, as if each run had found the record changed."""
    from goldenthread.dataset.kept_runs import keep_tables

    keep_tables(folder, held.as_at, {"findings": held.findings, "rules": held.rules}, {"kind": "accuracy"})
