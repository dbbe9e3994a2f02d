"""What the record's tests share: the database as it is in use, people to work with, and somebody signed in."""

import os
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.db.models.signals import post_migrate
from django.test import Client, override_settings

from casework.access.second_factor import CHECKED
from casework.accounts.models import User
from casework.accounts.sessions import begin
from casework.common import clock
from casework.config.address import django_database
from casework.database.embedded import Server
from casework.database.roles import OWNER
from casework.database.testing import MIGRATED, migrated, test_server
from tests.casework.making import a_user
from tests.casework.proving_clocks import ask_in, prove_every_action


@pytest.fixture(scope="session")
def server_of_the_run(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[Server | None]:
    """A PostgreSQL of this run's own, shared by its workers, with a migrated database to copy; None where DATABASE_URL
    names another."""
    if os.environ.get("DATABASE_URL"):
        yield None
        return
    base = tmp_path_factory.getbasetemp()
    shared = base if worker_id == "master" else base.parent
    with test_server(shared) as server:
        migrated(server, shared)
        server.superuser_sql(f"GRANT SET ON PARAMETER session_replication_role TO {OWNER};")
        yield server


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None, server_of_the_run: Server | None) -> None:
    """The run's own PostgreSQL, where each worker's database is a copy of the migrated one."""
    if server_of_the_run is not None:
        address = django_database(server_of_the_run.owner_url())
        for name in ("HOST", "PORT", "USER", "PASSWORD", "OPTIONS"):
            connection.settings_dict[name] = address[name]
        connection.settings_dict["TEST"] |= {"TEMPLATE": MIGRATED, "MIGRATE": False}


def let_the_history_be_emptied(**_kwargs: object) -> None:
    """Between tests the database is emptied, which the history itself would refuse."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE history_entry DISABLE TRIGGER history_never")


post_migrate.connect(let_the_history_be_emptied, sender=apps.get_app_config("history"), weak=False)


def rows_deleted(_style: object, tables: list[str], **_kwargs: object) -> list[str]:
    """The SQL that empties these tables, of which nearly all are empty already. TRUNCATE, which Django would use, makes
    new files for every table and index there is: ten times the work."""
    deleted = " ".join(f'DELETE FROM "{table}";' for table in tables)
    return ["SET LOCAL session_replication_role = replica", f"DO $$ BEGIN {deleted} END $$"]


LEFT_OPEN_ENDED = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND usename = current_user AND pid <> pg_backend_pid()"""


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any, server_of_the_run: Server | None) -> Iterator[None]:
    """The test database. What `migrate` puts in place stays there: emptying the tables does not set it up again.

    The loop of a browser gives this thread a connection of its own, and Django closes only the one that it sees at the
    end: the database could not be dropped while the other is open.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.core.management.commands.flush.emit_post_migrate_signal", lambda *_args, **_named: None)
        if server_of_the_run is not None:
            patch.setattr(connection.ops, "sql_flush", rows_deleted)
        yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(LEFT_OPEN_ENDED)


@pytest.fixture(scope="session")
def every_action_proved() -> None:
    """From the first test on, actions are called with the proof that they keep the clocks."""
    prove_every_action()


@pytest.fixture(autouse=True)
def clocks_are_kept(request: pytest.FixtureRequest, every_action_proved: None) -> None:
    """Whatever action a test does leaves the clocks as they run: asked in the folders that `proving_clocks` names."""
    ask_in(request.path.parent.name)


@pytest.fixture(autouse=True)
def quick_passwords(settings: Any) -> None:
    """Each account that a test makes has a password; the hash that is slow on purpose would be most of its time."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher", *settings.PASSWORD_HASHERS]


@pytest.fixture
def sign_in(db: None) -> Any:
    """A function: a client over TLS, signed in as a new account of that role, or as the account given."""

    def signed_in(who: str | User) -> Client:
        user = who if isinstance(who, User) else a_user(who)
        client = Client(HTTP_X_FORWARDED_PROTO="https")
        client.force_login(user)
        session = client.session
        session[CHECKED] = True
        begin(session, clock.now())
        session.save()
        client.user = user  # type: ignore[attr-defined]
        return client

    return signed_in


@pytest.fixture(scope="session")
def plain_live_server(request: pytest.FixtureRequest, django_db_setup: None) -> Any:
    """The live server, whose middleware was made while pages without TLS were let through. It stops before the database
    goes, also where it serves the first test of all."""
    with override_settings(SECURE_SSL_REDIRECT=False, SECURE_HSTS_SECONDS=0):
        return request.getfixturevalue("live_server")


@pytest.fixture
def live_site(plain_live_server: Any, settings: Any) -> str:
    """The address of the record, served to a browser on this machine without TLS; no second factor is asked for."""
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = settings.SECOND_FACTOR_REQUIRED = False
    return str(plain_live_server.url)
