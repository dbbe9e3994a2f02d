"""Referrals: the next step, the referrer told, the team, the closing, and what comes back."""

from datetime import date, timedelta
from typing import Any

import pytest

from casework.allocation.models import Allocation
from casework.assessment.models import Assessment
from casework.common.refused import Refused
from casework.early_help.models import AssessedChild
from casework.front_door.actions.referrals import (
    Step,
    allocate_referral,
    close_referral,
    correct_next_step,
    decide_next_step,
)
from casework.front_door.actions.telling import tell_referrer
from casework.front_door.models import NextStep, Referral, Told
from tests.casework.making import FRIDAY_TEATIME, a_child, a_team, a_user, a_worker, allocated
from tests.casework.making_contacts import AN_HOUR, a_contact, a_referral, decided

pytestmark = pytest.mark.django_db
MONDAY = FRIDAY_TEATIME + timedelta(days=3)
ON_MONDAY = MONDAY.date()


@pytest.fixture
def manager(db: None) -> Any:
    return a_user("service_manager")


def accepted(referral: Referral, manager: Any, **details: Any) -> Referral:
    step = Step(**{"outcome": "assessment", "reason": "Worry", "primary_need": "N1", **details})
    decide_next_step([referral], step, by=manager, at=MONDAY)
    referral.refresh_from_db()
    return referral


def test_accepted_for_assessment_it_stays_open(manager: Any) -> None:
    referral = accepted(a_referral(), manager, team=a_team("Amber"))
    assert (referral.outcome, referral.decided_at, referral.no_further_action) == ("assessment", MONDAY, False)
    assert (referral.closed_on, referral.team) == (None, a_team("Amber"))


@pytest.mark.parametrize("outcome", ["early_help", "information"])
def test_stepped_down_it_closes_the_same_day(outcome: str, manager: Any) -> None:
    referral = accepted(a_referral(team=a_team()), manager, outcome=outcome)
    assert (referral.closed_on, referral.closure_reason, referral.no_further_action) == (ON_MONDAY, "RC7", True)
    assert Allocation.objects.get().ended_on == ON_MONDAY


@pytest.mark.parametrize("outcome", ["no_further_action", "other", "nonsense", ""])
def test_what_the_journey_does_not_allow_is_refused(outcome: str, manager: Any) -> None:
    with pytest.raises(Refused, match="Choose an assessment"):
        accepted(a_referral(), manager, outcome=outcome)


def test_a_referral_that_goes_on_has_its_main_need(manager: Any) -> None:
    with pytest.raises(Refused, match="main need"):
        accepted(a_referral(primary_need=""), manager, primary_need="")


def test_only_who_may_decide_decides() -> None:
    with pytest.raises(Refused, match="Only a manager"):
        accepted(a_referral(), a_user("social_worker"))


def test_several_children_are_decided_together(manager: Any) -> None:
    referrals = [child.referrals.get() for child in decided(a_contact(a_child(), a_child(), a_child()))]
    decide_next_step(referrals, Step("strategy_discussion", "Injury", "N1"), by=manager, at=MONDAY)
    assert set(Referral.objects.values_list("outcome", flat=True)) == {"strategy_discussion"}


def test_a_next_step_is_corrected_by_another(manager: Any) -> None:
    referral = accepted(a_referral(), manager, outcome="information")
    step = Step("assessment", "New bruise", "N1")
    with pytest.raises(Refused, match="Say why"):
        correct_next_step(referral, step, correction_reason="", by=manager, at=MONDAY)
    correct_next_step(referral, step, correction_reason="Wrong box", by=manager, at=MONDAY + AN_HOUR)
    referral.refresh_from_db()
    assert (referral.outcome, referral.closed_on, referral.closure_reason) == ("assessment", None, "")
    assert referral.decided_at == MONDAY
    assert [step.outcome for step in NextStep.objects.order_by("pk")] == ["information", "assessment"]


def test_a_referral_closed_after_work_is_not_reopened(manager: Any) -> None:
    referral = accepted(a_referral(), manager)
    close_referral(referral, reason="RC7", on=ON_MONDAY, by=manager, at=MONDAY)
    with pytest.raises(Refused, match="A new concern is a new contact"):
        correct_next_step(referral, Step("information", "x"), correction_reason="x", by=manager, at=MONDAY)


def test_a_step_down_is_not_undone_once_another_referral_is_open(manager: Any) -> None:
    child = a_child()
    referral = accepted(a_referral(child), manager, outcome="information")
    a_referral(child, at=MONDAY)
    with pytest.raises(Refused, match="Another referral"):
        correct_next_step(referral, Step("assessment", "x", "N1"), correction_reason="x", by=manager, at=MONDAY)


CLOSING: list[tuple[dict[str, Any], str]] = [
    ({"on": ON_MONDAY + timedelta(days=1)}, "later than today"),
    ({"on": ON_MONDAY - timedelta(days=1)}, "cannot close before 30 November 2026"),
    ({"reason": "RC8"}, "after an assessment, and there was none"),
    ({"reason": "RC9"}, "after an assessment, and there was none"),
    ({"reason": "RC2"}, "Record the day of the child’s death"),
]


@pytest.mark.parametrize(("asked", "says"), CLOSING)
def test_what_a_closing_needs(asked: dict[str, Any], says: str, manager: Any) -> None:
    referral = accepted(a_referral(), manager)
    with pytest.raises(Refused, match=says):
        close_referral(referral, **{"reason": "RC7", "on": ON_MONDAY, **asked}, by=manager, at=MONDAY)


def test_a_referral_with_no_next_step_is_not_closed(manager: Any) -> None:
    with pytest.raises(Refused, match="Decide the next step first"):
        close_referral(a_referral(), reason="RC7", on=ON_MONDAY, by=manager, at=MONDAY)


def test_an_open_assessment_keeps_its_referral_open(manager: Any) -> None:
    referral = accepted(a_referral(), manager)
    assessment = Assessment.objects.create(
        person=referral.person, referral=referral, kind="single", started_on=ON_MONDAY
    )
    with pytest.raises(Refused, match="An assessment begun on 30 November 2026 is not authorised"):
        close_referral(referral, reason="RC8", on=ON_MONDAY, by=manager, at=MONDAY)
    with pytest.raises(Refused, match="is not authorised"):
        correct_next_step(referral, Step("information", "x"), correction_reason="x", by=manager, at=MONDAY)
    assessment.authorised_on = ON_MONDAY
    assessment.save()
    assert close_referral(referral, reason="RC8", on=ON_MONDAY, by=manager, at=MONDAY).closure_reason == "RC8"
    with pytest.raises(Refused, match="closed on 30 November 2026"):
        close_referral(referral, reason="RC8", on=ON_MONDAY, by=manager, at=MONDAY)


@pytest.mark.parametrize(("stage", "ended_on"), [("assessment", ON_MONDAY), ("early_help", None)])
def test_closing_ends_the_hold_of_social_care_alone(stage: str, ended_on: date | None, manager: Any) -> None:
    referral = accepted(a_referral(), manager, team=a_team("Coral", stage=stage))
    close_referral(referral, reason="RC7", on=ON_MONDAY, by=manager, at=MONDAY)
    assert Allocation.objects.get().ended_on == ended_on


def test_stepped_down_early_help_has_the_child_and_the_reason(manager: Any) -> None:
    child = a_child()
    accepted(a_referral(child), manager, outcome="early_help", reason="Parenting support.")
    assert AssessedChild.objects.get(person=child).assessment.stepped_down_reason == "Parenting support."


def test_a_team_takes_over_from_whoever_held_the_child(manager: Any) -> None:
    referral = a_referral()
    allocated(referral.person, team=a_team("Amber"))
    allocate_referral(referral, a_team("Beryl"), by=manager, at=MONDAY)
    allocate_referral(referral, a_team("Beryl"), by=manager, at=MONDAY)
    held = Allocation.objects.order_by("pk").values_list("team__name", "started_on", "ended_on")
    assert list(held) == [("Amber", date(2026, 1, 5), ON_MONDAY), ("Beryl", ON_MONDAY, None)]


def test_a_case_that_a_worker_holds_is_not_passed_over_their_head(manager: Any) -> None:
    referral = a_referral()
    held = allocated(referral.person, a_worker("Wilma", team=a_team("Amber")))
    with pytest.raises(Refused, match=r"Wilma holds this child\. Pass the case on from the child’s record"):
        allocate_referral(referral, a_team("Beryl"), by=manager, at=MONDAY)
    assert Allocation.objects.get(ended_on=None) == held


def test_telling_the_referrer_acknowledges_every_childs_referral(manager: Any) -> None:
    children = decided(a_contact(a_child(), a_child()))
    tell_referrer(children, kind="outcome", how="telephone", to_whom="PC Sample", what="Both accepted.",
                  by=manager, at=MONDAY)  # fmt: skip
    assert set(Referral.objects.values_list("acknowledged_on", flat=True)) == {ON_MONDAY}
    assert Told.objects.count() == 2


def test_a_referrer_who_cannot_be_told_is_not_acknowledged(manager: Any) -> None:
    referral = a_referral()
    tell_referrer([referral], kind="arrived", how="not_told", to_whom="", what="Gave no name.", by=manager, at=MONDAY)
    referral.refresh_from_db()
    assert referral.acknowledged_on is None


def test_an_outcome_is_told_once_there_is_one(manager: Any) -> None:
    with pytest.raises(Refused, match="Nothing is decided"):
        tell_referrer(a_contact().children.all(), kind="outcome", how="email", to_whom="", what="x",
                      by=manager, at=MONDAY)  # fmt: skip


def test_the_pages_of_a_referral(sign_in: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("casework.common.clock.now", lambda: MONDAY)
    client = sign_in("service_manager")
    one, two = (child.referrals.get() for child in decided(a_contact(a_child(), a_child())))
    address = f"/referrals/{one.reference}"
    assert "2 days" not in client.get(address).content.decode().split("late")[0].split("gt-clock--late")[-1]
    step = {"children": [str(one.pk), str(two.pk)], "outcome": "assessment", "primary_need": "N1", "reason": "Worry",
            "team": str(a_team("Amber").pk)}  # fmt: skip
    assert client.get(f"{address}/decide").status_code == 200
    assert client.post(f"{address}/decide", step).status_code == 302
    assert set(Referral.objects.values_list("decided_on", "team__name")) == {(ON_MONDAY, "Amber")}
    told = {"kind": "outcome", "how": "email", "to_whom": "PC Sample", "what": "Accepted."}
    client.post(f"{address}/tell", told)
    client.post(f"{address}/team", {"team": str(a_team("Beryl").pk)})
    page = client.get(address).content.decode()
    assert "Accepted." in page and "Beryl, no worker named yet" in page
    closing = {"closed_on_day": "30", "closed_on_month": "11", "closed_on_year": "2026", "closure_reason": "RC7"}
    assert client.get(f"{address}/close").status_code == 200
    assert client.post(f"{address}/close", closing).status_code == 302
    one.refresh_from_db()
    assert one.closed_on == ON_MONDAY
    assert "This referral is closed" in client.get(f"{address}/team").content.decode()
