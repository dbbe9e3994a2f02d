"""Who is asking: the session and the account of every request, as the framework's own, each by a kept question."""

from __future__ import annotations

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.utils import timezone

from casework.accounts.models import User
from casework.common.kept_queries import Given, KeptQuery

SESSION = KeptQuery(lambda: Session.objects.filter(session_key=Given("key"), expire_date__gt=Given("now")))
ACCOUNT = KeptQuery(lambda: User.objects.filter(pk=Given("key")))


class SessionStore(db.SessionStore):
    """The framework's own."""

    def _get_session_from_db(self) -> Session | None:
        """The session's row, None for none that still runs: its number is then forgotten."""
        found = SESSION.first(key=self.session_key, now=timezone.now())
        if found is None:
            self._session_key = None
        return found


class Accounts(AuthenticationBackend):  # type: ignore[misc]
    """The sign-in library's own."""

    def get_user(self, user_id: Any) -> User | None:
        """The account with that key, if it is in use."""
        found = ACCOUNT.first(key=int(user_id))
        return found if self.user_can_authenticate(found) else None
