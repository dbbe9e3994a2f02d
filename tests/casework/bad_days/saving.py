"""A form being saved while something breaks, and what must hold of the record whatever broke."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import Any

from tests.casework.bad_days.browser import Answer, Browser, Form, Gone
from tests.casework.bad_days.installation import Installation

CONCERN = "Shouting heard through the wall."


class Sending(threading.Thread):
    """A form sent in a thread of its own. `answer` is None when no answer came."""

    def __init__(self, browser: Browser, form: Form) -> None:
        super().__init__(daemon=True)
        self.browser, self.form, self.answer = browser, form, None
        self.start()

    answer: Answer | None

    def run(self) -> None:
        try:
            self.answer = self.browser.send(self.form)
        except Gone:
            self.answer = None

    def ended(self) -> Answer | None:
        """The answer, once it came or can no longer come."""
        self.join(40)
        assert not self.is_alive(), "the form is still being sent"
        return self.answer


def acknowledged(answer: Answer | None) -> bool:
    """Whether somebody was told that it is saved."""
    return answer is not None and answer.status == 302 and "/account/login" not in answer.headers["location"]


def decision(browser: Browser, contact: str, team: str, reason: str) -> Form:
    """The page that decides for the three children of a contact, filled in: each gets a referral and a team."""
    page = browser.get(f"/contacts/{contact}/decide").form()
    return page.filled(level_of_need="3", outcome="referral", primary_need="N1", team=team, reason=reason)


def a_new_contact(browser: Browser, concern: str = CONCERN) -> Form:
    """The page that records a contact, filled in."""
    page = browser.get("/contacts/record").form()
    return page.filled(
        source="6", agency="Amberford Police", concern=concern, urgency="today", out_of_hours="no", children="0",
        adults="0",
    )  # fmt: skip


@dataclass(frozen=True)
class Decided:
    """What there is of a decision in the database: how many of each kind of row, of the contact's three children.

    `stopped` are the clocks of the contact that the decision met, `started` the children whose referral has clocks.
    """

    children: int
    decisions: int
    referrals: int
    allocations: int
    stopped: int
    started: int

    @property
    def whole(self) -> bool:
        """Whether it is there for all three children and in all its parts, once."""
        return self == Decided(3, 3, 3, 3, 3, 3)

    @property
    def nothing(self) -> bool:
        """Whether no part of it is there."""
        return self == Decided(0, 0, 0, 0, 0, 0)


def decided(installation: Installation, contact: str) -> Decided:
    """What there is of the decision on the contact."""
    child = "front_door_contactchild c JOIN front_door_contact k ON k.id = c.contact_id AND k.reference = %s"
    clock = f"count(DISTINCT o.person_id) FROM {child} JOIN deadlines_obligation o ON o.person_id = c.person_id"
    asked = (
        f"SELECT count(*) FROM {child} WHERE c.decided_on IS NOT NULL",
        f"SELECT count(*) FROM {child} JOIN front_door_decision d ON d.contact_child_id = c.id",
        f"SELECT count(*) FROM {child} JOIN front_door_referral r ON r.contact_id = c.id",
        f"SELECT count(*) FROM {child} JOIN allocation_allocation a ON a.person_id = c.person_id",
        f"SELECT {clock} WHERE o.trigger_row_id = c.reference AND o.satisfied_on IS NOT NULL",
        f"SELECT {clock} WHERE o.trigger_table = 'referrals'",
    )
    return Decided(*(_number(installation.one(query, contact)) for query in asked))


def recorded(installation: Installation, concern: str) -> int:
    """How many contacts have that concern."""
    return _number(installation.one("SELECT count(*) FROM front_door_contact WHERE concern = %s", concern))


def history_holds(installation: Installation) -> None:
    """Assert that every entry of the history follows the one before, and every version of a row has its entry."""
    checked = installation.manage("verify_history")
    assert checked.returncode == 0, checked.stderr


def deadlines_hold(installation: Installation) -> None:
    """Assert that working every clock out anew finds no difference."""
    checked = installation.manage("recompute_deadlines")
    assert checked.returncode == 0, checked.stderr


def _number(value: Any) -> int:
    return int(value)
