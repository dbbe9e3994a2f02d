"""Periods, groups, what was known when, and explanations that add up, over every indicator at once."""

from dataclasses import replace
from datetime import date

import polars as pl
import pytest

from goldenthread.indicators import BOARD, INDICATORS, Basis, Dimension, Unit, explain, figures, find
from goldenthread.indicators.compute import first_day
from indicators.authority import authority
from indicators.drawn import dataset
from indicators.figure import counts, figure

AUTHORITY = authority(1)


@pytest.mark.parametrize(("on", "known_on"), [(date(2018, 3, 31), None), (date(2019, 5, 17), date(2019, 5, 20))])
def test_every_explanation_adds_up_to_its_figure(on: date, known_on: date | None) -> None:
    made = figures(AUTHORITY, INDICATORS.values(), [on], known_on=known_on)
    for indicator, row in zip(INDICATORS.values(), made.iter_rows(named=True), strict=True):
        if row["numerator"] is None:
            continue
        rows = explain(AUTHORITY, indicator, on, known_on)
        assert rows.filter("in_numerator")["amount"].sum() == pytest.approx(row["numerator"], abs=1e-6), indicator.key
        if indicator.counts_denominator:
            weighed = rows.filter("in_denominator")["weight"].sum()
            assert weighed == pytest.approx(row["denominator"], abs=1e-6), indicator.key


def test_chance_gives_every_indicator_something_to_count() -> None:
    made = figures(AUTHORITY, INDICATORS.values(), [date(2019, 3, 31), date(2018, 3, 31), date(2017, 3, 31)])
    never = made.group_by("indicator").agg(pl.col("numerator").max()).filter(pl.col("numerator").is_null())
    assert never["indicator"].to_list() == []


def test_shares_are_never_of_less_than_they_count() -> None:
    shares = [i for i in INDICATORS.values() if i.unit is Unit.PERCENT and i.section != "Workforce"]
    made = figures(AUTHORITY, shares, [date(2018, 3, 31), date(2019, 6, 30)])
    assert made.filter(pl.col("numerator") > pl.col("denominator")).is_empty()


def test_many_days_at_once_are_as_one_by_one() -> None:
    ends = [date(2017, 2, 28), date(2018, 3, 31), date(2018, 4, 1), date(2019, 6, 30)]
    together = figures(AUTHORITY, INDICATORS.values(), ends)
    apart = pl.concat([figures(AUTHORITY, INDICATORS.values(), [end]) for end in ends])
    assert together.sort("indicator", "on").equals(apart.sort("indicator", "on"))


@pytest.mark.parametrize("by", list(Dimension))
def test_groups_add_up_to_the_whole(by: Dimension) -> None:
    made = figures(AUTHORITY, INDICATORS.values(), [date(2019, 3, 31)], by=by)
    parts = made.filter(pl.col("group") != "").group_by("indicator").agg(pl.col("numerator", "denominator").sum())
    whole = made.filter(pl.col("group") == "").join(parts, on="indicator", suffix="_of_parts")
    assert whole.height > 60
    for row in whole.iter_rows(named=True):
        assert row["numerator_of_parts"] == pytest.approx(row["numerator"], abs=1e-6), row["indicator"]
        if find(row["indicator"]).counts_denominator:
            assert row["denominator_of_parts"] == pytest.approx(row["denominator"], abs=1e-6), row["indicator"]


REFERRALS = """
    child_id received_on
    ann      2018-07-01
    ann      2018-06-30
    ben      2019-03-31
    cat      2019-04-01
    dan      2019-05-31
    eve      2019-06-30
    fay      2019-07-01
    """


@pytest.mark.parametrize(
    ("basis", "count"),
    [
        (Basis.YEAR_TO_DATE, 3),
        (Basis.ROLLING_12_MONTHS, 5),
        (Basis.MONTH, 1),
        (Basis.QUARTER, 3),
        (Basis.THREE_YEARS, 6),
    ],
)
def test_the_same_rows_serve_every_period(basis: Basis, count: int) -> None:
    assert figure(dataset(referrals=REFERRALS), "MI Pack 1", "2019-06-30", basis=basis)[0] == count


def test_rolling_year_that_ends_on_leap_day_begins_on_the_first_of_march() -> None:
    assert first_day(Basis.ROLLING_12_MONTHS, date(2020, 2, 29)) == date(2019, 3, 1)
    assert first_day(Basis.ROLLING_12_MONTHS, date(2019, 2, 28)) == date(2018, 3, 1)
    assert first_day(Basis.ROLLING_12_MONTHS, date(2019, 6, 30)) == date(2018, 7, 1)


def test_children_counted_once_a_year_have_no_monthly_figure() -> None:
    by_month = replace(find("CLA_START"), basis=Basis.MONTH)
    made = figures(AUTHORITY, [by_month], [date(2019, 3, 31)]).row(0, named=True)
    assert made["numerator"] is made["value"] is None


def test_what_was_recorded_later_is_not_seen() -> None:
    drawn = dataset(
        cp_plans="""
        child_id started_on ended_on   recorded_at      ended_recorded_at
        ann      2019-01-01 2019-05-01 2019-01-02T09:00 2019-06-20T09:00
        ben      2019-05-01 -          2019-06-11T00:00 -
        cat      2019-01-01 2019-05-01 -                -
        """
    )
    assert counts(drawn, "CP_DURATION", "2019-05-31")[1] == 1  # ben, as we know today
    assert figure(drawn, "CP_DURATION", "2019-05-31", known_on="2019-06-10")[1] == 1  # ann, as was thought then
    assert figure(drawn, "CP_DURATION", "2019-05-31", known_on="2019-06-11")[1] == 2
    assert figure(drawn, "CP_DURATION", "2019-05-31", known_on="2019-06-20")[1] == 1


def test_no_denominator_gives_no_value_and_nought_of_something_gives_nought() -> None:
    drawn = dataset(contacts="child_id received_on outcome\nann 2019-04-01 information")
    assert figure(drawn, "CSC02", "2019-06-30") == (0, 1, 0.0)
    assert figure(drawn, "CSC02", "2019-03-31") == (0, 0, None)


def test_absent_table_gives_no_figure_at_all() -> None:
    assert figure(dataset(), "CSC02", "2019-06-30") == (None, None, None)


def test_age_band_of_a_flow_is_of_its_day_and_of_spans_of_the_day_asked() -> None:
    drawn = dataset(
        people="person_id born_on\nann 2014-07-01\nben -",
        referrals="child_id received_on\nann 2019-06-30\nann 2019-07-01\nben 2019-07-01",
        cp_plans="child_id started_on\nann 2019-01-01",
    )
    flow = figures(drawn, [find("REF_NFA"), find("MI Pack 1")], [date(2019, 7, 1)], by="age_band")
    flow = flow.filter(pl.col("indicator") == "MI Pack 1")
    assert dict(flow.select("group", "numerator").iter_rows()) == {"": 3, "1 to 4": 1, "5 to 9": 1, "Not known": 1}
    spans = figures(drawn, [find("EFL2")], [date(2019, 6, 30), date(2019, 7, 1)], by="age_band")
    held = {(row["group"], row["on"].day): row["numerator"] for row in spans.iter_rows(named=True)}
    assert (held["1 to 4", 30], held["5 to 9", 30]) == (1, 0)
    assert (held["1 to 4", 1], held["5 to 9", 1]) == (0, 1)


def test_team_is_the_one_that_held_the_child_that_day() -> None:
    drawn = dataset(
        referrals="child_id received_on\nann 2019-05-01\nann 2019-06-01\nann 2019-06-02",
        allocations="""
        child_id team started_on ended_on
        ann      East 2019-05-01 2019-06-01
        ann      West 2019-06-01 2019-06-02
        """,
    )
    made = figures(drawn, [find("MI Pack 1")], [date(2019, 6, 30)], by=Dimension.TEAM)
    assert dict(made.select("group", "numerator").iter_rows()) == {"": 3, "East": 1, "West": 1, "Not known": 1}


def test_rate_of_a_ward_divides_by_the_wards_children() -> None:
    drawn = dataset(
        people="person_id ward\nann Riverside\nben Hilltop",
        referrals="child_id received_on\nann 2019-05-01\nben 2019-05-01",
        population="authority year ward children\nY 2019 - 10000\nY 2019 Riverside 2000",
    )
    made = figures(drawn, [find("MI Pack 1")], [date(2019, 6, 30)], by=Dimension.WARD)
    values = dict(made.select("group", "value").iter_rows())
    assert values == {"": 2.0, "Riverside": 5.0, "Hilltop": None}


def test_an_unknown_dimension_is_refused() -> None:
    with pytest.raises(ValueError, match="shoe_size"):
        figures(AUTHORITY, BOARD, [date(2019, 3, 31)], by="shoe_size")
