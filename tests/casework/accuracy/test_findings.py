"""What the returns' rules find on live records: the core's own findings, on the child, for those who may see them."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.urls import reverse
from django.utils.html import escape

from casework.access.models import Restriction
from casework.accuracy.actions.answers import answer_query, withdraw_answer
from casework.accuracy.actions.checks import check_everything, check_people, check_what_changed
from casework.accuracy.mending import shown
from casework.accuracy.models import OPEN, Answer, Check, Finding
from casework.accuracy.queries import of_person, of_team, of_worker
from casework.canonical import dataset
from casework.canonical.actions import bring_over
from casework.child_protection.models import ChildAtConference, ChildProtectionPlan, Conference, Section47Enquiry
from casework.common import clock
from casework.common.refused import Refused
from casework.people.actions.details import change_details
from casework.people.models import Person
from casework.visits.models import ChildVisited, Visit
from goldenthread.dataset.synthetic.authority import synthesise
from goldenthread.quality.record.check import check_record
from tests.casework.making import FRIDAY_TEATIME, a_child, a_user, a_worker, allocated

pytestmark = pytest.mark.django_db
FRIDAY = date(2026, 11, 27)
LATER = FRIDAY_TEATIME + timedelta(hours=1)


@pytest.fixture(autouse=True)
def on_friday(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Any) -> None:
    monkeypatch.setattr(clock, "now", lambda: FRIDAY_TEATIME)
    settings.MEDIA_ROOT = tmp_path


def a_faulty_authority() -> None:
    """A small authority, in whose record much was then left out or mistyped."""
    frames, manifest, _ = synthesise(children=300, as_at=FRIDAY, faults=0)
    bring_over(frames, manifest, why="A test")
    children = Person.objects.filter(is_child=True).order_by("pk")
    for step, column, value in ((7, "ethnicity", ""), (11, "upn", "A1"), (13, "sex", ""), (17, "born_on", None)):
        keys = list(children.values_list("pk", flat=True))[::step]
        Person.objects.filter(pk__in=keys).update(**{column: value})
    with connection.cursor() as cursor:
        cursor.execute("UPDATE carried.care_episodes SET legal_status = NULL WHERE care_episode_id LIKE '%3'")
        cursor.execute("UPDATE carried.placements SET ended_on = started_on - 1 WHERE placement_id LIKE '%2'")


FILLED = {"ethnicity": "WBRI", "sex": "M", "gender": "1", "upn": "", "upn_unknown_reason": "UN1"}


def lacking(forename: str = "Lacking", **details: Any) -> Person:
    """A child with an error: no ethnic background is recorded."""
    return a_child(forename, **{**FILLED, "ethnicity": "", **details})


def entered_twice() -> tuple[Person, Person]:
    """Two children about whom a rule asks whether they are one."""
    return a_child("Twinkle", "Twice", **FILLED), a_child("Twinkle", "Twice", **FILLED)


def test_a_check_of_everybody_keeps_the_cores_own_findings_and_one_of_each_person_finds_the_same() -> None:
    a_faulty_authority()
    check_everything(at=FRIDAY_TEATIME)
    core = check_record(dataset(FRIDAY), FRIDAY).findings
    wanted = {(row["checked_as"], row["rule"], row["child_id"], row["record_id"] or "") for row in core.to_dicts()}
    kept = Finding.objects.select_related("person")
    found = {(one.checked_as, one.rule, one.person and one.person.reference, one.record_id): one.facts for one in kept}
    known = {*Person.objects.values_list("reference", flat=True), None}
    assert set(found) == {one for one in wanted if one[2] in known}
    assert len({one[1] for one in found}) > 10
    for person in kept.exclude(person=None).values_list("person", flat=True).distinct()[:8]:
        Finding.objects.filter(person=person).update(facts="")
        check_people(people=[person], at=LATER)
    again = {(one.checked_as, one.rule, one.person and one.person.reference, one.record_id): one.facts for one in kept}
    of_several = {key for key in again if key[1] in {"people.twice", "1520", "444"}}
    assert {key: again[key] for key in set(again) - of_several} == {key: found[key] for key in set(found) - of_several}
    assert set(again) == set(found)


def test_a_save_is_seen_as_a_change_and_checked_alone() -> None:
    child, other = lacking("Ada"), lacking("Bee")
    check_everything(at=FRIDAY_TEATIME)
    assert Finding.objects.filter(person=child).exists() and not of_person(child).changed
    change_details(child, answers={"ethnicity": "WBRI"}, by=a_user("social_worker"), at=LATER)
    check_people(people=[child.pk], at=LATER)
    assert not Finding.objects.filter(person=child).exists()
    assert Finding.objects.filter(person=other).exists()
    assert of_person(child).at == LATER and of_person(other).at == FRIDAY_TEATIME


@pytest.mark.django_db(transaction=True)
def test_the_job_checks_those_changed_since_the_last_check_and_nobody_else() -> None:
    child = lacking()
    check_everything(at=FRIDAY_TEATIME)
    assert check_what_changed(at=LATER) == 0
    change_details(child, answers={"ethnicity": "WBRI"}, by=a_user("social_worker"), at=LATER)
    assert of_person(child).changed
    assert check_what_changed(at=LATER) == 1
    assert of_person(child).findings == [] and not of_person(child).changed
    assert check_what_changed(at=LATER) == 0


def test_a_query_is_explained_once_and_carried_until_the_facts_change() -> None:
    child, twin = entered_twice()
    by = a_user("social_worker")
    check_everything(at=FRIDAY_TEATIME)
    finding = Finding.objects.get(person=child, rule="people.twice")
    answer_query(finding, reason="Cousins with one name.", by=by, at=FRIDAY_TEATIME)
    with pytest.raises(Refused, match="Cousins with one name"):
        answer_query(finding, reason="Again", by=by, at=LATER)
    check_everything(at=LATER)
    assert Finding.objects.get(person=child, rule="people.twice").explained
    assert [one.person for one in Finding.objects.filter(OPEN, rule="people.twice")] == [twin]
    moved = Check.objects.get().content["moved"]["record"]
    assert (moved["explained"], moved["queries"]) == (1, 1)
    change_details(child, answers={"middle_names": "", "sex": "F"}, by=by, at=LATER)
    check_everything(at=LATER)
    lapsed = Finding.objects.get(person=child, rule="people.twice")
    assert lapsed.lapsed and lapsed in Finding.objects.filter(OPEN)
    answer_query(lapsed, reason="Still cousins.", by=by, at=LATER)
    withdraw_answer(lapsed, by=by, at=LATER)
    assert Finding.objects.filter(OPEN, pk=lapsed.pk).exists()
    assert Answer.objects.filter(withdrawn_at=None).count() == 0


def test_an_error_is_mended_and_never_explained() -> None:
    child = lacking()
    check_everything(at=FRIDAY_TEATIME)
    error = Finding.objects.filter(person=child, severity="error").first()
    assert error is not None
    with pytest.raises(Refused, match="Mend the record"):
        answer_query(error, reason="x", by=a_user("social_worker"), at=LATER)


def test_a_worker_sees_the_worst_of_their_children_first_and_a_team_is_counted() -> None:
    user = a_user("social_worker")
    worse, better = lacking(), entered_twice()[0]
    for child in (better, worse):
        allocated(child, user.worker)
    check_everything(at=FRIDAY_TEATIME)
    mine = of_worker(user.worker, user)
    assert [one.person for one in mine] == [worse, better]
    assert mine[0].errors >= 1 and (mine[1].errors, mine[1].queries) == (0, 1)
    assert of_team(user.worker.team) == (mine[0].errors, mine[0].queries + 1, 2)


def test_the_childs_page_gives_the_rule_the_form_and_the_day(sign_in: Any) -> None:
    client = sign_in("social_worker")
    child = lacking()
    allocated(child, client.user.worker)
    check_everything(at=FRIDAY_TEATIME)
    finding = Finding.objects.filter(person=child, severity="error").first()
    assert finding is not None
    page = client.get(f"/people/{child.reference}").content.decode()
    assert escape(finding.says) in page
    assert f'href="/people/{child.reference}/details/identity"' in page
    assert "As checked on 27 November 2026 at 5:00pm" in page
    reader = sign_in("director").get(f"/people/{child.reference}/accuracy").content.decode()
    assert "The child’s worker or business support can change this." in reader


def test_a_visit_that_does_not_say_whether_the_child_was_seen_leads_to_that_visit(sign_in: Any) -> None:
    client = sign_in("social_worker")
    child = a_child("Seen", **FILLED)
    allocated(child, client.user.worker)
    visit = Visit.objects.create(visited_on=date(2026, 11, 20))
    part = ChildVisited.objects.create(visit=visit, person=child, kind="child_in_need")
    check_everything(at=FRIDAY_TEATIME)
    overview = client.get(f"/people/{child.reference}").content.decode()
    assert "See where to mend it" in overview
    page = client.get(f"/people/{child.reference}/accuracy").content.decode()
    assert "Open the visit" in page and f'href="{reverse("visit_row", args=[part.reference])}"' in page


@pytest.mark.parametrize("table", ["section_47_enquiries", "conferences", "cp_plans", "cp_plan_categories"])
def test_a_row_of_child_protection_leads_to_its_own_page(table: str) -> None:
    child = a_child()
    enquiry = Section47Enquiry.objects.create(person=child, started_on=FRIDAY)
    plan = ChildProtectionPlan.objects.create(person=child, started_on=FRIDAY)
    met = ChildAtConference.objects.create(person=child, kind="initial", conference=Conference.objects.create())
    of_plan = (plan.reference, reverse("cp_plan_of_row", args=[plan.reference]))
    row, page = {
        "section_47_enquiries": (enquiry.reference, reverse("enquiry", args=[enquiry.pk])),
        "conferences": (met.reference, reverse("conference", args=[met.pk])),
        "cp_plans": of_plan,
        "cp_plan_categories": (f"{of_plan[0]}|NEG|2026-11-27", of_plan[1]),
    }[table]
    found = Finding(checked_as="record", rule="x", severity="error", record=table, record_id=row, person=child)
    (line,) = shown([found], a_user("social_worker"))
    assert line.mend.address == page


def test_a_restricted_child_is_counted_and_not_named(sign_in: Any) -> None:
    seen, closed = lacking(surname="Visible"), lacking(surname="Hidden")
    Restriction.objects.create(person=closed, reason="x", owner=a_user("director"), started_at=FRIDAY_TEATIME)
    for child in (seen, closed):
        allocated(child, a_worker())
    check_everything(at=FRIDAY_TEATIME)
    client = sign_in("head_of_service")
    for address in ("/accuracy", "/accuracy/findings", "/accuracy/recording?table=people&field=ethnicity"):
        page = client.get(address).content.decode()
        assert seen.surname in page, address
        assert closed.surname not in page, address
        assert "1 child whom you may not see." in page, address
    rule = Finding.objects.filter(person=closed).values_list("rule", flat=True)[0]
    assert "1 child whom you may not see." in client.get(f"/accuracy/findings?rule={rule}").content.decode()
    assert client.get(f"/people/{closed.reference}/accuracy").status_code == 404
    analyst = sign_in("analyst")
    for address in ("/accuracy", "/accuracy/findings", "/accuracy/recording?table=people&field=ethnicity"):
        page = analyst.get(address).content.decode()
        assert seen.surname not in page and closed.surname not in page
        assert "2 children whom you may not see." in page, address
