"""The night's full working out finds nothing, unless a save forgot its clocks; what a day brings is no fault."""

from datetime import date, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from casework.canonical.actions import bring_over
from casework.deadlines.actions import bring_up_to_date
from casework.deadlines.models import FullRun, Obligation
from casework.deadlines.recompute import recompute
from casework.front_door.models import Contact, ContactChild
from casework.people.models import Person
from goldenthread.dataset.synthetic.authority import synthesise
from tests.casework.making import FRIDAY_TEATIME, a_child

pytestmark = pytest.mark.django_db
FRIDAY = date(2026, 11, 27)


def test_a_record_brought_over_is_filled_once_and_then_agrees() -> None:
    frames, manifest, _ = synthesise(children=150, as_at=FRIDAY, faults=0)
    bring_over(frames, manifest, why="A test")
    first = recompute(at=FRIDAY_TEATIME)
    assert (first.first, first.clocks) == (True, Obligation.objects.count())
    again = recompute(at=FRIDAY_TEATIME)
    assert (again.first, again.clocks, again.wrong, again.of_themselves) == (False, first.clocks, (), 0)


def test_a_save_that_forgot_its_clocks_is_named_and_mended(capsys: pytest.CaptureFixture[str]) -> None:
    child = a_child()
    child.referrals.create(received_on=FRIDAY, recorded_at=FRIDAY_TEATIME)
    recompute(at=FRIDAY_TEATIME)
    child.referrals.update(decided_on=FRIDAY, outcome="assessment", decided_recorded_at=FRIDAY_TEATIME)
    Obligation.objects.filter(clock="single_assessment_45wd").delete()
    with pytest.raises(CommandError, match="differed from what the record says"):
        call_command("recompute_deadlines")
    said = capsys.readouterr().err
    assert f"{child.reference}: referral_decision_1wd" in said
    assert "is kept otherwise than it runs" in said
    assert f"{child.reference}: single_assessment_45wd" in said
    assert "is not kept" in said
    call_command("recompute_deadlines")
    assert FullRun.objects.latest("pk").wrong == 0


def test_a_day_that_was_set_ahead_arrives_without_being_a_fault() -> None:
    child = a_child()
    child.referrals.create(
        received_on=FRIDAY, recorded_at=FRIDAY_TEATIME, decided_recorded_at=FRIDAY_TEATIME,
        decided_on=FRIDAY + timedelta(days=3), outcome="assessment",
    )  # fmt: skip
    recompute(at=FRIDAY_TEATIME)
    decision = Obligation.objects.get(clock="referral_decision_1wd")
    assert decision.status == "open"
    found = recompute(at=FRIDAY_TEATIME + timedelta(days=4))
    assert found.wrong == ()
    assert found.of_themselves > 0
    decision.refresh_from_db()
    assert decision.status == "met"


def test_what_was_recorded_since_and_not_brought_up_to_date_is_a_fault_even_if_it_happened_since() -> None:
    child = a_child()
    later = FRIDAY_TEATIME + timedelta(days=3)
    child.referrals.create(received_on=FRIDAY, recorded_at=FRIDAY_TEATIME)
    recompute(at=FRIDAY_TEATIME)
    child.referrals.update(decided_on=timezone.localdate(later), outcome="assessment", decided_recorded_at=later)
    assert [one.clock for one in recompute(at=later + timedelta(days=1)).wrong if one.clock == "referral_decision_1wd"]


def test_a_moment_is_kept_as_a_save_keeps_it() -> None:
    child = a_child()
    summer = timezone.make_aware(datetime(2026, 7, 1, 9, 30))
    contact = _contact(child, summer)
    bring_up_to_date(people=[child.pk], at=summer)
    saved = Obligation.objects.get().due_at
    Obligation.objects.all().delete()
    recompute(at=summer)
    assert Obligation.objects.get().due_at == saved == contact.contact.received_at + timedelta(hours=24)


def _contact(child: Person, at: datetime) -> ContactChild:
    contact = Contact.objects.create(received_on=timezone.localdate(at), received_at=at, recorded_at=at)
    return ContactChild.objects.create(contact=contact, person=child, recorded_at=at)
