"""What a strategy discussion and an enquiry refuse, prompt for and lead to."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from casework.access.models import Restriction
from casework.child_protection import policies
from casework.child_protection.actions import discussions, enquiries
from casework.child_protection.models import ChildAtConference, Section47Enquiry
from casework.child_protection.queries.discussions import discussed_together
from casework.child_protection.queries.stages import children_with
from casework.common.refused import Refused
from casework.deadlines.models import Obligation
from casework.front_door.models import Referral
from tests.casework.child_protection.making import AN_HOUR, AT, a_worker_and_manager, discussed, enquired, signed_off
from tests.casework.making import a_child, a_user, allocated, related
from tests.casework.making_contacts import a_contact, decided

pytestmark = pytest.mark.django_db


def test_a_discussion_is_tied_to_what_is_open_and_needs_nothing_to_be() -> None:
    worker, _ = a_worker_and_manager()
    ada, ben = a_child("Ada"), a_child("Ben")
    referral = Referral.objects.create(person=ada, received_on=date(2026, 11, 2), outcome="assessment")
    Referral.objects.create(person=ben, received_on=date(2025, 1, 2), closed_on=date(2025, 2, 1))
    hers, his = discussed(ada, ben, by=worker)
    assert (hers.referral, his.referral, hers.discussion) == (referral, None, his.discussion)


@pytest.mark.parametrize(
    ("took_part", "why_without", "says"),
    [
        ({"police": "DS Example", "health": "Dr Sample"}, "", None),
        ({"police": "DS Example"}, "", "Health did not take part"),
        ({"education": "Ms Head"}, "", "Police and health did not take part"),
        ({"police": "DS Example"}, "Nobody on call", None),
    ],
)
def test_police_and_health_are_asked_after_and_never_stand_in_the_way(
    took_part: dict[str, str], why_without: str, says: str | None
) -> None:
    worker, _ = a_worker_and_manager()
    (one,) = discussed(by=worker, took_part=took_part, why_without=why_without, shared="x", needed_on=AT.date())
    prompts = policies.prompts_of_discussion(one.discussion)
    assert [says in prompt for prompt in prompts] == ([True] if says else [])


def test_a_discussion_begins_from_a_referral_with_the_sister_who_came_with_it(sign_in: Any) -> None:
    worker, _ = a_worker_and_manager()
    ada, ben, cal = a_child("Ada"), a_child("Ben"), a_child("Cal")
    decided(a_contact(ada, ben))
    for other in (ben, cal):
        related(ada, other, "sibling")
    for child in (ada, ben, cal):
        allocated(child, worker.worker)
    client, referral = sign_in(worker), f"/referrals/{Referral.objects.get(person=ada).reference}"
    page = client.get(referral).content.decode()
    address = reverse("record_strategy", args=[ada.reference]) + f"?with={ben.reference}"
    assert address in page
    form = client.get(address).context["form"]
    assert set(form["children"].value()) == {ada.pk, ben.pk}
    assert "strategy" not in sign_in("front_door_officer").get(referral).content.decode()


def test_days_that_cannot_be_are_refused() -> None:
    worker, _ = a_worker_and_manager()
    with pytest.raises(Refused, match="later than now"):
        discussions.record_discussion([a_child()], discussions.Held(AT + AN_HOUR), by=worker, at=AT)
    with pytest.raises(Refused, match="before the discussion was held"):
        discussed(by=worker, needed_on=date(2026, 11, 28))
    (enquiry,) = enquired(by=worker)
    seen = {"alone": True, "where": "", "what_was_said": "", "by": worker, "at": AT}
    with pytest.raises(Refused, match="before the enquiry began"):
        enquiries.record_seen(enquiry, seen_at=AT - timedelta(days=2), **seen)
    with pytest.raises(Refused, match="why the child was not seen alone"):
        enquiries.record_seen(enquiry, seen_at=AT, **{**seen, "alone": False})
    with pytest.raises(Refused, match="its time cannot be changed"):
        assert enquiry.discussed
        discussions.change_discussion(
            enquiry.discussed.discussion, discussions.Held(AT - 2 * AN_HOUR), version=None, by=worker, at=AT
        )


@pytest.mark.parametrize("outcome", ["assessment", "no_further_action"])
def test_without_a_decision_to_enquire_no_enquiry_begins(outcome: str) -> None:
    worker, _ = a_worker_and_manager()
    (one,) = discussed(by=worker)
    discussions.decide({one.pk: discussions.Decision(outcome)}, discussion=one.discussion, by=worker, at=AT)
    assert not Section47Enquiry.objects.exists()
    with pytest.raises(Refused, match="decided already"):
        discussions.decide({one.pk: discussions.Decision("section_47")}, discussion=one.discussion, by=worker, at=AT)


def test_a_second_discussion_while_an_enquiry_runs_starts_no_second_clock() -> None:
    worker, _ = a_worker_and_manager()
    child = a_child()
    (first,) = enquired(child, by=worker, at=AT - timedelta(days=3))
    assert enquired(child, by=worker) == []
    assert list(Section47Enquiry.objects.all()) == [first]
    assert Obligation.objects.get(clock="s47_to_icpc_15wd").due_on == date(2026, 12, 15)


FINDINGS = [
    # finding, why no conference, outcome of the census, conference asked for
    ("not_substantiated", "", "not_substantiated", False),
    ("no_continuing_risk", "", "child_in_need", False),
    ("likely", "", "conference", True),
    ("likely", "In foster care since Thursday", "looked_after", False),
]


@pytest.mark.parametrize(("finding", "why", "outcome", "conference"), FINDINGS)
def test_what_an_enquiry_comes_to(finding: str, why: str, outcome: str, conference: bool) -> None:
    worker, manager = a_worker_and_manager()
    (enquiry,) = enquired(by=worker)
    ended = signed_off(enquiry, finding, manager, by=worker, why_no_conference=why)
    assert (ended.outcome, ended.conference_not_required, ended.ended_on) == (outcome, not conference, AT.date())
    assert ChildAtConference.objects.filter(enquiry=enquiry).exists() == conference
    running = Obligation.objects.get(clock="s47_to_icpc_15wd")
    assert (running.status == "open") == conference


def test_a_manager_signs_and_not_the_one_whose_enquiry_it_is() -> None:
    worker, manager = a_worker_and_manager()
    (enquiry,) = enquired(by=worker)
    with pytest.raises(Refused, match="A manager signs off"):
        policies.check_may_sign(enquiry, worker)
    enquiry.worker = manager.worker
    with pytest.raises(Refused, match="is yours"):
        policies.check_may_sign(enquiry, manager)
    assert policies.missing(enquiry) != [] and policies.prompts_of_enquiry(enquiry) != []


def test_a_restricted_brother_is_in_no_list_of_the_discussion(sign_in: Any) -> None:
    worker, _ = a_worker_and_manager()
    ada, hidden = a_child("Ada"), a_child("Hidden")
    related(ada, hidden, "sibling")
    mine, his = discussed(ada, hidden, by=worker)
    Restriction.objects.create(person=hidden, reason="x", owner=a_user("director"), started_at=AT)
    assert discussed_together(mine, worker) == [mine]
    assert children_with(ada, worker, AT.date()) == [ada]
    client = sign_in(worker)
    for page in (f"/strategy/{mine.pk}", f"/strategy/{mine.pk}/decide", f"/people/{ada.reference}/strategy"):
        found = client.get(page)
        assert found.status_code == 200 and "Hidden" not in found.content.decode(), page
    assert client.get(f"/strategy/{his.pk}").status_code == 404


def test_what_another_has_added_meanwhile_is_shown_and_not_written_over(sign_in: Any) -> None:
    worker, _ = a_worker_and_manager()
    (one,) = discussed(by=worker)
    client = sign_in(worker)
    page = client.get(f"/strategy/{one.pk}/change")
    later = discussions.Held(AT - AN_HOUR, why="A burn", how="video", shared="Health: seen twice before")
    discussions.change_discussion(one.discussion, later, version=None, by=worker, at=AT)
    fields = {name: page.context[name] for name in ("submission", "draft_page", "draft_reference", "draft_version")}
    found = client.post(f"/strategy/{one.pk}/change", {**fields, "why": "A burn", "shared": "Mine"})
    assert found.status_code == 409
    assert "Health: seen twice before" in found.content.decode() and "Mine" in found.content.decode()


def test_a_child_nobody_holds_is_enquired_into_by_who_recorded_it() -> None:
    worker, _ = a_worker_and_manager()
    other = a_user("social_worker")
    child = a_child()
    allocated(child, None, team=other.worker.team, ended_on=AT.date())  # type: ignore[union-attr]
    (enquiry,) = enquired(child, by=worker)
    assert (enquiry.worker, enquiry.team) == (worker.worker, worker.worker.team)  # type: ignore[union-attr]
