"""The accuracy report in a browser: no barrier axe can find, no sideways scrolling, all within the keyboard's reach."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from goldenthread.quality.kept.report.as_html import as_html
from tests.pages import (
    DESKTOP,
    FOCUS_RING,
    IN_A_BROWSER,
    OPEN_ALL,
    PHONE,
    SCROLL_WIDTH,
    SMALLEST,
    barriers,
    browser,
    page_at,
)
from tests.quality.kept.reported import report

if TYPE_CHECKING:
    from playwright import sync_api as playwright

__all__ = ["browser"]
pytestmark = IN_A_BROWSER


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    path: Path = tmp_path_factory.mktemp("pages") / "accuracy.html"
    path.write_text(as_html(report(path.parent / "kept")), encoding="utf-8")
    return path.as_uri()


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_axe_finds_no_barrier_with_everything_open(browser: "playwright.Browser", address: str, width: int) -> None:
    page = page_at(browser, address, width)
    found = barriers(page)
    assert found.violations_count == 0, found.generate_report()
    page.close()


@pytest.mark.parametrize("width", [DESKTOP, PHONE, SMALLEST])
def test_the_page_never_scrolls_sideways(browser: "playwright.Browser", address: str, width: int) -> None:
    page = page_at(browser, address, width)
    assert page.evaluate(SCROLL_WIDTH) == width
    page.evaluate(OPEN_ALL)
    assert page.evaluate(SCROLL_WIDTH) == width
    page.close()


def test_a_phone_names_each_value_of_a_row(browser: "playwright.Browser", address: str) -> None:
    page = page_at(browser, address, PHONE)
    cell = page.locator("#returns + table tbody tr").first.locator("td").nth(1)
    assert cell.evaluate("cell => getComputedStyle(cell, '::before').content") == '"Errors"'
    assert not page.locator("#returns + table thead").is_visible() or page.evaluate(
        "document.querySelector('#returns + table thead').getBoundingClientRect().width <= 1"
    )
    page.close()


def test_the_keyboard_skips_to_the_report_and_opens_a_teams_rules(browser: "playwright.Browser", address: str) -> None:
    page = page_at(browser, address, DESKTOP)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the report"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    team = page.locator("details", has_text="Blue: by rule").first
    team.locator("summary").focus()
    page.keyboard.press("Enter")
    assert team.evaluate("one => one.open")
    assert page.evaluate(FOCUS_RING) == ["solid", "3px"]
    page.close()


def test_targets_of_the_pointer_are_large_enough(browser: "playwright.Browser", address: str) -> None:
    page = page_at(browser, address, PHONE)
    heights = page.locator("main summary").evaluate_all("all => all.map(one => one.getBoundingClientRect().height)")
    assert heights
    assert min(heights) >= 24
    page.close()
