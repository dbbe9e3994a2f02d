"""Signing in: a password and a second factor, wrong passwords counted, every try written down."""

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from casework.accounts.forms import CodeAgain, SecondFactor
from casework.history.models import Entry
from tests.casework.making import a_user

pytestmark = pytest.mark.django_db
PASSWORD = "a password for tests 1"


@pytest.fixture(autouse=True)
def nothing_counted_before() -> None:
    cache.clear()


def visitor() -> Client:
    return Client(HTTP_X_FORWARDED_PROTO="https")


def sign_in_as(client: Client, email: str, password: str = PASSWORD) -> Any:
    return client.post("/account/login/", {"login": email, "password": password})


def test_a_password_alone_leads_to_setting_up_a_second_factor() -> None:
    client, user = visitor(), a_user("social_worker")
    assert sign_in_as(client, user.email)["Location"] == "/"
    assert client.get("/")["Location"] == "/account/2fa/"
    assert client.get("/account/2fa/").status_code == 200


def test_with_an_authenticator_a_code_is_asked_for_and_opens_the_work_page() -> None:
    client, user = visitor(), a_user("social_worker")
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(user, secret)
    assert "2fa/authenticate" in sign_in_as(client, user.email)["Location"]
    assert client.get("/").status_code == 302, "not in before the code"
    code = totp.format_hotp_value(totp.hotp_value(secret, next(totp.yield_hotp_counters_from_time())))
    assert client.post("/account/2fa/authenticate/", {"code": code}).status_code == 302
    assert client.get("/").status_code == 200
    assert Authenticator.objects.filter(user=user).count() == 1


def test_wrong_passwords_close_the_door_for_a_while_even_to_the_right_one() -> None:
    client, user = visitor(), a_user("social_worker")
    for _ in range(5):
        assert sign_in_as(client, user.email, "wrong").status_code == 200
    assert b"too many wrong passwords" in sign_in_as(client, user.email).content


def test_each_try_is_written_down_without_what_was_typed() -> None:
    client, user = visitor(), a_user("social_worker")
    sign_in_as(client, user.email, "wrong")
    sign_in_as(client, "nobody@amberford.example", "x")
    sign_in_as(client, user.email)
    assert [(entry.what, entry.who) for entry in Entry.objects.filter(kind__in=["denied", "sign_in"])] == [
        ("sign-in failed", user.pk),
        ("sign-in failed", None),
        ("signed in", user.pk),
    ]
    assert not Entry.objects.filter(who_name__contains="password").exists()


def test_an_account_not_in_use_cannot_sign_in() -> None:
    client, user = visitor(), a_user("social_worker", is_active=False)
    sign_in_as(client, user.email)
    assert client.get("/").status_code == 302


def test_nobody_signs_themselves_up() -> None:
    assert visitor().get("/account/signup/").status_code == 404


def test_the_cookies_and_headers_of_a_page_are_strict() -> None:
    client, user = visitor(), a_user("social_worker")
    sign_in_as(client, user.email)
    page = client.get("/account/2fa/")
    assert page["Referrer-Policy"] == "same-origin"
    assert "max-age=31536000" in page["Strict-Transport-Security"]
    assert "'unsafe-inline'" not in page["Content-Security-Policy"]
    assert "default-src 'none'" in page["Content-Security-Policy"]
    assert page["X-Frame-Options"] == "DENY"
    cookie = client.cookies["sessionid"]
    assert cookie["secure"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


PAGES_TO_SIGN_IN = ("account_login", "account_reauthenticate", "account_change_password", "mfa_activate_totp",
                    "mfa_add_webauthn")  # fmt: skip


def test_the_pages_of_signing_in_ask_with_labels_and_hints_and_leave_the_boxes_empty(sign_in: Any) -> None:
    user = a_user("director")
    for name in PAGES_TO_SIGN_IN:
        client = Client(HTTP_X_FORWARDED_PROTO="https") if name == "account_login" else sign_in(user)
        page = client.get(reverse(name), follow=True)
        main = page.content.decode().partition("<main")[2]
        assert page.status_code == 200, name
        assert "placeholder" not in main, name
        assert "govuk-hint" in main, name


def test_the_second_factor_is_asked_for_plainly() -> None:
    for form in (SecondFactor(user=None), CodeAgain(user=None)):
        field = form.fields["code"]
        assert "placeholder" not in field.widget.attrs
        assert "figures" in field.help_text


def test_browsers_that_ask_for_an_icon_get_one(client: Client) -> None:
    found = client.get("/favicon.ico", headers={"X-Forwarded-Proto": "https"})
    assert (found.status_code, b"".join(found.streaming_content)[:4]) == (200, b"\0\0\1\0")
