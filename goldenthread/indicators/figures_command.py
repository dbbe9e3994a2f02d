"""``goldenthread figures``: an indicator's figure, month by month for any span, and by team or another group."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeAlias

import polars as pl

from goldenthread.dataset.held import held
from goldenthread.dataset.hostile import neutralised_frame
from goldenthread.dataset.store import Dataset, Manifest, open_dataset
from goldenthread.dates import month, plus_months
from goldenthread.dates.asked import day_asked, month_asked
from goldenthread.indicators.answerable import why_not
from goldenthread.indicators.catalogue import UnknownIndicator, find
from goldenthread.indicators.compute import figures
from goldenthread.indicators.definition import definition
from goldenthread.indicators.grouping import Dimension
from goldenthread.indicators.model import NO_POPULATION, Basis, Indicator

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"

WRONG_USE = 2
COLUMNS = ("indicator", "group", "start", "on", "numerator", "denominator", "value")
NOT_PUBLISHED = "Small numbers are shown: these figures are not for publication."


class _CannotAnswer(ValueError):
    """What was asked makes no sense, with a sentence that says what to ask instead."""


@dataclass(frozen=True, slots=True)
class _Told:
    """The figures (`COLUMNS`), why some indicators have none, and what a reader should know of them all."""

    figures: pl.DataFrame
    not_computed: dict[str, str]
    notes: tuple[str, ...]


def add_parser(commands: Commands) -> None:
    """Add ``figures`` and its options to the command line."""
    parser = commands.add_parser(
        "figures",
        help="an indicator's figures by month, team, age, gender, ethnicity, disability or ward",
        description="Works out one or more indicators as at a day, or for every month from one to another, and splits "
        f"them by a group if asked. {NOT_PUBLISHED}",
    )
    parser.add_argument("indicator", nargs="+", metavar="INDICATOR", help="an id such as CSB05, or a published id")
    parser.add_argument("--dataset", type=Path, required=True, metavar="DIR", help="the dataset's folder")
    parser.add_argument("--as-at", type=day_asked, metavar="D", help="last day of the period (default: the dataset's)")
    parser.add_argument("--from", dest="first", type=month_asked, metavar="M", help="first month, YYYY-MM")
    parser.add_argument("--to", dest="last", type=month_asked, metavar="M", help="last month (default: the dataset's)")
    parser.add_argument(
        "--own-period",
        action="store_true",
        help="at each month's end the indicator's own period (a year to date, a rolling year), not the month alone",
    )
    parser.add_argument("--by", choices=[each.value for each in Dimension], metavar="GROUP", help=", ".join(Dimension))
    parser.add_argument("--known-on", type=day_asked, metavar="D", help="leave out what was recorded later")
    parser.add_argument("--format", choices=("text", "json", "csv"), default="text")
    parser.add_argument("--engine", choices=("polars", "spark"), default="polars")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Show the figures. Returns 0, or 2 for an indicator there is not or a span that cannot be answered.

    Raises DatasetError when the dataset cannot be opened.
    """
    dataset = held(open_dataset(arguments.dataset, arguments.engine))
    try:
        wanted = tuple(dict.fromkeys(find(id) for id in arguments.indicator))
        ends = _ends(arguments, dataset.manifest)
    except (UnknownIndicator, _CannotAnswer) as fault:
        print(f"goldenthread figures: {fault}", file=sys.stderr)
        return WRONG_USE
    told = _told(dataset, wanted, ends, arguments)
    match arguments.format:
        case "json":
            print(
                json.dumps(
                    _document(dataset.manifest, wanted, told, arguments), default=str, ensure_ascii=False, indent=1
                )
            )
        case "csv":
            sys.stdout.write(neutralised_frame(told.figures).write_csv())
            for line in (*told.not_computed.values(), *told.notes):
                print(line, file=sys.stderr)
        case _:
            from goldenthread.indicators.figures_text import print_figures

            print_figures(wanted, told.figures, told.not_computed, told.notes)
    return 0


def _ends(arguments: argparse.Namespace, manifest: Manifest) -> tuple[date, ...]:
    """The last day of each period asked for. The dataset's own day ends a month that was not over by then."""
    if arguments.first is None:
        if arguments.last is not None or arguments.own_period:
            raise _CannotAnswer("--to and --own-period go with --from, the first month.")
        return (arguments.as_at or manifest.as_at,)
    if arguments.as_at is not None:
        raise _CannotAnswer("Ask for a day (--as-at) or for months (--from, --to), not for both.")
    last = arguments.last or manifest.as_at.replace(day=1)
    if last > manifest.as_at:
        raise _CannotAnswer(f"The dataset ends on {manifest.as_at}: ask for months up to that one.")
    if last < arguments.first:
        raise _CannotAnswer(f"--to ({last:%Y-%m}) is before --from ({arguments.first:%Y-%m}).")
    number = (last.year - arguments.first.year) * 12 + last.month - arguments.first.month + 1
    return tuple(min(month(plus_months(arguments.first, n)).last, manifest.as_at) for n in range(number))


def _told(dataset: Dataset, wanted: tuple[Indicator, ...], ends: tuple[date, ...], asked: argparse.Namespace) -> _Told:
    basis = Basis.MONTH if asked.first is not None and not asked.own_period else None
    made = figures(dataset, wanted, ends, asked.by, asked.known_on, basis=basis).select(COLUMNS)
    missing = why_not(dataset, wanted)
    not_computed = {one.key: f"{one.key} is not computed. {missing[one.key]}" for one in wanted if one.key in missing}
    made = made.filter(~pl.col("indicator").is_in(list(missing)))
    everybody = made.filter(pl.col("group") == "", pl.col("value").is_null())
    lacking = everybody.filter(pl.col("denominator").is_null(), ~pl.col("numerator").is_null())
    since, notes = dataset.manifest.history_from, [NOT_PUBLISHED]
    if since is not None and made.filter(pl.col("start") < since).height:
        made = made.filter(pl.col("start") >= since)
        notes.append(f"Left out: periods that begin before {since}, when the dataset's history begins.")
    notes += [
        f"{key} has no value where none is shown. {NO_POPULATION}" for key in lacking["indicator"].unique().sort()
    ]
    return _Told(made, not_computed, tuple(notes))


def _document(
    manifest: Manifest, wanted: tuple[Indicator, ...], told: _Told, asked: argparse.Namespace
) -> dict[str, object]:
    """Keys: authority, known_on, by, indicators (definition, not_computed, figures), notes."""
    by_key = {key: frame for (key,), frame in told.figures.partition_by("indicator", as_dict=True).items()}
    return {
        "authority": manifest.authority_name or manifest.authority or "",
        "known_on": asked.known_on,
        "by": asked.by,
        "indicators": [
            {
                "definition": definition(one),
                "not_computed": told.not_computed.get(one.key, ""),
                "figures": by_key[one.key].drop("indicator").to_dicts() if one.key in by_key else [],
            }
            for one in wanted
        ],
        "notes": list(told.notes),
    }
