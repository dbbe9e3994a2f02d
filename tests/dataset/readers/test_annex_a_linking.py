"""Links between rows: the spell open on a day, against the same asked one row at a time."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from goldenthread.dataset.readers.linking import Spells, linked, open_then

FIRST = date(2024, 1, 1)
SCHEMA = {"referral_id": pl.String, "child_id": pl.String, "received_on": pl.Date, "closed_on": pl.Date}

days = st.integers(0, 30).map(lambda number: FIRST + timedelta(days=number))
children = st.sampled_from("AB")


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.tuples(children, days, st.none() | st.integers(0, 10)), max_size=8),
    st.lists(st.tuples(children, st.none() | days), max_size=8),
    st.integers(0, 3),
)
def test_the_latest_spell_not_yet_ended_is_found(
    spans: list[tuple[str, date, int | None]], asked: list[tuple[str, date | None]], grace: int
) -> None:
    rows = [
        (f"R{number}", child, start, None if length is None else start + timedelta(days=length))
        for number, (child, start, length) in enumerate(spans)
    ]
    spells = Spells(pl.DataFrame(rows, schema=SCHEMA, orient="row"), "referral_id", "received_on", "closed_on")
    frame = pl.DataFrame(asked, schema={"child_id": pl.String, "day": pl.Date}, orient="row")

    def expected(child: str, day: date | None) -> str | None:
        begun = [row for row in rows if day and row[1] == child and row[2] <= day]
        if not begun or day is None:
            return None
        name, _, _, end = max(begun, key=lambda row: (row[2], row[0]))
        return name if end is None or end + timedelta(days=grace) >= day else None

    assert open_then(frame, "day", spells, grace=grace).to_list() == [expected(child, day) for child, day in asked]


def test_a_link_already_there_stays() -> None:
    spells = Spells(
        pl.DataFrame([("R1", "A", FIRST, None)], schema=SCHEMA, orient="row"), "referral_id", "received_on", "closed_on"
    )
    frame = pl.DataFrame({"child_id": ["A", "A"], "day": [FIRST, FIRST], "referral_id": ["R9", None]})
    assert linked(frame, "day", spells)["referral_id"].to_list() == ["R9", "R1"]
