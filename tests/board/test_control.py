"""The control chart calls a movement a change only when a rule of "Making Data Count" says so."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from goldenthread.board.control import FEWEST_POINTS, SHIFT, TREND, Rule, Side, chart, limits

months = st.lists(st.integers(0, 400).map(float), min_size=FEWEST_POINTS, max_size=48)


def rules(values: list[float]) -> set[Rule]:
    found = chart(values)
    assert found is not None
    return {signal.rule for signal in found.signals}


def test_limits_are_the_mean_and_266_mean_moving_ranges() -> None:
    # ranges 2, 2, 4: mean 8/3
    assert limits([10, 12, 10, 14]) == pytest.approx((11.5, 11.5 - 2.66 * 8 / 3, 11.5 + 2.66 * 8 / 3))


def test_eleven_months_give_no_verdict() -> None:
    assert chart([1.0, 9.0] * 5 + [1.0]) is None
    assert chart([1.0, 9.0] * 6) is not None


def test_limits_of_one_value_are_refused() -> None:
    with pytest.raises(ValueError, match="two values"):
        limits([3.0])


def test_steady_noise_is_no_change() -> None:
    assert rules([10.0, 12.0] * 12) == set()


def test_values_that_never_vary_are_no_change() -> None:
    assert rules([7.0] * 20) == set()


def test_one_month_beyond_the_limit_is_a_change() -> None:
    found = chart([10.0, 12.0] * 12 + [30.0])
    assert found is not None
    assert (found.signals[0].rule, found.side) == (Rule.OUTSIDE, Side.HIGH)
    assert found.signals[0].sentence == "the latest month is outside the upper limit"


def test_an_old_spike_says_nothing_about_now() -> None:
    assert rules([60.0] + [8.0, 16.0] * 12) == set()


@pytest.mark.parametrize(("run", "signalled"), [(SHIFT - 1, False), (SHIFT, True)])
def test_seven_months_on_one_side_are_a_shift_and_six_are_not(run: int, signalled: bool) -> None:
    values = [10.0, 16.0] * 14 + [10.0] + [14.0, 14.5, 14.2, 14.4, 14.1, 14.6, 14.3][:run]
    assert (Rule.SHIFT in rules(values)) is signalled


@pytest.mark.parametrize(("rises", "signalled"), [(TREND - 1, False), (TREND, True)])
def test_six_rises_in_a_row_are_a_trend_and_five_are_not(rises: int, signalled: bool) -> None:
    values = [10.0, 20.0] * 10 + [12.0 + step / 2 for step in range(rises + 1)]
    assert (Rule.TREND in rules(values)) is signalled


def test_two_of_three_months_close_to_a_limit_are_a_change() -> None:
    # mean near 11, limits near 11 +- 5.5; the outer third begins near 14.6
    assert Rule.NEAR_LIMIT in rules([10.0, 12.0] * 15 + [15.2, 12.0, 15.2])
    assert Rule.NEAR_LIMIT not in rules([10.0, 12.0] * 15 + [15.2, 10.0, 15.2])


@given(months)
def test_limits_stand_evenly_about_a_mean_among_the_values(values: list[float]) -> None:
    mean, lower, upper = limits(values)
    assert upper - mean == pytest.approx(mean - lower)
    assert min(values) - 1e-9 <= mean <= max(values) + 1e-9


@given(months)
def test_turning_the_chart_upside_down_turns_every_signal(values: list[float]) -> None:
    as_is, mirrored = chart(values), chart([400 - value for value in values])
    assert as_is and mirrored
    # A point that rounding puts on the mean, or on a limit, may fall either way.
    assume(all(abs(value - line) > 1e-6 for value in values for line in (as_is.mean, as_is.lower, as_is.upper)))
    turned = {Side.HIGH: Side.LOW, Side.LOW: Side.HIGH}
    assert [(s.rule, turned[s.side], s.points) for s in as_is.signals if s.rule is not Rule.NEAR_LIMIT] == [
        (s.rule, s.side, s.points) for s in mirrored.signals if s.rule is not Rule.NEAR_LIMIT
    ]


@given(months, st.integers(2, 9), st.integers(-50, 50))
def test_the_verdict_does_not_depend_on_the_unit(values: list[float], scale: int, offset: int) -> None:
    as_is, scaled = chart(values), chart([value * scale + offset for value in values])
    assert as_is and scaled
    near = [as_is.mean + (as_is.upper - as_is.mean) * third / 3 for third in (-3, -2, 0, 2, 3)]
    assume(all(abs(value - line) > 1e-6 for value in values for line in near))
    assert as_is.signals == scaled.signals


@given(months)
def test_a_signal_outside_the_limits_is_outside_them(values: list[float]) -> None:
    found = chart(values)
    assert found is not None
    outside = any(signal.rule is Rule.OUTSIDE for signal in found.signals)
    assert outside == (not found.lower <= values[-1] <= found.upper)
