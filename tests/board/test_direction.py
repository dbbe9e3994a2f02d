"""Direction of travel: what the chart shows, read with the polarity and the last whole year."""

import pytest

from goldenthread.board.control import chart
from goldenthread.board.direction import travel

RISEN = chart([10.0, 12.0] * 12 + [30.0])
FALLEN = chart([30.0, 32.0] * 12 + [10.0])
STEADY = chart([10.0, 12.0] * 12)


@pytest.mark.parametrize(
    ("drawn", "polarity", "since_last_year", "word", "rating"),
    [
        (RISEN, "Up is Good", 5.0, "Improving", "Green"),
        (RISEN, "Up is Bad", 5.0, "Getting worse", "Red"),
        (FALLEN, "Up is Good", -5.0, "Getting worse", "Red"),
        (FALLEN, "Up is Bad", -5.0, "Improving", "Green"),
        (RISEN, "Up is Good", None, "Improving", "Green"),  # nothing to set beside it: the chart stands
        (RISEN, "Up is Good", 0.0, "Improving", "Green"),
        (RISEN, "Up is Good", -0.1, "Mixed", "Neutral"),  # above its mean, yet below last year
        (FALLEN, "Up is Bad", 0.1, "Mixed", "Neutral"),
        (RISEN, "Neutral", -5.0, "Higher", "Neutral"),
        (STEADY, "Up is Good", 5.0, "No change shown", "Neutral"),
        (None, "Up is Good", 5.0, "Cannot tell", ""),
    ],
)
def test_a_row_is_rated_only_where_chart_and_year_agree(drawn, polarity, since_last_year, word, rating) -> None:  # type: ignore[no-untyped-def]
    found = travel(drawn, 25, polarity, since_last_year)
    assert (found.word, found.rating) == (word, rating)


def test_mixed_says_both_sides() -> None:
    assert travel(RISEN, 25, "Up is Good", -0.1).because.endswith("; but lower than in the last whole year")
