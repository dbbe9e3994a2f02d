"""Says who is asking, for everything that a request changes, and writes down what it looked at before it is shown."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from casework.history.reads import write_reads
from casework.history.tracking import acting


class WhoIsAsking:
    """Each request's changes carry its user, page and address; its reads are written before the answer leaves."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user if request.user.is_authenticated else None
        page = request.path
        name = str(user) if user else ""
        with acting(who=user.pk if user else None, who_name=name, what=page, where_from=where_from(request)):
            response = self.get_response(request)
        write_reads(request)
        return response


def where_from(request: HttpRequest) -> str:
    """The address that the request came from, as the nearest proxy saw it."""
    return str(request.META.get("REMOTE_ADDR", ""))
