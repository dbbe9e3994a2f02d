"""The pages of accuracy and returns in a browser: nothing that axe finds, nothing wider than a phone."""

from typing import Any

import pytest

from casework.accuracy.actions.checks import check_everything
from tests.casework.live import somebody_at
from tests.casework.making import FRIDAY_TEATIME, a_child, a_user, allocated
from tests.casework.making_accuracy import a_query, a_return
from tests.pages import IN_A_BROWSER, PHONE, SCROLL_WIDTH, barriers, browser  # noqa: F401

pytestmark = [pytest.mark.django_db(transaction=True), *IN_A_BROWSER]


def test_the_pages_have_no_barrier_and_fit_a_phone(
    browser: Any,  # noqa: F811
    live_site: str,
    settings: Any,
    tmp_path: Any,
) -> None:
    settings.MEDIA_ROOT = tmp_path
    user, child = a_user("director"), a_child()
    allocated(child, user.worker)
    check_everything(at=FRIDAY_TEATIME)
    a_query(child, rule="more")
    page = somebody_at(browser, live_site, user, PHONE)
    paths = ["/accuracy", "/accuracy/findings", "/accuracy/recording?table=people", "/returns"]
    for path in [*paths, f"/people/{child.reference}/accuracy", f"/returns/{a_return().pk}"]:
        answer = page.goto(f"{live_site}{path}")
        assert answer.status == 200, path
        assert page.evaluate(SCROLL_WIDTH) <= PHONE, path
        found = barriers(page)
        assert found.violations_count == 0, (path, found.generate_report())
