"""What somebody typed into the search, taken apart: names, a number, a birth date or part of one, a postcode."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WORD_MONTH = "(?P<name>" + "|".join(MONTHS) + r")[a-z]*\.?"
_DATES = (
    re.compile(r"\b(?P<day>\d{1,2})[/.\-](?P<month>\d{1,2})[/.\-](?P<year>\d{4}|\d{2})\b"),
    re.compile(r"\b(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})\b"),
    re.compile(rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+{_WORD_MONTH}\s+(?P<year>\d{{4}}|\d{{2}})\b", re.I),
    re.compile(rf"\b{_WORD_MONTH}\s+(?P<year>\d{{4}})\b", re.I),
    re.compile(r"(?<![\d/])(?P<month>\d{1,2})/(?P<year>\d{4})\b"),
    re.compile(r"(?<![\w/.\-])(?P<year>(?:19|20)\d\d)(?![\w/.\-])"),
)
_POSTCODE = re.compile(r"\b([A-Z]{1,2}\d[A-Z\d]?)(?:\s*(\d[A-Z]{0,2}))?(?!\w)", re.I)
MOST_WORDS = 6


@dataclass(frozen=True)
class Asked:
    """`words` are of names, plain; `number` is everything typed, where it may be one; `born` first and last day."""

    words: tuple[str, ...] = ()
    number: str = ""
    born: tuple[date, date] | None = None
    postcodes: tuple[str, ...] = ()

    @property
    def anything(self) -> bool:
        """Whether there is something to look for. One letter alone is not."""
        return bool(any(len(word) > 1 for word in self.words) or self.number or self.born or self.postcodes)


def parse(text: str, on: date) -> Asked:
    """What the text asks for. A year of two digits is the last such year before `on`."""
    left = " ".join(text.split())[:200]
    whole = re.sub(r"[\s\-]", "", left).upper()
    number = whole if any(letter.isdigit() for letter in whole) and len(whole) >= 3 else ""
    born, left = _take_date(left, on)
    postcodes, left = _take_postcode(left)
    words = tuple(dict.fromkeys(word for word in _plain_words(left) if word.isalpha()))[:MOST_WORDS]
    return Asked(words, number, born, postcodes)


def _plain_words(text: str) -> list[str]:
    return re.split(r"[\W_]+", re.sub(r"['’`]", "", text.lower()).strip()) if text.strip() else []


def _take_date(text: str, on: date) -> tuple[tuple[date, date] | None, str]:
    for pattern in _DATES:
        for match in pattern.finditer(text):
            if days := _days(match.groupdict(), on):
                return days, text[: match.start()] + " " + text[match.end() :]
    return None, text


def _days(parts: dict[str, str], on: date) -> tuple[date, date] | None:
    year = int(parts["year"])
    if len(parts["year"]) == 2:
        year += 2000 if year <= on.year % 100 + 1 else 1900
    month = MONTHS.index(parts["name"].lower()) + 1 if parts.get("name") else int(parts.get("month") or 0)
    try:
        if not month:
            return date(year, 1, 1), date(year, 12, 31)
        if not parts.get("day"):
            return date(year, month, 1), date(year, month, monthrange(year, month)[1])
        return (day := date(year, month, int(parts["day"]))), day
    except (ValueError, IndexError):
        return None


def _take_postcode(text: str) -> tuple[tuple[str, ...], str]:
    """The beginnings that a stored postcode may have: "YO17" is all of one district, or YO1 and the 7 after it."""
    match = _POSTCODE.search(text)
    if match is None:
        return (), text
    outward, inward = match.group(1).upper(), (match.group(2) or "").upper()
    found = [f"{outward} {inward}"]
    if not inward and len(outward) > 2 and outward[-1].isdigit() and outward[-2].isdigit():
        found.append(f"{outward[:-1]} {outward[-1]}")
    return tuple(found), text[: match.start()] + " " + text[match.end() :]
