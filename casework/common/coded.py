"""Columns that hold a code of one of the core's code sets, and take no other.

What a former system wrote stays as it came: its rows are laid in by the database itself, and a code that was read from
the record is let back in when the row is saved, so that nobody is stopped by what somebody else wrote years ago.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.deconstruct import deconstructible

from casework.common.refused import Refused
from goldenthread.codesets import Code, code_set


@deconstructible
class OfCodeSet:
    """Refuses what is not a code of the set."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __call__(self, value: str) -> None:
        if not code_set(self.name).valid(value):
            raise ValidationError(f"{value} is not one of the codes of {self.name.replace('_', ' ')}.")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, OfCodeSet) and other.name == self.name

    def __hash__(self) -> int:
        return hash(self.name)


if TYPE_CHECKING:
    _Text = models.CharField[str, str]
else:
    _Text = models.CharField


class AsItCame(str):
    """What a row of the record holds in place of a code of the set."""

    __slots__ = ()


class CodeColumn(_Text):
    """A text column that refuses to be written with what is not a code of its set, one row or many."""

    @cached_property
    def _allowed(self) -> Mapping[str, Code]:
        return next(code_set(one.name).by_code for one in self.validators if isinstance(one, OfCodeSet))

    def deconstruct(self) -> Any:
        """To the database, a text column like any other."""
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs

    def from_db_value(self, value: str | None, *_rest: object) -> str | None:
        """The code; marked, where it is none."""
        return value if not value or value in self._allowed else AsItCame(value)

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        """The code to be written. Raises Refused for what is none and did not come from the record."""
        if isinstance(value, str) and value and value not in self._allowed and not isinstance(value, AsItCame):
            said = str(self.verbose_name)
            raise Refused(
                f"{said}: “{value}” is not one of the answers. Choose one of those that are given.", self.name
            )
        return super().get_db_prep_save(str(value) if isinstance(value, AsItCame) else value, connection)


def coded(name: str, label: str, **options: Any) -> CodeColumn:
    """A text column of the code set `name`, empty when not known. The set says what is allowed."""
    return CodeColumn(label, max_length=40, blank=True, default="", validators=[OfCodeSet(name)], **options)


def choices(name: str, on: date) -> list[tuple[str, str]]:
    """The codes in use on that day with what they mean, for a form."""
    labels = code_set(name).labels
    return [(code, labels[code]) for code in code_set(name).codes_on(on)]


def meaning(name: str, code: str) -> str:
    """What a code means; the code itself where the set does not have it."""
    return code_set(name).labels.get(code, code)
