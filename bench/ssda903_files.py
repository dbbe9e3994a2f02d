"""SSDA903 returns of any size for the benches: two years of the same made-up children, a few cells of them damaged.

Everything is drawn from a seed, a column at a time. Undamaged, the children are nearly clean.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import numpy.typing as npt
import polars as pl

Days = npt.NDArray[np.int64]
DAMAGED = 0.004
"""Of the rows of each table; one cell of each is made wrong."""
WRONG = ("31/02/2025", "XXX", "", "99", "2025-01-01")
EPISODES, REVIEWS = 6, 3
SOCIAL_WORKERS = 400
OPEN = 10**6


@dataclass(frozen=True)
class Lives:
    """The children: days as numbers. `starts` has a column an episode; `ends` the same, `OPEN` for the last."""

    born: Days
    starts: Days
    ends: Days


def write_two_years(folder: Path, children: int, year: int, seed: int = 1) -> tuple[Path, Path]:
    """The folders of this year's and last year's return, made where they are not there yet."""
    lives = lived(children, year, seed)
    places = []
    for ends in (year, year - 1):
        place = folder / f"ssda903-{children}-{ends}"
        if not place.is_dir():
            place.mkdir(parents=True)
            rng = np.random.default_rng(seed + ends)
            for name, table in tables_of(lives, ends).items():
                damaged(table, rng).write_csv(place / f"{name.lower()}.csv", quote_style="never")
        places.append(place)
    return places[0], places[1]


def lived(children: int, year: int, seed: int) -> Lives:
    """Children of 11 to 15, looked after for one to three years when the return of `year` is made."""
    rng = np.random.default_rng(seed)
    first = _number(date(year - 1, 4, 1))
    born = first - rng.integers(11 * 365, 15 * 365, children)
    begun = first - rng.integers(30, 700, children)
    steps = rng.integers(60, 260, (children, EPISODES - 1))
    starts = begun[:, None] + np.concatenate([np.zeros((children, 1), np.int64), steps.cumsum(1)], axis=1)
    ends = np.concatenate([starts[:, 1:], np.full((children, 1), OPEN)], axis=1)
    return Lives(born, starts, ends)


def tables_of(lives: Lives, year: int) -> dict[str, pl.DataFrame]:
    """The tables of the year that ends on 31 March of `year`, every cell text."""
    first, last = _number(date(year - 1, 4, 1)), _number(date(year, 3, 31))
    begun = lives.starts[:, 0]
    number = np.flatnonzero(begun <= last)
    girls = number % 2 == 1
    who = pl.DataFrame({"CHILD": number + 100_000, "DOB": _text(lives.born[number])})
    who = who.with_columns(pl.col("CHILD").cast(pl.String))
    sex = pl.Series("SEX", np.where(girls, "F", "M"))
    asylum = pl.Series(number % 20 == 0)
    all_year = pl.Series(begun[number] <= first)
    return {
        "Header": who.select("CHILD", sex, "DOB", ETHNIC=pl.lit("WBRI"), UPN=pl.lit("UN3"),
                             MOTHER=pl.Series(np.where(girls, "0", "")), MC_DOB=pl.lit("")),
        "Episodes": _episodes(lives, first, last),
        "Reviews": _reviews(lives, who, number, first, last),
        "OC2": who.filter(all_year).with_columns(
            SDQ_SCORE=pl.lit(""), SDQ_REASON=pl.lit("SDQ2"), CONVICTED=pl.lit("0"), HEALTH_CHECK=pl.lit(""),
            IMMUNISATIONS=pl.lit("1"), TEETH_CHECK=pl.lit("1"), HEALTH_ASSESSMENT=pl.lit("1"),
            SUBSTANCE_MISUSE=pl.lit("0"), INTERVENTION_RECEIVED=pl.lit(""), INTERVENTION_OFFERED=pl.lit(""),
        ),
        "PrevPerm": who.with_columns(PREV_PERM=pl.lit("Z1"), LA_PERM=pl.lit(""), DATE_PERM=pl.lit("")),
        "Missing": who.gather_every(10).with_columns(
            MISSING=pl.lit("M"), MIS_START=_text(np.maximum(first, begun[number]) + 9).gather_every(10),
            MIS_END=_text(np.maximum(first, begun[number]) + 12).gather_every(10),
        ),
        "SWEpisodes": who.with_columns(
            SW_ID=pl.Series([f"SW{each % SOCIAL_WORKERS:08d}" for each in number]),
            SW_DECOM=_text(begun[number]), SW_DEC=pl.lit(""), SW_REASON=pl.lit("FCONTA"),
        ),
        "UASC": who.with_columns(sex, DUC=pl.lit("")).filter(asylum).select("CHILD", "SEX", "DOB", "DUC"),
    }  # fmt: skip


def _episodes(lives: Lives, first: int, last: int) -> pl.DataFrame:
    """The episodes that touch the year, each beginning where the one before ended; those that outlast it open."""
    of_the_year = (lives.starts <= last) & (lives.ends >= first)
    child, nth = np.nonzero(of_the_year)
    ended = lives.ends[child, nth] <= last
    return pl.DataFrame(
        {
            "CHILD": pl.Series(child + 100_000).cast(pl.String),
            "DECOM": _text(lives.starts[child, nth]),
            "RNE": np.where(nth == 0, "S", "P"),
            "LS": "C2",
            "CIN": "N1",
            "PLACE": np.where(nth % 2 == 0, "U4", "U1"),
            "PLACE_PROVIDER": "PR1",
            "DEC": pl.Series(np.where(ended, _text(lives.ends[child, nth]).to_numpy(), "")),
            "REC": np.where(ended, "X1", ""),
            "REASON_PLACE_CHANGE": np.where(ended, "PLACE", ""),
            "HOME_POST": "YO1 7HH",
            "PL_POST": "YO2 2AA",
            "URN": "SC123456",
        }
    )


def _reviews(lives: Lives, who: pl.DataFrame, number: Days, first: int, last: int) -> pl.DataFrame:
    """The first three weeks after care began, then every five months."""
    begun = np.maximum(first, lives.starts[number, 0])
    parts = []
    for place in range(REVIEWS):
        held = begun + 18 + 150 * place
        parts.append(who.with_columns(REVIEW=_text(held), REVIEW_CODE=pl.lit("PN1")).filter(pl.Series(held <= last)))
    return pl.concat(parts).sort("CHILD", maintain_order=True)


def damaged(table: pl.DataFrame, rng: np.random.Generator) -> pl.DataFrame:
    """The table with one cell of a few rows made wrong; the child's own number is let be."""
    rows = rng.permutation(table.height)[: max(1, round(table.height * DAMAGED))]
    columns = rng.integers(1, table.width, len(rows))
    wrong = rng.choice(np.array(WRONG), len(rows))
    for place, name in enumerate(table.columns[1:], start=1):
        hit = np.sort(rows[columns == place])
        if len(hit):
            table = table.with_columns(table[name].scatter(hit, wrong[: len(hit)].tolist()))
    return table


def _text(days: Days) -> pl.Series:
    known = pl.Series(np.where(days == OPEN, 0, days).astype(np.int32))
    return known.cast(pl.Date).dt.strftime("%d/%m/%Y")


def _number(day: date) -> int:
    return (day - date(1970, 1, 1)).days
