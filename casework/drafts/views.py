"""Keeping drafts while somebody types, and throwing one away."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from casework.access.rules import signed_in
from casework.accounts.models import User
from casework.common import clock
from casework.drafts import actions
from casework.drafts.open_pages import OpenPage
from casework.drafts.queries import the_draft
from casework.drafts.says import clock_time


@signed_in
@require_POST
def save_draft(request: HttpRequest) -> HttpResponse:
    """Keep what a page's form holds. The answer says so, in words and as the page's hidden boxes need it."""
    assert isinstance(request.user, User)
    page = OpenPage.read(request.POST.get("draft_page", ""))
    if page is None or page.owner != request.user.pk:
        says = "This page is too old to keep drafts. Copy what you typed, and open the page again."
        return JsonResponse({"says": says, "failed": True}, status=409)
    if actions.sent_before(request.POST, by=request.user):
        return JsonResponse({"says": ""})
    draft = actions.keep(page, request.POST, by=request.user, at=clock.now())
    says = f"Saved as a draft at {clock_time(draft.saved_at)}"
    return JsonResponse({"says": says, "reference": draft.reference, "version": draft.version})


@signed_in
def discard_draft(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask whether a draft is to go, then let it go."""
    assert isinstance(request.user, User)
    draft = the_draft(request.user, reference)
    if draft is None:
        raise Http404
    if request.method == "POST":
        actions.discard(draft, by=request.user)
        messages.success(request, "The draft is discarded.")
        return redirect("unfinished")
    return render(request, "drafts/discard.html", {"draft": draft})
