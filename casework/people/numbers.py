"""Numbers that other services give: tidied as they are typed, and whether their check digit fits.

A number that does not fit is warned of and kept: it may be the only one that the family's letter shows.
"""

from __future__ import annotations

import re

PUPIL_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
_NHS_WEIGHTS = range(10, 1, -1)
_PUPIL_WEIGHTS = range(2, 14)


def tidy_number(written: str) -> str:
    """Without spaces and dashes, in capitals."""
    return re.sub(r"[\s\-]", "", written).upper()


def tidy_postcode(written: str) -> str:
    """In capitals, with one space before its last three characters; anything else is left as it is."""
    plain = re.sub(r"\s", "", written).upper()
    found = re.fullmatch(r"([A-Z]{1,2}\d[A-Z\d]?)(\d[A-Z]{2})", plain)
    return f"{found[1]} {found[2]}" if found else written.strip()


def nhs_number_fits(number: str) -> bool:
    """Whether the tenth figure is what the nine before it give, modulo 11 (NHS data dictionary, "NHS number")."""
    if not re.fullmatch(r"\d{10}", number):
        return False
    total = sum(weight * int(figure) for weight, figure in zip(_NHS_WEIGHTS, number, strict=False))
    return (11 - total % 11) % 11 == int(number[9])


def pupil_number_fits(number: str) -> bool:
    """Whether the letter of a unique pupil number is what its figures give, modulo 23 (DfE guide to UPNs).

    The last character of a temporary number is a letter; it stands for a figure by the same alphabet.
    """
    if not re.fullmatch(rf"[{PUPIL_LETTERS}]\d{{11}}[\d{PUPIL_LETTERS}]", number):
        return False
    figures = [int(one) for one in number[1:12]]
    figures.append(int(number[12]) if number[12].isdigit() else PUPIL_LETTERS.index(number[12]))
    total = sum(weight * figure for weight, figure in zip(_PUPIL_WEIGHTS, figures, strict=True))
    return PUPIL_LETTERS[total % 23] == number[0]


def warnings(kind: str, number: str) -> str:
    """A sentence where a check digit does not fit; empty where it does, or there is none. `kind` is nhs or upn."""
    if number and kind == "nhs" and not nhs_number_fits(number):
        return f"The NHS number {number} is saved, but its last figure does not fit the others. Check it."
    if number and kind in ("upn", "former_upn") and not pupil_number_fits(number):
        return f"The pupil number {number} is saved, but its first letter does not fit its figures. Check it."
    return ""
