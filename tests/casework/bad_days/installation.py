"""A whole installation of the record as `bin/serve` makes it: processes that a test may kill, and what they left."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.request import urlopen

import psycopg

from casework.database.embedded import Server, free_port, processes_in, start, stop
from tests.casework.bad_days.proxy import Cable

PROJECT = Path(__file__).parents[3]
WAIT, WAIT_FOR_START = 60, 300
HOLD = 4242
"""The lock that a held save waits for."""
HOLD_SQL = f"""
CREATE OR REPLACE FUNCTION bad_day() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN PERFORM pg_advisory_xact_lock_shared({HOLD}); RETURN NEW; END $$;
"""


class Installation:
    """A database that keeps what it acknowledges, the web application before it, and the cable between them."""

    def __init__(self, var: Path) -> None:
        self.var = var
        self.database: Server = start(var)
        self.cable = Cable(self.database.port)
        self.port = free_port()
        self.site = f"http://127.0.0.1:{self.port}"
        self.web: subprocess.Popen[bytes] | None = None

    @property
    def environment(self) -> dict[str, str]:
        """What `bin/serve` and the commands are told: the application comes through the cable, the owner does not."""
        through = self.database.url().replace(f":{self.database.port}/", f":{self.cable.port}/")
        return os.environ | {
            "GOLDEN_THREAD_VAR": str(self.var), "GOLDEN_THREAD_HTTP": "1", "GOLDEN_THREAD_SECOND_FACTOR": "optional",
            "DATABASE_URL": through, "DATABASE_OWNER_URL": self.database.owner_url(),
        }  # fmt: skip

    def serve(self) -> None:
        """Start the web application, and wait until it answers. What the first time migrated stays so."""
        again = [] if self.web is None else ["--again"]
        with (self.var / "web.log").open("ab") as log:
            self.web = subprocess.Popen(
                ["bin/serve", *again, str(self.port)], cwd=PROJECT, env=self.environment, stdout=log, stderr=log,
                start_new_session=True,
            )  # fmt: skip
        self.wait_until(self.answers, "the web application answers", WAIT_FOR_START)

    def answers(self) -> bool:
        """Whether the web application gives a page that needs the database."""
        with suppress(OSError), urlopen(f"{self.site}/account/login/", timeout=10) as page:
            return bool(page.status == 200)
        return False

    def workers(self) -> list[int]:
        """The web application's worker processes."""
        assert self.web is not None
        return [int(pid) for pid in Path(f"/proc/{self.web.pid}/task/{self.web.pid}/children").read_text().split()]

    def kill_workers(self) -> None:
        """kill -9 of every worker: the process that saves is one of them."""
        for pid in self.workers():
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    def kill_web(self) -> None:
        """kill -9 of the whole web application."""
        if self.web is not None:
            with suppress(ProcessLookupError):
                os.killpg(self.web.pid, signal.SIGKILL)
            self.web.wait()

    def kill_database(self) -> None:
        """kill -9 of PostgreSQL, all of its processes at once."""
        data = self.database.places.data
        for pid in processes_in(data):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.wait_until(lambda: not processes_in(data), "all of PostgreSQL is dead")

    def start_database(self) -> None:
        """Start PostgreSQL again where it was: it recovers from its log."""
        port = self.database.port
        self.database = start(self.var)
        assert self.database.port == port, "it came back at another port"

    def close(self) -> None:
        """End everything that was started."""
        self.kill_web()
        self.cable.close()
        stop(self.var, at_once=True)

    def manage(self, *words: str) -> subprocess.CompletedProcess[str]:
        """One of the record's commands, run to its end."""
        return subprocess.run(
            [sys.executable, "manage.py", *words], cwd=PROJECT, env=self.environment, text=True, capture_output=True,
            check=False,
        )  # fmt: skip

    def connect(self) -> psycopg.Connection[tuple[object, ...]]:
        """A connection of the owner's, which does not go through the cable."""
        return psycopg.connect(self.database.owner_url(), autocommit=True)

    def rows(self, query: str, *values: object) -> list[tuple[object, ...]]:
        """The rows of a query, asked of the database itself."""
        with self.connect() as connection:
            return connection.execute(query, values).fetchall()  # type: ignore[arg-type]

    def one(self, query: str, *values: object) -> object:
        """The first column of the first row."""
        return self.rows(query, *values)[0][0]

    @contextmanager
    def holding(self, table: str) -> Iterator[Callable[[], None]]:
        """Inside, whoever adds a row to the table waits in the middle of saving. Gives a function that waits for it."""
        with self.connect() as connection:
            connection.execute(f"SELECT pg_advisory_lock({HOLD})")
            connection.execute(HOLD_SQL)
            connection.execute(f'CREATE OR REPLACE TRIGGER "Bad day" BEFORE INSERT ON {table} '
                               "FOR EACH ROW EXECUTE FUNCTION bad_day()")  # fmt: skip
            try:
                yield lambda: self.wait_until(self.somebody_waits, f"somebody adds to {table}")
            finally:
                with suppress(psycopg.Error):
                    connection.execute(f"SELECT pg_advisory_unlock({HOLD})")
        self.wait_until(lambda: self._trigger_dropped(table), "the trigger is gone")

    def _trigger_dropped(self, table: str) -> bool:
        with suppress(psycopg.Error):
            self.rows_changed(f'DROP TRIGGER IF EXISTS "Bad day" ON {table}')
            return True
        return False

    def rows_changed(self, statement: str) -> None:
        """Run a statement as the owner."""
        with self.connect() as connection:
            connection.execute("SET lock_timeout = '2s'")
            connection.execute(statement)  # type: ignore[arg-type]

    def somebody_waits(self, number: int = 1) -> bool:
        """Whether so many saves wait for the lock."""
        waiting = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objid = %s AND NOT granted"
        return int(str(self.one(waiting, HOLD))) >= number

    def wait_until(self, holds: Callable[[], bool], what: str, seconds: int = WAIT) -> None:
        """Wait for something that must come to be. Fails with its words and the web application's last ones."""
        until = time.monotonic() + seconds
        while not holds():
            if time.monotonic() > until:
                log = (self.var / "web.log").read_text(encoding="utf-8", errors="replace")[-3000:]
                raise AssertionError(f"It did not come to be that {what}.\n{log}")
            time.sleep(0.05)
