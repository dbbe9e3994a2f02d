"""Values as people type them, parsed a column at a time: dates, numbers, flags, codes, postcodes.

Each parser takes a column of text and gives the clean column and a mask of the cells it could not use. Empty cells
are unknown, never wrong. Work on codes and flags is done once for each distinct text, whatever the number of rows.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeAlias

import polars as pl

from goldenthread.codesets import CodeSet
from goldenthread.dataset.schema import Kind

UNKNOWN = "\0unknown"
"""What a resolver of distinct texts answers for a text that says plainly that the fact is not known."""

EXCEL_DAY_ZERO = date(1899, 12, 30)
EARLIEST_SERIAL, LATEST_SERIAL = 1, 73_050
"""Excel's day numbers 1 to 73,050: the years 1900 to 2099."""

YES = frozenset({"YES", "Y", "1", "TRUE", "T"})
NO = frozenset({"NO", "N", "0", "FALSE", "F"})
NOT_KNOWN = frozenset({"UNKNOWN", "NOT KNOWN", "NOT RECORDED", "UNKNOWN/NOT RECORDED"})

DAY_SHAPES = (
    (r"^\d{1,2}/\d{1,2}/\d{4}$", "%d/%m/%Y"),
    (r"^\d{4}-\d{1,2}-\d{1,2}$", "%Y-%m-%d"),
    (r"^\d{1,2}-\d{1,2}-\d{4}$", "%d-%m-%Y"),
    (r"^\d{1,2}\.\d{1,2}\.\d{4}$", "%d.%m.%Y"),
    (r"^\d{4}/\d{1,2}/\d{1,2}$", "%Y/%m/%d"),
    (r"^\d{1,2}[ -][A-Za-z]{3}[ -]\d{4}$", "%d-%b-%Y"),
)
TIME_TAIL = r"[T ](\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)Z?$"
POSTCODE = r"^([A-Z]{1,2}[0-9][A-Z0-9]?)([0-9][A-Z]{2})$"

FLAG = pl.Boolean()

Cells: TypeAlias = pl.Series
Parsed: TypeAlias = tuple[pl.Series, pl.Series]
ParseColumn: TypeAlias = Callable[[Cells], Parsed]


@dataclass(frozen=True, slots=True)
class Parser:
    """How a column is parsed, and what is said of a cell that cannot be."""

    dtype: pl.DataType
    parse: ParseColumn
    reason: str
    what_to_do: str

    def __call__(self, cells: pl.Series) -> tuple[pl.Series, pl.Series]:
        """The clean column, and a mask, never null, of the cells that could not be used."""
        return self.parse(cells)


def tidy(cells: pl.Series) -> pl.Series:
    """Text with outer spaces gone, inner runs of space (also the unbreakable kind) made one, and empty made null."""
    calm = cells.cast(pl.String).str.replace_all(r"[\s\x{00A0}\x{200B}\x{FEFF}]+", " ").str.strip_chars(" ")
    return calm.set(calm.str.len_bytes() == 0, None)


def text() -> Parser:
    """Any text, tidied."""

    def parse(cells: pl.Series) -> tuple[pl.Series, pl.Series]:
        return tidy(cells), _none(cells)

    return Parser(pl.String(), parse, "is not text", "")


def identifier(length: int = 60) -> Parser:
    """An identifier: tidied text of at most `length` characters; a whole number loses the .0 a sheet gives it."""

    def parse(cells: pl.Series) -> tuple[pl.Series, pl.Series]:
        clean = tidy(cells).str.replace(r"^(\d+)\.0+$", "$1")
        bad = (clean.str.len_chars() > length).fill_null(False)
        return clean.set(bad, None), bad

    return Parser(pl.String(), parse, f"is no identifier: longer than {length} characters", "Correct it.")


def day(*, serials: bool = False) -> Parser:
    """A date: 31/12/2024, 2024-12-31, the same with a time after it, and, when `serials`, an Excel day number."""

    def parse(cells: pl.Series) -> tuple[pl.Series, pl.Series]:
        calm = tidy(cells)
        clean = _days(calm.str.replace(TIME_TAIL, ""), serials)
        return clean, calm.is_not_null() & clean.is_null()

    return Parser(pl.Date(), parse, "is no date", "Write the date as DD/MM/YYYY, with a day that exists.")


def moment(*, serials: bool = False) -> Parser:
    """A date and time; a date alone counts from midnight."""

    def parse(cells: pl.Series) -> tuple[pl.Series, pl.Series]:
        calm = tidy(cells)
        days = _days(calm.str.replace(TIME_TAIL, ""), serials)
        clock = calm.str.extract(TIME_TAIL, 1)
        clock = clock.str.replace(r"^(\d):", "0$1:").str.replace(r"^(\d\d:\d\d)$", "$1:00")
        since = clock.str.to_time("%H:%M:%S%.f", strict=False)
        at = pl.select(days.cast(pl.Datetime("us")) + since.fill_null(pl.time(0)).cast(pl.Duration("us"))).to_series()
        bad = calm.is_not_null() & (at.is_null() | (clock.is_not_null() & since.is_null()))
        return at.set(bad, None), bad

    return Parser(pl.Datetime("us"), parse, "is no date and time", "Write it as DD/MM/YYYY HH:MM.")


def whole(*, least: int | None = None, most: int | None = None) -> Parser:
    """A whole number; 3.0 is 3. `least` and `most` are the permitted bounds."""

    def parse(cells: pl.Series) -> tuple[pl.Series, pl.Series]:
        calm = tidy(cells)
        clean = calm.str.replace(r"\.0+$", "").str.replace_all(",", "").cast(pl.Int64, strict=False)
        return _within(calm, clean, least, most)

    return Parser(pl.Int64(), parse, f"is no whole number{_bounds(least, most)}", "Write it in digits.")


def number(*, least: float | None = None, most: float | None = None) -> Parser:
    """A number, with or without decimals."""

    def parse(cells: pl.Series) -> tuple[pl.Series, pl.Series]:
        calm = tidy(cells)
        clean = calm.str.replace_all(",", "").cast(pl.Float64, strict=False)
        return _within(calm, clean.set(~clean.is_finite().fill_null(True), None), least, most)

    return Parser(pl.Float64(), parse, f"is no number{_bounds(least, most)}", "Write it in digits.")


def flag() -> Parser:
    """Yes or no, in any of the ways the returns write it; 'unknown' is empty."""

    def resolve(value: str) -> str | None:
        plain = without_letter(value).upper()
        return "yes" if plain in YES else "no" if plain in NO else UNKNOWN if plain in NOT_KNOWN else None

    def parse(cells: pl.Series) -> tuple[pl.Series, pl.Series]:
        clean, bad = resolved(cells, resolve)
        return clean == "yes", bad

    return Parser(pl.Boolean(), parse, "is neither yes nor no", "Write Yes, No or Unknown.")


def code(codes: CodeSet, *, on: date | None = None, also: Mapping[str, str] | None = None) -> Parser:
    """A code of the set: bare ("N1"), with its label ("N1 - Low income"), or lettered ("a) WBRI").

    `also` gives further texts by what they mean, the text in capitals without its letter; `UNKNOWN` is a permitted
    meaning. With `on`, the code must have been in use that day.
    """
    meanings = {_plain(entry.label): entry.code for entry in codes.entries}
    meanings |= {entry.code.upper(): entry.code for entry in codes.entries} | {
        _plain(text): meaning for text, meaning in (also or {}).items()
    }

    def resolve(value: str) -> str | None:
        for reading in _readings(value):
            if reading in meanings:
                found = meanings[reading]
                return found if found == UNKNOWN or codes.valid(found, on) else None
        return None

    when = f" in use on {on:%d/%m/%Y}" if on else ""
    return Parser(
        pl.String(),
        lambda cells: resolved(cells, resolve),
        f"is no {codes.name.replace('_', ' ')} code{when}",
        f"Use one of {_some(codes.codes_on(on) if on else codes.codes)}.",
    )


def postcode() -> Parser:
    """A full postcode, given back in capitals with its single space."""

    def parse(cells: pl.Series) -> tuple[pl.Series, pl.Series]:
        calm = tidy(cells)
        squeezed = calm.str.replace_all(" ", "").str.to_uppercase()
        good = squeezed.str.contains(POSTCODE).fill_null(False)
        return squeezed.str.replace(POSTCODE, "$1 $2").set(~good, None), calm.is_not_null() & ~good

    return Parser(pl.String(), parse, "is no full postcode", "Write it as YO1 7HH, or leave it empty.")


def parser_for(kind: Kind, codes: CodeSet | None = None, *, serials: bool = False) -> Parser:
    """The parser of a canonical column's kind; ValueError for a code without its set."""
    match kind:
        case Kind.TEXT:
            return text()
        case Kind.IDENTIFIER:
            return identifier()
        case Kind.CODE:
            if codes is None:
                raise ValueError("A code needs its code set")
            return code(codes)
        case Kind.DAY:
            return day(serials=serials)
        case Kind.MOMENT:
            return moment(serials=serials)
        case Kind.WHOLE:
            return whole()
        case Kind.NUMBER:
            return number()
        case Kind.FLAG:
            return flag()
        case Kind.POSTCODE:
            return postcode()


def resolved(cells: pl.Series, resolve: Callable[[str], str | None]) -> tuple[pl.Series, pl.Series]:
    """The column with each distinct text replaced by what `resolve` makes of it, and the mask of those it knows not."""
    calm = tidy(cells)
    meanings = {value: resolve(value) for value in calm.drop_nulls().unique().to_list()}
    clean = calm.replace_strict(list(meanings), list(meanings.values()), default=None, return_dtype=pl.String)
    bad = calm.is_not_null() & clean.is_null()
    return clean.set((clean == UNKNOWN).fill_null(False), None), bad


def without_letter(value: str) -> str:
    """`a) Yes` without the letter that Ofsted's lists put before a value."""
    head, bracket, rest = value.partition(")")
    lettered = bracket and len(head) <= 2 and head.isalnum() and not head.isdigit()
    return rest.strip() if lettered and rest.strip() else value.strip()


def _readings(value: str) -> tuple[str, ...]:
    """The texts a cell may mean, most literal first: whole, without its letter, and its first word."""
    bare = without_letter(value)
    first = bare.split(" ", 1)[0].rstrip(":-")
    readings = (value, bare, bare.split(" - ", 1)[0], bare.split(":", 1)[0])
    # A first word alone is taken for a code only when it looks like one: "No reply" is not "No".
    return tuple(_plain(text) for text in (*readings, *((first,) if any(map(str.isdigit, first)) else ())))


def _plain(value: str) -> str:
    return " ".join(value.replace("’", "'").replace("‘", "'").replace("–", "-").upper().split())


def _days(calm: pl.Series, serials: bool) -> pl.Series:
    clean = pl.Series(calm.name, [None] * len(calm), dtype=pl.Date)
    for shape, layout in DAY_SHAPES:
        fits = calm.str.contains(shape).fill_null(False)
        if fits.any():
            written = calm.set(~fits, None).str.replace_all(r"([0-9]) ([A-Za-z]{3}) ([0-9])", "$1-$2-$3")
            clean = clean.zip_with(~fits, written.str.to_date(layout, strict=False))
    return clean.zip_with(clean.is_not_null(), _serial_days(calm)) if serials else clean


def _serial_days(calm: pl.Series) -> pl.Series:
    shaped = calm.set(~calm.str.contains(r"^\d{1,5}(\.\d+)?$").fill_null(False), None)
    counted = shaped.str.replace(r"\..*$", "").cast(pl.Int32, strict=False)
    counted = counted.set(~counted.is_between(EARLIEST_SERIAL, LATEST_SERIAL).fill_null(False), None)
    offset = (EXCEL_DAY_ZERO - date(1970, 1, 1)) // timedelta(days=1)
    return (counted + offset).cast(pl.Date)


def _within(calm: pl.Series, clean: pl.Series, least: float | None, most: float | None) -> tuple[pl.Series, pl.Series]:
    for outside in ((clean < least) if least is not None else None, (clean > most) if most is not None else None):
        if outside is not None:
            clean = clean.set(outside.fill_null(False), None)
    return clean, calm.is_not_null() & clean.is_null()


def _bounds(least: float | None, most: float | None) -> str:
    match least, most:
        case None, None:
            return ""
        case _, None:
            return f" of {least} or more"
        case None, _:
            return f" of {most} or less"
        case _:
            return f" from {least} to {most}"


def _some(codes: tuple[str, ...], shown: int = 12) -> str:
    more = f" and {len(codes) - shown} more" if len(codes) > shown else ""
    return ", ".join(codes[:shown]) + more


def _none(cells: pl.Series) -> pl.Series:
    return pl.repeat(False, len(cells), dtype=pl.Boolean, eager=True)
