"""A form sent after the session ended, or from before the last sign-in: it is kept for whose page it was.

A form sent again that was saved the first time leads to where that led: its page may be gone, as a decision's is once
it is made, and the answer to the first sending may have been lost with the connection.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render

from casework.accounts.models import User
from casework.common import clock
from casework.drafts import actions, queries
from casework.drafts.open_pages import OpenPage
from casework.drafts.says import clock_time

SIGNED_OUT = "You had been signed out. What you typed is kept: sign in and you come back to it."
OLD_PAGE = "You have signed in again since this page was opened. What you typed is kept: check it and save it again."


class KeepWhatWasSent:
    """Goes before the rules of access, which would send somebody signed out to sign in and forget what they sent."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: object, args: Any, kwargs: Any) -> HttpResponse | None:
        """The way to sign in, for a form that came from nobody; where a form that was saved led; None to go on."""
        if request.method != "POST":
            return None
        if isinstance(request.user, User):
            return _saved_already(request, request.user)
        page = _kept(request)
        return _signed_out(request, page) if page else None


def _saved_already(request: HttpRequest, user: User) -> HttpResponse | None:
    page = OpenPage.read(request.POST.get("draft_page", ""))
    if page is None or urlsplit(page.address).path != request.path:
        return None
    address = queries.saved_at(request.POST, request.FILES, by=user)
    return redirect(address) if address else None


def page_out_of_date(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Django's answer to a form whose page is from another session; what was typed in it is kept."""
    page = _kept(request)
    if page is None:
        return render(request, "drafts/out_of_date.html", status=403)
    if not request.user.is_authenticated:
        return _signed_out(request, page)
    if request.user.pk != page.owner:
        return _wants_json(request) or render(request, "drafts/kept_for_another.html", status=403)
    if (told := _wants_json(request)) is not None:
        return told
    messages.info(request, OLD_PAGE)
    return redirect(page.address)


def _kept(request: HttpRequest) -> OpenPage | None:
    page = OpenPage.read(request.POST.get("draft_page", ""))
    owner = User.objects.filter(pk=page.owner, is_active=True).first() if page else None
    if page is None or owner is None:
        return None
    if not actions.sent_before(request.POST, by=owner):
        draft = actions.keep(page, request.POST, by=owner, at=clock.now())
        actions.keep_files(draft, request.FILES, by=owner)
    return page


def _signed_out(request: HttpRequest, page: OpenPage) -> HttpResponse:
    if (told := _wants_json(request)) is not None:
        return told
    messages.info(request, SIGNED_OUT)
    return redirect_to_login(page.address)


def _wants_json(request: HttpRequest) -> JsonResponse | None:
    if request.headers.get("Accept") != "application/json":
        return None
    says = f"You have been signed out. What you typed is kept as a draft, as at {clock_time(clock.now())}."
    return JsonResponse({"says": says, "signed_out": True})
