"""The front door's pages in Chromium: at three widths, without script, by keyboard alone."""

from __future__ import annotations

import os
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from casework.early_help.models import AssessedChild, FamilyAssessment
from casework.front_door.actions.contacts import Said, name_people, set_sharing_basis
from casework.front_door.actions.decisions import correct, decide
from casework.front_door.actions.partners import answer_question, ask_agency
from casework.front_door.actions.referrals import Step, decide_next_step
from casework.front_door.actions.telling import tell_referrer
from casework.front_door.models import Contact, ContactChild, Contribution, Named, Referral
from casework.people.models import Address, Professional, WarningNote
from tests.casework.live import somebody_at
from tests.casework.making import FRIDAY_TEATIME, a_child, a_team, a_user, an_adult, related
from tests.casework.making_contacts import AN_HOUR, a_contact, a_verdict
from tests.pages import DESKTOP, IN_A_BROWSER, PHONE, SCROLL_WIDTH, SMALLEST, barriers, browser

__all__ = ["browser"]
pytestmark = [*IN_A_BROWSER, pytest.mark.django_db(transaction=True)]
SATURDAY = FRIDAY_TEATIME + timedelta(hours=23)
PICTURES = os.environ.get("PICTURES", "")
"""A folder to keep a picture of each page in, when one is named."""


@pytest.fixture(autouse=True)
def saturday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("casework.common.clock.now", lambda: SATURDAY)


def a_busy_front_door(manager: Any) -> Contact:
    """Several contacts; the one given back is of two children and an unborn one, with everything a contact can hold."""
    mother, ada, ben = an_adult("Mo", "Sample"), a_child("Ada", "Sample"), a_child("Ben", "Sample")
    baby = a_child("", "Sample", born_on=None, expected_on=date(2027, 3, 1))
    brother = a_child("Cal", "Sample", born_on=date(2011, 2, 3))
    for child in (ada, ben, brother):
        related(child, mother)
        Address.objects.create(person=child, kind="home", lines="3 Example Street", postcode="AM1 1AA")
    WarningNote.objects.create(person=mother, what="Dog in the yard.", what_to_do="Ring first.",
                               started_on=date(2026, 1, 1), review_on=date(2027, 1, 1))  # fmt: skip
    Professional.objects.create(person=ada, name="Ms Head", role="Teacher", agency="Example School", telephone="01632")
    Referral.objects.create(person=ada, received_on=date(2026, 2, 3), closed_on=date(2026, 5, 1), outcome="assessment",
                            decided_on=date(2026, 2, 4), closure_reason="RC8", source="2A")  # fmt: skip
    helped = FamilyAssessment.objects.create(started_on=date(2025, 2, 3), organisation="Local area team")
    AssessedChild.objects.create(reference="E1", assessment=helped, person=ben)
    a_contact(
        brother, at=FRIDAY_TEATIME - timedelta(days=300), source="2A", agency="Example School", urgency="next_day"
    )
    a_contact(at=FRIDAY_TEATIME - timedelta(hours=30), source="3B", agency="Health visiting", urgency="next_day")
    contact = a_contact(ada, ben, baby, mother, out_of_hours=True, caller_name="PC Pat Sample",
                        caller_telephone="01632 960123")  # fmt: skip
    name_people(contact, [Said(forename="Adda", surname="Sample", age_said=4)], by=manager, at=FRIDAY_TEATIME)
    set_sharing_basis(contact, basis="risk", reason="Asking would warn him.", by=manager, at=FRIDAY_TEATIME)
    asked = [ask_agency(contact, kind=kind, agency=agency, question="Any injuries seen in the last year?",
                        about=[ada, ben], by=manager, at=FRIDAY_TEATIME)
             for kind, agency in (("health", "Amberford Health"), ("school", "Example School"))]  # fmt: skip
    answer_question(asked[1], answer="known", said="Tired and hungry since September.", said_by="Ms Head",
                    by=manager, at=FRIDAY_TEATIME + AN_HOUR)  # fmt: skip
    first, second, _ = contact.children.order_by("pk")
    team = a_team("Amber assessment")
    decide([first], a_verdict(team=team, evidence={"Health": "Bruise on the arm."}), by=manager, at=SATURDAY)
    decide([second], a_verdict("information", given="Number of the helpline."), by=manager, at=SATURDAY)
    correct(second, a_verdict("referral", team=team), correction_reason="The school rang.", by=manager, at=SATURDAY)
    decide_next_step(first.referrals.all(), Step("strategy_discussion", "Injury.", "N1"), by=manager, at=SATURDAY)
    tell_referrer([first], kind="outcome", how="email", to_whom="PC Pat Sample", what="Accepted.", by=manager,
                  at=SATURDAY)  # fmt: skip
    return contact


def pages_of(contact: Contact) -> dict[str, str]:
    """Every page of the front door that somebody who decides has of that contact, by a name for its picture."""
    first, second, _ = contact.children.order_by("pk")
    decided, waits = first.referrals.get(), second.referrals.get()
    named, asked = contact.named.get(person=None), contact.contributions.get(answered_at=None)
    at = f"/contacts/{contact.reference}"
    return {
        "board": "/contacts", "board-filtered": "/contacts?waiting=decision&sort=urgency", "referrals": "/referrals",
        "record": "/contacts/record", "contact": at, "people": f"{at}/people?children=2&adults=1",
        "match": f"{at}/match", "find": f"{at}/named/{named.pk}/find?q=Ada", "aside": f"{at}/named/{named.pk}/aside",
        "family": f"{at}/family", "sharing": f"{at}/sharing", "ask": f"{at}/ask", "change": f"{at}/change",
        "answer": f"{at}/asked/{asked.reference}", "decide": f"{at}/decide", "tell": f"{at}/tell",
        "correct": f"{at}/children/{first.reference}/correct", "referral": f"/referrals/{decided.reference}",
        "step": f"/referrals/{waits.reference}/decide", "step-correct": f"/referrals/{decided.reference}/correct",
        "team": f"/referrals/{decided.reference}/team", "close": f"/referrals/{decided.reference}/close",
        "person": f"/people/{first.person.reference}/contacts", "overview": f"/people/{first.person.reference}",
    }  # fmt: skip


def looked_at(page: Any, name: str, width: int) -> None:
    if PICTURES:
        page.screenshot(path=str(Path(PICTURES) / f"{name}-{width}.png"), full_page=True)
    assert page.evaluate(SCROLL_WIDTH) <= width, f"{name} scrolls sideways at {width}"
    if width != SMALLEST:
        found = barriers(page).response["violations"]
        assert not found, (name, width, [(one["id"], [node["html"] for node in one["nodes"]]) for one in found])


def test_every_page_at_every_width(browser: Any, live_site: str) -> None:
    manager = a_user("service_manager", team=a_team("Front door", stage="front_door"))
    addresses = pages_of(a_busy_front_door(manager))
    for width in (DESKTOP, PHONE, SMALLEST):
        page = somebody_at(browser, live_site, manager, width)
        for name, address in addresses.items():
            answer = page.goto(f"{live_site}{address}")
            assert answer.status == 200, address
            looked_at(page, name, width)
        page.goto(f"{live_site}{addresses['decide']}")
        page.click("main form button[type=submit]")
        assert page.locator(".govuk-error-summary a").count() == 3
        looked_at(page, "decide-errors", width)
        page.context.close()


def test_a_partners_pages(browser: Any, live_site: str) -> None:
    a_busy_front_door(a_user("service_manager"))
    partner = a_user("partner", agency="Amberford Health")
    asked = Contribution.objects.get(agency="Amberford Health")
    for width in (DESKTOP, PHONE, SMALLEST):
        page = somebody_at(browser, live_site, partner, width)
        for name, address in (("questions", "/questions"), ("question", f"/questions/{asked.reference}")):
            assert page.goto(f"{live_site}{address}").status == 200
            looked_at(page, name, width)
        page.context.close()


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
    tab_to(page, "summary")
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
