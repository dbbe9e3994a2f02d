"""Something is killed or cut while a decision on three children is being saved. It is there whole or not at all."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.casework.bad_days.browser import Browser, Form
from tests.casework.bad_days.installation import Installation
from tests.casework.bad_days.saving import Sending, acknowledged, deadlines_hold, decided, decision, history_holds

pytestmark = [pytest.mark.long, pytest.mark.xdist_group("bad days")]

REASON = "More than one worry, weighed together."
BROKEN: dict[str, Callable[[Installation], None]] = {
    "kill -9 of the workers": Installation.kill_workers,
    "kill -9 of the web application": Installation.kill_web,
    "kill -9 of the database": Installation.kill_database,
    "the cable cut": lambda installation: installation.cable.cut(),
}
MOMENTS = {
    "between two children": "allocation_allocation",
    "while it commits": "history_entry",
}
"""The table at which it stops: at the first of three allocations two children have nothing yet; the history is written
when the transaction commits."""


def mended(installation: Installation) -> None:
    installation.cable.mend()
    installation.start_database()
    if installation.web is None or installation.web.poll() is not None:
        installation.serve()
    installation.wait_until(installation.answers, "the record answers again")


def cut_off(
    installation: Installation, browser: Browser, form: Form, table: str,
    breaks: Callable[[Installation], None] = Installation.kill_workers,
) -> None:  # fmt: skip
    """Something breaks while the form adds a row to the table, and is mended. Nobody was told that it is saved."""
    with installation.holding(table) as until_held:
        sending = Sending(browser, form)
        until_held()
        breaks(installation)
        assert not acknowledged(sending.ended())
        mended(installation)
    installation.wait_until(lambda: not installation.somebody_waits(), "what was cut off has ended")


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("broken", BROKEN)
def test_a_decision_is_there_whole_or_not_at_all(
    broken: str, moment: str, installation: Installation, contact: str, made: dict[str, Any],
    signed_in: Callable[[str], Browser],
) -> None:  # fmt: skip
    manager = signed_in("manager")
    form = decision(manager, contact, made["team"], REASON)
    cut_off(installation, manager, form, MOMENTS[moment], BROKEN[broken])

    left = decided(installation, contact)
    assert left.nothing or (left.whole and moment == "while it commits")
    if left.nothing:
        page = manager.get(f"/contacts/{contact}/decide")
        assert dict(page.form().answers)["reason"] == REASON, "the draft is not in the form"
        assert contact in manager.get("/unfinished").text

    again = manager.send(form)
    assert acknowledged(again), again.text
    assert decided(installation, contact).whole
    assert contact not in manager.get("/unfinished").text, "a draft of what was saved is left"


def test_a_visit_to_a_brother_and_sister_is_there_for_both_or_for_neither(
    installation: Installation, made: dict[str, Any], signed_in: Callable[[str], Browser]
) -> None:
    worker, [(reference, own), (_, brother)] = signed_in("worker"), made["visited"]
    address, words = f"/people/{reference}/visits/add", "Two beds, both made."
    each = {f"seen_{key}": "yes" for key in (own, brother)} | {f"what_i_saw_{key}": "Well." for key in (own, brother)}
    form = worker.get(address).form().filled(shared=words, also=brother, **each)
    parts = "SELECT count(*) FROM visits_childvisited c JOIN visits_visit v ON v.id = c.visit_id WHERE v.shared = %s"
    cut_off(installation, worker, form, "visits_childvisited")
    assert installation.one(parts, words) == 0
    assert installation.one("SELECT count(*) FROM visits_visit WHERE shared = %s", words) == 0
    kept = worker.get(address).form()
    assert (kept["shared"], kept["also"], kept[f"seen_{brother}"]) == (words, brother, "yes"), (
        "the draft is not in the form"
    )
    again = worker.send(form)
    assert acknowledged(again), again.text
    assert installation.one(parts, words) == 2
    assert words not in dict(worker.get(address).form().answers).values(), "a draft of what was saved is left"


def test_a_conference_s_decision_is_there_with_its_plan_category_and_review_or_not_at_all(
    installation: Installation, made: dict[str, Any], signed_in: Callable[[str], Browser]
) -> None:
    chair, conference = signed_in("chair"), made["conference"]
    address, why = f"/conferences/{conference}/decide", "Likely harm, for three reasons."
    form = chair.get(address).form().filled(outcome="plan_made", category="NEG", reasons=why)
    of_it = (
        "child_protection_childatconference c JOIN child_protection_childprotectionplan p ON p.person_id = c.person_id"
    )
    parts = (
        f"SELECT count(*) FROM {of_it} WHERE c.reasons = %s",
        f"SELECT count(*) FROM {of_it} JOIN child_protection_plancategory k ON k.plan_id = p.id WHERE c.reasons = %s",
        f"SELECT count(DISTINCT o.person_id) FROM {of_it} JOIN deadlines_obligation o ON o.person_id = c.person_id "
        "WHERE o.trigger_table = 'cp_plans' AND c.reasons = %s",
    )
    cut_off(installation, chair, form, "child_protection_plancategory")
    assert [installation.one(each, why) for each in parts] == [0, 0, 0]
    assert chair.get(address).form()["reasons"] == why, "the draft is not in the form"
    again = chair.send(form)
    assert acknowledged(again), again.text
    assert [installation.one(each, why) for each in parts] == [1, 1, 1]


def test_the_history_and_the_clocks_hold_after_all_of_that(installation: Installation) -> None:
    history_holds(installation)
    deadlines_hold(installation)
