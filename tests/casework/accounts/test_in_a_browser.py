"""Passkeys and authenticator apps, and the pages that are met only while signing in, in Chromium."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.core.cache import cache

from casework.accounts.models import User
from tests.casework.making import a_user
from tests.pages import IN_A_BROWSER, PHONE, SCROLL_WIDTH, barriers, browser

__all__ = ["browser"]
pytestmark = [*IN_A_BROWSER, pytest.mark.django_db(transaction=True)]
PASSWORD = "a password for tests 1"
KEY = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
       "isUserVerified": True, "automaticPresenceSimulation": True}  # fmt: skip


@pytest.fixture(autouse=True)
def nothing_counted_before(live_site: str, settings: Any) -> None:
    settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
    cache.clear()


def visitor(browser: Any, width: int = 1280) -> tuple[Any, list[str]]:
    """A page of a browser with nobody signed in, and what is said to its console as it goes."""
    page, said = browser.new_context(viewport={"width": width, "height": 900}).new_page(), []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.set_default_timeout(30_000)
    return page, said


def signs_in(page: Any, site: str, user: User) -> None:
    page.goto(f"{site}/account/login/")
    page.fill("[name=login]", user.email)
    page.fill("[name=password]", PASSWORD)
    page.click("main button:text-is('Sign in')")


def signs_out(page: Any, site: str) -> None:
    page.goto(f"{site}/account/logout/")
    page.click("main button")
    page.wait_for_url("**/account/login/**")


def opens(page: Any, address: str) -> None:
    """Go there, saying again who one is when that is asked first."""
    page.goto(address)
    if "/reauthenticate/" in page.url and "/reauthenticate/" not in address:
        page.fill("[name=password]", PASSWORD)
        page.click("main button")
        page.wait_for_url(address)


def code_now(secret: str) -> str:
    return str(totp.format_hotp_value(totp.hotp_value(secret, next(totp.yield_hotp_counters_from_time()))))


def test_a_passkey_is_added_and_signs_in_without_a_password(browser: Any, live_site: str, settings: Any) -> None:
    settings.SECOND_FACTOR_REQUIRED = True
    page, said = visitor(browser)
    developer = page.context.new_cdp_session(page)
    developer.send("WebAuthn.enable")
    developer.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
    user = a_user("social_worker")
    signs_in(page, live_site, user)
    page.wait_for_url("**/account/2fa/")
    opens(page, f"{live_site}/account/2fa/webauthn/add/")
    page.check("[name=passwordless]")
    page.click("#mfa_webauthn_add")
    page.wait_for_url("**/recovery-codes/")
    assert Authenticator.objects.filter(user=user, type="webauthn").count() == 1
    signs_out(page, live_site)
    page.click("#passkey_login")
    page.wait_for_url(f"{live_site}/")
    assert page.inner_text("h1") == "My work"
    assert said == [], "the policy holds and no script fails"


def test_an_authenticator_app_is_set_up_from_its_picture(browser: Any, live_site: str) -> None:
    page, said = visitor(browser)
    user = a_user("social_worker")
    signs_in(page, live_site, user)
    page.wait_for_url(f"{live_site}/")
    opens(page, f"{live_site}/account/2fa/totp/activate/")
    assert page.evaluate("document.querySelector('main img').naturalWidth") > 0, "the picture is let through"
    assert page.get_attribute("main img", "src").startswith("data:image/svg+xml")
    page.fill("[name=code]", "000000")
    page.click("main button")
    page.wait_for_selector(".govuk-error-summary:focus")
    assert not barriers(page).response["violations"]
    assert "That code is not right" in page.inner_text(".govuk-error-summary")
    page.fill("[name=code]", code_now(page.inner_text("main .gt-key")))
    page.click("main button")
    page.wait_for_url("**/recovery-codes/")
    assert Authenticator.objects.filter(user=user, type="totp").exists()
    assert said == []


def test_what_is_met_only_on_the_way_in_is_free_of_barriers_on_a_phone(browser: Any, live_site: str) -> None:
    user = a_user("social_worker")
    totp.TOTP.activate(user, totp.generate_totp_secret())
    page, said = visitor(browser, PHONE)
    signs_in(page, live_site, user)
    page.locator("[name=code]").wait_for()
    found = {"second factor": _faults(page)}
    page.fill("[name=code]", code_now(_secret(user)))
    page.click("main button:text-is('Sign in')")
    page.wait_for_url(f"{live_site}/")
    page.goto(f"{live_site}/nothing-of-this-name")
    found["not found"] = _faults(page)
    assert found == {"second factor": [], "not found": []}
    assert [text for text in said if "Content Security Policy" in text] == []


def _secret(user: User) -> str:
    return str(Authenticator.objects.get(user=user, type="totp").data["secret"])


def _faults(page: Any) -> list[str]:
    """What is wrong with the page: barriers, and more width than the screen."""
    wide = page.evaluate(SCROLL_WIDTH)
    faults = [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in barriers(page).response["violations"]]
    return [*faults, *([f"{wide} pixels wide"] if wide > PHONE else [])]
