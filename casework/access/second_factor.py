"""Nobody opens a record with a password alone: an account without a second factor is led to set one up first."""

from __future__ import annotations

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest

CHECKED = "golden_thread_second_factor"


def wants_second_factor(request: HttpRequest) -> bool:
    """Whether this account has still to set up an authenticator app or a passkey.

    Remembered in the session once it has. Somebody who came through the council's directory has met its own rules.
    """
    if not settings.SECOND_FACTOR_REQUIRED or request.session.get(CHECKED):
        return False
    methods = [done.get("method") for done in request.session.get("account_authentication_methods", [])]
    if "socialaccount" in methods or is_mfa_enabled(request.user):
        request.session[CHECKED] = True
        return False
    return True
