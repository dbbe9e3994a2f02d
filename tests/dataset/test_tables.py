"""Every declaration of a table holds together: links, codes and the columns it names exist."""

from importlib.resources import files

import pytest

from goldenthread.dataset.schema import Kind, Table, day, key, text
from goldenthread.dataset.tables import TABLES

EVERY = pytest.mark.parametrize("table", TABLES.values(), ids=TABLES.keys())


@EVERY
def test_links_lead_to_a_column_that_exists(table: Table) -> None:
    for column in table.columns:
        if column.links_to:
            other, name = column.links_to.split(".")
            assert TABLES[other].column(name).kind is Kind.IDENTIFIER


@EVERY
def test_codes_have_a_code_set(table: Table) -> None:
    held = {path.name for path in files("goldenthread.codesets").joinpath("data").iterdir()}
    assert {f"{column.codes}.csv" for column in table.columns if column.codes} <= held


@EVERY
def test_every_column_is_described_and_every_quantity_has_a_unit(table: Table) -> None:
    for column in table.columns:
        assert column.description
        if column.kind in (Kind.WHOLE, Kind.NUMBER, Kind.DAY, Kind.MOMENT):
            assert column.unit, f"{table.name}.{column.name}"


@EVERY
def test_every_dated_row_can_say_when_it_was_recorded(table: Table) -> None:
    dated = [column for column in table.columns if column.kind is Kind.DAY and column.known]
    assert not dated or "recorded_at" in table.schema


def test_a_declaration_naming_a_column_it_lacks_is_refused() -> None:
    with pytest.raises(ValueError, match="does not declare: \\['ended_on'\\]"):
        Table("t", "s", "d", key=("t_id",), columns=(key("t_id", "k"),), order=(("t_id", "ended_on"),))


def test_a_column_declared_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="declares a column twice"):
        Table("t", "s", "d", key=("on",), columns=(day("on", "a", known=None), day("on", "b", known=None)))


def test_a_fact_known_with_a_day_of_which_no_recording_is_declared_is_refused() -> None:
    columns = (key("t_id", "k"), day("ended_on", "a", known=None), text("why", "b", known_with="ended_on"))
    with pytest.raises(ValueError, match="does not say when these days were recorded: \\['ended_on'\\]"):
        Table("t", "s", "d", key=("t_id",), columns=columns)


def test_a_fact_known_with_a_day_that_is_not_declared_is_refused() -> None:
    with pytest.raises(ValueError, match="does not declare: \\['ended_on'\\]"):
        Table("t", "s", "d", key=("t_id",), columns=(key("t_id", "k"), text("why", "b", known_with="ended_on")))
