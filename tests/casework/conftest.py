"""What the record's tests share: the database as it is in use, people to work with, and somebody signed in."""

from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.db.models.signals import post_migrate
from django.test import Client

from casework.accounts.models import User
from tests.casework.making import a_user


def let_the_history_be_emptied(**_kwargs: object) -> None:
    """Between tests the database is emptied, which the history itself would refuse."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE history_entry DISABLE TRIGGER history_never")


post_migrate.connect(let_the_history_be_emptied, sender=apps.get_app_config("history"), weak=False)


@pytest.fixture
def sign_in(db: None) -> Any:
    """A function: a client over TLS, signed in as a new account of that role, or as the account given."""

    def signed_in(who: str | User) -> Client:
        user = who if isinstance(who, User) else a_user(who)
        client = Client(HTTP_X_FORWARDED_PROTO="https")
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        client.user = user  # type: ignore[attr-defined]
        return client

    return signed_in
