"""Whether a file that was sent may be kept: its size, its kind by its content, and the virus check."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from casework.common.refused import Refused
from casework.documents.kinds import BIGGEST, Kind, clean_name, kind_of
from casework.documents.scanning import ScannerDown, scan


@dataclass(frozen=True)
class Checked:
    """A file that may be kept. Only `check` makes one, and only such a file is stored."""

    content: UploadedFile[Any]
    name: str
    kind: Kind
    scanned: bool


def check(sent: UploadedFile[Any]) -> Checked:
    """The file, checked. Raises Refused with what is wrong and what to do."""
    name = clean_name(sent.name or "")
    if not sent.size:
        raise Refused(f"“{name}” is empty. Choose another file.")
    if sent.size > BIGGEST:
        raise Refused(f"“{name}” is bigger than 25 MB. Make it smaller, or attach it in parts.")
    assert sent.file is not None
    kind = kind_of(sent.file, name)
    try:
        found = scan(sent.file, settings.CLAMD)
    except ScannerDown:
        raise Refused(
            f"“{name}” cannot be taken now: the virus check does not answer. Save without it and attach it later, "
            "or tell your service desk."
        ) from None
    if found.virus:
        raise Refused(
            f"“{name}” was refused: the virus check found {found.virus} in it. Do not open it. Tell your service desk, "
            "and ask whoever sent it for a clean copy."
        )
    return Checked(sent, name, kind, found.done)
