"""Two records of one person made one, and two again. Nothing is deleted and nothing is lost, either way."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import copy
from datetime import datetime
from itertools import groupby

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from casework.accounts.models import User
from casework.accounts.stamps import save_over
from casework.common.refused import Refused
from casework.deadlines.actions import bring_up_to_date
from casework.history.tracking import acting
from casework.notices.actions import tell
from casework.people.actions.checks import check_dates
from casework.people.merging.closed import check_may_see_both, close_as_both, close_what_goes_back
from casework.people.merging.differences import chosen
from casework.people.merging.journal import pointer_of, set_back, set_columns, take_away
from casework.people.merging.names import keep_disabilities_true, keep_names, keep_numbers
from casework.people.merging.pointers import Row, by_column, rows_clashing, rows_naming
from casework.people.models import Merge, Person


def merge(stays: Person, goes: Person, *, choices: Mapping[str, str], reason: str, by: User, at: datetime) -> Merge:
    """`goes` becomes part of `stays`. `choices` says for each topic that both answer differently whose answer holds.

    Raises Refused for one record, one that is part of another already, a choice not made, dates that cannot be true
    together, or records that `by` does not see by right.
    """
    with acting(who=by.pk, who_name=str(by), why=reason), transaction.atomic():
        stays, goes = _taken(stays.pk, goes.pk)
        _check_merge(stays, goes, by)
        made = Merge(stays=stays, goes=goes, reason=reason, at=at, by=by)
        naming, clashing = rows_naming(stays.pk, goes.pk), rows_clashing(stays.pk, goes.pk)
        made.had = {" ".join(column): keys for column, keys in by_column(naming[stays.pk]).items()}
        was = copy(stays)
        _change_details(made, choices, at)
        close_as_both(made, by=by, at=at)
        _move(made, naming[goes.pk], clashing)
        keep_names(made, was)
        keep_numbers(made, was, by=by, at=at)
        keep_disabilities_true(made)
        set_columns(made, goes, {"merged_into_id": stays.pk})
        made.save()
        _settle(made, at)
        _tell_workers(made, at)
    return made


def _taken(*keys: int) -> list[Person]:
    """These people as they are now, held until the transaction ends: nobody adds to their records meanwhile."""
    if len(set(keys)) < len(keys):
        raise Refused("These are one record already.")
    held = {one.pk: one for one in Person.objects.select_for_update().filter(pk__in=keys).order_by("pk")}
    return [held[key] for key in keys]


def _check_merge(stays: Person, goes: Person, by: User) -> None:
    for one in (stays, goes):
        if one.merged_into_id is not None:
            raise Refused(f"{one.reference} has become part of another record already. Open that one instead.")
    check_may_see_both(stays, goes, by)


def _change_details(made: Merge, choices: Mapping[str, str], at: datetime) -> None:
    try:
        changes = chosen(made.stays, made.goes, choices)
    except KeyError:
        raise Refused("The two records differ in more than this page showed. Open it again, and choose.") from None
    set_columns(made, made.stays, changes)
    check_dates(made.stays, timezone.localdate(at))


def _move(made: Merge, rows: Iterable[Row], clashing: set[Row]) -> None:
    """All rows of a column at once; one at a time where the database refuses one of them."""
    moving = [row for row in rows if row not in clashing]
    made.aside = [list(row) for row in sorted(clashing)]
    for (label, column), keys in by_column(moving).items():
        moved = _point(label, column, keys, made.stays.pk)
        made.moved += [[label, column, key] for key in keys if key in moved]
        made.aside += [[label, column, key] for key in keys if key not in moved]


def _point(label: str, column: str, keys: list[int], person: int) -> set[int]:
    """Have these rows name the person; gives those that do."""
    pointer = pointer_of(label, column)
    if pointer.point(keys, person):
        return set(keys)
    return {key for key in keys if pointer.point([key], person)}


def _settle(made: Merge, at: datetime) -> None:
    """Whoever has either record open is told when they save; the clocks of both are true."""
    for one in Person.objects.filter(pk__in=(made.stays_id, made.goes_id)).order_by("pk"):
        save_over(one, None)
    bring_up_to_date(people=[made.stays_id, made.goes_id], at=at)


def _tell_workers(made: Merge, at: datetime) -> None:
    """Those who hold either case. Numbers alone: a notice is read on a crowded screen."""
    held = [one for person in (made.stays, made.goes) for one in person.allocations.filter(ended_on=None)]
    accounts = {one.worker.own_account for one in held if one.worker and one.worker.own_account}
    text = f"{made.by} merged {made.goes.reference} into {made.stays.reference}: two records of one person."
    tell(accounts - {made.by}, text, address=reverse("person", args=[made.stays.reference]), at=at)


def undo(made: Merge, *, reason: str, by: User, at: datetime) -> list[Row]:
    """Two records again. Gives the rows that came over and cannot go back, because they were changed or ended since.

    What was recorded on the one record since stays with the one that stayed. Raises Refused for a merge undone
    already, or one that another has been built on.
    """
    with acting(who=by.pk, who_name=str(by), why=reason), transaction.atomic():
        _taken(made.stays_id, made.goes_id)
        made = Merge.objects.select_for_update(of=("self",)).select_related("stays", "goes").get(pk=made.pk)
        check_undo(made)
        for label, key in made.made:
            take_away(label, key)
        left: list[Row] = [(one[0], one[1], one[2]) for one in reversed(made.changed) if not set_back(*one)]
        left += _move_back(made)
        close_what_goes_back(made, at=at)
        made.undone_at, made.undone_by, made.undone_reason = at, by, reason
        made.save()
        _settle(made, at)
    return left


def check_undo(made: Merge) -> None:
    """Raises Refused where it cannot be undone now: merges are undone last first, so that each goes back exactly."""
    if made.undone_at is not None:
        raise Refused("This merge is undone already.")
    if made.stays.merged_into_id is not None:
        raise Refused(f"{made.stays.reference} has since become part of another record. Undo that merge first.")
    later = Merge.objects.filter(stays=made.stays_id, undone_at=None, pk__gt=made.pk).select_related("goes").last()
    if later is not None:
        raise Refused(f"{later.goes.reference} was merged into this record later. Undo that merge first.")


def _move_back(made: Merge) -> list[Row]:
    left: list[Row] = []
    for (label, column), rows in groupby(made.moved, key=lambda row: (row[0], row[1])):
        keys = [key for _, _, key in rows]
        there = pointer_of(label, column).of(made.stays_id, keys)
        back = _point(label, column, there, made.goes_id)
        left += [(label, column, key) for key in keys if key not in back]
    return left
