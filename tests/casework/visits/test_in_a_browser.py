"""A routine visit recorded on a phone's width with the keyboard alone, and how long that takes a person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from django.utils import timezone

from casework.common import clock
from casework.deadlines.actions import bring_up_to_date
from casework.visits.models import ChildVisited
from tests.casework.live import somebody_at
from tests.casework.making import a_child, a_team, a_user, allocated
from tests.casework.visits.making import to_do
from tests.pages import IN_A_BROWSER, PHONE, SCROLL_WIDTH, barriers, browser

__all__ = ["browser"]
pytestmark = [*IN_A_BROWSER, pytest.mark.django_db(transaction=True)]

FIVE_MINUTES = 300
KEY, POINT, THINK = 0.28, 1.1, 1.35
"""Seconds for a key by somebody who is no typist, for pointing at something, and for making up one's mind, once a
question: the keystroke-level model (Card, Moran and Newell 1980, Communications of the ACM 23:7)."""
COMPOSED = 60 / (19 * 5)
"""Seconds a character for one's own words, at 19 words a minute of five characters (Karat and others 1999, CHI)."""

SAW = (
    "Ada was in her room, building a den. Warm, in clean clothes, and quick to laugh. The lock on the back door is "
    "mended. Mum was tired but calm, and had made tea for them both. No new worries."
)
SAID = "I like it that Mum walks me to school now."
NEXT = "I ring school on Monday about breakfast club."


@dataclass
class Hand:
    """A hand on the keyboard, which counts."""

    page: Any
    keys: int = 0
    characters: int = 0
    points: int = 0
    questions: int = 0

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)
        self.keys += 1

    def to(self, name: str) -> None:
        """On with Tab to the question of that name."""
        for _ in range(12):
            self.press("Tab")
            if self.page.evaluate("document.activeElement.name || document.activeElement.type") == name:
                break
        else:
            raise AssertionError(f"{name} is not within twelve tabs")
        self.questions += 1

    def write(self, words: str) -> None:
        self.page.keyboard.type(words)
        self.characters += len(words)

    @property
    def seconds(self) -> float:
        """How long a person takes over it."""
        by_hand = self.keys * KEY + self.points * (POINT + KEY) + self.characters * COMPOSED
        return by_hand + (self.questions + self.points) * THINK


def test_a_routine_visit_is_recorded_in_under_five_minutes(browser: Any, live_site: str) -> None:
    worker, ada = a_user("social_worker", team=a_team()), a_child("Ada")
    allocated(ada, worker.worker)
    [lock] = to_do(ada, "Mend the lock", since=clock.today())
    bring_up_to_date(people=[ada.pk], at=clock.now())
    hand = Hand(somebody_at(browser, live_site, worker, PHONE))
    page, own = hand.page, ada.pk
    page.goto(f"{live_site}/people/{ada.reference}")
    page.click("a:has-text('Record the visit')")
    hand.points += 1
    page.locator(f"[name=seen_{own}]").first.wait_for()
    assert page.evaluate(SCROLL_WIDTH) <= PHONE
    hand.press("Tab"), hand.press("Enter")  # Past the head of the page.
    hand.to(f"seen_{own}"), hand.press("Space")
    assert not page.is_visible(f"#id_not_seen_because_{own}") and not page.is_visible(f"#id_not_alone_because_{own}")
    hand.to(f"seen_alone_{own}"), hand.press("ArrowDown")
    hand.to(f"bedroom_seen_{own}"), hand.press("ArrowDown")
    hand.to(f"words_{own}"), hand.write(SAID)
    hand.to(f"what_i_saw_{own}"), hand.write(SAW)
    hand.to(f"about_{own}"), hand.press("Space")
    hand.to(f"goes_{lock.pk}_{own}"), hand.press("ArrowDown")
    hand.to(f"what_next_{own}"), hand.write(NEXT)
    assert not barriers(page).response["violations"]
    hand.to("submit"), hand.press("Enter")
    page.locator("text=The visit is on the record").wait_for()
    part = ChildVisited.objects.get()
    assert (part.seen_alone, part.bedroom_seen, part.kind) == (True, True, "child_protection")
    assert part.actions_worked_on.get().progress.state == "done"
    assert timezone.localdate(part.visit.visited_at) == clock.today()
    assert "Next visit" in page.inner_text("main")
    assert hand.seconds < FIVE_MINUTES, hand
    print(hand, round(hand.seconds))
