"""Codes as a collection year knows them."""

from __future__ import annotations

from datetime import date
from functools import cache

from goldenthread.codesets import code_set
from goldenthread.quality.rule import Year


def codes(name: str, year: Year) -> tuple[str, ...]:
    """The codes of the set `name` in use on any day of the collection year; CodeSetFault for no such set."""
    return codes_of(name, year.number)


@cache
def codes_of(name: str, number: int) -> tuple[str, ...]:
    """The codes of the set in use on any day of the collection year that ends in `number`; CodeSetFault as above."""
    first, last = date(number - 1, 4, 1), date(number, 3, 31)
    return tuple(
        entry.code
        for entry in code_set(name).entries
        if (entry.valid_from is None or entry.valid_from <= last)
        and (entry.valid_to is None or first <= entry.valid_to)
    )
