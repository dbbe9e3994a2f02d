"""Whatever way a page looks at the role of whoever opens it, it is heard."""

from typing import Any

import pytest
from django.utils.functional import SimpleLazyObject

from casework.access.context import navigation
from casework.access.roles import Reach, role_of
from casework.access.rules import may
from casework.accounts.models import User
from tests.casework.access.hearing import overheard
from tests.casework.making import a_user

pytestmark = pytest.mark.django_db


def test_each_way_of_asking_is_heard_with_its_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    user, other = a_user("practice_manager"), a_user("director")
    asker = overheard(user, monkeypatch)
    again: Any = SimpleLazyObject(lambda: User.objects.get(pk=user.pk))
    assert may(again, "contact.decide") and "letters.word" not in role_of(again).permissions
    assert role_of(other).reach is Reach.AUTHORITY and other.worker.role
    assert asker.heard == {("may", "contact.decide"): True, ("may", "letters.word"): False}
    asker.heard.clear()
    assert role_of(again).reach is Reach.SERVICE
    assert asker.heard == {("role", "reach"): Reach.SERVICE}
    asker.heard.clear()
    assert again.role == "practice_manager" and again.worker.registered and not again.worker.newly_qualified
    assert asker.heard == {
        ("account", "role"): "practice_manager", ("worker", "registration"): True,
        ("worker", "role"): "practice_manager",
    }  # fmt: skip


def test_a_role_answers_as_another_only_where_each_answer_is_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    asker = overheard(a_user("group_manager"), monkeypatch)
    told = {("role", "reach"): Reach.AUTHORITY, ("may", "allocation.make"): True}
    assert asker.answers_as(told)
    assert not asker.answers_as(told | {("may", "letters.word"): True})
    assert not asker.answers_as(told | {("role", "code"): "head_of_service"})


def test_the_navigation_is_not_heard(monkeypatch: pytest.MonkeyPatch, rf: Any) -> None:
    request = rf.get("/")
    request.user = a_user("analyst")
    asker = overheard(request.user, monkeypatch)
    assert [menu.title for menu in navigation(request)["menus"]] and asker.heard == {}
