"""Pages of child protection with all that they can hold, in Chromium: nothing that axe finds, nothing too wide.

Each page as such is met in tests/casework/test_pages_in_a_browser.py.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from casework.child_protection.actions import conferences, deciding, enquiries
from casework.child_protection.models import ChildAtConference
from casework.people.models import Professional
from tests.casework.child_protection.making import AT, EVERYBODY, a_worker_and_manager, discussed, enquired, signed_off
from tests.casework.live import somebody_at
from tests.casework.making import a_child, a_user, an_adult, related
from tests.pages import IN_A_BROWSER, PHONE, SCROLL_WIDTH, barriers, browser

__all__ = ["browser"]
pytestmark = [*IN_A_BROWSER, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def friday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("casework.common.clock.now", lambda: AT)


def faults(page: Any, site: str, paths: list[str]) -> list[str]:
    """What is wrong with each page: its answer, what axe finds, and a page too wide for a phone."""
    found = []
    for path in paths:
        page.set_viewport_size({"width": 1280, "height": 900})
        status = page.goto(f"{site}{path}").status
        violations = [one["id"] for one in barriers(page).response["violations"]]
        page.set_viewport_size({"width": PHONE, "height": 900})
        width = page.evaluate(SCROLL_WIDTH)
        if status != 200 or violations or width > PHONE:
            found.append(f"{path}: {status} {violations} {width}")
    return found


def test_a_full_page_is_without_barriers_and_fits_a_phone(browser: Any, live_site: str) -> None:
    worker, manager = a_worker_and_manager()
    chair, ada, ben = a_user("conference_chair"), a_child("Ada"), a_child("Ben")
    for child in (ada, ben):
        related(child, an_adult("Mo"))
    related(ada, ben, "sibling")
    Professional.objects.create(person=ada, name="Ms Head", role="Teacher", agency="Example School")
    undecided, _ = discussed(ada, ben, by=worker, took_part={"police": "DS Example"})
    one, two, three = enquired(ada, ben, a_child("Cal"), by=worker)
    enquiries.record_seen(
        one, seen_at=AT, alone=False, why_not_alone="Asked for Mo", where="Home", what_was_said="Hello",
        how_heard="Talking", by=worker, at=AT,
    )  # fmt: skip
    enquiries.record_finding(one, agency="health", who="Dr Sample", told_on=AT.date(), found="A burn", by=worker, at=AT)
    enquiries.write_enquiry(three, {"analysis": "x", "proposed_finding": "likely", "why_not_seen": "y"}, version=None,
                            by=worker, at=AT)  # fmt: skip
    three.refresh_from_db()
    enquiries.ask_for_signature(three, of=manager, by=worker, at=AT)
    to_come, held = _two_conferences(one, two, manager, worker, chair)

    assert faults(somebody_at(browser, live_site, worker), live_site, [
        f"/strategy/{undecided.pk}", f"/enquiries/{one.pk}", f"/enquiries/{three.pk}", f"/enquiries/{three.pk}/ask",
    ]) == []  # fmt: skip
    assert faults(somebody_at(browser, live_site, chair), live_site, [
        f"/conferences/{to_come.pk}", f"/conferences/{held.pk}", f"/conferences/{_undecided(held).pk}/decide",
    ]) == []  # fmt: skip


def _two_conferences(one: Any, two: Any, manager: Any, worker: Any, chair: Any) -> list[ChildAtConference]:
    """One still to be held, and its child's review that follows; one that was held today, with dissent."""
    signed_off(one, "likely", manager, by=worker)
    signed_off(two, "likely", manager, by=worker)
    held = ChildAtConference.objects.get(enquiry=one)
    invited = conferences.invite(held.conference, EVERYBODY, by=chair, at=AT)
    came = {invitation.pk: "in_person" for invitation in invited}
    conferences.hold(held.conference, conferences.Meeting(AT.date(), came, "Help us", "There"), by=chair, at=AT)
    views = {invited[0].pk: deciding.View(False, "Too soon"), invited[1].pk: deciding.View(True)}
    deciding.decide(held, deciding.Verdict("plan_made", "PHY", "x", views), by=chair, at=AT)
    review = ChildAtConference.objects.get(person=one.person, kind="review")
    conferences.arrange(review.conference, planned_at=AT + timedelta(days=60), place="Room 1", chair=chair.worker,
                        version=None, by=chair, at=AT)  # fmt: skip
    return [review, held]


def _undecided(held: ChildAtConference) -> ChildAtConference:
    return ChildAtConference.objects.get(conference=held.conference_id, outcome="")
