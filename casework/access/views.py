"""Pages that are about nobody's record."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from casework.access.rules import open_to_all


@open_to_all
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement."""
    return render(request, "pages/accessibility.html")
