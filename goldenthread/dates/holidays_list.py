"""The list of bank holidays that the calendar reads, made from the `holidays` package and kept beside this file.

The package works the days out from the rules of each year and takes as long over it as a whole check of a small
return; the list is read in a thousandth of that. Make it again when the package knows more:

    python -c "from goldenthread.dates.holidays_list import make_again; make_again(1990, 2035)"
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

LIST = Path(__file__).parent / "bank_holidays.csv"


def listed() -> dict[date, str]:
    """Every bank holiday of the list, with its name, in date order."""
    lines = LIST.read_text(encoding="utf-8").splitlines()[1:]
    return {date.fromisoformat(day): name for day, _, name in (line.partition(",") for line in lines)}


def from_package(first_year: int, last_year: int) -> dict[date, str]:
    """The bank holidays in England of those years, as the `holidays` package has them, in date order."""
    # By name, for the package's look-up by country loads every country in the world first.
    from holidays.countries.united_kingdom import UnitedKingdom

    years = range(first_year, last_year + 1)
    england = UnitedKingdom(subdiv="ENG", years=years)  # type: ignore[no-untyped-call]  # it carries no types
    return dict(sorted(england.items()))


def make_again(first_year: int, last_year: int) -> None:
    """Write the list anew from the package, for the calendar's years."""
    lines = (f"{day},{name}" for day, name in from_package(first_year, last_year).items())
    LIST.write_text("\n".join(["day,bank_holiday", *lines, ""]), encoding="utf-8")
