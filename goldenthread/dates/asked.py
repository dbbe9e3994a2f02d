"""The day a person asks about on the command line."""

from __future__ import annotations

from argparse import ArgumentTypeError
from datetime import date

EARLIEST, LATEST = date(1900, 1, 1), date(2099, 12, 31)
"""Any day of a living person's record. Beyond them it is a slip of the keys, and spans of months have no dates."""


def day_asked(text: str) -> date:
    """The day written as 2019-06-30. ArgumentTypeError for anything else, and for a year before 1900 or after 2099."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"'{text}' is not a day. Write it as 2019-06-30.") from None
    if not EARLIEST <= day <= LATEST:
        raise ArgumentTypeError(f"{text} is not between {EARLIEST} and {LATEST}. Check the year.")
    return day
