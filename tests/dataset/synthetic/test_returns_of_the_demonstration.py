"""The demonstration authority's own returns, checked: they show what was lived and what was planted, nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

import polars as pl
import pytest

from goldenthread.dataset.store import Dataset, dataset_of
from goldenthread.dataset.synthetic.authority import synthesise
from goldenthread.dataset.synthetic.faults import BLANKS, DUPLICATE, LATES, REVERSALS, WRONG_LETTER, WRONGS
from goldenthread.dataset.tables import TABLES
from goldenthread.quality import Result, check
from goldenthread.writers import cin_census, ssda903
from goldenthread.writers.built import Built

from .lived import LIVED, SINCE, Told
from .planted import FOUND_BY, LAWFUL, NOT_ASKED, ONLY_BESIDE_OTHERS

AS_AT = date(2026, 3, 31)
CHILDREN = 2_500
SHARE = 0.08
KINDS = ("ssda903", "cin-census")
COUNTED_THROUGH = ("CINdetailsID", "AssessmentID", "CPPID")
"""Numbers that a row left out shifts in every row after it."""
FAULTS = {fault.name for fault in (*BLANKS, *REVERSALS, *WRONGS, *LATES)} | {WRONG_LETTER, DUPLICATE}


@dataclass(frozen=True)
class Record:
    """A made-up authority: its tables, the dataset of them, and the faults planted."""

    tables: Mapping[str, pl.DataFrame]
    dataset: Dataset
    faults: pl.DataFrame


@cache
def record(seed: int, faults: float = 0.0) -> Record:
    tables, manifest, planted = synthesise(CHILDREN, seed, AS_AT, faults)
    return Record(tables, dataset_of(tables, manifest), planted)


@cache
def returned(kind: str, seed: int, year: int, faults: float = 0.0) -> Built:
    held, ends = record(seed, faults).dataset, date(year, 3, 31)
    return ssda903.build(held, ends) if kind == "ssda903" else cin_census.build(held, ends)


@cache
def checked(kind: str, seed: int, year: int, faults: float = 0.0) -> Result:
    """The check of a return. Last year's is always the one without faults: it was sent before they were made."""
    last = None
    if kind == "ssda903":
        last = ssda903.previous_with_history(record(seed).dataset, returned(kind, seed, year))
    return check(kind, returned(kind, seed, year, faults).tables, last, year)


def found(result: Result) -> pl.DataFrame:
    return result.findings.select("rule", "child").unique()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("seed", "year"), [(10, 2023), (11, 2024), (12, 2025), (10, 2026), (13, 2026)])
def test_without_faults_the_checks_find_what_was_lived_and_nothing_else(kind: str, seed: int, year: int) -> None:
    result = checked(kind, seed, year)
    told = Told(record(seed).tables, returned(kind, seed, year), date(year - 1, 4, 1), date(year, 3, 31))
    by_rule = {rule: set(rows["child"]) for (rule,), rows in found(result).group_by("rule")}
    lived = {rule: who(told) for rule, who in LIVED[kind].items() if SINCE.get(rule, 0) <= year}
    assert by_rule == {rule: children for rule, children in lived.items() if children}
    assert result.failed.is_empty()
    assert told.built.tables["Header"].height > 0


@pytest.mark.parametrize("kind", KINDS)
def test_the_return_as_it_stands_when_the_year_is_not_over_has_no_code_it_cannot_hold(kind: str) -> None:
    notes = returned(kind, 10, 2026).notes
    assert not [note for note in notes if "is no code of" in note]


def _owners(seed: int) -> pl.DataFrame:
    """Whose each planted row is: the fault, its table and row, and the child."""
    made = record(seed, SHARE)
    frames = []
    for name in made.faults["table"].unique(maintain_order=True):
        child = "person_id" if name == "people" else "child_id"
        key = pl.col(TABLES[name].key[0]).alias("row_id")
        frames.append(made.tables[name].select(key, pl.col(child).alias("child"), table=pl.lit(name)))
    owners = pl.concat(frames).unique(["table", "row_id"])
    return made.faults.join(owners, on=["table", "row_id"], how="left")


def _told(built: Built) -> pl.DataFrame:
    """Every row of the return with the row of the record behind it, the numbers counted through apart."""
    frames = []
    for name, table in built.tables.items():
        own = table.drop(COUNTED_THROUGH, strict=False)
        cells = own.select(pl.concat_str(pl.all().fill_null(""), separator="|").alias("cells"))
        frames.append(built.origins[name].select("record", "record_id").with_columns(cells["cells"], of=pl.lit(name)))
    return pl.concat(frames)


def _shown(kind: str, seed: int) -> pl.DataFrame:
    """The planted faults that the return shows: what it tells of their rows is not what it told without faults."""
    before, after = _told(returned(kind, seed, 2026)), _told(returned(kind, seed, 2026, SHARE))
    every = ["record", "record_id", "cells", "of"]
    changed = after.join(before, on=every, how="anti", nulls_equal=True)
    rows = changed.select(table="record", row_id="record_id").unique()
    return _owners(seed).join(rows, on=["table", "row_id"], how="semi")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("seed", [10, 11])
def test_faults_are_found_where_they_were_planted_and_nowhere_else(kind: str, seed: int) -> None:
    before, after = found(checked(kind, seed, 2026)), found(checked(kind, seed, 2026, SHARE))
    new = after.join(before, on=["rule", "child"], how="anti").filter(pl.col("child").is_not_null())
    gone = before.join(after, on=["rule", "child"], how="anti").filter(pl.col("child").is_not_null())
    assert new.height > 20
    for findings in (new, gone):
        assert findings.join(_owners(seed), on="child", how="anti").rows() == []


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("seed", [10, 11])
def test_every_fault_that_a_return_shows_is_found(kind: str, seed: int) -> None:
    after = found(checked(kind, seed, 2026, SHARE))
    shown = _shown(kind, seed)
    missed = []
    for fault, rules in FOUND_BY[kind].items():
        caught = after.filter(pl.col("rule").is_in(rules)).select("child").unique()
        rows = shown.filter(pl.col("fault") == fault)
        missed += _asked(kind, seed, fault, rows).join(caught, on="child", how="anti").rows()
    assert missed == []


def _asked(kind: str, seed: int, fault: str, rows: pl.DataFrame) -> pl.DataFrame:
    """The faulty rows of which the return asks for what is missing."""
    if rows.is_empty() or (kind, fault) not in NOT_ASKED:
        return rows
    own = record(seed, SHARE).tables[rows["table"][0]].filter(NOT_ASKED[kind, fault])
    return rows.filter(~pl.col("row_id").is_in(own[TABLES[rows["table"][0]].key[0]].implode()))


def test_faults_of_most_kinds_are_shown_by_some_return() -> None:
    shown = {fault for kind in KINDS for seed in (10, 11) for fault in _shown(kind, seed)["fault"]}
    wanted = {fault for rules in FOUND_BY.values() for fault in rules}
    assert len(wanted & shown) >= len(wanted) - 3


def test_of_every_kind_of_fault_it_is_said_who_finds_it_or_why_nobody_can() -> None:
    said = [{fault for rules in FOUND_BY.values() for fault in rules}, set(ONLY_BESIDE_OTHERS), set(LAWFUL)]
    assert set().union(*said) == FAULTS
    assert sum(len(names) for names in said) == len(FAULTS)
