"""Backups bring the record back: from the dump, to the last change, and to a moment between two changes."""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest

from casework.database.backup import back_up, back_up_log, backups, forget_old
from casework.database.backup_commands import moment
from casework.database.embedded import Server, postmaster, start, stop
from casework.database.places import DatabaseTrouble, places
from casework.database.restore import restore_dump, restore_files, restore_to


@pytest.fixture
def var(tmp_path: Path) -> Iterator[Path]:
    var = tmp_path / "var"
    yield var
    take_away(var)


def take_away(var: Path) -> None:
    stop(var, at_once=True)
    where = places(var)
    shutil.rmtree(where.home)
    shutil.rmtree(where.socket, ignore_errors=True)


@pytest.fixture
def server(var: Path) -> Server:
    return with_notes(start(var))


@pytest.fixture(scope="module")
def standing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, Path]]:
    """A server, and its folder, for the tests that leave its data as it is."""
    var = tmp_path_factory.mktemp("standing")
    server = with_notes(start(var))
    write(server, "still here")
    yield server, var
    take_away(var)


def with_notes(server: Server) -> Server:
    with psycopg.connect(server.owner_url()) as connection:
        connection.execute("CREATE TABLE note (written timestamptz DEFAULT clock_timestamp(), says text)")
    return server


def now() -> datetime:
    return datetime.now(UTC)


def write(server: Server, says: str) -> datetime:
    """Write a note as the application does, and return a moment just after."""
    with psycopg.connect(server.url()) as connection:
        connection.execute("INSERT INTO note (says) VALUES (%s)", (says,))
    time.sleep(0.05)
    return now()


def notes(server: Server) -> list[str]:
    with psycopg.connect(server.url()) as connection:
        return [says for (says,) in connection.execute("SELECT says FROM note ORDER BY written")]


def test_the_dump_brings_the_record_back_with_its_roles(server: Server, var: Path, tmp_path: Path) -> None:
    write(server, "before")
    backup = back_up(server, tmp_path / "kept", at=now(), files=var / "files")
    write(server, "after")
    done = restore_dump(var, tmp_path / "kept", at=now())
    assert (done.backup, notes(done.server)) == (backup, ["before"])
    write(done.server, "again")
    with psycopg.connect(done.server.url()) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute("DROP TABLE note")
    with psycopg.connect(done.server.owner_url()) as connection:
        connection.execute("ALTER TABLE note ADD COLUMN by text")


def test_a_moment_between_two_changes(server: Server, var: Path, tmp_path: Path) -> None:
    write(server, "first")
    back_up(server, tmp_path / "kept", at=now(), files=var / "files")
    between = write(server, "second")
    write(server, "third")
    done = restore_to(var, tmp_path / "kept", to=between, at=now())
    assert notes(done.server) == ["first", "second"]
    assert done.aside is not None
    assert (done.aside / "data" / "PG_VERSION").exists()
    assert done.server.port == server.port
    write(done.server, "after the restore")
    # The restored server's own log leads on from the same backup.
    again = restore_to(var, tmp_path / "kept", to=None, at=now() + timedelta(seconds=1))
    assert notes(again.server) == ["first", "second", "after the restore"]


def test_the_last_change_is_there_after_the_server_was_killed(server: Server, var: Path, tmp_path: Path) -> None:
    back_up(server, tmp_path / "kept", at=now(), files=var / "files")
    write(server, "acknowledged")
    pid = postmaster(server.places)
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    done = restore_to(var, tmp_path / "kept", to=None, at=now())
    assert notes(done.server) == ["acknowledged"]
    assert done.last_change is not None


def test_a_moment_after_the_last_change_is_the_last_change(server: Server, var: Path, tmp_path: Path) -> None:
    back_up(server, tmp_path / "kept", at=now(), files=var / "files")
    after = write(server, "the last")
    done = restore_to(var, tmp_path / "kept", to=after, at=now())
    assert notes(done.server) == ["the last"]


def test_another_machine_has_all_that_the_copied_log_holds(server: Server, var: Path, tmp_path: Path) -> None:
    back_up(server, tmp_path / "kept", at=now(), files=var / "files")
    write(server, "copied")
    assert back_up_log(server, tmp_path / "kept") > 0
    write(server, "not copied")
    stop(var)
    other = tmp_path / "other"
    start(other)
    done = restore_to(other, tmp_path / "kept", to=None, at=now())
    assert notes(done.server) == ["copied"]
    assert start(var).port != done.server.port
    take_away(other)


def test_attached_files_come_back_and_none_is_overwritten(standing: tuple[Server, Path], tmp_path: Path) -> None:
    server, _ = standing
    files = tmp_path / "files"
    (files / "a").mkdir(parents=True)
    (files / "a" / "letter.txt").write_text("as it was")
    (files / "plan.txt").write_text("as it was")
    backup = back_up(server, tmp_path / "kept", at=now(), files=files)
    (files / "a" / "letter.txt").unlink()
    (files / "plan.txt").write_text("changed since")
    assert restore_files(backup, files) == 1
    assert (files / "a" / "letter.txt").read_text() == "as it was"
    assert (files / "plan.txt").read_text() == "changed since"


def test_a_damaged_backup_is_refused_and_the_record_left_alone(standing: tuple[Server, Path], tmp_path: Path) -> None:
    server, var = standing
    backup = back_up(server, tmp_path / "kept", at=now(), files=var / "files")
    with (backup.folder / "base.tar.gz").open("r+b") as base:
        base.seek(5000)
        base.write(b"rot")
    with pytest.raises(DatabaseTrouble, match=r"is damaged: base\.tar\.gz"):
        restore_to(var, tmp_path / "kept", to=None, at=now())
    assert notes(server) == ["still here"]


def test_a_restore_that_fails_leaves_the_record_as_it_was(standing: tuple[Server, Path], tmp_path: Path) -> None:
    server, var = standing
    backup = back_up(server, tmp_path / "kept", at=now(), files=var / "files")
    manifest = backup.folder / "manifest.json"
    (backup.folder / "record.dump").write_bytes(b"not a dump")
    manifest.write_text(manifest.read_text().replace(backup.manifest.sha256["record.dump"], digest(b"not a dump")))
    with pytest.raises(DatabaseTrouble, match="pg_restore failed"):
        restore_dump(var, tmp_path / "kept", at=now())
    assert notes(start(var)) == ["still here"]


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def test_a_moment_before_the_first_backup_is_refused(standing: tuple[Server, Path], tmp_path: Path) -> None:
    server, var = standing
    before = now()
    back_up(server, tmp_path / "kept", at=now(), files=var / "files")
    with pytest.raises(DatabaseTrouble, match="holds no backup that was finished by"):
        restore_to(var, tmp_path / "kept", to=before, at=now())


def test_old_backups_go_with_the_log_that_only_they_needed(server: Server, var: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    made = []
    for seconds in range(3):
        write(server, f"note {seconds}")
        made.append(back_up(server, kept, at=now() + timedelta(seconds=seconds), files=var / "files"))
    wal = kept / "wal" / made[0].manifest.system
    assert forget_old(kept, 1) == [one.folder for one in made[:2]]
    assert backups(kept) == made[2:]
    assert min(path.name for path in wal.iterdir()) == made[2].manifest.first_log
    between = write(server, "kept")
    write(server, "lost")
    assert notes(restore_to(var, kept, to=between, at=now()).server) == ["note 0", "note 1", "note 2", "kept"]


def test_a_backup_is_for_its_owners_eyes_only(standing: tuple[Server, Path], tmp_path: Path) -> None:
    server, var = standing
    backup = back_up(server, tmp_path / "kept", at=now(), files=var / "files")
    assert backup.folder.stat().st_mode & 0o077 == 0
    assert (tmp_path / "kept").stat().st_mode & 0o077 == 0


def test_a_moment_is_read_by_the_clock_on_the_wall() -> None:
    assert moment("2026-07-01 17:05") == datetime(2026, 7, 1, 16, 5, tzinfo=UTC)
    assert moment("2026-11-28 17:05") == datetime(2026, 11, 28, 17, 5, tzinfo=UTC)


def test_the_commands_do_it_all(server: Server, var: Path, tmp_path: Path) -> None:
    write(server, "first")
    kept = str(tmp_path / "kept")
    assert "Backed up to" in command(var, "backup", kept).stdout
    between = write(server, "second").strftime("%Y-%m-%d %H:%M:%S.%f+00:00")
    write(server, "third")
    assert "files of the log" in command(var, "backup", kept, "--log-only").stdout
    done = command(var, "restore", kept, "--to", between)
    assert done.returncode == 0, done.stderr
    assert "kept-aside" in done.stdout
    assert notes(start(var)) == ["first", "second"]
    assert command(var, "restore", str(tmp_path / "nothing")).returncode == 1


def command(var: Path, *words: str) -> subprocess.CompletedProcess[str]:
    settings = {name: value for name, value in os.environ.items() if not name.startswith("DATABASE_")}
    whole = [sys.executable, "-m", "casework.database.backup_commands", "--var", str(var), *words]
    return subprocess.run(whole, capture_output=True, text=True, check=False, env=settings)
