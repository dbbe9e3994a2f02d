"""Small numbers in what is published: two constants, and the functions that hide what would give a child away.

The rule. A count of 1 to 5 is hidden, and so is any count that could be got back by taking shown counts from a shown
total. Nought is shown: it points at no one. What is hidden is hidden everywhere in the published board: the count, the
rate worked out from it, its point on the chart and its months in the tables. The internal board hides nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

SMALLEST_SHOWN = 6
MARK = "c"  # the Department for Education's mark for a figure hidden to protect confidentiality


def is_small(count: float | None) -> bool:
    """Whether a count of people is of 1 to 5."""
    return count is not None and 0 < count < SMALLEST_SHOWN


def gives_away(part: float | None, whole: float | None) -> bool:
    """Whether showing `part` of `whole` shows a small number: in the part, the whole, or what is left of it."""
    if is_small(part) or is_small(whole):
        return True
    return part is not None and whole is not None and is_small(whole - part)


def hidden_parts(parts: Sequence[float | None], hidden: frozenset[int], *, total_shown: bool) -> frozenset[int]:
    """Which parts of a total must be hidden, given those `hidden` already.

    When the total is shown, the hidden parts can be had by taking the others from it: so there must be two or more
    that are not nought, and together they must not be small. When it is hidden, one part that is not nought must be
    hidden with it, or adding up the parts would show it. The smallest that is shown goes next. A part of None is
    not known and helps no one.
    """
    found = set(hidden)
    while not _safe(parts, found, total_shown):
        shown = [(count, place) for place, count in enumerate(parts) if count and place not in found]
        if not shown:
            break
        found.add(min(shown)[1])
    return frozenset(found)


def _safe(parts: Sequence[float | None], hidden: set[int], total_shown: bool) -> bool:
    if None in parts or not any(parts):
        return True
    counts = [count for place in hidden if (count := parts[place])]
    if total_shown:
        return not hidden or (len(counts) > 1 and not is_small(sum(counts)))
    return bool(counts)
