"""The embedded server starts, stops, comes back after a kill, and lets each role do what it should and no more."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from casework.database import testing
from casework.database.configuration import SETTINGS
from casework.database.embedded import Server, describe, postmaster, start, stop
from casework.database.places import places
from casework.database.roles import EXTENSIONS


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("shared")


@pytest.fixture(scope="module")
def server(shared: Path) -> Iterator[Server]:
    with testing.test_server(shared) as server:
        yield server


@pytest.fixture
def var(tmp_path: Path) -> Iterator[Path]:
    """A folder for a server with the real, durable settings, taken away afterwards."""
    yield tmp_path
    stop(tmp_path, at_once=True)
    where = places(tmp_path)
    shutil.rmtree(where.home)
    shutil.rmtree(where.socket, ignore_errors=True)


def test_starting_a_running_server_gives_its_address(var: Path) -> None:
    first = start(var)
    assert start(var) == first
    assert describe(var) == first
    assert stop(var)
    assert describe(var) is None
    assert not stop(var)


def test_what_was_written_survives_a_kill_on_the_same_port(var: Path) -> None:
    first = start(var)
    with psycopg.connect(first.owner_url()) as connection:
        connection.execute("CREATE TABLE kept (name text)")
        connection.execute("INSERT INTO kept VALUES ('Made-up Child')")
    pid = postmaster(first.places)
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    again = start(var)
    assert (again.port, postmaster(again.places)) != (first.port, pid)
    assert again.port == first.port
    with psycopg.connect(again.url()) as connection:
        assert connection.execute("SELECT name FROM kept").fetchall() == [("Made-up Child",)]


def test_a_process_number_that_another_process_has_now_is_not_believed(var: Path) -> None:
    first = start(var)
    stop(var)
    stale = first.places.data / "postmaster.pid"
    stale.write_text(f"{os.getpid()}\n{first.places.data}\n")
    if first.places.user:
        shutil.chown(stale, first.places.user)
    assert describe(var) is None
    assert start(var).port == first.port


def test_passwords_are_in_one_file_that_only_its_owner_reads(server: Server) -> None:
    where = server.places
    assert where.passwords.stat().st_mode & 0o777 == 0o600
    assert where.data.stat().st_mode & 0o777 == 0o700
    holding = [
        path
        for path in where.home.rglob("*")
        if path.is_file() and path != where.passwords and server.app_password.encode() in path.read_bytes()
    ]
    assert holding == []
    assert server.app_password not in repr(server)


def test_a_wrong_password_and_the_superuser_are_refused_on_the_network(server: Server) -> None:
    for user, password in (("casework_app", "wrong"), ("postgres", ""), ("postgres", server.owner_password)):
        url = f"postgresql://{user}:{password}@127.0.0.1:{server.port}/casework"
        with pytest.raises(psycopg.OperationalError, match=r"authentication failed|no pg_hba.conf entry|no password"):
            psycopg.connect(url)


def test_only_the_machine_itself_may_connect(server: Server) -> None:
    assert server.superuser_sql("SHOW listen_addresses;").strip() == "127.0.0.1"


def test_the_extensions_are_there_in_any_database(server: Server) -> None:
    with psycopg.connect(server.owner_url(), autocommit=True) as connection:
        connection.execute("CREATE DATABASE test_extensions")
    for database in ("casework", "test_extensions"):
        with psycopg.connect(server.url(database)) as connection:
            found = {name for (name,) in connection.execute("SELECT extname FROM pg_extension")}
            assert found >= set(EXTENSIONS)


@pytest.fixture(scope="module")
def visits(server: Server) -> str:
    with psycopg.connect(server.owner_url()) as connection:
        connection.execute("CREATE TABLE visit (id integer GENERATED ALWAYS AS IDENTITY, seen boolean)")
    return "visit"


def test_the_application_reads_and_writes_rows_of_the_owners_new_tables(server: Server, visits: str) -> None:
    with psycopg.connect(server.url()) as connection:
        connection.execute("INSERT INTO visit (seen) VALUES (true), (false)")
        connection.execute("DELETE FROM visit WHERE NOT seen")
        assert connection.execute("UPDATE visit SET seen = false RETURNING id").rowcount == 1


@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE visit ADD COLUMN more text",
        "DROP TABLE visit",
        "TRUNCATE visit",
        "CREATE TABLE mine (id integer)",
        "CREATE TEMPORARY TABLE mine (id integer)",
        "CREATE TRIGGER mine BEFORE INSERT ON visit EXECUTE FUNCTION suppress_redundant_updates_trigger()",
        "ALTER TABLE visit DISABLE TRIGGER ALL",
        "SET session_replication_role = replica",
        "SET ROLE casework_owner",
        "CREATE ROLE other",
        "CREATE DATABASE other",
        "ALTER ROLE casework_app CREATEDB",
        "CREATE SCHEMA other",
        "CREATE EXTENSION hstore",
        "COPY (SELECT 1) TO PROGRAM 'true'",
        "SELECT pg_read_file('postgresql.conf')",
    ],
)
def test_the_application_may_not(statement: str, server: Server, visits: str) -> None:
    with psycopg.connect(server.url(), autocommit=True) as connection, pytest.raises(psycopg.Error) as refused:
        connection.execute(statement)
    assert refused.value.sqlstate in {"42501", "42P01"}, refused.value
    assert "permission denied" in str(refused.value) or "must be" in str(refused.value)


def test_a_failed_statement_leaves_no_personal_data_in_the_log(server: Server, visits: str) -> None:
    with psycopg.connect(server.owner_url()) as connection:
        connection.execute("CREATE TABLE person (name text PRIMARY KEY)")
    for _ in range(2):
        with psycopg.connect(server.url()) as connection:
            try:
                connection.execute("INSERT INTO person VALUES ('Zzyzx Madeupson')")
            except psycopg.errors.UniqueViolation as twice:
                assert "Zzyzx" in str(twice)
    logs = "".join(path.read_text() for path in server.places.log.glob("*.log"))
    assert "duplicate key" in logs
    assert "Zzyzx" not in logs


def test_a_real_server_syncs_and_a_throw_away_one_does_not(server: Server, var: Path) -> None:
    assert server.superuser_sql("SHOW fsync;").strip() == "off"
    durable = start(var)
    shown = {name: durable.superuser_sql(f"SHOW {name};").strip() for name in ("fsync", "wal_level", "data_checksums")}
    assert shown == {"fsync": "on", "wal_level": "replica", "data_checksums": "on"}
    assert "synchronous_commit = 'on'" in (durable.places.data / SETTINGS).read_text()


def test_the_command_prints_addresses_that_work(var: Path) -> None:
    assert told(var, "start").returncode == 0
    lines = dict(line.split("=", 1) for line in told(var, "urls").stdout.splitlines())
    with psycopg.connect(lines["DATABASE_URL"]) as app, psycopg.connect(lines["DATABASE_OWNER_URL"]) as owner:
        assert app.execute("SELECT current_user").fetchone() == ("casework_app",)
        assert owner.execute("SELECT current_user").fetchone() == ("casework_owner",)
    assert "is running" in told(var, "status").stdout
    assert told(var, "stop").returncode == 0
    assert told(var, "urls").returncode == 1
    start(var)


def test_a_server_of_the_authoritys_own_is_left_alone(tmp_path: Path) -> None:
    own = {"DATABASE_URL": "postgresql://somebody@db.example/casework"}
    done = told(tmp_path, "start", **own)
    assert (done.returncode, list(tmp_path.iterdir())) == (0, [])
    assert "nothing to start" in done.stderr
    assert told(tmp_path, "urls", **own).stdout.strip() == f"DATABASE_URL={own['DATABASE_URL']}"


def told(var: Path, command: str, **more: str) -> subprocess.CompletedProcess[str]:
    settings = {name: value for name, value in os.environ.items() if not name.startswith("DATABASE_")}
    words = [sys.executable, "-m", "casework.database", command, "--var", str(var)]
    return subprocess.run(words, capture_output=True, text=True, check=False, env=settings | more)
