"""A throw-away PostgreSQL for a test run, shared by its workers and gone when the last of them ends.

    @pytest.fixture(scope="session")
    def database_server(tmp_path_factory, worker_id):
        base = tmp_path_factory.getbasetemp()
        with test_server(base if worker_id == "master" else base.parent) as server:
            yield server

Any database made on it has the extensions and the privileges already, and the owner may make databases: connect
pytest-django's test database with `server.owner_url()`, and it gives each worker its own name. `migrated` makes a
database with every migration, to copy: running them all takes a quarter of a minute.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from casework.database.embedded import Server, start, stop
from casework.database.places import places
from casework.database.roles import DATABASE, OWNER, schema_sql


@contextmanager
def test_server(shared: Path) -> Iterator[Server]:
    """The server of this run, started by whichever worker asks first. `shared` is a folder that all of them see."""
    var = shared / "golden-thread-var"
    # Each user holds a shared lock, which the kernel lets go even after kill -9; the reaper waits until nobody does.
    with users_file(var).open("a") as users:
        fcntl.flock(users, fcntl.LOCK_SH)
        with (shared / "golden-thread-start").open("a") as turn:
            fcntl.flock(turn, fcntl.LOCK_EX)
            server = start(var, fast=True)
            if not (server.places.home / "reaper").exists():
                server.superuser_sql(f"ALTER ROLE {OWNER} CREATEDB;\n{schema_sql()}", database="template1")
                call_reaper(var)
                (server.places.home / "reaper").touch()
        yield server


MIGRATED, MIGRATING = "migrated", "migrating"
PROJECT = Path(__file__).parents[2]


def migrated(server: Server, shared: Path) -> str:
    """The name of a database of this server's that has every migration and no rows, made by whoever asks first."""
    with (shared / "golden-thread-migrate").open("a") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        if not server.superuser_sql(f"SELECT 1 FROM pg_database WHERE datname = '{MIGRATED}';").strip():
            server.superuser_sql(f"DROP DATABASE IF EXISTS {MIGRATING};")
            server.superuser_sql(f"CREATE DATABASE {MIGRATING} OWNER {OWNER};")
            address = server.owner_url(MIGRATING)
            environ = {"DATABASE_URL": address, "DATABASE_OWNER_URL": address, "GOLDEN_THREAD_HTTP": "1"}
            words = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
            subprocess.run(words, check=True, cwd=PROJECT, env=os.environ | environ)
            server.superuser_sql(f"ALTER DATABASE {MIGRATING} RENAME TO {MIGRATED};")
    return MIGRATED


def copy_to(server: Server, name: str, other: Server) -> None:
    """Fill the other server's own database, which is empty, with what the database of that name holds."""
    dump = server.places.run("pg_dump", *server.superuser(name)).stdout
    other.superuser_sql(dump, DATABASE)


def users_file(var: Path) -> Path:
    return var.with_name(f"{var.name}.users")


def call_reaper(var: Path) -> None:
    """Start a process of its own session that takes the server away once nobody uses it."""
    words = [sys.executable, "-m", "casework.database", "reap", "--var", str(var)]
    subprocess.run(
        ["sh", "-c", '"$@" </dev/null >/dev/null 2>&1 &', "sh", *words],
        check=True, start_new_session=True, cwd=PROJECT,
    )  # fmt: skip


def reap(var: Path) -> None:
    """Wait until nobody uses the server of this folder, then stop it and remove everything it had."""
    with users_file(var).open("a") as users:
        fcntl.flock(users, fcntl.LOCK_EX)
        where = places(var)
        stop(var, at_once=True)
        shutil.rmtree(where.home, ignore_errors=True)
        shutil.rmtree(where.socket, ignore_errors=True)
        shutil.rmtree(var, ignore_errors=True)
