"""A page's form as a browser would send it back."""

import re
from html import unescape
from typing import Any

from django.test import Client

HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')


def hidden(response: Any) -> dict[str, Any]:
    """The hidden boxes of the form of the page; a name that is there twice has a list."""
    page = response.content.decode()
    page = page[page.index('name="csrfmiddlewaretoken"', page.index("<main")) - 30 :]
    found: dict[str, Any] = {}
    for name, value in HIDDEN.findall(page):
        found.setdefault(name, []).append(unescape(value))
    return {name: values if len(values) > 1 else values[0] for name, values in found.items()}


def opened(client: Client, address: str) -> dict[str, Any]:
    """Open the page, and take the hidden boxes of its form."""
    response = client.get(address)
    assert response.status_code == 200, response.status_code
    return hidden(response)
