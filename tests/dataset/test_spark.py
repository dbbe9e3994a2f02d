"""A table comes back from Spark as it was written, whether it was handed over or read by Spark itself."""

import shutil
from datetime import date, datetime, timedelta
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from goldenthread.dataset.schema import POLARS_TYPES
from goldenthread.dataset.store import Manifest, conform, open_dataset, write_dataset

pytestmark = [
    pytest.mark.spark,
    pytest.mark.skipif(shutil.which("java") is None, reason="Spark needs Java, and there is none on this machine"),
]


def contacts(rows: int) -> pl.DataFrame:
    """Contacts an hour and a minute apart, so that some fall in the hours that clocks go back or forward over."""
    first = datetime(2019, 1, 1)
    return pl.DataFrame(
        {
            "contact_id": [f"contact {n * 7919 % 104729}" for n in range(rows)],
            "child_id": [f"C{n}" for n in range(rows)],
            "received_on": [date(2019, 1, 1) + timedelta(n % 365) for n in range(rows)],
            "received_at": [first + timedelta(minutes=61 * n) if n % 5 else None for n in range(rows)],
        }
    )


@pytest.mark.parametrize(("rows", "read_by_spark"), [(40, False), (20_000, True)])
def test_a_table_on_disk_is_the_same_on_spark(tmp_path: Path, rows: int, read_by_spark: bool) -> None:
    from goldenthread.dataset.spark import HANDED_OVER

    write_dataset(tmp_path / "d", {"contacts": contacts(rows)}, Manifest(as_at=date(2021, 12, 31)))
    assert ((tmp_path / "d" / "contacts.parquet").stat().st_size > HANDED_OVER) is read_by_spark
    data = open_dataset(tmp_path / "d", "spark")
    (found,) = data.collect(data.lazy("contacts"))
    assert_frame_equal(found, conform("contacts", contacts(rows)), check_row_order=False)


def test_every_kind_of_column_has_a_spark_type() -> None:
    from goldenthread.dataset.spark import SPARK_TYPES

    assert {type(dtype) for dtype in POLARS_TYPES.values()} <= set(SPARK_TYPES)
