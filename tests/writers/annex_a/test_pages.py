"""The page of changes in a browser: no barrier axe can find, no sideways scrolling, all within the keyboard's reach."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from goldenthread.writers.annex_a import build
from goldenthread.writers.annex_a.changes import changes_html, compare
from tests.pages import DESKTOP, FOCUS_RING, IN_A_BROWSER, PHONE, SCROLL_WIDTH, SMALLEST, barriers, browser, page_at
from writers.annex_a.drawn import AS_AT, record
from writers.annex_a.test_changes import LAST

if TYPE_CHECKING:
    from playwright import sync_api as playwright

__all__ = ["browser"]
pytestmark = IN_A_BROWSER

LONG = "Extraordinarily-Longnamed-Testersson-of-the-Very-Long-Name"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Rows new, late, gone and changed, a fact of the child, an adopter, and names too long for a phone."""
    before = record(
        people="person_id gender\nC1 2\nC2 1",
        contacts="child_id received_on source\nC1 2024-02-01 6\nC2 2024-03-01 7",
        referrals="referral_id child_id received_on team worker_id\nR1 C1 2024-02-01 North W1",
        adopters="adopter_id enquired_on\nA1 2024-02-01",
    )
    after = record(
        people="person_id gender\nC1 1\nC2 1",
        contacts="child_id received_on source\nC1 2024-02-01 6\nC1 2024-06-20 7\nC2 2024-06-01 7",
        referrals=f"referral_id child_id received_on team worker_id\nR1 C1 2024-02-01 {LONG} {LONG}",
        adopters="adopter_id enquired_on left_on leaving_reason\nA1 2024-02-01 2024-06-20 1",
    )
    path = tmp_path_factory.mktemp("pages") / "changes.html"
    found = compare(build(before, LAST), build(after, AS_AT))
    Path(path).write_text(changes_html(found, authority="Amberford"), encoding="utf-8")
    return path.as_uri()


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_axe_finds_no_barrier(browser: "playwright.Browser", address: str, width: int) -> None:
    page = page_at(browser, address, width)
    found = barriers(page)
    assert found.violations_count == 0, found.generate_report()
    page.close()


@pytest.mark.parametrize("width", [DESKTOP, 800, PHONE, SMALLEST])
def test_nothing_scrolls_sideways(browser: "playwright.Browser", address: str, width: int) -> None:
    page = page_at(browser, address, width)
    assert page.evaluate(SCROLL_WIDTH) == width
    page.close()


def test_the_keyboard_reaches_every_part_and_shows_where_it_is(browser: "playwright.Browser", address: str) -> None:
    page = page_at(browser, address, DESKTOP)
    reached = []
    for _ in range(4):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.getAttribute('href')"))
        assert page.evaluate(FOCUS_RING) == ["solid", "3px"]
    assert reached == ["#main", "#lists", "#children", "#quiet"]
    page.close()


def test_a_phone_names_every_cell_it_stacks(browser: "playwright.Browser", address: str) -> None:
    page = page_at(browser, address, PHONE)
    unnamed = "document.querySelectorAll('td:not([data-name])').length"
    assert page.evaluate(unnamed) == 0
    assert page.locator(".cells tbody th").first.is_visible()
    page.close()
