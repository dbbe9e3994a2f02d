"""One date and a whole column must agree, on every engine."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import narwhals as nw
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldenthread.dates import (
    COUNTABLE,
    UNITS_OF,
    Counting,
    OutsideCalendar,
    Unit,
    age,
    age_on,
    due,
    from_utc,
    is_working_day,
    plus_months,
    to_utc,
    with_due,
    with_due_by_rule,
    with_local,
    with_plus_months,
    with_utc,
    with_working_day,
    with_working_days_between,
    working_days_between,
)

PAIRS = [(counting, unit) for counting in Counting for unit in sorted(UNITS_OF[counting]) if counting in COUNTABLE]
DAYS = st.dates(date(1989, 12, 1), date(2036, 1, 31))
MOMENTS = st.datetimes(datetime(1990, 1, 1), datetime(2035, 1, 1)).map(lambda at: at.replace(microsecond=0))
COLUMN = settings(max_examples=30, deadline=None)


def scalar(trigger: date | None, number: int | None, unit: Unit, counting: Counting) -> date | datetime | None:
    if trigger is None or number is None:
        return None
    try:
        return due(trigger, number, unit, counting)
    except OutsideCalendar:
        return None


def column(rows: pl.DataFrame, *args: Any) -> list[Any]:
    made: pl.DataFrame = with_due(nw.from_native(rows.lazy()), *args).to_native().collect()
    return made.sort("row")["due"].to_list()


@pytest.mark.parametrize(("counting", "unit"), PAIRS)
@COLUMN
@given(rows=st.lists(st.tuples(st.none() | DAYS, st.none() | st.integers(0, 80)), min_size=1, max_size=30))
def test_a_column_gives_what_one_date_gives(
    counting: Counting, unit: Unit, rows: list[tuple[date | None, int | None]]
) -> None:
    frame = pl.DataFrame(
        [(row, trigger, number) for row, (trigger, number) in enumerate(rows)],
        schema={"row": pl.Int64, "trigger": pl.Date, "number": pl.Int64},
        orient="row",
    )
    expected = [scalar(trigger, number, unit, counting) for trigger, number in rows]
    assert column(frame, "trigger", "number", unit, counting) == expected
    fixed = rows[0][1] or 0
    expected = [scalar(trigger, fixed, unit, counting) for trigger, _ in rows]
    assert column(frame, "trigger", fixed, unit, counting) == expected


@COLUMN
@given(moments=st.lists(MOMENTS, min_size=1, max_size=20), hours=st.integers(0, 500))
def test_hours_run_from_the_moment(moments: list[datetime], hours: int) -> None:
    frame = pl.DataFrame(
        {"row": range(len(moments)), "trigger": moments}, schema_overrides={"trigger": pl.Datetime("us")}
    )
    expected = [due(at, hours, "hours", "elapsed_hours") for at in moments]
    assert column(frame, "trigger", hours, "hours", "elapsed_hours") == expected
    by_day = [scalar(at, 3, Unit.working_days, Counting.wd_day0) for at in moments]
    assert column(frame, "trigger", 3, "working_days", "wd_day0") == by_day


LONDON = ZoneInfo("Europe/London")
NEAR_A_CHANGE = [
    datetime(2026, month, day, hour, 30) for month, day in ((3, 29), (10, 25)) for hour in (0, 1, 2, 23)
]  # fmt: skip


@COLUMN
@given(moments=st.lists(st.datetimes(datetime(1996, 1, 2), datetime(2035, 1, 1)) | st.sampled_from(NEAR_A_CHANGE),
                        min_size=1))  # fmt: skip
def test_clock_times_are_the_moments_that_england_shows(moments: list[datetime]) -> None:
    def shown(at: datetime, fold: int) -> datetime:
        return at.replace(tzinfo=LONDON, fold=fold).astimezone(UTC).replace(tzinfo=None)

    firsts, seconds = [shown(at, 0) for at in moments], [shown(at, 1) for at in moments]
    local_times = [at.replace(tzinfo=UTC).astimezone(LONDON).replace(tzinfo=None, fold=0) for at in moments]
    assert [to_utc(at, first=True) for at in moments] == firsts
    assert [to_utc(at) for at in moments] == seconds
    assert [from_utc(at) for at in moments] == local_times
    columns = pl.DataFrame(
        dict.fromkeys(("a", "b", "c"), moments), schema=dict.fromkeys(("a", "b", "c"), pl.Datetime("us"))
    )
    made = with_local(with_utc(nw.from_native(columns.lazy()), ["b"], firsts=["a"]), "c").to_native()
    assert made.collect().rows() == list(zip(firsts, seconds, local_times, strict=True))


RULES = st.sampled_from([(c, u) for c in Counting for u in sorted(UNITS_OF[c])])
MIXED = st.lists(st.tuples(DAYS, st.none() | MOMENTS, st.none() | st.integers(0, 60), RULES), min_size=1, max_size=40)


def expected_by_rule(
    day: date, moment: datetime | None, number: int | None, rule: tuple[Counting, Unit]
) -> tuple[date | None, datetime | None]:
    counting, unit = rule
    hours = counting is Counting.elapsed_hours
    found = scalar(moment if hours and moment else day, number, unit, counting)
    return (found.date(), found) if isinstance(found, datetime) else (found, None)


@COLUMN
@given(rows=MIXED)
def test_all_rules_in_one_pass_give_what_each_gives_alone(
    rows: list[tuple[date, datetime | None, int | None, tuple[Counting, Unit]]],
) -> None:
    frame = pl.DataFrame(
        [(n, day, at, number, rule[1].value, rule[0].value) for n, (day, at, number, rule) in enumerate(rows)],
        schema={
            "row": pl.Int64,
            "day": pl.Date,
            "at": pl.Datetime("us"),
            "number": pl.Int64,
            "unit": pl.String,
            "counting": pl.String,
        },
        orient="row",
    )
    made = with_due_by_rule(nw.from_native(frame.lazy()), day="day", moment="at").to_native().collect().sort("row")
    assert made.select("due_on", "due_at").rows() == [expected_by_rule(*row) for row in rows]
    assert made.columns == [*frame.columns, "due_on", "due_at"]


@COLUMN
@given(pairs=st.lists(st.tuples(DAYS, DAYS), min_size=1, max_size=30))
def test_working_days_between_agree(pairs: list[tuple[date, date]]) -> None:
    frame = pl.DataFrame({"row": range(len(pairs)), "a": [a for a, _ in pairs], "b": [b for _, b in pairs]})
    made = with_working_days_between(nw.from_native(frame.lazy()), "a", "b", "days").to_native().collect().sort("row")

    def one(a: date, b: date) -> int | None:
        try:
            return working_days_between(a, b)
        except OutsideCalendar:
            return None

    assert made["days"].to_list() == [one(a, b) for a, b in pairs]


@COLUMN
@given(
    births=st.lists(st.dates(date(1930, 1, 1), date(2026, 1, 1)), min_size=1, max_size=30),
    on=DAYS,
    months=st.integers(-60, 60),
)
def test_ages_and_months_agree(births: list[date], on: date, months: int) -> None:
    frame = nw.from_native(pl.DataFrame({"born": [*births, date(2004, 2, 29)]}).lazy())
    made = (
        with_plus_months(frame.with_columns(age("born", on).alias("age")), "born", months, "later")
        .to_native()
        .collect()
    )
    for row in made.iter_rows(named=True):
        assert row["age"] == age_on(row["born"], on)
        assert row["later"] == plus_months(row["born"], months)


def test_a_missing_trigger_gives_no_due_date() -> None:
    frame = pl.DataFrame({"row": [0], "trigger": [None]}, schema_overrides={"trigger": pl.Date})
    assert column(frame, "trigger", 3, "months", "months_corresponding") == [None]


def test_a_negative_number_in_a_column_gives_no_due_date() -> None:
    frame = pl.DataFrame({"row": [0], "trigger": [date(2019, 1, 1)], "number": [-1]})
    assert column(frame, "trigger", "number", "months", "months_corresponding") == [None]
    assert column(frame, "trigger", "number", "working_days", "wd_day0") == [None]


def test_working_days_are_marked() -> None:
    frame = nw.from_native(pl.DataFrame({"day": [date(2022, 9, 19), date(2022, 9, 20), date(2050, 1, 1)]}).lazy())
    made = with_working_day(frame, "day", "open").to_native().collect().sort("day")
    assert made["open"].to_list() == [is_working_day(date(2022, 9, 19)), is_working_day(date(2022, 9, 20)), None]


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    pytest.importorskip("pyspark.sql")
    from goldenthread.dataset.spark import SAME_ANSWERS, session

    # A zone with summer time: a day must not be lost where the clocks go back. The session is every test's: put back.
    zone = "spark.sql.session.timeZone"
    session().conf.set(zone, "Europe/London")
    yield session()
    session().conf.set(zone, SAME_ANSWERS[zone])


@pytest.mark.spark
def test_spark_gives_what_polars_gives(spark: Any) -> None:
    starts = [
        date(2019, 1, 31),
        date(2019, 3, 29),
        date(2019, 3, 31),
        date(2019, 10, 26),
        date(2020, 2, 29),
        date(2035, 12, 20),
    ]
    rows = [
        (index, day, datetime.combine(day, time(16, 30)), number, unit.value, counting.value)
        for index, (day, number, (counting, unit)) in enumerate(
            (day, number, pair) for day in starts for number in (0, 1, 6, 72) for pair in PAIRS
        )
    ]
    schema = "row int, day date, at timestamp_ntz, number int, unit string, counting string"
    columns = ["row", "day", "at", "number", "unit", "counting"]
    lazy = pl.DataFrame(rows, schema=columns, orient="row").lazy()
    asked = {"day": "day", "moment": "at"}
    polars = with_due_by_rule(nw.from_native(lazy), **asked).to_native().collect().sort("row").rows()
    native = spark.createDataFrame(rows, schema)
    made = with_due_by_rule(nw.from_native(native), **asked).to_native().orderBy("row").collect()
    assert [tuple(row) for row in made] == polars
