"""Tasks and sign-offs: given, finished, passed on; asked for, signed, returned."""

from datetime import date
from typing import Any

import pytest

from casework.common.refused import Refused
from casework.notices.models import Notice
from casework.people.models import Person
from casework.tasks import actions
from casework.tasks.models import SignOff
from casework.tasks.queries import open_tasks, sign_off_of, sign_offs_returned, sign_offs_waiting
from tests.casework.making import FRIDAY_TEATIME, a_child, a_team, a_user, a_worker, allocated

pytestmark = pytest.mark.django_db


def test_a_task_is_seen_by_its_owner_or_by_the_team_until_it_is_done() -> None:
    team = a_team()
    owner, colleague, manager = (a_user("social_worker", team=team) for _ in range(3))
    own = actions.give_task(
        what="Ring the school", owner=owner, by=manager, at=FRIDAY_TEATIME, due_on=date(2026, 12, 1)
    )
    teams = actions.give_task(what="Answer the post", team=team, by=manager, at=FRIDAY_TEATIME)
    assert list(open_tasks(owner)) == [own, teams]
    assert list(open_tasks(colleague)) == [teams]
    assert Notice.objects.get().user == owner
    actions.pass_task(own, to=colleague, by=owner, at=FRIDAY_TEATIME)
    assert list(open_tasks(colleague)) == [own, teams]
    actions.finish_task(own, by=colleague, at=FRIDAY_TEATIME, outcome="Done")
    actions.finish_task(own, by=owner, at=FRIDAY_TEATIME, outcome="Twice")
    own.refresh_from_db()
    assert (own.done_by, own.outcome) == (colleague, "Done")
    with pytest.raises(Refused, match="done already"):
        actions.pass_task(own, to=owner, by=owner, at=FRIDAY_TEATIME)


def test_a_task_about_a_child_out_of_reach_is_not_seen() -> None:
    owner = a_user("social_worker")
    actions.give_task(what="Ring", owner=owner, person=a_child(), by=a_user("director"), at=FRIDAY_TEATIME)
    assert not open_tasks(owner)


def test_a_task_is_somebodys() -> None:
    with pytest.raises(Refused, match="who is to do this"):
        actions.give_task(what="Ring", by=a_user("director"), at=FRIDAY_TEATIME)


def ask(by: object, of: object, child: Person | None = None, **more: str) -> SignOff:
    child = child or a_child()
    allocated(child, a_worker(team=a_team()))
    return actions.ask_for_sign_off(
        person=child,
        kind="assessment",
        row=1,
        title="An assessment",
        address="/x",
        of=of,
        by=by,
        at=FRIDAY_TEATIME,
        **more,
    )  # type: ignore[arg-type]


def test_work_is_returned_with_a_comment_and_asked_for_again() -> None:
    worker, manager = a_user("social_worker"), a_user("practice_manager")
    asked = ask(worker, manager)
    assert list(sign_offs_waiting(manager)) == [asked]
    with pytest.raises(Refused, match="already"):
        ask(worker, manager)
    with pytest.raises(Refused, match="what has to change"):
        actions.send_back(asked, by=manager, at=FRIDAY_TEATIME, comment=" ")
    actions.send_back(asked, by=manager, at=FRIDAY_TEATIME, comment="Say what the child said")
    assert list(sign_offs_returned(worker)) == [asked]
    again = ask(worker, manager)
    assert not sign_offs_returned(worker)
    actions.sign(again, by=manager, at=FRIDAY_TEATIME)
    with pytest.raises(Refused, match="signed off by"):
        actions.sign(again, by=manager, at=FRIDAY_TEATIME)


def test_of_two_sign_offs_of_one_moment_the_one_asked_last_stands() -> None:
    worker, manager = a_user("social_worker"), a_user("practice_manager")
    first = ask(worker, manager)
    actions.send_back(first, by=manager, at=FRIDAY_TEATIME, comment="Say what the child said")
    first.person.allocations.all().delete()
    again = ask(worker, manager, first.person)
    assert sign_off_of(again.kind, again.row, again.person) == again


def test_what_waits_for_a_manager_who_is_away_is_taken_back_and_sent_to_another(sign_in: Any) -> None:
    worker, away, other = a_user("social_worker"), a_user("practice_manager"), a_user("practice_manager")
    asked = ask(worker, away)
    assert "Take it back" in sign_in(worker).get("/").content.decode()
    page = f"/sign-offs/{asked.pk}/take-back"
    assert sign_in(other).post(page).status_code == 302
    asked.refresh_from_db()
    assert asked.state == "waiting", "it is not the other manager's to take back"
    assert sign_in(worker).post(page)["Location"] == "/x"
    asked.refresh_from_db()
    assert asked.state == "withdrawn"
    assert Notice.objects.filter(user=away, text=f"{worker} has taken back: An assessment").exists()
    assert not sign_offs_waiting(away)
    asked.person.allocations.all().delete()
    assert ask(worker, other, asked.person).asked_of == other


def test_nobody_signs_their_own_work() -> None:
    manager = a_user("practice_manager")
    with pytest.raises(Refused, match="Somebody else"):
        ask(manager, manager)
