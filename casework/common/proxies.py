"""Where a request comes from, when the authority's own proxies stand between the browser and the record."""

from __future__ import annotations

from collections.abc import Callable
from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest, HttpResponse


class FromBehindProxies:
    """Puts the browser's address where the nearest proxy's would stand: for the history, and for counting sign-ins.

    Without it everybody in the authority would have one address: the history would not say where from, and thirty
    people who sign in within a minute would shut out the next.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        came = asked_from(request.META.get("HTTP_X_FORWARDED_FOR", ""), settings.PROXIES)
        if came:
            request.META["REMOTE_ADDR"] = came
        return self.get_response(request)


def asked_from(forwarded: str, proxies: int) -> str:
    """The address that the outermost of so many proxies was asked from; empty where that is not said.

    Each proxy adds at the end the address that asked it. What stands before those is whatever the browser claimed.
    """
    said = [one.strip() for one in forwarded.split(",")]
    if not 0 < proxies <= len(said):
        return ""
    try:
        return str(ip_address(said[-proxies]))
    except ValueError:
        return ""
