"""The record served to a browser in a test, and somebody signed in there."""

from __future__ import annotations

import os
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

from casework.access.second_factor import CHECKED
from casework.accounts.models import User

# Playwright runs a loop of its own in the test's thread; the tests take turns with it.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
[BACKEND] = settings.AUTHENTICATION_BACKENDS


def somebody_at(browser: Any, site: str, user: User, width: int = 1280) -> Any:
    """A page of a browser of their own, in which that account is signed in."""
    context = browser.new_context(viewport={"width": width, "height": 900})
    sign_in(context, site, user)
    page = context.new_page()
    page.set_default_timeout(60_000)
    return page


def sign_in(context: Any, site: str, user: User) -> None:
    """A new session of that account in that browser."""
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session.update(
        {SESSION_KEY: str(user.pk), BACKEND_SESSION_KEY: BACKEND, HASH_SESSION_KEY: user.get_session_auth_hash(),
         CHECKED: True}
    )  # fmt: skip
    session.save()
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session.session_key, "url": site}])
