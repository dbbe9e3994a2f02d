"""A file's content as an answer. Whoever calls this has checked that the file may be seen, and noted that it was."""

from __future__ import annotations

from django.http import FileResponse

from casework.documents.models import Document, StoredFile

NOTHING_RUNS = "default-src 'none'; frame-ancestors 'self'; sandbox"
PDF_IN_PLACE = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'"
"""Without `sandbox`, in which browsers do not start their PDF viewer. The viewer is a sandbox of its own."""
TEXT_SHOWN = 200_000


def content_of(document: Document, *, download: bool) -> FileResponse:
    """The file, to be saved, or to be shown inside our own page where its kind can be."""
    file = document.file
    shown = bool(file.what.shown) and not download
    mime = file.what.mime if file.kind != "text" else "text/plain; charset=utf-8"
    response = FileResponse(file.path.open("rb"), as_attachment=not shown, filename=file.name, content_type=mime)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = PDF_IN_PLACE if shown and file.kind == "pdf" else NOTHING_RUNS
    response["X-Frame-Options"] = "SAMEORIGIN" if shown else "DENY"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "private, no-store"
    return response


def text_of(file: StoredFile) -> str:
    """The start of a text file, for a page to show."""
    with file.path.open("rb") as content:
        return content.read(TEXT_SHOWN).decode("utf-8", "replace")
