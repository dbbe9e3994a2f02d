"""Where a request is said to come from, behind the authority's own proxies."""

from typing import Any

import pytest

from casework.common.proxies import asked_from
from casework.history.models import Entry
from tests.casework.making import a_child


@pytest.mark.parametrize(
    ("forwarded", "proxies", "address"),
    [
        ("203.0.113.7", 1, "203.0.113.7"),
        ("10.9.9.9, 203.0.113.7", 1, "203.0.113.7"),  # the first is what the browser claims
        ("10.9.9.9, 203.0.113.7, 192.0.2.1", 2, "203.0.113.7"),
        ("2001:db8::7", 1, "2001:db8::7"),
        ("203.0.113.7", 0, ""),
        ("203.0.113.7", 2, ""),
        ("unknown", 1, ""),
        ("", 1, ""),
    ],
)
def test_the_address_that_the_outermost_proxy_was_asked_from(forwarded: str, proxies: int, address: str) -> None:
    assert asked_from(forwarded, proxies) == address


@pytest.mark.django_db
def test_the_history_says_where_from_behind_a_proxy_and_believes_nobody_without_one(
    sign_in: Any, settings: Any
) -> None:
    client, child = sign_in("director"), a_child()
    for proxies in (1, 0):
        settings.PROXIES = proxies
        client.get(f"/people/{child.reference}", headers={"X-Forwarded-For": "10.9.9.9, 203.0.113.7"})
    assert list(Entry.objects.filter(kind="read").order_by("position").values_list("where_from", flat=True)) == [
        "203.0.113.7", "127.0.0.1",
    ]  # fmt: skip
