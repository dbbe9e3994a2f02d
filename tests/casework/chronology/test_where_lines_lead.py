"""What a chronology tells leads to the page on which it is read, whichever stage holds it."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from casework.assessment.models import Assessment
from casework.child_in_need.models import ChildInNeedPlan
from casework.child_protection.models import ChildAtConference, DiscussedChild, Section47Enquiry
from casework.court.models import EmergencyOrder, PoliceProtection
from casework.early_help.models import AssessedChild
from casework.front_door.models import ContactChild, Referral
from casework.meetings.models import ChildAtMeeting
from casework.missing.models import MissingEpisode
from casework.people import panels
from casework.private_fostering.models import Arrangement
from casework.visits.models import ChildVisited
from tests.casework.access.test_every_page import arguments
from tests.casework.making import FRIDAY_TEATIME

pytestmark = pytest.mark.django_db

HELD: tuple[tuple[str, Any, str, str, str], ...] = (
    ("contacts", ContactChild, "contact__reference", "contact", "contact"),
    ("assessments", Assessment, "pk", "assessment", "assessment"),
    ("strategy_discussions", DiscussedChild, "pk", "strategy", "discussed"),
    ("section_47_enquiries", Section47Enquiry, "pk", "enquiry", "enquiry"),
    ("conferences", ChildAtConference, "pk", "conference", "conference_held"),
    ("core_groups", ChildAtMeeting, "pk", "meeting", "meeting_held"),
    ("early_help_assessments", AssessedChild, "assessment", "early_help", "early_help"),
    ("referrals", Referral, "reference", "referral", "referral"),
    ("visits", ChildVisited, "reference", "visit_row", "visit_row"),
    ("missing_episodes", MissingEpisode, "reference", "missing_row", "missing_row"),
    ("police_protections", PoliceProtection, "reference", "police_protection_row", "police_row"),
    ("emergency_orders", EmergencyOrder, "reference", "emergency_order_row", "order_row"),
    ("private_fostering", Arrangement, "reference", "private_fostering_row", "fostering_row"),
    ("cin_plans", ChildInNeedPlan, "reference", "cin_plan_of_row", "cin_plan_row"),
)
"""Of each table: the model that has its rows, what names the page among their columns, its view, and which was made."""


@pytest.fixture(autouse=True)
def friday(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Any) -> None:
    monkeypatch.setattr("casework.common.clock.now", lambda: FRIDAY_TEATIME)
    settings.MEDIA_ROOT = tmp_path


def test_each_row_leads_to_its_own_page(sign_in: Any) -> None:
    client = sign_in("group_manager")
    made = arguments(client.user, client.user.worker), arguments(client.user, client.user.worker)
    for one in made:
        child, pages = one["person"][0], {}
        for table, model, column, view, name in HELD:
            (row,) = model.objects.filter(**{"person__reference": child, column: one[name][0]})
            pages[table, row.reference] = reverse(view, args=one[name])
        assert panels.read_at([*pages, ("contacts", "there is none")]) == pages
        told = client.get(reverse("chronology", args=[child]), {"show": "everything"}).content.decode()
        assert [table for (table, _), page in pages.items() if f'href="{page}"' not in told] == []
