"""What the pages are made of is there, can be served from any address, and names no typeface that we may not use."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from casework.frontend.gather import FrontendTrouble, check_same_variables, plain_sheet

FRONTEND = Path(__file__).parents[3] / "casework" / "frontend"
VENDOR = FRONTEND.parent / "static" / "vendor"
SHEETS = ("govuk/govuk-frontend.min.css", "moj/moj-frontend.min.css")


@pytest.mark.parametrize("name", SHEETS)
def test_every_picture_of_a_style_sheet_is_beside_it(name: str) -> None:
    sheet = VENDOR / name
    wanted = {
        one for one in re.findall(r"url\(([^)]+)\)", sheet.read_text()) if not one.strip("\"'").startswith("data:")
    }
    assert wanted
    assert {one for one in wanted if not (sheet.parent / one).is_file()} == set()


@pytest.mark.parametrize("name", SHEETS)
def test_the_typeface_of_govuk_is_not_used(name: str) -> None:
    text = (VENDOR / name).read_text()
    assert "@font-face" not in text
    assert "GDS Transport" not in text
    assert "font-family:arial,sans-serif" in text


def test_no_file_refers_to_a_source_map_that_is_not_served() -> None:
    files = [*VENDOR.rglob("*.css"), *VENDOR.rglob("*.js")]
    assert len(files) == 4
    assert [file for file in files if "sourceMappingURL" in file.read_text()] == []


def test_the_lock_pins_each_package_by_hash_and_names_no_address() -> None:
    text = (FRONTEND / "package-lock.json").read_text()
    packages = json.loads(text)["packages"]
    wanted = json.loads((FRONTEND / "package.json").read_text())["dependencies"]
    assert {name: packages[f"node_modules/{name}"]["version"] for name in wanted} == wanted
    assert all(entry["integrity"].startswith("sha512-") for name, entry in packages.items() if name)
    assert "resolved" not in text
    assert "http" not in text


def test_versions_that_disagree_on_a_colour_are_refused() -> None:
    today = ":root{--govuk-frontend-version:'2';--govuk-text-colour:#000}@media print{:root{--govuk-text-colour:#111}}"
    check_same_variables(today, ":root{--govuk-frontend-version:'1';--govuk-text-colour:#111}")
    with pytest.raises(FrontendTrouble, match=r"--govuk-text-colour: #222"):
        check_same_variables(today, ":root{--govuk-text-colour:#222}")


def test_a_sheet_that_asks_for_something_unknown_is_refused() -> None:
    assert plain_sheet("a{background:url(/assets/images/x.svg)}") == "a{background:url(assets/images/x.svg)}"
    with pytest.raises(FrontendTrouble, match=r"url\(/"):
        plain_sheet("a{background:url(/other/x.svg)}")
