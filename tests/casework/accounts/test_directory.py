"""Signing in through the council's directory: a real OpenID Connect provider, asked over HTTP (`provider.py`)."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from django.test import Client

from casework.accounts.models import User
from casework.config.directory import council_directory, directory_origins
from casework.history.models import Entry
from tests.casework import live
from tests.casework.accounts import provider
from tests.casework.making import a_user
from tests.pages import IN_A_BROWSER, browser

__all__ = ["browser", "live"]
pytestmark = pytest.mark.django_db
BACK = "/account/oidc/directory/login/callback/"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, plain_live_server: Any) -> Iterator[str]:
    """The provider's address, while it runs as a process of its own."""
    with socket.socket() as free:
        free.bind(("localhost", 0))
        port = free.getsockname()[1]
    callbacks = [f"https://testserver{BACK}", f"{plain_live_server.url}{BACK}"]
    command = [sys.executable, provider.__file__, str(tmp_path_factory.mktemp("directory")), str(port), *callbacks]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        assert running.stdout.readline() == "serving\n"
        yield f"http://localhost:{port}/o"
        running.terminate()


@pytest.fixture
def directory(server: str, settings: Any) -> str:
    """The record, told of the provider as an authority tells it: by the environment."""
    named = {"SERVER": server, "CLIENT": provider.CLIENT, "SECRET": provider.SECRET, "NAME": "your Amberford account"}
    environment = {f"GOLDEN_THREAD_DIRECTORY_{name}": value for name, value in named.items()}
    settings.SOCIALACCOUNT_PROVIDERS = council_directory(environment)
    policy = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    wider = {**policy, "form-action": [*policy["form-action"], *directory_origins(environment)]}
    settings.CONTENT_SECURITY_POLICY = {"DIRECTIVES": wider}
    return server


def somebody(name: str, **details: Any) -> User:
    """An account with the address that the directory has for that name."""
    user = a_user("social_worker", **details)
    user.email = f"{name}@amberford.example"
    user.save()
    return user


def visitor() -> Client:
    return Client(HTTP_X_FORWARDED_PROTO="https", HTTP_HOST="testserver")


def asked_of_directory(client: Client) -> str:
    """The address that the record sends the browser to."""
    address = client.post("/account/oidc/directory/login/?process=login")["Location"]
    assert isinstance(address, str)
    return address


def answer_of_directory(address: str, name: str) -> str:
    """Where the directory sends somebody back to, once they have typed their password there."""
    session = requests.Session()
    page = session.get(address)
    token = re.findall('name="csrfmiddlewaretoken" value="([^"]+)"', page.text)[0]
    typed = {"csrfmiddlewaretoken": token, "username": name, "password": provider.PASSWORD}
    sent = session.post(page.url, data=typed, allow_redirects=False)
    back = session.get(f"http://{urlsplit(page.url).netloc}{sent.headers['Location']}", allow_redirects=False)
    assert back.status_code == 302, (address, back.url, back.text[:600])
    return back.headers["Location"]


def come_back(client: Client, address: str) -> Any:
    parts = urlsplit(address)
    return client.get(f"{parts.path}?{parts.query}")


def through_directory(client: Client, name: str) -> Any:
    return come_back(client, answer_of_directory(asked_of_directory(client), name))


def inside(client: Client) -> bool:
    return bool(client.get("/").status_code == 200)


def test_known_staff_get_in_and_need_no_second_factor_of_ours(directory: str) -> None:
    client, user = visitor(), somebody("known")
    assert through_directory(client, "known")["Location"] == "/"
    assert inside(client)
    assert SocialAccount.objects.get().user == user
    assert Entry.objects.filter(kind="sign_in", who=user.pk, what="signed in").count() == 1


@pytest.mark.parametrize(
    ("name", "account"),
    [("stranger", None), ("unverified", {"is_active": True}), ("left", {"is_active": False})],
    ids=["no account", "address not verified", "account not in use"],
)
def test_others_are_refused_and_nothing_is_made(directory: str, name: str, account: dict[str, bool] | None) -> None:
    client = visitor()
    if account is not None:
        somebody(name, **account)
    page = through_directory(client, name)
    assert page.status_code == 403
    assert "You have no account here" in page.content.decode()
    assert not inside(client)
    assert not SocialAccount.objects.exists()
    assert Entry.objects.filter(kind="denied", what__contains="directory refused").count() == 1


def test_an_account_closed_since_the_last_time_is_refused(directory: str) -> None:
    user = somebody("known")
    through_directory(visitor(), "known")
    user.is_active = False
    user.save()
    client = visitor()
    assert through_directory(client, "known")["Location"] == "/account/inactive/"
    assert "not in use" in client.get("/account/inactive/").content.decode()
    assert not inside(client)


def test_the_request_carries_state_and_a_hashed_challenge(directory: str) -> None:
    asked = parse_qs(urlsplit(asked_of_directory(visitor())).query)
    assert asked["code_challenge_method"] == ["S256"]
    assert len(asked["code_challenge"][0]) >= 43
    assert len(asked["state"][0]) >= 16
    assert asked["response_type"] == ["code"]


def test_an_answer_meant_for_another_browser_or_with_another_state_is_refused(directory: str) -> None:
    somebody("known")
    theirs, ours = visitor(), visitor()
    answer = answer_of_directory(asked_of_directory(theirs), "known")
    asked_of_directory(ours)
    for stolen in (answer, re.sub("state=[^&]+", "state=made-up", answer)):
        assert "could not sign you in" in come_back(ours, stolen).content.decode()
        assert not inside(ours)


def test_a_code_put_into_another_browsers_answer_fails_the_challenge(directory: str) -> None:
    somebody("known")
    theirs, ours = visitor(), visitor()
    code = parse_qs(urlsplit(answer_of_directory(asked_of_directory(theirs), "known")).query)["code"][0]
    state = parse_qs(urlsplit(asked_of_directory(ours)).query)["state"][0]
    assert "could not sign you in" in ours.get(f"{BACK}?code={code}&state={state}").content.decode()
    assert not inside(ours)


def test_a_changed_address_parts_the_account_from_the_directorys_person(directory: str, sign_in: Any) -> None:
    user = somebody("known")
    client = visitor()
    through_directory(client, "known")
    answers = {"email": "other@amberford.example", "name": user.name, "role": user.role, "worker": user.worker_id,
               "agency": "", "in_use": "yes", "new_password": ""}  # fmt: skip
    assert sign_in("administrator").post(f"/accounts/{user.pk}", answers).status_code == 302
    assert not inside(client)
    assert through_directory(visitor(), "known").status_code == 403


def test_a_directory_half_described_is_said_at_the_start() -> None:
    with pytest.raises(ValueError, match="GOLDEN_THREAD_DIRECTORY_SECRET has no value"):
        council_directory({"GOLDEN_THREAD_DIRECTORY_SERVER": "https://x", "GOLDEN_THREAD_DIRECTORY_CLIENT": "y"})


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("directory")
class TestInABrowser:
    pytestmark = IN_A_BROWSER

    def test_the_button_works_without_script_and_under_the_policy(self, browser: Any, live_site: str) -> None:
        somebody("known")
        page = browser.new_context(java_script_enabled=False).new_page()
        page.goto(f"{live_site}/account/login/")
        page.click("text=Sign in with your Amberford account")
        page.fill("[name=username]", "known")
        page.fill("[name=password]", provider.PASSWORD)
        page.click("text=Sign in to the directory")
        page.wait_for_url(f"{live_site}/")
        assert page.locator("h1").inner_text() == "My work"
