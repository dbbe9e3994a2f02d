"""How people come in: staff are given accounts; nobody signs themselves up."""

from __future__ import annotations

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import render

from casework.accounts.models import User
from casework.history.models import Entry
from casework.history.reads import write_entry


class NoPublicSignUp(DefaultAccountAdapter):  # type: ignore[misc]
    """No account is made from a page anyone can reach. What is refused is said in plain words."""

    error_messages: ClassVar[dict[str, str]] = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": "This account is not in use. Ask your system administrator.",
        "email_password_mismatch": "The e-mail address or the password is not right. Check both, and try again.",
        "enter_current_password": "That is not your password. Type the one you sign in with now.",
        "incorrect_password": "That is not your password. Type the one you sign in with now.",
        "incorrect_code": "That code is not right. Codes change every half minute: type the one shown now.",
        "too_many_login_attempts": "There have been too many wrong passwords, so signing in is closed for a quarter of "
        "an hour. Wait, then try again. If you cannot wait, ask your system administrator.",
        "rate_limited": "That was tried too many times. Wait a few minutes, then try again.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False


class SecondFactors(DefaultMFAAdapter):  # type: ignore[misc]
    """What authenticator apps and passkeys are called, and what is said when one is refused."""

    error_messages: ClassVar[dict[str, str]] = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "That code is not right. An app shows a new code every half minute: type the one shown now.",
        "cannot_delete_authenticator": "This cannot be removed. Ask your system administrator.",
        "cannot_generate_recovery_codes": "Set up an authenticator app or a passkey first.",
    }

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:
        """A first suggestion, which its owner can change."""
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return "My passkey" if number == 1 else f"My passkey {number}"

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """What the browser says it makes a passkey for."""
        return {**super().get_public_key_credential_rp_entity(), "name": settings.MFA_TOTP_ISSUER}


class DirectoryOnlyKnownStaff(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """The council's directory says who somebody is; an account here, made beforehand, says what they may do."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Never: see `pre_social_login`."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Join the directory's person to the account with the same verified address, or explain that there is none."""
        if sociallogin.is_existing:
            return
        verified = [address.email.lower() for address in sociallogin.email_addresses if address.verified]
        user = User.objects.filter(email__in=verified, is_active=True).first()
        if user is None:
            write_entry(Entry.Kind.DENIED, request, None, "sign-in through the council's directory refused")
            raise ImmediateHttpResponse(render(request, "accounts/not_known.html", status=403))
        sociallogin.connect(request, user)
