"""What is built is what a reader finds in the file, and what is built again from what was read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random

import polars as pl
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from goldenthread.cli import main
from goldenthread.codesets import code_set
from goldenthread.dataset.readers.cin_census import read_cin_census
from goldenthread.dataset.readers.cin_census_tables import load_tables
from goldenthread.dataset.readers.common import LINE
from goldenthread.dataset.schema import Kind
from goldenthread.dataset.store import Dataset, Manifest, dataset_of, open_dataset
from goldenthread.dataset.tables import TABLES
from goldenthread.writers.built import Built
from goldenthread.writers.cin_census import build, write_xml
from goldenthread.writers.cin_census.record import OF_REFERRALS
from writers.cin_census.authority import AS_AT, SEEDS, authority
from writers.cin_census.drawn import faults_of


def differing(first: dict[str, pl.DataFrame], second: dict[str, pl.DataFrame]) -> list[str]:
    """The tables that are not the same, by columns or by rows."""
    return [name for name in first if name not in second or not first[name].equals(second[name])]


def read_back(built: Built, path: Path) -> dict[str, pl.DataFrame]:
    """The tables a reader of the written file finds, where it finds nothing to reject."""
    write_xml(built, path)
    found = load_tables(path)
    assert not found.rejects.found
    return {name: frame.drop(LINE) for name, frame in found.tables.items() if name in built.tables}


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("year", [2021, 2022, 2024, 2025, 2026])
def test_a_made_up_authority_survives_the_file_the_import_and_the_second_building(
    tmp_path: Path, seed: int, year: int
) -> None:
    built = build(authority(seed), AS_AT, year=year)
    assert built.tables["ChildProtectionPlans"].height
    assert differing(dict(built.tables), read_back(built, tmp_path / "census.xml")) == []
    assert faults_of(tmp_path / "census.xml", year) == []
    assert main(["import", "cin-census", str(tmp_path / "census.xml"), "--out", str(tmp_path / "set")]) == 0
    again = build(open_dataset(tmp_path / "set"), AS_AT, year=year)
    assert differing(dict(built.tables), dict(again.tables)) == []


@pytest.mark.parametrize("seed", SEEDS)
def test_faults_in_the_record_reach_the_file(tmp_path: Path, seed: int) -> None:
    built = build(authority(seed, 0.2), AS_AT)
    assert differing(dict(built.tables), read_back(built, tmp_path / "census.xml")) == []
    assert faults_of(tmp_path / "census.xml", AS_AT.year) == []
    assert built.tables["ChildCharacteristics"]["Ethnicity"].null_count()
    reversed_dates = pl.col("AssessmentActualStartDate") > pl.col("AssessmentAuthorisationDate")
    assert built.tables["Assessments"].filter(reversed_dates).height


@pytest.mark.parametrize("seed", SEEDS)
def test_a_census_in_the_middle_of_the_year_survives_too(tmp_path: Path, seed: int) -> None:
    on = date(2025, 11, 14)
    built = build(authority(seed), on)
    assert differing(dict(built.tables), read_back(built, tmp_path / "census.xml")) == []
    read = read_cin_census(tmp_path / "census.xml", on)
    again = build(dataset_of(read.tables, Manifest(on, read.authority, history_from=read.history_from)), on)
    assert differing(dict(built.tables), dict(again.tables)) == []


@pytest.mark.parametrize("seed", SEEDS)
def test_every_row_comes_from_a_row_of_the_record(seed: int) -> None:
    dataset = authority(seed, 0.02)
    built = build(dataset, AS_AT)
    for name, origins in built.origins.items():
        if name == "Header":
            continue
        assert origins.height == built.tables[name].height
        for (table,), these in origins.group_by("record"):
            (held,) = dataset.collect(dataset.lazy(str(table)))
            child = "person_id" if table == "people" else "child_id"
            keys = held.select(
                pl.col(child).alias("child_id"),
                pl.concat_str(TABLES[str(table)].key, separator="|").alias("record_id"),
            )
            assert these.join(keys, on=["child_id", "record_id"], how="anti").rows() == [], name
            assert built.tables[name].select("LAchildID").to_series().equals(origins["child_id"], check_names=False)


CHILDREN = ("B2", "A<1>&", " C3 ")
WORDS = ("A1", " a <b> ", "&amp;", "x\ty", "\x0bz", "=1+1", "é ☃", " ", "]]>", "<!--", None)
FLAGS = (True, False, None)


@dataclass(frozen=True)
class Scribe:
    """Makes up records in which dates, codes and links fall as they may; links keep to one child."""

    chance: Random

    def day(self) -> date:
        return date(2025, 4, 1) + timedelta(self.chance.randint(-900, 400))

    def row(self, table: str, key: str, child: int, number: int) -> dict[str, object]:
        """A row of a table, the `number`th of one of the children."""
        made: dict[str, object] = {}
        for column in TABLES[table].columns:
            match column.kind:
                case Kind.DAY if column.required or self.chance.random() < 0.7:
                    made[column.name] = self.day()
                case Kind.FLAG:
                    made[column.name] = self.chance.choice(FLAGS)
                case Kind.TEXT:
                    made[column.name] = self.chance.choice(WORDS)
                case Kind.CODE if column.required or self.chance.random() < 0.7:
                    made[column.name] = self.chance.choice(code_set(column.codes or "").codes)
                case Kind.WHOLE if self.chance.random() < 0.5:
                    made[column.name] = self.chance.randint(0, 3)
                case Kind.IDENTIFIER if column.links_to and not column.required and self.chance.random() < 0.8:
                    made[column.name] = f"{column.name}-{child}-{self.chance.randint(0, 2)}"
        return made | {"child_id": CHILDREN[child], key: f"{key}-{child}-{number}"}

    def table(self, name: str) -> pl.DataFrame:
        (key,) = TABLES[name].key
        numbers = [(child, number) for child in range(3) for number in range(self.chance.randint(0, 3))]
        rows = [self.row(name, key, child, number) for child, number in numbers]
        return pl.DataFrame(rows, schema=TABLES[name].schema)

    def record(self) -> Dataset:
        people = [
            self.row("people", "person_id", place, 0) | {"person_id": name} for place, name in enumerate(CHILDREN)
        ]
        tables = {name: self.table(name) for name in ("referrals", *OF_REFERRALS) if name != "care_periods"}
        assessments = tables["assessments"].select("assessment_id", "child_id")
        tables["assessment_factors"] = assessments.join(pl.DataFrame({"factor": ["4B", "20"]}), how="cross")
        tables["people"] = pl.DataFrame(people, schema=TABLES["people"].schema)
        plans = tables["cp_plans"].select("cp_plan_id", "child_id")
        changes = pl.DataFrame({"category": ["NEG", "SAB"], "started_on": [self.day(), self.day()]})
        tables["cp_plan_categories"] = plans.join(changes, how="cross")
        return dataset_of(tables, Manifest(AS_AT, "999"))


@settings(max_examples=40)
@given(st.integers(0, 100_000), st.sampled_from([2024, 2025, 2026]), st.integers(0, 365))
def test_any_record_survives_the_file_and_the_second_building(
    tmp_path_factory: pytest.TempPathFactory, seed: int, year: int, into: int
) -> None:
    on = date(year - 1, 4, 1) + timedelta(into)
    built = build(Scribe(Random(seed)).record(), on, year=year)
    assume(built.tables["ChildIdentifiers"].height)
    path = tmp_path_factory.mktemp("census") / "census.xml"
    assert differing(dict(built.tables), read_back(built, path)) == []
    assert faults_of(path, year) == []
    read = read_cin_census(path)
    again = build(dataset_of(read.tables, Manifest(on, read.authority, history_from=read.history_from)), on, year=year)
    assert differing(dict(built.tables), dict(again.tables)) == []
