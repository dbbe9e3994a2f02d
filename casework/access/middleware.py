"""Every address is closed unless a rule opens it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from casework.access.rules import OPEN, SIGNED_IN, passes
from casework.access.second_factor import wants_second_factor
from casework.history.models import Entry
from casework.history.reads import Read, note_read

SIGN_IN_PAGES = {
    "account_login", "account_reauthenticate", "mfa_authenticate", "mfa_login_webauthn", "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn", "openid_connect_login", "openid_connect_callback", "socialaccount_login_error",
    "socialaccount_login_cancelled", "account_inactive",
}  # fmt: skip
"""Pages of the sign-in library that have to be reachable before anybody is known."""
OWN_ACCOUNT_PAGES = {
    "account_logout", "account_change_password", "mfa_index", "mfa_activate_totp", "mfa_deactivate_totp",
    "mfa_generate_recovery_codes", "mfa_view_recovery_codes", "mfa_download_recovery_codes", "mfa_list_webauthn",
    "mfa_add_webauthn", "mfa_edit_webauthn", "mfa_remove_webauthn",
}  # fmt: skip
"""Its pages for somebody who has signed in. All its others (sign-up, e-mail addresses) are closed."""


class DenyUnlessAllowed:
    """Asks each view's rule. No rule, or one not met, is "not found", so that nothing is given away."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """None to go on; a redirect to sign in; Http404."""
        name = request.resolver_match.url_name if request.resolver_match else None
        rule = getattr(view, "golden_thread_rule", _rule_of_library_page(name))
        if passes(rule, request):
            return self._second_factor_first(request, name, rule)
        if rule is not None and not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if request.user.is_authenticated:
            note_read(request, Read(None, request.path, "no permission", Entry.Kind.DENIED))
        raise Http404

    def _second_factor_first(self, request: HttpRequest, name: str | None, rule: object) -> HttpResponse | None:
        if rule == OPEN or name in OWN_ACCOUNT_PAGES or not wants_second_factor(request):
            return None
        messages.info(request, "Set up an authenticator app or a passkey before you open any record.")
        return redirect("mfa_index")


def _rule_of_library_page(name: str | None) -> object:
    if name in SIGN_IN_PAGES:
        return OPEN
    return SIGNED_IN if name in OWN_ACCOUNT_PAGES else None
