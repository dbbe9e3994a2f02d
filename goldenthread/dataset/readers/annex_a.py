"""Ofsted's Annex A workbook: eleven lists of children, to canonical tables.

The lists, their headings and the tables they feed are declared in `annex_a_lists` and `annex_a_parts`; this module
reads, parses each cell once, applies the parts and reports every cell that found no place.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

import polars as pl

from goldenthread.dataset.readers.annex_a_entries import entries_not_held, with_entries
from goldenthread.dataset.readers.annex_a_links import with_links
from goldenthread.dataset.readers.annex_a_lists import (
    BORN,
    ENTERED_CARE,
    LISTS,
    Heading,
)
from goldenthread.dataset.readers.annex_a_needs import START, with_needs
from goldenthread.dataset.readers.annex_a_parts import AS_AT, PARTS, ROW_ID
from goldenthread.dataset.readers.annex_a_people import ParsedList, people, workers, wrong_ages
from goldenthread.dataset.readers.annex_a_shares import Share, made_one, share_of
from goldenthread.dataset.readers.annex_a_sheets import RawList, lay_out
from goldenthread.dataset.readers.annex_a_unused import report_unused
from goldenthread.dataset.readers.common import LINE, Field, ReadResult, Tally, parse_columns, source_of
from goldenthread.dataset.rejects import RefusedFile, Rejects
from goldenthread.dataset.tables import TABLES
from goldenthread.dataset.workbooks import read_workbook
from goldenthread.dates import plus_months

KIND = "annex-a"
MONTHS_COVERED = 6
"""Ofsted asks for six months of contacts, referrals, assessments and enquiries (Annex A, guidance on each list)."""


def read_annex_a(path: Path, *, as_at: date | None = None) -> ReadResult:
    """The canonical tables in the workbook.

    `as_at` is the day the lists speak of; without it, it is the latest date of anything that happened, in any list,
    up to the day the workbook was last saved, and `as_at_because` says so. RefusedFile when the file is no sound
    workbook, holds no list, or no day can be found.
    """
    workbook = read_workbook(path)
    laid = lay_out(workbook, path.name)
    if not laid.lists:
        raise RefusedFile(
            f"{path} has no sheet that is a list of Annex A. Name the sheets 'List 1' to 'List 11', with Ofsted's "
            "headings in their first rows."
        )
    rejects, warnings = Rejects(list(laid.rejects.found)), Rejects()
    parsed = {raw.annex_list.number: _parsed(raw, path.name, rejects) for raw in laid.lists}
    day, because = (as_at, "as given") if as_at else _latest_day(parsed.values(), workbook.saved_on, path)
    lists = {number: _numbered(found, day) for number, found in parsed.items()}
    shares = [share_of(part, lists[part.list].frame) for part in PARTS if part.list in lists]
    for found in lists.values():
        own = [share for share in shares if share.part.list == found.number]
        report_unused(found, own, path.name, rejects)
        warnings.extend(wrong_ages(found, day, path.name, derived=as_at is None))
    tables, notes = _tables(shares, lists)
    tables["people"], disagreements = people(lists, day, path.name)
    tables["workers"] = workers(lists)
    rejects.extend(disagreements)
    tallies = tuple(_tally(raw, lists[raw.annex_list.number], shares) for raw in laid.lists)
    rows_in, rows_out = sum(tally.rows_in for tally in tallies), sum(tally.rows_out for tally in tallies)
    return ReadResult(
        {name: frame for name, frame in tables.items() if frame.height},
        rejects,
        (source_of(path, KIND, rows_in=rows_in, rows_out=rows_out, rejected=len(rejects)),),
        warnings,
        (*laid.notes, *_not_held(lists), *notes),
        day,
        because,
        tallies=tallies,
        history_from=plus_months(day, -MONTHS_COVERED),
    )


def _parsed(raw: RawList, file: str, rejects: Rejects) -> ParsedList:
    wanted = raw.annex_list
    fields = [
        Field(heading.name, heading.name, wanted.parser(heading), required=heading.name == wanted.row_key)
        for heading in wanted.headings
    ]
    frame, bad = parse_columns(raw.frame, fields, file=file, place=raw.sheet)
    rejects.extend(bad.found)
    return ParsedList(wanted.number, raw.sheet, frame)


def _latest_day(lists: Iterable[ParsedList], saved_on: date | None, path: Path) -> tuple[date, str]:
    days = [
        pl.DataFrame({"day": found.frame[heading.name]})
        for found in lists
        for heading in _headings(found.number)
        if found.frame[heading.name].dtype == pl.Date and heading.name != BORN
    ]
    every = pl.concat(days)["day"].drop_nulls()
    latest = every.filter(every <= saved_on).max() if saved_on else every.max()
    if not isinstance(latest, date):
        raise RefusedFile(f"{path} has no dates to tell what day its lists speak of. Give it with --as-at.")
    up_to = f" up to the day it was saved, {saved_on:%d/%m/%Y}" if saved_on else ""
    return latest, f"the latest date of an event in {path.name}{up_to}; give --as-at to say otherwise"


def _numbered(found: ParsedList, as_at: date) -> ParsedList:
    own = pl.format("A{}-{}", pl.lit(found.number), pl.col(LINE).cast(pl.String).str.zfill(6))
    return ParsedList(
        found.number, found.sheet, found.frame.with_columns(own.alias(ROW_ID), pl.lit(as_at).alias(AS_AT))
    )


def _tables(shares: list[Share], lists: Mapping[int, ParsedList]) -> tuple[dict[str, pl.DataFrame], list[str]]:
    """The tables, rows of several lists together, with the links that the lists leave out."""
    notes: list[str] = []
    tables: dict[str, pl.DataFrame] = {}
    for table in TABLES:
        if frames := [share.frame for share in shares if share.part.table == table]:
            once = next((share.part.once for share in shares if share.part.table == table), ())
            tables[table] = made_one(pl.concat(frames, how="diagonal_relaxed"), once)
    if 6 in lists:
        none = pl.DataFrame(
            schema={
                name: TABLES["referrals"].schema[name]
                for name in ("referral_id", "child_id", "received_on", "no_further_action")
            }
        )
        needs = with_needs(tables.get("referrals", none), lists[6].frame)
        tables["referrals"] = needs.referrals
        if needs.added:
            notes.append(
                f"List 6: {needs.added} cases were opened by no referral in list 3, which covers six months only; "
                "their CIN start date stands as the date of the referral that opened them."
            )
    if 10 in lists:
        notes += _entries(tables, lists[10].frame)
    return with_links(tables), notes


def _entries(tables: dict[str, pl.DataFrame], list_ten: pl.DataFrame) -> list[str]:
    """Add the periods of care that only list 10 gives; the note about dates of entering care that make none."""
    none = TABLES["care_periods"].empty().select("care_period_id", "child_id", "started_on", "ended_on")
    tables["care_periods"] = with_entries(tables.get("care_periods", none), list_ten)
    if not (lost := entries_not_held(tables["care_periods"], list_ten)):
        return []
    return [
        f"List 10, '{ENTERED_CARE}', is not held ({lost} cells): the period of care is list 8's, which also says "
        "whether it has ended; list 10 says so of an adopted child only."
    ]


def _not_held(lists: Mapping[int, ParsedList]) -> list[str]:
    """What the lists give that no table holds, with the number of cells."""
    notes: list[str] = []
    for found in lists.values():
        for heading in _headings(found.number):
            filled = found.frame[heading.name].count()
            if heading.why_not_held and filled:
                notes.append(
                    f"List {found.number}, '{heading.name}', is not held ({filled} cells): {heading.why_not_held}."
                )
    return notes


def _headings(number: int) -> tuple[Heading, ...]:
    return LISTS[number - 1].headings


def _tally(raw: RawList, found: ParsedList, shares: list[Share]) -> Tally:
    used = [share.used for share in shares if share.part.list == found.number]
    if found.number == 6:
        used.append(found.frame.filter(pl.col(START).is_not_null())[ROW_ID])
    rows_out = pl.concat(used).n_unique() if used else 0
    return Tally(f"{raw.annex_list.place} {raw.annex_list.title}", raw.frame.height, rows_out, raw.sheet)
