"""What pages say to a tired reader: how long ago, whose, what is missing, and only what belongs there."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from casework.assessment.models import Assessment
from casework.common.fields import DayField
from casework.common.templatetags.golden_thread import near, unquoted
from casework.deadlines.actions import bring_up_to_date
from casework.early_help.models import AssessedChild, FamilyAssessment, FamilyPlan
from casework.front_door.clocks import REFERRAL_RULES, faces
from casework.front_door.models import Referral
from tests.casework.making import FRIDAY_TEATIME, a_child, a_team, a_user, allocated, related

TODAY = date(2026, 11, 28)


@pytest.fixture(autouse=True)
def friday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("casework.common.clock.now", lambda: FRIDAY_TEATIME)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 11, 28), "today"),
        (date(2026, 11, 27), "yesterday"),
        (date(2026, 11, 29), "tomorrow"),
        (date(2026, 11, 25), "3 days ago"),
        (date(2026, 12, 18), "in 20 days"),
        (date(2026, 12, 25), "in 3 weeks"),
        (date(2026, 10, 31), "4 weeks ago"),
        (date(2025, 11, 28), "12 months ago"),
        (datetime(2026, 11, 28, 0, 30), "today"),
        (None, ""),
    ],
)
def test_days_are_said_from_where_one_stands(day: date | datetime | None, words: str) -> None:
    aware = timezone.make_aware(day) if isinstance(day, datetime) else day
    assert near(aware, TODAY) == words


@pytest.mark.parametrize("typed", ["I ran", "“I ran”", '"I ran"'])
def test_own_words_have_one_pair_of_quotation_marks(typed: str) -> None:
    assert unquoted(typed) == "I ran"


@pytest.mark.parametrize(
    ("label", "sentence"),
    [("When did it happen?", "Enter a date: when did it happen?"), ("Date of birth", "Enter date of birth")],
)
def test_a_missing_day_is_asked_for_in_a_sentence(label: str, sentence: str) -> None:
    with pytest.raises(Exception, match=sentence.replace("?", r"\?")):
        DayField(label=label).clean(["", "", ""])


def test_a_referral_acknowledged_a_day_late_is_not_said_to_be_a_minute_late() -> None:
    came = timezone.make_aware(datetime(2026, 11, 20, 19, 22))
    told = timezone.make_aware(datetime(2026, 11, 24))
    referral = Referral(received_on=came.date(), received_at=came)
    (face,) = faces(referral, REFERRAL_RULES[1:], FRIDAY_TEATIME, {REFERRAL_RULES[1]: told})
    assert (face.words, face.due_said) == ("told 1 day late", "by the end of Monday 23 November")


@pytest.mark.django_db
def test_an_assessment_shows_its_own_clocks_and_not_those_of_years_ago(sign_in: Any) -> None:
    user = a_user("group_manager")
    child = a_child()
    for year in (2022, 2026):
        Assessment.objects.create(
            person=child, kind="single", started_on=date(year, 11, 3),
            authorised_on=date(2022, 11, 20) if year == 2022 else None,
        )  # fmt: skip
    bring_up_to_date(people=[child.pk], at=FRIDAY_TEATIME)
    assert child.obligations.count() > 2
    now = Assessment.objects.get(authorised_on=None)
    shown = sign_in(user).get(reverse("assessment", args=[now.pk])).context
    rows = {clock.row.trigger_row_id for clock in (*shown["clocks"], *shown["stopped"])}
    assert rows == {now.reference}
    assert not any(clock.stopped for clock in shown["clocks"])


@pytest.mark.django_db
def test_a_teams_late_work_is_narrowed_to_one_worker(sign_in: Any) -> None:
    team = a_team()
    workers = [a_user("social_worker", team=team).worker for _ in range(2)]
    for worker in workers:
        child = a_child()
        allocated(child, worker, started_on=date(2026, 5, 1))
        Assessment.objects.create(person=child, kind="single", started_on=date(2026, 5, 1))
        bring_up_to_date(people=[child.pk], at=FRIDAY_TEATIME)
    client = sign_in(a_user("practice_manager", team=team))
    everybody = client.get(reverse("team", args=[team.pk])).context["work"]
    one = client.get(reverse("team", args=[team.pk]), {"worker": workers[0].pk}).context["work"]
    assert {late.worker for late in everybody.late} == set(workers)
    assert {late.worker for late in one.late} == {workers[0]}
    assert {load.worker: late for load, late in one.workers}[workers[1]] > 0, "the others' counts stay"


@pytest.mark.django_db
def test_who_works_with_a_family_names_a_worker_of_several_children_once(sign_in: Any) -> None:
    child, brother, worker = a_child("Ada"), a_child("Ben"), a_user("social_worker").worker
    related(child, brother, "sibling")
    for one in (child, brother):
        allocated(one, worker)
    page = sign_in(a_user("group_manager")).get(reverse("who_is_working", args=[child.reference]))
    assert [one.about for one in page.context["involved"]] == ["Ada Example, Ben Example"]


@pytest.mark.django_db
def test_starting_where_nobody_waits_leads_to_the_assessment_that_runs(sign_in: Any) -> None:
    child = a_child()
    referral = Referral.objects.create(person=child, received_on=TODAY - timedelta(days=8), outcome="assessment",
                                       decided_on=TODAY - timedelta(days=7))  # fmt: skip
    running = Assessment.objects.create(person=child, referral=referral, kind="single", started_on=TODAY)
    client = sign_in(a_user("group_manager"))
    assert client.get(reverse("start_assessment", args=[referral.pk])).url == reverse("assessment", args=[running.pk])
    running.delete()
    referral.outcome = "information"
    referral.save()
    answer = client.get(reverse("start_assessment", args=[referral.pk]))
    assert answer.url == reverse("referral", args=[referral.reference])


@pytest.mark.django_db
def test_early_help_that_one_leads_is_on_ones_work_with_the_children_one_may_see(sign_in: Any) -> None:
    user = a_user("early_help_worker", team=a_team("Local area", service="Early help"))
    child, elsewhere = a_child("Ada"), a_child("Hidden")
    allocated(child, user.worker)
    family = FamilyAssessment.objects.create(started_on=TODAY, lead_practitioner=user.name, consent_given=True)
    for one in (child, elsewhere):
        AssessedChild.objects.create(reference=f"E{one.pk}", assessment=family, person=one)
    plan = FamilyPlan.objects.create(assessment=family, agreed_on=TODAY)
    plan.reviews.create(held_on=TODAY, next_on=TODAY - timedelta(days=1))
    page = sign_in(user).get(reverse("my_work"))
    assert page.context["families"] == [(family, [child], TODAY - timedelta(days=1))]
    assert "next meeting 27 November 2026" in page.content.decode()
    assert b"Hidden" not in page.content
