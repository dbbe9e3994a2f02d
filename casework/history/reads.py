"""What a request looked at: noted while the page is made, written down before it is sent."""

from __future__ import annotations

from dataclasses import dataclass

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
    """Write what was noted, in one statement. A page whose reads cannot be written is not sent."""
    noted: list[Read] = request.__dict__.pop("golden_thread_reads", [])
    if not noted:
        return
    user = request.user if request.user.is_authenticated else None
    Entry.objects.bulk_create(
        Entry(
            kind=read.kind,
            who=user.pk if user else None,
            who_name=str(user) if user else "",
            person=read.person,
            what=read.what,
            why=read.why,
            where_from=str(request.META.get("REMOTE_ADDR", "")),
        )
        for read in noted
    )
