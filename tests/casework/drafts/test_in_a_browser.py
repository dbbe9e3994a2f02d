"""Drafts as somebody meets them who types in Chromium: kept while typing, over a sign-out, beside somebody else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.sessions.models import Session

from casework.drafts.models import Draft
from casework.people.models import Person, WarningNote
from tests.casework.live import somebody_at
from tests.casework.making import a_child, a_user
from tests.pages import IN_A_BROWSER, barriers, browser

__all__ = ["browser"]
pytestmark = [*IN_A_BROWSER, pytest.mark.django_db(transaction=True), pytest.mark.urls("tests.casework.drafts.pages")]
SAVED = re.compile(r"Saved as a draft at \d+:\d\d[ap]m")


@pytest.fixture
def child(live_site: str) -> Iterator[Person]:
    yield a_child("Ava", known_as="Avie", first_language="English")


def says(page: Any, words: str) -> None:
    page.locator(".gt-draft", has_text=words).wait_for(timeout=8000)


def kept(page: Any, words: str) -> None:
    """The draft that a page sends as it is left comes beside the next page, not before it."""
    for _ in range(80):
        if words in Draft.objects.get().data.get("what", []):
            return
        page.wait_for_timeout(100)
    raise AssertionError(Draft.objects.get().data)


def test_typing_is_kept_and_found_again(browser: Any, live_site: str, child: Person) -> None:
    page = somebody_at(browser, live_site, a_user("head_of_service"))
    page.goto(f"{live_site}/try/{child.reference}/warn")
    page.fill("#id_what", "A dog that bites")
    says(page, "Saved as a draft at")
    assert SAVED.fullmatch(page.inner_text(".gt-draft"))
    assert page.locator("[role=status]").count() == 1
    page.fill("#id_what", "A dog that bites, and a cat")
    page.goto(f"{live_site}/people/{child.reference}")  # Leaving at once saves what a second had not.
    kept(page, "A dog that bites, and a cat")
    page.goto(f"{live_site}/try/{child.reference}/warn")
    assert page.input_value("#id_what") == "A dog that bites, and a cat"
    assert not barriers(page).response["violations"]
    page.click("main button[type=submit]")
    page.wait_for_url(f"**/people/{child.reference}")
    assert WarningNote.objects.get().what == "A dog that bites, and a cat"
    assert not Draft.objects.exists()


def test_a_record_that_cannot_be_reached_is_said_and_the_page_stays(
    browser: Any, live_site: str, child: Person
) -> None:
    page = somebody_at(browser, live_site, a_user("head_of_service"))
    page.goto(f"{live_site}/try/{child.reference}/warn")
    page.context.set_offline(True)
    page.fill("#id_what", "Typed in a lift")
    says(page, "cannot be reached")
    page.click("main button[type=submit]")
    assert page.input_value("#id_what") == "Typed in a lift"
    page.context.set_offline(False)
    says(page, "Saved as a draft at")
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
    page.click("main button[type=submit]")
    page.wait_for_url(f"**/people/{child.reference}")
    assert WarningNote.objects.get().what == "Typed in a lift"


def test_a_long_form_sent_after_the_session_ended_is_all_there_after_signing_in(
    browser: Any, live_site: str, child: Person
) -> None:
    user = a_user("head_of_service")
    page = somebody_at(browser, live_site, user)
    page.goto(f"{live_site}/try/{child.reference}/warn")
    Session.objects.all().delete()
    page.fill("#id_what", "An hour's work\nover two lines")
    page.check("#id_told_1")
    says(page, "You have been signed out")
    page.click("main button[type=submit]")
    page.wait_for_url("**/account/login/**")
    assert "What you typed is kept" in page.inner_text("main")
    page.fill("[name=login]", user.email)
    page.fill("[name=password]", "a password for tests 1")
    page.click("main button[type=submit]")
    page.wait_for_url(f"**/try/{child.reference}/warn")
    assert page.input_value("#id_what") == "An hour's work\nover two lines"
    assert page.is_checked("#id_told_1")
    assert not WarningNote.objects.exists()


def test_two_people_at_the_same_details_choose_answer_by_answer(browser: Any, live_site: str, child: Person) -> None:
    address = f"{live_site}/try/{child.reference}/change"
    mine = somebody_at(browser, live_site, a_user("head_of_service"))
    theirs = somebody_at(browser, live_site, a_user("head_of_service"))
    mine.goto(address)
    theirs.goto(address)
    theirs.fill("#id_first_language", "Polish")
    theirs.click("main button[type=submit]")
    theirs.wait_for_url(f"**/people/{child.reference}")
    mine.fill("#id_known_as", "Aves")
    mine.click("main button[type=submit]")
    mine.locator("h1", has_text="Somebody else has changed this").wait_for()
    assert not barriers(mine).response["violations"]
    assert mine.is_checked("#choice_first_language_theirs")
    mine.click("main button[type=submit]")
    mine.wait_for_url(f"**/people/{child.reference}")
    child.refresh_from_db()
    assert (child.known_as, child.first_language) == ("Aves", "Polish")
