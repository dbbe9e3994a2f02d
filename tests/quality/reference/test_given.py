"""Reference data come in a mapping or a folder, and what is not understood is said."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from goldenthread.dataset.rejects import RefusedFile
from goldenthread.quality.reference import Reference, build_postcodes, reference_of
from goldenthread.quality.reference.given import AUTHORITY, POSTCODES, PROVIDERS
from tests.quality.reference.drawn import COMBINED, directory, place, workbook

LIST = [COMBINED, ["SC111111", None, "K2", "PR1", None, "YO1 9ZZ"]]


def postcodes_in(folder: Path) -> Path:
    build_postcodes(directory(folder / "in" / "ONSPD.csv", place("YO1 9ZZ")), folder / POSTCODES)
    (folder / "in" / "ONSPD.csv").unlink()
    return folder / POSTCODES


def test_nothing_given_is_nothing_known() -> None:
    found = reference_of(None)
    assert not any(found.has(name) for name in ("providers", "postcodes", "local_authority", "xml"))
    assert reference_of(found) is found


@pytest.mark.parametrize(
    ("given", "code"), [("E06000014", "E06000014"), (816, "E06000014"), ("auth", "AUTH"), ("", None)]
)
def test_the_authority_is_a_code_in_use_or_the_text_in_capitals(given: object, code: str | None) -> None:
    assert reference_of({"local_authority": given}).local_authority == code


def test_providers_and_postcodes_are_frames_or_paths(tmp_path: Path) -> None:
    postcodes = postcodes_in(tmp_path)
    providers = workbook(tmp_path / "all.xlsx", {"Sheet1": LIST})
    frame = pl.DataFrame(
        {"urn": ["SC111111"], "POSTCODE": ["YO1 9ZZ"], "PLACE_CODES": ["K2"], "PROVIDER_CODES": ["PR1"]}
    )
    for places in (postcodes, str(postcodes), pl.read_parquet(postcodes)):
        for listed in (providers, str(providers), [providers], frame):
            found = reference_of({"postcodes": places, "providers": listed})
            assert found.providers is not None
            assert found.providers.rows() == [("SC111111", "YO19ZZ", None, ["K2"], ["PR1"], "E06000014")]


def test_a_folder_gives_what_is_in_it(tmp_path: Path) -> None:
    (tmp_path / AUTHORITY).write_text("816\n", encoding="utf-8")
    workbook(tmp_path / "Ofsted list.xlsx", {"Sheet1": LIST})
    (tmp_path / "~$Ofsted list.xlsx").write_bytes(b"left by Excel while the list is open")
    (tmp_path / "manifest.json").write_text("{}", encoding="utf-8")
    without = reference_of(tmp_path)
    assert without.local_authority == "E06000014"
    assert without.providers is not None
    assert without.providers["LA_CODE"].to_list() == [None]
    assert not without.has("postcodes")
    postcodes_in(tmp_path)
    found = reference_of(str(tmp_path))
    assert found.providers is not None
    assert found.providers["LA_CODE"].to_list() == ["E06000014"]
    assert found.postcodes == tmp_path / POSTCODES


def test_a_name_in_a_mapping_that_is_not_understood_is_said() -> None:
    with pytest.raises(ValueError, match="no reference data called posctodes; there is local_authority, providers"):
        reference_of({"posctodes": 1})
    with pytest.raises(ValueError, match="providers must be a frame or the path"):
        reference_of({"providers": 1})
    with pytest.raises(ValueError, match="postcodes must be a frame or the path"):
        reference_of({"postcodes": 1})
    with pytest.raises(ValueError, match="no format 'json'"):
        reference_of({"format": "json"})


def test_a_folder_that_holds_something_else_or_nothing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RefusedFile, match="holds no reference data"):
        reference_of(tmp_path)
    (tmp_path / "postcode.parquet").write_bytes(b"")
    with pytest.raises(RefusedFile, match=r"postcode\.parquet is no reference data that is known"):
        reference_of(tmp_path)
    (tmp_path / "postcode.parquet").unlink()
    (tmp_path / AUTHORITY).write_text("Amberford\n", encoding="utf-8")
    with pytest.raises(RefusedFile, match="names no authority that is known: 'Amberford'"):
        reference_of(tmp_path)
    with pytest.raises(RefusedFile, match="is not a folder"):
        reference_of(tmp_path / "absent")


def test_a_damaged_file_of_providers_is_refused(tmp_path: Path) -> None:
    (tmp_path / PROVIDERS).write_bytes(b"PAR1")
    with pytest.raises(RefusedFile, match="Make it with `goldenthread reference --providers`"):
        reference_of(tmp_path)


def test_an_item_of_xml_alone_is_there_when_the_upload_is_xml() -> None:
    assert reference_of({"format": "xml"}).has("xml")
    assert not Reference().has("xml")
