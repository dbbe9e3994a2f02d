"""The day or month a person asks about on the command line."""

from __future__ import annotations

import re
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


def month_asked(text: str) -> date:
    """The first day of the month written as 2019-06. ArgumentTypeError for anything else, as `day_asked`."""
    if not re.fullmatch(r"\d{4}-\d{2}", text):
        raise ArgumentTypeError(f"'{text}' is not a month. Write it as 2019-06.")
    try:
        return day_asked(f"{text}-01")
    except ArgumentTypeError:
        raise ArgumentTypeError(
            f"'{text}' is not a month between {EARLIEST:%Y-%m} and {LATEST:%Y-%m}. Write it as 2019-06."
        ) from None
