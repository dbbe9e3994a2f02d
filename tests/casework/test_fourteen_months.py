"""One child from a police notification to the closing of the case, over fourteen recorded months, through the pages.

Every last day was counted by hand; the day of what happened is day 0. Working days leave out weekends and England's
bank holidays: 25 and 28 December 2026, 1 January, 26 and 29 March, 3 and 31 May and 30 August 2027. The browser takes
the main steps, and what another browser test walks or what comes again is sent without one; axe has its say about each
of these pages in test_pages_in_a_browser.py. The stretches of the story are in fourteen_months/.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from casework.accounts.models import Team
from casework.people.models import Address
from goldenthread.timeliness.status import Status
from tests.casework.access.test_every_page import TABLE
from tests.casework.desk import a_desk
from tests.casework.fourteen_months.case import Case, WithoutABrowser
from tests.casework.fourteen_months.counted import she_is_on_the_board, the_report_says_so
from tests.casework.fourteen_months.harm import (
    it_is_assessed,
    it_is_authorised,
    it_is_discussed,
    it_is_enquired_into,
    the_police_tell,
)
from tests.casework.fourteen_months.listed import AT_THE_END, AT_THE_FIRST_REVIEW, in_annex_a
from tests.casework.fourteen_months.missing import she_goes_missing
from tests.casework.fourteen_months.papers import (
    the_chronology_goes_to_court,
    the_minutes_are_written,
    the_plan_is_handed_over,
)
from tests.casework.fourteen_months.protection import (
    a_conference_makes_a_plan,
    the_core_group_meets,
    the_core_group_meets_again,
    the_plan_is_reviewed,
    the_plan_is_written,
)
from tests.casework.fourteen_months.stepping_down import help_goes_on_as_a_child_in_need, it_closes, it_is_reviewed
from tests.casework.fourteen_months.visiting import (
    a_visit_is_late,
    her_words_are_kept,
    she_is_visited,
    she_is_visited_as_a_child_in_need,
)
from tests.casework.making import a_child, a_team, a_user, an_adult, related
from tests.casework.test_journey import TheTime
from tests.pages import IN_A_BROWSER, browser
from tests.papers import NEEDS_POPPLER
from tests.pictures import PICTURES

__all__ = ["browser"]
pytestmark = [*IN_A_BROWSER, NEEDS_POPPLER, pytest.mark.django_db(transaction=True)]
AT_A_BROWSER = ("manager", "worker", "chair", *(("director",) if PICTURES else ()))


@pytest.fixture
def case(
    browser: Any, live_site: str, sign_in: Any, monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Any
) -> Case:
    settings.MEDIA_ROOT = tmp_path
    settings.SESSION_IDLE_AGE = settings.SESSION_COOKIE_AGE = 10**9  # nobody signs in anew for months
    time = TheTime()
    monkeypatch.setattr("casework.common.clock.now", time)
    team, door = a_team("Amber assessment"), a_team("Front door", stage="front_door")
    users = {
        "duty": a_user("front_door_officer", team=door), "decider": a_user("service_manager", team=door),
        "manager": a_user("practice_manager", team=team), "worker": a_user("social_worker", team=team),
        "chair": a_user("conference_chair"), "director": a_user("director"), "analyst": a_user("analyst"),
        "elsewhere": a_user("practice_manager", team=a_team("Harbour", service="Disabled children")),
    }  # fmt: skip
    Team.objects.filter(pk=team.pk).update(manager=users["manager"].worker)
    passed = {page.name for page in TABLE}
    desks = {part: a_desk(browser, live_site, users[part], passed) for part in AT_A_BROWSER}
    ada, mother = a_child("Ada", "Sample", born_on=date(2015, 3, 2)), an_adult("Mo", "Sample")
    related(ada, mother)
    for person in (ada, mother):
        Address.objects.create(person=person, kind="home", lines="1 Sample Street\nAmberford", postcode="ZZ1 1AA")
    parts = {part: WithoutABrowser(sign_in(user)) for part, user in users.items()}
    return Case(ada, team, time, desks, **parts)


@pytest.mark.long
def test_fourteen_months_of_a_child(case: Case) -> None:
    the_police_tell(case)
    it_is_discussed(case)
    it_is_enquired_into(case)
    it_is_assessed(case)
    a_conference_makes_a_plan(case)
    the_minutes_are_written(case)
    it_is_authorised(case)
    a_plan_is_kept_to(case)
    the_plan_is_reviewed(case, date(2027, 3, 10), "plan_continued", category="EMO")
    case.stands("cp_review_first_3m", date(2027, 3, 17), Status.met)
    case.stands("cp_review_subsequent_6m", date(2027, 9, 10), Status.due)
    she_is_on_the_board(case)
    in_annex_a(case, date(2027, 3, 10), AT_THE_FIRST_REVIEW)
    the_plan_goes_on(case)
    the_plan_is_reviewed(case, date(2027, 9, 8), "plan_ended", child_in_need="yes")
    case.stands("cp_review_subsequent_6m", date(2027, 9, 10), Status.met)
    help_goes_on_as_a_child_in_need(case)
    she_is_visited_as_a_child_in_need(case)
    it_is_reviewed(case)
    it_closes(case)
    in_annex_a(case, date(2028, 1, 27), AT_THE_END)
    the_chronology_goes_to_court(case)


def a_plan_is_kept_to(case: Case) -> None:
    """The core group within York's four weeks twice, and visits, of which one is late, before the first review."""
    the_core_group_meets(case)
    the_plan_is_written(case)
    the_plan_is_handed_over(case)
    her_words_are_kept(case)
    the_core_group_meets_again(case, date(2027, 2, 2), after=date(2027, 3, 2))
    a_visit_is_late(case)
    the_core_group_meets_again(case, date(2027, 3, 2), after=date(2027, 3, 30))
    # 11 and 12 March are two, 15 to 19 seven, 22 to 25 eleven; 30 March to 2 April fifteen; 5 to 9 twenty.
    she_is_visited(case, date(2027, 3, 10), next_by=date(2027, 4, 9))


def the_plan_goes_on(case: Case) -> None:
    """Through the summer: a night missing, and a core group that is two days late, which the report says."""
    # 31 March to 2 April are three, 5 to 9 eight, 12 to 16 thirteen, 19 to 23 eighteen; 26 and 27 twenty.
    the_core_group_meets_again(case, date(2027, 3, 30), after=date(2027, 4, 27), visited=date(2027, 4, 27))
    # 28 to 30 April are three; 4 to 7 May seven, 10 to 14 twelve, 17 to 21 seventeen; 24 to 26 twenty.
    the_core_group_meets_again(case, date(2027, 4, 27), after=date(2027, 5, 25), visited=date(2027, 5, 26))
    she_goes_missing(case)
    # 18 to 21 May are four, 24 to 28 nine; 1 to 4 June thirteen, 7 to 11 eighteen; 14 and 15 twenty.
    she_is_visited(case, date(2027, 5, 17), next_by=date(2027, 6, 15))
    the_report_says_so(case)
    # 28 May is one; 1 to 4 June five, 7 to 11 ten, 14 to 18 fifteen, 21 to 25 twenty.
    the_core_group_meets_again(
        case, date(2027, 5, 27), after=date(2027, 6, 24), late=True, visited=date(2027, 6, 25)
    )  # fmt: skip
    # 25 June is one; 28 June to 2 July six, 5 to 9 eleven, 12 to 16 sixteen; 19 to 22 twenty.
    the_core_group_meets_again(case, date(2027, 6, 24), after=date(2027, 7, 22), visited=date(2027, 7, 22))
    # 23 July is one, 26 to 30 six; 2 to 6 August eleven, 9 to 13 sixteen; 16 to 19 twenty.
    the_core_group_meets_again(case, date(2027, 7, 22), after=date(2027, 8, 19), visited=date(2027, 8, 19))
    the_core_group_meets_again(case, date(2027, 8, 19), after=date(2027, 9, 16), visited=date(2027, 9, 17))
