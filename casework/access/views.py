"""Pages that are about nobody's record: the accessibility statement, and what one has been told."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from casework.access.rules import open_to_all, signed_in
from casework.accounts.models import User
from casework.common import clock
from casework.notices.actions import mark_read
from casework.notices.models import Notice

NOTICES_SHOWN = 100


@open_to_all
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement."""
    return render(request, "pages/accessibility.html")


@signed_in
def notices(request: HttpRequest) -> HttpResponse:
    """The account's latest notices, unread ones first."""
    assert isinstance(request.user, User)
    found = Notice.objects.filter(user=request.user).order_by("-read_at", "-made_at")[:NOTICES_SHOWN]
    unread = [notice for notice in found if notice.read_at is None]
    return render(request, "notices/notices.html", {"notices": found, "unread": len(unread)})


@signed_in
@require_POST
def notices_read(request: HttpRequest) -> HttpResponse:
    """Note that everything on the page has been read."""
    assert isinstance(request.user, User)
    mark_read(request.user, at=clock.now())
    return redirect("notices")
