"""The clocks on a record follow its facts, and say what they mean."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from casework.canonical import dataset
from casework.canonical.actions import bring_over
from casework.canonical.reading import kinds_carried
from casework.deadlines import working_out
from casework.deadlines.actions import bring_up_to_date, once
from casework.deadlines.models import Obligation
from casework.deadlines.queries import clocks_of, running, side_by_side
from casework.deadlines.working_out import KEY, VALUES, clocks_in, worked_out
from casework.front_door.models import Contact, ContactChild, Referral
from casework.people.models import Person
from goldenthread.dataset.synthetic.authority import synthesise
from tests.casework.making import FRIDAY_TEATIME, a_child

pytestmark = pytest.mark.django_db
FRIDAY = date(2026, 11, 27)


def a_contact(child: Person, at: datetime = FRIDAY_TEATIME) -> ContactChild:
    contact = Contact.objects.create(received_on=timezone.localdate(at), received_at=at, recorded_at=at)
    return ContactChild.objects.create(contact=contact, person=child, recorded_at=at)


def a_referral(child: Person, on: date = FRIDAY) -> Referral:
    return Referral.objects.create(person=child, received_on=on)


def test_a_contact_at_friday_teatime_is_due_24_hours_later_by_the_local_standard() -> None:
    child = a_child()
    a_contact(child)
    bring_up_to_date(people=[child.pk], at=FRIDAY_TEATIME)
    (clock,) = clocks_of(child.pk, at=FRIDAY_TEATIME)
    assert (clock.row.clock, clock.local) == ("contact_decision_24h_york", True)
    assert clock.last_moment == FRIDAY_TEATIME + timedelta(hours=24)
    assert (clock.left, clock.words) == (24, "24 hours left")
    assert clock.due_said == "28 November 2026 at 5:00pm"
    assert clock.why == (
        "24 hours from 27 November 2026 at 5:00pm (someone got in touch about the child), "
        "by the clock, nights and weekends included."
    )


def test_whether_a_clock_is_overdue_is_asked_when_it_is_read() -> None:
    child = a_child()
    a_contact(child)
    bring_up_to_date(people=[child.pk], at=FRIDAY_TEATIME)
    for hours, tag, left in (
        (23, "Due", "1 hour left"),
        (25, "Overdue", "1 hour over"),
        (24.5, "Overdue", "1 hour over"),
    ):
        (clock,) = clocks_of(child.pk, at=FRIDAY_TEATIME + timedelta(hours=hours))
        assert (clock.tag, clock.words) == (tag, left)


def test_a_referral_starts_the_national_clocks_in_working_days() -> None:
    child = a_child()
    a_referral(child)
    bring_up_to_date(people=[child.pk], at=FRIDAY_TEATIME)
    clocks = {clock.row.clock: clock for clock in clocks_of(child.pk, at=FRIDAY_TEATIME)}
    assert clocks["referral_decision_1wd"].row.due_on == date(2026, 11, 30)
    assert clocks["referral_decision_1wd"].words == "1 working day left"
    assert clocks["single_assessment_45wd"].left == 45
    assert not clocks["single_assessment_45wd"].local
    assert "Working Together" in clocks["single_assessment_45wd"].authority.citation


def test_both_layers_of_a_rule_stand_side_by_side() -> None:
    child = a_child()
    referral = a_referral(child)
    referral.assessments.create(person=child, started_on=FRIDAY, kind="single")
    bring_up_to_date(people=[child.pk], at=FRIDAY_TEATIME)
    pairs = side_by_side(clocks_of(child.pk, at=FRIDAY_TEATIME))
    points = next(pair for pair in pairs if pair.local and "review" in pair.local[0].row.clock)
    assert [clock.limit for clock in points.local] == ["10 working days", "30 working days"]


def test_a_fact_that_changes_touches_only_the_clocks_it_changes() -> None:
    child = a_child()
    referral = a_referral(child)
    bring_up_to_date(people=[child.pk], at=FRIDAY_TEATIME)
    before = {row.clock: row.pk for row in Obligation.objects.all()}
    later = FRIDAY_TEATIME + timedelta(days=3)
    referral.decided_on, referral.outcome = date(2026, 11, 30), "assessment"
    referral.save()
    bring_up_to_date(people=[child.pk], at=later)
    decided = Obligation.objects.get(clock="referral_decision_1wd")
    assert (decided.pk, decided.status, decided.worked_out_at) == (before[decided.clock], "met", later)
    untouched = Obligation.objects.get(clock="single_assessment_45wd")
    assert (untouched.pk, untouched.worked_out_at) == (before[untouched.clock], FRIDAY_TEATIME)
    referral.delete()
    bring_up_to_date(people=[child.pk], at=later)
    assert not Obligation.objects.exists()


def test_the_clocks_of_a_merged_record_are_on_the_one_it_became() -> None:
    kept, duplicate = a_child(), a_child()
    a_referral(duplicate)
    bring_up_to_date(people=[duplicate.pk], at=FRIDAY_TEATIME)
    duplicate.merged_into = kept
    duplicate.save()
    bring_up_to_date(people=[duplicate.pk], at=FRIDAY_TEATIME)
    assert set(Obligation.objects.values_list("person", flat=True)) == {kept.pk}


def test_one_child_alone_has_the_clocks_that_the_whole_authority_gives_it() -> None:
    frames, manifest, _ = synthesise(children=300, as_at=FRIDAY, faults=0)
    bring_over(frames, manifest, why="A test")
    people = dict(Person.objects.values_list("reference", "pk"))
    whole = {one.key: one for one in worked_out(clocks_in(dataset(FRIDAY), FRIDAY, kinds_carried()), people)}
    looked_after = sorted(people[reference] for reference in frames["care_periods"]["child_id"].unique())
    asked = [*looked_after[:4], *sorted(people.values())[:40]]
    bring_up_to_date(people=asked[:4], at=FRIDAY_TEATIME)
    bring_up_to_date(people=asked[4:], at=FRIDAY_TEATIME)
    wanted = {key: one.values for key, one in whole.items() if key[0] in set(asked)}
    kept = {row[: len(KEY)]: row[len(KEY) :] for row in Obligation.objects.values_list(*KEY, *VALUES)}
    assert kept == wanted
    assert len(wanted) > 200


def test_the_clocks_of_many_are_read_in_one_query(django_assert_num_queries: object) -> None:
    children = [a_child() for _ in range(4)]
    for child in children:
        a_referral(child)
    bring_up_to_date(people=[child.pk for child in children], at=FRIDAY_TEATIME)
    with django_assert_num_queries(1):  # type: ignore[operator]
        found = running([child.pk for child in children], at=FRIDAY_TEATIME)
        assert {clock.row.person.reference for clock in found} == {child.reference for child in children}


def test_an_action_made_of_others_works_each_childs_clocks_out_once_at_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    children, runs = [a_child(), a_child()], []
    monkeypatch.setattr(
        "casework.deadlines.actions.clocks_on", lambda *args: (runs.append(1), working_out.clocks_on(*args))[1]
    )
    with once(at=FRIDAY_TEATIME), once(at=FRIDAY_TEATIME):
        for child in children:
            a_contact(child)
            bring_up_to_date(people=[child.pk], at=FRIDAY_TEATIME)
        bring_up_to_date(people=[children[0].pk], at=FRIDAY_TEATIME)
        assert not Obligation.objects.exists()
    assert (len(runs), {one.person_id for one in Obligation.objects.all()}) == (1, {child.pk for child in children})


def test_an_action_that_fails_leaves_nobody_to_be_brought_up_to_date_by_the_next() -> None:
    child = a_child()
    with pytest.raises(ValueError), once(at=FRIDAY_TEATIME):
        bring_up_to_date(people=[child.pk + 1_000_000], at=FRIDAY_TEATIME)
        raise ValueError
    a_contact(child)
    bring_up_to_date(people=[child.pk], at=FRIDAY_TEATIME)
    assert Obligation.objects.filter(person=child).exists()
