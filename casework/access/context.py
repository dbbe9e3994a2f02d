"""What every page shows of the person who is signed in: the parts of the system they may use."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from casework.access.navigation import PLACES, menus
from casework.access.roles import role_of
from casework.access.rules import may
from casework.common.kept_queries import prepared

UNREAD = "SELECT count(*) FROM notices_notice WHERE user_id = $1 AND read_at IS NULL"


def navigation(request: HttpRequest) -> dict[str, Any]:
    """`menus`: the links that the account may use; `role`: its role; `unread_notices`: how many it has not read."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"menus": [], "role": None}
    unread = SimpleLazyObject(lambda: prepared(UNREAD, [user.pk])[0][0])
    places = [place for place in PLACES if may(user, *place.permissions)]
    return {"menus": menus(places), "role": role_of(user), "unread_notices": unread}
