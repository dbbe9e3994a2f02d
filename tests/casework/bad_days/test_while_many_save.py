"""Several people save one contact after another while something breaks. What they were told is saved is there, once."""

import threading
import time
from collections.abc import Callable

import pytest

from tests.casework.bad_days.browser import Browser, Form, Gone
from tests.casework.bad_days.installation import Installation
from tests.casework.bad_days.saving import a_new_contact, acknowledged, history_holds, recorded

pytestmark = [pytest.mark.long, pytest.mark.xdist_group("bad days")]

PEOPLE, EACH = 4, 5
PATIENCE = 40


def break_database(installation: Installation) -> None:
    installation.kill_database()
    time.sleep(0.5)
    installation.start_database()


def break_cable(installation: Installation) -> None:
    for _ in range(3):
        installation.cable.cut()
        time.sleep(0.3)
        installation.cable.mend()
        time.sleep(0.3)


BROKEN: dict[str, Callable[[Installation], None]] = {
    "kill -9 of the workers": Installation.kill_workers,
    "kill -9 of the database": break_database,
    "the cable cut": break_cable,
}


def saves(browser: Browser, concerns: list[str], told: dict[str, int], stuck: list[str]) -> None:
    """Record a contact of each concern, sending the same page again until somebody says that it is saved."""
    for concern in concerns:
        until = time.monotonic() + PATIENCE
        form: Form | None = None
        while concern not in told:
            if time.monotonic() > until:
                stuck.append(concern)
                return
            try:
                form = form or a_new_contact(browser, concern)
                if acknowledged(browser.send(form)):
                    told[concern] = told.get(concern, 0) + 1
            except (Gone, AssertionError):  # no answer, or a page that says that the record cannot be reached
                time.sleep(0.2)


@pytest.mark.parametrize("broken", BROKEN)
def test_what_was_acknowledged_is_there_once(
    broken: str, installation: Installation, signed_in: Callable[[str], Browser]
) -> None:
    first = signed_in("officer")
    told: dict[str, int] = {}
    stuck: list[str] = []
    run = f"{broken} {time.time()}"
    people = [
        threading.Thread(
            target=saves, daemon=True,
            args=(Browser(first.site, dict(first.cookies)), [f"{run}: {n} of {m}" for m in range(EACH)], told, stuck),
        ) for n in range(PEOPLE)
    ]  # fmt: skip
    for one in people:
        one.start()
    installation.wait_until(lambda: len(told) >= PEOPLE, "the first contacts are saved")
    BROKEN[broken](installation)
    for one in people:
        one.join(PATIENCE)
    assert not stuck
    assert len(told) == PEOPLE * EACH
    assert {concern: recorded(installation, concern) for concern in told} == dict.fromkeys(told, 1)


def test_the_history_holds_after_all_of_that(installation: Installation) -> None:
    history_holds(installation)
