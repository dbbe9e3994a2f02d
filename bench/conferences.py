"""Saving conferences, as `record.py` measures it: brothers and sisters, a plan for each."""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.casework.bad_days.browser import Browser

TOGETHER = """
    SELECT p.reference || '|' || q.reference FROM people_relationship r
    JOIN people_person p ON p.id = r.person_id JOIN people_person q ON q.id = r.related_id
    WHERE r.relationship = 'sibling' AND r.ended_on IS NULL AND p.id < q.id AND NOT EXISTS (
        SELECT FROM people_person b WHERE b.id IN (p.id, q.id)
        AND (NOT b.is_child OR b.born_on IS NULL OR b.died_on IS NOT NULL OR b.merged_into_id IS NOT NULL
             OR NOT EXISTS (SELECT FROM deadlines_obligation d WHERE d.person_id = b.id)
             OR EXISTS (SELECT FROM access_restriction x WHERE x.person_id = b.id AND x.lifted_at IS NULL)
             OR EXISTS (SELECT FROM child_protection_childprotectionplan k
                        WHERE k.person_id = b.id AND k.ended_on IS NULL)
             OR EXISTS (SELECT FROM child_protection_childatconference c
                        JOIN child_protection_conference m ON m.id = c.conference_id
                        WHERE c.person_id = b.id AND m.held_on IS NULL AND m.cancelled_on IS NULL)))
    ORDER BY random() LIMIT {many}"""
"""Two brothers or sisters with clocks, neither of them on a plan or waiting for a conference."""


@dataclass
class Took:
    """How long it took to send that each conference was held, and each decision that makes a plan; how many failed."""

    holding: list[float] = field(default_factory=list)
    deciding: list[float] = field(default_factory=list)
    failed: int = 0


def save_conferences(browser: Browser, rows: Callable[[str], list[str]], times: int) -> Took:
    """Hold so many first conferences of two children, one after another, and decide on a plan for each."""
    took, used = Took(), set[str]()
    for pair in rows(TOGETHER.format(many=times)):
        children = pair.split("|")
        if used.isdisjoint(children):
            used |= {*children}
            _one(browser, children, took)
    return took


def _one(browser: Browser, children: list[str], took: Took) -> None:
    pages = _asked_for(browser, children)
    if len(pages) < len(children):
        took.failed += 1
        return
    today = datetime.now().astimezone().date()
    held = browser.get(f"{pages[0]}/hold").form().filled(
        held_on_day=f"{today.day}", held_on_month=f"{today.month}", held_on_year=f"{today.year}",
        discussion="What was seen, and what is going well.", why_without_quorum="It could not wait.",
    )  # fmt: skip
    begun = time.perf_counter()
    answer = browser.send(held)
    took.holding.append(time.perf_counter() - begun)
    if answer.status != 302:
        took.failed += 1
        return
    for page in pages:
        asked = browser.get(f"{page}/decide")
        if asked.status != 200:  # a child for whom another conference has decided since
            took.failed += 1
            continue
        decided = asked.form().filled(outcome="plan_made", category="NEG", reasons="Weighed together.")
        begun = time.perf_counter()
        took.failed += browser.send(decided).status != 302
        took.deciding.append(time.perf_counter() - begun)


def _asked_for(browser: Browser, children: list[str]) -> list[str]:
    """The pages of each child's part of one conference, as far as it could be asked for."""
    pages: list[str] = []
    for child in children:
        page = browser.get(f"/people/{child}/conference")
        form = page.form().filled(kind="initial")
        if pages:
            waiting = re.search(r'name="with_conference".*?<option value="(\d+)"', page.text, re.S)
            if waiting is None:
                return pages
            form = form.filled(with_conference=waiting[1])
        made = browser.send(form)
        if made.status != 302:
            return pages
        pages.append(made.goes_to.rstrip("/"))
    return pages
