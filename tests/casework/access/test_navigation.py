"""The menus of the navigation: few enough for one line, with nothing lost in them."""

from __future__ import annotations

from typing import Any

import pytest

from casework.access.navigation import PLACES, menus
from casework.access.roles import ROLES

LINE = 118
"""Letters that fit in a line of the navigation at 1280 px, a gap counted as two."""


@pytest.mark.parametrize("role", ROLES.values(), ids=lambda role: role.code)
def test_every_role_sees_its_places_in_one_line(role: Any) -> None:
    places = [place for place in PLACES if any(map(role.may, place.permissions))]
    found = menus(places)
    assert {place for menu in found for place in menu.places} == set(places)
    assert sum(len(menu.title) + 2 for menu in found) <= LINE


def test_a_menu_of_one_place_is_that_place() -> None:
    seven = [place for place in PLACES if not place.menu][:6] + [place for place in PLACES if place.title == "Board"]
    assert [menu.title for menu in menus(seven)] == [place.title for place in seven]


def test_an_analyst_sees_the_figures_without_a_menu() -> None:
    figures = [place for place in PLACES if place.menu == "Figures"]
    assert [menu.title for menu in menus(figures)] == ["What is late", "Board", "Accuracy", "Returns"]


@pytest.mark.django_db
def test_the_menu_that_holds_the_page_is_marked(sign_in: Any) -> None:
    page = sign_in("practice_manager").get("/missing").content.decode()
    assert 'gt-nav__summary--here">Children to watch' in page
    assert 'gt-nav__summary">Figures' in page and 'href="/missing" aria-current="page"' in page
