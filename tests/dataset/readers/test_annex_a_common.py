"""The parsing that the readers share: each rejected cell with its place, each lost row once."""

from __future__ import annotations

import polars as pl

from goldenthread.dataset import values
from goldenthread.dataset.readers import READERS
from goldenthread.dataset.readers.common import LINE, Field, parse_columns

FIELDS = [
    Field("CHILD", "child_id", values.identifier(), required=True),
    Field("DOB", "born_on", values.day(), required=True),
    Field("SCORE", "score", values.whole(least=0, most=40)),
    Field("ABSENT", "seen", values.flag()),
]


def raw(*rows: tuple[str | None, str | None, str | None]) -> pl.DataFrame:
    frame = pl.DataFrame(rows, schema={"CHILD": pl.String, "DOB": pl.String, "SCORE": pl.String}, orient="row")
    return frame.with_row_index(LINE, offset=2).with_columns(pl.col(LINE).cast(pl.Int64))


def test_rows_keep_their_line_and_absent_headings_give_empty_columns() -> None:
    frame, rejects = parse_columns(raw(("1", "01/02/2010", "12")), FIELDS, file="oc2.csv", place="OC2")
    assert frame.columns == [LINE, "child_id", "born_on", "score", "seen"]
    assert frame.row(0)[0] == 2
    assert frame.schema["seen"] == pl.Boolean
    assert not len(rejects)


def test_a_bad_cell_is_listed_with_its_place_and_what_to_do() -> None:
    frame, rejects = parse_columns(
        raw(("1", "01/02/2010", "12"), ("2", "01/02/2010", "41")), FIELDS, file="oc2.csv", place="OC2"
    )
    assert frame["score"].to_list() == [12, None]
    (reject,) = rejects.found
    assert (reject.file, reject.place, reject.row, reject.column, reject.value) == ("oc2.csv", "OC2", 3, "SCORE", "41")
    assert reject.reason == "is no whole number from 0 to 40"
    assert reject.what_to_do
    assert not reject.whole_row


def test_a_row_that_lacks_two_required_values_is_lost_once() -> None:
    frame, rejects = parse_columns(raw((None, "soon", "12"), ("2", "soon", "")), FIELDS, file="oc2.csv", place="OC2")
    assert not frame.height
    assert [(reject.row, reject.column, reject.value, reject.whole_row) for reject in rejects.found] == [
        (2, "CHILD", "", True),
        (3, "DOB", "soon", True),
    ]
    assert "is empty" in rejects.found[0].reason
    assert rejects.found[1].reason == "is no date"


def test_every_reader_of_the_command_is_there() -> None:
    for reader in READERS.values():
        assert callable(reader.read)
        __import__(reader.module)
