"""What is shown when an answer could not be made: the database away, or a fault of ours."""

from __future__ import annotations

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.defaults import server_error

TRY_AGAIN_AFTER = 10


def something_went_wrong(request: HttpRequest) -> HttpResponse:
    """The page of a failed request. Where the database was away: 503, with what was sent, to be sent again.

    A form that carries its page's token may be sent again whether or not it was saved: `drafts.actions.save_once`
    saves it once. No other form is given back: it may hold a password, and sent twice it might be done twice.
    """
    if not isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        return server_error(request)
    sent = [(name, value) for name, values in request.POST.lists() for value in values]
    again = request.method == "POST" and bool(request.POST.get("submission"))
    # Without the request: the usual page asks the database who is reading it.
    page = render_to_string(
        "away.html",
        {"address": request.get_full_path(), "sent": sent if again else [], "again": again,
         "posted": request.method == "POST", "files": bool(request.FILES)},
    )  # fmt: skip
    return HttpResponse(page, status=503, headers={"Retry-After": str(TRY_AGAIN_AFTER), "Cache-Control": "no-store"})
