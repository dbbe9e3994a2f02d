"""What somebody is called on a page. An unborn child is told apart by when the birth is expected."""

from __future__ import annotations

from datetime import date


def called(forename: str, surname: str, *, born_on: date | None, expected_on: date | None) -> str:
    """First and family name; of an unborn child also when it is expected; what is known where a name is not."""
    name = " ".join(part for part in (forename, surname) if part)
    if born_on or not expected_on:
        return name or "Name not known"
    expected = f"expected {expected_on:%-d %b %Y}"
    if not forename:
        return f"Unborn {surname or 'child'} ({expected})"
    said = forename.lower().startswith("unborn")
    return f"{name} ({expected})" if said else f"{name} (unborn, {expected})"
