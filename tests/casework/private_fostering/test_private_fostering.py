"""A child is privately fostered: known, visited, decided on, told of, ended; and what does not look like it."""

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
from casework.deadlines.book import rule_on
from casework.deadlines.models import Obligation
from casework.notices.models import Notice
from casework.people.models import Person
from casework.private_fostering import actions, law, policies, queries
from casework.private_fostering.actions import Judged, Known, Told
from casework.private_fostering.models import Arrangement
from casework.visits.actions import Own, Shared, record_visit
from casework.visits.models import ChildVisited
from casework.voice.actions import Answer
from goldenthread.dataset.tables import TABLES
from tests.casework.making import FRIDAY_TEATIME, a_child, a_team, a_user, allocated, an_adult, related
from tests.casework.proving_clocks import stale

pytestmark = pytest.mark.django_db

AT = FRIDAY_TEATIME
FIRST, FIRST_YEAR, LATER = "pf_initial_visit_7wd", "pf_visit_first_year_6wk", "pf_visit_later_years_12wk"


@pytest.fixture(autouse=True)
def friday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("casework.common.clock.now", lambda: AT)


def london(*parts: int) -> datetime:
    return timezone.make_aware(datetime(*parts))  # type: ignore[arg-type]  # Year, month, day, hour, minute.


def boxes(name: str, on: date | datetime) -> dict[str, str]:
    """A day or a moment as the boxes of a form send it."""
    parts = {"day": "%d", "month": "%m", "year": "%Y", **({"time": "%H:%M"} if isinstance(on, datetime) else {})}
    return {f"{name}_{part}": f"{on:{form}}" for part, form in parts.items()}


def seen(child: Person, at: datetime, by: Any, **own: Any) -> ChildVisited:
    return record_visit(Shared(at), [Own(child, seen=True, **own)], by=by, at=AT)[0]


def due(child: Person) -> set[tuple[str, str, date | None]]:
    """Each rule on private fostering, how it stands, and by when."""
    rows = Obligation.objects.filter(person=child, rule__in=law.rules())
    return {(one.rule, one.status, one.due_on) for one in rows}


def test_from_the_school_that_rings_to_the_day_he_goes_home(sign_in: Any) -> None:
    team = a_team()
    worker, manager = a_user("social_worker", team=team), a_user("practice_manager", team=team)
    team.manager = manager.worker
    team.save()
    ben, aunty = a_child("Ben"), an_adult("Aunty", "Sample")
    allocated(ben, worker.worker)
    related(ben, aunty, "carer")
    client = sign_in(worker)
    sent = {**boxes("notified_on", date(2026, 11, 4)), **boxes("started_on", date(2026, 8, 20)), "told_by": "school",
            "carer": str(aunty.pk), "meant_to_last": "yes", "shares_home": "Tom, 9"}  # fmt: skip
    page = client.post(reverse("record_private_fostering", args=[ben.reference]), sent, follow=True)
    text = page.content.decode()
    assert "Aunty Sample" in text and "Tom, 9" in text and "does not look like" not in text
    assert "Whether it is suitable is not decided yet." in text and "Decide if it is suitable" not in text
    assert [one.user for one in Notice.objects.all()] == [manager]
    # Seven working days from Wednesday 4 November, and six weeks from the day it was known, not from August.
    assert due(ben) == {(FIRST, "open", date(2026, 11, 13)), (FIRST_YEAR, "open", date(2026, 12, 16))}

    visit = seen(ben, london(2026, 11, 12, 16), worker, answer=Answer("I miss my room.", "talk"))
    held = Arrangement.objects.get()
    assert (visit.kind, visit.private_fostering) == ("private_fostering", held)
    assert {(FIRST, "met", date(2026, 11, 13)), (FIRST_YEAR, "open", date(2026, 12, 24))} < due(ben)
    address = reverse("private_fostering", args=[held.pk])
    text = client.get(address).content.decode()
    assert "I miss my room." in text and "24 December 2026" in text
    overview = client.get(reverse("person", args=[ben.reference])).content.decode()
    assert "Private fostering" in overview and "20 August 2026" in overview

    decided = {**boxes("decided_on", date(2026, 11, 20)), "outcome": "prohibited", "disqualified": "yes"}
    manages = sign_in(manager)
    page = manages.post(reverse("decide_private_fostering", args=[held.pk]), decided)
    assert page.status_code == 422 and "Write why it is prohibited" in page.content.decode()
    manages.post(reverse("decide_private_fostering", args=[held.pk]), {**decided, "why": "He is barred."})
    overview = manages.get(reverse("person", args=[ben.reference])).content.decode()
    assert "Private fostering prohibited" in overview and "recorded as still there" in overview
    listed = manages.get(reverse("privately_fostered")).content.decode()
    assert "Ben Example" in listed and "12 November 2026" in listed and "by 24 December 2026" in listed

    sent = {**boxes("ended_on", date(2026, 11, 27)), "end_reason": "parents", "what_followed": "At home with Mum"}
    text = client.post(reverse("end_private_fostering", args=[held.pk]), sent, follow=True).content.decode()
    assert "At home with Mum" in text and "still there" not in text
    assert (FIRST_YEAR, "ended", date(2026, 12, 24)) in due(ben)
    assert "Ben Example" not in manages.get(reverse("privately_fostered")).content.decode()
    read = dataset(AT.date())
    (row,) = read.collect(read.lazy("private_fostering"))[0].to_dicts()
    assert (row["child_id"], row["notified_on"], row["started_on"], row["ended_on"], row["recorded_by"]) == (
        ben.reference, date(2026, 11, 4), date(2026, 8, 20), date(2026, 11, 27), worker.worker.reference,
    )  # fmt: skip


def test_after_the_first_year_twelve_weeks() -> None:
    worker, child = a_user("social_worker"), a_child()
    actions.record_arrangement(child, Known(date(2025, 9, 1)), by=worker, at=AT)
    seen(child, london(2025, 9, 3, 16), worker)
    seen(child, london(2026, 10, 2, 16), worker)
    assert {one for one in due(child) if one[1] == "open"} == {(LATER, "open", date(2026, 12, 25))}


def test_a_child_who_is_still_to_come_is_visited_under_it() -> None:
    worker, child = a_user("social_worker"), a_child()
    proposed = Known(date(2026, 11, 9), due_to_begin_on=date(2026, 12, 10))
    held = actions.record_arrangement(child, proposed, by=worker, at=AT)
    assert seen(child, AT - timedelta(days=2), worker).private_fostering == held


@pytest.mark.parametrize(
    ("told", "said"),
    [
        (Told("proposal", london(2026, 10, 29, 18)), "In time: due by 29 October 2026"),
        (Told("proposal", london(2026, 10, 30, 9)), "In time only if it was agreed after 29 October 2026"),
        (Told("proposal", london(2026, 10, 30, 9), proposed_on=date(2026, 10, 29)), "Late: due by 29 October 2026"),
        (
            Told("proposal", london(2026, 10, 30, 9), proposed_on=date(2026, 10, 30)),
            "Agreed on 30 October 2026, after 29 October 2026: it had to be told at once.",
        ),
        (Told("change", london(2026, 11, 22, 10), london(2026, 11, 20, 10)), "In time: due by 22 November 2026"),
        (Told("end", london(2026, 11, 22, 10, 1), london(2026, 11, 20, 10)), "Late: due by 22 November 2026"),
        # The clocks go back on 25 October: an hour passes twice.
        (
            Told("change", london(2026, 10, 26, 11, 1), london(2026, 10, 24, 12)),
            "Late: due by 26 October 2026 at",
        ),
        (Told("change", london(2026, 11, 22, 10)), ""),
    ],
)
def test_whether_the_carer_told_in_time(told: Told, said: str) -> None:
    worker = a_user("social_worker")
    known = Known(date(2026, 10, 1), due_to_begin_on=date(2026, 12, 10))
    held = actions.record_arrangement(a_child(), known, by=worker, at=AT)
    notice = actions.record_notice(held, told, by=worker, at=AT)
    found = policies.in_time(notice, held)
    assert found.startswith(said) and bool(found) == bool(said)


CHANGED, BEFOREHAND = law.OF_A_CHANGE, law.BEFOREHAND


def clock_of(told: Told, **known: date) -> tuple[str, date | None, datetime | None] | None:
    """How the clock stands that a notice of the carer starts, and until when; None where it starts none."""
    worker, child = a_user("social_worker"), a_child()
    held = actions.record_arrangement(child, Known(date(2026, 9, 1), **known), by=worker, at=AT)
    actions.record_notice(held, told, by=worker, at=AT)
    found = Obligation.objects.filter(person=child, trigger_table="private_fostering_notices").first()
    assert stale(AT) == set()
    if found is None:
        return None
    assert found.rule == (BEFOREHAND if told.kind == "proposal" else CHANGED)
    assert found in [one.row for one in queries.clocks_of(held, AT)]
    return found.status, found.due_on, found.due_at


@pytest.mark.parametrize(
    ("happened", "told", "status", "due"),
    [
        (london(2026, 11, 20, 10), london(2026, 11, 22, 10), "met", london(2026, 11, 22, 10)),
        (london(2026, 11, 20, 10), london(2026, 11, 22, 10, 1), "late", london(2026, 11, 22, 10)),
        # Over a weekend the hours run on; where the clocks go back on 25 October, an hour passes twice.
        (london(2026, 10, 24, 12), london(2026, 10, 26, 11), "met", london(2026, 10, 26, 11)),
        (london(2026, 10, 24, 12), london(2026, 10, 26, 11, 1), "late", london(2026, 10, 26, 11)),
    ],
)
@pytest.mark.parametrize("kind", ["change", "end"])
def test_a_carer_has_48_hours_to_tell_of_a_change_or_the_end(
    kind: str, happened: datetime, told: datetime, status: str, due: datetime
) -> None:
    assert clock_of(Told(kind, told, happened)) == (status, due.date(), due)


@pytest.mark.parametrize(
    ("told", "stands"),
    [
        # The child is to come on Thursday 26 November: six weeks before is Thursday 15 October.
        (Told("proposal", london(2026, 10, 15, 23)), ("met", date(2026, 10, 15), None)),
        (Told("proposal", london(2026, 10, 16, 9), proposed_on=date(2026, 10, 15)), ("late", date(2026, 10, 15), None)),
        # Agreed less than six weeks before, it is to be told at once, for which the law has no number.
        (Told("proposal", london(2026, 10, 16, 9), proposed_on=date(2026, 10, 16)), None),
        # The record does not say when it was agreed.
        (Told("proposal", london(2026, 10, 16, 9)), None),
        # The notice names another day itself: six weeks before that is Tuesday 13 October.
        (Told("proposal", london(2026, 10, 13, 9), london(2026, 11, 24, 0)), ("met", date(2026, 10, 13), None)),
        # The day is still to come: the clock is asked on it.
        (Told("proposal", london(2026, 10, 13, 9), london(2026, 11, 28, 0)), None),
        # That the child has come, and a change whose hour nobody knows, start no clock.
        (Told("begun", london(2026, 11, 26, 9), london(2026, 11, 26, 8)), None),
        (Told("change", london(2026, 11, 26, 9)), None),
    ],
)
def test_a_carer_tells_six_weeks_before_a_child_comes_where_it_was_agreed_by_then(told: Told, stands: Any) -> None:
    assert clock_of(told, due_to_begin_on=date(2026, 11, 26)) == stands


def test_each_notice_has_its_own_clock_and_each_stands_on_the_page(sign_in: Any) -> None:
    worker, child = a_user("group_manager"), a_child("Ada")
    held = actions.record_arrangement(child, Known(date(2026, 9, 1)), by=worker, at=AT)
    late = Told("change", london(2026, 11, 20, 9), london(2026, 11, 2, 9))
    for told in (late, Told("change", london(2026, 11, 4, 9), london(2026, 11, 4, 8))):
        actions.record_notice(held, told, by=worker, at=AT)
    clocks = Obligation.objects.filter(rule=CHANGED).order_by("due_at")
    assert [(one.status, one.due_at) for one in clocks] == [
        ("late", london(2026, 11, 4, 9)), ("met", london(2026, 11, 6, 8)),
    ]  # fmt: skip
    text = sign_in(worker).get(reverse("private_fostering", args=[held.pk])).content.decode()
    assert text.count("Notice of a change within 48 hours<") == 2
    sent = {"kind": "proposal", **boxes("told_at", london(2026, 11, 4, 9)), **boxes("proposed_on", date(2026, 11, 5))}
    page = sign_in(worker).post(reverse("private_fostering_notice", args=[held.pk]), sent)
    assert page.status_code == 422 and "cannot have told us before it was agreed" in page.content.decode()


def test_a_notice_recorded_wrongly_is_put_right_with_why_and_its_clock_follows(sign_in: Any) -> None:
    worker, child = a_user("group_manager"), a_child("Ada")
    held = actions.record_arrangement(child, Known(date(2026, 9, 1)), by=worker, at=AT)
    wrong = Told("change", london(2026, 11, 20, 9), london(2026, 11, 2, 9))
    notice = actions.record_notice(held, wrong, by=worker, at=AT)
    client, address = sign_in(worker), reverse("put_carer_notice_right", args=[held.pk, notice.pk])
    assert address in client.get(reverse("private_fostering", args=[held.pk])).content.decode()
    sent = {"kind": "end", **boxes("told_at", london(2026, 11, 20, 9)), **boxes("happened_at", london(2026, 11, 19, 9))}
    page = client.post(address, sent)
    assert page.status_code == 422 and "Why is it put right?" in page.content.decode()
    later = {**sent, "why": "x", **boxes("happened_at", london(2026, 11, 21, 9))}
    assert "cannot have happened after we were told" in client.post(address, later).content.decode()
    text = client.post(address, {**sent, "why": "I took the day of the call before."}, follow=True).content.decode()
    assert "I took the day of the call before." in text and "That it has ended" in text
    clock = Obligation.objects.get(rule=CHANGED)
    assert (clock.status, clock.due_at) == ("met", london(2026, 11, 21, 9)) and stale(AT) == set()
    other = actions.record_arrangement(a_child(), Known(date(2026, 9, 1)), by=worker, at=AT)
    assert client.get(reverse("put_carer_notice_right", args=[other.pk, notice.pk])).status_code == 404
    kept = [one.kind for one in type(notice).pgh_event_model.objects.filter(pgh_obj_id=notice.pk).order_by("pgh_id")]
    assert kept == ["change", "end"]


def test_a_notice_that_was_never_given_is_struck_out_with_why_and_its_clock_goes(sign_in: Any) -> None:
    worker, child = a_user("group_manager"), a_child("Ada")
    held = actions.record_arrangement(child, Known(date(2026, 9, 1)), by=worker, at=AT)
    change = Told("change", london(2026, 11, 20, 9), london(2026, 11, 2, 9), what="Of a brother")
    notice = actions.record_notice(held, change, by=worker, at=AT)
    assert Obligation.objects.filter(rule=CHANGED).exists()
    client, page = sign_in(worker), reverse("private_fostering", args=[held.pk])
    address = reverse("strike_out_carer_notice", args=[held.pk, notice.pk])
    assert address in client.get(page).content.decode()
    refused = client.post(address, {"why": " "})
    assert refused.status_code == 422 and held.notices.exists() and "Why is it struck out?" in refused.content.decode()
    text = client.post(address, {"why": "It was about Bo, her brother."}, follow=True).content.decode()
    assert "It was about Bo, her brother." in text and "That something has changed”, told 20 November 2026" in text
    assert "Of a brother" not in text and not held.notices.exists()
    assert not Obligation.objects.filter(rule=CHANGED).exists() and stale(AT) == set()
    kept = type(notice).pgh_event_model.objects.filter(pgh_obj_id=notice.pk).order_by("pgh_id").last()
    assert (kept.pgh_label, kept.what) == ("delete", "Of a brother")
    again = client.post(address, {"why": "x"})
    assert again.status_code == 404


def test_a_proposal_that_was_a_beginning_loses_the_day_that_it_was_agreed() -> None:
    worker, child = a_user("group_manager"), a_child("Ada")
    held = actions.record_arrangement(
        child, Known(date(2026, 9, 1), due_to_begin_on=date(2026, 11, 26)), by=worker, at=AT
    )
    told = Told("proposal", london(2026, 10, 16, 9), proposed_on=date(2026, 10, 15))
    notice = actions.record_notice(held, told, by=worker, at=AT)
    right = Told("begun", london(2026, 10, 16, 9), proposed_on=date(2026, 10, 15))
    actions.put_notice_right(notice, right, why="She had come", by=worker, at=AT)
    notice.refresh_from_db()
    assert (notice.kind, notice.proposed_on) == ("begun", None) and stale(AT) == set()
    assert not Obligation.objects.filter(trigger_table="private_fostering_notices").exists()


def test_what_carers_told_is_brought_over_and_read_as_it_came() -> None:
    child = a_child()
    with connection.cursor() as cursor:
        for name in ("private_fostering", "private_fostering_notices"):
            cursor.execute(carried(TABLES[name]))
        cursor.execute(
            "INSERT INTO carried.private_fostering (private_fostering_id, child_id, notified_on) "
            "VALUES ('PF1', %s, '2026-03-02')", [child.reference],
        )  # fmt: skip
        cursor.execute(
            "INSERT INTO carried.private_fostering_notices (private_fostering_notice_id, child_id, "
            "private_fostering_id, kind, told_on, told_at, happened_on, happened_at) VALUES "
            "('PN1', %s, 'PF1', 'change', '2026-07-02', '2026-07-02 22:30', '2026-07-01', '2026-07-01 21:00')",
            [child.reference],
        )
    assert settle() == ["private_fostering", "private_fostering_notices"]
    read = dataset(AT.date())
    (row,) = read.collect(read.lazy("private_fostering_notices"))[0].to_dicts()
    found = [row[name] for name in ("private_fostering_id", "kind", "told_on", "told_at", "happened_at", "expected_on")]
    assert found == [
        "PF1", "change", date(2026, 7, 2), datetime(2026, 7, 2, 22, 30), datetime(2026, 7, 1, 21), None,
    ]  # fmt: skip


@given(happened=st.datetimes(datetime(2015, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC)))
def test_the_hours_are_always_the_number_of_the_statute_book(happened: datetime) -> None:
    until = law.end_of(law.to_be_told_of_change(happened).until)
    assert (until - happened) / timedelta(hours=1) == rule_on(law.OF_A_CHANGE, date(2026, 1, 1)).limit.number


def test_what_cannot_be_is_refused_with_what_to_do() -> None:
    worker, child = a_user("practice_manager"), a_child("Ada")
    held = actions.record_arrangement(child, Known(date(2026, 11, 4)), by=worker, at=AT)
    with pytest.raises(Refused, match="privately fostered since 4 November 2026"):
        actions.record_arrangement(child, Known(date(2026, 11, 9)), by=worker, at=AT)
    with pytest.raises(Refused, match="cannot be later than today"):
        actions.change_arrangement(held, Known(date(2026, 11, 28)), version=None, by=worker, at=AT)
    with pytest.raises(Refused, match="Write what is required"):
        actions.decide_suitability(held, Judged(date(2026, 11, 9), "requirements"), by=worker, at=AT)
    with pytest.raises(Refused, match="cannot be before 4 November 2026"):
        actions.end_arrangement(held, ended_on=date(2026, 11, 3), end_reason="parents", by=worker, at=AT)
    with pytest.raises(Refused, match="cannot have happened after we were told"):
        actions.record_notice(held, Told("change", AT - timedelta(hours=2), AT), by=worker, at=AT)
    ended = actions.end_arrangement(held, ended_on=date(2026, 11, 20), end_reason="parents", by=worker, at=AT)
    with pytest.raises(Refused, match="This arrangement ended on 20 November 2026"):
        actions.decide_suitability(ended, Judged(date(2026, 11, 20), "suitable"), by=worker, at=AT)
    with pytest.raises(Refused, match="It has ended before that day"):
        actions.change_arrangement(ended, Known(date(2026, 11, 21)), version=None, by=worker, at=AT)


def test_what_does_not_look_like_private_fostering_is_said_and_refused_nothing(sign_in: Any) -> None:
    worker, nan = a_user("group_manager"), an_adult("Nan", "Sample")
    sixteen = a_child("Ada", born_on=date(2010, 11, 4))
    related(sixteen, nan, "grandparent")
    with connection.cursor() as cursor:
        cursor.execute(carried(TABLES["care_periods"]))
        cursor.execute(
            "INSERT INTO carried.care_periods (care_period_id, child_id, started_on) VALUES ('C1', %s, '2026-11-02')",
            [sixteen.reference],
        )
    known = Known(date(2026, 11, 4), carer=nan, meant_to_last=False)
    held = actions.record_arrangement(sixteen, known, by=worker, at=AT)
    text = sign_in(worker).get(reverse("private_fostering", args=[held.pk])).content.decode()
    for one in ("was 16, and it is for children under 16", "close relative", "less than 28 days", "looked after by"):
        assert one in text
    sixteen.disabled = True
    sixteen.save()
    disabled = Arrangement.objects.get(pk=held.pk)
    assert not any("was 16" in one for one in policies.looks_otherwise(disabled, relative=True, looked_after=True))


def test_a_restricted_child_is_not_listed_and_a_closed_carer_is_not_named(sign_in: Any) -> None:
    manager, owner = a_user("group_manager"), a_user("director")
    ada, ben, aunty = a_child("Ada"), a_child("Ben"), an_adult("Aunty", "Sample")
    for child in (ada, ben):
        related(child, aunty, "carer")
        actions.record_arrangement(child, Known(date(2026, 11, 4), carer=aunty), by=manager, at=AT)
    for closed in (ben, aunty):
        Restriction.objects.create(person=closed, reason="x", owner=owner, started_at=AT)
    client, held = sign_in(manager), ada.private_fostering.get()
    listed = client.get(reverse("privately_fostered")).content.decode()
    assert "Ada Example" in listed and "Ben Example" not in listed and "1 now" in listed
    assert client.get(reverse("private_fostering", args=[ben.private_fostering.get().pk])).status_code == 404
    for name in ("private_fostering", "change_private_fostering"):
        text = client.get(reverse(name, args=[held.pk])).content.decode()
        assert queries.CLOSED in text and "Aunty" not in text
    sent = {**boxes("notified_on", date(2026, 11, 5)), "carer": str(aunty.pk)}
    client.post(reverse("change_private_fostering", args=[held.pk]), sent)
    held.refresh_from_db()
    assert (held.carer, held.notified_on) == (aunty, date(2026, 11, 5))


def test_what_was_carried_becomes_the_records_own() -> None:
    child = a_child()
    with connection.cursor() as cursor:
        cursor.execute(carried(TABLES["private_fostering"]))
        cursor.execute(
            "INSERT INTO carried.private_fostering (private_fostering_id, child_id, notified_on, started_on) "
            "VALUES ('PF1', %s, '2026-03-02', '2026-02-01')", [child.reference],
        )  # fmt: skip
    assert settle() == ["private_fostering"]
    held = Arrangement.objects.get(person=child)
    assert (held.reference, held.notified_on, held.started_on, held.ended_on) == (
        "PF1", date(2026, 3, 2), date(2026, 2, 1), None,
    )  # fmt: skip
    read = dataset(AT.date())
    (row,) = read.collect(read.lazy("private_fostering"))[0].to_dicts()
    assert (row["private_fostering_id"], row["child_id"]) == ("PF1", child.reference)
