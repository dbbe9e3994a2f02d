"""The first page after signing in, for those who hold children and those who do not."""

from __future__ import annotations

from typing import Any

import pytest

pytestmark = pytest.mark.django_db


def test_a_role_that_holds_no_children_is_led_to_what_it_looks_after(sign_in: Any) -> None:
    page = sign_in("conference_chair").get("/").content.decode()
    assert "What you look after" in page
    assert '<li><a class="govuk-link" href="/conferences">Conferences</a></li>' in page
    assert "Nothing is overdue" not in page
    assert "Nothing is overdue" in sign_in("social_worker").get("/").content.decode()
