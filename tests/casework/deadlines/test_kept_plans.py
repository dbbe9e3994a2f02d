"""A plan kept from one child's record and carried out on another's gives that other's clocks, and is let go of."""

import gc
import weakref
from datetime import date, timedelta

import pytest

from casework.canonical.reading import in_memory, kinds_carried, rows_of
from casework.deadlines import working_out
from casework.deadlines.kept_plans import KeptPlan
from casework.deadlines.working_out import clocks_in, clocks_on
from casework.front_door.models import Referral
from goldenthread.dataset.engines import Lazy
from goldenthread.dataset.store import Dataset, Manifest
from goldenthread.dataset.tables import TABLES
from goldenthread.timeliness.matching import Settle
from tests.casework.making import a_child

FRIDAY = date(2026, 11, 27)


@pytest.mark.django_db
def test_children_whose_records_hold_the_same_kinds_share_a_plan_and_not_its_clocks() -> None:
    working_out._kept_plan.cache_clear()
    carried = kinds_carried()
    starts = []
    for days in (0, 3, 90):
        child = a_child()
        Referral.objects.create(person=child, received_on=FRIDAY - timedelta(days=days))
        rows = rows_of([child.pk])
        kept, fresh = clocks_on(rows, FRIDAY, carried), clocks_in(in_memory(rows, Manifest(FRIDAY)), FRIDAY, carried)
        assert sorted(map(repr, kept.iter_rows())) == sorted(map(repr, fresh.iter_rows()))
        assert set(kept["child_id"]) == {child.reference}
        starts.append(set(kept["trigger_on"]))
    assert starts == [{FRIDAY - timedelta(days=days)} for days in (0, 3, 90)]
    assert working_out._kept_plan.cache_info().misses == 1


def test_a_plan_that_is_no_longer_kept_holds_no_memory() -> None:
    def build(dataset: Dataset, settle: Settle) -> Lazy:
        return settle([dataset.lazy("referrals").select("child_id")])[0]

    plan = KeptPlan({"referrals": TABLES["referrals"].schema}, FRIDAY, build)
    gone = weakref.ref(plan)
    del plan
    gc.collect()
    assert gone() is None
