"""Care leavers: pathway plans, personal advisers, keeping in touch, what they do and where they live."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from goldenthread.dataset.synthetic.care import CarePeriods
from goldenthread.dataset.synthetic.cases import History
from goldenthread.dataset.synthetic.chance import (
    NONE,
    Mask,
    Whole,
    birthday,
    chosen,
    collection_year,
    happens,
    known,
    order_within,
    repeated,
    skewed,
    spread,
    stream,
)
from goldenthread.dataset.synthetic.desk import TEAM_NAMES
from goldenthread.dataset.synthetic.parameters import Parameters
from goldenthread.dataset.synthetic.tabulate import Chosen, Tabulator, codes
from goldenthread.dataset.synthetic.teams import PATHWAY, SPAN, Workforce

WEEKS_13 = 91
DAYS_OF_A_MONTH = 28

BUSY = ("F1", "F2", "F4", "F5", "P2", "P5")
IDLE = ("G4", "G5", "G6")
SUITABLE = ("B", "D", "E", "T", "U", "Z", "K")
UNSUITABLE = ("S", "V", "W", "X")


@dataclass(frozen=True, slots=True)
class _Leavers:
    """A row a young person: from when known, leaving, 18th and 21st birthdays, and the seat of their adviser."""

    period: Whole
    child: Whole
    known_from: Whole
    left: Whole
    adult: Whole
    over: Whole
    seat: Whole


def leaving_tables(
    tabulator: Tabulator, book: Parameters, history: History, workforce: Workforce, care: CarePeriods
) -> dict[str, pl.DataFrame]:
    """care_leavers, pathway_plans, personal_advisers and the contacts, activity and accommodation of care leavers."""
    rng = stream(tabulator.seed, tabulator.district, "leaving care")
    leavers = _leavers(history, workforce, care, tabulator.as_at)
    status, spans = _statuses(tabulator, history, workforce, leavers)
    return {
        "care_leavers": status,
        **_plans(rng, tabulator, book, history, workforce, leavers, spans),
        **_lives(rng, tabulator, book, history, workforce, leavers, spans),
    }


@dataclass(frozen=True, slots=True)
class _Spans:
    """The rows of care_leavers, in order of person and day."""

    person: Whole
    start: Whole
    identifiers: pl.Series

    def on(self, person: Whole, day: Whole) -> Chosen:
        """The row that each person's service stands under on a day."""
        keys = self.person * SPAN + self.start
        return Chosen(self.identifiers, np.maximum(np.searchsorted(keys, person * SPAN + day, side="right") - 1, 0))


def _leavers(history: History, workforce: Workforce, care: CarePeriods, as_at: int) -> _Leavers:
    """Looked after for thirteen weeks or more after fourteen, some of it after sixteen."""
    sixteen = birthday(care.born, 16)
    long_enough = care.end - np.maximum(care.start, birthday(care.born, 14)) >= WEEKS_13
    period = np.flatnonzero(long_enough & (care.end > sixteen))
    begins = np.maximum(np.maximum(sixteen[period], care.start[period] + WEEKS_13), care.start[period])
    period, begins = period[begins <= as_at], begins[begins <= as_at]
    # One row a person: the last period counts.
    order = np.lexsort((care.start[period], care.child[period]))
    period, begins = period[order], begins[order]
    final = (
        np.concatenate((care.child[period][1:] != care.child[period][:-1], [True]))
        if len(period)
        else period.astype(np.bool_)
    )
    period, begins = period[final], begins[final]
    adult = birthday(care.born[period], 18)
    return _Leavers(
        period=period,
        child=care.child[period],
        known_from=begins,
        left=care.end[period],
        adult=adult,
        over=birthday(care.born[period], 21),
        seat=workforce.seat_for(np.full(len(period), PATHWAY), care.child[period] * 13),
    )


def _statuses(
    tabulator: Tabulator, history: History, workforce: Workforce, who: _Leavers
) -> tuple[pl.DataFrame, _Spans]:
    """Eligible while in care at sixteen and seventeen, relevant once out of it, former relevant from eighteen."""
    early = who.left < who.adult
    spans = (
        (who.known_from, np.minimum(who.left, who.adult)),
        (np.where(early, who.left, NONE), who.adult),
        (who.adult, who.over),
    )
    count = len(who.child)
    row = np.tile(np.arange(count), 3)
    start = np.concatenate([begin for begin, _ in spans])
    end = np.concatenate([finish for _, finish in spans])
    kind = np.repeat(np.arange(3), count)
    real = known(start) & (start < end) & (start <= tabulator.as_at)
    row, start, end, kind = row[real], start[real], end[real], kind[real]
    order = np.lexsort((start, row))
    row, start, end, kind = row[order], start[order], end[order], kind[order]
    holder = workforce.named(workforce.holder(who.seat[row], np.minimum(end, tabulator.as_at)))
    identifiers = tabulator.identifiers("CL", len(row))
    frame = tabulator.table(
        "care_leavers",
        {
            "care_leaver_id": identifiers,
            "child_id": history.children.named(who.child[row]),
            "eligibility": codes(("eligible", "relevant", "former_relevant"), kind),
            "started_on": start,
            "ended_on": end,
            "team": Chosen(TEAM_NAMES, np.full(len(row), PATHWAY)),
            "worker_id": holder,
        },
        by=holder,
    )
    return frame, _Spans(row, start, identifiers)


def _plans(
    rng: np.random.Generator,
    tabulator: Tabulator,
    book: Parameters,
    history: History,
    workforce: Workforce,
    who: _Leavers,
    spans: _Spans,
) -> dict[str, pl.DataFrame]:
    count = len(who.child)
    until = np.minimum(who.over, tabulator.as_at)
    planned = happens(rng, book.value("leaving.pathway_plan"), count)
    needs = who.known_from + spread(rng, 20, 110, count)
    first = needs + spread(rng, 5, 60, count)
    owner, reviewed = repeated(rng, np.where(planned, first, NONE), until, 176, unsteady=0.15, late=0.12)
    rows = np.arange(count)
    row = np.concatenate([rows[planned], rows[planned], owner])
    day = np.concatenate([needs[planned], first[planned], reviewed])
    kind = np.repeat([0, 1, 2], [int(planned.sum()), int(planned.sum()), len(owner)])
    kept = day <= until[row]
    row, day, kind = row[kept], day[kept], kind[kept]

    def by(people: Whole, on: Whole) -> Chosen:
        return workforce.named(workforce.holder(who.seat[people], on))

    advised = np.flatnonzero(happens(rng, book.value("leaving.adviser"), count))
    from_day = who.known_from[advised] + spread(rng, 0, 60, len(advised))
    people, start, end, worker = _handed_on(workforce, who, advised, from_day, tabulator.as_at)
    return {
        "pathway_plans": tabulator.table(
            "pathway_plans",
            {
                "pathway_plan_id": tabulator.identifiers("PW", len(row)),
                "child_id": history.children.named(who.child[row]),
                "care_leaver_id": spans.on(row, day),
                "kind": codes(("needs_assessment", "plan", "review"), kind),
                "completed_on": day,
            },
            by=by(row, day),
        ),
        "personal_advisers": tabulator.table(
            "personal_advisers",
            {
                "personal_adviser_id": tabulator.identifiers("PA", len(people)),
                "child_id": history.children.named(who.child[people]),
                "worker_id": workforce.named(worker),
                "started_on": start,
                "ended_on": end,
            },
            by=by(people, start),
        ),
    }


def _handed_on(
    workforce: Workforce, who: _Leavers, advised: Whole, begin: Whole, as_at: int
) -> tuple[Whole, Whole, Whole, Whole]:
    """Each adviser a young person has had: when one leaves, whoever holds the seat next takes over."""
    finish = who.over[advised]
    first = workforce.sitting(who.seat[advised], begin)
    last = workforce.sitting(who.seat[advised], np.minimum(finish, as_at))
    turns = np.maximum(last - first + 1, 0) * (begin <= as_at)
    which = np.repeat(np.arange(len(advised)), turns)
    sitting = first[which] + order_within(which)
    start = np.maximum(begin[which], workforce.start[sitting])
    left = workforce.end[sitting]
    end = np.where(known(left), np.minimum(left, finish[which]), finish[which])
    kept = start < end
    return advised[which][kept], start[kept], end[kept], workforce.covered[sitting][kept]


def _lives(
    rng: np.random.Generator,
    tabulator: Tabulator,
    book: Parameters,
    history: History,
    workforce: Workforce,
    who: _Leavers,
    spans: _Spans,
) -> dict[str, pl.DataFrame]:
    """From leaving care: what each young person does and where, changing as lives do, and the contacts kept."""
    until = np.minimum(who.over, tabulator.as_at)
    begin = np.maximum(np.minimum(who.left, who.adult), who.known_from)
    count = len(who.child)

    def by(people: Whole, on: Whole) -> Chosen:
        return workforce.named(workforce.holder(who.seat[people], on))

    busy_of, busy_on, busy = _turns(rng, begin, until, book.at("leaving.in_education_or_work", begin), book, 260)
    home_of, home_on, housed = _turns(rng, begin, until, np.full(count, book.value("leaving.suitable_home")), book, 420)
    activity = np.where(
        busy,
        chosen(rng, np.array([8.0, 30, 10, 36, 8, 8]), len(busy)),
        len(BUSY) + chosen(rng, np.array([30.0, 50, 20]), len(busy)),
    )
    home = np.where(
        housed,
        chosen(rng, np.array([14.0, 24, 10, 8, 32, 10, 2]), len(housed)),
        len(SUITABLE) + chosen(rng, np.array([25.0, 20, 15, 40]), len(housed)),
    )
    # A foyer takes nobody under eighteen.
    grown = home_on > who.adult[home_of] + DAYS_OF_A_MONTH
    home = np.where((home == SUITABLE.index("T")) & ~grown, SUITABLE.index("D"), home)
    distant = happens(rng, book.value("leaving.out_of_touch"), count)
    touch_of, touched = repeated(
        rng, begin, until, np.where(distant, 130, 52), first=spread(rng, 3, 40, count), unsteady=0.3, late=0.1
    )
    answer = np.where(
        distant[touch_of] & happens(rng, 0.45, len(touch_of)), chosen(rng, np.array([70.0, 30]), len(touch_of)) + 1, 0
    )

    born = history.children.born[who.child]
    touch_of, touched, answer = _with_birthdays(touch_of, touched, answer, born, begin, until)

    def of(people: Whole) -> Chosen:
        return history.children.named(who.child[people])

    return {
        "care_leaver_contacts": tabulator.table(
            "care_leaver_contacts",
            {
                "care_leaver_contact_id": tabulator.identifiers("CC", len(touched)),
                "child_id": of(touch_of),
                "care_leaver_id": spans.on(touch_of, touched),
                "contacted_on": touched,
                "in_touch": codes(("YES", "NO", "REFU"), answer),
                "visit": (answer == 0) & happens(rng, 0.6, len(touched)),
            },
            by=by(touch_of, touched),
        ),
        "care_leaver_activity": tabulator.table(
            "care_leaver_activity",
            {
                "care_leaver_activity_id": tabulator.identifiers("CX", len(busy_of)),
                "child_id": of(busy_of),
                "activity": codes((*BUSY, *IDLE), activity),
                "started_on": busy_on,
            },
            by=by(busy_of, busy_on),
        ),
        "care_leaver_accommodation": tabulator.table(
            "care_leaver_accommodation",
            {
                "care_leaver_accommodation_id": tabulator.identifiers("CH", len(home_of)),
                "child_id": of(home_of),
                "accommodation": codes((*SUITABLE, *UNSUITABLE), home),
                "suitable": housed,
                "started_on": home_on,
            },
            by=by(home_of, home_on),
        ),
    }


def _with_birthdays(
    person: Whole, day: Whole, answer: Whole, born: Whole, begin: Whole, until: Whole
) -> tuple[Whole, Whole, Whole]:
    """The contacts with one more on each birthday that none stands near, which says what the last one did.

    The return asks of each birthday from 17 to 21 whether they were in touch around it.
    """
    found = [(person, day, answer)]
    keys = person * SPAN + day
    for years in range(17, 22):
        on = birthday(born, years)
        asked = np.flatnonzero((on >= begin) & (on <= until))
        last = np.searchsorted(keys, asked * SPAN + on[asked], side="right") - 1
        near = _near(person, day, last, asked, on[asked]) | _near(person, day, last + 1, asked, on[asked])
        asked, last = asked[~near], last[~near]
        own = (last >= 0) & (person[last] == asked) if len(person) else np.zeros(len(asked), dtype=np.bool_)
        said = np.where(own, answer[last], 0) if len(person) else np.zeros(len(asked), dtype=np.int64)
        found.append((asked, on[asked], said))
    owner, when, said = (np.concatenate(column) for column in zip(*found, strict=True))
    order = np.lexsort((when, owner))
    return owner[order], when[order], said[order]


def _near(person: Whole, day: Whole, row: Whole, who: Whole, birthday_on: Whole) -> Mask:
    """Whether the contact in each row is the person's own, up to three months before the birthday or a month after it
    in the same collection year."""
    inside = (row >= 0) & (row < len(person))
    if not inside.any():
        return inside
    held = np.where(inside, row, 0)
    late = day[held] - birthday_on
    same_year = collection_year(day[held]) == collection_year(birthday_on)
    after = (late <= 0) | ((late <= DAYS_OF_A_MONTH) & same_year)
    near: Mask = inside & (person[held] == who) & (late >= -3 * DAYS_OF_A_MONTH) & after
    return near


def _turns(
    rng: np.random.Generator, begin: Whole, until: Whole, share: np.ndarray, book: Parameters, days: int
) -> tuple[Whole, Whole, Mask]:
    """States that last a while and change: whose, from when, and if the good one, which holds `share` of the time."""
    count = len(begin)
    owner, day = repeated(rng, begin, until, (skewed(rng, days, 0.5, count) + 60).astype(np.float64), unsteady=0.3)
    rows = np.arange(count)
    opening = begin <= until
    owner = np.concatenate([rows[opening], owner])
    day = np.concatenate([begin[opening], day])
    order = np.lexsort((day, owner))
    owner, day = owner[order], day[order]
    # A person leans one way: good spells follow good ones more often than chance.
    lean = np.clip(rng.beta(3 * share + 0.01, 3 * (1 - share) + 0.01), 0, 1)
    return owner, day, happens(rng, lean[owner], len(owner))
