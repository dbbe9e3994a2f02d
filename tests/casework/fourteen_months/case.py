"""The child of the fourteen months, those who work with her, and how her clocks stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from casework.accounts.models import Team, User
from casework.deadlines.queries import RunningClock, clocks_of
from casework.people.models import Person
from goldenthread.timeliness.status import Status
from tests.casework.desk import Desk
from tests.casework.test_journey import TheTime
from tests.pages import pictured
from tests.pictures import PICTURES


@dataclass(frozen=True)
class WithoutABrowser:
    """Somebody who sends the same forms and reads the same pages, as a browser would ask for them."""

    client: Any

    @property
    def user(self) -> User:
        """Their account."""
        found: User = self.client.user
        return found

    def reads(self, path: str) -> str:
        """What the page says; it must be there."""
        found = self.client.get(path)
        assert found.status_code == 200, (path, found.status_code)
        return str(found.content.decode())

    def sends(self, path: str, **answers: Any) -> str:
        """A form sent, which must be saved; gives where it leads."""
        found = self.client.post(path, dict(_boxes(answers)))
        assert found.status_code == 302, found.context["form"].errors if found.context else found.status_code
        assert not found["Location"].startswith("/account/login"), "the session has ended"
        return str(found["Location"])


def _boxes(answers: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Days and moments as the boxes of a form send them."""
    for name, value in answers.items():
        if not isinstance(value, date):
            yield name, value
            continue
        yield from ((f"{name}_day", value.day), (f"{name}_month", value.month), (f"{name}_year", value.year))
        if isinstance(value, datetime):
            yield f"{name}_time", f"{value:%H:%M}"


@dataclass(frozen=True)
class Case:
    """The child, the time, and everybody: `desks` are at a browser each, the others by the parts they have. Two are not
    hers: the manager of another service, and the analyst, who sees no child."""

    ada: Person
    team: Team
    time: TheTime
    desks: dict[str, Desk]
    duty: WithoutABrowser
    decider: WithoutABrowser
    manager: WithoutABrowser
    worker: WithoutABrowser
    chair: WithoutABrowser
    director: WithoutABrowser
    elsewhere: WithoutABrowser
    analyst: WithoutABrowser

    @property
    def record(self) -> str:
        """Where her record is."""
        return f"/people/{self.ada.reference}"

    def own(self, **answers: Any) -> dict[str, Any]:
        """Answers to questions that are asked of each child, as those about her."""
        return {f"{name}_{self.ada.pk}": value for name, value in answers.items()}

    def it_is(self, day: date, hour: int) -> None:
        """That hour of that day has come."""
        self.time.is_now(day.year, day.month, day.day, hour)

    def clocks(self, rule: str) -> list[RunningClock]:
        """The child's clocks of a rule, whichever layer they are of, the first due first."""
        found = [one for one in clocks_of(self.ada, at=self.time()) if one.row.rule == rule]
        return sorted(found, key=lambda one: one.row.due_on or date.max)

    def stands(self, rule: str, by: date, status: Status) -> None:
        """Assert that the rule's clock with that last day stands so."""
        found = [(one.row.due_on, one.status) for one in self.clocks(rule)]
        assert (by, status) in found, (rule, found)

    def over(self) -> set[str]:
        """The rules whose clocks are over, unanswered."""
        return {one.row.rule for one in clocks_of(self.ada, at=self.time()) if one.status == Status.overdue}

    def meets(self, kind: str, **answers: Any) -> None:
        """A meeting recorded by the worker, with everybody there who belongs to it."""
        page = self.worker.client.get(f"{self.record}/meetings/{kind}/record", follow=True)
        known = list(page.context["form"].known)
        here = page.redirect_chain[-1][0] if page.redirect_chain else page.request["PATH_INFO"]
        self.worker.sends(here, **({"came": known} if known else {"others": "Dr Sample, GP"}), **answers)

    def pictured(self, name: str, path: str = "", *, by: str = "worker") -> None:
        """Pictures of a page as it is that day, her record's first if no other, where they are wanted."""
        if PICTURES:
            desk = self.desks[by]
            desk.go(path or self.record)
            pictured(desk.page, f"fourteen-months/{self.time():%Y-%m-%d}-{name}")
