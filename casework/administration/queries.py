"""What an administrator is shown of an account."""

from __future__ import annotations

from collections import Counter

from allauth.mfa.models import Authenticator

from casework.accounts.models import User

NAMES = {Authenticator.Type.TOTP: "an authenticator app", Authenticator.Type.WEBAUTHN: "a passkey"}


def second_factors(user: User) -> list[str]:
    """What the account signs in with beside its password, in words. Never the secrets themselves."""
    kept = Counter(Authenticator.objects.filter(user=user, type__in=NAMES).values_list("type", flat=True))
    return [NAMES[Authenticator.Type(kind)] if many == 1 else f"{many} passkeys" for kind, many in kept.items()]
