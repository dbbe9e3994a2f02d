"""What is printed on the way: the minutes, the plan in plain words, and the chronology for court, from the pages."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

from casework.child_protection.models import ChildAtConference
from casework.planning.models import PlanVersion
from tests.casework.desk import Desk
from tests.casework.fourteen_months.case import Case, WithoutABrowser
from tests.papers import TAGGED, paper_pictured, words_of

THE_PDF = re.compile(r'href="([^"]+)">The PDF<')
A_LINE = re.compile(r"^(\d+)\s+(\d{1,2} \w+ \d{4})", re.MULTILINE)


def the_minutes_are_written(case: Case) -> None:
    """By the chair on the day of the conference, in the browser, for Mo, who was there."""
    desk = case.desks["chair"]
    hers = ChildAtConference.objects.get(outcome="plan_made")
    desk.go(f"/conferences/{hers.pk}")
    desk.follow("Write a letter or document from this")
    desk.sent(letter=f"conference_minutes:{hers.reference}")
    desk.sent(answer_0="Tell me within two weeks: 01632 960 001.")
    desk.follow("Add a copy for somebody")
    desk.page.get_by_label("Mo Sample").check()
    desk.sent()
    assert "I want it quiet." not in desk.text
    desk.page.get_by_role("button", name=re.compile("Put it back.+What Ada thinks")).click()
    desk.follow("Make it ready")
    desk.sent()
    said = _read(_got(desk), "minutes")
    _in_order(
        said, "Mo Sample", "Initial child protection conference about Ada Sample", "Ada Sample, born 2 March 2015",
        "Held on 17 December 2026",
        desk.user.name, "Who was there", "Dr Sample", "Health", "DS Example", "Police", "Wilma Sample",
        "it was quorate", "Dr Sample, Health Came 15 December 2026, in time", "What Ada thinks", "I want it quiet.",
        "How it was said: A drawing.", "What the parents think", "We want help.",
        "What was said", "the burn was no accident",
        "What was decided", "Child protection plan made", "Category: Physical abuse", "Likely harm.",
        "Health", "Does not agree", "A plan of support would do.", "Police", "Agrees",
        "The plan is to be looked at again by 17 March 2027.",
        "If you do not agree", "Tell me within two weeks",
    )  # fmt: skip


def the_plan_is_handed_over(case: Case) -> None:
    """On the day that it is agreed, to the mother, in plain words."""
    version = PlanVersion.objects.get()
    copy = _copy(case, case.worker, "plan", about=version.reference, name="Mo Sample")
    said = _read(_kept(case.worker, copy), "plan")
    case.worker.sends(f"{copy}/sent", way="hand", sent_on=case.time().date())
    _in_order(
        said, "Mo Sample", "5 January 2027", "Ada’s plan",
        "Child protection plan from 5 January 2027, for Ada Sample, born 2 March 2015",
        "What Ada says", "I want my own lamp.", "What is going well", "Ada does well at school.",
        "What we are worried about", "Ada has been hurt at night.", "What you need to do",
        "Nobody but you puts Ada to bed.",
        "What should be different, and who does what",
        "Ada needs quiet nights.", "Ada sleeps from 8 until 7.", "Mo Sample: Uncle Jo sleeps elsewhere.",
        "12 January 2027", "Wilma Sample: Ada is shown how to reach us at night.", "8 January 2027",
        "We visit every 4 weeks.", "If things do not change", "We meet that week.", "We decide this by 10 March 2027",
    )  # fmt: skip


def the_chronology_goes_to_court(case: Case) -> None:
    """On the last day: every key event of the fourteen months, numbered, in the order of the days."""
    copy = _copy(
        case, case.worker, "chronology", name="Amberford Family Court", recipient="court",
        answer_0="Made when the case closed.",
    )  # fmt: skip
    said = _read(_kept(case.worker, copy), "chronology")
    _in_order(
        said, "Amberford Family Court", "27 January 2028", "Chronology of Ada Sample", "Born 2 March 2015",
        case.worker.user.name, "Made when the case closed.", "What happened",
        "2 March 2015", "Child born",
        "27 November 2026", "Contact received. Source: police", "30 November 2026", "Strategy discussion held",
        "Section 47 enquiry started", "17 December 2026", "Initial conference held",
        "Outcome: child protection plan made",
        "Child protection plan started. Initial category: physical abuse", "10 March 2027", "Review conference held",
        "Category of the plan changed from physical abuse to emotional abuse", "14 May 2027", "Missing started",
        "17 May 2027", "Return interview held", "8 September 2027", "Outcome: plan ended",
        "Child protection plan ended", "Child in need plan started", "27 January 2028",
        "Child in need plan ended", "Referral closed",
    )  # fmt: skip
    lines = [(int(number), datetime.strptime(on, "%d %B %Y").date()) for number, on in A_LINE.findall(said)]
    assert [number for number, _ in lines] == list(range(1, len(lines) + 1))
    assert [on for _, on in lines] == sorted(on for _, on in lines)
    assert (lines[0][1], lines[-1][1]) == (date(2015, 3, 2), date(2028, 1, 27))
    assert f"What is in it: {len(lines)} of " in said
    assert "Visits, meetings and supervision are left out." in said


def _copy(case: Case, by: WithoutABrowser, kind: str, *, about: str = "", name: str, **answers: Any) -> str:
    """A letter begun, written where it asks, and made ready for that person: the path of the copy."""
    recipient = answers.pop("recipient", "")
    begun = by.sends(f"{case.record}/letters/begin?about={about}", letter=f"{kind}:{about}")
    at = begun.removesuffix("/write")
    if answers:
        by.sends(begun, **answers)
    known = by.client.get(f"{at}/copies/add").context["form"].known
    who = next((key for key, one in known.items() if one.name == name), "other")
    added = by.sends(f"{at}/copies/add", who=who, name=name, recipient=recipient)
    copy = f"{at}/copies/{added.partition('?copy=')[2]}"
    by.sends(f"{copy}/ready")
    return copy


def _got(desk: Desk) -> bytes:
    """The PDF that the page of the letter leads to."""
    found = THE_PDF.search(desk.page.content())
    assert found, desk.text
    return bytes(desk.page.request.get(f"{desk.site}{found[1]}/content").body())


def _kept(by: WithoutABrowser, copy: str) -> bytes:
    letter, _, key = copy.partition("/copies/")
    found = THE_PDF.search(by.reads(f"{letter}?copy={key}"))
    assert found
    return b"".join(by.client.get(f"{found[1]}/content").streaming_content)


def _read(made: bytes, name: str) -> str:
    """The words of the paper, which is tagged for who hears it read; pictured as well."""
    assert [mark for mark in TAGGED if mark not in made] == []
    paper_pictured(made, f"papers/{name}")
    return words_of(made)


def _in_order(said: str, *wanted: str) -> None:
    """Assert that the paper says each of these, after the one before."""
    whole, place = re.sub(r"\s+", " ", said), 0
    for one in wanted:
        found = whole.find(one, place)
        assert found >= 0, (one, whole[place:])
        place = found + len(one)
