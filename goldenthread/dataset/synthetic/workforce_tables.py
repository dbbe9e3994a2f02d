"""Workers, posts, allocations, sickness, checks and the monthly counts of both parts of the council; population."""

from __future__ import annotations

import csv
from datetime import date
from importlib.resources import files

import numpy as np
import polars as pl

from goldenthread.dataset.synthetic import names
from goldenthread.dataset.synthetic.cases import History
from goldenthread.dataset.synthetic.chance import (
    EPOCH,
    NONE,
    YEAR,
    Mask,
    Whole,
    happens,
    known,
    order_within,
    ordinal,
    repeated,
    spread,
    stream,
)
from goldenthread.dataset.synthetic.desk import SERVICE_NAMES, TEAM_NAMES, Desk
from goldenthread.dataset.synthetic.parameters import Parameters
from goldenthread.dataset.synthetic.tabulate import Chosen, Tabulator, codes
from goldenthread.dataset.synthetic.teams import TEAMS, Workforce

ROLES = (*dict.fromkeys(team.role for team in TEAMS), "practice_manager", "newly_qualified", "advanced_practitioner")
CHANGES = ("FCONTA", "LEFTRL", "TSPROC")
FIRST_CONTACT, WORKER_LEFT, MOVED_ON = range(3)
MONTHS_OF_COUNTS = 12
"""Counts begin a year before the history, so that the first rolling year is whole."""


def workforce_tables(
    tabulator: Tabulator, book: Parameters, history: History, desk: Desk, since: int, population: float
) -> dict[str, pl.DataFrame]:
    """workers, posts, allocations, absences, dbs_checks, workforce_counts; supervisions come with the visits."""
    rng = stream(tabulator.seed, tabulator.district, "workforce tables")
    workforce = desk.workforce
    absence_of, first, last, lost = _absences(rng, tabulator, book, workforce, since)
    return {
        "workers": _workers(rng, tabulator, workforce),
        "posts": _posts(tabulator, workforce),
        "allocations": _allocations(tabulator, history, desk),
        "absences": tabulator.table(
            "absences",
            {
                "absence_id": tabulator.identifiers("AB", len(absence_of)),
                "worker_id": workforce.named(absence_of),
                "started_on": first,
                "ended_on": last,
                "days_lost": lost,
            },
        ),
        "dbs_checks": _checks(rng, tabulator, workforce),
        "workforce_counts": _counts(rng, tabulator, book, workforce, since, population, first, last, lost),
    }


def _role(workforce: Workforce, rng: np.random.Generator) -> Whole:
    role = np.array([ROLES.index(team.role) for team in TEAMS])[workforce.person_team]
    social = role == ROLES.index("social_worker")
    grade = rng.random(len(role))
    role = np.where(social & (grade < 0.14) & ~workforce.agency, ROLES.index("newly_qualified"), role)
    role = np.where(social & (grade > 0.86), ROLES.index("advanced_practitioner"), role)
    return np.where(workforce.manager, ROLES.index("practice_manager"), role)


def _workers(rng: np.random.Generator, tabulator: Tabulator, workforce: Workforce) -> pl.DataFrame:
    count = len(workforce.person_team)
    forenames = (*names.GIRLS, *names.BOYS)
    first, last = rng.integers(0, len(forenames), count).tolist(), rng.integers(0, len(names.SURNAMES), count).tolist()
    registered = np.isin(
        _role(workforce, stream(tabulator.seed, tabulator.district, "roles")),
        [
            ROLES.index(role)
            for role in (
                "social_worker",
                "newly_qualified",
                "advanced_practitioner",
                "practice_manager",
                "reviewing_officer",
            )
        ],
    )
    # No social worker's number has seven figures.
    numbers = pl.Series([f"SW9{number:06d}" for number in rng.integers(0, 10**6, count).tolist()], dtype=pl.String)
    return tabulator.table(
        "workers",
        {
            "worker_id": workforce.identifiers,
            "name": pl.Series(
                [f"{forenames[a]} {names.SURNAMES[b]}" for a, b in zip(first, last, strict=True)], dtype=pl.String
            ),
            "role": codes(ROLES, _role(workforce, stream(tabulator.seed, tabulator.district, "roles"))),
            "registration": Chosen(numbers, np.where(registered, np.arange(count), -1)),
            "part_of": codes(("childrens_services",), np.zeros(count, dtype=np.int64)),
            "service": Chosen(SERVICE_NAMES, workforce.person_team),
            "team": Chosen(TEAM_NAMES, workforce.person_team),
            "agency": workforce.agency,
            "fte": np.where(workforce.agency, 1.0, workforce.fte[workforce.person_seat]),
            "started_on": workforce.person_start,
            "left_on": workforce.person_end,
        },
    )


def _posts(tabulator: Tabulator, workforce: Workforce) -> pl.DataFrame:
    """Each seat and who filled it. An agency worker covers a vacancy and does not fill the post."""
    role = np.array([ROLES.index(team.role) for team in TEAMS])[workforce.team]
    leads = workforce.manager_seat == np.arange(len(workforce.team))
    role = np.where(leads, ROLES.index("practice_manager"), role)
    worker = workforce.worker
    filled = (worker >= 0) & ~workforce.agency[np.maximum(worker, 0)]
    seat = workforce.seat
    return tabulator.table(
        "posts",
        {
            "post_id": Chosen(tabulator.identifiers("PO", len(workforce.team)), seat),
            "role": codes(ROLES, role[seat]),
            "team": Chosen(TEAM_NAMES, workforce.team[seat]),
            "fte": workforce.fte[seat],
            "worker_id": workforce.named(np.where(filled, worker, -1)),
            "started_on": workforce.start,
            "ended_on": np.where(known(workforce.end), workforce.end - 1, NONE),
        },
    )


def _allocations(tabulator: Tabulator, history: History, desk: Desk) -> pl.DataFrame:
    """Every span in which one worker held a child's case: a new one with each team, and each time a worker leaves."""
    cases, workforce = history.cases, desk.workforce
    row, start, end, seat = _stages(history, desk)
    limit = np.minimum(end - 1, tabulator.as_at)
    first, last = workforce.sitting(seat, start), workforce.sitting(seat, limit)
    turns = np.where(start <= tabulator.as_at, last - first + 1, 0)
    which = np.repeat(np.arange(len(row)), turns)
    nth = order_within(which)
    sitting = first[which] + nth
    begins = np.where(nth == 0, start[which], workforce.start[sitting])
    left = workforce.end[sitting]
    final = nth == turns[which] - 1
    ends = np.where(final, end[which], left)
    real = (begins < ends) & (begins <= tabulator.as_at)
    which, begins, ends, sitting, nth = (part[real] for part in (which, begins, ends, sitting, nth))
    # The reason says why this worker took over: the one before left, the case moved on, or it was new.
    opens = begins == cases.referred[row[which]]
    reason = np.where(opens, FIRST_CONTACT, np.where(nth > 0, WORKER_LEFT, MOVED_ON))
    worker = workforce.named(workforce.covered[sitting])
    team = workforce.team[seat[which]]
    return tabulator.table(
        "allocations",
        {
            "allocation_id": tabulator.identifiers("AL", len(which)),
            "child_id": history.children.named(cases.child[row[which]]),
            "worker_id": worker,
            "team": Chosen(TEAM_NAMES, team),
            "service": Chosen(SERVICE_NAMES, team),
            "started_on": begins,
            "ended_on": ends,
            "change_reason": codes(CHANGES, reason),
        },
        by=worker,
    )


def _stages(history: History, desk: Desk) -> tuple[Whole, Whole, Whole, Whole]:
    """The spans of each case by team: case, first day, end and seat."""
    cases = history.cases
    opened, closed = cases.referred, cases.closed
    middle = np.where(known(desk.middle), np.clip(desk.middle, opened, closed), closed)
    permanence = np.where(known(desk.permanence), np.clip(desk.permanence, opened, closed), closed)
    middle = np.minimum(middle, permanence)
    rows = np.arange(cases.count)
    row = np.tile(rows, 3)
    start = np.concatenate([opened, middle, permanence])
    end = np.concatenate([middle, permanence, closed])
    seat = np.concatenate([desk.assessment_seat, desk.middle_seat, desk.permanence_seat])
    real = (end > start) & (cases.kind[row] > 0)
    row, start, end, seat = row[real], start[real], end[real], seat[real]
    order = np.lexsort((start, row))
    return row[order], start[order], end[order], seat[order]


def _absences(
    rng: np.random.Generator, tabulator: Tabulator, book: Parameters, workforce: Workforce, since: int
) -> tuple[Whole, Whole, Whole, np.ndarray]:
    """Spells of sickness: most a few days, some weeks or months. Days lost are working days times hours worked."""
    begin = np.maximum(workforce.person_start, since - 800)
    end = np.where(known(workforce.person_end), workforce.person_end - 1, tabulator.as_at)
    begin = np.where(workforce.agency, NONE, begin)
    owner, first = repeated(
        rng, begin, np.where(known(begin), end, NONE), book.value("workforce.days_between_absences"), unsteady=0.6
    )
    count = len(owner)
    worked = 1 + rng.poisson(1.3, count)
    long = happens(rng, np.minimum(book.at("workforce.long_sickness", first), 1.0), count)
    worked = np.where(long, 10 + np.rint(rng.gamma(1.4, 22, count)).astype(np.int64), worked)
    last = np.minimum(first + np.rint(worked * 1.4).astype(np.int64) - 1, end[owner])
    last = np.maximum(last, first)
    days = np.maximum(np.rint((last - first + 1) / 1.4), 1)
    lost = np.round(days * workforce.fte[workforce.person_seat[owner]], 1)
    return owner, first, last, lost


def _checks(rng: np.random.Generator, tabulator: Tabulator, workforce: Workforce) -> pl.DataFrame:
    """A certificate before starting, and again about every three years; a few fall behind."""
    count = len(workforce.person_start)
    end = np.where(known(workforce.person_end), workforce.person_end, tabulator.as_at)
    before = workforce.person_start - spread(rng, 5, 60, count)
    owner, day = repeated(rng, before, np.minimum(end, tabulator.as_at), 1075, unsteady=0.03, late=0.04)
    owner, day = np.concatenate([np.arange(count), owner]), np.concatenate([before, day])
    return tabulator.table(
        "dbs_checks",
        {
            "dbs_check_id": tabulator.identifiers("DB", len(owner)),
            "worker_id": workforce.named(owner),
            "checked_on": day,
        },
    )


def _month_ends(since: int, as_at: int) -> list[int]:
    first = EPOCH.fromordinal(EPOCH.toordinal() + since)
    ends: list[int] = []
    year, month = first.year, first.month
    while True:
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
        end = ordinal(date(year, month, 1)) - 1
        if end > as_at:
            return ends
        ends.append(end)


def _counts(
    rng: np.random.Generator,
    tabulator: Tabulator,
    book: Parameters,
    workforce: Workforce,
    since: int,
    population: float,
    first: Whole,
    last: Whole,
    lost: np.ndarray,
) -> pl.DataFrame:
    """Month by month: children's services counted from its people, the rest of the council from its own chances."""
    ends = _month_ends(since - 366, tabulator.as_at)
    staff = ~workforce.agency
    fte = workforce.fte[workforce.person_seat]
    others = max(round(book.value("workforce.rest_of_council") * population / 10_000), 20)
    rows: list[tuple[int, int, float, float, int, int]] = []
    for end in ends:
        begin = _month_start(end)
        there = staff & (workforce.person_start <= end) & _still_there(workforce, end)
        gone = staff & (workforce.person_end >= begin) & (workforce.person_end <= end)
        inside = np.clip(np.minimum(last, end) - np.maximum(first, begin) + 1, 0, None)
        days = float((lost * inside / np.maximum(last - first + 1, 1)).sum())
        rows.append((0, end, float(fte[there].sum()), days, int(there.sum()), int(gone.sum())))
        now = np.array([end])
        leavers = int(rng.poisson(others * book.at("workforce.rest_leaving", now)[0] / 12))
        sick = others * 0.82 * book.at("workforce.rest_sick_days", now)[0] / 12 * rng.normal(1.0, 0.05)
        rows.append((1, end, others * 0.82, float(sick), others, leavers))
    part, month, fte_in_post, days_lost, heads, leavers_in = (np.array(column) for column in zip(*rows, strict=True))
    return tabulator.table(
        "workforce_counts",
        {
            "part_of": codes(("childrens_services", "rest_of_council"), part),
            "month_end": month,
            "fte_in_post": np.round(fte_in_post, 1),
            "days_lost": np.round(days_lost, 1),
            "headcount": heads,
            "leavers": leavers_in,
        },
    )


def together(counts: pl.DataFrame) -> pl.DataFrame:
    """The monthly counts of several districts as one authority's."""
    summed = [pl.col(name).sum().round(1) for name in ("fte_in_post", "days_lost")]
    heads = [pl.col(name).sum() for name in ("headcount", "leavers")]
    return counts.group_by("part_of", "month_end", maintain_order=True).agg(*summed, *heads)


def _month_start(end: int) -> int:
    day = EPOCH.fromordinal(EPOCH.toordinal() + end)
    return end - day.day + 1


def _still_there(workforce: Workforce, day: int) -> Mask:
    return ~known(workforce.person_end) | (workforce.person_end > day)


def population_table(share: float, last_year: int) -> pl.DataFrame:
    """Children aged 0 to 17: all, by ward, by age band and by sex, by mid-year; later years repeat the last held."""
    text = (files(__package__) / "data" / "population.csv").read_text(encoding="utf-8")
    held = {int(row["year"]): float(row["children"]) * share for row in csv.DictReader(text.splitlines())}
    years = range(min(held), max(last_year, max(held)) + 1)
    rows: list[tuple[str, int, str | None, str | None, str | None, int]] = []
    for year in years:
        total = round(held.get(year, held[max(held)]))
        rows.append((names.AUTHORITY_CODE, year, None, None, None, total))
        for place, shares in enumerate((dict.fromkeys(names.WARDS, 1.0), AGE_SHARES, SEX_SHARES)):
            for label, children in _divided(total, shares).items():
                split = [label if place == n else None for n in range(3)]
                rows.append((names.AUTHORITY_CODE, year, split[0], split[1], split[2], children))
    return pl.DataFrame(rows, schema=["authority", "year", "ward", "age_band", "sex", "children"], orient="row")


AGE_SHARES = {"Under 1": 5.4, "1 to 4": 22.2, "5 to 9": 28.6, "10 to 15": 33.2, "16 to 17": 10.6}
SEX_SHARES = {"M": 51.2, "F": 48.8}


def _divided(total: int, shares: dict[str, float]) -> dict[str, int]:
    """A whole number divided by shares, the parts adding up to it."""
    bounds = np.rint(np.cumsum([*shares.values()]) / sum(shares.values()) * total).astype(int)
    return dict(zip(shares, np.diff(bounds, prepend=0).tolist(), strict=True))


def population_on(day: int) -> float:
    """Children of the model city at the last mid-year before the day."""
    text = (files(__package__) / "data" / "population.csv").read_text(encoding="utf-8")
    held = {int(row["year"]): float(row["children"]) for row in csv.DictReader(text.splitlines())}
    year = EPOCH.year + int(day / YEAR)
    return held.get(year - 1, held[min(max(held), max(year - 1, min(held)))])
