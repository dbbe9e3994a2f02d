"""Restricting a record, naming who sees it, opening one's way in with a reason, and who looked."""

from datetime import date
from typing import Any

import pytest
from django.db import connection

from casework.access.models import BreakGlass, Restriction
from casework.accounts.models import User
from casework.common.refused import Refused
from casework.confidential import actions
from casework.history.models import Entry
from casework.notices.models import Notice
from casework.people.reading import readable
from tests.casework.making import FRIDAY_TEATIME, a_child, a_team, a_user, allocated, related

pytestmark = pytest.mark.django_db
REASON = {"reason": "On call: the school rang about her"}


def test_restricting_hides_the_record_and_lifting_shows_it_again() -> None:
    child, owner, named, other = a_child(), a_user("head_of_service"), a_user("director"), a_user("group_manager")
    made = actions.restrict(child, reason="Staff family", named=[named], by=owner, at=FRIDAY_TEATIME)
    assert [child in readable(user) for user in (owner, named, other)] == [True, True, False]
    assert Notice.objects.get(user=named).address == f"/people/{child.reference}"
    actions.change_named(made, [other], by=owner, at=FRIDAY_TEATIME)
    assert [child in readable(user) for user in (owner, named, other)] == [True, False, True]
    actions.lift(made, reason="Left the council", by=owner, at=FRIDAY_TEATIME)
    assert [child in readable(user) for user in (owner, named, other)] == [True, True, True]


def test_a_record_is_restricted_once_and_only_its_owner_changes_that() -> None:
    child, owner, other = a_child(), a_user("head_of_service"), a_user("group_manager")
    made = actions.restrict(child, reason="Staff family", named=[], by=owner, at=FRIDAY_TEATIME)
    with pytest.raises(Refused, match="restricted already"):
        actions.restrict(child, reason="Again", named=[], by=other, at=FRIDAY_TEATIME)
    with pytest.raises(Refused, match=f"Only {owner}"):
        actions.change_named(made, [other], by=other, at=FRIDAY_TEATIME)
    with pytest.raises(Refused, match=f"Only {owner}"):
        actions.lift(made, reason="", by=other, at=FRIDAY_TEATIME)


def test_breaking_glass_opens_the_record_tells_its_owner_and_is_written_down(sign_in: Any) -> None:
    client, child, owner = sign_in("social_worker"), a_child(), a_user("head_of_service")
    actions.restrict(child, reason="Staff family", named=[], by=owner, at=FRIDAY_TEATIME)
    assert client.get(f"/people/{child.reference}").status_code == 404
    sent = client.post("/open-a-record", {"reference": child.reference, **REASON})
    assert (sent.status_code, sent["Location"]) == (302, f"/people/{child.reference}")
    assert client.get(f"/people/{child.reference}").status_code == 200
    assert "On call" in Notice.objects.get(user=owner).text
    assert Entry.objects.get(kind="opened").why == REASON["reason"]
    assert "opened with a reason" in Entry.objects.get(kind="read").why


def test_the_worker_and_the_teams_manager_are_told_of_an_unrestricted_record() -> None:
    team = a_team()
    manager, worker = a_user("practice_manager", team=team), a_user("social_worker", team=team)
    team.manager = manager.worker
    team.save()
    child = a_child()
    allocated(child, worker.worker)
    actions.break_glass(child, reason="Duty", by=a_user("newly_qualified", team=a_team("Other")), at=FRIDAY_TEATIME)
    assert {notice.user for notice in Notice.objects.all()} == {manager, worker}


def test_somebody_is_told_whoever_has_left_or_holds_the_record_no_more() -> None:
    gone, director, duty = (
        a_user("head_of_service"),
        a_user("director"),
        a_user("newly_qualified", team=a_team("Other")),
    )
    team, manager = a_team(), a_user("practice_manager")
    team.manager = manager.worker
    team.save()
    restricted, closed, nobodys = a_child(), a_child(), a_child()
    actions.restrict(restricted, reason="Staff family", named=[], by=gone, at=FRIDAY_TEATIME)
    User.objects.filter(pk=gone.pk).update(is_active=False)
    allocated(closed, a_user("social_worker").worker, team, ended_on=date(2026, 2, 1))
    for child, told in ((restricted, director), (closed, manager), (nobodys, director)):
        actions.break_glass(child, reason=f"Duty: {child}", by=duty, at=FRIDAY_TEATIME)
        assert [notice.user for notice in Notice.objects.filter(text__contains=f"Duty: {child}")] == [told]


def test_a_restriction_is_taken_over_from_somebody_who_has_gone(sign_in: Any) -> None:
    child, gone, named = a_child(), a_user("head_of_service"), a_user("group_manager")
    made = actions.restrict(child, reason="Staff family", named=[named], by=gone, at=FRIDAY_TEATIME)
    client, page = sign_in(named), f"/people/{child.reference}/restriction"
    assert "is the owner from then on" not in client.get(page).content.decode()
    User.objects.filter(pk=gone.pk).update(role="conference_chair")
    assert "is the owner from then on" in client.get(page).content.decode()
    assert client.post(page, {"named": []}).status_code == 302
    made.refresh_from_db()
    assert (made.owner, made.named.count()) == (named, 0)
    with pytest.raises(Refused, match=f"Only {named}"):
        actions.lift(made, reason="x", by=a_user("director"), at=FRIDAY_TEATIME)


def test_a_number_of_no_record_opens_nothing_and_is_written_down(sign_in: Any) -> None:
    client = sign_in("social_worker")
    sent = client.post("/open-a-record", {"reference": "P999999999", **REASON})
    assert sent.status_code == 422
    assert b"No record has this number" in sent.content
    assert not BreakGlass.objects.exists()
    assert Entry.objects.filter(kind="denied", what="break glass").exists()


def test_records_are_not_opened_by_the_dozen(sign_in: Any) -> None:
    client = sign_in("social_worker")
    for _ in range(10):
        client.post("/open-a-record", {"reference": a_child().reference, **REASON})
    assert b"many records in a short time" in client.post("/open-a-record", {"reference": "P1", **REASON}).content


def test_who_looked_shows_reads_and_changes_with_before_and_after(sign_in: Any) -> None:
    client, child = sign_in("head_of_service"), a_child("Ada")
    child.surname = "Newname"
    child.save()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    client.get(f"/people/{child.reference}", REMOTE_ADDR="192.0.2.17")
    shown = client.get(f"/people/{child.reference}/who-looked").content.decode()
    assert "Looked at: record" in shown and "from 192.0.2.17" in shown
    assert "Changed: the person&#x27;s details" in shown
    assert ('<dt>Surname</dt><dd><del><span class="govuk-visually-hidden">Before: </span>Example</del> <ins>'
            '<span class="govuk-visually-hidden">After: </span>Newname</ins></dd>') in shown  # fmt: skip
    assert client.user.name in shown


def test_what_changed_names_people_and_not_their_numbers(sign_in: Any) -> None:
    client, child, other = sign_in("head_of_service"), a_child("Ada"), a_child("Bea")
    allocated(child, client.user.worker)
    Restriction.objects.create(person=other, reason="x", owner=a_user("director"), started_at=FRIDAY_TEATIME)
    related(child, other, "sibling", started_on=date(2026, 11, 3))
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    shown = client.get(f"/people/{child.reference}/who-looked").content.decode()
    assert "<dt>Related to</dt><dd>somebody whose record is closed to you</dd>" in shown
    assert "<dt>From</dt><dd>3 November 2026</dd>" in shown
    assert f"<dt>Worker</dt><dd>{client.user.name}</dd>" in shown
    assert "Bea" not in shown


def test_who_looked_asks_few_questions_however_long_the_history(
    sign_in: Any, django_assert_max_num_queries: Any
) -> None:
    client, child = sign_in("head_of_service"), a_child("Ada")
    for number in range(30):
        child.surname = f"Name{number}"
        child.save()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with django_assert_max_num_queries(16):
        client.get(f"/people/{child.reference}/who-looked")


def test_a_restriction_is_made_and_changed_from_its_page(sign_in: Any) -> None:
    client, child, named = sign_in("head_of_service"), a_child(), a_user("director")
    address = f"/people/{child.reference}/restriction"
    assert client.post(address, {"reason": "", "named": [named.pk]}).status_code == 422
    assert client.post(address, {"reason": "Staff family", "named": [named.pk]}).status_code == 302
    assert Restriction.objects.get().named.get().user == named
    assert b"Staff family" in client.get(address).content
    assert client.post(f"{address}/lift", {"reason": "Left"}).status_code == 302
    assert Restriction.objects.get().lifted_reason == "Left"
