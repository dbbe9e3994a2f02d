"""Which columns of each list are dates and which are numbers, as the reader of the workbook takes them."""

from __future__ import annotations

from functools import cache

import polars as pl

from goldenthread.dataset.readers.annex_a_lists import LISTS

DAY = "%d/%m/%Y"
"""How a built list writes a date (Annex A, guidance: DD/MM/YYYY)."""


@cache
def days_of(number: int) -> tuple[str, ...]:
    """The list's columns of dates, in order."""
    return _columns_of(number, (pl.Date(),))


@cache
def numbers_of(number: int) -> tuple[str, ...]:
    """The list's columns of ages and counts, in order."""
    return _columns_of(number, (pl.Int64(), pl.Float64()))


def _columns_of(number: int, types: tuple[pl.DataType, ...]) -> tuple[str, ...]:
    wanted = LISTS[number - 1]
    return tuple(heading.name for heading in wanted.headings if wanted.parser(heading).dtype in types)
