"""python -m casework.database.backup_commands backup|restore FOLDER: what bin/backup and bin/restore do."""

from __future__ import annotations

import argparse
import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from casework.database.backup import back_up, back_up_log, forget_old
from casework.database.embedded import describe
from casework.database.places import DatabaseTrouble, var_folder
from casework.database.restore import Restored, restore_dump, restore_files, restore_to

LONDON = ZoneInfo("Europe/London")


def main(words: list[str] | None = None) -> int:
    """Do what is asked. 0 when done, 1 when not, with a sentence on standard error."""
    asked = parser().parse_args(words)
    os.umask(0o077)
    if os.environ.get("DATABASE_URL"):
        print(
            "DATABASE_URL names a server of your own: back it up and restore it with its own tools, as "
            "docs/how-to/back-up-and-restore.md says.",
            file=sys.stderr,
        )
        return 1
    try:
        print(backed_up(asked) if asked.command == "backup" else restored(asked))
    except (DatabaseTrouble, OSError) as trouble:
        print(trouble, file=sys.stderr)
        return 1
    return 0


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(prog="python -m casework.database.backup_commands", description=__doc__)
    made.add_argument(
        "--var", type=Path, default=var_folder(), help="where the record is kept, if not GOLDEN_THREAD_VAR"
    )
    commands = made.add_subparsers(dest="command", required=True)
    backup = commands.add_parser("backup")
    backup.add_argument("folder", type=Path)
    backup.add_argument("--log-only", action="store_true", help="only what the log has gained since the last backup")
    backup.add_argument("--keep", type=positive, help="remove all but this many of the newest backups")
    restore = commands.add_parser("restore")
    restore.add_argument("folder", type=Path)
    restore.add_argument(
        "--to", type=moment, help='the moment, in the time of the clock on the wall: "2026-11-28 17:05"'
    )
    restore.add_argument("--dump", action="store_true", help="from the dump, into a new server")
    return made


def backed_up(asked: argparse.Namespace) -> str:
    server = describe(asked.var)
    if server is None:
        raise DatabaseTrouble("PostgreSQL is not running. Start it: python -m casework.database start")
    if asked.log_only:
        return f"Copied {back_up_log(server, asked.folder)} files of the log to {asked.folder}."
    made = back_up(server, asked.folder, at=datetime.now(UTC), files=attached_files(asked.var))
    said = f"Backed up to {made.folder}."
    if asked.keep:
        said += f" Removed {len(forget_old(asked.folder, asked.keep))} older ones."
    return said


def restored(asked: argparse.Namespace) -> str:
    if asked.dump and asked.to:
        raise DatabaseTrouble("The dump holds one moment only. Leave out --to, or --dump.")
    at = datetime.now(UTC)
    done = restore_dump(asked.var, asked.folder, at=at) if asked.dump else restore_to(
        asked.var, asked.folder, to=asked.to, at=at
    )  # fmt: skip
    return told(done, restore_files(done.backup, attached_files(asked.var)), by_dump=asked.dump)


def told(done: Restored, files: int, *, by_dump: bool) -> str:
    made = f"{done.backup.finished.astimezone(LONDON):%d %B %Y %H:%M:%S}"
    lines = [
        f"Restored from {done.backup.folder}, made on {made}, and running at 127.0.0.1:{done.server.port}.",
        f"Attached files brought back: {files}.",
    ]
    if done.last_change:
        lines.append(f"The last change brought back was made at {done.last_change}.")
    if by_dump:
        lines.append("This is a new server: make a backup now, as the old log does not lead on from it.")
    if done.aside:
        lines.append(
            f"What was there before is in {done.aside}. Remove it once you are sure: it is children's records."
        )
    return "\n".join(lines)


def attached_files(var: Path) -> Path:
    return Path(os.environ.get("GOLDEN_THREAD_FILES") or var / "files")


def moment(text: str) -> datetime:
    """A moment by the clock on the wall in England, or with an offset of its own."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError as wrong:
        raise argparse.ArgumentTypeError(f"{text!r} is not a moment. Write it like 2026-11-28 17:05") from wrong
    return found if found.tzinfo else found.replace(tzinfo=LONDON)


def positive(text: str) -> int:
    if not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of backups to keep. Write 1 or more.")
    return int(text)


if __name__ == "__main__":
    sys.exit(main())
