"""Making and changing accounts. Every change is in the history with who made it."""

from __future__ import annotations

from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone

from casework.accounts.models import User, Worker
from casework.common.refused import Refused
from casework.history.models import Entry
from casework.history.reads import write_entry
from casework.history.tracking import acting
from casework.notices.actions import tell


def make_account(
    *, email: str, name: str, role: str, worker: Worker | None, agency: str, in_use: bool, by: User
) -> User:
    """A new account, which cannot sign in by password until one is given. Raises Refused for an address in use."""
    _check(email, worker, role, agency, but=None)
    with acting(who=by.pk, who_name=str(by)), transaction.atomic():
        return User.objects.create_user(
            email, None, name=name, role=role, worker=worker, agency=agency, is_active=in_use
        )


def change_account(
    user: User, *, email: str, name: str, role: str, worker: Worker | None, agency: str, in_use: bool, by: User,
    new_password: str = "",
) -> None:  # fmt: skip
    """Change the account. One that loses its role, password, address or use is signed out everywhere."""
    _check(email, worker, role, agency, but=user)
    if user.pk == by.pk and (not in_use or role != user.role):
        raise Refused("You cannot change your own role or close your own account. Ask another administrator.")
    moved = email.lower() != user.email
    out = bool(new_password) or not in_use or role != user.role or moved
    with acting(who=by.pk, who_name=str(by)), transaction.atomic():
        user.email, user.name, user.role, user.worker = email.lower(), name, role, worker
        user.agency, user.is_active = agency, in_use
        if moved:  # The directory's person was joined to this account by the address it had.
            SocialAccount.objects.filter(user=user).delete()
        if new_password:
            user.set_password(new_password)
        user.save()
        if out:
            sign_out_everywhere(user)


def remove_second_factor(user: User, *, reason: str, by: User, at: datetime) -> None:
    """Take away the account's authenticator app, passkeys and recovery codes, for somebody who has lost them.

    The account is signed out everywhere and sets up new ones when it next signs in. Who did it and why is written in
    the history and told to the account's owner. Raises Refused where there is nothing to remove, and for one's own.
    """
    if user.pk == by.pk:
        raise Refused("You cannot remove your own second factor here. Ask another administrator.")
    with transaction.atomic():
        removed, _ = Authenticator.objects.filter(user=user).delete()
        if not removed:
            raise Refused(f"{user} has no authenticator app or passkey to remove.")
        write_entry(Entry.Kind.SIGN_IN, None, by, f"removed the second factor of {user.email}", reason)
        sign_out_everywhere(user)
        tell([user], f"{by} removed your authenticator app or passkey: {reason}", at=at)


def sign_out_everywhere(user: User) -> int:
    """End every session of the account. Returns how many there were."""
    theirs = [
        session.pk
        for session in Session.objects.filter(expire_date__gt=timezone.now())
        if session.get_decoded().get("_auth_user_id") == str(user.pk)
    ]
    Session.objects.filter(pk__in=theirs).delete()
    return len(theirs)


def _check(email: str, worker: Worker | None, role: str, agency: str, *, but: User | None) -> None:
    others = User.objects.exclude(pk=but.pk) if but else User.objects.all()
    if others.filter(email=email.lower()).exists():
        raise Refused("Another account has this address.", "email")
    if worker is not None and others.filter(worker=worker).exists():
        raise Refused("Another account belongs to this entry of the workforce register.", "worker")
    if role == "partner" and not agency:
        raise Refused("Say which agency this partner is from.", "agency")
