"""The authority's hours and the guidance's working day, side by side, and that both are the core's own."""

from datetime import datetime, timedelta

import polars as pl
import pytest
from django.utils import timezone

from casework.front_door.clocks import CONTACT_RULES, REFERRAL_RULES, faces, spoken
from casework.front_door.models import Contact, Referral
from goldenthread.dataset.store import Manifest, dataset_of
from goldenthread.timeliness.engine import obligations


def at(text: str) -> datetime:
    return timezone.make_aware(datetime.fromisoformat(text))


def due(received: str) -> tuple[str, str]:
    """When a contact of that moment is due by the authority's hours, and by the guidance's working day."""
    moment = at(received)
    contact = Contact(received_on=timezone.localdate(moment), received_at=moment)
    found = {face.rule.id: timezone.localtime(face.due) for face in faces(contact, CONTACT_RULES, moment)}
    hours, day = (found[rule] for rule in CONTACT_RULES)
    return f"{hours:%a %-d %b %H:%M}", f"{day:%a %-d %b}"


@pytest.mark.parametrize(
    ("received", "hours", "working_day"),
    [
        ("2026-11-25 10:15", "Thu 26 Nov 10:15", "Thu 26 Nov"),
        ("2026-11-27 17:00", "Sat 28 Nov 17:00", "Mon 30 Nov"),  # Friday at five
        ("2026-11-28 23:30", "Sun 29 Nov 23:30", "Mon 30 Nov"),  # out of hours on a Saturday
        ("2026-12-24 16:00", "Fri 25 Dec 16:00", "Tue 29 Dec"),  # Christmas Day, Boxing Day taken on the Monday
        ("2026-05-22 17:00", "Sat 23 May 17:00", "Tue 26 May"),  # before the spring bank holiday
        ("2026-04-02 09:00", "Fri 3 Apr 09:00", "Tue 7 Apr"),  # before Good Friday and Easter Monday
        ("2026-03-28 17:00", "Sun 29 Mar 18:00", "Mon 30 Mar"),  # the night the clocks go on: hours that pass
        ("2026-10-24 17:00", "Sun 25 Oct 16:00", "Mon 26 Oct"),  # the night they go back
    ],
)
def test_both_clocks(received: str, hours: str, working_day: str) -> None:
    assert due(received) == (hours, working_day)


@pytest.mark.parametrize("received", ["2026-11-27 17:00", "2026-12-24 16:00", "2026-03-28 17:00", "2026-10-24 17:00"])
def test_the_page_and_the_core_say_the_same(received: str) -> None:
    """The due moments shown are those of the core's own obligations."""
    moment = datetime.fromisoformat(received)
    came = {"child_id": ["C1"], "received_on": [moment.date()], "received_at": [moment], "source": ["6"]}
    tables = {
        "contacts": pl.DataFrame({"contact_id": ["K1"], **came}),
        "referrals": pl.DataFrame({"referral_id": ["R1"], "contact_id": ["K1"], **came}),
    }  # fmt: skip
    dataset = dataset_of(tables, Manifest(as_at=moment.date()))
    held = ["contact.decided", "referral.decided", "referral.acknowledged"]
    core = dataset.collect(obligations(dataset, moment.date(), rules=[*CONTACT_RULES, *REFERRAL_RULES], held=held))[0]
    told = {row["rule"]: row["due_at"] or row["due_on"] for row in core.iter_rows(named=True)}
    referral = Referral(received_on=moment.date(), received_at=at(received))
    for face in faces(referral, {*CONTACT_RULES, *REFERRAL_RULES}, at(received)):
        shown = timezone.localtime(face.due).replace(tzinfo=None)
        assert (shown.date() if face.whole_day else shown) == told[face.rule.id]
    assert len(told) == 3


def test_time_left_counts_real_hours_over_the_change_of_the_clocks() -> None:
    moment = at("2026-10-24 17:00")
    contact = Contact(received_on=moment.date(), received_at=moment)
    assert faces(contact, CONTACT_RULES, moment)[0].words == "1 day left"


def test_a_clock_says_what_is_left_and_how_late() -> None:
    moment = at("2026-11-27 17:00")
    contact = Contact(received_on=moment.date(), received_at=moment)
    hours, day = faces(contact, CONTACT_RULES, at("2026-11-28 19:30"))
    assert (hours.words, hours.late) == ("2 hours 30 minutes late", True)
    assert (day.words, day.late) == ("2 days 4 hours left", False)
    stopped = faces(
        contact, CONTACT_RULES, at("2026-12-09 09:00"), {rule: at("2026-11-28 16:59") for rule in CONTACT_RULES}
    )
    assert {face.words for face in stopped} == {"decided in time"}


def test_a_contact_of_an_unknown_time_has_until_its_hours_have_certainly_passed() -> None:
    contact = Contact(received_on=at("2026-11-25 00:00").date(), received_at=None)
    assert f"{timezone.localtime(faces(contact, CONTACT_RULES, at('2026-11-25 12:00'))[0].due):%-d %b %H:%M:%S}" == (
        "26 Nov 23:59:59"
    )


def test_before_the_authority_set_its_hours_there_is_one_clock() -> None:
    moment = at("2018-10-31 12:00")
    contact = Contact(received_on=moment.date(), received_at=moment)
    assert [face.rule.id for face in faces(contact, CONTACT_RULES, moment)] == ["referral_decision_1wd"]


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (0, "less than a minute"),
        (1, "1 minute"),
        (61, "1 hour 1 minute"),
        (24 * 60, "1 day"),
        (49 * 60, "2 days 1 hour"),
    ],
)
def test_spans_are_said_as_people_say_them(minutes: int, words: str) -> None:
    assert spoken(timedelta(minutes=minutes)) == words
