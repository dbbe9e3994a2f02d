"""Columns that hold a code of one of the core's code sets."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.deconstruct import deconstructible

from goldenthread.codesets import code_set


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


def coded(name: str, label: str, **options: Any) -> models.CharField[str, str]:
    """A text column of the code set `name`, empty when not known. The set says what is allowed."""
    return models.CharField(label, max_length=40, blank=True, default="", validators=[OfCodeSet(name)], **options)


def choices(name: str, on: date) -> list[tuple[str, str]]:
    """The codes in use on that day with what they mean, for a form."""
    labels = code_set(name).labels
    return [(code, labels[code]) for code in code_set(name).codes_on(on)]


def meaning(name: str, code: str) -> str:
    """What a code means; the code itself where the set does not have it."""
    return code_set(name).labels.get(code, code)
