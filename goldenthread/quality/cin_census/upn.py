"""Unique pupil numbers: the check letter, and the authorities that have issued them.

Source: DfE, unique pupil numbers guide: a check letter, three digits for the authority, nine more characters, the
last of which is a letter in a temporary number.
"""

from __future__ import annotations

import polars as pl

LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
"""Check letters by remainder, and what may end a temporary number: the alphabet without I, O and S."""
LENGTH = 13
WHOLE = r"^[A-Za-z][0-9]{11}[0-9A-Za-z]$"
"""A number as the census's schema takes it."""

_AUTHORITIES: dict[int | None, str] = {
    None: "1-5 201-213 301-320 330-336 340-344 350-359 370-373 380-384 390-394 420 660-681 701-708 800-803 805-808 "
    "810-813 815 816 820-823 825 826 830 831 835-841 845 846 850-852 855-857 860 861 865-896 908 909 916 919 921 925 "
    "926 928 929 931 933 935-938 940 941",
    2024: "942 943",
}
"""Codes of authorities, by the census year from which they are known. 942 and 943: the two Cumbrian ones of 2023."""


def authorities(year: int) -> tuple[str, ...]:
    """The three digits of each authority that a number may name in the census of that year."""
    held = [span for since, spans in _AUTHORITIES.items() if since is None or since <= year for span in spans.split()]
    return tuple(f"{number:03}" for span in held for number in _numbers(span))


def _numbers(span: str) -> range:
    first, _, last = span.partition("-")
    return range(int(first), int(last or first) + 1)


def letter_asked_for(column: str) -> pl.Expr:
    """The check letter its digits ask for: missing unless it has 13 characters of which the last 12 are digits."""
    upn = pl.col(column)
    digits = (upn.str.slice(place - 1, 1).cast(pl.Int32, strict=False) * place for place in range(2, LENGTH + 1))
    remainder = pl.sum_horizontal(digits, ignore_nulls=False) % len(LETTERS)
    letter = remainder.replace_strict(dict(enumerate(LETTERS)), default=None, return_dtype=pl.String)
    return pl.when(upn.str.contains(r"^.[0-9]{12}$")).then(letter)
