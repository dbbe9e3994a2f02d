"""Searching for people."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from casework.access.rules import allowed


@allowed("people.find")
def find_people(request: HttpRequest) -> HttpResponse:
    """Search for a person."""
    return render(request, "people/find.html", {"asked": request.GET.get("q", "")})
