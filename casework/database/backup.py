"""Back up everything needed to bring the record back, to any moment since.

A backup is a folder of its own: `record.dump`, the database as `pg_dump` writes it, which any later PostgreSQL reads;
`base.tar.gz`, the server's own files, from which the write-ahead log leads on to any later moment; and `files.tar.gz`,
the attached files. Beside the backups is `wal`, the log, a folder for each server.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import tarfile
import time
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from casework.database.configuration import write_configuration
from casework.database.embedded import Server
from casework.database.places import DatabaseTrouble
from casework.database.roles import DATABASE

MANIFEST = "manifest.json"
DUMP, BASE, FILES = "record.dump", "base.tar.gz", "files.tar.gz"
LOG_FILE = re.compile(r"[0-9A-F]{24}(\.partial|\.[0-9A-F]{8}\.backup)?|[0-9A-F]{8}\.history")
ARCHIVE_SECONDS = 120


@dataclass(frozen=True)
class Manifest:
    """What a finished backup says of itself. Times are as ISO 8601 has them, in UTC."""

    finished: str
    server_version: str
    system: str
    """The server's own identifier: the log of one server is of no use to another."""
    first_log: str
    """The first file of the log that the base needs."""
    sha256: dict[str, str]


@dataclass(frozen=True)
class Backup:
    """A finished backup and where it is."""

    folder: Path
    manifest: Manifest

    @property
    def finished(self) -> datetime:
        return datetime.fromisoformat(self.manifest.finished)

    def faults(self) -> list[str]:
        """The names of its files that are missing or not what was written."""
        wanted = self.manifest.sha256.items()
        return [n for n, digest in wanted if not (self.folder / n).is_file() or sha256(self.folder / n) != digest]


def back_up(server: Server, into: Path, *, at: datetime, files: Path) -> Backup:
    """Make a whole backup of the running server in a new folder of `into`, and return it."""
    private(into)
    keep_the_log(server)
    folder = into / f"{at.astimezone(UTC):%Y-%m-%dT%H%M%SZ}"
    unfinished = private(folder.with_name(f"{folder.name}.unfinished"))
    if folder.exists():
        raise DatabaseTrouble(f"{folder} exists already. Wait a second and try again.")
    where, sign_in = server.places, server.superuser()
    where.run("pg_dump", *server.superuser(DATABASE), "--format=custom", into=unfinished / DUMP)
    where.run(
        "pg_basebackup", *sign_in[:3], "--pgdata=-", "--format=tar", "--wal-method=fetch", "--checkpoint=fast",
        "--compress=client-gzip:3", into=unfinished / BASE,
    )  # fmt: skip
    pack_files(files, unfinished / FILES)
    copy_the_log(server, into)
    manifest = Manifest(
        finished=server.superuser_sql("SELECT to_json(clock_timestamp() AT TIME ZONE 'UTC')::text;").strip()[1:-1]
        + "Z",
        server_version=server.superuser_sql("SHOW server_version;").strip(),
        system=system_of(server),
        first_log=first_log(unfinished / BASE),
        sha256={path.name: sha256(path) for path in sorted(unfinished.iterdir())},
    )
    (unfinished / MANIFEST).write_text(json.dumps(asdict(manifest), indent=2), encoding="utf-8")
    unfinished.rename(folder)
    forget_copied(server, into, manifest.first_log)
    return Backup(folder, manifest)


def back_up_log(server: Server, into: Path) -> int:
    """Copy what the log has gained since the last backup there, and return how many files that was."""
    if not any(one.manifest.system == system_of(server) for one in backups(into)):
        raise DatabaseTrouble(f"{into} holds no backup of this server that the log could lead on from. Make one first.")
    return copy_the_log(server, into)


def backups(into: Path) -> list[Backup]:
    """The finished backups in the folder, the oldest first."""
    found = []
    for path in into.glob(f"*/{MANIFEST}"):
        if path.parent.suffix != ".unfinished":
            found.append(Backup(path.parent, Manifest(**json.loads(path.read_text(encoding="utf-8")))))
    return sorted(found, key=lambda one: one.finished)


def forget_old(into: Path, keep: int) -> list[Path]:
    """Remove all but the newest `keep` backups, and the log that only they needed. Return the folders removed."""
    found = backups(into)
    old, kept = found[:-keep], found[-keep:]
    for backup in old:
        shutil.rmtree(backup.folder)
    for system in {one.manifest.system for one in old}:
        needed = [one.manifest.first_log for one in kept if one.manifest.system == system]
        for path in log_files(into / "wal" / system):
            if not needed or before(path.name, min(needed, key=place_in_log)):
                path.unlink()
    return [backup.folder for backup in old]


def keep_the_log(server: Server) -> None:
    """From the first backup on, the server keeps its log until a backup has copied it."""
    if server.superuser_sql("SHOW archive_mode;").strip() != "on":
        raise DatabaseTrouble("This server was started for throw-away databases and keeps no log: there is no backup.")
    if not server.places.archive.is_dir():
        server.places.own(server.places.archive)
        write_configuration(server.places)
        server.superuser_sql("SELECT pg_reload_conf();")


def copy_the_log(server: Server, into: Path) -> int:
    """Have the server finish its present log file, and copy every one that `into` does not have."""
    archive = server.places.archive
    # Where nothing was written since the last switch, it is the file before.
    last = server.superuser_sql("SELECT pg_walfile_name(pg_switch_wal() - 1);").strip()
    until = time.monotonic() + ARCHIVE_SECONDS
    while not (archive / last).exists():
        if time.monotonic() > until:
            raise DatabaseTrouble(
                f"The server has not put {last} into {archive}. Is the disk full? See {server.places.log}."
            )
        time.sleep(0.1)
    private(into / "wal")
    target = private(into / "wal" / system_of(server))
    wanted = [path for path in log_files(archive) if not (target / path.name).exists()]
    for path in wanted:
        new = target / f"{path.name}.new"
        shutil.copyfile(path, new)
        new.chmod(0o600)
        new.rename(target / path.name)
    return len(wanted)


def forget_copied(server: Server, into: Path, first: str) -> None:
    """The server need not keep the log that is older than this backup and has been copied beside it."""
    copied = into / "wal" / system_of(server)
    for path in log_files(server.places.archive):
        if before(path.name, first) and (copied / path.name).exists():
            path.unlink()


def log_files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob("*") if LOG_FILE.fullmatch(path.name))


def place_in_log(name: str) -> str:
    """Where a file is in the log, whatever the timeline: the first eight letters name that."""
    return name[8:24]


def before(name: str, other: str) -> bool:
    return not name.endswith(".history") and place_in_log(name) < place_in_log(other)


def first_log(base: Path) -> str:
    """The first log file that the base needs, as the server wrote in its label."""
    with tarfile.open(base) as tar:
        for member in tar:  # the label is the first: nothing more is read
            if member.name.removeprefix("./") == "backup_label" and (label := tar.extractfile(member)) is not None:
                found = re.search(r"START WAL LOCATION: \S+ \(file ([0-9A-F]{24})\)", label.read().decode())
                if found:
                    return found[1]
    raise DatabaseTrouble(f"{base} has no label, so it is not a base backup. Make another.")


def pack_files(files: Path, into: Path) -> None:
    with tarfile.open(into, "w:gz", compresslevel=1) as tar:
        if files.is_dir():
            tar.add(files, arcname=".")


def system_of(server: Server) -> str:
    return server.superuser_sql("SELECT system_identifier FROM pg_control_system();").strip()


def private(folder: Path) -> Path:
    """Make a folder that only we may enter, as it will hold children's records. One that is there is left as it is."""
    if not folder.exists():
        folder.mkdir(parents=True)
        folder.chmod(0o700)
    return folder


def sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
