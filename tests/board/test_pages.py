"""The page in a browser: no barrier axe can find, no sideways scrolling, every control within the keyboard's reach."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from goldenthread.board.html import board_html
from goldenthread.board.model import Board
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

from .conftest import MakeBoard

if TYPE_CHECKING:
    from playwright import sync_api as playwright

__all__ = ["browser"]
pytestmark = IN_A_BROWSER


@pytest.fixture(scope="module")
def address(board: Board, tmp_path_factory: pytest.TempPathFactory) -> str:
    return written(board, tmp_path_factory.mktemp("pages"))


@pytest.fixture(scope="module")
def short_address(make_board: MakeBoard, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Twelve months, and a row of every kind: axe's time grows with the page, and what it looks for does not."""
    whole = make_board(months=12)
    kinds = {(row.unit, row.travel.word, row.target_judgement, bool(row.not_computed)): row for row in whole.rows}
    return written(replace(whole, rows=tuple(kinds.values())), tmp_path_factory.mktemp("pages"))


def written(board: Board, folder: Path) -> str:
    path = folder / "board.html"
    path.write_text(board_html(board), encoding="utf-8")
    return path.as_uri()


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_axe_finds_no_barrier_with_everything_open(
    browser: "playwright.Browser", short_address: str, width: int
) -> None:
    page = page_at(browser, short_address, width)
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
    assert not page.locator(".rows thead").first.is_visible()
    cell = page.locator("#csb05 td.now")
    assert cell.evaluate("cell => getComputedStyle(cell, '::before').content") == '"2019/20 Q1"'
    page.close()


def test_the_keyboard_reaches_the_board_and_opens_a_row(browser: "playwright.Browser", address: str) -> None:
    page = page_at(browser, address, DESKTOP)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the board"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "board"
    row = page.locator("#csb05 .more details")
    row.locator("summary").focus()
    page.keyboard.press("Enter")
    assert row.evaluate("one => one.open")
    page.keyboard.press("Tab")
    assert "Control chart" in page.evaluate("document.activeElement.getAttribute('aria-label')")
    page.close()


def test_focus_can_be_seen(browser: "playwright.Browser", address: str) -> None:
    page = page_at(browser, address, DESKTOP)
    for _ in range(3):
        page.keyboard.press("Tab")
        assert page.evaluate(FOCUS_RING) == ["solid", "3px"]
    page.close()


def test_a_tile_opens_the_list_it_counts(browser: "playwright.Browser", address: str) -> None:
    page = page_at(browser, address, DESKTOP)
    listed = page.locator("#missed li").first
    assert not listed.is_visible()
    page.locator(".tile.missed a").click()
    assert listed.is_visible()
    page.close()


def test_paper_shows_the_rows_and_not_the_controls(browser: "playwright.Browser", address: str, tmp_path: Path) -> None:
    page = page_at(browser, address, DESKTOP)
    page.emulate_media(media="print")
    assert page.locator("#csb05 .main").is_visible()
    assert not page.locator("nav").is_visible()
    assert not page.locator("#csb05 .more details").is_visible()
    made = page.pdf(path=str(tmp_path / "print.pdf"), prefer_css_page_size=True)
    assert made.startswith(b"%PDF")
    assert b"/MediaBox [0 0 842 595" in made or b"/MediaBox [0 0 841" in made
    page.close()


def test_targets_of_the_pointer_are_large_enough(browser: "playwright.Browser", address: str) -> None:
    page = page_at(browser, address, PHONE)
    heights = page.locator("main summary").evaluate_all("all => all.map(one => one.getBoundingClientRect().height)")
    assert heights
    assert min(heights) >= 24
    page.close()
