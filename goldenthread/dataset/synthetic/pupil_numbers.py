"""Unique pupil numbers of the right form and of no pupil: their school numbers begin with a nought, as none does.

Source: DfE, unique pupil numbers guide: a check letter, three digits for the authority, four for the school, five more.
"""

from __future__ import annotations

import numpy as np

from goldenthread.codesets import code_set
from goldenthread.dataset.synthetic.chance import Whole

LETTERS = np.array(list("ABCDEFGHJKLMNPQRTUVWXYZ"))
"""The check letter by remainder: the alphabet without I, O and S."""
NOT_OF_PUPILS = ("942", "943", "999")
"""The two Cumbrian authorities of 2023, whose number no pupil of earlier years was given, and unknown authorities."""
FORMER_SCHOOLS = 500
"""Numbers that were given up name schools from here on, so that none of them is another child's number today."""


def pupil_numbers(number: Whole, *, former: bool = False) -> list[str]:
    """The unique pupil number of each child, by the child's own number, different for each below 50 million."""
    authority = np.array(_authorities())[number % len(_authorities())]
    school = number // 100_000 % FORMER_SCHOOLS + FORMER_SCHOOLS * former
    digits = [f"{a}{s:04d}{n:05d}" for a, s, n in zip(authority, school, number % 100_000, strict=True)]
    return [letter + rest for letter, rest in zip(_letters(digits), digits, strict=True)]


def _authorities() -> tuple[str, ...]:
    held = code_set("authority_number").codes
    return tuple(code for code in held if code.isdigit() and code not in NOT_OF_PUPILS)


def _letters(digits: list[str]) -> list[str]:
    """The letter that each twelve digits ask for: the sum of every digit times its place, the letter's being first."""
    places = np.arange(2, 14)
    figures = np.array([list(map(int, text)) for text in digits], dtype=np.int64).reshape(-1, len(places))
    found: list[str] = LETTERS[(figures * places).sum(axis=1) % len(LETTERS)].tolist()
    return found
