"""People aged 0 to 17: the denominator of every rate per 10,000 children."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from goldenthread.dataset.packaged.marked import Faults
from goldenthread.dataset.packaged.rows import csv_rows

POPULATION = Path(__file__).parent / "population.csv"
COLUMNS = ("mid_year", "level", "area", "ons_code", "name", "population")


def population(area: str, mid_year: int) -> int | None:
    """People aged 0 to 17 in the middle of a year; None where no estimate is held.

    ``area`` is the Department's three-digit number or a national statistics code, present or past (York: 816 or
    E06000014). Source: Office for National Statistics mid-year estimates, as revised.
    """
    return packaged_populations().get((area, mid_year))


def population_for_year_ending(area: str, year: int) -> int | None:
    """The population for rates of the year to 31 March ``year``: that of the middle of the year before."""
    return population(area, year - 1)


@cache
def packaged_populations() -> Mapping[tuple[str, int], int]:
    """The packaged estimates by area and year."""
    return load_population(POPULATION)


def load_population(path: Path) -> Mapping[tuple[str, int], int]:
    """Read a population file: people by area, under every code it has had, and year.

    Raises DataFileError listing every fault with its line.
    """
    faults = Faults(path)
    people: dict[tuple[str, int], int] = {}
    codes: dict[str, str] = {}
    for line, row in csv_rows(path, COLUMNS):
        year, value = row["mid_year"], row["population"]
        codes[row["ons_code"]] = row["area"]
        if not year.isdigit():
            faults.add(line, f"mid_year '{year}' is not a year.")
        elif value and not value.isdigit():
            faults.add(line, f"population '{value}' is not a whole number. Leave it empty where it is not known.")
        elif (row["area"], int(year)) in people:
            faults.add(line, f"{row['name']} {year} is given twice.")
        elif value:
            people[row["area"], int(year)] = int(value)
    faults.raise_any()
    years = {year for _, year in people}
    other = {
        (code, year): people[area, year] for code, area in codes.items() for year in years if (area, year) in people
    }
    return MappingProxyType({**people, **other})
