"""Somebody at a browser of their own: where they go, what they answer, and what axe finds on the way."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from urllib.parse import urlparse

from django.urls import resolve, reverse

from casework.accounts.models import User
from tests.casework.live import sign_in, somebody_at
from tests.pages import barriers

FORM = "main form[data-golden-thread-form]"
FOCUSED = "document.activeElement.matches({selector!r})"
DAY_AND_TIME = ("day", "month", "year", "time")


@dataclass
class Desk:
    """One account's browser. `passed` names the pages that axe has been run on, shared by all who pass it on."""

    page: Any
    site: str
    user: User
    passed: set[str] = field(default_factory=set)

    @property
    def here(self) -> str:
        """The path of the page that is open."""
        return urlparse(self.page.url).path

    @property
    def text(self) -> str:
        """Everything that the page says."""
        return str(self.page.inner_text("main"))

    def go(self, path: str) -> None:
        """Open a page, which must be there; signed in anew where the session has ended meanwhile."""
        answer = self.page.goto(f"{self.site}{path}")
        if self.here == reverse("account_login"):
            sign_in(self.page.context, self.site, self.user)
            answer = self.page.goto(f"{self.site}{path}")
        assert answer.status == 200, (path, answer.status)
        self.look()

    def follow(self, words: str) -> None:
        """Press the link that says so."""
        with self.page.expect_navigation():
            self.page.locator("main").get_by_role("button", name=words).or_(
                self.page.locator("main").get_by_role("link", name=words)
            ).first.click()
        self.look()

    def answer(self, **answers: Any) -> None:
        """Fill the page's form: text, a day or moment, a choice, several choices."""
        for name, value in answers.items():
            self._answer(name, value)

    def _answer(self, name: str, value: Any) -> None:
        if isinstance(value, date):
            parts = [value.day, value.month, value.year, *([f"{value:%H:%M}"] if isinstance(value, datetime) else [])]
            for box, part in zip(DAY_AND_TIME, parts, strict=False):
                self.page.fill(f"{FORM} [name={name}_{box}]", str(part))
            return
        asked = self.page.locator(f"{FORM} [name={name}]")
        kind = asked.first.evaluate("one => one.type")
        if kind in {"radio", "checkbox"}:
            for one in [value] if isinstance(value, str) else value:
                self.page.check(f"{FORM} [name={name}][value='{one}']")
        elif kind == "select-one":
            asked.select_option(str(value))
        else:
            asked.fill(str(value))

    def send(self, **answers: Any) -> str:
        """Answer the form and send it; gives the path of the page that comes after."""
        self.answer(**answers)
        with self.page.expect_navigation():
            self.page.click(f"{FORM} button[type=submit]")
        self.look()
        return self.here

    def sent(self, **answers: Any) -> str:
        """The same, of a form that must be saved."""
        before = self.here
        after = self.send(**answers)
        assert after != before, self.text
        return after

    def tab_to(self, selector: str, presses: int = 80) -> None:
        """Press Tab until that has the focus."""
        for _ in range(presses):
            self.page.keyboard.press("Tab")
            if self.page.evaluate(FOCUSED.format(selector=selector)):
                return
        raise AssertionError(f"{selector} is not reached by keyboard")

    def type_at(self, selector: str, text: str) -> None:
        """Reach a box by Tab and type in it."""
        self.tab_to(selector)
        self.page.keyboard.type(text)

    def look(self) -> None:
        """Run axe on a page of a kind that nobody has passed yet."""
        name = resolve(self.here).url_name or self.here
        if name in self.passed:
            return
        self.passed.add(name)
        found = barriers(self.page).response["violations"]
        assert not found, (name, [(one["id"], [node["html"] for node in one["nodes"]]) for one in found])

    def due(self, title: str, by: str) -> str:
        """How the clock of that title and last day stands on this page, in the page's words."""
        line = self.page.locator(".gt-due", has_text=title).filter(has_text=f"By {by}")
        assert line.count() == 1, (title, by, self.page.locator(".gt-due").all_inner_texts())
        return str(line.locator("strong").text_content())  # what is folded away is on the page too


def a_desk(browser: Any, site: str, user: User, passed: set[str]) -> Desk:
    """That account, signed in at a browser of its own."""
    return Desk(somebody_at(browser, site, user), site, user, passed)
