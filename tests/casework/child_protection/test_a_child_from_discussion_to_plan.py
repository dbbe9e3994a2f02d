"""One family from a strategy discussion on a Friday to a review: every page, every day that the law gives."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from casework.accounts.models import User
from casework.canonical import dataset_of
from casework.child_protection.models import (
    ChildAtConference,
    ChildProtectionPlan,
    Conference,
    DiscussedChild,
    Section47Enquiry,
)
from casework.deadlines.queries import clocks_of
from casework.notices.models import Notice
from casework.people.models import Person, Professional
from casework.tasks.models import Task
from tests.casework.making import FRIDAY_TEATIME, a_child, a_team, a_user, allocated, an_adult, related

pytestmark = pytest.mark.django_db
FRIDAY = FRIDAY_TEATIME
"""Friday 27 November 2026, five o'clock."""


class Clock:
    """England's time, moved on by the test."""

    def __init__(self) -> None:
        self.at = FRIDAY

    def now(self) -> datetime:
        return self.at

    def set(self, *parts: int) -> None:
        self.at = timezone.make_aware(datetime(*parts))  # type: ignore[arg-type]


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch, settings: Any) -> Clock:
    settings.SESSION_IDLE_AGE = settings.SESSION_COOKIE_AGE = 10**8  # nobody signs in anew for months
    found = Clock()
    monkeypatch.setattr("casework.common.clock.now", found.now)
    return found


def day(name: str, on: date) -> dict[str, str]:
    return {f"{name}_day": str(on.day), f"{name}_month": str(on.month), f"{name}_year": str(on.year)}


def moment(name: str, at: datetime) -> dict[str, str]:
    at = timezone.localtime(at)
    return {**day(name, at.date()), f"{name}_time": f"{at:%H:%M}"}


def sent(client: Any, address: str, **answers: Any) -> str:
    """The address that a form leads to once it is saved."""
    found = client.post(address, answers)
    assert found.status_code == 302, found.context["form"].errors if found.context else found.status_code
    return str(found["Location"])


def staff() -> tuple[User, User, User]:
    """A worker, the manager of their team, and a conference chair."""
    team = a_team()
    return a_user("social_worker", team=team), a_user("practice_manager", team=team), a_user("conference_chair")


def a_family(worker: User) -> tuple[Person, Person, Person]:
    """A girl, her unborn brother, their mother."""
    mother, ada = an_adult("Mo"), a_child("Ada")
    baby = a_child("", born_on=None, expected_on=date(2027, 3, 1))
    for child in (ada, baby):
        related(child, mother)
        allocated(child, worker.worker)
    Professional.objects.create(person=ada, name="Ms Head", role="Teacher", agency="Example School")
    return ada, baby, mother


def due(person: Person, clock: str, at: datetime) -> Any:
    return next(one for one in clocks_of(person, at=at) if one.row.clock == clock)


def test_from_a_strategy_discussion_on_a_friday_to_a_review(sign_in: Any, time: Clock) -> None:
    worker, manager, chair = staff()
    ada, baby, _ = a_family(worker)
    workers, managers, chairs = sign_in(worker), sign_in(manager), sign_in(chair)

    # Friday at five: police, and nobody of health.
    held = {
        **moment("held_at", FRIDAY - timedelta(hours=1)), **day("needed_on", date(2026, 11, 26)), "how": "video",
        "chair": manager.worker_id, "why": "A burn that nobody explains", "shared": "Police: two call-outs",
        "took_part_police": "DS Example", "took_part_social_care": "Wilma",
    }  # fmt: skip
    decide = sent(workers, f"/people/{ada.reference}/strategy", children=[ada.pk, baby.pk], **held)
    parts = {one.person_id: one for one in DiscussedChild.objects.all()}
    shown = workers.get(f"/strategy/{parts[ada.pk].pk}").content.decode()
    assert "Health did not take part" in shown and "Not decided yet" in shown
    answers = {f"outcome_{one.pk}": "joint" for one in parts.values()}
    answers |= {f"reasons_{one.pk}": "Likely harm" for one in parts.values()}
    assert sent(workers, decide, **answers) == f"/strategy/{parts[ada.pk].pk}"
    sent(workers, f"/strategy/{parts[ada.pk].pk}/action", what="Mother's friend stays out", who="Police",
         **moment("by_when", FRIDAY + timedelta(hours=2)))  # fmt: skip
    sent(workers, f"/strategy/{parts[ada.pk].pk}/action", what="See Ada tonight", owner=worker.pk,
         **moment("by_when", FRIDAY + timedelta(hours=3)))  # fmt: skip
    assert Task.objects.get(owner=worker, what="See Ada tonight").due_on == date(2026, 11, 27)

    enquiry = Section47Enquiry.objects.get(person=ada)
    assert (enquiry.started_at, enquiry.joint, enquiry.worker) == (FRIDAY - timedelta(hours=1), True, worker.worker)
    assert enquiry.conference_target_on == date(2026, 12, 18)
    assert due(ada, "s47_to_icpc_15wd", time.at).row.due_on == date(2026, 12, 18)
    assert due(baby, "s47_to_icpc_15wd", time.at).row.due_on == date(2026, 12, 18)
    within_a_day = due(ada, "child_seen_24h_york", time.at)
    assert within_a_day.due_said == "28 November 2026 at 4:00pm"

    # Saturday morning: seen, alone. Within York's 24 hours.
    time.set(2026, 11, 28, 11, 0)
    here = f"/enquiries/{enquiry.pk}"
    sent(workers, f"{here}/seen", **moment("seen_at", time.at - timedelta(hours=1)), alone="yes", where="Home",
         what_was_said="He gets cross when I spill")  # fmt: skip
    assert due(ada, "child_seen_24h_york", time.at).tag == "In time"
    sent(workers, f"{here}/finding", agency="health", who="Dr Sample", found="A burn, a day old",
         **day("told_on", time.at.date()))  # fmt: skip
    unfinished = workers.post(f"{here}/ask", {"of": manager.pk})
    assert unfinished.status_code == 422 and "Write what it means" in unfinished.content.decode()
    sent(workers, f"{here}/meaning", analysis="Held to a hob", proposed_finding="likely", parents_views="An accident")
    sent(workers, f"{here}/ask", of=manager.pk)

    # Tuesday 8 December: both are signed off, and one conference is asked for.
    time.set(2026, 12, 8, 10, 0)
    sent(managers, f"{here}/sign", answer="sign", finding="likely", direction="Conference; see weekly")
    unborn = Section47Enquiry.objects.get(person=baby)
    there = f"/enquiries/{unborn.pk}"
    sent(workers, f"{there}/not-seen", why_not_seen="Not born yet")
    sent(workers, f"{there}/meaning", analysis="As for Ada", proposed_finding="likely")
    sent(workers, f"{there}/ask", of=manager.pk)
    sent(managers, f"{there}/sign", answer="sign", finding="likely", direction="Conference")
    conference = Conference.objects.get()
    adas, babys = (ChildAtConference.objects.get(person=one) for one in (ada, baby))
    assert (adas.kind, babys.kind, adas.conference, babys.conference) == ("initial", "pre_birth", *[conference] * 2)
    assert Notice.objects.filter(user=chair, text__contains="to be arranged").count() == 2
    assert "18 December 2026" in chairs.get("/conferences").content.decode()

    # Arranged for Thursday 17 December; a report that comes on the 16th is late by the two days asked.
    at = f"/conferences/{adas.pk}"
    assert "by 18 December 2026" in chairs.get(f"{at}/arrange").content.decode()
    planned = timezone.make_aware(datetime(2026, 12, 17, 10, 0))
    sent(chairs, f"{at}/arrange", place="Room 1", chair=chair.worker_id, **moment("planned_at", planned))
    assert Notice.objects.filter(user=worker, text__contains="17 December 2026 at 10:00").count() == 2
    knows = ["social_care:" + worker.name, "education:Ms Head", "family:Mo Example", "health:Dr Sample"]
    sent(chairs, f"{at}/invite", suggested=knows)
    sent(chairs, f"{at}/invite", name="DS Example", role="Detective", agency="police")
    invited = {one.agency: one for one in conference.invitations.all()}
    time.set(2026, 12, 16, 9, 0)
    sent(chairs, f"{at}/report/{invited['education'].pk}", **day("arrived_on", date(2026, 12, 15)))
    sent(chairs, f"{at}/report/{invited['health'].pk}", **day("arrived_on", date(2026, 12, 16)))
    shown = chairs.get(at).content.decode()
    assert "Came 15 December 2026, in time" in shown and "Came 16 December 2026, late" in shown
    assert "Late: not come yet" in shown  # the police's and the worker's own

    # Held: without two other agencies it does not go on unsaid.
    time.set(2026, 12, 17, 15, 0)
    came = {f"attended_{one.pk}": "in_person" for one in invited.values()}
    alone = {**came, **{f"attended_{invited[one].pk}": "apologies" for one in ("education", "health")}}
    went = {**day("held_on", date(2026, 12, 17)), "parents_views": "We want help", "discussion": "The burn"}
    refused = chairs.post(f"{at}/hold", {**went, **alone})
    assert refused.status_code == 422 and "1 more agency" in refused.content.decode()
    sent(chairs, f"{at}/hold", **went, **came)
    assert due(ada, "s47_to_icpc_15wd", time.at).tag == "In time"
    sent(chairs, f"{at}/views", participation="PN6", childs_views="I want Mum to stop shouting",
         how_child_was_heard="A drawing")  # fmt: skip
    agree = {f"agrees_{invited[one].pk}": "yes" for one in ("social_care", "police", "health")}
    dissent = {f"agrees_{invited['education'].pk}": "no"}
    made = {"outcome": "plan_made", "category": "PHY", "reasons": "Likely harm", **agree, **dissent}
    refused = chairs.post(f"{at}/decide", made)
    assert refused.status_code == 422 and "Say why the agency does not agree" in refused.content.decode()
    sent(chairs, f"{at}/decide", **made, **{f"because_{invited['education'].pk}": "Help would do"})
    sent(chairs, f"/conferences/{babys.pk}/decide", outcome="plan_made", category="PHY", reasons="As for Ada", **agree)

    plan = ChildProtectionPlan.objects.get(person=ada)
    assert (plan.started_on, plan.initial_category, plan.previous_plans) == (date(2026, 12, 17), "PHY", 0)
    assert ChildProtectionPlan.objects.get(person=baby).pre_birth is True
    assert due(ada, "cp_review_first_3m", time.at).row.due_on == date(2027, 3, 17)
    assert "It has to be held by 17 March 2027" in chairs.get(at).content.decode()
    record = workers.get(f"/people/{ada.reference}").content.decode()
    assert "On a child protection plan" in record and "physical abuse" in record
    told = workers.get(f"/people/{ada.reference}/chronology?everything=on").content.decode()
    assert "Strategy discussion held" in told and "Child protection plan started" in told
    for page in (f"/strategy/{parts[ada.pk].pk}", here, at):
        assert f'href="{page}"' in told
    assert "Last seen, alone" in record

    # One review for both, with the same people; the plan goes on in another category, and the next is due in 6 months.
    reviews = ChildAtConference.objects.filter(kind="review")
    assert {one.conference.follows for one in reviews} == {conference}
    hers = reviews.get(person=ada)
    assert hers.conference.invitations.count() == len(invited)
    time.set(2027, 3, 10, 16, 0)
    back = {f"attended_{one.pk}": "remote" for one in hers.conference.invitations.all()}
    sent(chairs, f"/conferences/{hers.pk}/hold", **day("held_on", date(2027, 3, 10)), **back)
    assert due(ada, "cp_review_first_3m", time.at).tag == "In time"
    sent(chairs, f"/conferences/{hers.pk}/decide", outcome="plan_continued", category="EMO", reasons="Still shouting")
    sent(chairs, f"/conferences/{reviews.exclude(pk=hers.pk).get(person=baby).pk}/decide", outcome="plan_ended",
         reasons="Safe")  # fmt: skip
    plan.refresh_from_db()
    assert (plan.latest_category, plan.initial_category, plan.categories.count()) == ("EMO", "PHY", 2)
    assert ChildProtectionPlan.objects.get(person=baby).ended_on == date(2027, 3, 10)
    assert due(ada, "cp_review_subsequent_6m", time.at).row.due_on == date(2027, 9, 10)

    read = dataset_of([ada.reference], date(2027, 3, 10))
    (of_census,) = read.collect(read.lazy("section_47_enquiries"))[0].to_dicts()
    assert (of_census["outcome"], of_census["conference_not_required"]) == ("conference", False)
    assert of_census["started_at"] == datetime(2026, 11, 27, 16, 0)
    conferences = read.collect(read.lazy("conferences"))[0].sort("held_on").to_dicts()
    assert [(one["kind"], one["held_on"], one["quorate"]) for one in conferences] == [
        ("initial", date(2026, 12, 17), True), ("review", date(2027, 3, 10), True),
    ]  # fmt: skip
