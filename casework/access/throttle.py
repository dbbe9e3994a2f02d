"""How often one account may do something that could be used to trawl the record."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.cache import cache

from casework.accounts.models import User


@dataclass(frozen=True)
class Limit:
    """So many times in so many seconds."""

    times: int
    seconds: int


LIMITS = {"search": Limit(60, 60), "alike": Limit(180, 60), "break_glass": Limit(10, 3600)}


def too_often(user: User, what: str) -> bool:
    """Count one more use by this account; whether it is over the limit."""
    limit = LIMITS[what]
    key = f"throttle:{what}:{user.pk}"
    if cache.add(key, 1, limit.seconds):
        return False
    try:
        return cache.incr(key) > limit.times
    except ValueError:  # it ran out between the two
        cache.add(key, 1, limit.seconds)
        return False
