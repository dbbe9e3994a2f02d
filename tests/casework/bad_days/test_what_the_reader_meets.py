"""What somebody at a page meets on a bad day: no record, a session over, two tabs, the back button, two clicks."""

import os
import signal
from collections.abc import Callable
from typing import Any

import pytest

from tests.casework.bad_days.browser import Browser
from tests.casework.bad_days.installation import Installation
from tests.casework.bad_days.prepare import PASSWORD
from tests.casework.bad_days.saving import Sending, a_new_contact, acknowledged, decided, decision, recorded

pytestmark = [pytest.mark.long, pytest.mark.xdist_group("bad days")]


@pytest.fixture
def concern(request: pytest.FixtureRequest, installation: Installation) -> str:
    """Words that no contact has yet."""
    return f"{request.node.name} {installation.one('SELECT clock_timestamp()')}\nand a second line"


def test_a_form_sent_while_the_database_is_away_is_on_the_page_that_says_so(
    installation: Installation, concern: str, signed_in: Callable[[str], Browser]
) -> None:
    officer = signed_in("officer")
    form = a_new_contact(officer, concern)
    installation.cable.cut()
    away = officer.send(form)
    assert (away.status, away.headers["retry-after"]) == (503, "10")
    assert "The record cannot be reached" in away.text
    assert officer.get("/contacts").status == 503
    installation.cable.mend()
    assert acknowledged(officer.send(away.form()))
    assert recorded(installation, concern.replace("\n", "\r\n")) + recorded(installation, concern) == 1


def test_a_password_is_not_given_back(installation: Installation, made: dict[str, Any]) -> None:
    visitor = Browser(installation.site)
    page = visitor.get("/account/login/").form()
    installation.cable.cut()
    away = visitor.send(page.filled(login=made["officer"], password=PASSWORD))
    assert away.status == 503
    assert PASSWORD not in away.text


def test_two_clicks_at_once_save_once(
    installation: Installation, concern: str, signed_in: Callable[[str], Browser]
) -> None:
    officer = signed_in("officer")
    form = a_new_contact(officer, concern)
    with installation.holding("front_door_contact") as until_held:
        first = Sending(officer, form)
        until_held()
        second = Sending(Browser(officer.site, dict(officer.cookies)), form)
    answers = first.ended(), second.ended()
    assert all(acknowledged(answer) for answer in answers)
    assert len({answer.goes_to for answer in answers if answer}) == 1
    assert recorded(installation, concern) == 1


def test_back_and_save_again_saves_nothing_twice(
    installation: Installation, concern: str, signed_in: Callable[[str], Browser]
) -> None:
    officer = signed_in("officer")
    form = a_new_contact(officer, concern)
    first = officer.send(form)
    assert officer.send(form).goes_to == first.goes_to
    changed = officer.send(form.filled(concern=f"{concern}, and more"))
    assert changed.status == 422
    assert first.goes_to.split("?")[0] in changed.text, "the page does not lead to what was saved"
    assert recorded(installation, concern) == 1
    assert recorded(installation, f"{concern}, and more") == 0


def test_two_tabs_decide_once_and_the_second_keeps_its_words(
    installation: Installation, contact: str, made: dict[str, Any], signed_in: Callable[[str], Browser]
) -> None:
    manager = signed_in("manager")
    first, second = (decision(manager, contact, made["team"], f"Reason of tab {n}") for n in (1, 2))
    assert acknowledged(manager.send(first))
    refused = manager.send(second)
    assert not acknowledged(refused)
    assert decided(installation, contact).whole
    assert contact in refused.text or refused.status == 404


def test_a_session_that_ended_in_the_middle_of_a_form_loses_nothing(
    installation: Installation, concern: str, made: dict[str, Any], signed_in: Callable[[str], Browser]
) -> None:
    officer = signed_in("officer")
    form = a_new_contact(officer, concern)
    installation.rows_changed(f"DELETE FROM django_session WHERE session_key = '{officer.cookies['sessionid']}'")
    sent = officer.send(form)
    assert sent.goes_to.startswith("/account/login/")
    back = officer.sign_in(made["officer"], PASSWORD, at=sent.goes_to)
    assert back.goes_to == "/contacts/record"
    page = officer.get(back.goes_to)
    assert page.form()["concern"].replace("\r\n", "\n") == concern
    assert recorded(installation, concern) == 0
    assert acknowledged(officer.send(page.form()))
    assert officer.send(form).status != 500
    assert recorded(installation, concern) == 1


def test_stopping_lets_what_is_being_saved_end(
    installation: Installation, concern: str, signed_in: Callable[[str], Browser]
) -> None:
    officer = signed_in("officer")
    form = a_new_contact(officer, concern)
    assert installation.web is not None
    with installation.holding("front_door_contact") as until_held:
        sending = Sending(officer, form)
        until_held()
        os.kill(installation.web.pid, signal.SIGTERM)
        installation.wait_until(lambda: not listening(installation), "nobody new is let in")
    assert acknowledged(sending.ended())
    assert installation.web.wait(20) == 0, "a worker that has ended went only when it was killed"
    assert recorded(installation, concern) == 1


def listening(installation: Installation) -> bool:
    return installation.answers()


def test_the_pages_are_served_with_the_role_that_may_not_alter_the_history(
    installation: Installation, signed_in: Callable[[str], Browser]
) -> None:
    assert signed_in("officer").get("/contacts").status == 200
    roles = installation.rows(
        "SELECT DISTINCT usename FROM pg_stat_activity WHERE client_port IS NOT NULL AND pid <> pg_backend_pid()"
    )
    assert roles == [("casework_app",)]
