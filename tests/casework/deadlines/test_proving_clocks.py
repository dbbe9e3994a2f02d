"""The proof that every action keeps the clocks: it finds one that forgets, and says which clock."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from casework.court.actions import police
from casework.court.models import PoliceProtection
from casework.deadlines.actions import bring_up_to_date
from tests.casework.making import FRIDAY_TEATIME, a_child, a_user
from tests.casework.proving_clocks import ask_in, stale, with_proof

pytestmark = pytest.mark.django_db


def moves_it(person: int, *, at: datetime, mends: bool) -> None:
    """An action that changes when police protection began."""
    earlier = at - timedelta(hours=9)
    PoliceProtection.objects.filter(person=person).update(started_at=earlier, started_on=earlier.date())
    if mends:
        bring_up_to_date(people=[person], at=at)


def test_an_action_that_forgets_its_clocks_is_found_and_one_that_keeps_them_is_not() -> None:
    worker, child, at = a_user("social_worker"), a_child(), FRIDAY_TEATIME
    police.record_taken([child], police.Taken(at - timedelta(hours=2)), by=worker, at=at)
    ask_in("court")
    with pytest.raises(AssertionError, match=f"moves_it .*'{child.reference}', 'police_protection_72h'"):
        with_proof(moves_it)(child.pk, at=at, mends=False)
    with_proof(moves_it)(child.pk, at=at, mends=True)
    assert stale(at) == set()
