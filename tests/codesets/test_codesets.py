"""Code sets: membership on a day, for one code and for a column, and files with faults."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldenthread.codesets import Code, CodeSet, CodeSetFault, code_set, code_set_names, read_code_set
from goldenthread.dataset.schema import Kind
from goldenthread.dataset.tables import TABLES

DAYS = st.dates(date(2010, 1, 1), date(2035, 12, 31))


def test_every_set_that_a_column_names_is_there() -> None:
    named = {column.codes for table in TABLES.values() for column in table.columns if column.kind is Kind.CODE}
    assert {name for name in named if name} <= set(code_set_names())
    assert None not in named


def test_every_file_is_sound() -> None:
    for name in code_set_names():
        assert code_set(name).codes, name


@pytest.mark.parametrize(
    ("on", "valid"),
    [(date(2025, 3, 31), True), (date(2025, 4, 1), False), (None, True)],
)
def test_a_retired_code_is_valid_to_its_last_day(on: date | None, valid: bool) -> None:
    assert code_set("placement_type").valid("P2", on) is valid


def test_a_new_code_is_not_valid_before_its_first_day() -> None:
    sources = code_set("referral_source")
    assert not sources.valid("5D", date(2022, 3, 31))
    assert sources.valid("5D", date(2022, 4, 1))
    assert "5D" not in sources.codes_on(date(2022, 3, 31))


def test_labels_are_by_code() -> None:
    assert code_set("primary_need").labels["N2"] == "Child's disability"


def test_an_unknown_set_is_named() -> None:
    with pytest.raises(CodeSetFault, match="no code set 'colours'"):
        code_set("colours")


codes = st.builds(
    lambda name, begun, length: Code(name, name, begun, begun + timedelta(days=length) if begun else None),
    st.sampled_from("ABCD"),
    st.none() | DAYS,
    st.integers(0, 900),
)


@settings(deadline=None)
@given(st.lists(codes, min_size=1, unique_by=lambda code: code.code), st.none() | DAYS)
def test_a_column_agrees_with_one_code_at_a_time(entries: list[Code], on: date | None) -> None:
    codes = CodeSet("made_up", tuple(entries))
    asked = [*"ABCDE", None]
    frame = pl.DataFrame({"code": asked, "on": [on] * len(asked)}, schema={"code": pl.String, "on": pl.Date})
    column = frame.select(codes.member(pl.col("code"), pl.col("on"))).to_series().to_list()
    assert column == [None if code is None else codes.valid(code, on) for code in asked]


def test_in_use_asks_whether_any_day_of_the_span_would_do() -> None:
    codes = CodeSet("made_up", (Code("A", "A", date(2020, 1, 1), date(2020, 12, 31)),))
    spans = pl.DataFrame(
        [
            (date(2019, 1, 1), date(2019, 12, 31), False),
            (date(2019, 1, 1), date(2020, 1, 1), True),
            (date(2020, 12, 31), None, True),
            (date(2021, 1, 1), None, False),
            (None, None, True),
        ],
        schema={"first": pl.Date, "last": pl.Date, "wanted": pl.Boolean},
        orient="row",
    )
    found = spans.select(codes.in_use(pl.lit("A"), pl.col("first"), pl.col("last")).alias("in_use"))
    assert found["in_use"].to_list() == spans["wanted"].to_list()


@pytest.mark.parametrize(
    ("lines", "fault"),
    [
        ("code;label\nA;x\n", "line 1: the columns must be"),
        ("code,label,valid_from,valid_to\nA,x,,\nA,y,,\n", "line 3: the code 'A' is there twice"),
        ("code,label,valid_from,valid_to\nA,,,\n", "line 2: the label '' is empty"),
        ("code,label,valid_from,valid_to\nA,x,31/03/2020,\n", "line 2: '31/03/2020' is no date"),
        ("code,label,valid_from,valid_to\nA,x,2021-01-01,2020-01-01\n", "line 2: retired on"),
        ("code,label,valid_from,valid_to\nA,x\n", "line 2: 2 cells"),
        ("code,label,valid_from,valid_to\n", "no codes"),
    ],
)
def test_a_fault_is_named_with_its_line(tmp_path: Path, lines: str, fault: str) -> None:
    path = tmp_path / "made_up.csv"
    path.write_text(lines, encoding="utf-8")
    with pytest.raises(CodeSetFault, match=fault):
        read_code_set(path)


def test_all_faults_of_a_file_are_reported_at_once(tmp_path: Path) -> None:
    path = tmp_path / "made_up.csv"
    path.write_text("code,label,valid_from,valid_to\n,x,,\nB,,,\n", encoding="utf-8")
    with pytest.raises(CodeSetFault) as found:
        read_code_set(path)
    assert str(found.value).count("\n") == 1
