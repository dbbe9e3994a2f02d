"""How old somebody has to be to follow a text with ease."""

from __future__ import annotations

import re

FIRST_YEAR_AT = 5
"""The measure counts years of school; the first begins at this age."""
WORD = re.compile(r"[^\W\d_]+", re.UNICODE)


def reading_age(text: str) -> int:
    """The age, from how long words and sentences are (automated readability index). Nothing leaves the machine."""
    import textstat  # half a second of loading, which no other page should wait for

    grade: float = textstat.automated_readability_index(_sentences(text))
    return max(FIRST_YEAR_AT, round(grade) + FIRST_YEAR_AT)


def words_in(text: str) -> int:
    """How many words a text has."""
    return len(WORD.findall(text))


def _sentences(text: str) -> str:
    """Each line of a list is a sentence, as it is to its reader."""
    lines = (line.strip(" -•*\t") for line in text.splitlines())
    return " ".join(line if line.endswith((".", "!", "?")) else f"{line}." for line in lines if line)
