"""The front door in Chromium: without script, and by keyboard. Each of its pages is in test_pages_in_a_browser.py."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from casework.front_door.models import ContactChild, Named, Referral
from tests.casework.live import somebody_at
from tests.casework.making import FRIDAY_TEATIME, a_child, a_team, a_user
from tests.casework.making_contacts import a_contact
from tests.pages import IN_A_BROWSER, browser

__all__ = ["browser"]
pytestmark = [*IN_A_BROWSER, pytest.mark.django_db(transaction=True)]
SATURDAY = FRIDAY_TEATIME + timedelta(hours=23)


@pytest.fixture(autouse=True)
def saturday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("casework.common.clock.now", lambda: SATURDAY)


def test_a_contact_is_taken_through_without_script(browser: Any, live_site: str) -> None:
    manager = a_user("service_manager", team=a_team("Front door", stage="front_door"))
    known, team = a_child("Ada", "Sample", born_on=date(2015, 3, 2)), a_team("Amber assessment")
    with_script = somebody_at(browser, live_site, manager)
    context = browser.new_context(java_script_enabled=False, storage_state=with_script.context.storage_state())
    page = context.new_page()
    page.goto(f"{live_site}/contacts/record")
    page.check("input[name=out_of_hours][value=no]")
    page.select_option("select[name=source]", "6")
    page.fill("[name=concern]", "Shouting heard.")
    page.check("input[name=urgency][value=today]")
    page.fill("[name=children]", "2")
    page.click("main form button[type=submit]")
    for number, forename in ((1, "Ada"), (2, "Ben")):
        page.fill(f"[name=child_{number}_forename]", forename)
        page.fill(f"[name=child_{number}_surname]", "Sample")
    page.click("main form button[type=submit]")
    ada, ben = Named.objects.order_by("pk")
    page.check(f"input[name=named_{ada.pk}][value='{known.pk}']")
    page.check(f"input[name=named_{ben.pk}][value=new]")
    page.click("main form button[type=submit]")
    page.click("text=Decide")
    page.check("input[name=level_of_need][value='4']")
    page.check("input[name=outcome][value=referral]")
    page.select_option("select[name=team]", str(team.pk))
    page.fill("[name=reason]", "Two children hurt.")
    page.click("main form button[type=submit]")
    assert "The decision is recorded." in page.inner_text("main")
    assert Referral.objects.filter(team=team).count() == 2
    assert known in [child.person for child in ContactChild.objects.select_related("person")]
    context.close()


FOCUSED = "document.activeElement.matches({selector!r})"


def tab_to(page: Any, selector: str, presses: int = 120) -> None:
    """Press Tab until the element has the focus; each stop on the way shows where it is."""
    for _ in range(presses):
        page.keyboard.press("Tab")
        if page.evaluate(FOCUSED.format(selector=selector)):
            return
    raise AssertionError(f"{selector} is not reached by keyboard")


def test_the_board_and_a_decision_by_keyboard_alone(browser: Any, live_site: str) -> None:
    manager = a_user("service_manager", team=a_team("Front door", stage="front_door"))
    contact = a_contact(a_child("Ada", "Sample"))
    page = somebody_at(browser, live_site, manager)
    page.goto(f"{live_site}/contacts")
    tab_to(page, "main summary")
    page.keyboard.press("Enter")
    tab_to(page, "#filter-urgency")
    page.keyboard.type("Needs")
    tab_to(page, ".gt-filters button")
    page.keyboard.press("Enter")
    page.wait_for_url("**/contacts?*urgency=today*")
    tab_to(page, "tbody a")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/contacts/{contact.reference}?*urgency=today*")
    tab_to(page, "a[href$='/decide']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/decide")
    tab_to(page, "input[name=level_of_need]")
    page.keyboard.press("ArrowDown")
    tab_to(page, "input[name=outcome]")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    tab_to(page, "[name=given]")
    page.keyboard.type("The helpline.")
    tab_to(page, "[name=reason]")
    page.keyboard.type("One worry.")
    tab_to(page, "main form button[type=submit]")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/contacts/{contact.reference}")
    assert contact.children.get().outcome == "information"
    page.goto(f"{live_site}/contacts")
    assert "No contact is waiting." in page.inner_text("main")
