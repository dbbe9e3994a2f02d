"""Every clock of the whole record worked out anew, beside what is kept: the proof that each save kept its own true.

The record and the clocks kept are read as of one moment, so that saves going on meanwhile are no difference. What
differs is mended person by person, as a save would.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import polars as pl
from django.db import connection
from django.utils import timezone

from casework.canonical.reading import dataset, kinds_carried, one_moment
from casework.deadlines.actions import bring_up_to_date
from casework.deadlines.models import FullRun, Obligation, WorkedOut
from casework.deadlines.working_out import KEY, MOMENTS, VALUES, clocks_in
from goldenthread.dataset.asof import as_known
from goldenthread.dataset.store import Dataset
from goldenthread.journey.events import of_children
from goldenthread.journey.sources import SOURCES

TABLES = tuple(dict.fromkeys(("people", *(source.table for source in SOURCES), "care_plans", "looked_after_reviews")))
COLUMNS = (*KEY[1:], *VALUES)
MANY = 200
"""People mended in one transaction."""

DIFFERENT = """
SELECT coalesce(p.id, o.person_id), coalesce(w.clock, o.clock), coalesce(w.trigger_table, o.trigger_table),
       coalesce(w.trigger_row_id, o.trigger_row_id),
       CASE WHEN o.id IS NULL THEN 'is not kept' WHEN w.clock IS NULL THEN 'is kept and does not run'
            ELSE 'is kept otherwise than it runs' END,
       coalesce(whose.reference, p.reference),
       w.clock IS NOT NULL AND greatest(w.trigger_on, w.satisfied_on, w.ended_on) > %(since)s
           AND EXISTS (SELECT FROM deadlines_workedout x WHERE x.of_itself
                       AND ROW({of_itself}) IS NOT DISTINCT FROM ROW({whole}))
FROM (deadlines_workedout w JOIN people_person p ON p.reference = w.child_id AND NOT w.of_itself)
FULL JOIN deadlines_obligation o ON o.person_id = p.id AND {same_key}
LEFT JOIN people_person whose ON whose.id = o.person_id
WHERE o.id IS NULL OR w.clock IS NULL OR ROW({kept}) IS DISTINCT FROM ROW({found})
ORDER BY 1, 2
"""


@dataclass(frozen=True)
class Difference:
    """A clock that is not as the record has it. `of_itself`: a day brought it (a birthday, a date set ahead)."""

    person: int
    reference: str
    clock: str
    table: str
    row: str
    what: str
    of_itself: bool

    def __str__(self) -> str:
        return f"{self.reference}: {self.clock}, from {self.table} {self.row}, {self.what}"


@dataclass(frozen=True)
class Recomputed:
    """A full run: how many clocks there are, and what was found wrong. All of it is mended."""

    clocks: int
    first: bool
    of_themselves: int
    wrong: tuple[Difference, ...]


def recompute(*, at: datetime) -> Recomputed:
    """Work every clock out anew, mend what differs, write the run down. On an empty table, fill it."""
    on = timezone.localdate(at)
    last = FullRun.objects.order_by("-pk").first()
    if last is None and not Obligation.objects.exists():
        return _fill(on, at)
    clocks, found = _differences(on, last.on if last else on)
    people = sorted({one.person for one in found})
    for start in range(0, len(people), MANY):
        bring_up_to_date(people=people[start : start + MANY], at=at)
    wrong = tuple(one for one in found if not one.of_itself)
    FullRun.objects.create(on=on, at=at, clocks=clocks, of_themselves=len(found) - len(wrong), wrong=len(wrong))
    return Recomputed(clocks, False, len(found) - len(wrong), wrong)


def _differences(on: date, since: date) -> tuple[int, list[Difference]]:
    with one_moment(), connection.cursor() as cursor:
        whole, carried = dataset(on, TABLES), kinds_carried()
        frame = clocks_in(whole, on, carried)
        _lay_beside(frame)
        found = _compare(cursor, since)
        if found and since < on:
            # What the days since then would have brought to the record as it was known at the last full run.
            asked = sorted({one.reference for one in found})
            _lay_beside(clocks_in(_then(whole, asked, since), on, carried), of_itself=True)
            found = _compare(cursor, since)
        WorkedOut.objects.all().delete()
    return frame.height, found


def _then(whole: Dataset, people: list[str], known_on: date) -> Dataset:
    return as_known(of_children(whole, people), known_on)


def _compare(cursor: object, since: date) -> list[Difference]:
    same = " AND ".join(f"o.{name} = w.{name}" for name in KEY[1:])
    kept, found = (", ".join(f"{row}.{name}" for name in VALUES) for row in "ow")
    of_itself, whole = (", ".join(f"{row}.{name}" for name in ("child_id", *COLUMNS)) for row in "xw")
    query = DIFFERENT.format(same_key=same, kept=kept, found=found, of_itself=of_itself, whole=whole)
    cursor.execute(query, {"since": since})  # type: ignore[attr-defined]
    rows = cursor.fetchall()  # type: ignore[attr-defined]
    return [Difference(person, who, clock, table, row, what, own) for person, clock, table, row, what, who, own in rows]


def _fill(on: date, at: datetime) -> Recomputed:
    columns = ", ".join(COLUMNS)
    taken = ", ".join(f"w.{name}" for name in COLUMNS)
    with one_moment(), connection.cursor() as cursor:
        frame = clocks_in(dataset(on, TABLES), on, kinds_carried())
        _lay_beside(frame)
        cursor.execute(
            f"INSERT INTO deadlines_obligation (person_id, worked_out_at, {columns}) SELECT p.id, %s, {taken} "
            "FROM deadlines_workedout w JOIN people_person p ON p.reference = w.child_id",
            [at],
        )
        WorkedOut.objects.all().delete()
        FullRun.objects.create(on=on, at=at, clocks=frame.height, of_themselves=0, wrong=0)
    return Recomputed(frame.height, True, 0, ())


def _lay_beside(frame: pl.DataFrame, *, of_itself: bool = False) -> None:
    """The clocks of a frame beside those kept, until the transaction takes them away again."""
    # A moment with its offset, so that it is the same one whatever the connection's own zone.
    moments = [pl.col(name).dt.replace_time_zone("Europe/London", ambiguous="earliest", non_existent="null")
               for name in MOMENTS if frame.height]  # fmt: skip
    whole = frame.with_columns(*moments, pl.lit(of_itself).alias("of_itself"))
    text = whole.write_csv(include_header=False, datetime_format="%Y-%m-%d %H:%M:%S%.6f%:z", null_value="\\N")
    columns = ", ".join(whole.columns)
    copying = f"COPY deadlines_workedout ({columns}) FROM STDIN (FORMAT csv, NULL '\\N')"
    with connection.cursor() as cursor, cursor.copy(copying) as into:
        into.write(text.encode())
