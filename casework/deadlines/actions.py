"""Keeping the clocks on a record true: called by every action that changes a fact, inside its transaction."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime

from django.utils import timezone

from casework.canonical.reading import kinds_carried, rows_of
from casework.common.kept_queries import KeptQuery, among, prepared
from casework.common.whole import whole
from casework.deadlines.models import Obligation
from casework.deadlines.working_out import KEY, VALUES, Key, WorkedOut, clocks_on, worked_out

LOCK = 1_480_938
"""Names this lock among the database's advisory locks."""

STANDING = """
WITH RECURSIVE led(id, reference, last) AS (
    SELECT id, reference, merged_into_id FROM people_person WHERE id = ANY($1)
    UNION
    SELECT next.id, next.reference, next.merged_into_id FROM led JOIN people_person next ON next.id = led.last
)
SELECT id, reference, last IS NULL FROM led ORDER BY id
"""
TURNS = "SELECT pg_advisory_xact_lock($1::int, key) FROM unnest($2::int[]) AS key"
HELD = KeptQuery(
    lambda: Obligation.objects.filter(among("person", "people")).values_list("pk", "person", *KEY[1:], *VALUES)
)


def bring_up_to_date(*, people: Iterable[int], at: datetime) -> None:
    """Work out the clocks of these people's records anew and keep what changed. `people` are keys of `people.Person`.

    To be called inside the transaction that changed their facts. A record that was merged keeps none of its own: its
    clocks are on the record it has become. Two transactions about one person take their turns.
    """
    asked = sorted(set(people))
    gathering = _gathered.get()
    if gathering is not None:
        gathering.update(asked)
        return
    if not asked:
        return
    with whole:
        standing, merged = _take_turns(asked)
        rows = rows_of(list(standing.values()))
        found = worked_out(clocks_on(rows, timezone.localdate(at), kinds_carried()), standing)
        keep([*standing.values(), *merged], {one.key: one for one in found}, at=at)


@contextmanager
def once(*, at: datetime) -> Iterator[None]:
    """Inside, whoever is to be brought up to date is noted, and all of them are together, once, at its end.

    For an action that is made of others: a decision on three children that opens a referral for each and gives each to
    a team would work out every child's clocks three times over. Clocks are not to be read inside.
    """
    if _gathered.get() is not None:
        yield
        return
    people = set[int]()
    token = _gathered.set(people)
    try:
        yield
    finally:
        _gathered.reset(token)
    bring_up_to_date(people=people, at=at)


_gathered: ContextVar[set[int] | None] = ContextVar("gathered", default=None)


def keep(people: list[int], found: Mapping[Key, WorkedOut], *, at: datetime) -> list[Key]:
    """Make these the clocks of these people, touching only rows that differ; gives the keys of those that did."""
    rows = HELD.ask(people=people)
    held = {row[1 : len(KEY) + 1]: (row[0], row[len(KEY) + 1 :]) for row in rows}
    gone = [key for key in held if key not in found]
    new = [key for key in found if key not in held]
    changed = [key for key in found if key in held and held[key][1] != found[key].values]
    if gone:
        Obligation.objects.filter(pk__in=[held[key][0] for key in gone]).delete()
    # One INSERT for both: an UPDATE of many rows that differ costs the framework ten times as long to write.
    Obligation.objects.bulk_create(
        [_row(found[key], at) for key in (*new, *changed)],
        update_conflicts=True, unique_fields=KEY, update_fields=[*VALUES, "worked_out_at"],
    )  # fmt: skip
    return [*gone, *new, *changed]


def _take_turns(asked: list[int]) -> tuple[dict[str, int], list[int]]:
    """The records asked for that stand, by reference, and those that were merged; nobody else works on them now."""
    found = prepared(STANDING, [asked])
    standing = {reference: key for key, reference, stands in found if stands}
    prepared(TURNS, [LOCK, [key % 2**31 for key in sorted(standing.values())]])
    return standing, [key for key, _, stands in found if not stands]


def _row(one: WorkedOut, at: datetime) -> Obligation:
    keys = dict(zip(("person_id", *KEY[1:]), one.key, strict=True))
    return Obligation(**keys, **dict(zip(VALUES, one.values, strict=True)), worked_out_at=at)
