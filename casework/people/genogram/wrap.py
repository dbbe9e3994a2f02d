"""Text cut to a width. There is no font here to measure with: widths are about those of Arial, on the safe side."""

from __future__ import annotations

NARROW, WIDE = "ijltfrI.,:;'’|!()[]- ", "mwMW@%—"


def text_width(text: str, size: float, bold: bool = False) -> float:
    """About how wide a text is at a size."""
    return sum(_share(letter) for letter in text) * size * (1.08 if bold else 1.0)


def _share(letter: str) -> float:
    if letter in NARROW:
        return 0.33
    if letter in WIDE:
        return 0.88
    if ord(letter) > 0x2E7F:
        return 1.0
    return 0.7 if letter.isupper() else 0.56


def cut(text: str, width: float, size: float, bold: bool = False) -> str:
    """The text, or as much of its beginning as fits with an ellipsis."""
    if text_width(text, size, bold) <= width:
        return text
    while text and text_width(text + "…", size, bold) > width:
        text = text[:-1]
    return text.rstrip() + "…"


def wrapped(text: str, width: float, size: float, lines: int, bold: bool = False) -> list[str]:
    """The text in at most so many lines, broken between words; what does not fit is cut with an ellipsis."""
    found: list[str] = []
    for word in text.split():
        longer = f"{found[-1]} {word}" if found else word
        if found and text_width(longer, size, bold) <= width:
            found[-1] = longer
        else:
            found.append(word)
    if len(found) > lines:
        found = [*found[: lines - 1], " ".join(found[lines - 1 :])]
    return [cut(line, width, size, bold) for line in found]
