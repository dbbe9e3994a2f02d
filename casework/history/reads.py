"""What a request looked at: noted while the page is made, written down before it is sent."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import connection
from django.http import HttpRequest

from casework.history.models import Entry


@dataclass(frozen=True)
class Read:
    """One record looked at: whose (a person's key), which page of it, by what right."""

    person: int | None
    what: str
    why: str
    kind: str = Entry.Kind.READ


def note_read(request: HttpRequest, read: Read) -> None:
    """Have it written when the answer is ready. The same read twice in a request is one."""
    noted: list[Read] = request.__dict__.setdefault("golden_thread_reads", [])
    if read not in noted:
        noted.append(read)


def write_reads(request: HttpRequest) -> None:
    """Write what was noted, in one go. A page whose reads cannot be written is not sent."""
    noted: list[Read] = request.__dict__.pop("golden_thread_reads", [])
    if not noted:
        return
    user = request.user if request.user.is_authenticated else None
    _write(request, user, noted)


def write_entry(
    kind: str, request: HttpRequest | None, user: AbstractBaseUser | None, what: str, why: str = ""
) -> None:
    """Write one entry that is about nobody's record, at once."""
    _write(request, user, [Read(None, what, why, kind)])


def _write(request: HttpRequest | None, user: AbstractBaseUser | None, noted: list[Read]) -> None:
    who, name = (user.pk, str(user)) if user else (None, "")
    where = str(request.META.get("REMOTE_ADDR", "")) if request else ""
    rows = [(read.kind, who, name, read.person, read.what, read.why, where, "") for read in noted]
    values = ", ".join(["(%s, %s, %s, %s, %s, %s, %s, %s)"] * len(rows))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO history_entry (kind, who, who_name, person, what, why, where_from, of_table) VALUES {values}",
            [value for row in rows for value in row],
        )
