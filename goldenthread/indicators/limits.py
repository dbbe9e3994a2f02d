"""Numbers of the law that set nobody a date, read from the statute book: windows looked back over, and averages.

A rule that does set a date is read as obligations instead: see `goldenthread.indicators.clocks`.
"""

from __future__ import annotations

from functools import lru_cache

from goldenthread.statute.book import StatuteBook
from goldenthread.statute.load import load_book
from goldenthread.statute.model import Limit


def limit(rule: str) -> Limit:
    """The limit of the statute book's rule, in its last version. Raises UnknownRule."""
    return _book().rule(rule).limit


@lru_cache(maxsize=1)
def _book() -> StatuteBook:
    return load_book()


def limit_number(rule: str) -> int:
    """The number of a rule's limit, whatever it counts. Raises UnknownRule, or ValueError where none is set."""
    number = limit(rule).number
    if number is None:
        raise ValueError(f"The statute book sets no number for {rule}")
    return number
