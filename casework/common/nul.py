"""The character NUL, which PostgreSQL keeps nowhere: nobody types it, but text pasted from a PDF may carry one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict

NUL = "\x00"


class WithoutNul:
    """Leaves it out of what is sent and asked: it shows nowhere, so a refusal could not be understood."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: object, args: Any, kwargs: Any) -> None:
        """Raises Http404 for an address with one in it, which is no page's."""
        if NUL in request.path:
            raise Http404
        request.GET = without(request.GET)  # type: ignore[assignment]
        if request.method == "POST":
            request.POST = without(request.POST)  # type: ignore[assignment]


def without(sent: QueryDict) -> QueryDict:
    """The same without the character; what was given where there is none of it."""
    if not any(NUL in name or any(NUL in value for value in values) for name, values in sent.lists()):
        return sent
    clean = QueryDict(mutable=True, encoding=sent.encoding)
    for name, values in sent.lists():
        clean.setlist(name.replace(NUL, ""), [value.replace(NUL, "") for value in values])
    clean._mutable = False
    return clean
