"""How people come in: staff are given accounts; nobody signs themselves up."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest
from django.shortcuts import render

from casework.accounts.models import User


class NoPublicSignUp(DefaultAccountAdapter):  # type: ignore[misc]
    """No account is made from a page anyone can reach."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False


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
            raise ImmediateHttpResponse(render(request, "accounts/not_known.html", status=403))
        sociallogin.connect(request, user)
