"""The limits that indicators test against, read from the statute book: no indicator holds a number of the law."""

from __future__ import annotations

from functools import lru_cache

from goldenthread.statute.book import StatuteBook
from goldenthread.statute.load import load_book
from goldenthread.statute.model import Limit


def limit(rule: str) -> Limit:
    """The limit of the statute book's rule, in its last version. Raises UnknownRule."""
    return _book().rule(rule).limit


def local_limit(rule: str) -> Limit:
    """The authority's own limit for a rule, or the rule's where the authority sets none. Raises UnknownRule."""
    standards = [standard.limit for standard in _book().standards_for(rule) if standard.limit is not None]
    return standards[0] if standards else limit(rule)


@lru_cache(maxsize=1)
def _book() -> StatuteBook:
    return load_book()


def limit_number(rule: str) -> int:
    """The number of a rule's limit, whatever it counts. Raises UnknownRule, or ValueError where none is set."""
    number = limit(rule).number
    if number is None:
        raise ValueError(f"The statute book sets no number for {rule}")
    return number
