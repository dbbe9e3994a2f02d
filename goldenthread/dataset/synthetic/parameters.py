"""The numbers behind the made-up lives: chances, durations and shares, each with its unit and what it answers to.

They live in `data/parameters.yaml`. A parameter has one `value`, or values `from` a day, or `shares` among choices.
None of them is a figure of the board: the board's figures come out of the lives that these numbers shape.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.resources import files
from typing import Any

import numpy as np
import yaml

from goldenthread.dataset.synthetic.chance import Real, Whole, ordinal

FORMS = ("value", "from", "shares")


@dataclass(frozen=True, slots=True)
class Parameter:
    """One number, or one by date, or shares of choices. `days` are the first days on which each of `values` holds."""

    name: str
    unit: str
    source: str
    values: Real
    days: Whole
    choices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Parameters:
    """Every parameter by name."""

    held: dict[str, Parameter]

    def value(self, name: str) -> float:
        """The one number of that name; KeyError when there is none."""
        return float(self.held[name].values[0])

    def at(self, name: str, days: Whole) -> Real:
        """The number in force on each day; before the first dated value, the first holds."""
        found = self.held[name]
        return found.values[np.maximum(np.searchsorted(found.days, days, side="right") - 1, 0)]

    def shares(self, name: str) -> Real:
        """The shares, in the order of `choices`."""
        return self.held[name].values

    def shares_of(self, name: str, choices: tuple[str, ...]) -> Real:
        """The shares of these choices, in this order; a choice left out has none."""
        held = dict(zip(self.held[name].choices, self.held[name].values, strict=True))
        if strange := set(held) - set(choices):
            raise ValueError(f"Parameter {name} names choices that do not exist: {sorted(strange)}")
        return np.array([held.get(choice, 0.0) for choice in choices])

    def choices(self, name: str) -> tuple[str, ...]:
        """The choices the shares are of."""
        return self.held[name].choices


def _parameter(name: str, entry: dict[str, Any]) -> Parameter:
    given = [form for form in FORMS if form in entry]
    if len(given) != 1 or not entry.get("unit") or not entry.get("source"):
        raise ValueError(f"Parameter {name} needs a unit, a source and one of {', '.join(FORMS)}")
    held = entry[given[0]]
    none = np.array([], dtype=np.int64)
    match given[0]:
        case "value":
            return Parameter(name, entry["unit"], entry["source"], np.array([float(held)]), none, ())
        case "from":
            days = np.array([ordinal(_day(name, day)) for day in held], dtype=np.int64)
            if (np.diff(days) <= 0).any():
                raise ValueError(f"Parameter {name} must give its days in order")
            return Parameter(
                name, entry["unit"], entry["source"], np.array([*held.values()], dtype=np.float64), days, ()
            )
        case _:
            shares = np.array([*held.values()], dtype=np.float64)
            return Parameter(name, entry["unit"], entry["source"], shares, none, tuple(str(choice) for choice in held))


def _day(name: str, day: object) -> date:
    if not isinstance(day, date):
        raise ValueError(f"Parameter {name} gives {day!r} where a day is wanted, such as 2018-04-01")
    return day


@lru_cache(maxsize=1)
def parameters() -> Parameters:
    """The parameters as shipped. Raises ValueError naming the parameter that is not well formed."""
    text = (files(__package__) / "data" / "parameters.yaml").read_text(encoding="utf-8")
    return Parameters({name: _parameter(name, entry) for name, entry in yaml.safe_load(text).items()})
