"""The page in a browser: no barrier axe can find, no sideways scrolling, all within the keyboard's reach."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from goldenthread.quality.report.as_html import as_html
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
from tests.quality.report.drawn import BROKEN, FAULTY, FOUND, folder, report_of, rules

if TYPE_CHECKING:
    from playwright import sync_api as playwright

__all__ = ["browser"]
pytestmark = IN_A_BROWSER

EPISODES = "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN"
LONG = "x" * 400


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Findings in three tables, a wide row, a huge cell, a rule that failed, one skipped, a line not read."""
    tables = FAULTY | {
        "reviews": f'{FAULTY["reviews"]}\nA9,"broken,,',
        "episodes": f"{EPISODES}\nA1,01/05/2024,S,{LONG},N1,U4,PR1,01/02/2026,X1,CARPL,YO1 7HH,YO2 2AA,SC123456",
    }
    made = tmp_path_factory.mktemp("pages")
    report = report_of(folder(made, tables), BROKEN, *rules(*FOUND, "144", "388", "503A"))
    path = made / "check.html"
    path.write_text(as_html(report), encoding="utf-8")
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


def test_the_keyboard_reaches_the_report_and_opens_a_rule(browser: "playwright.Browser", address: str) -> None:
    page = page_at(browser, address, DESKTOP)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the report"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    rows = page.locator("section[aria-labelledby=rule-166] details")
    rows.locator("summary").focus()
    page.keyboard.press("Enter")
    assert rows.evaluate("one => one.open")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "Rule 166: rows of Reviews"
    page.close()


def test_focus_can_be_seen(browser: "playwright.Browser", address: str) -> None:
    page = page_at(browser, address, DESKTOP)
    for _ in range(3):
        page.keyboard.press("Tab")
        assert page.evaluate(FOCUS_RING) == ["solid", "3px"]
    page.close()


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_a_cell_at_fault_is_marked_and_not_by_colour_alone(
    browser: "playwright.Browser", address: str, width: int
) -> None:
    page = page_at(browser, address, width)
    page.evaluate(OPEN_ALL)
    mark = page.locator("section[aria-labelledby='rule-167'] td mark")
    assert mark.is_visible()
    assert mark.inner_text().endswith("(at fault)")
    look = "one => [getComputedStyle(one, '::before').content, getComputedStyle(one).textDecorationLine]"
    content, line = mark.evaluate(look)
    assert "▶" in content
    assert line == "underline"
    page.close()


def test_a_word_typed_leaves_the_rules_and_children_that_have_it(browser: "playwright.Browser", address: str) -> None:
    page = page_at(browser, address, DESKTOP)
    every = page.locator("[data-find]").count()
    page.get_by_label("Find a rule, a child or a word").fill("rule 166")
    left = page.locator("[data-find]:not([hidden])")
    # The rule, and the one child in whom it found something.
    assert [one.split("\n")[0] for one in left.all_inner_texts()] == ["A1: 3 errors", "Rule 166 Error"]
    assert page.locator(".find output").inner_text() == f"2 of {every} rules and children on this page have that"
    page.get_by_label("Find a rule, a child or a word").fill("")
    assert left.count() == every
    page.close()


def test_without_script_everything_is_there_but_the_search(browser: "playwright.Browser", address: str) -> None:
    page = browser.new_page(java_script_enabled=False)
    page.goto(address)
    assert not page.locator(".find").is_visible()
    page.locator("section[aria-labelledby='rule-101'] summary").click()
    assert page.locator("section[aria-labelledby='rule-101'] table").is_visible()
    page.close()


def test_a_rule_of_the_summary_leads_to_its_rows(browser: "playwright.Browser", address: str) -> None:
    page = page_at(browser, address, DESKTOP)
    page.locator(".summary a", has_text="166").click()
    assert page.evaluate("location.hash") == "#rule-166"
    assert page.locator("#rule-166").is_visible()
    page.close()


def test_paper_shows_the_rows_and_not_the_controls(browser: "playwright.Browser", address: str, tmp_path: Path) -> None:
    page = page_at(browser, address, DESKTOP)
    page.emulate_media(media="print")
    assert not page.locator(".find").is_visible()
    assert not page.locator("nav").is_visible()
    assert page.locator("section[aria-labelledby='rule-101'] table").is_visible()
    assert page.pdf(path=str(tmp_path / "print.pdf")).startswith(b"%PDF")
    page.close()


def test_targets_of_the_pointer_are_large_enough(browser: "playwright.Browser", address: str) -> None:
    page = page_at(browser, address, PHONE)
    heights = page.locator("main summary").evaluate_all("all => all.map(one => one.getBoundingClientRect().height)")
    assert heights
    assert min(heights) >= 24
    page.close()
