"""A family's early help: consent, the team around the family, the plan, its reviews, stepping up and closing."""

from datetime import date, timedelta
from typing import Any

import pytest

from casework.accounts.models import User
from casework.allocation.actions import end_allocation
from casework.common.refused import Refused
from casework.early_help import actions, queries
from casework.early_help.models import FamilyAssessment
from casework.early_help.queries import open_plan, who_is_working_with
from casework.early_help.stepping import hold, step_down, take
from casework.people.models import Person, Professional
from casework.story.queries import heard_from
from casework.voice.actions import Answer
from casework.voice.models import NotAsked
from casework.voice.why import Why
from tests.casework.making import FRIDAY_TEATIME, a_child, a_team, a_user, allocated, related

pytestmark = pytest.mark.django_db
AT, TODAY = FRIDAY_TEATIME, date(2026, 11, 27)


def helper() -> User:
    return a_user("early_help_worker", team=a_team("Amber early help", service="Early help", stage="early_help"))


def begun(by: User, *children: Person) -> FamilyAssessment:
    assert by.worker
    return actions.begin(
        children or [a_child("Ada")], organisation="Amber School", lead_practitioner="Tina Teacher",
        team=by.worker.team, by=by, at=AT,
    )  # fmt: skip


def agreed(by: User) -> FamilyAssessment:
    family = begun(by)
    actions.record_consent(family, given=True, on=TODAY, who="Mother", limits="", by=by, at=AT)
    return family


def test_children_of_a_family_have_one_assessment_and_wait_in_the_team() -> None:
    by, ada, ben = helper(), a_child("Ada"), a_child("Ben")
    family = begun(by, ada, ben)
    assert {child.person for child in family.children.all()} == {ada, ben}
    held = ada.allocations.get()
    assert by.worker
    assert (held.team, held.worker, held.service) == (by.worker.team, None, "Early help")
    with pytest.raises(Refused, match="has early help already"):
        begun(by, ada)


def test_nothing_goes_on_without_consent() -> None:
    by = helper()
    family = begun(by)
    with pytest.raises(Refused, match="consent"):
        actions.agree_plan(family, agreed_on=TODAY, by=by, at=AT)
    with pytest.raises(Refused, match="who in the family"):
        actions.record_consent(family, given=True, on=TODAY, who=" ", limits="", by=by, at=AT)
    actions.record_consent(family, given=False, on=TODAY, who="Father", limits="", by=by, at=AT)
    with pytest.raises(Refused, match="consent"):
        actions.complete(family, by=by, at=AT)


def test_an_assessment_is_finished_once_it_says_something() -> None:
    by = helper()
    family = agreed(by)
    with pytest.raises(Refused, match="what it means"):
        actions.complete(family, by=by, at=AT)
    parts = {"analysis": "Mornings are hard", "level_of_need": "2"}
    actions.write(family, parts, {"school": "Late daily"}, by=by, at=AT)
    actions.write(family, {}, {"health": "Asthma"}, by=by, at=AT)
    assert [(one.kind, one.how) for one in family.issues.all()] == [("health", "Asthma")]
    actions.complete(family, by=by, at=AT)
    assert family.completed_on == TODAY
    with pytest.raises(Refused, match="already"):
        actions.complete(family, by=by, at=AT)


def test_a_plan_has_steps_and_reviews_and_a_new_one_ends_the_old() -> None:
    by = helper()
    family = agreed(by)
    first = actions.agree_plan(family, agreed_on=TODAY, by=by, at=AT)
    step = actions.add_step(
        first, outcome_wanted="In school on time", action="Breakfast club", who="School", by_when=None, by=by, at=AT
    )
    with pytest.raises(Refused, match="what has changed"):
        actions.finish_step(step, what_changed="", by=by, at=AT)
    actions.finish_step(step, what_changed="On time all week", by=by, at=AT)
    said: dict[str, Any] = {"what_changed": "Better", "by": by, "at": AT}
    with pytest.raises(Refused, match="after this one"):
        actions.review(first, held_on=TODAY, next_on=TODAY, **said)
    actions.review(first, held_on=TODAY, next_on=TODAY + timedelta(28), **said)
    second = actions.agree_plan(family, agreed_on=TODAY, by=by, at=AT)
    first.refresh_from_db()
    assert (first.ended_on, open_plan(family)) == (TODAY, second)
    with pytest.raises(Refused, match="This plan ended"):
        actions.review(first, held_on=TODAY, next_on=None, **said)


def test_closing_ends_the_plan_and_the_allocation() -> None:
    by = helper()
    family = agreed(by)
    actions.agree_plan(family, agreed_on=TODAY, by=by, at=AT)
    with pytest.raises(Refused, match="how it went"):
        actions.close(family, outcome="needs_met", note="", by=by, at=AT)
    actions.close(family, outcome="needs_met", note="They manage mornings", by=by, at=AT)
    person = family.children.get().person
    assert (family.closed_on, open_plan(family), person.allocations.get().ended_on) == (TODAY, None, TODAY)
    with pytest.raises(Refused, match="ended on 27 November 2026"):
        actions.take_lead(family, name="x", organisation="y", contact="", by=by, at=AT)


def test_a_family_that_is_passed_down_is_held_by_the_only_early_help_team() -> None:
    by = helper()
    assert by.worker and by.worker.team
    by.worker.team.manager = by.worker
    by.worker.team.save()
    ada, ben = a_child("Ada"), a_child("Ben")
    related(ada, ben, "sibling")
    related(ben, ada, "sibling")
    for child in (ada, ben):
        step_down(child, reason="Help with mornings", by=by, at=AT)
    family = FamilyAssessment.objects.get()
    assert family.team == by.worker.team
    assert {child.allocations.get().team for child in (ada, ben)} == {family.team}
    assert "A family has been passed to early help." in by.notices.values_list("text", flat=True)
    assert family.stepped_down_reason == "Help with mornings"
    step_down(ben, reason="And with bedtimes", by=by, at=AT)
    family.refresh_from_db()
    assert family.stepped_down_reason == "Help with mornings\n\n27 November 2026: And with bedtimes"
    assert "More is asked of early help for a family it has." in by.notices.values_list("text", flat=True)


def test_where_there_are_several_teams_the_family_waits_for_one_and_each_sees_it(sign_in: Any) -> None:
    by, far = helper(), a_team("Far", service="Early help", stage="early_help")
    other, social_worker = a_user("early_help_worker", team=far), a_user("social_worker")
    ada = a_child("Ada")
    step_down(ada, reason="Help with mornings", by=social_worker, at=AT)
    family = FamilyAssessment.objects.get()
    assert (family.team, ada.allocations.count()) == (None, 0)
    assert all("Waits for a team" in sign_in(user).get("/early-help").content.decode() for user in (by, other))
    assert "Ada" not in sign_in(social_worker).get("/early-help").content.decode()
    assert by.worker
    assert sign_in(by).post(f"/early-help/{family.pk}/give", {"team": by.worker.team_id}).status_code == 302
    assert ada.allocations.get().team == by.worker.team
    assert sign_in(other).get(f"/early-help/{family.pk}").status_code == 404
    eve = step_down(a_child("Eve"), reason="Help with money", by=social_worker, at=AT)
    given_away = sign_in(by).post(f"/early-help/{eve.assessment_id}/give", {"team": far.pk})
    assert given_away["Location"] == "/early-help", "it is out of reach now"
    with pytest.raises(Refused, match="is not an early help team"):
        take(family, a_team(), by=by, at=AT)


def test_a_child_whom_social_care_holds_stays_there_until_it_lets_go() -> None:
    by, ada = helper(), a_child("Ada")
    held = allocated(ada)
    step_down(ada, reason="Help with mornings", by=by, at=AT)
    assert ada.allocations.get() == held
    end_allocation(ada, by=by, at=AT)
    hold(ada, by=by, at=AT)
    assert by.worker
    assert ada.allocations.get(ended_on=None).team == by.worker.team


def test_who_is_working_with_the_family_names_every_agency_once() -> None:
    by, ada, ben = helper(), a_child("Ada"), a_child("Ben")
    family = begun(by, ada, ben)
    actions.add_member(family, name="Hugo Health", role="Health visitor", agency="NHS", contact="01", by=by, at=AT)
    Professional.objects.create(person=ada, name="Polly Police", role="Officer", agency="Police")
    found = {(one.name, one.agency, one.about) for one in who_is_working_with([ada, ben])}
    assert ("Hugo Health", "NHS", "Ada Example, Ben Example") in found
    assert ("Tina Teacher", "Amber School", "Ada Example, Ben Example") in found
    assert ("Polly Police", "Police", "Ada Example") in found


def test_somebody_who_left_the_team_is_not_named_any_more() -> None:
    by = helper()
    family = begun(by, a_child("Ada"))
    member = actions.add_member(
        family, name="Hugo Health", role="Health visitor", agency="NHS", contact="", by=by, at=AT
    )
    with pytest.raises(Refused):
        actions.member_leaves(member, ended_on=TODAY + timedelta(days=1), by=by, at=AT)
    actions.member_leaves(member, ended_on=TODAY, by=by, at=AT)
    assert "Hugo Health" not in [one.name for one in who_is_working_with([family.children.get().person])]


def test_two_who_change_the_consent_or_the_lead_are_told(sign_in: Any) -> None:
    by = helper()
    family = begun(by)
    for page, sent in (
        ("consent", {"given": "yes", "who": "Mo", "on_day": "27", "on_month": "11", "on_year": "2026", "limits": ""}),
        ("lead", {"name": "Lena", "organisation": "NHS", "contact": ""}),
    ):
        client = sign_in(by)
        opened = client.get(f"/early-help/{family.pk}/{page}").context["draft_page"]
        actions.take_lead(family, name=f"Before {page}", organisation="x", contact="", by=by, at=AT)
        sent_late = client.post(f"/early-help/{family.pk}/{page}", {**sent, "draft_page": opened})
        assert sent_late.status_code == 409, page
        assert client.post(f"/early-help/{family.pk}/{page}", sent).status_code == 302, page
        family.refresh_from_db()
    assert (family.consent_by, family.lead_practitioner) == ("Mo", "Lena")


def test_each_child_is_heard_for_the_assessment_and_at_reviews(sign_in: Any) -> None:
    by = helper()
    family = agreed(by)
    ann, bob = family.children.get().person, a_child("Bob", born_on=date(2017, 5, 1))
    family.children.create(person=bob, reference="bob")
    heard = {ann.pk: Answer("Mornings are loud.", "talk"), bob.pk: Answer(why_not_asked=Why("young"))}
    actions.write(family, {}, {}, heard, by=by, at=AT)
    actions.write(family, {}, {}, {ann.pk: Answer(), bob.pk: Answer("I am not too young.")}, by=by, at=AT)
    plan = actions.agree_plan(family, agreed_on=TODAY, by=by, at=AT)
    heard = {ann.pk: Answer("Quieter.")}
    actions.review(plan, held_on=TODAY, what_changed="x", next_on=None, heard=heard, by=by, at=AT)
    assert {one.words for one in heard_from(ann)} == {"Quieter.", "Mornings are loud."}
    assert [(one.words, one.written_in) for one in heard_from(bob)] == [("I am not too young.", "Early help")]
    assert not NotAsked.objects.exists(), "the reason goes where there are words"
    page = sign_in("group_manager").get(f"/early-help/{family.pk}").content.decode()
    assert page.index("Mornings are loud.") < page.index("I am not too young.") < page.index("Quieter.")
    only_ann = [one for found in queries.heard_of(family, [ann]).values() for one in found]
    assert {one.said.words for one in only_ann if one.said} == {"Mornings are loud.", "Quieter."}


def test_when_the_team_meets_next_is_said_and_whether_that_is_past(sign_in: Any) -> None:
    by = helper()
    family = agreed(by)
    plan = actions.agree_plan(family, agreed_on=TODAY, by=by, at=AT)
    said: dict[str, Any] = {"what_changed": "x", "by": by, "at": AT}
    actions.review(plan, held_on=TODAY, next_on=date(2026, 11, 28), **said)
    page = sign_in(by).get(f"/early-help/{family.pk}").content.decode()
    assert "The team around the family meets next on 28 November 2026." in page


PAGES = [
    "",
    "/consent",
    "/write",
    "/complete",
    "/team",
    "/lead",
    "/plan",
    "/step",
    "/review",
    "/close",
    "/step-up",
    "/give",
]


@pytest.mark.parametrize("page", PAGES)
def test_each_page_is_shown_within_reach_alone(sign_in: Any, django_assert_max_num_queries: Any, page: str) -> None:
    by = helper()
    family = agreed(by)
    client = sign_in(by)
    with django_assert_max_num_queries(25):
        assert client.get(f"/early-help/{family.pk}{page}").status_code == 200
    stranger = sign_in(a_user("early_help_worker", team=a_team("Far", service="Early help", stage="early_help")))
    assert stranger.get(f"/early-help/{family.pk}{page}").status_code == 404


def test_a_sibling_out_of_reach_is_not_named(sign_in: Any) -> None:
    by, ada, hidden = helper(), a_child("Ada"), a_child("Hidden")
    related(ada, hidden, "sibling")
    family = begun(by, ada)
    family.children.create(reference="x", person=hidden)
    page = sign_in(a_user("practice_manager", team=a_team("Amber early help"))).get(f"/early-help/{family.pk}")
    assert page.status_code == 200
    shown = sign_in(by).get(f"/early-help/{family.pk}").content.decode()
    assert "Hidden" in shown, "a brother or sister of a child in reach is in reach"
