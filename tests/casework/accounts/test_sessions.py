"""Being signed in ends: on signing out, when the password changes, after an idle while, and after a day's work."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from casework.access.second_factor import CHECKED
from casework.common import clock
from casework.history.models import Entry
from tests.casework.making import a_user

pytestmark = pytest.mark.django_db
NEW = "another password for tests 2"


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Any:
    """A function that puts the clock forward."""
    passed = [timedelta()]
    now = clock.now
    monkeypatch.setattr(clock, "now", lambda: now() + passed[0])

    def put_forward(**how_long: int) -> datetime:
        passed[0] += timedelta(**how_long)
        return clock.now()

    return put_forward


def signed_in(client: Client) -> bool:
    return bool(client.get("/").status_code == 200)


def test_signing_out_ends_the_session_kept_by_the_server(sign_in: Any) -> None:
    client = sign_in("social_worker")
    cookie = client.cookies["sessionid"].value
    assert client.post("/account/logout/").status_code == 302
    client.cookies["sessionid"] = cookie
    assert not signed_in(client), "a copied cookie is worth nothing after signing out"


def test_a_new_password_ends_the_other_sessions_and_keeps_this_one() -> None:
    user = a_user("social_worker")
    here, elsewhere = (Client(HTTP_X_FORWARDED_PROTO="https") for _ in range(2))
    for client in (here, elsewhere):
        client.post("/account/login/", {"login": user.email, "password": "a password for tests 1"})
        session = client.session
        session[CHECKED] = True
        session.save()
        assert signed_in(client)
    changed = {"oldpassword": "a password for tests 1", "password1": NEW, "password2": NEW}
    assert here.post("/account/password/change/", changed).status_code == 302
    assert (signed_in(here), signed_in(elsewhere)) == (True, False)
    assert Entry.objects.filter(who=user.pk, what="changed the password").count() == 1


@pytest.mark.parametrize(("minutes", "still"), [(59, True), (61, False)])
def test_an_hour_without_a_request_signs_out(sign_in: Any, later: Any, minutes: int, still: bool) -> None:
    client = sign_in("social_worker")
    assert signed_in(client)
    later(minutes=minutes)
    assert signed_in(client) is still


def test_each_request_begins_the_hour_again_but_not_beyond_nine_hours(sign_in: Any, later: Any) -> None:
    client = sign_in("social_worker")
    for _ in range(10):
        later(minutes=50)
        assert signed_in(client)
    later(minutes=50)
    assert not signed_in(client)
    assert "signed out because" in client.get("/account/login/").content.decode()


def test_the_idle_limit_is_a_setting(sign_in: Any, later: Any, settings: Any) -> None:
    settings.SESSION_IDLE_AGE = 10 * 60
    client = sign_in("social_worker")
    later(minutes=11)
    assert not signed_in(client)
