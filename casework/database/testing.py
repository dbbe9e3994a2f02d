"""A throw-away PostgreSQL for a test run, shared by its workers and gone when the last of them ends.

    @pytest.fixture(scope="session")
    def database_server(tmp_path_factory, worker_id):
        base = tmp_path_factory.getbasetemp()
        with test_server(base if worker_id == "master" else base.parent) as server:
            yield server

Any database made on it has the extensions and the privileges already, and the owner may make databases: connect
pytest-django's test database with `server.owner_url()`, and it gives each worker its own name.
"""

from __future__ import annotations

import fcntl
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from casework.database.embedded import Server, start, stop
from casework.database.places import places
from casework.database.roles import OWNER, schema_sql


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


def users_file(var: Path) -> Path:
    return var.with_name(f"{var.name}.users")


def call_reaper(var: Path) -> None:
    """Start a process of its own session that takes the server away once nobody uses it."""
    words = [sys.executable, "-m", "casework.database", "reap", "--var", str(var)]
    subprocess.run(
        ["sh", "-c", '"$@" </dev/null >/dev/null 2>&1 &', "sh", *words],
        check=True, start_new_session=True, cwd=Path(__file__).parents[2],
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
