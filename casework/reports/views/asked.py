"""What an address asks for."""

from django.http import HttpRequest


def number_asked(request: HttpRequest, name: str) -> int | None:
    """The whole number given under that name; None for none, or for what is no number."""
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 9 else None
