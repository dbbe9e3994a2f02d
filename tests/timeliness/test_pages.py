"""The daily report in a browser: no barrier axe can find, no sideways scrolling, all within the keyboard's reach."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from goldenthread.timeliness.report.as_html import as_html
from goldenthread.timeliness.report.daily import daily_report
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
from tests.timeliness.drawn import AS_AT, drawn

if TYPE_CHECKING:
    from playwright import sync_api as playwright

__all__ = ["browser"]
pytestmark = IN_A_BROWSER

BEGAN = date(2022, 1, 3)
LINES = ".team tbody tr:has(details)"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Two teams, a child nobody holds, rules of law and of an authority, texts read, not read and read two ways."""
    children = ["C1", "C2", "C3"]
    workers = [
        {"worker_id": "W1", "name": "Wren Tester", "team": "Blue", "service": "Safeguarding"},
        {"worker_id": "W2", "name": "Extraordinarily-Longnamed Testersson", "team": "Green", "service": "Permanence"},
    ]
    data = drawn(
        cp_plans=[{"cp_plan_id": f"P{child}", "child_id": child, "started_on": BEGAN} for child in children],
        core_groups=[
            {"core_group_id": f"G{child}", "child_id": child, "cp_plan_id": f"P{child}", "held_on": day}
            for child, day in zip(children, [date(2023, 5, 1), date(2024, 5, 1), date(2024, 6, 5)], strict=True)
        ],
        allocations=[
            {"allocation_id": f"A{child}", "child_id": child, "worker_id": worker, "started_on": BEGAN}
            for child, worker in zip(children, ["W1", "W2"], strict=False)
        ],
        care_periods=[{"care_period_id": "CP1", "child_id": "C1", "started_on": BEGAN}],
        placements=[{"placement_id": "PL1", "child_id": "C1", "care_period_id": "CP1", "started_on": BEGAN}],
        visits=[
            {"visit_id": f"V{number}", "child_id": child, "kind": "child_protection", "visited_on": day}
            for number, (child, day) in enumerate(
                [
                    ("C1", date(2024, 6, 20)),
                    ("C2", date(2024, 6, 4)),
                    ("C3", date(2024, 6, 3)),
                    ("C3", date(2024, 6, 25)),
                ]
            )
        ],
        dental_checks=[{"dental_check_id": "D1", "child_id": "C1", "checked_on": date(2023, 3, 1)}],
        workers=workers,
    )
    path = tmp_path_factory.mktemp("pages") / "daily.html"
    path.write_text(as_html(daily_report(data, AS_AT)), encoding="utf-8")
    return path.as_uri()


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_axe_finds_no_barrier_with_everything_open(browser: "playwright.Browser", address: str, width: int) -> None:
    page = page_at(browser, address, width)
    found = barriers(page)
    assert found.violations_count == 0, found.generate_report()
    page.close()


@pytest.mark.parametrize("width", [DESKTOP, 800, PHONE, SMALLEST])
def test_nothing_scrolls_sideways(browser: "playwright.Browser", address: str, width: int) -> None:
    page = page_at(browser, address, width)
    assert page.evaluate(SCROLL_WIDTH) == width
    page.evaluate(OPEN_ALL)
    assert page.evaluate(SCROLL_WIDTH) == width
    # Not the page, and no box inside it either: the rows stack, so nothing is out of a thumb's reach.
    cut = "[...document.querySelectorAll('main *')].filter(one => getComputedStyle(one).overflowX == 'auto').length"
    assert page.evaluate(cut) == 0
    page.close()


@pytest.mark.parametrize(("width", "height"), [(DESKTOP, 800), (PHONE, 1300)])
def test_the_first_screen_says_which_team_and_what_is_worst(
    browser: "playwright.Browser", address: str, width: int, height: int
) -> None:
    page = page_at(browser, address, width)
    first = page.locator("#teams ~ table").first.locator("tbody tr").first
    assert first.get_by_role("link").inner_text() == "Blue"
    worst = page.locator(LINES).first
    days, title = worst.locator(".over").inner_text(), worst.locator("strong").inner_text()
    assert f"{days} days: {title}" in first.locator(".what").inner_text()
    assert first.evaluate("one => one.getBoundingClientRect().y") < height
    page.close()


def test_a_phone_names_each_value_of_a_line(browser: "playwright.Browser", address: str) -> None:
    page = page_at(browser, address, PHONE)
    named = page.locator(LINES).first.locator("td[data-name]")
    said = named.evaluate_all("all => all.map(one => getComputedStyle(one, '::before').content)")
    assert said == ['"Days over"', '"Was due"', '"Worker"']
    page.close()


def test_the_keyboard_reaches_every_link_and_every_reason(browser: "playwright.Browser", address: str) -> None:
    page = page_at(browser, address, DESKTOP)
    wanted = page.locator("a[href], summary").evaluate_all("all => all.filter(one => one.checkVisibility()).length")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the report"
    seen = 0
    while page.evaluate("document.activeElement !== document.body") and seen <= wanted:
        assert page.evaluate(FOCUS_RING) == ["solid", "3px"]
        seen += 1
        page.keyboard.press("Tab")
    assert seen == wanted
    page.close()


def test_a_line_opens_its_reason(browser: "playwright.Browser", address: str) -> None:
    page = page_at(browser, address, DESKTOP)
    line = page.locator(LINES).first
    assert not line.locator("details p").is_visible()
    line.locator("summary").focus()
    page.keyboard.press("Enter")
    assert "due by" in line.locator("details p").inner_text()
    page.close()


def test_a_text_not_read_is_marked_in_the_line_and_in_its_reason(browser: "playwright.Browser", address: str) -> None:
    page = page_at(browser, address, DESKTOP)
    page.evaluate(OPEN_ALL)
    marked = page.locator(LINES, has_text="Dental check").first.inner_text()
    assert "Text not read" in marked
    assert "was not read at its source: check before relying on it." in marked
    assert "from general knowledge, not seen" not in page.content()
    page.close()


def test_what_is_in_time_by_one_reading_only_is_one_link_away(browser: "playwright.Browser", address: str) -> None:
    page = page_at(browser, address, PHONE)
    page.get_by_role("link", name="In time by one reading only").click()
    assert page.locator(":target").inner_text() == "In time by one reading only"
    lines = page.locator("#readings ~ table").first.locator("tbody tr")
    assert lines.locator("th").all_inner_texts() == ["C2", "C3"]
    assert "25 June 2024" in lines.nth(1).inner_text()
    lines.first.locator("summary").click()
    assert "The source can be read two ways." in lines.first.locator("details p").inner_text()
    page.close()


def test_a_team_leads_down_and_back(browser: "playwright.Browser", address: str) -> None:
    page = page_at(browser, address, PHONE)
    page.get_by_role("link", name="Green", exact=True).click()
    assert page.locator(":target").inner_text() == "Green"
    page.get_by_role("link", name="Back to all teams from Green", exact=True).click()
    assert page.locator(":target").get_attribute("id") == "teams"
    page.close()


def test_paper_shows_the_reasons_and_not_the_controls(
    browser: "playwright.Browser", address: str, tmp_path: Path
) -> None:
    page = page_at(browser, address, DESKTOP)
    page.emulate_media(media="print")
    assert not page.locator("nav").is_visible()
    assert not page.locator(f"{LINES} summary").first.is_visible()
    assert page.locator(f"{LINES} details p").first.evaluate("one => one.getBoundingClientRect().height") > 0
    made = page.pdf(path=str(tmp_path / "print.pdf"), prefer_css_page_size=True)
    assert b"/MediaBox [0 0 842 595" in made or b"/MediaBox [0 0 841" in made
    page.close()


@pytest.mark.parametrize("what", ["main summary", "nav a", ".back"])
def test_targets_of_the_pointer_are_large_enough(browser: "playwright.Browser", address: str, what: str) -> None:
    page = page_at(browser, address, PHONE)
    heights = page.locator(what).evaluate_all(
        "all => all.filter(one => one.checkVisibility()).map(one => one.getBoundingClientRect().height)"
    )
    assert heights
    assert min(heights) >= 24
    page.close()
