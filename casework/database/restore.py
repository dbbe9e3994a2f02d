"""Bring the record back from a backup: to a moment, to the last moment that the log holds, or from the dump."""

from __future__ import annotations

import re
import shlex
import shutil
import tarfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from casework.database.backup import BASE, DUMP, FILES, Backup, backups, log_files
from casework.database.configuration import write
from casework.database.embedded import (
    Server,
    clear_what_was_killed,
    initialise,
    launch,
    only_one,
    postmaster,
    prepare,
    stopped,
)
from casework.database.places import DatabaseTrouble, Places, places, run_as
from casework.database.roles import (
    DATABASE,
    create_database_sql,
    database_sql,
    roles_sql,
    scram_verifier,
)

RECOVERY_SECONDS = 24 * 60 * 60
TOO_SOON = "recovery ended before configured recovery target was reached"
LAST = re.compile(r"last completed transaction was at log time (.+)")


@dataclass(frozen=True)
class Restored:
    """What was brought back: from which backup, how far, and where what was there before is kept."""

    server: Server
    backup: Backup
    last_change: str | None
    """When the last change that was brought back from the log was made; None where the backup itself is all."""
    aside: Path | None


def restore_to(var: Path, source: Path, *, to: datetime | None, at: datetime) -> Restored:
    """Bring the record back as it was at the moment `to`, or as late as the log goes when that is None."""
    backup = chosen(source, to)
    where = places(var)
    same_server = system_in(where) == backup.manifest.system
    log_here = [where.archive, where.aside / stamp(at) / "data/pg_wal"] if same_server else []

    def fill() -> tuple[Server, str | None]:
        unpack(where, backup)
        gather_log(where, [source / "wal" / backup.manifest.system, *log_here])
        last_change = recover(where, to, f"restore-{stamp(at)}.log")
        stopped(where)
        return launch(where), last_change

    server, last_change, aside = replace(where, fill, at=at, everything=not same_server)
    shutil.rmtree(fetched(where))
    return Restored(server, backup, last_change, aside)


def restore_dump(var: Path, source: Path, *, at: datetime) -> Restored:
    """Bring the record back as the newest backup's dump has it, into a new server."""
    backup = chosen(source, None)
    where = places(var)

    def fill() -> tuple[Server, str | None]:
        initialise(where)
        server = launch(where)
        server.superuser_sql(roles_sql(scram_verifier(server.owner_password), scram_verifier(server.app_password)))
        server.superuser_sql(create_database_sql())
        with (backup.folder / DUMP).open("rb") as dump:
            words: list[str | Path] = [where.programs / "pg_restore", *server.superuser(DATABASE), "--exit-on-error"]
            done = run_as(where.user, words, source=dump)
        if done.returncode != 0:
            raise DatabaseTrouble(f"PostgreSQL's pg_restore failed: {done.stderr.strip()}")
        server.superuser_sql("SET client_min_messages = warning;\n" + database_sql(), database=DATABASE)
        server.superuser_sql("ANALYZE;", database=DATABASE)
        return server, None

    server, last_change, aside = replace(where, fill, at=at, everything=True)
    return Restored(server, backup, last_change, aside)


def restore_files(backup: Backup, files: Path) -> int:
    """Bring back the attached files that are not there; none that is there is touched. Return how many came back."""
    files.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tarfile.open(backup.folder / FILES) as tar:
        missing = [member for member in tar if member.isfile() and not (files / member.name).exists()]
        tar.extractall(files, members=missing, filter="data")
    return len(missing)


def chosen(source: Path, to: datetime | None) -> Backup:
    """The newest backup that was finished by then, after a look at whether it is what was written."""
    found = [one for one in backups(source) if to is None or one.finished <= to]
    if not found:
        when = (
            "" if to is None else f" that was finished by {to.astimezone(ZoneInfo('Europe/London')):%d %B %Y %H:%M:%S}"
        )
        raise DatabaseTrouble(f"{source} holds no backup{when}. Name another folder or a later moment.")
    faults = found[-1].faults()
    if faults:
        raise DatabaseTrouble(
            f"{found[-1].folder} is damaged: {', '.join(faults)}. Move it away to use the one before it."
        )
    return found[-1]


def replace(
    where: Places, fill: Callable[[], tuple[Server, str | None]], *, at: datetime, everything: bool
) -> tuple[Server, str | None, Path | None]:
    """Stop the server, put its data aside, and fill a new folder; when that fails, all is as it was before."""
    with only_one(where):
        stopped(where)
        clear_what_was_killed(where)
        aside = put_aside(where, stamp(at), [where.data, *([where.archive] if everything else [])])
        try:
            server, last_change = fill()
            prepare(server)
        except BaseException:
            if postmaster(where) is not None:
                stopped(where, at_once=True)
            take_back(where, aside)
            raise
        return server, last_change, aside


def system_in(where: Places) -> str | None:
    """The identifier of the server whose data is here now, running or not; None where there is none."""
    if not (where.data / "PG_VERSION").exists():
        return None
    found = re.search(r"system identifier:\s+(\d+)", where.run("pg_controldata", where.data).stdout)
    return found and found[1]


def put_aside(where: Places, name: str, folders: list[Path]) -> Path | None:
    present = [folder for folder in folders if folder.exists()]
    if not present:
        return None
    aside = where.aside / name
    aside.mkdir(parents=True)
    for folder in present:
        folder.rename(aside / folder.name)
    return aside


def take_back(where: Places, aside: Path | None) -> None:
    for folder in (where.data, where.home / "data.unfinished", fetched(where)):
        shutil.rmtree(folder, ignore_errors=True)
    if aside is not None:
        for folder in list(aside.iterdir()):
            shutil.rmtree(where.home / folder.name, ignore_errors=True)
            folder.rename(where.home / folder.name)
        aside.rmdir()


def unpack(where: Places, backup: Backup) -> None:
    """The base's files in a new data folder, each compared with the list that came with it."""
    where.own(where.data)
    with (backup.folder / BASE).open("rb") as base:
        done = run_as(where.user, ["tar", "-xzf", "-", "-C", where.data], source=base)
    if done.returncode != 0:
        raise DatabaseTrouble(f"{backup.folder / BASE} could not be unpacked: {done.stderr.strip()}")
    where.run("pg_verifybackup", "--no-parse-wal", where.data)


def fetched(where: Places) -> Path:
    return where.home / "log-to-replay"


def gather_log(where: Places, sources: list[Path]) -> None:
    """Put the log from all its places into one folder that the server's user reads; the first place wins."""
    target = where.own(fetched(where))
    owner = target.stat()
    for path in (path for source in sources for path in log_files(source)):
        if not (target / path.name).exists():
            shutil.copyfile(path, target / path.name)
            shutil.chown(target / path.name, owner.st_uid, owner.st_gid)


def recover(where: Places, to: datetime | None, log: str) -> str | None:
    """Replay the log up to the moment, and return when the last change in it was made."""
    replay = {
        "restore_command": f"cp {shlex.quote(str(fetched(where))).replace('%', '%%')}/%f %p",
        "log_filename": log,
        "recovery_target_action": "promote",
    }
    target = {} if to is None else {"recovery_target_time": f"{to.astimezone(UTC):%Y-%m-%d %H:%M:%S.%f+00}"}
    write(where, where.data / "recovery.signal", "")
    try:
        replayed(where, {**replay, **target})
    except DatabaseTrouble:
        # Nothing was changed after that moment, so the log's end is as the record was at it.
        if to is None or TOO_SOON not in (where.log / log).read_text(encoding="utf-8", errors="replace"):
            raise
        replayed(where, replay)
    told = LAST.findall((where.log / log).read_text(encoding="utf-8", errors="replace"))
    return told[-1] if told else None


def replayed(where: Places, more: dict[str, str]) -> None:
    """Start the server and wait until it has left recovery. It has ended, too, when that fails."""
    try:
        server = launch(where, more=more, seconds=RECOVERY_SECONDS)
        while server.superuser_sql("SELECT pg_is_in_recovery();").strip() != "f":
            time.sleep(0.2)
    except DatabaseTrouble:
        # PostgreSQL ends by itself when it cannot recover; a moment later, or made to.
        for _ in range(100):
            if postmaster(where) is None:
                break
            time.sleep(0.1)
        stopped(where, at_once=True)
        raise


def stamp(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%dT%H%M%SZ}"
