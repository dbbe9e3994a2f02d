"""python -m casework.database start|stop|status|urls|sql: the record's PostgreSQL, from a terminal or a script."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path

from casework.database.embedded import describe, start, stop
from casework.database.places import DatabaseTrouble, var_folder
from casework.database.roles import own_server_sql
from casework.database.testing import reap

OWN_SERVER = "DATABASE_URL names a server of your own"


def main(words: list[str] | None = None) -> int:
    """Do what is asked. 0 when done, 1 when not, with a sentence on standard error."""
    parser = argparse.ArgumentParser(prog="python -m casework.database", description=__doc__)
    parser.add_argument("command", choices=[*COMMANDS, "reap"], metavar="|".join(COMMANDS))
    parser.add_argument(
        "--var", type=Path, default=None, help="where it is kept; GOLDEN_THREAD_VAR, or var, unless said"
    )
    asked = parser.parse_args(words)
    var = asked.var or var_folder()
    try:
        return COMMANDS[asked.command](var) if asked.command in COMMANDS else reaped(var)
    except DatabaseTrouble as trouble:
        print(trouble, file=sys.stderr)
    except PermissionError as refused:
        print(
            f"{refused.filename} belongs to another user. Run this as the user who started the server.", file=sys.stderr
        )
    return 1


def started(var: Path) -> int:
    if os.environ.get("DATABASE_URL"):
        print(f"{OWN_SERVER}: nothing to start.", file=sys.stderr)
        return 0
    server = start(var)
    print(f"PostgreSQL is running at 127.0.0.1:{server.port}, its files in {server.places.home}", file=sys.stderr)
    return 0


def stopped(var: Path) -> int:
    print("PostgreSQL is stopped." if stop(var) else "PostgreSQL was not running.", file=sys.stderr)
    return 0


def told(var: Path) -> int:
    server = describe(var)
    if server is None:
        print(f"PostgreSQL is not running for {var}. Start it: python -m casework.database start")
        return 1
    version = server.superuser_sql("SHOW server_version;").strip()
    print(f"PostgreSQL {version} is running at 127.0.0.1:{server.port}, its files in {server.places.home}")
    return 0


def printed_urls(var: Path) -> int:
    """The two addresses as a shell reads them: export $(python -m casework.database urls)."""
    if os.environ.get("DATABASE_URL"):
        names = ("DATABASE_URL", "DATABASE_OWNER_URL")
        print("\n".join(f"{name}={os.environ[name]}" for name in names if os.environ.get(name)))
        return 0
    server = describe(var)
    if server is None:
        print("PostgreSQL is not running. Start it: python -m casework.database start", file=sys.stderr)
        return 1
    print(f"DATABASE_URL={server.url()}\nDATABASE_OWNER_URL={server.owner_url()}")
    return 0


def printed_sql(var: Path) -> int:
    print(own_server_sql())
    return 0


def reaped(var: Path) -> int:
    reap(var)
    return 0


COMMANDS: dict[str, Callable[[Path], int]] = {
    "start": started,
    "stop": stopped,
    "status": told,
    "urls": printed_urls,
    "sql": printed_sql,
}

if __name__ == "__main__":
    sys.exit(main())
