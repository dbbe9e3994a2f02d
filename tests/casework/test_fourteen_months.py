"""One child from a police notification to the closing of the case, over fourteen recorded months, through the pages.

Every last day was counted by hand; the day of what happened is day 0. Working days leave out weekends and England's
bank holidays: 25 and 28 December 2026, 1 January 2027. The browser takes the main steps and the plain client what comes
again; axe has its say about each of these pages in test_pages_in_a_browser.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pytest

from casework.accounts.models import Team
from casework.assessment.models import Assessment
from casework.canonical import dataset
from casework.child_in_need.models import ChildInNeedPlan
from casework.child_protection.models import (
    ChildAtConference,
    ChildProtectionPlan,
    Conference,
    DiscussedChild,
    Section47Enquiry,
)
from casework.deadlines.queries import RunningClock, clocks_of
from casework.front_door.models import Contact, Referral
from casework.meetings.models import ChildAtMeeting
from casework.missing.models import MissingEpisode
from casework.people.models import Person
from casework.planning.models import PlanVersion
from casework.reports.behind import behind
from goldenthread.timeliness.status import Status
from goldenthread.writers import annex_a
from tests.casework.access.test_every_page import TABLE
from tests.casework.desk import Desk, a_desk
from tests.casework.making import a_child, a_team, a_user, an_adult, related
from tests.casework.test_journey import TheTime
from tests.pages import IN_A_BROWSER, browser

__all__ = ["browser"]
pytestmark = [*IN_A_BROWSER, pytest.mark.django_db(transaction=True)]


@dataclass
class Case:
    """The child, those who work with her, each at a browser, and the time."""

    ada: Person
    team: Team
    time: TheTime
    duty: Desk
    decider: Desk
    manager: Desk
    worker: Desk
    chair: Desk
    workers: Any
    directors: Any

    @property
    def record(self) -> str:
        return f"/people/{self.ada.reference}"

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

    def posted(self, path: str, **answers: Any) -> str:
        """A form sent by the worker without a browser; gives where it leads."""
        sent = dict(_boxes(answers))
        found = self.workers.post(path, sent)
        assert found.status_code == 302, found.context["form"].errors if found.context else found.status_code
        assert not found["Location"].startswith("/account/login"), "the session has ended"
        return str(found["Location"])

    def meets(self, kind: str, **answers: Any) -> None:
        """A meeting recorded by the worker without a browser, with everybody there who belongs to it."""
        page = self.workers.get(f"{self.record}/meetings/{kind}/record", follow=True)
        known = list(page.context["form"].known)
        here = page.redirect_chain[-1][0] if page.redirect_chain else page.request["PATH_INFO"]
        self.posted(here, **({"came": known} if known else {"others": "Dr Sample, GP"}), **answers)


def _boxes(answers: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Days and moments as the boxes of a form send them."""
    for name, value in answers.items():
        if not isinstance(value, date):
            yield name, value
            continue
        yield from ((f"{name}_day", value.day), (f"{name}_month", value.month), (f"{name}_year", value.year))
        if isinstance(value, datetime):
            yield f"{name}_time", f"{value:%H:%M}"


@pytest.fixture
def case(browser: Any, live_site: str, sign_in: Any, monkeypatch: pytest.MonkeyPatch, settings: Any) -> Case:
    settings.SESSION_IDLE_AGE = settings.SESSION_COOKIE_AGE = 10**9  # nobody signs in anew for months
    time = TheTime()
    monkeypatch.setattr("casework.common.clock.now", time)
    team, door = a_team("Amber assessment"), a_team("Front door", stage="front_door")
    users = {
        "duty": a_user("front_door_officer", team=door), "decider": a_user("service_manager", team=door),
        "manager": a_user("practice_manager", team=team), "worker": a_user("social_worker", team=team),
        "chair": a_user("conference_chair"),
    }  # fmt: skip
    Team.objects.filter(pk=team.pk).update(manager=users["manager"].worker)
    passed = {page.name for page in TABLE}
    desks = {part: a_desk(browser, live_site, user, passed) for part, user in users.items()}
    ada, mother = a_child("Ada", "Sample", born_on=date(2015, 3, 2)), an_adult("Mo", "Sample")
    related(ada, mother)
    return Case(ada, team, time, workers=sign_in(users["worker"]), directors=sign_in("director"), **desks)


@pytest.mark.long
def test_fourteen_months_of_a_child(case: Case) -> None:
    the_police_tell(case)
    it_is_discussed(case)
    it_is_enquired_into(case)
    it_is_assessed(case)
    a_conference_makes_a_plan(case)
    the_core_group_meets(case)
    the_plan_is_reviewed(case, date(2027, 3, 10), "plan_continued", category="EMO")
    case.stands("cp_review_first_3m", date(2027, 3, 17), Status.met)
    case.stands("cp_review_subsequent_6m", date(2027, 9, 10), Status.due)
    she_is_on_the_board(case)
    she_goes_missing(case)
    the_core_group_goes_on(case)
    the_plan_is_reviewed(case, date(2027, 9, 8), "plan_ended", child_in_need="yes")
    case.stands("cp_review_subsequent_6m", date(2027, 9, 10), Status.met)
    help_goes_on_as_a_child_in_need(case)
    it_closes(case)


def the_police_tell(case: Case) -> None:
    """On Friday 27 November at five; decided on Saturday, the next step on Monday."""
    case.time.is_now(2026, 11, 27, 17, 10)
    case.duty.go("/contacts/record")
    case.duty.sent(
        received_at=datetime(2026, 11, 27, 17, 0), out_of_hours="no", source="6", agency="Amberford Police",
        caller_name="PC Pat Sample", urgency="today", children=1, adults=0, concern="A burn that nobody explains.",
    )  # fmt: skip
    case.duty.sent(child_1_forename="Ada", child_1_surname="Sample", child_1_born_on=date(2015, 3, 2))
    contact = Contact.objects.get()
    case.duty.go(f"/contacts/{contact.reference}/match")
    case.duty.sent(**{f"named_{contact.named.get().pk}": str(case.ada.pk)})
    case.stands("contact_decision_24h_york", date(2026, 11, 28), Status.due)
    case.time.is_now(2026, 11, 28, 11)
    case.decider.go(f"/contacts/{contact.reference}/decide")
    case.decider.sent(level_of_need="4", outcome="referral", primary_need="N1", team=case.team.pk, reason="A burn.")
    case.stands("contact_decision_24h_york", date(2026, 11, 28), Status.met)
    case.stands("referral_decision_1wd", date(2026, 11, 30), Status.due)  # Monday: the next working day
    case.time.is_now(2026, 11, 30, 10)
    referral = Referral.objects.get()
    case.decider.go(f"/referrals/{referral.reference}/decide")
    case.decider.sent(outcome="strategy_discussion", reason="Likely harm.")
    case.stands("referral_decision_1wd", date(2026, 11, 30), Status.met)
    case.duty.go(f"/contacts/{contact.reference}/tell")
    case.duty.sent(kind="outcome", how="telephone", what="We meet with you this afternoon.")
    case.stands("referral_acknowledgement_1wd", date(2026, 11, 30), Status.met)
    case.manager.go(f"{case.record}/allocate")
    case.manager.sent(worker=case.worker.user.worker_id)


def it_is_discussed(case: Case) -> None:
    """On Monday 30 November at two, with police and health: an enquiry together."""
    case.time.is_now(2026, 11, 30, 15)
    desk = case.worker
    desk.go(f"{case.record}/strategy")
    desk.sent(
        held_at=datetime(2026, 11, 30, 14, 0), needed_on=date(2026, 11, 27), how="video", why="A burn.",
        took_part_police="DS Example", took_part_health="Dr Sample", took_part_social_care="Wilma Sample",
        shared="Police: two call-outs.",
    )  # fmt: skip
    part = DiscussedChild.objects.get()
    desk.go(f"/strategy/{part.pk}/decide")
    desk.sent(**{f"outcome_{part.pk}": "joint", f"reasons_{part.pk}": "Likely harm."})
    # 1 to 4, 7 to 11 and 14 to 18 December are fourteen; Monday 21 December is the fifteenth.
    case.stands("s47_to_icpc_15wd", date(2026, 12, 21), Status.due)
    case.stands("child_seen_24h_york", date(2026, 12, 1), Status.due)  # at two o'clock


def it_is_enquired_into(case: Case) -> None:
    """She is seen alone the next morning; signed off on Tuesday 8 December."""
    case.time.is_now(2026, 12, 1, 11)
    enquiry, desk = Section47Enquiry.objects.get(), case.worker
    desk.go(f"/enquiries/{enquiry.pk}/seen")
    desk.sent(seen_at=datetime(2026, 12, 1, 10, 0), alone="yes", where="School", what_was_said="He gets cross.")
    case.stands("child_seen_24h_york", date(2026, 12, 1), Status.met)
    desk.go(f"/enquiries/{enquiry.pk}/finding")
    desk.sent(agency="health", who="Dr Sample", told_on=date(2026, 12, 1), found="A burn, a day old.")
    desk.go(f"/enquiries/{enquiry.pk}/meaning")
    desk.sent(analysis="Held to a hob.", proposed_finding="likely", parents_views="An accident.")
    desk.go(f"/enquiries/{enquiry.pk}/ask")
    desk.sent(of=case.manager.user.pk)
    case.time.is_now(2026, 12, 8)
    case.manager.go(f"/enquiries/{enquiry.pk}/sign")
    case.manager.sent(answer="sign", finding="likely", direction="Conference; see weekly.")


def it_is_assessed(case: Case) -> None:
    """Begun on Tuesday 8 December, authorised on Friday 15 January, in time by both clocks."""
    referral = Referral.objects.get()
    case.posted(f"/referrals/{referral.pk}/assess", children=[referral.pk], worker=case.worker.user.worker_id)
    one = Assessment.objects.get()
    at = f"/assessments/{one.pk}"
    # From Friday 27 November, as test_journey.py counts: 3 February. From 8 December: 9 to 11, 14 to 18, 21 to 24 and
    # 29 to 31 December are fifteen; four weeks of January make thirty-five, 1 to 5 and 8 to 12 February forty-five.
    case.stands("single_assessment_45wd", date(2027, 2, 3), Status.due)
    case.stands("single_assessment_45wd_census", date(2027, 2, 12), Status.due)
    case.posted(f"{at}/seen", seen_on=date(2026, 12, 8), alone="yes", where="School", what_was_said="I hide.")
    case.posted(f"{at}/child", needs="Quiet nights.", childs_words="I hide.", how_heard="Talking.")
    case.posted(f"{at}/family", parenting="Warm.", parents_views="We want help.")
    case.posted(f"{at}/factors", factors=["3A"])
    case.posted(f"{at}/analysis", analysis="Watchful.", what_next="A conference.", proposed_outcome="conference")


def a_conference_makes_a_plan(case: Case) -> None:
    """On Thursday 17 December, four days before the last."""
    case.time.is_now(2026, 12, 9)
    hers, desk = ChildAtConference.objects.get(), case.chair
    at = f"/conferences/{hers.pk}"
    desk.go(f"{at}/arrange")
    assert "by 21 December 2026" in desk.text
    desk.sent(planned_at=datetime(2026, 12, 17, 10, 0), place="Room 1", chair=desk.user.worker_id)
    for agency, name in (("police", "DS Example"), ("health", "Dr Sample"), ("social_care", "Wilma Sample")):
        desk.go(f"{at}/invite")
        desk.sent(name=name, agency=agency)
    case.time.is_now(2026, 12, 17, 15)
    came = {f"attended_{one.pk}": "in_person" for one in Conference.objects.get().invitations.all()}
    desk.go(f"{at}/hold")
    desk.sent(held_on=date(2026, 12, 17), discussion="The burn.", parents_views="We want help.", **came)
    case.stands("s47_to_icpc_15wd", date(2026, 12, 21), Status.met)
    desk.go(f"{at}/views")
    desk.sent(participation="PN6", childs_views="I want it quiet.", how_child_was_heard="A drawing.")
    desk.go(f"{at}/decide")
    desk.sent(outcome="plan_made", category="PHY", reasons="Likely harm.")
    case.worker.go(case.record)
    assert "On a child protection plan" in case.worker.text
    # 18, 21, 22, 23, 24, 29, 30, 31 December are eight; 4 and 5 January.
    case.stands("core_group_first_10wd", date(2027, 1, 5), Status.due)
    case.stands("cp_review_first_3m", date(2027, 3, 17), Status.due)
    case.time.is_now(2027, 1, 4)
    one = Assessment.objects.get()
    case.posted(f"/assessments/{one.pk}/ask", of=case.manager.user.pk)
    case.manager.go(f"/assessments/{one.pk}/authorise")
    case.manager.sent(answer="authorise", outcome="conference", direction="As the plan says.")
    for rule, by in (
        ("single_assessment_45wd", date(2027, 2, 3)),
        ("single_assessment_45wd_census", date(2027, 2, 12)),
    ):
        case.stands(rule, by, Status.met)


def the_core_group_meets(case: Case) -> None:
    """First on its last day, in the browser; then within York's four weeks, twice before the review."""
    case.time.is_now(2027, 1, 5, 15)
    desk = case.worker
    desk.go(f"{case.record}/meetings/core_group/record")
    desk.sent(others="Dr Sample, GP", **_core_group(case, date(2027, 1, 5)))
    case.stands("core_group_first_10wd", date(2027, 1, 5), Status.met)
    case.stands("core_group_subsequent", date(2027, 2, 2), Status.due)
    the_plan_is_written(case)
    she_is_visited(case, date(2027, 1, 18), "The nights are quiet now.")
    # 18 and 21 to 24 December are five, 29 to 31 eight; 4 to 8 and 11 to 15 January eighteen; Tuesday 19 twenty.
    case.stands("cp_plan_visit", date(2027, 1, 19), Status.met)
    _core_groups(case, ((date(2027, 2, 2), date(2027, 3, 2)),))
    a_visit_is_late(case)
    _core_groups(case, ((date(2027, 3, 2), date(2027, 3, 30)),))


def the_plan_is_written(case: Case) -> None:
    """That day, a page at a time; the mother is handed what it says."""
    case.posted(f"/plans/protection/{ChildProtectionPlan.objects.get().pk}/write", like="")
    version = PlanVersion.objects.get()
    at = f"/plan-versions/{version.pk}"
    case.posted(f"{at}/needs/add", what="Ada needs quiet nights.", outcome="Ada sleeps from 8 until 7.")
    towards = f"/plan-outcomes/{version.outcomes.get().pk}/actions/add"
    case.posted(towards, what="Uncle Jo sleeps elsewhere.", owner_named="Mo Sample", by_when=date(2027, 1, 12))
    case.posted(f"{at}/contingency", contingency="We meet that week.", decide_by=date(2027, 3, 10))
    case.posted(f"{at}/child", childs_view="I want my own lamp.")
    case.posted(f"{at}/agree", in_force_from=date(2027, 1, 5), agreed_with="Mo and Ada")
    handed = case.workers.get(f"{at}/for-parents").content.decode()
    for said in ("Uncle Jo sleeps elsewhere.", "Ada sleeps from 8 until 7.", "We meet that week.", "10 March 2027"):
        assert said in handed, said


def the_plan_is_written_anew(case: Case, on: date) -> None:
    """A version like the last one, in force from the day of the core group."""
    before = PlanVersion.objects.get(replaced_on=None)
    case.posted(f"/plans/protection/{before.protection_plan_id}/write", like=before.pk)
    draft = PlanVersion.objects.get(in_force_from=None)
    case.posted(f"/plan-versions/{draft.pk}/agree", in_force_from=on, what_changed="She sleeps.")
    before.refresh_from_db()
    assert before.replaced_on == on


def she_is_visited(case: Case, on: date, words: str) -> None:
    """At home at half past three, seen alone; what she says is among her words and in her story."""
    own = f"_{case.ada.pk}"
    case.time.is_now(on.year, on.month, on.day, 17)
    visited_at = datetime(on.year, on.month, on.day, 15, 30)
    answers = {f"seen{own}": "yes", f"seen_alone{own}": "yes", f"words{own}": words}
    case.posted(f"{case.record}/visits/add", visited_at=visited_at, **answers)
    for page in ("words", "story"):
        assert words in case.workers.get(f"{case.record}/{page}").content.decode(), page


def a_visit_is_late(case: Case) -> None:
    """Due on Monday 15 February, made on Wednesday: on Tuesday My work and the daily report say so."""
    # 19 to 22 January are four, 25 to 29 nine; 1 to 5 February fourteen, 8 to 12 nineteen; Monday 15 twenty.
    case.stands("cp_plan_visit", date(2027, 2, 15), Status.due)
    case.time.is_now(2027, 2, 16, 8)
    (late,) = (one.row for one in case.clocks("cp_plan_visit") if one.status == Status.overdue)
    assert "Ada Sample" in case.directors.get(f"/timeliness?clock={late.clock}").content.decode()
    work = case.workers.get("/").content.decode()
    assert "Visit to a child on a protection plan" in work and "15 February 2027" in work
    she_is_visited(case, date(2027, 2, 17), "I sleep in my own bed.")
    case.stands("cp_plan_visit", date(2027, 2, 15), Status.late)
    # 18 and 19 February are two, 22 to 26 seven; 1 to 5 March twelve, 8 to 12 seventeen; Wednesday 17 twenty.
    case.stands("cp_plan_visit", date(2027, 3, 17), Status.due)


def _core_group(case: Case, held_on: date) -> dict[str, Any]:
    own = f"_{case.ada.pk}"
    return {
        "held_on": held_on, "decisions": "Mo rings the school.",
        f"what_changed{own}": "She sleeps.", f"childs_words{own}": "It is quieter.", f"safety{own}": "enough",
    }  # fmt: skip


def _core_groups(case: Case, days: tuple[tuple[date, date], ...], late: frozenset[date] = frozenset()) -> None:
    """Held on each of these days; beside it, the last day for the one after."""
    due = case.clocks("core_group_subsequent")[-1].row.due_on
    for held_on, after in days:
        case.time.is_now(held_on.year, held_on.month, held_on.day, 16)
        case.meets("core_group", **_core_group(case, held_on))
        the_plan_is_written_anew(case, held_on)
        assert due is not None
        case.stands("core_group_subsequent", due, Status.late if held_on in late else Status.met)
        case.stands("core_group_subsequent", after, Status.due)
        due = after


def the_plan_is_reviewed(case: Case, held_on: date, outcome: str, **more: str) -> None:
    case.time.is_now(held_on.year, held_on.month, held_on.day, 17)
    hers = ChildAtConference.objects.get(person=case.ada, kind="review", outcome="")
    came = {f"attended_{one.pk}": "remote" for one in hers.conference.invitations.all()}
    case.chair.go(f"/conferences/{hers.pk}/hold")
    case.chair.sent(held_on=held_on, discussion="How the plan goes.", **came)
    case.chair.go(f"/conferences/{hers.pk}/decide")
    case.chair.sent(outcome=outcome, reasons="As the reports say.", **more)


def she_goes_missing(case: Case) -> None:
    """From Friday 14 May to the Saturday morning; the talk has to be had by Tuesday at half past nine."""
    _core_groups(case, ((date(2027, 3, 30), date(2027, 4, 27)), (date(2027, 4, 27), date(2027, 5, 25))))
    case.time.is_now(2027, 5, 14, 22)
    desk = case.worker
    desk.go(f"{case.record}/missing/new")
    desk.sent(
        kind="M", started_at=datetime(2027, 5, 14, 19, 0), reported_at=datetime(2027, 5, 14, 21, 0),
        reported_by="Mo Sample, mother", risk="high",
    )  # fmt: skip
    episode = MissingEpisode.objects.get()
    desk.go(case.record)
    assert "for 3 hours, since 14 May 2027" in desk.page.inner_text("body")
    case.time.is_now(2027, 5, 15, 11)
    desk.go(f"/missing/{episode.pk}/back")
    desk.sent(ended_at=datetime(2027, 5, 15, 9, 30), how_back="police", found_where="Sample Station")
    assert "18 May 2027 at 9:30am" in desk.text
    case.stands("return_interview_72h", date(2027, 5, 18), Status.due)
    case.time.is_now(2027, 5, 17, 17)
    desk.go(f"/missing/{episode.pk}/talk")
    desk.sent(
        held_at=datetime(2027, 5, 17, 16, 0), interviewer="Tess Talker, Example Voices", independent="yes",
        words="I wanted to see Nan.", how="talk", draw=["family"],
    )  # fmt: skip
    case.stands("return_interview_72h", date(2027, 5, 18), Status.met)
    desk.go(f"{case.record}/words")
    assert "I wanted to see Nan." in desk.text


def the_core_group_goes_on(case: Case) -> None:
    """Once two days late, which is said; the last one is still running when the plan ends."""
    the_report_says_so(case)
    late = frozenset({date(2027, 5, 27)})
    days = ((date(2027, 5, 27), date(2027, 6, 24)), (date(2027, 6, 24), date(2027, 7, 22)),
            (date(2027, 7, 22), date(2027, 8, 19)), (date(2027, 8, 19), date(2027, 9, 16)))  # fmt: skip
    _core_groups(case, days, late)


def help_goes_on_as_a_child_in_need(case: Case) -> None:
    """From the day the plan ended, reviewed within six weeks each time."""
    protection = ChildProtectionPlan.objects.get()
    assert (protection.started_on, protection.ended_on) == (date(2026, 12, 17), date(2027, 9, 8))
    assert not {"core_group_subsequent", "cp_plan_visit"} & case.over()
    need = ChildInNeedPlan.objects.get()  # the review said so
    assert (need.started_on, need.protection_id, need.ended_on) == (date(2027, 9, 8), protection.pk, None)
    assert list(protection.plan_versions.values_list("number", flat=True).order_by("number")) == list(range(1, 10))
    due = None
    for held_on, after in (
        (date(2027, 9, 29), date(2027, 11, 10)), (date(2027, 11, 10), date(2027, 12, 22)),
        (date(2027, 12, 20), date(2028, 1, 31)),
    ):  # fmt: skip
        case.time.is_now(held_on.year, held_on.month, held_on.day, 16)
        case.meets("cin_review", **_review(case, held_on, "continue"))
        case.stands("cin_plan_review_local", after, Status.due)
        if due:
            case.stands("cin_plan_review_local", due, Status.met)
        due = after


def she_is_on_the_board(case: Case) -> None:
    """On 10 March 2027: one contact that became a referral, an assessment in time, a first plan."""
    for figure, part, there in (
        ("csc02", "counted", True), ("efl3", "counted", True), ("65", "counted", False), ("65", "not_counted", True),
    ):  # fmt: skip
        page = case.directors.get(f"/board/{figure}?part={part}").content.decode()
        assert ("Ada Sample" in page) is there, (figure, part)
    for figure in ("EFL2", "ICPC_15", "SEEN_24H", "CORE_GROUP_4W"):
        found = behind(figure, as_at=date(2027, 3, 10), part="counted", page=1, user=case.directors.user, names=True)
        assert {line.person for line in found.lines} == {case.ada}, figure
    in_annex_a(case, date(2027, 3, 10), ("List 1", "List 3", "List 4", "List 5", "List 6", "List 7"))


def the_report_says_so(case: Case) -> None:
    """On 26 May 2027, a day after the last day of the core group: in the daily report, with why."""
    case.time.is_now(2027, 5, 26, 8)
    (late,) = (one.row for one in case.clocks("core_group_subsequent") if one.status == Status.overdue)
    reviewed = behind(
        "CPP_REVIEW", as_at=case.time().date(), part="counted", page=1, user=case.directors.user, names=True
    )
    assert {line.person for line in reviewed.lines} == {case.ada}  # not before three months of the plan had gone
    page = case.directors.get(f"/timeliness?clock={late.clock}").content.decode()
    assert "Ada Sample" in page
    page = case.directors.get(f"/deadlines/{late.pk}").content.decode()
    assert "4 weeks from 27 April 2027" in page
    assert "25 May 2027" in page


def in_annex_a(case: Case, on: date, lists: tuple[str, ...]) -> None:
    """She has one row in each of these lists of Annex A at the end of that day, made from the live record."""
    built = annex_a.build(dataset(on), on)
    found = {name: (frame["child_id"] == case.ada.reference).sum() for name, frame in built.origins.items()}
    assert {name: rows for name, rows in found.items() if rows} == dict.fromkeys(lists, 1)


def _review(case: Case, held_on: date, recommendation: str) -> dict[str, Any]:
    own = f"_{case.ada.pk}"
    return {
        "held_on": held_on, f"what_changed{own}": "She laughs.",
        f"recommendation{own}": recommendation, f"recommendation_because{own}": "She is safe.",
    }  # fmt: skip


def it_closes(case: Case) -> None:
    """On Thursday 27 January 2028, fourteen months after the police rang: the manager agrees, the referral closes."""
    case.time.is_now(2028, 1, 27, 11)
    case.worker.go(f"{case.record}/meetings/cin_review/record")
    case.worker.page.locator("[name=came]").first.check()
    case.worker.sent(**_review(case, date(2028, 1, 27), "close"), manager=case.manager.user.pk)
    case.stands("cin_plan_review_local", date(2028, 1, 31), Status.met)
    hers = ChildAtMeeting.objects.filter(meeting__kind="cin_review", written=True).latest("pk")
    case.manager.go(f"/meetings/{hers.pk}/answer")
    case.manager.sent(answer="agree")
    referral = Referral.objects.get()
    case.manager.go(f"/referrals/{referral.reference}/close")
    case.manager.sent(closed_on=date(2028, 1, 27), closure_reason="RC8")
    in_annex_a(case, date(2028, 1, 27), ("List 6", "List 7"))  # need and a plan in the last six months
    assert ChildInNeedPlan.objects.get().ended_on == date(2028, 1, 27)
    assert not [one for one in clocks_of(case.ada, at=case.time()) if one.status in {Status.due, Status.overdue}]
