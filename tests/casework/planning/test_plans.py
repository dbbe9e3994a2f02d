"""A plan from its beginning to its second version, through the pages and the actions behind them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from casework.access.models import Restriction
from casework.accounts.models import User
from casework.child_in_need.actions import begin_plan
from casework.child_in_need.models import ChildInNeedPlan
from casework.common.refused import Refused
from casework.notes.actions import Slice, Written, write_note
from casework.people.models import Person
from casework.planning.actions import progress, versions, writing
from casework.planning.comparing import ADDED, CHANGED, REMOVED, SAME, differences
from casework.planning.content import content_of
from casework.planning.models import Action, PlanVersion
from casework.planning.plans import NEED, Plan
from casework.voice.models import Said
from tests.casework.making import FRIDAY_TEATIME, a_child, a_user, allocated, an_adult, related

pytestmark = pytest.mark.django_db
STARTED = date(2026, 11, 2)


@pytest.fixture(autouse=True)
def friday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("casework.common.clock.now", lambda: FRIDAY_TEATIME)


def held() -> tuple[Person, User]:
    child, user = a_child("Kit"), a_user("social_worker")
    allocated(child, user.worker)
    return child, user


def a_plan(child: Person, user: User) -> Plan:
    return Plan(NEED, begin_plan(child, started_on=STARTED, by=user, at=FRIDAY_TEATIME))


def written(plan: Plan, user: User, *actions: str) -> PlanVersion:
    """A version in force since the plan began, of one need, with those actions."""
    by: Any = {"by": user, "at": FRIDAY_TEATIME}
    version = versions.begin_version(plan, **by)
    need = writing.add_need(version, what="Kit needs sleep", family_words="I lie awake", outcome="Asleep by 9", **by)
    outcome = writing.outcome_of(need)
    assert outcome is not None
    for what in actions:
        writing.add_action(outcome, writing.Said(what, by_when=date(2026, 11, 20)), **by)
    versions.write_parts(version, {"childs_view": "OK", "worried_about": "Nights", "contingency": "We meet"}, **by)
    return versions.bring_into_force(version, in_force_from=STARTED, **by)


def test_a_plan_is_begun_written_agreed_and_handed_to_the_parents(sign_in: Any) -> None:
    child, user = held()
    mother = an_adult("Mona")
    related(child, mother)
    client = sign_in(user)
    begin = reverse("begin_cin_plan", args=[child.reference])
    day = {"started_on_day": "2", "started_on_month": "11", "started_on_year": "2026"}
    page = client.post(begin, day)["Location"]
    plan = ChildInNeedPlan.objects.get()
    assert (plan.started_on, plan.worker, page) == (STARTED, user.worker, reverse("plan", args=["need", plan.pk]))
    assert client.post(begin, day).status_code == 422  # one at a time

    draft = client.post(reverse("write_plan", args=["need", plan.pk]), {"like": ""})["Location"]
    version = PlanVersion.objects.get()
    assert client.post(reverse("agree_plan", args=[version.pk]), {"in_force_from_day": "2"}).status_code == 422
    client.post(reverse("add_plan_need", args=[version.pk]), {"what": "Kit needs sleep", "outcome": "Monitor sleep"})
    outcome = version.outcomes.get()
    client.post(
        reverse("add_plan_action", args=[outcome.pk]), {"what": "Phone away at 8", "owner": f"person:{mother.pk}"}
    )
    read = client.get(reverse("plan", args=["need", plan.pk])).content.decode()
    assert "Nothing is agreed yet. The first version is a draft" in read and draft in read
    shown = client.get(draft).content.decode()
    for prompt in ("“Monitor”", "There is no day", "The child’s own words about this plan", "what the parents need"):
        assert prompt in shown, prompt
    assert "Nobody is named" not in shown

    client.post(reverse("plan_part", args=[version.pk, "family"]), {"parents_must": "Put the phone away at 8."})
    agreed = {
        "in_force_from_day": "2",
        "in_force_from_month": "11",
        "in_force_from_year": "2026",
        "agreed_with": "Mona",
    }
    assert client.post(reverse("agree_plan", args=[version.pk]), agreed)["Location"] == page
    version.refresh_from_db()
    assert version.in_force and version.in_force_from == STARTED
    handed = client.get(reverse("plan_for_parents", args=[version.pk])).content.decode()
    assert "Put the phone away at 8." in handed and "Mona Example</strong>: Phone away at 8" in handed
    late = client.post(reverse("add_plan_need", args=[version.pk]), {"what": "More"})
    assert late.status_code == 422 and "Write a new version" in late.content.decode()


def test_the_parents_read_what_the_child_thinks_once_somebody_says_that_they_may(sign_in: Any) -> None:
    child, user = held()
    by: Any = {"by": user, "at": FRIDAY_TEATIME}
    plan = a_plan(child, user)
    version = versions.begin_version(plan, **by)
    writing.add_need(version, what="Sleep", **by)
    versions.write_parts(version, {"childs_view": "Dad shouts."}, **by)
    client, page = sign_in(user), reverse("plan_for_parents", args=[version.pk])
    shown, decide = reverse("plan_version", args=[version.pk]), reverse("plan_words_for_parents", args=[version.pk])
    assert "Dad shouts." not in client.get(page).content.decode()
    assert "Nobody has said yet that it is safe" in client.get(shown).content.decode()
    assert "Say why the parents are not to read it" in client.post(decide, {"parents_may_read": "no"}).content.decode()
    sent = {"parents_may_read": "no", "parents_may_read_why": "Kit is afraid of him."}
    assert client.post(decide, sent).status_code == 302
    versions.bring_into_force(version, in_force_from=STARTED, **by)
    handed = client.get(page).content.decode()
    assert "Dad shouts." not in handed and "What Kit says" not in handed and "afraid" not in handed
    told = client.get(plan.address).content.decode()
    assert "Kit is afraid of him." in told and "Page for the parents, without what Kit thinks" in told
    version.refresh_from_db()
    second = versions.begin_version(plan, like=version, **by)
    assert (second.parents_may_read, second.parents_may_read_why) == (False, "Kit is afraid of him.")
    client.post(decide, {"parents_may_read": "yes", "parents_may_read_why": "Kit told him."})
    assert "Dad shouts." in client.get(page).content.decode(), "of a plan in force, too"


def test_what_is_done_is_left_out_of_the_next_version_and_the_rest_goes_on_as_itself() -> None:
    child, user = held()
    plan = a_plan(child, user)
    first = written(plan, user, "Ring the school", "See the doctor")
    school, doctor = (one.action for one in first.actions.all())
    by: Any = {"by": user, "at": FRIDAY_TEATIME}
    progress.note_progress(school, state="done", noted_on=date(2026, 11, 10), **by)
    with pytest.raises(Refused, match="was done on 10 November 2026"):
        progress.note_progress(school, state="going", noted_on=date(2026, 11, 11), **by)
    with pytest.raises(Refused, match="Say why"):
        progress.note_progress(doctor, state="not_done", noted_on=date(2026, 11, 11), **by)
    assert [one.wording.what for one in content_of(first).late(date(2026, 11, 27))] == ["See the doctor"]
    assert content_of(first).late(date(2026, 11, 20)) == []  # its last day is not late

    second = versions.begin_version(plan, like=first, **by)
    with pytest.raises(Refused, match="being written already"):
        versions.begin_version(plan, **by)
    assert [one.action for one in second.actions.all()] == [doctor]
    assert second.needs.get().need == first.needs.get().need
    doctors = second.actions.get()
    writing.put_action(doctors, writing.Said("See Dr Roe", by_when=date(2026, 12, 1)), **by)
    outcome = second.outcomes.get()
    writing.add_action(outcome, writing.Said("Bath at 7"), **by)
    found = {(one.what, one.came_to) for one in differences(content_of(first), content_of(second))}
    assert {("Action", ADDED), ("Action", CHANGED), ("Action", REMOVED), ("Need", SAME)} <= found
    versions.bring_into_force(second, in_force_from=date(2026, 11, 20), what_changed="The doctor moved", **by)
    first.refresh_from_db()
    assert (first.replaced_on, first.in_force, first.actions.count()) == (date(2026, 11, 20), False, 2)
    assert first.actions.get(action=doctor).what == "See the doctor"


def test_a_sisters_plan_starts_from_the_shared_part_and_leaves_what_the_brother_said(sign_in: Any) -> None:
    child, user = held()
    sister = a_child("Kaz")
    allocated(sister, user.worker)
    related(child, sister, "sibling")
    theirs = written(a_plan(child, user), user, "Ring the school")
    own = a_plan(sister, user)
    client = sign_in(user)
    client.post(reverse("write_plan", args=["need", own.row.pk]), {"like": str(theirs.pk)})
    version = PlanVersion.objects.get(person=sister)
    need = version.needs.get()
    assert (need.what, need.family_words, version.childs_view) == ("Kit needs sleep", "", "")
    assert (version.worried_about, version.contingency) == ("Nights", "We meet")
    assert need.need.person == sister and Action.objects.count() == 2
    Restriction.objects.create(person=child, reason="x", owner=a_user("director"), started_at=FRIDAY_TEATIME)
    version.delete()
    asked = client.get(reverse("write_plan", args=["need", own.row.pk])).content.decode()
    assert "Kit" not in asked


def test_words_that_no_version_takes_up_are_asked_about(sign_in: Any) -> None:
    child, user = held()
    plan = a_plan(child, user)
    version = written(plan, user)
    said = Said.objects.create(person=child, said_on=date(2026, 11, 9), words="I want my own room")
    Said.objects.create(person=child, said_on=date(2026, 10, 9), words="Long before")
    client = sign_in(user)
    shown = client.get(plan.address).content.decode()
    assert "I want my own room" in shown and "Long before" not in shown
    draft = versions.begin_version(plan, like=version, by=user, at=FRIDAY_TEATIME)
    address = reverse("plan_part", args=[draft.pk, "child"])
    client.post(address, {"childs_view": "My room", "words": [f"alone-{said.pk}"]})
    assert draft.words_heard.get().said == said
    assert "I want my own room" not in client.get(plan.address).content.decode()
    note = Written("direct_work", FRIDAY_TEATIME, "At school.", [Slice(child, "Quiet.", "Gran sings")])
    part = write_note(note, by=user, at=FRIDAY_TEATIME).parts.get()
    assert "Gran sings" in client.get(plan.address).content.decode(), "words are heard wherever they were written"
    assert "Gran sings" in client.get(address).content.decode()
    assert client.post(address, {"childs_view": "My room, or Gran’s", "words": [f"note-{part.pk}"]}).status_code == 302
    assert draft.words_heard.get(place="note").row == part.pk
    assert "Gran sings" not in client.get(plan.address).content.decode()


def test_prompts_are_given_while_it_is_typed_and_keep_nothing(sign_in: Any) -> None:
    client = sign_in("social_worker")
    sent = {"form": "action", "what": "Mo to engage with services", "owner": "", "owner_named": ""}
    found = client.post(reverse("plan_prompts"), {**sent, "by_when_day": "3"}).json()["prompts"]
    assert [one["field"] for one in found] == ["what", "owner"]
    assert PlanVersion.objects.count() == 0
    assert sign_in("business_support").post(reverse("plan_prompts"), sent).status_code == 404


def test_a_plan_does_not_begin_beside_another_or_before_today_is_over() -> None:
    child, user = held()
    noon = timezone.make_aware(datetime(2026, 11, 2, 12))
    with pytest.raises(Refused, match="later than today"):
        begin_plan(child, started_on=date(2026, 11, 3), by=user, at=noon)
    a_plan(child, user)
    with pytest.raises(Refused, match="already"):
        begin_plan(child, started_on=STARTED, by=user, at=FRIDAY_TEATIME)
