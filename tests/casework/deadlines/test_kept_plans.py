"""A plan kept from one child's record and carried out on another's gives that other's clocks, and is let go of."""

import gc
import weakref
from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

import polars as pl
import pytest
from django.utils import timezone

from casework.assessment.models import Assessment
from casework.canonical.reading import in_memory, kinds_carried, rows_of
from casework.deadlines import working_out
from casework.deadlines.actions import bring_up_to_date
from casework.deadlines.kept_plans import Held, KeptPlan, KeptPlans
from casework.deadlines.working_out import clocks_in, clocks_on
from casework.front_door.models import Referral
from casework.people.models import Person
from goldenthread.dataset.engines import Lazy
from goldenthread.dataset.store import Dataset, Manifest
from goldenthread.dataset.tables import TABLES
from goldenthread.timeliness.matching import Settle
from tests.casework.making import a_child

FRIDAY = date(2026, 11, 27)


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch) -> list[frozenset[str]]:
    """No plan is kept yet; the kinds of event of each that is built from now on."""
    every: list[frozenset[str]] = []

    def build(kinds: frozenset[str], *more: Any) -> KeptPlan:
        every.append(kinds)
        return new_plan(kinds, *more)

    new_plan = working_out._new_plan
    monkeypatch.setattr(working_out, "_new_plan", build)
    monkeypatch.setattr(working_out, "_KEPT", plans())
    return every


def plans(at_most: int = 9, own: int = 3, shares: Sequence[float] = (), learnt_at: Sequence[int] = ()) -> KeptPlans:
    return KeptPlans(at_most, own, shares, learnt_at)


def clocks(*children: Person) -> pl.DataFrame:
    """The clocks of the children by a plan that is kept, which are those of a plan of their own."""
    rows, carried = rows_of([child.pk for child in children]), kinds_carried()
    kept, fresh = clocks_on(rows, FRIDAY, carried), clocks_in(in_memory(rows, Manifest(FRIDAY)), FRIDAY, carried)
    assert sorted(map(repr, kept.iter_rows())) == sorted(map(repr, fresh.iter_rows()))
    assert set(kept["child_id"]) == {child.reference for child in children}
    return kept


@pytest.mark.django_db
def test_children_whose_records_hold_the_same_kinds_share_a_plan_and_not_its_clocks(built: list[Any]) -> None:
    starts = []
    for days in (0, 3, 90):
        child = a_child()
        Referral.objects.create(person=child, received_on=FRIDAY - timedelta(days=days))
        starts.append(set(clocks(child)["trigger_on"]))
    assert starts == [{FRIDAY - timedelta(days=days)} for days in (0, 3, 90)]
    assert len(built) == 1


@pytest.mark.django_db
def test_a_record_that_holds_less_is_served_by_the_plan_of_one_that_holds_more(built: list[Any]) -> None:
    fuller, barer = a_child(), a_child()
    referral = Referral.objects.create(person=fuller, received_on=FRIDAY - timedelta(days=20))
    Assessment.objects.create(person=fuller, referral=referral, started_on=FRIDAY - timedelta(days=19))
    Referral.objects.create(person=barer, received_on=FRIDAY - timedelta(days=3))
    clocks(fuller)
    clocks(barer)
    assert len(built) == 1 and "assessment.started" in built[0]
    clocks(fuller, barer)  # brothers and sisters whose records differ
    assert len(built) == 1


@pytest.mark.django_db
def test_a_record_that_holds_more_has_a_plan_built(built: list[Any]) -> None:
    fuller, barer = a_child(), a_child()
    Referral.objects.create(person=barer, received_on=FRIDAY - timedelta(days=3))
    referral = Referral.objects.create(person=fuller, received_on=FRIDAY - timedelta(days=20))
    Assessment.objects.create(person=fuller, referral=referral, started_on=FRIDAY - timedelta(days=19))
    clocks(barer)
    clocks(fuller)
    assert len(built) == 2


@pytest.mark.django_db
def test_the_plan_for_everything_finds_what_a_plan_of_its_own_does(
    built: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(working_out, "_KEPT", plans(own=0))
    fuller, barer = a_child(), a_child()
    referral = Referral.objects.create(person=fuller, received_on=FRIDAY - timedelta(days=20))
    Assessment.objects.create(person=fuller, referral=referral, started_on=FRIDAY - timedelta(days=19))
    Referral.objects.create(person=barer, received_on=FRIDAY - timedelta(days=3))
    clocks(fuller)
    clocks(barer)
    assert built == [working_out.LIVE_KINDS | kinds_carried()]


@pytest.mark.django_db
def test_a_day_begins_with_the_plan_for_everything_and_those_for_what_the_latest_children_hold(
    built: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(working_out, "_KEPT", plans(own=0, shares=(1, 0.5)))
    monkeypatch.setattr(working_out, "LEARN_FROM", 2)
    fuller, barer = a_child(), a_child()
    referral = Referral.objects.create(person=fuller, received_on=FRIDAY - timedelta(days=20))
    Assessment.objects.create(person=fuller, referral=referral, started_on=FRIDAY - timedelta(days=19))
    Referral.objects.create(person=barer, received_on=FRIDAY - timedelta(days=3))
    everything = working_out.LIVE_KINDS | kinds_carried()
    working_out.begin_the_day(FRIDAY)
    assert built == [everything]  # nobody has a clock yet to learn from
    bring_up_to_date(people=[fuller.pk, barer.pk], at=timezone.make_aware(datetime.combine(FRIDAY, time(9))))
    built.clear()
    working_out.begin_the_day(FRIDAY)
    assert built[0] == everything and "assessment.started" in built[2] - built[1] and len(built) == 3
    clocks(barer)
    assert len(built) == 3


def asking(plans: KeptPlans, made: list[str]) -> Callable[..., str]:
    """A question for a plan of these kinds of event (a letter each); `made` is told of each that is built."""

    def ask(kinds: str, day: int = 1) -> str:
        def build(held: Held) -> Any:
            made.append("".join(sorted(held.kinds)))
            return made[-1]

        wanted, everything = (Held(day, frozenset(each)) for each in (kinds, "abcdefghij"))
        return str(plans.fitting(wanted, everything, build))

    return ask


def test_of_the_plans_that_fit_the_narrowest_is_taken_and_the_longest_unused_is_let_go() -> None:
    made: list[str] = []
    ask = asking(plans(3, own=99), made)
    assert [ask("ab"), ask("abcd"), ask("a"), ask("bcd")] == ["ab", "abcd", "ab", "abcd"]
    assert ask("") == "ab" and made == ["ab", "abcd"]
    assert ask("abcd", day=2) == "abcd" and made[2:] == ["abcd"]  # each day its own
    assert ask("xyz") == "xyz" and ask("abcd") == "abcd" and made[3:] == ["xyz", "abcd"]  # of the first day, let go


def test_after_a_few_plans_a_day_a_record_that_none_fits_is_served_by_the_one_for_everything() -> None:
    made: list[str] = []
    ask = asking(plans(own=2), made)
    assert [ask("abc"), ask("d"), ask("a"), ask("e"), ask("f")] == ["abc", "d", "abc", "abcdefghij", "abcdefghij"]
    assert ask("d", day=2) == "d"  # a new day begins with plans of its own
    assert ask("xyz") == "xyz"  # more than everything: nothing else would serve


def test_once_records_have_been_met_there_are_plans_for_what_many_hold_and_for_what_some_hold() -> None:
    made: list[str] = []
    ask = asking(plans(own=0, shares=(0.5, 0.25), learnt_at=(4, 8)), made)
    assert {ask(kinds) for kinds in ("a", "ab", "ac")} == {"abcdefghij"}
    assert [ask("ab"), ask("ac"), ask("abc"), ask("c")] == ["ab", "abc", "abc", "abc"]  # of four: ab two, c one
    assert ask("acd") == "abcdefghij"
    assert [ask("ac"), ask("b"), ask("bd")] == ["ac", "ab", "abcdefghij"]  # of eight: a seven, c five, b three, d one
    assert ask("a", day=2) == "ac"  # what was learnt is true of the next day, too
    assert made == ["abcdefghij", "ab", "abc", "ac", "ac"]


def test_a_process_may_begin_with_what_records_are_known_to_hold() -> None:
    made: list[str] = []
    kept = plans(own=0, shares=(0.5, 0.25))
    assert kept.learn_from([frozenset(each) for each in ("a", "ab", "ab", "abc")]) == [{*"ab"}, {*"abc"}]
    ask = asking(kept, made)
    assert [ask("b"), ask("c"), ask("d")] == ["ab", "abc", "abcdefghij"]


def test_a_plan_that_is_no_longer_kept_holds_no_memory() -> None:
    def build(dataset: Dataset, settle: Settle) -> Lazy:
        return settle([dataset.lazy("referrals").select("child_id")])[0]

    plan = KeptPlan({"referrals": TABLES["referrals"].schema}, FRIDAY, build)
    gone = weakref.ref(plan)
    del plan
    gc.collect()
    assert gone() is None


def test_where_plans_are_built_beside_the_saves_what_is_kept_serves_meanwhile(caplog: pytest.LogCaptureFixture) -> None:
    made: list[str] = []
    waiting: list[Callable[[], None]] = []
    kept = plans(own=9, shares=(0.5,), learnt_at=(3,))
    kept.later = waiting.append
    ask = asking(kept, made)
    assert ask("xyz") == "xyz" and not waiting  # nothing that is kept would serve
    assert [ask("abc"), ask("a"), ask("a")] == ["abc", "abc", "abc"]
    assert made == ["xyz", "abc"] and len(waiting) == 1  # asked for once

    def fails(_held: Held) -> Any:
        raise ValueError("no plan")

    waiting.clear()
    kept._begun.clear()
    wanted = Held(1, frozenset("a"))
    assert kept.fitting(wanted, wanted, fails) == "abc"  # type: ignore[comparison-overlap]
    waiting.pop()()
    assert "could not be built" in caplog.text
    assert ask("a") == "abc" and len(waiting) == 1  # and asked for again
    waiting.pop()()
    assert ask("a") == "a" and made == ["xyz", "abc", "a"]
