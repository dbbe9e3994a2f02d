"""What the embedded PostgreSQL is told: its settings, and who may connect how."""

from __future__ import annotations

import getpass
import os
import shlex
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from casework.database.places import Places

SETTINGS = "golden-thread.conf"
SUPERUSER = "postgres"
NO_MORE: Mapping[str, str] = MappingProxyType({})


def write_configuration(places: Places, *, fast: bool = False, more: Mapping[str, str] = NO_MORE) -> None:
    """Write every file that the server reads, anew at each start so that a moved folder or an upgrade is followed."""
    text = "".join(f"{name} = {quoted(value)}\n" for name, value in {**settings(places, fast=fast), **more}.items())
    write(places, places.data / SETTINGS, text)
    main = places.data / "postgresql.conf"
    include = f"include = '{SETTINGS}'"
    if include not in main.read_text(encoding="utf-8"):
        write(places, main, f"{main.read_text(encoding='utf-8').rstrip()}\n\n{include}\n")
    write(places, places.data / "pg_hba.conf", HOST_BASED_ACCESS)
    # The superuser has no password: it is whoever the server runs as, on the socket, as the kernel says.
    write(places, places.data / "pg_ident.conf", f"server {places.user or getpass.getuser()} {SUPERUSER}\n")


HOST_BASED_ACCESS = f"""\
# type   database      user            address        method
local    all           {SUPERUSER}                       peer map=server
local    replication   {SUPERUSER}                       peer map=server
host     all           casework_owner  127.0.0.1/32   scram-sha-256
host     all           casework_app    127.0.0.1/32   scram-sha-256
"""


def settings(places: Places, *, fast: bool) -> dict[str, str]:
    """PostgreSQL's settings by name. `fast` gives up safety on a power cut: for throw-away databases only."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**20
    return {
        "listen_addresses": "127.0.0.1",
        "unix_socket_directories": str(places.socket),
        "unix_socket_permissions": "0700",
        "password_encryption": "scram-sha-256",
        "max_connections": "100",
        # What is killed or cut off in the middle of saving lets go of its locks: nobody else waits for it.
        "client_connection_check_interval": "5s",
        "idle_in_transaction_session_timeout": "5min",
        "tcp_keepalives_idle": "10",
        "tcp_keepalives_interval": "5",
        "tcp_keepalives_count": "3",
        # Two cores, many short questions: no second worker for a page, no compiling of queries.
        "shared_buffers": f"{max(64, min(1024, memory // 8))}MB",
        "effective_cache_size": f"{max(256, memory // 2)}MB",
        "work_mem": "16MB",
        "maintenance_work_mem": "256MB",
        "max_parallel_workers_per_gather": "0",
        "jit": "off",
        "random_page_cost": "1.1",
        "track_io_timing": "on",
        "timezone": "Europe/London",
        "log_timezone": "Europe/London",
        **LOGGING,
        "log_directory": str(places.log),
        **(FAST if fast else durable(places.archive)),
    }


LOGGING = {
    "logging_collector": "on",
    "log_filename": "postgresql-%a.log",
    "log_truncate_on_rotation": "on",
    "log_rotation_age": "1d",
    "log_min_duration_statement": "-1",
    # A failed statement, and the detail of a broken constraint, hold what was being written about a child.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_parameter_max_length": "0",
}

FAST = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "archive_mode": "off",
    "autovacuum_naptime": "10min",
}


def durable(archive: Path) -> dict[str, str]:
    """Nothing acknowledged is lost; and once there has been a backup, everything since it is kept for recovery."""
    return {
        "fsync": "on",
        "synchronous_commit": "on",
        "wal_level": "replica",
        "wal_compression": "on",
        "max_wal_size": "2GB",
        "checkpoint_timeout": "15min",
        "archive_mode": "on",
        "archive_timeout": "5min",
        # The log is of no use before the first base backup, so until then it is not kept. By command and not by
        # library, as PostgreSQL takes ten seconds over a change of library.
        "archive_command": keep_command(archive) if archive.is_dir() else "true",
    }


def keep_command(archive: Path) -> str:
    """The shell's words that keep one file of the log: whole or not at all, and never over another of its name."""
    folder = shlex.quote(str(archive)).replace("%", "%%")
    kept = f"{folder}/%f"
    copied = f"cp %p {kept}.new && sync {kept}.new && mv {kept}.new {kept} && sync {folder}"
    return f"if [ -f {kept} ]; then cmp -s %p {kept}; else {copied}; fi"


def quoted(value: str) -> str:
    return "'" + value.replace("\\", "\\\\").replace("'", "''") + "'"


def write(places: Places, path: Path, text: str) -> None:
    """Write a file of the data folder in one step, as the server's user's own."""
    new = path.with_name(f"{path.name}.new")
    new.write_text(text, encoding="utf-8")
    owner = path.parent.stat()
    if os.getuid() == 0:
        os.chown(new, owner.st_uid, owner.st_gid)
    new.chmod(0o600)
    new.rename(path)
