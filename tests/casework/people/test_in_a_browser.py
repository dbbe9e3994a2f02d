"""Merging and the genogram as they are met in Chromium: by keyboard alone, at two widths, without barriers."""

from __future__ import annotations

from typing import Any

import pytest

from casework.people.models import Address, Merge
from tests.casework.desk import a_desk
from tests.casework.live import somebody_at
from tests.casework.making import a_child, a_user, an_adult, related
from tests.pages import IN_A_BROWSER, PHONE, SCROLL_WIDTH, browser

__all__ = ["browser"]
pytestmark = [*IN_A_BROWSER, pytest.mark.django_db(transaction=True)]


def test_two_records_are_merged_and_a_family_is_read_by_keyboard(browser: Any, live_site: str) -> None:
    user, one, two, mother = a_user("head_of_service"), a_child("Carl"), a_child("Karl"), an_adult("Mona")
    for child in (one, two, *(a_child() for _ in range(5))):
        related(child, mother)
    Address.objects.create(person=two, lines="1 Test Street")
    desk = a_desk(browser, live_site, user, set())
    desk.go(f"/people/{one.reference}/merge")
    desk.tab_to(f"[href$='/merge/{two.reference}']")
    press(desk, "Enter")
    desk.tab_to("[name=which_name]")
    desk.page.keyboard.press("Space")
    desk.type_at("[name=reason]", "The school says that he is one boy.")
    desk.tab_to("main button[type=submit]")
    press(desk, "Enter")
    assert (desk.here, Merge.objects.get().goes) == (f"/people/{one.reference}", two)
    desk.tab_to("[href$='/merges']")
    press(desk, "Enter")
    desk.tab_to("[href$='/undo']")
    press(desk, "Enter")
    desk.go(f"/people/{one.reference}/genogram")
    desk.tab_to(".gt-genogram-frame")
    desk.tab_to(".gt-genogram__link")
    yellow = "getComputedStyle(document.activeElement.querySelector('.gt-genogram__box')).fill"
    assert desk.page.evaluate(yellow) == "rgb(255, 221, 0)"
    press(desk, "Enter")
    fits_a_phone(browser, live_site, user, one.reference)


def press(desk: Any, key: str) -> None:
    with desk.page.expect_navigation():
        desk.page.keyboard.press(key)
    desk.look()


def fits_a_phone(browser: Any, site: str, user: Any, reference: str) -> None:
    page = somebody_at(browser, site, user, PHONE)
    page.goto(f"{site}/people/{reference}/genogram")
    assert page.evaluate(SCROLL_WIDTH) <= PHONE
    seen = page.evaluate("document.querySelector('[data-focus]').getBoundingClientRect().left")
    assert 0 < seen < PHONE
