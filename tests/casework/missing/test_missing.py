"""A brother and sister go missing together and come back: what is recorded, counted, refused, and who sees it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from casework.access.models import Restriction
from casework.canonical import dataset
from casework.canonical.schema import carried
from casework.canonical.settling import settle
from casework.common.refused import Refused
from casework.confidential.actions import restrict
from casework.deadlines.models import Obligation
from casework.missing import law, queries
from casework.missing.actions import reporting, talking
from casework.missing.models import MissingEpisode
from casework.notices.models import Notice
from goldenthread.dataset.tables import TABLES
from tests.casework.making import FRIDAY_TEATIME, a_child, a_team, a_user, allocated, related

pytestmark = pytest.mark.django_db

AT = FRIDAY_TEATIME
HOUR = timedelta(hours=1)
BOXES = {"day": "%d", "month": "%m", "year": "%Y", "time": "%H:%M"}


@pytest.fixture(autouse=True)
def friday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("casework.common.clock.now", lambda: AT)


def gone(*children: Any, by: Any, hours: int = 20, at: datetime = AT, **said: Any) -> list[MissingEpisode]:
    """Missing since so many hours before `at`, reported an hour later."""
    began = at - hours * HOUR
    reported = reporting.Reported(began, "M", began + HOUR, "Mo Example, mother", **said)
    return reporting.report_missing(children, reported, by=by, at=at)


def boxes(name: str, at: datetime) -> dict[str, str]:
    """A moment as the boxes of a form send it."""
    local = timezone.localtime(at)
    return {f"{name}_{part}": f"{local:{form}}" for part, form in BOXES.items()}


def test_a_brother_and_sister_from_the_report_to_the_talk(sign_in: Any) -> None:
    team = a_team()
    worker, manager = a_user("social_worker", team=team), a_user("practice_manager", team=team)
    ada, ben = a_child("Ada"), a_child("Ben")
    related(ada, ben, "sibling")
    for child in (ada, ben):
        allocated(child, worker.worker)
    client = sign_in(worker)
    began = AT - 20 * HOUR
    sent = {
        "children": [ada.pk, ben.pk], "kind": "M", **boxes("started_at", began), **boxes("reported_at", began + HOUR),
        "reported_by": "Mo Example, mother", "risk": "high",
    }  # fmt: skip
    page = client.post(reverse("report_missing", args=[ada.reference]), sent, follow=True)
    assert page.status_code == 200
    own, brother = MissingEpisode.objects.order_by("pk")
    text = page.content.decode()
    assert "Missing now" in text and "20 hours" in text and "Ben Example" in text
    assert "It does not say that the police were told." in text
    overview = client.get(reverse("person", args=[ben.reference])).content.decode()
    assert "for 20 hours, since 26 November 2026" in overview
    assert f"/missing/{brother.pk}" in overview

    watch = sign_in(manager)
    now = watch.get(reverse("missing_now")).content.decode()
    assert "Ada Example" in now and "Ben Example" in now and "nothing recorded" in now
    told = {"whom": ["police", "parents"], "name": "PC Example", **boxes("told_at", AT - HOUR)}
    assert client.post(reverse("missing_told", args=[own.pk]), told).status_code == 302
    done = {"what": "Looked in the park: not there.", "who": "", **boxes("done_at", AT - HOUR)}
    text = client.post(reverse("missing_step", args=[own.pk]), done, follow=True).content.decode()
    assert "Looked in the park" in text and "There is no police reference yet." in text

    sent = {**boxes("ended_at", AT - HOUR), "others": [ben.pk], "how_back": "police", "found_where": "Sample Station"}
    text = client.post(reverse("missing_back", args=[own.pk]), sent, follow=True).content.decode()
    assert "Return interview within 72 hours" in text and "30 November 2026 at 4:00pm" in text
    assert MissingEpisode.objects.filter(ended_on=None).count() == 0
    clocks = Obligation.objects.filter(rule=law.INTERVIEW)
    assert {one.person_id: one.status for one in clocks} == {ada.pk: "open", ben.pk: "open"}
    assert "not offered yet" in watch.get(reverse("missing_now")).content.decode()
    assert ": for " not in client.get(reverse("person", args=[ben.reference])).content.decode()

    offer = {"offered_on_day": "27", "offered_on_month": "11", "offered_on_year": "2026", "answer": "declined",
             "why_declined": "“I have nothing to say.”", "offered_by": ""}  # fmt: skip
    assert client.post(reverse("missing_offer", args=[brother.pk]), offer).status_code == 302
    assert clocks.get(person=ben).status != "open"
    talk = {
        **boxes("held_at", AT), "interviewer": "Tess Talker, Example Voices", "independent": "yes",
        "words": "I wanted to see Nan.", "how": "talk", "draw": ["family"], "push": ["not_listened_to"],
    }  # fmt: skip
    text = client.post(reverse("missing_talk", args=[own.pk]), talk, follow=True).content.decode()
    assert "I wanted to see Nan." in text and "Wanted to see family" in text and "Independent." in text
    assert clocks.get(person=ada).status == "met"
    assert "I wanted to see Nan." in client.get(reverse("their_words", args=[ada.reference])).content.decode()
    every = client.get(reverse("missing_of_person", args=[ada.reference])).content.decode()
    assert "Felt that nobody listens" in every and "1 time in the last 90 days" in every

    read = dataset(AT.date())
    rows = {row["child_id"]: row for row in read.collect(read.lazy("return_interviews"))[0].to_dicts()}
    assert (rows[ben.reference]["accepted"], rows[ben.reference]["declined_on"]) == (False, date(2026, 11, 27))
    assert (rows[ada.reference]["held_at"], rows[ada.reference]["declined_on"]) == (datetime(2026, 11, 27, 17), None)


def test_whoever_holds_the_case_is_told_and_not_the_one_who_wrote_it(sign_in: Any) -> None:
    team = a_team()
    worker, duty = a_user("social_worker", team=team), a_user("front_door_officer")
    team.manager = a_user("practice_manager", team=team).worker
    team.save()
    child = a_child("Ada")
    allocated(child, worker.worker)
    gone(child, by=duty)
    assert {one.user for one in Notice.objects.all()} == {worker, team.manager.account}


@pytest.mark.parametrize(
    ("hours", "back", "sentence"),
    [
        (5, None, "recorded as missing since 26 November 2026"),
        (15, 10, "give a later time"),
    ],
)
def test_a_child_is_missing_once_at_a_time(hours: int, back: int | None, sentence: str) -> None:
    worker, child = a_user("social_worker"), a_child("Ada")
    (first,) = gone(child, by=worker)
    if back is not None:
        reporting.record_back([first], reporting.Back(AT - back * HOUR), by=worker, at=AT)
    with pytest.raises(Refused, match=sentence):
        gone(child, by=worker, hours=hours)


def test_what_cannot_have_happened_is_refused_with_what_to_do() -> None:
    worker, child = a_user("social_worker"), a_child("Ada")
    (episode,) = gone(child, by=worker)
    with pytest.raises(Refused, match="Record first that Ada Example is back"):
        talking.record_talk(episode, talking.Talk(AT), by=worker, at=AT)
    with pytest.raises(Refused, match="went missing 26 November 2026 at 9:00pm: give a later time"):
        reporting.record_back([episode], reporting.Back(AT - 21 * HOUR), by=worker, at=AT)
    reporting.record_back([episode], reporting.Back(AT - HOUR), by=worker, at=AT)
    episode.refresh_from_db()
    with pytest.raises(Refused, match="is recorded as back since 27 November 2026"):
        reporting.record_back([episode], reporting.Back(AT - HOUR), by=worker, at=AT)
    with pytest.raises(Refused, match="Say what the child gave as the reason"):
        talking.record_offer(episode, offered_on=AT.date(), offered_by="", answer="declined", why_declined="",
                             by=worker, at=AT)  # fmt: skip


def test_a_child_who_said_no_may_change_their_mind() -> None:
    worker, child = a_user("social_worker"), a_child("Ada")
    (episode,) = gone(child, by=worker)
    reporting.record_back([episode], reporting.Back(AT - HOUR), by=worker, at=AT)
    episode.refresh_from_db()
    talking.record_offer(episode, offered_on=AT.date(), offered_by="", answer="declined", why_declined="Tired",
                         by=worker, at=AT)  # fmt: skip
    held = talking.record_talk(episode, talking.Talk(AT + HOUR, reasons=("party", "friends")), by=worker, at=AT + HOUR)
    assert (held.accepted, held.declined_on, held.reasons) == (True, None, ["friends", "party"])
    assert Obligation.objects.get(rule=law.INTERVIEW).status == "met"


def test_a_restricted_brother_is_on_no_page_of_his_sister_nor_counted(sign_in: Any) -> None:
    worker, manager = a_user("social_worker"), a_user("group_manager")
    ada, ben = a_child("Ada"), a_child("Ben")
    own, brother = gone(ada, ben, by=worker)
    Restriction.objects.create(person=ben, reason="x", owner=a_user("director"), started_at=AT)
    client = sign_in(manager)
    for address in (reverse("missing_now"), reverse("missing_episode", args=[own.pk])):
        assert "Ben" not in client.get(address).content.decode(), address
    assert [one.episode.person for one in queries.missing_now(manager, AT)] == [ada]
    assert client.get(reverse("missing_episode", args=[brother.pk])).status_code == 404
    assert client.get(reverse("missing_back", args=[brother.pk])).status_code == 404
    reporting.record_back([own, brother], reporting.Back(AT - HOUR), by=worker, at=AT)
    assert [one.episode.person for one in queries.to_talk(manager, AT)] == [ada]


def test_three_times_in_ninety_days_is_again_and_again(sign_in: Any) -> None:
    worker, child = a_user("group_manager"), a_child("Ada")
    for began in (date(2026, 8, 30), date(2026, 9, 15), date(2026, 10, 1)):
        at = datetime(began.year, began.month, began.day, 9, tzinfo=UTC)
        (episode,) = gone(child, by=worker, at=at, hours=3)
        reporting.record_back([episode], reporting.Back(at), by=worker, at=at)
    assert queries.begun_lately(child, date(2026, 11, 27)) == 3
    assert "Ada Example</a>: 3 times" in sign_in(worker).get(reverse("missing_now")).content.decode()
    assert queries.begun_lately(child, date(2026, 11, 28)) == 2


@given(today=st.dates(date(2020, 1, 1), date(2030, 1, 1)))
def test_the_days_counted_are_as_many_as_the_measure_says(today: date) -> None:
    measure = law.repeated()
    assert (today - measure.first_day(today)).days + 1 == measure.days


def test_what_was_carried_becomes_the_records_own() -> None:
    child = a_child()
    with connection.cursor() as cursor:
        for name in ("missing_episodes", "return_interviews"):
            cursor.execute(carried(TABLES[name]))
        cursor.execute(
            "INSERT INTO carried.missing_episodes (missing_id, child_id, care_period_id, kind, started_on, ended_on) "
            "VALUES ('M1', %s, 'C1', 'A', '2026-03-01', '2026-03-02')", [child.reference],
        )  # fmt: skip
        cursor.execute(
            "INSERT INTO carried.return_interviews (missing_id, child_id, offered, accepted) "
            "VALUES ('M1', %s, true, false)",
            [child.reference],
        )
    assert settle() == ["missing_episodes", "return_interviews"]
    episode = MissingEpisode.objects.get(person=child)
    assert (episode.kind, episode.care_period, episode.interview.offered) == ("A", "C1", True)
    read = dataset(AT.date())
    (row,) = read.collect(read.lazy("return_interviews"))[0].to_dicts()
    assert (row["missing_id"], row["child_id"], row["accepted"]) == ("M1", child.reference, False)


def test_nobody_is_told_of_a_child_whose_record_they_may_not_open() -> None:
    team = a_team()
    worker, manager = a_user("social_worker", team=team), a_user("practice_manager", team=team)
    team.manager = manager.worker
    team.save()
    child = a_child("Ada")
    allocated(child, worker.worker)
    restrict(child, reason="A relative works here", named=[worker], by=a_user("head_of_service"), at=AT)
    gone(child, by=a_user("front_door_officer"))
    told = {one.user for one in Notice.objects.filter(text__contains="missing")}
    assert manager not in told and told == {worker}
