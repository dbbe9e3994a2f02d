"""A dataset on disk: written whole or not at all, opened only when it is as declared."""

from datetime import date, datetime
from pathlib import Path

import polars as pl
import pytest

from goldenthread.dataset.store import (
    DatasetError,
    Manifest,
    Source,
    conform,
    dataset_of,
    open_dataset,
    write_dataset,
)

MANIFEST = Manifest(
    as_at=date(2019, 6, 30),
    authority="X99000001",
    authority_name="Amberford",
    made_by="test",
    sources=(Source("a.xlsx", "annex-a", "0" * 64, 3, 2, 1),),
    history_from=date(2014, 4, 1),
)
CONTACTS = pl.DataFrame(
    {
        "contact_id": ["c1", "c2"],
        "child_id": ["p1", "p2"],
        "received_on": [date(2019, 5, 1), date(2019, 6, 1)],
        "received_at": [datetime(2019, 5, 1, 9, 30), None],
    }
)


def test_what_is_written_comes_back(tmp_path: Path) -> None:
    written = write_dataset(tmp_path / "d", {"contacts": CONTACTS}, MANIFEST)
    opened = open_dataset(tmp_path / "d")
    assert opened.manifest == written
    assert written.tables == {"contacts": 2}
    (contacts,) = opened.collect(opened.lazy("contacts"))
    assert contacts.equals(conform("contacts", CONTACTS))


def test_the_same_tables_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        write_dataset(tmp_path / name, {"contacts": CONTACTS}, MANIFEST)
    files = sorted(path.name for path in (tmp_path / "one").iterdir())
    assert files == ["contacts.parquet", "manifest.json"]
    for name in files:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_a_table_the_sources_lack_is_empty_with_every_column() -> None:
    dataset = dataset_of({"contacts": CONTACTS}, MANIFEST)
    (referrals,) = dataset.collect(dataset.lazy("referrals"))
    assert referrals.is_empty()
    assert "received_on" in referrals.columns


def test_a_table_never_declared_is_an_error() -> None:
    with pytest.raises(KeyError):
        dataset_of({}, MANIFEST).lazy("refferals")


def test_an_undeclared_column_is_refused() -> None:
    with pytest.raises(ValueError, match="contacts has no columns \\['colour'\\]"):
        conform("contacts", CONTACTS.with_columns(colour=pl.lit("red")))


def test_a_failed_write_leaves_the_earlier_dataset_whole(tmp_path: Path) -> None:
    folder = tmp_path / "d"
    write_dataset(folder, {"contacts": CONTACTS}, MANIFEST)
    with pytest.raises(ValueError, match="colour"):
        write_dataset(folder, {"referrals": pl.DataFrame({"colour": ["red"]})}, MANIFEST)
    assert open_dataset(folder).manifest.tables == {"contacts": 2}
    assert [path.name for path in tmp_path.iterdir()] == ["d"]


def test_a_folder_of_other_files_is_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("dear")
    with pytest.raises(DatasetError, match="holds other files"):
        write_dataset(tmp_path, {"contacts": CONTACTS}, MANIFEST)
    assert (tmp_path / "letter.txt").read_text() == "dear"


def test_opening_says_what_is_wrong(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match="is not a dataset"):
        open_dataset(tmp_path)
    folder = tmp_path / "d"
    write_dataset(folder, {"contacts": CONTACTS}, MANIFEST)
    (folder / "contacts.parquet").unlink()
    with pytest.raises(DatasetError, match=r"contacts\.parquet is missing"):
        open_dataset(folder)
    CONTACTS.write_parquet(folder / "contacts.parquet")
    with pytest.raises(DatasetError, match="made by another version"):
        open_dataset(folder)
    (folder / "manifest.json").write_text("{")
    with pytest.raises(DatasetError, match="cannot be read"):
        open_dataset(folder)
