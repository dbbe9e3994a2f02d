"""How often one account may do something that could be used to trawl the record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from casework.accounts.models import User
from casework.common import clock
from casework.common.kept_queries import prepared


@dataclass(frozen=True)
class Limit:
    """So many times in so many seconds."""

    times: int
    seconds: int


LIMITS = {"search": Limit(60, 60), "alike": Limit(180, 60), "break_glass": Limit(10, 3600)}
ONCE_MORE = """
INSERT INTO access_use AS used (user_id, what, began_at, times) VALUES ($1, $2, $3, 1)
ON CONFLICT (user_id, what) DO UPDATE SET
    times = CASE WHEN used.began_at > $4 THEN used.times + 1 ELSE 1 END,
    began_at = CASE WHEN used.began_at > $4 THEN used.began_at ELSE excluded.began_at END
RETURNING times
"""


def too_often(user: User, what: str) -> bool:
    """Count one more use by this account; whether it is over the limit."""
    limit, now = LIMITS[what], clock.now()
    ((times,),) = prepared(ONCE_MORE, [user.pk, what, now, now - timedelta(seconds=limit.seconds)])
    return bool(times > limit.times)
