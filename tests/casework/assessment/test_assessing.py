"""An assessment from its start to its outcome: what is refused, what is recorded, what follows."""

from datetime import date, timedelta
from typing import Any

import pytest

from casework.accounts.models import User
from casework.assessment import actions, policies
from casework.assessment.models import Assessment
from casework.assessment.queries import assessed_together, to_assess
from casework.common.refused import Refused
from casework.early_help.models import AssessedChild
from casework.front_door.models import Contact, ContactChild, Referral
from casework.notices.models import Notice
from casework.people.models import Person
from casework.tasks.models import SignOff, Task
from tests.casework.making import FRIDAY_TEATIME, a_child, a_team, a_user, allocated, related

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 27)
AT = FRIDAY_TEATIME


def referred(*children: Person, outcome: str = "assessment") -> list[Referral]:
    """One contact about the children, and a referral of each that goes on."""
    contact = Contact.objects.create(received_on=date(2026, 11, 2), source="6", concern="Heard shouting")
    return [
        Referral.objects.create(
            person=child, received_on=date(2026, 11, 2), decided_on=date(2026, 11, 3), outcome=outcome,
            primary_need="N1",
            contact=ContactChild.objects.create(contact=contact, person=child, decided_on=TODAY, outcome="referral"),
        )
        for child in children
    ]  # fmt: skip


def staff() -> tuple[User, User]:
    """A worker and the manager of their team."""
    team = a_team()
    worker, manager = a_user("social_worker", team=team), a_user("practice_manager", team=team)
    team.manager = manager.worker
    team.save()
    return worker, manager


def begun(worker: User) -> Assessment:
    child = a_child("Ada")
    allocated(child, worker.worker)
    return actions.start_assessments(referred(child), worker=worker.worker, by=worker, at=AT)[0]


def finished(worker: User) -> Assessment:
    """One that can be sent to be authorised."""
    one = begun(worker)
    actions.record_seen(
        one, seen_on=TODAY, alone=True, where="School", what_was_said="I like it there", by=worker, at=AT
    )
    actions.set_factors(one, ["16A"], by=worker, at=AT)
    parts = {"analysis": "Tired parents who ask for help", "proposed_outcome": "child_in_need"}
    actions.write_own_part(one, parts, version=None, by=worker, at=AT)
    one.refresh_from_db()
    return one


def test_brothers_and_sisters_are_assessed_together_with_one_family_part() -> None:
    worker, _ = staff()
    elder, younger, unborn = a_child("Ada"), a_child("Ben"), a_child("", born_on=None, expected_on=date(2027, 3, 1))
    for child in (elder, younger, unborn):
        allocated(child, worker.worker)
    referrals = referred(elder, younger, unborn)
    assert to_assess(worker, referrals[1]) == referrals
    made = actions.start_assessments(referrals, worker=worker.worker, by=worker, at=AT)
    assert len({one.family_id for one in made}) == 1
    assert {one.person for one in assessed_together(made[0], worker)} == {younger, unborn}
    assert {(one.started_on, one.kind, one.team) for one in made} == {(TODAY, "single", worker.worker.team)}
    assert to_assess(worker, referrals[0]) == []


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"closed_on": TODAY}, "closed on 27 November 2026"),
        ({"outcome": "early_help"}, "has not been decided to assess"),
    ],
)
def test_an_assessment_is_not_begun_where_nobody_decided_on_one(change: dict[str, Any], sentence: str) -> None:
    worker, _ = staff()
    (referral,) = referred(a_child())
    Referral.objects.filter(pk=referral.pk).update(**change)
    with pytest.raises(Refused, match=sentence):
        actions.start_assessments([referral], worker=None, by=worker, at=AT)


def test_two_assessments_of_one_child_do_not_run_at_once() -> None:
    worker, _ = staff()
    one = begun(worker)
    assert one.referral
    with pytest.raises(Refused, match="goes on"):
        actions.start_assessments([one.referral], worker=None, by=worker, at=AT)


def test_the_first_day_the_child_was_seen_is_kept_whatever_the_order_of_recording() -> None:
    worker, _ = staff()
    one = begun(worker)
    later = {"alone": None, "where": "", "what_was_said": "", "by": worker, "at": AT}
    actions.record_seen(one, seen_on=TODAY, **later)
    actions.record_seen(one, seen_on=TODAY - timedelta(days=3), **later)
    one.refresh_from_db()
    assert (one.child_first_seen_on, one.child_seen) == (TODAY - timedelta(days=3), True)
    with pytest.raises(Refused, match="later than today"):
        actions.record_seen(one, seen_on=TODAY + timedelta(days=1), **later)
    with pytest.raises(Refused, match="why the child was not seen alone"):
        actions.record_seen(one, seen_on=TODAY, **{**later, "alone": False})


def test_a_review_is_a_managers_gives_direction_and_the_first_and_second_are_kept() -> None:
    worker, manager = staff()
    one = begun(worker)
    with pytest.raises(Refused, match="A manager holds"):
        actions.hold_review_point(one, held_on=TODAY, on_course=True, direction="Go on", by=worker, at=AT)
    with pytest.raises(Refused, match="without direction"):
        actions.hold_review_point(one, held_on=TODAY, on_course=True, direction=" ", by=manager, at=AT)
    with pytest.raises(Refused, match="why it needs longer"):
        actions.hold_review_point(one, held_on=TODAY, on_course=False, direction="Go on", by=manager, at=AT)
    actions.hold_review_point(one, held_on=TODAY, on_course=True, direction="See father by Monday", by=manager, at=AT)
    later = AT + timedelta(days=20)
    actions.hold_review_point(
        one, held_on=TODAY + timedelta(days=20), on_course=False, why_longer="Father is abroad", direction="Ring him",
        by=manager, at=later,
    )  # fmt: skip
    one.refresh_from_db()
    assert (one.review_point_on, one.second_review_point_on) == (TODAY, TODAY + timedelta(days=20))
    assert Notice.objects.filter(user=worker, text__contains="given direction").count() == 2


def test_no_factor_stands_alone() -> None:
    worker, _ = staff()
    one = begun(worker)
    with pytest.raises(Refused, match="cannot stand beside others"):
        actions.set_factors(one, ["21", "16A"], by=worker, at=AT)
    actions.set_factors(one, ["16A", "3B"], by=worker, at=AT)
    actions.set_factors(one, ["3B", "4B"], by=worker, at=AT)
    assert sorted(one.factors.values_list("factor", flat=True)) == ["3B", "4B"]


def test_what_a_decision_rests_on_is_asked_for_and_nothing_else() -> None:
    worker, manager = staff()
    one = begun(worker)
    with pytest.raises(Refused) as refused:
        actions.ask_for_authorisation(one, of=manager, by=worker, at=AT)
    assert refused.value.message.count(".") == 4
    actions.write_own_part(
        one,
        {"analysis": "x", "proposed_outcome": "closed", "why_not_seen": "Moved abroad"},
        version=None,
        by=worker,
        at=AT,
    )
    actions.set_factors(one, ["21"], by=worker, at=AT)
    one.refresh_from_db()
    assert policies.missing(one) == []
    assert policies.prompts(one)
    with pytest.raises(Refused, match="cannot authorise"):
        actions.ask_for_authorisation(one, of=a_user("social_worker"), by=worker, at=AT)
    assert actions.ask_for_authorisation(one, of=manager, by=worker, at=AT).state == "waiting"


def test_work_is_returned_with_what_is_missing_and_comes_back() -> None:
    worker, manager = staff()
    one = finished(worker)
    asked = actions.ask_for_authorisation(one, of=manager, by=worker, at=AT)
    actions.return_for_work(one, asked, comment="What does father say?", by=manager, at=AT)
    assert "returned" in Notice.objects.filter(user=worker).latest("pk").text
    assert actions.ask_for_authorisation(one, of=manager, by=worker, at=AT).state == "waiting"


def test_nobody_authorises_their_own_or_without_direction() -> None:
    worker, manager = staff()
    one = finished(worker)
    asked = actions.ask_for_authorisation(one, of=manager, by=worker, at=AT)
    with pytest.raises(Refused, match="A manager authorises"):
        actions.authorise(one, asked, outcome="closed", direction="x", by=worker, at=AT)
    with pytest.raises(Refused, match="what is to happen next"):
        actions.authorise(one, asked, outcome="closed", direction=" ", by=manager, at=AT)
    Assessment.objects.filter(pk=one.pk).update(worker=manager.worker)
    with pytest.raises(Refused, match="You wrote this"):
        actions.authorise(one, asked, outcome="closed", direction="x", by=manager, at=AT)
    assert SignOff.objects.get().state == "waiting"


def authorised(outcome: str) -> Assessment:
    worker, manager = staff()
    one = finished(worker)
    asked = actions.ask_for_authorisation(one, of=manager, by=worker, at=AT)
    return actions.authorise(one, asked, outcome=outcome, direction="School to help with mornings", by=manager, at=AT)


WHAT_FOLLOWS = [
    # outcome, needs support, referral closed for, early help begun, task given
    ("closed", False, "RC8", False, None),
    ("early_help", False, "RC9", True, None),
    ("child_in_need", True, "", False, "child in need plan"),
    ("strategy_discussion", True, "", False, "strategy discussion"),
    ("conference", True, "", False, "initial child protection conference"),
    ("looked_after", True, "", False, "care plan"),
]


@pytest.mark.parametrize(("outcome", "support", "closed_for", "early_help", "task"), WHAT_FOLLOWS)
def test_what_follows(outcome: str, support: bool, closed_for: str, early_help: bool, task: str | None) -> None:
    one = authorised(outcome)
    assert one.referral
    one.referral.refresh_from_db()
    assert (one.authorised_on, one.support_needed, one.outcome) == (TODAY, support, outcome)
    assert one.referral.closure_reason == closed_for
    assert (one.referral.closed_on is not None) == bool(closed_for)
    assert AssessedChild.objects.filter(person=one.person).exists() == early_help
    given = Task.objects.first()
    assert (given is None) if task is None else (given is not None and task in given.what)


def test_a_brother_or_sister_stepped_down_too_joins_the_same_early_help() -> None:
    one = authorised("early_help")
    worker, manager = staff()
    sister = a_child("Bea")
    related(sister, one.person, "sibling")
    allocated(sister, worker.worker)
    hers = actions.start_assessments(referred(sister), worker=worker.worker, by=worker, at=AT)[0]
    actions.write_own_part(
        hers,
        {"analysis": "x", "proposed_outcome": "early_help", "why_not_seen": "Away"},
        version=None,
        by=worker,
        at=AT,
    )
    actions.set_factors(hers, ["21"], by=worker, at=AT)
    hers.refresh_from_db()
    asked = actions.ask_for_authorisation(hers, of=manager, by=worker, at=AT)
    actions.authorise(hers, asked, outcome="early_help", direction="As for Ada", by=manager, at=AT)
    assert (
        AssessedChild.objects.get(person=sister).assessment == AssessedChild.objects.get(person=one.person).assessment
    )


def test_an_authorised_assessment_is_not_written_in_but_is_shared() -> None:
    one = authorised("child_in_need")
    worker = a_user("social_worker")
    with pytest.raises(Refused, match="Add what is new as a case note"):
        actions.write_own_part(one, {"analysis": "y"}, version=None, by=worker, at=AT)
    with pytest.raises(Refused, match="cannot be before"):
        actions.share(one, shared_on=TODAY - timedelta(days=1), shared_with="Mother", by=worker, at=AT)
    actions.share(one, shared_on=TODAY, shared_with="Mother, by hand", by=worker, at=AT)
    one.refresh_from_db()
    assert (one.shared_on, one.shared_with) == (TODAY, "Mother, by hand")


PAGES = [
    "",
    "/seen",
    "/not-seen",
    "/family",
    "/child",
    "/tools",
    "/tools/graded_care_profile",
    "/factors",
    "/analysis",
    "/ask",
]


@pytest.mark.parametrize("page", PAGES)
def test_each_page_is_shown_with_few_questions_and_only_within_reach(
    sign_in: Any, django_assert_max_num_queries: Any, page: str
) -> None:
    worker, _ = staff()
    one = finished(worker)
    client, stranger = sign_in(worker), sign_in(a_user("social_worker", team=a_team("Far", service="Other")))
    with django_assert_max_num_queries(25):
        assert client.get(f"/assessments/{one.pk}{page}").status_code == 200
    assert stranger.get(f"/assessments/{one.pk}{page}").status_code == 404


def test_an_assessment_is_worked_from_its_pages(sign_in: Any) -> None:
    worker, manager = staff()
    child = a_child("Ada")
    allocated(child, worker.worker)
    (referral,) = referred(child)
    client, managers = sign_in(worker), sign_in(manager)
    sent = client.post(f"/referrals/{referral.pk}/assess", {"children": [referral.pk], "worker": worker.worker_id})
    address = sent["Location"]
    day = {"seen_on_day": "26", "seen_on_month": "nov", "seen_on_year": "2026"}
    assert client.post(f"{address}/seen", {**day, "alone": "yes", "where": "Home"}).status_code == 302
    assert client.post(f"{address}/factors", {"factors": ["16A", "4B"]}).status_code == 302
    grades = {"used_on_day": "26", "used_on_month": "11", "used_on_year": "2026", "area_0": "4"}
    assert client.post(f"{address}/tools/graded_care_profile", grades).status_code == 302
    assert client.post(f"{address}/analysis", {"analysis": "Neglect", "proposed_outcome": "closed"}).status_code == 302
    assert client.post(f"{address}/ask", {"of": manager.pk}).status_code == 302
    answers = {"answer": "authorise", "outcome": "closed", "direction": "Close, and tell the school"}
    assert managers.post(f"{address}/authorise", answers).status_code == 302
    shown = client.get(address).content.decode()
    assert "Close, and tell the school" in shown
    assert "Graded Care Profile" in shown
