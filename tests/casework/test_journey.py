"""A police notification at 17:00 on a Friday for three siblings, one unborn, to its end, through the pages alone.

Every last day below was counted by hand. Working days leave out weekends and England's bank holidays: Friday 25 and
Monday 28 December 2026 (26 December is a Saturday) and Friday 1 January 2027. The day of what happened is day 0.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pytest
from django.utils import timezone

from casework.accounts.models import Team
from casework.allocation.queries import open_allocation
from casework.assessment.models import Assessment
from casework.deadlines.queries import RunningClock, clocks_of
from casework.deadlines.recompute import recompute
from casework.early_help.models import AssessedChild
from casework.front_door.models import Contact, Referral
from casework.history.verify import faults
from casework.people.models import Address, Person
from casework.people.reading import readable
from goldenthread.timeliness.status import Status
from tests.casework.desk import Desk, a_desk
from tests.casework.making import FRIDAY_TEATIME, a_child, a_team, a_user, a_worker, an_adult, related
from tests.pages import IN_A_BROWSER, browser

__all__ = ["browser"]
pytestmark = [*IN_A_BROWSER, pytest.mark.django_db(transaction=True)]

CONTACT_24H = "contact_decision_24h_york"
DECISION, ACKNOWLEDGED = "referral_decision_1wd", "referral_acknowledgement_1wd"
SEEN, FROM_REFERRAL, FROM_START = "child_seen_5wd_york", "single_assessment_45wd", "single_assessment_45wd_census"
FIRST, SECOND = (f"assessment_review_points:City of York:{point}" for point in ("first", "second"))
DUE = {
    CONTACT_24H: date(2026, 11, 28),  # Saturday, at 17:00: hours run through the weekend
    DECISION: date(2026, 11, 30),  # Monday: the next working day
    ACKNOWLEDGED: date(2026, 11, 30),
    SEEN: date(2026, 12, 4),  # from the referral on Friday 27 November: 30 November, 1, 2, 3, 4 December
    # From the start on Tuesday 1 December: 2, 3, 4, 7, 8, 9, 10, 11, 14, 15 December are ten.
    FIRST: date(2026, 12, 15),
    # 16, 17, 18, 21, 22, 23, 24, 29, 30, 31 December are twenty; 4 to 8 and 11 to 15 January are thirty.
    SECOND: date(2027, 1, 15),
    # 18 to 22 and 25 to 29 January are forty; 1 to 5 February are forty-five.
    FROM_START: date(2027, 2, 5),
    # From Friday 27 November, Tuesday 1 December is the second: two working days sooner than from the start.
    FROM_REFERRAL: date(2027, 2, 3),
}  # fmt: skip
IN_24_HOURS, IN_A_WORKING_DAY = "Decision on a contact within 24 hours", "Decision on a referral within one working day"
TOLD_IN_A_DAY, SEEN_IN_5 = "Referral acknowledged within one working day", "Child seen within five working days"
LOOKED_AT = "Manager's look at an assessment's progress"
IN_45, IN_45_OF_START = "Assessment within 45 working days of referral", "within 45 working days of its start"


class TheTime:
    """The clock of the whole journey, moved by hand."""

    def __init__(self) -> None:
        self.moment = FRIDAY_TEATIME

    def __call__(self) -> datetime:
        return self.moment

    def is_now(self, year: int, month: int, day: int, hour: int = 10, minute: int = 0) -> None:
        moment = timezone.make_aware(datetime(year, month, day, hour, minute))
        assert moment > self.moment
        self.moment = moment


@dataclass
class Staff:
    """Each at their own browser."""

    officer: Desk
    partner: Desk
    decider: Desk
    manager: Desk
    worker: Desk


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> TheTime:
    moved = TheTime()
    monkeypatch.setattr("casework.common.clock.now", moved)
    return moved


def clocks(person: Person, time: TheTime) -> Mapping[str, RunningClock]:
    """The person's clocks by rule, each beside the last day counted by hand."""
    found = {one.row.clock: one for one in clocks_of(person, at=time())}
    for name, one in found.items():
        assert one.row.due_on == DUE[name], name
    return found


def how(person: Person, time: TheTime) -> dict[str, Status]:
    """How each of the person's clocks stands."""
    return {name: one.status for name, one in clocks(person, time).items()}


@pytest.mark.long
def test_from_a_friday_notification_to_the_end(browser: Any, live_site: str, time: TheTime) -> None:
    ada, team = on_record(), a_team("Amber assessment")
    passed: set[str] = set()
    users = {
        "officer": a_user("front_door_officer", team=a_team("Front door", stage="front_door")),
        "partner": a_user("partner", agency="Amberford Health"),
        "decider": a_user("service_manager", team=a_team("Front door", stage="front_door")),
        "manager": a_user("practice_manager", team=team), "worker": a_user("social_worker", team=team),
    }  # fmt: skip
    Team.objects.filter(pk=team.pk).update(manager=users["manager"].worker)
    staff = Staff(**{part: a_desk(browser, live_site, user, passed) for part, user in users.items()})
    contact = it_is_recorded(staff, time)
    both_clocks_run(staff, contact)
    ben, baby = they_are_matched(staff, contact, ada, time)
    a_partner_answers(staff, contact, time)
    it_is_decided(staff, contact, (ada, ben, baby), team, time)
    the_next_step_is_decided(staff, (ada, ben, baby), time)
    it_is_allocated(staff, (ada, ben, baby), team, time)
    assessments = they_are_assessed(staff, (ada, ben, baby), time)
    two_are_seen(staff, assessments, time)
    reviews_are_held(staff, assessments, time)
    two_are_written(staff, assessments, users["manager"].pk, time)
    two_are_authorised(staff, assessments, time)
    the_third_is_late_by_one_clock(staff, assessments, users["manager"].pk, time)
    nothing_is_wrong(time)


def on_record() -> Person:
    """The eldest, who is known, with their mother and home."""
    ada, mother = a_child("Ada", "Sample", born_on=date(2015, 3, 2)), an_adult("Mo", "Sample")
    related(ada, mother)
    Address.objects.create(person=ada, kind="home", lines="3 Example Street", postcode="AM1 1AA")
    return ada


def it_is_recorded(staff: Staff, time: TheTime) -> Contact:
    time.is_now(2026, 11, 27, 17, 10)
    desk = staff.officer
    desk.go("/contacts/record")
    desk.sent(
        received_at=datetime(2026, 11, 27, 17, 0), out_of_hours="no", source="6", agency="Amberford Police",
        caller_name="PC Pat Sample", caller_telephone="01632 960123", urgency="today", children=3, adults=0,
        concern="Called to shouting at home. Mother is expecting.",
    )  # fmt: skip
    desk.sent(
        child_1_forename="Ada", child_1_surname="Sample", child_1_born_on=date(2015, 3, 2),
        child_2_forename="Ben", child_2_surname="Sample", child_2_born_on=date(2020, 6, 12),
        child_3_surname="Sample", child_3_expected_on=date(2027, 3, 1),
        address="3 Example Street", postcode="AM1 1AA",
    )  # fmt: skip
    return Contact.objects.get()


def both_clocks_run(staff: Staff, contact: Contact) -> None:
    for path in ("/contacts", f"/contacts/{contact.reference}"):
        staff.officer.go(path)
        faces = staff.officer.page.locator(".gt-clocks").first.locator("li").all_inner_texts()
        assert len(faces) == 2, faces
        for face, name, left, due in (
            (faces[0], "The authority’s hours", "23 hours 50 minutes left", "due tomorrow at 5:00pm"),
            (faces[1], "Guidance’s working day", "3 days 6 hours left", "due by the end of Monday 30 November"),
        ):
            assert all(words in " ".join(face.split()) for words in (name, left, due)), face


def they_are_matched(staff: Staff, contact: Contact, ada: Person, time: TheTime) -> tuple[Person, Person]:
    """One is on record; two are not."""
    time.is_now(2026, 11, 27, 17, 30)
    desk = staff.officer
    desk.go(f"/contacts/{contact.reference}/match")
    said = {one.said_name: f"named_{one.pk}" for one in contact.named.all()}
    assert "same birth date" in desk.page.locator(f"label[for=id_{said['Ada Sample']}_0]").inner_text()
    desk.sent(
        **{
            said["Ada Sample"]: str(ada.pk),
            said["Ben Sample"]: "new",
            said["Unborn Sample (expected 1 Mar 2027)"]: "new",
        }
    )
    children = [child.person for child in contact.children.order_by("pk").select_related("person")]
    assert children[0] == ada
    ben, baby = children[1:]
    assert (ben.full_name, ben.born_on, ben.unborn) == ("Ben Sample", date(2020, 6, 12), False)
    assert (baby.unborn, baby.expected_on) == (True, date(2027, 3, 1))
    for child in children:
        assert clocks(child, time)[CONTACT_24H].row.due_at == timezone.make_aware(datetime(2026, 11, 28, 17, 0))
        assert how(child, time) == {CONTACT_24H: Status.due}
        desk.go(f"/people/{child.reference}")
        assert desk.due(IN_24_HOURS, "28 November 2026 at 5:00pm") == "23 hours left"
    return ben, baby


def a_partner_answers(staff: Staff, contact: Contact, time: TheTime) -> None:
    """Nobody is asked before there is a ground for sharing; then health is, and answers at a browser of its own."""
    desk, at = staff.officer, f"/contacts/{contact.reference}"
    question = {
        "agency": "Amberford Health",
        "kind": "health",
        "question": "Is mother seen by a midwife? Bruises on the children?",
    }
    desk.go(f"{at}/ask")
    assert desk.send(**question) == f"{at}/ask"
    assert "First record consent, or the ground for sharing without it." in desk.text
    desk.go(f"{at}/sharing")
    desk.sent(basis="risk", reason="Asking would warn him.")
    desk.go(f"{at}/ask")
    desk.sent(**question)
    time.is_now(2026, 11, 27, 18, 30)
    staff.partner.go("/questions")
    staff.partner.follow("Asked 27 November 2026 at 5:30pm")
    assert "Is mother seen by a midwife?" in staff.partner.text
    staff.partner.sent(answer="known", said="Booked with the midwife. Missed two appointments.")
    desk.go(at)
    assert "Missed two appointments." in desk.text


def it_is_decided(
    staff: Staff, contact: Contact, children: tuple[Person, ...], team: Team, time: TheTime
) -> None:  # fmt: skip
    """By a manager, at eleven on Saturday, for the three together."""
    time.is_now(2026, 11, 28, 11)
    desk, at = staff.decider, f"/contacts/{contact.reference}"
    desk.go(f"{at}/decide")
    assert desk.sent(level_of_need="4", outcome="referral", primary_need="N1", team=team.pk,
                     reason="Violence at home with two children there.") == at  # fmt: skip
    assert desk.text.count("Became a referral. Level 4, acute need.") == 3
    desk.go("/contacts")
    assert "No contact is waiting." in desk.text
    for child in children:
        assert how(child, time) == {
            CONTACT_24H: Status.met, DECISION: Status.due, ACKNOWLEDGED: Status.due, FROM_REFERRAL: Status.due
        }  # fmt: skip
        desk.go(f"/people/{child.reference}")
        assert desk.due(IN_A_WORKING_DAY, "30 November 2026") == "1 working day left"
        assert desk.due(TOLD_IN_A_DAY, "30 November 2026") == "1 working day left"
        desk.due(IN_45, "3 February 2027")
        assert Referral.objects.get(person=child).received_at == FRIDAY_TEATIME  # the clock runs from the contact


def the_next_step_is_decided(staff: Staff, children: tuple[Person, ...], time: TheTime) -> None:
    """An assessment of all three, on Monday; and the police are told."""
    time.is_now(2026, 11, 30, 10)
    desk, first = staff.decider, Referral.objects.get(person=children[0])
    desk.go("/referrals")
    desk.go(f"/referrals/{first.reference}")
    desk.follow("Decide the next step")
    desk.sent(outcome="assessment", reason="The children’s needs are not known.")
    assert first.contact is not None
    staff.officer.go(f"/contacts/{first.contact.contact.reference}/tell")
    staff.officer.sent(kind="outcome", how="telephone", what="All three are assessed from tomorrow.")
    desk.go(f"/referrals/{first.reference}")
    assert desk.text.count("in time") == 2
    for child in children:
        to_be_seen = {} if child.unborn else {SEEN: Status.due}
        assert how(child, time) == {
            CONTACT_24H: Status.met, DECISION: Status.met, ACKNOWLEDGED: Status.met, FROM_REFERRAL: Status.due,
            **to_be_seen,
        }  # fmt: skip


def it_is_allocated(staff: Staff, children: tuple[Person, ...], team: Team, time: TheTime) -> None:
    """Refused for somebody who is no registered social worker; then to one who is, who is told."""
    time.is_now(2026, 11, 30, 12)
    desk = staff.manager
    assistant = a_worker("Una Unregistered", role="social_care_assistant", team=team)
    worker = team.workers.get(role="social_worker")
    desk.go(f"/teams/{team.pk}")
    assert "Waiting for a worker (3)" in desk.text
    for child in children:
        desk.go(f"/people/{child.reference}/allocate")
        if child == children[0]:
            desk.send(worker=assistant.pk)
            assert (
                "A child in need, or on a child protection plan, is held by a registered social worker. "
                "Una Unregistered is not one. A service manager or above can decide otherwise."
            ) in desk.text
        desk.sent(worker=worker.pk)
    staff.worker.go("/notices")
    for child in children:
        assert f"has allocated {child.full_name} to you." in staff.worker.text
    desk.go(f"/teams/{team.pk}")
    assert "Waiting for a worker (0)" in desk.text


def they_are_assessed(staff: Staff, children: tuple[Person, ...], time: TheTime) -> tuple[Assessment, ...]:
    """Together, from Tuesday, begun from the eldest's record."""
    time.is_now(2026, 12, 1, 9, 30)
    desk = staff.worker
    desk.go(f"/people/{children[0].reference}")
    assert desk.due(SEEN_IN_5, "4 December 2026") == "3 working days left"
    desk.follow("Start the assessment")
    assert desk.page.locator("[name=children]:checked").count() == 3
    desk.sent()
    made = tuple(Assessment.objects.get(person=child) for child in children)
    assert len({one.family_id for one in made}) == 1
    for child, one in zip(children, made, strict=True):
        desk.go(f"/assessments/{one.pk}")
        assert desk.due(LOOKED_AT, "15 December 2026") == "10 working days left"
        assert desk.due(LOOKED_AT, "15 January 2027") == "30 working days left"
        assert desk.due(IN_45, "3 February 2027") == "43 working days left"
        assert desk.due(IN_45_OF_START, "5 February 2027") == "45 working days left"
        now = how(child, time)
        assert [now[name] for name in (FIRST, SECOND, FROM_REFERRAL, FROM_START)] == [Status.due] * 4
        assert (now.get(SEEN), len(now)) == ((None, 7) if child.unborn else (Status.due, 8))
    desk.page.locator(".gt-due", has_text=IN_45_OF_START).locator("a").click()
    desk.page.wait_for_url("**/deadlines/*")
    desk.look()
    assert "45 working days from 1 December 2026" in desk.text
    return made


def two_are_seen(staff: Staff, assessments: tuple[Assessment, ...], time: TheTime) -> None:
    """The eldest in time and alone, written by keyboard; the second late; nobody is asked to see the unborn."""
    time.is_now(2026, 12, 3, 16)
    ada, ben, baby = assessments
    desk = staff.worker
    desk.go(f"/assessments/{ada.pk}/seen")
    desk.type_at("[name=seen_on_day]", "3")
    desk.type_at("[name=seen_on_month]", "12")
    desk.type_at("[name=seen_on_year]", "2026")
    desk.tab_to("[name=alone]")
    desk.page.keyboard.press("Space")
    desk.type_at("[name=where]", "School")
    desk.type_at("[name=what_was_said]", "I hide with Ben when they shout.")
    desk.tab_to(".govuk-button[type=submit]")
    with desk.page.expect_navigation():
        desk.page.keyboard.press("Enter")
    assert "Seen alone." in desk.text
    assert "I hide with Ben when they shout." in desk.text
    assert desk.due(SEEN_IN_5, "4 December 2026") == "Done in time on 3 December 2026"
    time.is_now(2026, 12, 7, 9)
    assert [how(one.person, time).get(SEEN) for one in assessments] == [Status.met, Status.overdue, None]
    desk.go("/")
    assert "1 working day over" in desk.text
    desk.go(f"/assessments/{ben.pk}/seen")
    desk.send(seen_on=date(2026, 12, 7), alone="no", where="Home")
    assert "Say why the child was not seen alone." in desk.text
    desk.sent(why_not_alone="He would not leave his sister.", what_was_said="Drew a house with no door.")
    assert desk.due(SEEN_IN_5, "4 December 2026") == "Done late on 7 December 2026"
    desk.go(f"/assessments/{baby.pk}/not-seen")
    desk.sent(why_not_seen="Not born yet.")


def reviews_are_held(staff: Staff, assessments: tuple[Assessment, ...], time: TheTime) -> None:
    """The first look does not answer for the second. Of the unborn the second is not held, and says so."""
    time.is_now(2026, 12, 15)
    desk = staff.manager
    for one in assessments:
        desk.go(f"/assessments/{one.pk}/review")
        desk.sent(on_course="yes", direction="See the father before Christmas.")
        assert desk.due(LOOKED_AT, "15 December 2026") == "Done in time on 15 December 2026"
        assert desk.due(LOOKED_AT, "15 January 2027") == "20 working days left"
        now = how(one.person, time)
        assert (now[FIRST], now[SECOND]) == (Status.met, Status.due)
    staff.worker.go("/notices")
    assert staff.worker.text.count("has reviewed an assessment of yours and given direction.") == 3
    time.is_now(2027, 1, 14)
    for one in assessments[:2]:
        desk.go(f"/assessments/{one.pk}/review")
        desk.sent(on_course="yes", direction="Finish by the end of January.")
        assert desk.due(LOOKED_AT, "15 January 2027") == "Done in time on 14 January 2027"
    time.is_now(2027, 1, 18)
    assert [how(one.person, time)[SECOND] for one in assessments] == [Status.met, Status.met, Status.overdue]
    desk.go(f"/assessments/{assessments[2].pk}")
    assert desk.due(LOOKED_AT, "15 January 2027") == "1 working day over"


def two_are_written(staff: Staff, assessments: tuple[Assessment, ...], manager: int, time: TheTime) -> None:
    """Parts, factors, analysis; sent; the eldest's comes back once and is sent again."""
    time.is_now(2027, 1, 29)
    ada, ben, _ = assessments
    desk = staff.worker
    desk.go(f"/assessments/{ada.pk}/family")
    desk.sent(parenting="Warm with the children. Frightened at night.", parents_views="We want the shouting to stop.")
    for one, proposed in ((ada, "early_help"), (ben, "closed")):
        written(desk, one, proposed, manager)
    staff.manager.go("/")
    assert staff.manager.text.count("Single assessment: ") == 2
    staff.manager.go(f"/assessments/{ada.pk}")
    staff.manager.follow("Authorise or return")
    staff.manager.sent(answer="return", direction="Say what her school sees.")
    time.is_now(2027, 1, 29, 15)
    desk.go("/")
    assert "Say what her school sees." in desk.text
    desk.go(f"/assessments/{ada.pk}/analysis")
    desk.sent(analysis="She is watchful at home. School sees her tired on Mondays.")
    assert "returned it" in desk.text
    desk.go(f"/assessments/{ada.pk}/ask")
    desk.sent(of=manager)


def written(desk: Desk, one: Assessment, proposed: str, manager: int) -> None:
    """One child's own parts, and the asking."""
    at = f"/assessments/{one.pk}"
    desk.go(f"{at}/child")
    desk.sent(needs="Quiet nights.", childs_words="I hide with Ben.", how_heard="Talking.")
    desk.go(f"{at}/factors")
    desk.sent(factors=["3A", "3B"])
    desk.go(f"{at}/analysis")
    desk.sent(analysis="Watchful at home.", what_next="A safety plan.", proposed_outcome=proposed)
    desk.follow("Send it to be authorised")
    desk.sent(of=manager)


def two_are_authorised(staff: Staff, assessments: tuple[Assessment, ...], time: TheTime) -> None:
    """The eldest steps down to early help, whose team has the child from then on; the second's case closes; each
    referral with its own reason."""
    time.is_now(2027, 2, 1)
    ada, ben, _ = assessments
    desk = staff.manager
    early_help = a_team("Amber early help", service="Early help", stage="early_help")
    helper = a_user("early_help_worker", team=early_help)
    assert ada.person not in readable(helper)
    for one, outcome, reason, said in (
        (ada, "early_help", "RC9", "1 February 2027. Case closed after assessment, referred to early help"),
        (ben, "closed", "RC8", "1 February 2027. Case closed after assessment, no further action"),
    ):
        desk.go(f"/assessments/{one.pk}/authorise")
        desk.sent(answer="authorise", outcome=outcome, direction="Help with the safety plan.")
        assert desk.due(IN_45, "3 February 2027") == "Done in time on 1 February 2027"
        assert desk.due(IN_45_OF_START, "5 February 2027") == "Done in time on 1 February 2027"
        referral = Referral.objects.get(person=one.person)
        assert (referral.closed_on, referral.closure_reason) == (date(2027, 2, 1), reason)
        staff.decider.go(f"/referrals/{referral.reference}")
        assert said in staff.decider.text
        assert not [name for name, status in how(one.person, time).items() if status in {Status.due, Status.overdue}]
    helped = AssessedChild.objects.get()
    assert helped.person == ada.person
    staff.worker.go(f"/early-help/{helped.assessment_id}")
    assert "What early help was asked to do: Help with the safety plan." in staff.worker.text
    held = open_allocation(ada.person)
    assert held is not None
    assert (held.team, ada.person in readable(helper)) == (early_help, True)
    staff.worker.go("/notices")
    assert staff.worker.text.count("has signed off: Single assessment") == 2
    assert staff.worker.text.count("has returned: Single assessment") == 1


def the_third_is_late_by_one_clock(
    staff: Staff, assessments: tuple[Assessment, ...], manager: int, time: TheTime
) -> None:
    """On Thursday 4 February: late from the referral, in time from the start, as the census counts."""
    time.is_now(2027, 2, 4)
    baby = assessments[2]
    desk = staff.worker
    desk.go("/")
    assert "1 working day over" in desk.text
    written(desk, baby, "child_in_need", manager)
    staff.manager.go(f"/assessments/{baby.pk}/authorise")
    staff.manager.sent(answer="authorise", outcome="child_in_need", direction="A plan before the birth.")
    assert staff.manager.due(IN_45, "3 February 2027") == "Done late on 4 February 2027"
    assert staff.manager.due(IN_45_OF_START, "5 February 2027") == "Done in time on 4 February 2027"
    assert staff.manager.due(LOOKED_AT, "15 January 2027") == "Done late on 4 February 2027"
    now = how(baby.person, time)
    assert (now[FROM_REFERRAL], now[FROM_START], now[SECOND]) == (Status.late, Status.met, Status.late)
    assert SEEN not in now
    assert Referral.objects.get(person=baby.person).closed_on is None
    desk.go("/")
    assert "Agree the child in need plan with the family" in desk.text


def nothing_is_wrong(time: TheTime) -> None:
    """The night's full run finds every clock as each save left it, and the history holds."""
    time.is_now(2027, 2, 5, 2)
    found = recompute(at=time())
    assert not found.first
    assert found.clocks >= 23
    assert [str(one) for one in found.wrong] == []
    assert found.of_themselves == 0
    assert faults() == []
