"""Returns made from the live record: asked for, looked at, downloaded. Each download is written down."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from casework.access.rules import allowed
from casework.accounts.models import User
from casework.accuracy import queries
from casework.accuracy.actions import returns as making
from casework.accuracy.forms import ReturnForm
from casework.accuracy.making import CHECKED_AS, EYED
from casework.accuracy.models import Return
from casework.common import clock
from casework.drafts.form_pages import form_page
from casework.history.reads import Read, note_read

SHOWN = 50
MIMES = {
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".xml": "application/xml",
    ".zip": "application/zip",
}


@allowed("returns.make")
def returns(request: HttpRequest) -> HttpResponse:
    """The returns made, the latest first."""
    found = list(queries.returns_made().defer("content")[:SHOWN])
    return render(request, "accuracy/returns.html", {"returns": found, "shown": SHOWN})


@allowed("returns.make")
def ask_for_return(request: HttpRequest) -> HttpResponse:
    """Ask for a return as at a day."""
    user, today = request.user, clock.today()
    assert isinstance(user, User)

    def make(*args: Any, **kwargs: Any) -> ReturnForm:
        return ReturnForm(*args, on=today, **kwargs)

    def save(form: ReturnForm) -> str:
        asked = making.ask_for_return(**form.cleaned_data, by=user, at=clock.now())
        return reverse("one_return", args=[asked.pk])

    return form_page(
        request, make, save, title="Make a return", button="Make it", initial={"as_at": today},
        back=reverse("returns"),
        introduction="It is made from the record as it is now, and holds every child that it has to: those of "
        "restricted records too.",
    )  # fmt: skip


@allowed("returns.make")
def one_return(request: HttpRequest, pk: int) -> HttpResponse:
    """A return: its file, whom it holds, what the rules find in it, what changed since the run before."""
    found = get_object_or_404(queries.returns_made(), pk=pk)
    errors = sum(row["findings"] for row in found.content.get("findings", ()) if row["severity"] == "error")
    waits = sum(row["findings"] for row in found.content.get("findings", ())) - errors
    given = {"found": found, "checked_as": CHECKED_AS[found.kind], "errors": errors, "queries": waits}
    headings = [what.value.capitalize() for what in EYED]
    worker = found.state == Return.State.ASKED and making.worker_runs(clock.now())
    return render(request, "accuracy/return.html", {**given, "headings": headings, "worker": worker})


@require_POST
@allowed("returns.make")
def make_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Make now what was asked for and has not been made."""
    found = get_object_or_404(queries.returns_made(), pk=pk)
    making.make_return(found.pk, at=clock.now())
    return redirect("one_return", found.pk)


@allowed("returns.make")
def return_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The file."""
    found = get_object_or_404(queries.returns_made(), pk=pk, state=Return.State.MADE)
    return _download(request, found, found.path, found.name)


@allowed("returns.make")
def return_changes(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What changed since the run before, child by child, as a workbook."""
    found = get_object_or_404(queries.returns_made().exclude(changes_stored_as=""), pk=pk)
    return _download(request, found, found.changes_path, f"{Path(found.name).stem}-changes.xlsx")


def _download(request: HttpRequest, found: Return, path: Path, name: str) -> FileResponse:
    if not path.is_file():
        raise Http404
    who = f"{found.children} people, {found.restricted} of them with restricted records"
    note_read(request, Read(None, f"{name} downloaded: {who}", "may make the returns"))
    response = FileResponse(path.open("rb"), as_attachment=True, filename=name, content_type=MIMES[Path(name).suffix])
    response["Cache-Control"] = "private, no-store"
    return response
