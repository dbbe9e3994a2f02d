"""Telling people things, and noting that they have read them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from casework.accounts.models import User, Worker
from casework.notices.models import Notice


def tell(users: Iterable[User], text: str, *, address: str = "", at: datetime) -> None:
    """Give each of the accounts a notice, once each."""
    told = {user.pk: user for user in users if user.is_active}
    Notice.objects.bulk_create(Notice(user=user, text=text, address=address, made_at=at) for user in told.values())


def tell_worker(worker: Worker | None, text: str, *, address: str, by: User, at: datetime) -> None:
    """Give a worker's account a notice of what somebody else did; nothing for their own doing, or without one."""
    account = worker.own_account if worker else None
    if account is not None and account != by:
        tell([account], text, address=address, at=at)


def mark_read(user: User, notice: int | None = None, *, at: datetime) -> int:
    """Note that the account has read one notice, or all of its own. Returns how many were unread."""
    unread = Notice.objects.filter(user=user, read_at=None)
    return (unread.filter(pk=notice) if notice is not None else unread).update(read_at=at)
