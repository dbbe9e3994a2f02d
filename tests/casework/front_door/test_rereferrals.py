"""A re-referral on the page is a re-referral in the core's indicator (CSB05), whatever the dates."""

from datetime import date, timedelta
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.front_door.models import Referral
from casework.front_door.rereferrals import earlier_referrals, follows, rereferrals
from goldenthread.dataset.store import Manifest, dataset_of
from goldenthread.indicators import find
from goldenthread.indicators.rows import written_out
from tests.casework.making import a_child
from tests.casework.making_contacts import a_contact, a_referral

START = date(2024, 1, 1)


@pytest.mark.parametrize(
    ("previous", "received", "again"),
    [
        (date(2025, 11, 27), date(2026, 11, 27), True),  # the last day of the window
        (date(2025, 11, 26), date(2026, 11, 27), False),
        (date(2026, 11, 27), date(2026, 11, 27), False),  # the same day is not again
        (date(2024, 2, 29), date(2025, 2, 28), True),
    ],
)
def test_the_window(previous: date, received: date, again: bool) -> None:
    assert follows(previous, received) is again


episodes = st.lists(st.tuples(st.integers(0, 900), st.one_of(st.none(), st.integers(0, 500))), min_size=1, max_size=6)


@given(episodes)
def test_the_core_counts_the_same(drawn: list[tuple[int, int | None]]) -> None:
    made = [_drawn(number, *episode) for number, episode in enumerate(drawn)]
    rows = [{"referral_id": one.reference, "child_id": "C1", "received_on": one.received_on, "closed_on": one.closed_on}
            for one in made]  # fmt: skip
    tables = {"referrals": pl.DataFrame(rows, schema_overrides={"closed_on": pl.Date})}
    dataset = dataset_of(tables, Manifest(as_at=START + timedelta(days=2000)))
    counted = dataset.collect(written_out(find("CSB05").rows(dataset)))[0].filter(pl.col("in_numerator"))
    assert {one.reference for one in made if one.pk in rereferrals(made)} == set(counted["row_id"])


def _drawn(number: int, opened: int, open_for: int | None) -> Referral:
    received = START + timedelta(days=opened)
    closed = None if open_for is None else received + timedelta(days=open_for)
    return Referral(pk=number + 1, reference=f"R{number}", received_on=received, closed_on=closed, person_id=1)


@pytest.mark.django_db
def test_the_page_says_so_before_it_is_decided_and_after(sign_in: Any) -> None:
    child = a_child()
    earlier = Referral.objects.create(person=child, received_on=date(2026, 2, 3), closed_on=date(2026, 3, 3))
    client, contact = sign_in("service_manager"), a_contact(child)
    assert earlier_referrals([earlier], contact.received_on) == {child.pk: earlier}
    assert "Would be a re-referral" in client.get(f"/contacts/{contact.reference}").content.decode()
    contact.children.all().delete(), contact.named.all().delete(), contact.delete()
    referral = a_referral(child)
    page = client.get(f"/referrals/{referral.reference}").content.decode()
    assert "The last was received on 3 February 2026" in page
    assert "Re-referral" in client.get("/referrals").content.decode()
