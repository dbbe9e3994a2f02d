"""The kept state of the daily flow: the ledger of children, the outbox and the log.

One SQLite file in a folder that only its owner may open. It names children by identifier and holds digests of what was
sent, not the content; only the reason of a refusal is in the service's own words. Every change is one transaction, so
that a run that is cut short leaves it as it was before or after a request. Only one run at a time may have it open.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from goldenthread.dataset.store import cannot_write
from goldenthread.writers.dfe_api.ledger import Change, DailyFlowError, Entry, Line, Standing
from goldenthread.writers.dfe_api.places import Places

FILE = "state.sqlite"
VERSION = 1
OWNER_ONLY = 0o700
SCHEMA = (
    "CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL)",
    "CREATE TABLE run (run INTEGER PRIMARY KEY, as_at TEXT NOT NULL, prepared_at TEXT NOT NULL)",
    "CREATE TABLE ledger (child TEXT PRIMARY KEY, standing TEXT NOT NULL, hash TEXT, places TEXT NOT NULL, "
    "reason TEXT NOT NULL, refused TEXT, crowd INTEGER NOT NULL, at TEXT, receipt TEXT)",
    "CREATE TABLE batch (file TEXT PRIMARY KEY, sha256 TEXT NOT NULL)",
    "CREATE TABLE outbox (child TEXT NOT NULL, step INTEGER NOT NULL, file TEXT NOT NULL, position INTEGER NOT NULL, "
    "hash TEXT NOT NULL, final INTEGER NOT NULL, places TEXT NOT NULL, PRIMARY KEY (child, step))",
    "CREATE TABLE log (entry INTEGER PRIMARY KEY, run INTEGER NOT NULL, at TEXT NOT NULL, child TEXT NOT NULL, "
    "event TEXT NOT NULL, hash TEXT, added TEXT NOT NULL, changed TEXT NOT NULL, gone TEXT NOT NULL, "
    "reason TEXT NOT NULL)",
)
LEDGER = "SELECT child, standing, hash, reason, refused, crowd, at, receipt, places FROM ledger"
Row: TypeAlias = tuple[str, str, str | None, str, str | None, int, str | None, str | None, str]


@dataclass(frozen=True, slots=True)
class State:
    """An open state. What writes is called within `transaction`."""

    folder: Path
    database: sqlite3.Connection

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Everything written within it, or nothing."""
        self.database.execute("BEGIN IMMEDIATE")
        try:
            yield
            self.database.execute("COMMIT")
        except BaseException:
            if self.database.in_transaction:
                self.database.execute("ROLLBACK")
            raise

    def about(self, name: str) -> str | None:
        """A fact about the whole state; None when it is not set."""
        found: tuple[str] | None = self.database.execute("SELECT value FROM about WHERE name = ?", (name,)).fetchone()
        return found[0] if found else None

    def set_about(self, name: str, value: str) -> None:
        if self.about(name) != value:
            self.database.execute("INSERT OR REPLACE INTO about VALUES (?, ?)", (name, value))

    def ledger(self) -> dict[str, Line]:
        """What is known of every child ever sent and not yet taken back."""
        return {row[0]: _line(row) for row in self.database.execute(LEDGER)}

    def lines(self, children: Sequence[str]) -> dict[str, Line]:
        """What is known of these children; a blank line for one never sent."""
        marks = ",".join("?" * len(children))
        rows = self.database.execute(f"{LEDGER} WHERE child IN ({marks})", children)
        return {child: Line(child) for child in children} | {row[0]: _line(row) for row in rows}

    def put(self, lines: Iterable[Line]) -> None:
        self.database.executemany(
            "INSERT OR REPLACE INTO ledger (child, standing, hash, reason, refused, crowd, at, receipt, places) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                (x.child, x.standing, x.hash, x.reason, x.refused, x.crowd, x.at, x.receipt, _text(x.places))
                for x in lines
            ),
        )

    def forget(self, children: Iterable[str]) -> None:
        """Strike children out of the ledger, the DfE holding nothing of them. The log keeps its lines."""
        self.database.executemany("DELETE FROM ledger WHERE child = ?", ((child,) for child in children))

    def next_run(self) -> int:
        """The number the next run will have."""
        found: tuple[int] = self.database.execute("SELECT COALESCE(MAX(run), 0) + 1 FROM run").fetchone()
        return found[0]

    def begin_run(self, as_at: str, prepared_at: str) -> None:
        """A new run, with an empty outbox."""
        self.database.execute("DELETE FROM outbox")
        self.database.execute("DELETE FROM batch")
        self.database.execute("INSERT INTO run (as_at, prepared_at) VALUES (?, ?)", (as_at, prepared_at))

    def put_batch(self, file: str, sha256: str, entries: Iterable[Entry]) -> None:
        self.database.execute("INSERT INTO batch VALUES (?, ?)", (file, sha256))
        self.database.executemany(
            "INSERT INTO outbox VALUES (?, ?, ?, ?, ?, ?, ?)",
            ((x.child, x.step, x.file, x.position, x.hash, x.final, _text(x.places)) for x in entries),
        )

    def batches(self) -> Mapping[str, str]:
        """The batch files of the last run and the SHA-256 of each."""
        return dict(self.database.execute("SELECT file, sha256 FROM batch ORDER BY file"))

    def waiting(self, step: int) -> list[Entry]:
        """The bodies of a step still to be sent, as in the files; none of a child whose earlier step waits."""
        rows = self.database.execute(
            "SELECT child, step, file, position, hash, final, places FROM outbox AS this WHERE step = ? AND NOT EXISTS "
            "(SELECT 1 FROM outbox WHERE child = this.child AND step < this.step) ORDER BY file, position",
            (step,),
        )
        return [
            Entry(child, number, file, position, digest, bool(final), _places(places))
            for child, number, file, position, digest, final, places in rows
        ]

    def count_waiting(self) -> int:
        """Children with a body still to be sent."""
        found: tuple[int] = self.database.execute("SELECT COUNT(DISTINCT child) FROM outbox").fetchone()
        return found[0]

    def done(self, entries: Iterable[Entry]) -> None:
        """Take entries out of the outbox."""
        self.database.executemany(
            "DELETE FROM outbox WHERE child = ? AND step = ?", ((x.child, x.step) for x in entries)
        )

    def give_up(self, child: str) -> None:
        """Take everything of a child out of the outbox."""
        self.database.execute("DELETE FROM outbox WHERE child = ?", (child,))

    def log(self, at: str, changes: Iterable[Change]) -> None:
        """Add lines to the log of the run last begun."""
        run = self.next_run() - 1
        self.database.executemany(
            "INSERT INTO log (run, at, child, event, hash, added, changed, gone, reason) VALUES (?,?,?,?,?,?,?,?,?)",
            (
                (run, at, x.child, x.event, x.hash, _list(x.added), _list(x.changed), _list(x.gone), x.reason)
                for x in changes
            ),
        )


@contextmanager
def opened(folder: Path, *, make: bool = False) -> Iterator[State]:
    """The state kept in `folder`, no one else's while it is open; with `make`, a new one where there is none.

    DailyFlowError when there is none, when another run has it, when it is damaged or of another version, and when the
    folder holds something else; DatasetError when it cannot be written to.
    """
    if make:
        _make(folder)
    if not (folder / FILE).is_file():
        raise DailyFlowError(f"{folder} keeps no state of the daily flow. Prepare first, or name the right folder.")
    database = sqlite3.connect(folder / FILE, isolation_level=None, timeout=0)
    try:
        _claim(database)
        yield State(folder, database)
    except sqlite3.OperationalError as fault:
        raise DailyFlowError(
            f"{folder / FILE} cannot be used: {fault}. Wait for any other run to end, and look to room and rights."
        ) from fault
    except sqlite3.DatabaseError as fault:
        raise DailyFlowError(
            f"{folder / FILE} is damaged: {fault}. Restore it from a copy: nothing else knows what the DfE holds."
        ) from fault
    finally:
        database.close()


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not (folder / FILE).exists() and any(folder.iterdir()):
            raise DailyFlowError(f"{folder} holds other files. Name an empty folder, or the one kept before.")
        folder.chmod(OWNER_ONLY)
        (folder / FILE).touch()
    except OSError as fault:
        raise cannot_write(folder, fault) from fault


def _claim(database: sqlite3.Connection) -> None:
    """Keep everyone else out until the connection is closed, and lay out a state that is new."""
    database.execute("PRAGMA locking_mode = EXCLUSIVE")
    database.execute("BEGIN EXCLUSIVE")
    found: tuple[int] = database.execute("PRAGMA user_version").fetchone()
    if found[0] == 0:
        for statement in SCHEMA:
            database.execute(statement)
        database.execute(f"PRAGMA user_version = {VERSION}")
    database.execute("COMMIT")
    if found[0] not in (0, VERSION):
        raise DailyFlowError(f"The state was kept by another version ({found[0]}, not {VERSION}). Use that version.")


def _line(row: Row) -> Line:
    child, standing, digest, reason, refused, crowd, at, receipt, places = row
    return Line(child, Standing(standing), digest, _places(places), reason, refused, crowd, at, receipt)


def _places(text: str) -> Places:
    found: dict[str, str] = json.loads(text)
    return found


def _text(places: Places) -> str:
    return json.dumps(dict(places))


def _list(places: Sequence[str]) -> str:
    return json.dumps(list(places))
