"""What the browser tests ask of every page finds what it should: contrast is asked once of each look, in all pages."""

from typing import TYPE_CHECKING

import pytest

from tests import pages
from tests.pages import IN_A_BROWSER, barriers, browser

if TYPE_CHECKING:
    from playwright.sync_api import Browser

__all__ = ["browser"]
pytestmark = IN_A_BROWSER

PAGE = """<!doctype html><html lang=en-GB><title>A page</title><main><h1>A page</h1>{}</main>"""
FAINT = "<p style='color:#ccc;background:#fff'>Nobody reads this</p>"


@pytest.fixture(autouse=True)
def first_of_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "LOOKS", [])


def found(browser: "Browser", *bodies: str) -> list[list[str]]:
    """The barriers on pages that are met one after another."""
    page, met = browser.new_page(), []
    for body in bodies:
        page.set_content(PAGE.format(body))
        met.append([one["id"] for one in barriers(page).response["violations"]])
    return met


def test_a_faint_text_is_found_on_the_first_page_that_has_it(browser: "Browser") -> None:
    assert found(browser, "<p>Well</p>", FAINT, FAINT) == [[], ["color-contrast"], []]


@pytest.mark.parametrize("other", [
    "<div style='background:#bbb'><p style='color:#999'>The same colour on another ground</p></div>",
    "<p style='color:#999;font-size:10px'>The same colour, smaller</p>",
    "<div style='opacity:.3'><p>The same colour, let through</p></div>",
    "<p style='color:#999'>Shown</p>",
    "<input aria-label=Name value='Typed' style='color:#ccc'>",
])  # fmt: skip
def test_another_look_is_asked_again(browser: "Browser", other: str) -> None:
    known = (
        "<p>Black</p><div style='background:#000'><p style='color:#999'>Fine here</p></div>"
        "<p style='color:#999;display:none'>Not shown</p><p style='color:#999;position:absolute;width:1px;height:1px;"
        "overflow:hidden'>For a screen reader</p><button disabled style='color:#999'>Cannot be pressed</button>"
    )
    assert found(browser, known, other) == [[], ["color-contrast"]]


def test_other_barriers_are_found_on_every_page(browser: "Browser") -> None:
    assert found(browser, "<img src='data:,'>", "<img src='data:,'>") == [["image-alt"], ["image-alt"]]
