"""What was recorded after a day is not seen as at that day."""

from datetime import date, datetime

import polars as pl
import pytest

from goldenthread.dataset.asof import as_known
from goldenthread.dataset.store import Manifest, dataset_of

# period  ended_on     that was recorded  why
# open    -            -                  -
# early   1 May        2 May              E4A
# late    1 May        20 May             E4A
# unsaid  1 May        -                  E4A
# no day  -            -                  E4A
PERIODS = pl.DataFrame(
    [
        ("open", None, None, None),
        ("early", date(2019, 5, 1), datetime(2019, 5, 2, 9), "E4A"),
        ("late", date(2019, 5, 1), datetime(2019, 5, 20, 9), "E4A"),
        ("unsaid", date(2019, 5, 1), None, "E4A"),
        ("no day", None, None, "E4A"),
    ],
    schema={
        "care_period_id": pl.String,
        "ended_on": pl.Date,
        "ended_recorded_at": pl.Datetime("us"),
        "end_reason": pl.String,
    },
    orient="row",
).with_columns(child_id=pl.lit("C1"), started_on=pl.lit(date(2019, 1, 1)))


@pytest.mark.parametrize(
    ("known_on", "ended", "with_reason"),
    [
        (date(2019, 4, 30), set(), {"no day"}),
        (date(2019, 5, 1), {"unsaid"}, {"unsaid", "no day"}),
        (date(2019, 5, 2), {"unsaid", "early"}, {"unsaid", "early", "no day"}),
        (date(2019, 5, 20), {"unsaid", "early", "late"}, {"unsaid", "early", "late", "no day"}),
    ],
)
def test_why_a_period_ended_is_known_with_the_day_it_ended(
    known_on: date, ended: set[str], with_reason: set[str]
) -> None:
    data = as_known(dataset_of({"care_periods": PERIODS}, Manifest(as_at=date(2019, 6, 30))), known_on)
    (found,) = data.collect(data.lazy("care_periods"))
    assert set(found.filter(pl.col("ended_on").is_not_null())["care_period_id"]) == ended
    assert set(found.filter(pl.col("end_reason").is_not_null())["care_period_id"]) == with_reason
