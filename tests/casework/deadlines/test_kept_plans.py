"""A plan kept from one child's record and carried out on another's gives that other's clocks, and is let go of."""

import gc
import weakref
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import polars as pl
import pytest
from hypothesis import given

from casework.assessment.models import Assessment
from casework.canonical.queries import OWNED
from casework.canonical.reading import in_memory, kinds_carried, rows_of
from casework.deadlines import kept_plans, working_out
from casework.deadlines.kept_plans import KeptPlan
from casework.deadlines.working_out import clocks_in, clocks_on
from casework.front_door.models import Referral
from casework.people.models import Person
from goldenthread.dataset.engines import Lazy
from goldenthread.dataset.store import Dataset, Manifest
from goldenthread.dataset.tables import TABLES
from goldenthread.journey.sources import PROVIDED
from goldenthread.timeliness.placing import Part, Settle
from tests.casework.making import a_child
from tests.timeliness.test_properties import LAST, MODEST, lives

FRIDAY, DAY = date(2026, 11, 27), timedelta(days=1)


@pytest.fixture(autouse=True)
def nothing_kept() -> Iterator[None]:
    """No plan is kept yet."""
    working_out._plan_kept.cache_clear()
    yield
    working_out._plan_kept.cache_clear()


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch) -> list[Part]:
    """The parts that are built from now on."""
    every: list[Part] = []

    def init(self: Any, part: Part, columns: Any) -> None:
        def build() -> Lazy:
            every.append(part)
            return part.build()

        new(self, Part(part.needed_with, build), columns)

    new = kept_plans._KeptPart.__init__
    monkeypatch.setattr(kept_plans._KeptPart, "__init__", init)
    return every


def clocks(*children: Person) -> pl.DataFrame:
    """The clocks of the children by a plan that is kept, which are those of a plan of their own."""
    rows, carried = rows_of([child.pk for child in children]), kinds_carried()
    kept, fresh = clocks_on(rows, FRIDAY, carried), clocks_in(in_memory(rows, Manifest(FRIDAY)), FRIDAY, carried)
    assert sorted(map(repr, kept.iter_rows())) == sorted(map(repr, fresh.iter_rows()))
    assert set(kept["child_id"]) == {child.reference for child in children}
    return kept


def a_referral(child: Person, days: int) -> Referral:
    return Referral.objects.create(person=child, received_on=FRIDAY - timedelta(days=days))


def an_assessment(referral: Referral) -> None:
    Assessment.objects.create(person=referral.person, referral=referral, started_on=referral.received_on + DAY)


@pytest.mark.django_db
def test_one_plan_serves_every_child_and_keeps_nobodys_clocks(built: list[Part]) -> None:
    starts = []
    for days in (0, 3, 90):
        child = a_child()
        a_referral(child, days)
        starts.append(set(clocks(child)["trigger_on"]))
        parts = len(built)
    assert starts == [{FRIDAY - timedelta(days=days)} for days in (0, 3, 90)]
    assert len(built) == parts > 0 and working_out._plan_kept.cache_info().misses == 1


@pytest.mark.django_db
def test_a_part_is_built_with_the_first_record_that_needs_it(built: list[Part]) -> None:
    fuller, barer = a_child(), a_child()
    a_referral(barer, 3)
    an_assessment(a_referral(fuller, 20))
    clocks(barer)
    of_a_referral = len(built)
    clocks(fuller)
    parts = len(built)
    assert parts > of_a_referral > 0
    clocks(fuller, barer)  # brothers and sisters whose records differ
    clocks(barer)
    assert len(built) == parts


@pytest.mark.django_db
def test_a_part_that_was_needed_before_has_no_rows_of_that_child(built: list[Part]) -> None:
    fuller, barer = a_child(), a_child()
    an_assessment(a_referral(fuller, 20))
    a_referral(barer, 3)
    assert "assessment.started" in set(clocks(fuller)["trigger_kind"])
    assert set(clocks(barer)["trigger_on"]) == {FRIDAY - timedelta(days=3)}


@MODEST
@given(lives())
def test_of_any_lives_a_plan_that_is_kept_finds_the_clocks_that_one_of_their_own_does(
    life: dict[str, list[Mapping[str, Any]]],
) -> None:
    on = LAST + DAY
    kept, fresh = clocks_on(life, on, PROVIDED), clocks_in(in_memory(life, Manifest(on)), on, PROVIDED)
    assert sorted(map(repr, kept.iter_rows())) == sorted(map(repr, fresh.iter_rows()))


@pytest.mark.django_db
def test_a_whole_plan_may_be_built_before_anybody_waits_for_it(built: list[Part]) -> None:
    child = a_child()
    an_assessment(a_referral(child, 20))
    kept = working_out._plan_kept(FRIDAY, kinds_carried(), frozenset(OWNED) - working_out.DECIDING)
    assert not built
    kept.build_all()
    parts = len(built)
    clocks(child)
    assert len(built) == parts > 50


@pytest.mark.django_db
def test_each_day_has_a_plan_and_it_is_built_beside_the_saves_where_the_process_has_a_thread_for_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[Any] = []
    monkeypatch.setattr(working_out, "_BESIDE", [SimpleNamespace(submit=lambda *work: asked.append(work))])
    working_out.begin_the_day(FRIDAY)
    working_out.begin_the_day(FRIDAY)
    working_out.begin_the_day(FRIDAY + DAY)
    assert len(asked) == 4 and {build for build, _ in asked} == {working_out._build_all}


def test_a_plan_that_cannot_be_built_whole_is_written_down(caplog: pytest.LogCaptureFixture) -> None:
    def fails(_dataset: Dataset, settle: Settle) -> Lazy:
        def build() -> Lazy:
            raise ValueError("no such column")

        return settle([Part((), build)], TABLES["referrals"].schema)

    working_out._build_all(KeptPlan({"referrals": TABLES["referrals"].schema}, FRIDAY, fails))
    assert "could not be built whole" in caplog.text and "no such column" in caplog.text


def test_a_plan_that_is_no_longer_kept_holds_no_memory() -> None:
    def build(dataset: Dataset, settle: Settle) -> Lazy:
        part = Part((), lambda: dataset.lazy("referrals").select("child_id"))
        return settle([part], {"child_id": pl.String()})

    plan = KeptPlan({"referrals": TABLES["referrals"].schema}, FRIDAY, build)
    assert plan.carry_out({}) is not None
    gone = weakref.ref(plan)
    del plan
    gc.collect()
    assert gone() is None
