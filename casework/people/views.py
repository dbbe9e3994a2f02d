"""Pages of people's records."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from casework.access.rules import allowed
from casework.people.reading import open_record


@allowed("people.find")
def find_people(request: HttpRequest) -> HttpResponse:
    """Search for a person."""
    return render(request, "people/find.html", {"asked": request.GET.get("q", "")})


@allowed("people.read")
def person(request: HttpRequest, reference: str) -> HttpResponse:
    """A person's record."""
    return render(request, "people/person.html", {"person": open_record(request, reference, "record")})
