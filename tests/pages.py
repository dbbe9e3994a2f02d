"""What the browser tests of every page share: the browser, a page at a width, and what is asked of it."""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest

from tests.pictures import PICTURES, place_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

playwright = pytest.importorskip("playwright.sync_api", reason="the dev extra is not installed")
axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="the dev extra is not installed")

WHOLE = shutil.which("chromium") or shutil.which("chromium-browser")
CHROMIUM = shutil.which("chromium-headless-shell") or WHOLE
"""The shell shows a page as the whole browser does, and takes less than half of the processor; but it shows no PDF."""
ARGUMENTS = ["--no-sandbox", "--disable-gpu"]
"""Without a graphics card, one would be imitated, at a sixth of the browser's time."""
IN_A_BROWSER = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed (apt-get install chromium)"),
]
"""The marks of a module whose tests need a browser."""

DESKTOP, PHONE, SMALLEST = 1280, 390, 320
AXE = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}, "preload": False}
"""What axe asks by itself, and the size of targets, which WCAG 2.2 added."""
ASK_AXE = """async options => {
  axe.configure({rules: [{id: 'color-contrast', selector: '[data-new-look]'}]});
  return JSON.stringify((await axe.run(options)).violations);
}"""
"""Barriers alone, and as one text: to hand over all that axe tells of a page takes Playwright as long as axe itself."""
NEW_LOOKS = """seen => {
  const looks = new Set(seen), grounds = new Map([[null, '']]);
  const ground = one => {
    if (!grounds.has(one)) {
      const s = getComputedStyle(one), clear = s.backgroundColor === 'rgba(0, 0, 0, 0)';
      const changes = s.backgroundImage + s.opacity + s.filter + s.position + s.clipPath;
      const plain = changes === 'none1nonestaticnone';
      const own = clear && plain ? '' : `${s.backgroundColor} ${changes};`;
      grounds.set(one, (plain && s.backgroundColor.startsWith('rgb(') ? '' : ground(one.parentElement)) + own);
    }
    return grounds.get(one);
  };
  for (const one of document.querySelectorAll('body *')) {
    const text = one.value || [...one.childNodes].map(node => node.nodeType === 3 ? node.data.trim() : '').join('');
    if (!text || !one.checkVisibility({visibilityProperty: true, opacityProperty: true})) continue;
    const s = getComputedStyle(one), {width, height} = one.getBoundingClientRect();
    const left_out = [Math.min(width, height) < 2, !!one.closest(':disabled, [aria-disabled]'), text.length === 1];
    const look = [s.color, s.fontSize, s.fontWeight, s.textShadow, one.tagName, ...left_out, ground(one)].join(' ');
    if (!looks.has(look)) one.dataset.newLook = looks.add(look).size;
  }
  return [...looks];
}"""
"""Marks what has text of a look that was not met before: its colours and size, what lies behind it, and what makes axe
leave it out. Whether it stands out against that takes axe longer than all its other rules together, and the answer is
the same on every page."""
OPEN_ALL = "document.querySelectorAll('details:not(.gt-add)').forEach(one => { one.open = true })"
"""Apart from the menu of what can be added to a record, which lies over what is below it."""
LOOKS: list[str] = []
"""Those met in this process."""
SCROLL_WIDTH = "document.documentElement.scrollWidth"
FOCUS_RING = "(({outlineStyle: s, outlineWidth: w}) => [s, w])(getComputedStyle(document.activeElement))"


@contextmanager
def started() -> Iterator["Browser"]:
    """A Chromium."""
    with playwright.sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield opened
        opened.close()


@pytest.fixture
def whole_browser(chromium: "Browser") -> Iterator["Browser"]:
    """Chromium with all that it has."""
    if WHOLE is None:
        pytest.skip("Chromium itself is not installed (apt-get install chromium)")
    opened = chromium.browser_type.launch(executable_path=WHOLE, args=ARGUMENTS)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def browser(chromium: "Browser") -> Iterator["Browser"]:
    """Chromium, for the tests of one module, which leaves nothing open behind it."""
    yield chromium
    for context in chromium.contexts:
        context.close()


def page_at(browser: "Browser", address: str, width: int) -> "Page":
    """The page, open at this width."""
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.set_default_timeout(60_000)
    page.goto(address)
    return page


def barriers(page: "Page") -> Any:
    """What axe finds on the page with everything on it open. Contrast is asked of the looks that no page had before."""
    page.evaluate(OPEN_ALL)
    LOOKS[:] = page.evaluate(NEW_LOOKS, LOOKS)
    page.evaluate(axe.Axe().axe_script)
    return axe.AxeResults({"violations": json.loads(page.evaluate(ASK_AXE, AXE))})


def pictured(page: "Page", name: str) -> None:
    """Pictures of the whole page at two widths, where they are wanted. The page has the last of the widths after it."""
    for width, called in ((PHONE, "phone"), (DESKTOP, "desktop")) if PICTURES else ():
        page.set_viewport_size({"width": width, "height": 900})
        page.screenshot(path=place_of(f"{name}-{called}.png"), full_page=True)
