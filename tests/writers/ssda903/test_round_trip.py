"""What is built is what comes back: written, imported and built again, the return is the same."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings

from goldenthread.cli import main
from goldenthread.dataset.readers.ssda903 import read_ssda903
from goldenthread.dataset.store import Manifest, dataset_of, open_dataset
from goldenthread.dataset.synthetic.authority import synthesise
from goldenthread.writers.built import Built
from goldenthread.writers.ssda903 import build, write_csv_set, write_xml
from writers.ssda903.by_chance import LAST, returns

NOT_IN_XML = ("SWEpisodes", "DoLo")
MADE_ON = date(2025, 6, 30)


def imported_again(built: Built, source: Path, out: Path, last: date) -> Built:
    """The return built of what the command imports from a file or folder; 0 is what it ends with."""
    assert main(["import", "ssda903", str(source), "--as-at", str(last), "--out", str(out)]) == 0
    return build(open_dataset(out), built.as_at, year=last.year + (last > date(last.year, 3, 31)))


def different(built: Built, again: Built, without: tuple[str, ...] = ()) -> list[str]:
    return [
        name for name, frame in built.tables.items() if name not in without and not frame.equals(again.tables[name])
    ]


@pytest.mark.parametrize("seed", [3, 4])
@pytest.mark.parametrize(
    ("as_at", "year", "last"),
    [
        (date(2024, 3, 31), None, date(2024, 3, 31)),
        (date(2025, 6, 1), 2025, date(2025, 3, 31)),
        (date(2023, 12, 31), None, date(2023, 12, 31)),
        (date(2022, 8, 1), None, date(2022, 8, 1)),
    ],
)
def test_a_made_up_authority_survives_both_files_the_import_and_the_second_building(
    tmp_path: Path, seed: int, as_at: date, year: int | None, last: date
) -> None:
    # Without faults: episodes that overlap or end before they start are refused by the import, as they should be.
    tables, manifest, _ = synthesise(6_000, seed, MADE_ON, 0.0)
    built = build(dataset_of(tables, manifest), as_at, year=year)
    assert min(built.tables[name].height for name in ("Header", "Episodes", "Reviews", "OC2", "OC3")) > 0
    write_csv_set(built, tmp_path / "return")
    write_xml(built, tmp_path / "return.xml")
    from_csv = imported_again(built, tmp_path / "return", tmp_path / "from csv", last)
    assert different(built, from_csv) == []
    from_xml = imported_again(built, tmp_path / "return.xml", tmp_path / "from xml", last)
    assert different(built, from_xml, NOT_IN_XML) == []


@settings(max_examples=25)
@given(tables=returns())
def test_nothing_that_a_return_can_hold_is_lost_by_reading_it_and_building_it_again(
    tmp_path_factory: pytest.TempPathFactory, tables: dict[str, pl.DataFrame]
) -> None:
    origins = {name: pl.DataFrame({"child_id": frame["CHILD"]}) for name, frame in tables.items()}
    folder = tmp_path_factory.mktemp("returns")
    sent = Built("ssda903", LAST, tables, origins)
    write_csv_set(sent, folder / "csv")
    write_xml(sent, folder / "return.xml")
    for path, without in ((folder / "csv", ()), (folder / "return.xml", NOT_IN_XML)):
        read = read_ssda903(path, year=2024)
        assert not read.rejects.found
        again = build(dataset_of(read.tables, Manifest(as_at=LAST)), LAST)
        assert different(sent, again, without) == []


def test_orders_that_deprive_of_liberty_come_back(tmp_path: Path) -> None:
    day = date(2027, 3, 31)
    care = pl.DataFrame({"care_episode_id": ["E1"], "child_id": ["C1"], "started_on": [date(2025, 5, 1)]})
    orders = pl.DataFrame(
        {
            "deprivation_of_liberty_order_id": ["L1", "L2"],
            "child_id": ["C1", "C1"],
            "started_on": [date(2026, 5, 1), date(2026, 11, 1)],
            "ended_on": [date(2026, 8, 1), None],
        }
    )
    record = {"care_episodes": care, "deprivation_of_liberty_orders": orders}
    built = build(dataset_of(record, Manifest(as_at=day)), day)
    assert built.tables["DoLo"].height == orders.height
    write_csv_set(built, tmp_path / "return")
    assert different(built, imported_again(built, tmp_path / "return", tmp_path / "again", day)) == []
