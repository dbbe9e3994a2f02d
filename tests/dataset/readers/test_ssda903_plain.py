"""The quick way to read a CSV file gives what the careful way gives, or nothing."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.dataset.readers.common import LINE
from goldenthread.dataset.readers.ssda903_load import RawReturn, _csv_rows, _frame, _of_rows, load_tables
from goldenthread.dataset.readers.ssda903_plain import plain_rows
from goldenthread.dataset.rejects import Rejects

COLUMNS = ["CHILD", "DOB", "REVIEW", "REVIEW_CODE"]
PLAIN = ["A1", "01/05/2025", "é", " ", "", "  x ", "a\tb", "\t", "x" * 501, "\x0b", "\u2028"]
ODD = ['"', '""', '"A1"', '"a,b"', 'a"b', '" "', ' "A1"', '"a""b"', ",", "\r", "\n", '"\n"', '"a\r"']
ENDS = ["\n", "\r\n", "\n\n", "\n,,,\n", "\r\r\n", '\n"","","",""\n', "\n   \n"]


def both_ways(body: str) -> tuple[pl.DataFrame | None, pl.DataFrame, RawReturn]:
    """The table read quickly, if it is; the table read carefully, and what was listed on the way."""
    text = f"{','.join(COLUMNS)}\n{body}"
    file, raw = Path("reviews.csv"), RawReturn({}, Rejects(), Rejects())
    raw.rows_in[file] = 0
    places = {name: place for place, name in enumerate(COLUMNS)}
    rows = list(_csv_rows(file, "Reviews", text.split("\n"), COLUMNS, places, raw))
    careful = _frame(file, "Reviews", tuple(COLUMNS), _of_rows(COLUMNS, rows), raw)
    quick = plain_rows(text, len(COLUMNS))
    if quick is None:
        return None, careful, raw
    quick = quick.select(LINE, **{name: pl.col(str(place)) for name, place in places.items()})
    return _frame(file, "Reviews", tuple(COLUMNS), quick, RawReturn({}, Rejects(), Rejects())), careful, raw


def lines(cells: list[str], least: int, most: int) -> st.SearchStrategy[str]:
    line = st.lists(st.sampled_from(cells), min_size=least, max_size=most).map(",".join)
    return st.lists(st.tuples(line, st.sampled_from(ENDS)), max_size=6).map(
        lambda parts: "".join(text + end for text, end in parts)
    )


@given(lines(PLAIN + ODD, 3, 5), st.booleans())
def test_a_file_has_one_meaning_however_odd(body: str, ended: bool) -> None:
    quick, careful, raw = both_ways(body if ended else body.rstrip("\r\n"))
    if quick is not None:
        assert quick.equals(careful)
        assert quick.schema == careful.schema
        assert all(reject.reason.startswith("is longer") for reject in raw.rejects.found)
        assert raw.rows_in[Path("reviews.csv")] == quick.height


@given(
    st.lists(st.lists(st.sampled_from(PLAIN), min_size=4, max_size=4), min_size=1, max_size=6),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from(["none", "all", "some"]),
    st.booleans(),
)
def test_a_plain_file_is_read_quickly_quoted_or_not(rows: list[list[str]], end: str, quoted: str, ended: bool) -> None:
    marks = {"none": lambda place: False, "all": lambda place: True, "some": lambda place: place % 2 == 0}[quoted]
    written = [",".join(f'"{cell}"' if marks(place) else cell for place, cell in enumerate(row)) for row in rows]
    quick, careful, _ = both_ways(end.join(written) + (end if ended else ""))
    assert quick is not None
    assert quick.equals(careful)


@pytest.mark.parametrize(
    "body",
    [
        "A1,01/05/2025,02/06/2025\n",
        "A1,01/05/2025,02/06/2025,PN1,\n",
        "A1,,,\n\nA2,,,\n",
        "\nA1,,,\n",
        '"A,1",,\n',
        'A1,"a""b",,\n',
        'A1,a"b",,\n',
        'A1,,,"\n',
        "A1,,,\rA2,,,\n",
        "A1,,\nA2,,,,\n",
        "",
    ],
)
def test_an_odd_file_is_left_to_the_careful_way(body: str) -> None:
    quick, _, _ = both_ways(body)
    assert quick is None


@pytest.mark.parametrize("blank", [",,,", " ,,, ", '"",""," ",""'])
@pytest.mark.parametrize("last", ["A2,,,PN2", 'A2,,,"PN""2"'], ids=["plain", "odd"])
def test_a_blank_row_is_no_row_and_lines_keep_their_numbers(tmp_path: Path, blank: str, last: str) -> None:
    (tmp_path / "r.csv").write_text(f"CHILD,DOB,REVIEW,REVIEW_CODE\nA1,,,PN1\n{blank}\n{last}\n", "utf-8")
    raw = load_tables(tmp_path / "r.csv")
    assert raw.tables["Reviews"].select("CHILD", LINE).rows() == [("A1", 2), ("A2", 4)]
    assert list(raw.rows_in.values()) == [2]
    assert not len(raw.rejects)


def test_columns_in_another_order_and_unknown_ones_are_read_as_before(tmp_path: Path) -> None:
    (tmp_path / "r.csv").write_text("review,NOTE,child,dob,REVIEW_CODE\n01/05/2025,n,A1,02/03/2015,PN1\n", "utf-8")
    raw = load_tables(tmp_path / "r.csv")
    assert raw.tables["Reviews"].columns == [LINE, "REVIEW", "CHILD", "DOB", "REVIEW_CODE", "_file"]
    assert raw.tables["Reviews"].row(0) == (2, "01/05/2025", "A1", "02/03/2015", "PN1", "r.csv")
    assert [reject.column for reject in raw.rejects.found] == ["NOTE"]


def test_a_cell_beyond_all_reason_is_listed_with_its_line(tmp_path: Path) -> None:
    long, short = "é" * 501, "é" * 500
    (tmp_path / "r.csv").write_text(f"CHILD,DOB,REVIEW,REVIEW_CODE\nA1,,,{short}\nA2,,,{long}\n", "utf-8")
    raw = load_tables(tmp_path / "r.csv")
    assert raw.tables["Reviews"]["REVIEW_CODE"].to_list() == [short, None]
    assert [(reject.row, reject.column) for reject in raw.rejects.found] == [(3, "REVIEW_CODE")]
