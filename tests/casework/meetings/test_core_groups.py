"""Core groups of two sisters on plans: arranged, put off, held on one page, and the clock that runs beside them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.access.models import Restriction
from casework.canonical import dataset_of
from casework.common.refused import Refused
from casework.meetings import law
from casework.meetings.actions import arranging, holding
from casework.meetings.models import ChildAtMeeting, Meeting
from casework.notices.models import Notice
from casework.people.models import Person, Professional
from goldenthread.dates import is_working_day
from tests.casework.making import a_child, a_user, allocated, an_adult, related
from tests.casework.meetings.making import GROUP, at, clock, day, on_a_plan

MEETING = "core_group"


class Clock:
    """England's time, moved on by the test."""

    def __init__(self, moment: datetime) -> None:
        self.at = moment

    def now(self) -> datetime:
        return self.at


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch, settings: Any) -> Clock:
    settings.SESSION_IDLE_AGE = settings.SESSION_COOKIE_AGE = 10**8
    found = Clock(at(2026, 12, 17, 16, 0))
    monkeypatch.setattr("casework.common.clock.now", found.now)
    return found


def sisters(worker: Any, now: datetime) -> tuple[Person, Person]:
    mother, ada, bea = an_adult("Mo"), a_child("Ada"), a_child("Bea", born_on=date(2018, 2, 3))
    for child in (ada, bea):
        related(child, mother)
        allocated(child, worker.worker)
        on_a_plan(child, date(2026, 12, 17), now)
    related(bea, ada, "sibling")
    Professional.objects.create(person=ada, name="Ms Head", role="Teacher", agency="Example School")
    return ada, bea


@pytest.mark.django_db
def test_two_sisters_from_the_first_core_group_to_the_next(sign_in: Any, time: Clock) -> None:
    worker = a_user("social_worker")
    ada, bea = sisters(worker, time.at)
    client = sign_in(worker)
    # Ten working days from Thursday 17 December, past three bank holidays.
    assert clock(ada, "core_group_first_10wd", time.at).row.due_on == date(2027, 1, 5)
    here = f"/people/{ada.reference}/meetings"
    shown = client.get(f"{here}/core_group/arrange").content.decode()
    assert "It has to be held by 5 January 2027." in shown and "Ms Head" in shown and "Bea" in shown
    planned = {**day("planned_at", date(2027, 1, 4)), "planned_at_time": "10:00"}
    asked = {"children": [ada.pk, bea.pk], "members": ["education:Ms Head", "family:Mo Example"], "place": "Room 1"}
    page = client.post(f"{here}/core_group/arrange", {**planned, **asked, "others": "Dr Sample, GP"})["Location"]
    meeting = Meeting.objects.get()
    assert [one.agency for one in meeting.members.all()] == ["education", "family", "health"]

    # Put off, with a reason; the clock goes on and says so, and not even a later day moves it.
    assert "it still has to be held by 5 January 2027" in client.get(f"{page}/call-off").content.decode()
    assert client.post(f"{page}/call-off", {"answer": "put_off"}).status_code == 422
    later = {**day("planned_at", date(2027, 1, 6)), "planned_at_time": "09:30"}
    assert client.post(f"{page}/call-off", {"answer": "put_off", "because": "Snow", **later}).status_code == 302
    shown = client.get(page).content.decode()
    assert "Snow The clock goes on." in shown and "arranged for after the last day" in shown

    # Held in time after all, on one page that starts from who belongs to the group.
    time.at = at(2027, 1, 5, 15, 0)
    for where in ("/", f"/people/{ada.reference}"):
        assert "First core group within ten working days" in client.get(where).content.decode(), where
    form = client.get(f"{page}/hold").context["form"]
    assert list(form.known) == ["education:Ms Head", "family:Mo Example", "health:Dr Sample"]
    assert "the next has to be held by 2 February 2027" in client.get(f"{page}/hold").content.decode()
    answers: dict[str, Any] = {
        **day("held_on", date(2027, 1, 5)), "came": ["education:Ms Head", "family:Mo Example"],
        "reports": ["health:Dr Sample"], "parents_said": "We want the shouting to stop", "decisions": "Mo rings",
        f"what_changed_{ada.pk}": "She sleeps", f"childs_words_{ada.pk}": "It is quieter",
        f"safety_{ada.pk}": "enough", **day("next_at", date(2027, 2, 1)), "next_at_time": "10:00",
    }  # fmt: skip
    refused = client.post(f"{page}/hold", answers)
    assert refused.status_code == 422 and list(refused.context["form"].errors) == [f"what_changed_{bea.pk}"]
    assert client.post(f"{page}/hold", {**answers, f"what_changed_{bea.pk}": "Nothing yet"}).status_code == 302
    assert {one.took_part for one in meeting.members.all()} == {"came", "report"}
    for child in (ada, bea):
        assert clock(child, "core_group_first_10wd", time.at).tag == "In time"
        assert clock(child, "core_group_subsequent", time.at).row.due_on == date(2027, 2, 2)
    hers = ChildAtMeeting.objects.get(meeting=meeting, person=bea)
    shown = client.get(f"/meetings/{hers.pk}").content.decode()
    assert "Nothing yet" in shown and "It is quieter" not in shown and "We want the shouting to stop" in shown
    assert "The next has to be held by 2 February 2027" in shown
    following = Meeting.objects.get(follows=meeting)
    assert following.children.count() == 2 and following.members.count() == 3

    # Cancelled: the clock goes on until it is late.
    next_one = ChildAtMeeting.objects.get(meeting=following, person=ada)
    client.post(f"/meetings/{next_one.pk}/call-off", {"answer": "cancel", "because": "Nobody could come"})
    time.at = at(2027, 2, 3, 9, 0)
    assert "one has to be held by 2 February 2027" in client.get(f"/meetings/{next_one.pk}").content.decode()
    assert clock(ada, "core_group_subsequent", time.at).tag == "Overdue"
    shown = client.get(here).content.decode()
    assert "Nobody could come" in shown and "She sleeps" in shown and "Overdue" in shown

    read = dataset_of([ada.reference, bea.reference], date(2027, 2, 3))
    rows = read.collect(read.lazy("core_groups"))[0].sort("child_id").to_dicts()
    assert [(one["child_id"], one["held_on"]) for one in rows] == [
        (one.reference, date(2027, 1, 5)) for one in (ada, bea)
    ]
    assert {one["recorded_by"] for one in rows} == {worker.worker.reference}
    assert page in client.get(f"/people/{ada.reference}/chronology?show=everything").content.decode()


@pytest.mark.django_db
def test_what_is_written_while_somebody_arranges_one_is_of_that_one(sign_in: Any, time: Clock) -> None:
    worker = a_user("social_worker")
    ada, _ = sisters(worker, time.at)
    client, here = sign_in(worker), f"/people/{ada.reference}/meetings/core_group"
    assert client.get(f"{here}/record").status_code == 200
    arranged = arranging.arrange(
        "core_group", [ada], planned_at=at(2027, 1, 4, 10, 0), place="", chair=None, members=(), by=worker, at=time.at
    )
    answers = {**day("held_on", date(2026, 12, 17)), "others": "Dr Sample, GP", "children": [ada.pk]}
    sent = client.post(f"{here}/record", {**answers, f"what_changed_{ada.pk}": "She sleeps"})
    assert sent.status_code == 302
    found = ChildAtMeeting.objects.get(person=ada, meeting__held_on__isnull=False)
    assert (found.meeting_id, found.what_changed) == (arranged.pk, "She sleeps")


@pytest.mark.django_db
def test_what_is_refused_and_a_sister_who_may_not_be_seen_waits_for_her_own_part(sign_in: Any, time: Clock) -> None:
    worker, director = a_user("social_worker"), a_user("director")
    ada, bea = sisters(worker, time.at)
    now = time.at = at(2026, 12, 21, 12, 0)
    planned = {"place": "", "chair": None, "members": GROUP, "by": worker, "at": now}
    with pytest.raises(Refused, match="still to come"):
        arranging.arrange(MEETING, [ada], planned_at=at(2026, 12, 20, 9, 0), **planned)
    with pytest.raises(Refused, match="had no child protection plan"):
        arranging.arrange(MEETING, [a_child()], planned_at=at(2026, 12, 22, 9, 0), **planned)
    made = arranging.arrange(MEETING, [ada, bea], planned_at=at(2026, 12, 21, 13, 0), **planned)
    with pytest.raises(Refused, match="arranged already for Bea"):
        arranging.arrange(MEETING, [bea], planned_at=at(2026, 12, 22, 9, 0), **planned)
    part = {ada: holding.Part("Better")}
    for held, sentence in (
        (holding.Held(date(2026, 12, 22), GROUP), "later than today"),
        (holding.Held(date(2026, 12, 16), GROUP), "had no child protection plan"),
        (holding.Held(date(2026, 12, 21), dict.fromkeys(GROUP, "absent")), "Say who came"),
        (holding.Held(date(2026, 12, 21), GROUP, next_at=at(2026, 12, 21, 9, 0)), "later than this one"),
    ):
        with pytest.raises(Refused, match=sentence):
            holding.hold(MEETING, part, held, meeting=made, by=worker, at=now)
    assert not Meeting.objects.exclude(held_on=None).exists()

    Restriction.objects.create(person=bea, reason="x", owner=director, started_at=now)
    client = sign_in(worker)
    hers, his = (ChildAtMeeting.objects.get(person=one) for one in (ada, bea))
    assert client.get(f"/meetings/{his.pk}").status_code == 404
    for page in ("", "/hold"):
        assert "Bea" not in client.get(f"/meetings/{hers.pk}{page}").content.decode()
    holding.hold(MEETING, part, holding.Held(date(2026, 12, 21), GROUP), meeting=made, by=worker, at=now)
    assert clock(ada, "core_group_first_10wd", now).tag == "In time"
    assert not clock(bea, "core_group_first_10wd", now).stopped
    with pytest.raises(Refused, match="was held"):
        arranging.cancel(made, because="x", by=worker, at=now)
    with pytest.raises(Refused, match="recorded already for Ada"):
        holding.hold(MEETING, part, holding.Held(date(2026, 12, 21), GROUP), by=worker, at=now)
    holding.write_part(his, holding.Part("Nothing yet"), version=None, by=director, at=now)
    assert clock(bea, "core_group_first_10wd", now).tag == "In time"


@pytest.mark.django_db
def test_another_who_does_it_tells_the_worker_and_the_chair(time: Clock) -> None:
    worker, chair, clerk = a_user("social_worker"), a_user("practice_manager"), a_user("business_support")
    ada, _ = sisters(worker, time.at)
    when = at(2026, 12, 22, 9, 0)
    arranging.arrange(MEETING, [ada], planned_at=when, place="", chair=chair.worker, members=(), by=clerk, at=time.at)
    assert {one.user_id for one in Notice.objects.all()} == {worker.pk, chair.pk}
    Notice.objects.all().delete()
    Restriction.objects.create(person=ada, reason="x", owner=clerk, started_at=time.at)
    arranging.cancel(Meeting.objects.get(), because="x", by=clerk, at=time.at)
    assert not Notice.objects.exists(), "nobody is told of a child whose record is closed to them"


def test_the_next_is_proposed_for_a_working_day_in_time() -> None:
    # Four weeks from Monday 30 November is a bank holiday; the working day before is Christmas Eve.
    last = law.next_by(MEETING, date(2026, 11, 30))
    assert last == date(2026, 12, 28) and law.a_day_for(last) == date(2026, 12, 24)


@given(st.dates(date(2020, 1, 1), date(2027, 12, 1)))
def test_a_proposed_day_is_never_late_and_always_a_working_day(held_on: date) -> None:
    last = law.next_by(MEETING, held_on)
    assert last is not None
    proposed = law.a_day_for(last)
    assert held_on < proposed <= last and is_working_day(proposed) and (last - proposed).days < 7
