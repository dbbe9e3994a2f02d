"""A worker's own work."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from casework.access.rules import signed_in


@signed_in
def my_work(request: HttpRequest) -> HttpResponse:
    """What the person who is signed in has to do."""
    return render(request, "work/my_work.html")
