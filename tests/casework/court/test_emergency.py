"""A brother and sister in police protection, the order that follows, and what the law does not allow."""

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
from casework.court import law, queries
from casework.court.actions import orders, police
from casework.court.actions.correcting import OrderTimes, Times, correct_order, correct_protection
from casework.court.models import EmergencyOrder, PoliceProtection
from casework.deadlines.book import rule_on
from casework.deadlines.models import Obligation
from casework.notices.models import Notice
from casework.people.models import Person
from goldenthread.codesets import code_set
from goldenthread.dataset.tables import TABLES
from tests.casework.making import FRIDAY_TEATIME, a_child, a_team, a_user, allocated, related

pytestmark = pytest.mark.django_db

AT = FRIDAY_TEATIME
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
BOXES = {"day": "%d", "month": "%m", "year": "%Y", "time": "%H:%M"}


def london(*parts: int) -> datetime:
    return timezone.make_aware(datetime(*parts))  # type: ignore[arg-type]  # Year, month, day, hour, minute.


@pytest.fixture(autouse=True)
def friday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("casework.common.clock.now", lambda: AT)


def boxes(name: str, at: datetime) -> dict[str, str]:
    """A moment as the boxes of a form send it."""
    return {f"{name}_{part}": f"{timezone.localtime(at):{form}}" for part, form in BOXES.items()}


def made(at: datetime, until: datetime, **said: Any) -> orders.Made:
    return orders.Made("emergency_protection", at, until, **said)


def test_a_brother_and_sister_from_the_taking_to_the_order(sign_in: Any) -> None:
    team = a_team()
    worker, manager = a_user("social_worker", team=team), a_user("practice_manager", team=team)
    team.manager = manager.worker
    team.save()
    ada, ben = a_child("Ada"), a_child("Ben")
    related(ada, ben, "sibling")
    for child in (ada, ben):
        allocated(child, worker.worker)
    client = sign_in(worker)
    taken = AT - 5 * HOUR
    sent = {"children": [ada.pk, ben.pk], **boxes("taken_at", taken), "where": "With Nan", "why": "Alone at night",
            "officer": "PC Example"}  # fmt: skip
    text = client.post(reverse("record_police_protection", args=[ada.reference]), sent, follow=True).content.decode()
    assert "67 hours left" in text and "30 November 2026 at 12:00pm" in text and "Ben Example" in text
    assert reverse("record_strategy", args=[ada.reference]) in text
    assert {one.user for one in Notice.objects.all()} == {manager}
    overview = client.get(reverse("person", args=[ben.reference])).content.decode()
    assert "until 30 November 2026 at 12:00pm, 67 hours left" in overview
    clocks = Obligation.objects.filter(rule=law.POLICE)
    assert {(one.person_id, one.status, one.due_at) for one in clocks} == {
        (one.pk, "open", london(2026, 11, 30, 12)) for one in (ada, ben)
    }
    own, brother = PoliceProtection.objects.order_by("pk")
    told = {"child_told": "yes", "words": "I want Mum.", "how": "talk"}
    assert "I want Mum." in client.post(reverse("police_child_told", args=[own.pk]), told, follow=True).content.decode()
    now = sign_in(manager).get(reverse("emergency_now")).content.decode()
    assert "Ada Example" in now and "Ben Example" in now and "With Nan" in now

    sent = {"kind": "emergency_protection", "applicant": "authority", "ends_police": "yes",
            **boxes("made_at", AT - HOUR), **boxes("until_at", london(2026, 12, 4, 16))}  # fmt: skip
    text = client.post(reverse("record_emergency_order", args=[ada.reference]), sent, follow=True).content.decode()
    assert "167 hours left" in text and "4 December 2026 at 4:00pm" in text
    own.refresh_from_db()
    assert (own.ended_at, own.outcome) == (AT - HOUR, "emergency_order")
    assert clocks.get(person=ada).status == "met"
    overview = client.get(reverse("person", args=[ada.reference])).content.decode()
    assert "Emergency protection order, until 4 December 2026 at 4:00pm" in overview
    assert "Police protection:" not in overview

    sent = {**boxes("ended_at", AT - HOUR), "outcome": "released", "what_followed": "Home, with Mum’s agreement"}
    text = client.post(reverse("end_police_protection", args=[brother.pk]), sent, follow=True).content.decode()
    assert "Ended" in text and "Home, with Mum’s agreement" in text
    read = dataset(AT.date())
    rows = {row["child_id"]: row for row in read.collect(read.lazy("police_protections"))[0].to_dicts()}
    assert (rows[ben.reference]["outcome"], rows[ben.reference]["ended_at"]) == ("released", datetime(2026, 11, 27, 16))
    (order,) = read.collect(read.lazy("emergency_orders"))[0].to_dicts()
    assert (order["kind"], order["made_on"]) == ("emergency_protection", date(2026, 11, 27))


@pytest.mark.parametrize(
    ("taken", "last"),
    [
        (london(2026, 11, 27, 17), london(2026, 11, 30, 17)),  # Over a weekend.
        (london(2026, 10, 23, 16), london(2026, 10, 26, 15)),  # The clocks go back on 25 October: an hour passes twice.
        (london(2026, 3, 27, 16), london(2026, 3, 30, 17)),  # They go forward on 29 March.
    ],
)
def test_seventy_two_hours_that_pass(taken: datetime, last: datetime) -> None:
    assert law.police_until(taken) == last
    # The clock of the record says the same.
    counted = rule_on(law.POLICE, taken.date()).limit.due(timezone.make_naive(taken))
    assert counted == timezone.make_naive(last)


@given(taken=st.datetimes(datetime(2015, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC)))
def test_the_hours_are_always_the_number_of_the_statute_book(taken: datetime) -> None:
    assert (law.police_until(taken) - taken) / HOUR == rule_on(law.POLICE, date(2026, 1, 1)).limit.number


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2026, 11, 27), london(2026, 12, 5, 0)),  # Friday to the end of the Friday after: eight days.
        (date(2026, 11, 29), london(2026, 12, 7, 12)),  # The eighth day is a Sunday: noon on Monday.
        (date(2026, 12, 18), london(2026, 12, 29, 12)),  # Christmas and Boxing Day, Sunday, Boxing Day (observed).
    ],
)
def test_eight_days_beginning_with_the_first(first: date, last: datetime) -> None:
    assert law.order_until("emergency_protection", first, first) == last


def test_what_the_law_does_not_allow_is_refused_with_where_it_says_so() -> None:
    worker, child = a_user("social_worker"), a_child("Ada")
    police.record_taken([child], police.Taken(AT - 80 * HOUR), by=worker, at=AT)
    with pytest.raises(Refused, match="in police protection since 24 November 2026"):
        police.record_taken([child], police.Taken(AT - HOUR), by=worker, at=AT)
    # The police applied while they held the child: the days count from the taking, on 24 November.
    began = london(2026, 11, 26, 10)
    with pytest.raises(Refused, match=r"beyond the end of 1 December 2026: .*counted from 24 November 2026"):
        orders.record_order(child, made(began, london(2026, 12, 3, 10), applicant="police"), by=worker, at=AT)
    with pytest.raises(Refused, match="cannot last beyond the end of 3 December 2026: Emergency protection order"):
        orders.record_order(child, made(began, london(2026, 12, 4, 10)), by=worker, at=AT)
    order = orders.record_order(child, made(began, london(2026, 12, 3, 10)), by=worker, at=AT)
    with pytest.raises(Refused, match="An order of 26 November 2026 is in force"):
        orders.record_order(child, made(AT - HOUR, AT + DAY), by=worker, at=AT)
    later = london(2026, 12, 2, 12)
    with pytest.raises(Refused, match="cannot be extended beyond the end of 10 December 2026"):
        orders.extend_order(
            order, extended_on=date(2026, 12, 2), until_at=london(2026, 12, 11, 10), by=worker, at=later
        )
    until = london(2026, 12, 10, 10)
    orders.extend_order(order, extended_on=date(2026, 12, 2), until_at=until, by=worker, at=later)
    with pytest.raises(Refused, match=r"It was extended on 2 December 2026. Once only."):
        orders.extend_order(order, extended_on=date(2026, 12, 2), until_at=until, by=worker, at=later)
    with pytest.raises(Refused, match="ran out 10 December 2026 at 10:00am"):
        orders.end_order(order, ended_at=until + HOUR, how_ended="ran_out", what_followed="", by=worker, at=until + DAY)
    orders.end_order(order, ended_at=until, how_ended="ran_out", what_followed="", by=worker, at=until + DAY)
    order.refresh_from_db()
    assert order.ended_on == date(2026, 12, 10)
    # The first period ended on 3 December: the days of the extension begin on the next.
    clock = Obligation.objects.get(rule=law.EXTENSION)
    assert (clock.trigger_on, clock.due_on, clock.status) == (date(2026, 12, 4), date(2026, 12, 10), "met")


def test_the_clock_of_an_order_counts_from_police_protection_only_where_the_police_applied() -> None:
    worker, began = a_user("social_worker"), london(2026, 11, 26, 10)
    for applicant, last in (("authority", date(2026, 12, 3)), ("police", date(2026, 12, 1))):
        child = a_child(applicant)
        police.record_taken([child], police.Taken(AT - 75 * HOUR), by=worker, at=AT)
        orders.record_order(child, made(began, london(2026, 11, 30, 10), applicant=applicant), by=worker, at=AT)
        assert Obligation.objects.get(rule=law.ORDER["emergency_protection"], person=child).due_on == last


def test_an_applicant_is_called_the_same_in_the_record_and_in_its_tables() -> None:
    assert list(code_set("emergency_order_applicant").labels.items()) == EmergencyOrder.Applicant.choices


def test_an_end_beyond_the_hours_is_recorded_as_it_was_and_shown_as_a_breach(sign_in: Any) -> None:
    team = a_team()
    worker, manager = a_user("social_worker", team=team), a_user("practice_manager", team=team)
    team.manager = manager.worker
    team.save()
    child = a_child("Ada")
    allocated(child, worker.worker)
    (held,) = police.record_taken([child], police.Taken(AT - 80 * HOUR), by=worker, at=AT)
    Notice.objects.all().delete()
    sent = {**boxes("ended_at", AT - HOUR), "outcome": "released"}
    page = sign_in(worker).post(reverse("end_police_protection", args=[held.pk]), sent, follow=True).content.decode()
    assert "It lasted 7 hours longer than the law allows, to 27 November 2026 at 9:00am" in page
    (notice,) = Notice.objects.filter(user=manager)
    assert "longer than the law allows" in notice.text
    assert Obligation.objects.get(rule=law.POLICE, person=child).status == "late"


def test_a_child_assessment_order_lasts_seven_days_from_the_day_it_names_and_is_not_extended() -> None:
    worker, child = a_user("social_worker"), a_child("Ada")
    said = orders.Made("child_assessment", AT - HOUR, london(2026, 12, 8, 12), begins_on=date(2026, 11, 30))
    with pytest.raises(Refused, match="cannot last beyond the end of 6 December 2026"):
        orders.record_order(child, said, by=worker, at=AT)
    said = orders.Made("child_assessment", AT - HOUR, london(2026, 12, 6, 12), begins_on=date(2026, 11, 30))
    order = orders.record_order(child, said, by=worker, at=AT)
    with pytest.raises(Refused, match="cannot be extended"):
        orders.extend_order(order, extended_on=AT.date(), until_at=AT + DAY, by=worker, at=AT)


def test_a_restricted_brother_is_on_no_page_of_his_sister_nor_listed(sign_in: Any) -> None:
    worker, manager = a_user("social_worker"), a_user("group_manager")
    ada, ben = a_child("Ada"), a_child("Ben")
    own, brother = police.record_taken([ada, ben], police.Taken(AT - HOUR), by=worker, at=AT)
    Restriction.objects.create(person=ben, reason="x", owner=a_user("director"), started_at=AT)
    client = sign_in(manager)
    for address in (reverse("emergency_now"), reverse("police_protection", args=[own.pk])):
        assert "Ben" not in client.get(address).content.decode(), address
    for name in ("police_protection", "end_police_protection"):
        assert client.get(reverse(name, args=[brother.pk])).status_code == 404
    assert [one.person for one, _ in queries.protections_now(manager, AT)] == [ada]


def test_what_was_carried_becomes_the_records_own() -> None:
    child = a_child()
    with connection.cursor() as cursor:
        for name in ("police_protections", "emergency_orders"):
            cursor.execute(carried(TABLES[name]))
        cursor.execute(
            "INSERT INTO carried.police_protections (police_protection_id, child_id, started_on, started_at, outcome) "
            "VALUES ('PC1', %s, '2026-07-01', '2026-07-01 22:00', 'released')", [child.reference],
        )  # fmt: skip
        cursor.execute(
            "INSERT INTO carried.emergency_orders (emergency_order_id, child_id, kind, made_on, extended_on) "
            "VALUES ('EO1', %s, 'emergency_protection', '2026-07-02', '2026-07-09')", [child.reference],
        )  # fmt: skip
    assert settle() == ["emergency_orders", "police_protections"]
    held, order = PoliceProtection.objects.get(person=child), EmergencyOrder.objects.get(person=child)
    assert (held.reference, held.started_at) == ("PC1", datetime(2026, 7, 1, 21, tzinfo=UTC))
    assert (order.reference, order.extended_on) == ("EO1", date(2026, 7, 9))
    read = dataset(AT.date())
    (row,) = read.collect(read.lazy("police_protections"))[0].to_dicts()
    assert (row["child_id"], row["started_at"]) == (child.reference, datetime(2026, 7, 1, 22))


def police_clock(child: Person) -> tuple[str, datetime | None]:
    clock = Obligation.objects.get(rule=law.POLICE, person=child)
    return clock.status, clock.satisfied_at


def test_an_end_recorded_wrongly_is_put_right_with_the_reason_and_its_clock_follows(sign_in: Any) -> None:
    team = a_team()
    worker, manager = a_user("social_worker", team=team), a_user("practice_manager", team=team)
    team.manager = manager.worker
    team.save()
    ada, ben = a_child("Ada"), a_child("Ben")
    for child in (ada, ben):
        allocated(child, worker.worker)
    own, brother = police.record_taken([ada, ben], police.Taken(london(2026, 11, 24, 9)), by=worker, at=AT)
    end = police.Ended(london(2026, 11, 27, 10), "released")
    police.record_ended([own, brother], end, by=worker, at=AT)
    assert police_clock(ada)[0] == police_clock(ben)[0] == "late"
    Notice.objects.all().delete()
    client, address = sign_in(worker), reverse("put_police_protection_right", args=[own.pk])
    page = client.get(address).content.decode()
    assert 'value="10:00"' in page and "Ben Example" in page
    sent = {**boxes("taken_at", london(2026, 11, 24, 9)), "ended": "yes", "outcome": "released",
            **boxes("ended_at", london(2026, 11, 26, 10))}  # fmt: skip
    page = client.post(address, sent)
    assert page.status_code == 422 and "Why is it put right?" in page.content.decode()
    before = {**sent, "why": "x", **boxes("ended_at", london(2026, 11, 24, 8))}
    assert "was taken 24 November 2026 at 9:00am" in client.post(address, before).content.decode()
    why = "The officer read us the wrong day."
    text = client.post(address, {**sent, "others": [ben.pk], "why": why}, follow=True).content.decode()
    assert "26 November 2026 at 10:00am" in text and why in text and "longer than the law" not in text
    for child in (ada, ben):
        assert police_clock(child) == ("met", london(2026, 11, 26, 10))
    assert {one.user for one in Notice.objects.all()} == {manager} and Notice.objects.count() == 2
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    history = sign_in(a_user("group_manager")).get(reverse("who_looked", args=[ada.reference])).content.decode()
    assert why in history and "27 November 2026 at 10:00am" in history and "26 November 2026 at 10:00am" in history


def test_an_end_that_never_was_is_taken_back_and_a_beginning_is_put_right() -> None:
    worker, child = a_user("social_worker"), a_child("Ada")
    (held,) = police.record_taken([child], police.Taken(london(2026, 11, 25, 9)), by=worker, at=AT)
    police.record_ended([held], police.Ended(london(2026, 11, 26, 9), "released"), by=worker, at=AT)
    correct_protection(held, Times(london(2026, 11, 25, 21), ended=False), why="Still held", by=worker, at=AT)
    held.refresh_from_db()
    assert (held.ended_on, held.ended_recorded_at, held.outcome) == (None, None, "")
    clock = Obligation.objects.get(rule=law.POLICE, person=child)
    assert (clock.status, clock.due_at) == ("open", london(2026, 11, 28, 21))
    earlier = Times(london(2026, 11, 20, 9), ended=True, ended_at=london(2026, 11, 21, 9))
    correct_protection(held, earlier, why="Another week", by=worker, at=AT)
    (again,) = police.record_taken([child], police.Taken(london(2026, 11, 25, 9)), by=worker, at=AT)
    over = Times(None, ended=True, ended_at=london(2026, 11, 25, 10))
    with pytest.raises(Refused, match="also recorded as in police protection from 25 November 2026 and no end"):
        correct_protection(held, over, why="x", by=worker, at=AT)
    held.refresh_from_db()
    assert held.ended_at == london(2026, 11, 21, 9)
    with pytest.raises(Refused, match="Say why it is put right"):
        correct_protection(again, over, why=" ", by=worker, at=AT)
    with pytest.raises(Refused, match="cannot be later than now"):
        correct_protection(again, Times(AT + HOUR, ended=False), why="x", by=worker, at=AT)


def test_of_a_time_carried_as_a_day_the_day_is_kept_unless_a_time_is_given() -> None:
    worker, child = a_user("social_worker"), a_child("Ada")
    (held,) = police.record_taken([child], police.Taken(london(2026, 11, 2, 9)), by=worker, at=AT)
    days = {"started_on": date(2026, 11, 2), "started_at": None, "ended_on": date(2026, 11, 3), "ended_at": None}
    PoliceProtection.objects.filter(pk=held.pk).update(**days)
    correct_protection(held, Times(None, ended=True, outcome="released"), why="It says so", by=worker, at=AT)
    held.refresh_from_db()
    assert {name: getattr(held, name) for name in days} == days and held.outcome == "released"
    with pytest.raises(Refused, match="Say when it ended"):
        correct_protection(held, Times(london(2026, 11, 4, 9), ended=True), why="x", by=worker, at=AT)


def test_an_order_recorded_wrongly_is_put_right_as_made_extended_and_ended(sign_in: Any) -> None:
    worker, child = a_user("social_worker"), a_child("Ada")
    allocated(child, worker.worker)
    order = orders.record_order(child, made(london(2026, 11, 12, 10), london(2026, 11, 19, 10)), by=worker, at=AT)
    orders.extend_order(order, extended_on=date(2026, 11, 18), until_at=london(2026, 11, 26, 10), by=worker, at=AT)
    orders.end_order(
        order, ended_at=london(2026, 11, 24, 10), how_ended="discharged", what_followed="Home", by=worker, at=AT
    )
    client, address = sign_in(worker), reverse("put_emergency_order_right", args=[order.pk])
    sent = {"kind": "emergency_protection", "ended": "yes", "how_ended": "ran_out", "why": "Read from the order itself",
            **boxes("made_at", london(2026, 11, 13, 15)), **boxes("until_at", london(2026, 11, 20, 15)),
            **boxes("ended_at", london(2026, 11, 20, 15))}  # fmt: skip
    text = client.post(address, sent, follow=True).content.decode()
    assert "It ran out" in text and "Extended" not in text and "Read from the order itself" in text
    order.refresh_from_db()
    assert (order.made_on, order.begins_on, order.extended_on, order.ended_on) == (
        date(2026, 11, 13), date(2026, 11, 13), None, date(2026, 11, 20),
    )  # fmt: skip
    clock = Obligation.objects.get(rule=law.ORDER["emergency_protection"], person=child)
    assert (clock.trigger_on, clock.due_on, clock.status) == (date(2026, 11, 13), date(2026, 11, 20), "met")
    assert not Obligation.objects.filter(rule=law.EXTENSION).exists()
    beyond = {**sent, **boxes("until_at", london(2026, 11, 22, 15))}
    page = client.post(address, beyond)
    assert page.status_code == 422 and "cannot last beyond the end of 20 November 2026" in page.content.decode()
    other = orders.record_order(child, made(london(2026, 11, 23, 10), london(2026, 11, 30, 10)), by=worker, at=AT)
    open_again = OrderTimes(order.kind, order.made_at, order.until_at)
    with pytest.raises(Refused, match="Another order was made for Ada Example on 23 November 2026"):
        correct_order(order, open_again, why="x", by=worker, at=AT)
    with pytest.raises(Refused, match="Say until when it was extended"):
        extended = OrderTimes(other.kind, other.made_at, other.until_at, extended_on=date(2026, 11, 26))
        correct_order(other, extended, why="x", by=worker, at=AT)
