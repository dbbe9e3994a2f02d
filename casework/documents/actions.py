"""Put files on records, and mark one that should not be there."""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path

from casework.accounts.models import User
from casework.common.refused import Refused
from casework.common.whole import whole
from casework.documents.checking import Checked
from casework.documents.models import Document, StoredFile, folder

LOOSE_AFTER = timedelta(days=1)
"""How old a content that no row tells of has to be: a saving in hand is not disturbed."""


def attach(
    files: Iterable[Checked], *, people: Iterable[int], by: User, at: datetime, title: str = "", attached_to: str = ""
) -> list[Document]:
    """Each file on the record of each person (their keys), and with the row whose reference is `attached_to`.

    Without people it is on nobody's record: it is read through that row alone.
    """
    records: list[int | None] = [*people]
    made = []
    with whole:
        for checked in files:
            stored = _store(checked, by, at)
            for person in records or [None]:
                document = Document.objects.create(
                    person_id=person, file=stored, title=title or checked.name, attached_to=attached_to,
                    recorded_at=at, recorded_by=by.worker,
                )  # fmt: skip
                made.append(document)
    return made


def attach_to_another(row: str, *, now: str, people: Iterable[int]) -> None:
    """What came with the row of the reference `row`, on these people's records, belongs with that of `now`."""
    for one in Document.objects.select_for_update().filter(attached_to=row, person__in=list(people)):
        one.attached_to = now
        one.version += 1
        one.save()


def _store(checked: Checked, by: User, at: datetime) -> StoredFile:
    """The content on the disk, safely down before the row says that it is there."""
    name = secrets.token_hex(32)
    digest, size = _write(checked, folder() / name[:2] / name)
    return StoredFile.objects.create(
        stored_as=name, name=checked.name, kind=checked.kind.code, size=size, sha256=digest,
        scanned_at=at if checked.scanned else None, recorded_at=at, recorded_by=by.worker,
    )  # fmt: skip


def _write(checked: Checked, path: Path) -> tuple[str, int]:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    digest, size = hashlib.sha256(), 0
    checked.content.seek(0)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as kept:
        for chunk in checked.content.chunks():
            digest.update(chunk)
            size += len(chunk)
            kept.write(chunk)
        kept.flush()
        os.fsync(kept.fileno())
    return digest.hexdigest(), size


def mark_in_error(document: Document, *, reason: str, asked_by: str, by: User, at: datetime) -> None:
    """The file should not be on this record: it is marked there, with who asked and why, and is no longer shown."""
    if not (reason.strip() and asked_by.strip()):
        raise Refused("Say why, and who asked for it.")
    document.in_error_at, document.in_error_by = at, by.worker
    document.in_error_reason, document.in_error_asked_by = reason, asked_by
    document.version += 1
    document.save()


def remove_loose_files(*, older_than: datetime) -> int:
    """Delete contents that no row tells of: of savings that were broken off. Returns how many."""
    told = set(StoredFile.objects.values_list("stored_as", flat=True))
    loose = [
        path for path in folder().glob("??/*")
        if path.name not in told and path.stat().st_mtime < older_than.timestamp()
    ]  # fmt: skip
    for path in loose:
        path.unlink()
    return len(loose)
